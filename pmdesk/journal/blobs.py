"""Attached files: kept once each under the hash of their content."""

from hashlib import sha256

from pmdesk.journal.journal import Act, Journal


def keep(act: Act, data: bytes) -> str:
    """Store `data` inside the act; its SHA-256, under which it is read back."""
    name = sha256(data).hexdigest()
    # the log holds the hash in the record that names it, never the bytes
    act.journal.conn.execute(
        "INSERT OR IGNORE INTO blob(hash, size, data) VALUES(?, ?, ?)", (name, len(data), data)
    )
    return name


def read(journal: Journal, name: str) -> bytes | None:
    """The bytes kept under a hash, None where there are none."""
    rows = journal.rows("SELECT data FROM blob WHERE hash = ?", [name])
    return bytes(rows[0][0]) if rows else None
