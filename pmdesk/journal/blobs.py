"""Attached files: kept once each under the hash of their content."""

from collections.abc import Iterator
from hashlib import sha256

from pmdesk.journal.journal import Act, Journal


def keep(act: Act, data: bytes) -> str:
    """Store `data` inside the act; its SHA-256, under which it is read back.

    The act must also save the record that names it: alone, an act that keeps bytes changes
    nothing. The log holds the record with its hash, never the bytes, so that undo and redo cost
    nothing and a deleted attachment can be restored.
    """
    name = sha256(data).hexdigest()
    act.journal.conn.execute(
        "INSERT OR IGNORE INTO blob(hash, size, data) VALUES(?, ?, ?)", (name, len(data), data)
    )
    return name


def read(journal: Journal, name: str) -> bytes | None:
    """The bytes kept under a hash, None where there are none."""
    rows = journal.rows("SELECT data FROM blob WHERE hash = ?", [name])
    return bytes(rows[0][0]) if rows else None


def intact(journal: Journal, name: str) -> bool:
    """Whether the bytes under a hash are there and still those that were kept."""
    data = read(journal, name)
    return data is not None and sha256(data).hexdigest() == name


def damaged(journal: Journal) -> Iterator[str]:
    """The hashes whose bytes are no longer those that were kept."""
    for (name,) in journal.rows("SELECT hash FROM blob ORDER BY rowid"):
        if not intact(journal, name):
            yield name
