"""Setting, changing and removing a journal's passphrase: a new file, verified, then swapped."""

from pathlib import Path

from pmdesk.journal import engine, errors
from pmdesk.journal.backup import settle
from pmdesk.journal.journal import Journal


def change_passphrase(journal: Journal, passphrase: str | None) -> Journal:
    """The same journal under another passphrase (None: plain); the old object is closed.

    Raises LockedFile while another connection uses the file; then everything is as it was and
    the journal stays open.
    """
    path = journal.path
    partial = path.with_name(f"{path.name}.partial")
    with engine.explained(path):
        partial.unlink(missing_ok=True)
        try:
            _alone(journal)
            _export(journal, partial, passphrase)
            _verify(journal, partial, passphrase)
            journal.close()
            settle(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    return Journal.open(path, passphrase)


def _alone(journal: Journal) -> None:
    """Fold the write-ahead log in and make sure that nobody else has the file open."""
    conn = journal.conn
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        mode = conn.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except engine.SqliteError as error:
        raise errors.LockedFile(path=errors.shown(journal.path)) from error
    if mode != "delete":
        raise errors.LockedFile(path=errors.shown(journal.path))


def _export(journal: Journal, partial: Path, passphrase: str | None) -> None:
    conn = journal.conn
    conn.execute(
        f"ATTACH DATABASE {engine.literal(str(partial))} AS renewed KEY {engine.literal(passphrase or '')}"
    )
    try:
        conn.execute("SELECT sqlcipher_export('renewed')")
        for name in ("application_id", "user_version"):
            value = conn.execute(f"PRAGMA main.{name}").fetchone()[0]
            conn.execute(f"PRAGMA renewed.{name} = {value}")
    finally:
        conn.execute("DETACH DATABASE renewed")


def _verify(journal: Journal, partial: Path, passphrase: str | None) -> None:
    """The new file opens and holds as many rows in every table."""
    with Journal.open(partial, passphrase) as copy:
        if copy.rows("PRAGMA quick_check")[0][0] != "ok":
            raise errors.BadBackup(path=errors.shown(partial))
        for (table,) in journal.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            sql = f'SELECT count(*) FROM "{table}"'
            if journal.rows(sql) != copy.rows(sql):
                raise errors.BadBackup(path=errors.shown(partial))
        copy.conn.execute("PRAGMA journal_mode = DELETE")
