"""The connection: SQLCipher's SQLite, plain or encrypted, standing in for sqlite3."""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlite

from pmdesk.journal import errors
from pmdesk.journal.handles import HANDLES
from pmdesk.private import new_file, new_folder

Connection: TypeAlias = Any  # sqlcipher3 ships no types
SqliteError: Final = sqlite.Error
IntegrityError: Final = sqlite.IntegrityError

APPLICATION_ID: Final = 0x504D4A31  # "PMJ1"
_HEADER: Final = b"SQLite format 3\x00"
BUSY_SECONDS: Final = 5.0
_PAGE: Final = 4096
_HELD_PAGES: Final = 131_072


def stand_in() -> None:
    """Make sqlite-utils use SQLCipher's SQLite, so that both raise the same exceptions."""
    import sqlcipher3

    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", sqlite)


def connect(
    path: Path,
    passphrase: str | None,
    *,
    mode: str = "rw",
    busy_seconds: float = BUSY_SECONDS,
    movable: bool = False,
) -> Connection:
    """An open connection whose key has been tried; raises JournalError.

    In mode "ro" a file opens from a read-only place, too. `movable` is one that another thread
    takes over.
    """
    try:
        return _connected(path, passphrase, f"mode={mode}", busy_seconds, movable)
    except errors.ReadOnlyPlace:
        # SQLite cannot make the index of a write-ahead log there; without a log it needs none
        if mode != "ro" or path.with_name(f"{path.name}-wal").exists():
            raise
    return _connected(path, passphrase, "mode=ro&immutable=1", busy_seconds, movable)


def _connected(
    path: Path, passphrase: str | None, how: str, busy_seconds: float, movable: bool
) -> Connection:
    with explained(path):
        if how == "mode=rwc":
            new_file(path)
        uri = f"file:{quote(str(path))}?{how}"
        conn = sqlite.connect(uri, uri=True, timeout=busy_seconds, check_same_thread=not movable)
        try:
            unlock(conn, path, passphrase)
        except BaseException:
            conn.close()
            raise
    return conn


def raw_key(passphrase: str, salt: bytes) -> str:
    """The key that SQLCipher makes of a passphrase and a file's first 16 bytes, as `PRAGMA key` takes it."""
    from hashlib import pbkdf2_hmac

    conn = in_memory()
    rounds = int(conn.execute("PRAGMA cipher_default_kdf_iter").fetchone()[0])
    conn.close()
    key = pbkdf2_hmac("sha512", typed(passphrase).encode(), salt, rounds, 32)
    return f"x'{key.hex()}{salt.hex()}'"


def with_key(path: Path, key: str | None) -> Connection:
    """A connection with a key that needs no making; the file need not be there yet."""
    conn = sqlite.connect(path)
    conn.execute("PRAGMA cipher_log_level = NONE")
    if key:
        conn.execute(f'PRAGMA key = "{key}"')
    return conn


def in_memory() -> Connection:
    """An empty database that no file holds."""
    return sqlite.connect(":memory:")


def unlock(conn: Connection, path: Path, passphrase: str | None) -> None:
    """Give the key and read the first page with it."""
    conn.execute("PRAGMA cipher_log_level = NONE")
    # what a file says of itself runs nothing until it is known to be ours (`settings`)
    conn.execute("PRAGMA trusted_schema = OFF")
    conn.execute("PRAGMA cell_size_check = ON")
    if passphrase and not is_plain(path):
        conn.execute(f"PRAGMA key = {literal(typed(passphrase))}")
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite.DatabaseError as error:
        if error.sqlite_errorcode != sqlite_code("SQLITE_NOTADB"):
            raise
        facts = {"path": errors.shown(path)}
        if not looks_encrypted(path):
            raise errors.NotAJournal(**facts) from error
        if passphrase:
            raise errors.WrongPassphraseOrDamaged(**facts) from error
        raise errors.PassphraseNeeded(**facts) from error


def is_keyed(conn: Connection) -> bool:
    """Whether a connection reads an encrypted file."""
    return conn.execute("PRAGMA cipher_salt").fetchone() is not None


def typed(passphrase: str) -> str:
    """A passphrase in the one form that every keyboard's way of writing it comes to."""
    from unicodedata import normalize  # its tables are not needed for a plain journal

    return normalize("NFC", passphrase)


def settings(conn: Connection, *, writable: bool, log: bool = True) -> None:
    """How every connection works to a file whose schema is ours; foreign keys after migrating.

    Without `log` the file is kept in a place that bears no write-ahead log.
    """
    if writable:
        conn.execute("PRAGMA trusted_schema = ON")  # our triggers call functions of the program
        keep_log(conn, log=log)
        # what is deleted or replaced is gone from its page, not only from the table
        conn.execute("PRAGMA secure_delete = ON")
    conn.execute("PRAGMA temp_store = MEMORY")  # nothing of a client in files of SQLite's own
    conn.execute("PRAGMA cache_size = -64000")
    conn.execute("PRAGMA recursive_triggers = ON")


