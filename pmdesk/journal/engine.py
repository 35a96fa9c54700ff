"""The connection: SQLCipher's SQLite, plain or encrypted, standing in for sqlite3."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlite

from pmdesk.journal import errors

Connection: TypeAlias = Any  # sqlcipher3 ships no types
SqliteError: Final = sqlite.Error
IntegrityError: Final = sqlite.IntegrityError

APPLICATION_ID: Final = 0x504D4A31  # "PMJ1"
_HEADER: Final = b"SQLite format 3\x00"
_BUSY_MS: Final = 5_000


def stand_in() -> None:
    """Make sqlite-utils use SQLCipher's SQLite, so that both raise the same exceptions."""
    import sqlcipher3

    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", sqlite)


def connect(path: Path, passphrase: str | None, *, mode: str = "rw") -> Connection:
    """An open connection whose key has been tried; raises JournalError."""
    uri = f"file:{quote(str(path))}?mode={mode}"
    with explained(path):
        conn = sqlite.connect(uri, uri=True, timeout=_BUSY_MS / 1000)
    try:
        unlock(conn, path, passphrase)
    except BaseException:
        conn.close()
        raise
    return conn


def unlock(conn: Connection, path: Path, passphrase: str | None) -> None:
    """Give the key and read the first page with it."""
    conn.execute("PRAGMA cipher_log_level = NONE")
    if passphrase and not is_plain(path):
        conn.execute(f"PRAGMA key = {literal(passphrase)}")
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite.DatabaseError as error:
        if error.sqlite_errorcode != sqlite_code("SQLITE_NOTADB"):
            raise translated(error, path) from error
        facts = {"path": errors.shown(path)}
        if passphrase:
            raise errors.WrongPassphraseOrDamaged(**facts) from error
        if looks_encrypted(path):
            raise errors.PassphraseNeeded(**facts) from error
        raise errors.NotAJournal(**facts) from error


def settings(conn: Connection, *, writable: bool) -> None:
    """How every connection works; foreign keys only after migrating."""
    if writable:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA cache_size = -64000")
    conn.execute("PRAGMA recursive_triggers = ON")


def literal(text: str) -> str:
    """`text` as an SQL string literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def is_plain(path: Path) -> bool:
    """Whether the file begins as an unencrypted SQLite database does."""
    with path.open("rb") as file:
        return file.read(16) == _HEADER


def looks_encrypted(path: Path) -> bool:
    """Whether the file has no plain SQLite header but the size of whole pages."""
    with path.open("rb") as file:
        head = file.read(16)
    size = path.stat().st_size
    return bool(head) and head != _HEADER and size >= 4096 and size % 1024 == 0


def sqlite_code(name: str) -> int:
    """The number of an SQLite result code."""
    return _CODES[name]


_CODES: Final = {
    "SQLITE_PERM": 3,
    "SQLITE_BUSY": 5,
    "SQLITE_LOCKED": 6,
    "SQLITE_READONLY": 8,
    "SQLITE_IOERR": 10,
    "SQLITE_CORRUPT": 11,
    "SQLITE_FULL": 13,
    "SQLITE_CANTOPEN": 14,
    "SQLITE_CONSTRAINT": 19,
    "SQLITE_NOTADB": 26,
}


def translated(error: Exception, path: Path) -> errors.JournalError:
    """The JournalError that says what `error` means for the journal at `path`."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    facts = {"path": errors.shown(path)}
    if code == _CODES["SQLITE_FULL"]:
        return errors.DiskFull()
    if code == _CODES["SQLITE_IOERR"]:
        # a full disk is reported as an I/O error when the write-ahead log cannot grow
        return (
            errors.DiskFull()
            if _free_bytes(path) < 1 << 20
            else errors.Damaged(**facts, detail=str(error))
        )
    if code in (_CODES["SQLITE_BUSY"], _CODES["SQLITE_LOCKED"]):
        return errors.JournalBusy(**facts)
    if code in (_CODES["SQLITE_READONLY"], _CODES["SQLITE_PERM"]):
        return errors.ReadOnlyPlace(**facts)
    if code == _CODES["SQLITE_CANTOPEN"]:
        return errors.ReadOnlyPlace(**facts) if path.parent.is_dir() else errors.NoJournal(**facts)
    if code == _CODES["SQLITE_NOTADB"]:
        return errors.NotAJournal(**facts)
    return errors.Damaged(**facts, detail=str(error))


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors inside into JournalErrors."""
    try:
        yield
    except sqlite.DatabaseError as error:
        raise translated(error, path) from error
    except OSError as error:
        raise os_error(error, path) from error


def os_error(error: OSError, path: Path) -> errors.JournalError:
    """The JournalError for a system error on a file of the journal."""
    import errno

    facts = {"path": errors.shown(path)}
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return errors.DiskFull()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return errors.ReadOnlyPlace(**facts)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return errors.NoJournal(**facts)
    if error.errno == errno.EISDIR:
        return errors.NotAJournal(**facts)
    return errors.Damaged(**facts, detail=error.strerror or str(error))


def _free_bytes(path: Path) -> int:
    import shutil

    return shutil.disk_usage(path.parent).free


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