def keep_log(conn: Connection, *, log: bool) -> None:
    """Write through a write-ahead log, or as SQLite does where there is none.

    Where another connection works the other way the file stays with that until it is closed, and
    where the disk is full with what needs no room.
    """
    wanted = "wal" if log else "delete"
    try:
        conn.execute(f"PRAGMA journal_mode = {wanted}")
    except sqlite.OperationalError as error:
        if _name_of(error) not in {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL"}:
            raise
    log = conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    # without the log, only EXTRA makes sure that the end of an act outlasts a power cut
    conn.execute(f"PRAGMA synchronous = {'FULL' if log else 'EXTRA'}")
    if not log:
        conn.execute("PRAGMA mmap_size = 0")
        # a long act stays in memory to its end: what is written before keeps all readers out
        conn.execute(f"PRAGMA cache_spill = {_HELD_PAGES}")


def literal(text: str) -> str:
    """`text` as an SQL string literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def files_of(path: Path) -> list[Path]:
    """The file of a database and those that SQLite keeps beside it, whether they are there or not."""
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]


def is_plain(path: Path) -> bool:
    """Whether the file begins as an unencrypted SQLite database does; raises JournalError.

    SQLite looks, not Python: who closes a file loses all locks that the process has on it, those of
    SQLite's other connections among them (sqlite.org/howtocorrupt.html, § 2.2).
    """
    with explained(path):
        if not path.stat().st_size:
            return False
        uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
        conn = sqlite.connect(uri, uri=True, check_same_thread=False)
        try:
            conn.execute("PRAGMA cipher_log_level = NONE")
            conn.execute("PRAGMA user_version").fetchone()
        except sqlite.DatabaseError as error:
            if error.sqlite_errorcode != sqlite_code("SQLITE_NOTADB"):
                raise
            return False
        finally:
            conn.close()
    return True


def looks_encrypted(path: Path) -> bool:
    """Whether the file may be an encrypted journal: whole pages, the first of them noise."""
    head = HANDLES.head(path, _PAGE)
    # 4,096 random bytes hold all 256 values but for a chance of 1 in 35,000; a text never does
    return not path.stat().st_size % _PAGE and len(set(head)) > 240


def looks_ours(path: Path) -> bool:
    """Whether the file may be a journal or a copy of one, judged without its passphrase."""
    head = HANDLES.head(path, 72)
    if head[:16] == _HEADER:
        return int.from_bytes(head[68:72], "big") == APPLICATION_ID
    return looks_encrypted(path)


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
    "SQLITE_PROTOCOL": 15,
    "SQLITE_TOOBIG": 18,
    "SQLITE_NOTADB": 26,
}


def translated(error: Exception, path: Path) -> errors.JournalError | None:
    """The JournalError that says what `error` means for the journal at `path`.

    None for an error that says nothing about the file: a mistake of the program's own.
    """
    facts = {"path": errors.shown(path)}
    match _name_of(error):
        case "SQLITE_FULL":
            return errors.DiskFull()
        case "SQLITE_IOERR" if _free_bytes(path) < 1 << 20:
            # so a full disk is reported when the write-ahead log cannot grow
            return errors.DiskFull()
        case "SQLITE_BUSY" | "SQLITE_LOCKED" | "SQLITE_PROTOCOL":
            return errors.JournalBusy(**facts)
        case "SQLITE_READONLY" | "SQLITE_PERM":
            return errors.ReadOnlyPlace(**facts)
        case "SQLITE_CANTOPEN":
            there = path.parent.is_dir()
            return errors.ReadOnlyPlace(**facts) if there else errors.NoJournal(**facts)
        case "SQLITE_NOTADB" if not looks_encrypted(path):
            return errors.NotAJournal(**facts)
        case "SQLITE_IOERR" | "SQLITE_CORRUPT" | "SQLITE_NOTADB":
            return errors.Damaged(**facts, detail=str(error))
        case "SQLITE_TOOBIG":
            return errors.TooLarge()
    return None


def _name_of(error: Exception) -> str:
    """What SQLite calls an error that says something about the file; else nothing."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    names = (name for name, number in _CODES.items() if number == code)
    # a copy, and a function called by a statement, tell what befell them in words alone
    told = (name for words, name in _TOLD.items() if words in str(error))
    return next(names, "") or next(told, "")


_TOLD: Final = {
    "disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "malformed": "SQLITE_CORRUPT",
    "readonly database": "SQLITE_READONLY",
    "unable to open database": "SQLITE_CANTOPEN",
    "is locked": "SQLITE_BUSY",
    "decode": "SQLITE_CORRUPT",  # Python's own word for text that is none
}


@contextmanager
def explained(path: Path, *, system: bool = True) -> Iterator[None]:
    """Turn SQLite's errors inside into JournalErrors, and with `system` also those on files."""
    try:
        yield
    except sqlite.DatabaseError as error:
        journal_error = translated(error, path)
        if journal_error is None:
            raise
        raise journal_error from error
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot read
        if not system:
            raise
        raise errors.Damaged(path=errors.shown(path), detail=str(error)) from error
    except OSError as error:
        if not system:
            raise
        raise os_error(error, path) from error


@contextmanager
def needing(size: Callable[[], int]) -> Iterator[None]:
    """Let a DiskFull raised inside tell that so many bytes are needed."""
    try:
        yield
    except errors.DiskFull as error:
        with suppress(SqliteError, OSError):  # what cannot be asked just now is told as little
            error.needs(size())
        raise


def size_of(path: Path) -> int:
    """Bytes of a database and of the log beside it; 0 where none is."""
    files = (path.with_name(path.name + suffix) for suffix in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def os_error(error: OSError, path: Path) -> errors.JournalError:
    """The JournalError for a system error on a file of the journal."""
    facts = {"path": errors.shown(path)}
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return errors.DiskFull()
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return errors.ReadOnlyPlace(**facts)
        case errno.ENOENT | errno.ENOTDIR:
            return errors.NoJournal(**facts)
        case errno.EISDIR:
            return errors.NotAJournal(**facts)
    return errors.Damaged(**facts, detail=error.strerror or str(error))


def _free_bytes(path: Path) -> int:
    return shutil.disk_usage(path.parent).free


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        # some file systems cannot; the rename has been made all the same
        return
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that a power cut does not take away with what is in it."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    new_folder(folder)
    for one in reversed(new):
        sync_folder(one.parent)
