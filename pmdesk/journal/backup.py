"""Backups: verified copies, their checksum beside them, and the way back."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from hashlib import file_digest
from pathlib import Path
from typing import Final

from pmdesk.journal import engine, errors
from pmdesk.journal.journal import Journal
from pmdesk.journal.partial import clear_left, partial_of
from pmdesk.journal.progress import Progress

_SALT: Final = 16
_PAGES: Final = 1_000
_LOCK_SECONDS: Final = 0.3


def copy_journal(journal: Journal, target: Path, progress: Progress | None = None) -> None:
    """A consistent copy at `target`, with the same passphrase; nothing half written is left.

    `progress` is told pages.
    """
    with _room_for(journal.path), engine.explained(target), _partial(target) as partial:
        copy_checked(journal, partial, target, progress)
        settle(partial, target)


def backup(journal: Journal, target: Path, progress: Progress | None = None) -> None:
    """A copy at `target`, its SHA-256 beside it, and an encrypted journal's salt.

    Without its salt (the file's first 16 bytes) no passphrase opens an encrypted file again.
    An earlier backup at `target` is replaced; raises JournalExists for any other file there,
    and LockedFile for one that is open as a journal. `progress` is told pages.
    """
    with _room_for(journal.path), engine.explained(target):
        _free_for_backup(journal, target)
        with _partial(target) as partial:
            copy_checked(journal, partial, target, progress)
            digest = checksum(partial)
            with partial.open("rb") as file:
                salt = file.read(_SALT).hex()
            # for a moment there is no checksum, but never one that belongs to another copy
            for suffix in ("sha256", "salt"):
                _beside(target, suffix).unlink(missing_ok=True)
            engine.sync_folder(target.parent)
            settle(partial, target)
        if journal.passphrase:
            _write(_beside(target, "salt"), f"{salt}\n")
        _write(_beside(target, "sha256"), f"{digest}  {target.name}\n")


def restore(
    source: Path, target: Path, passphrase: str | None = None, progress: Progress | None = None
) -> Path | None:
    """Put the backup in the place of the journal at `target`; where that one was kept.

    Raises BadBackup when checksum or content is wrong, LockedFile while the journal is open
    elsewhere, and the errors of opening; then the journal is as it was.
    """
    with engine.explained(source):
        if not source.is_file():
            raise errors.NoJournal(path=errors.shown(source))
        if target.exists() and target.samefile(source):
            raise errors.JournalExists(path=errors.shown(source))
    with _room_for(source), engine.explained(target), _partial(target) as partial:
        with _trusted(source, partial) as sound, _read_only(sound, source, passphrase) as copy:
            copy_checked(copy, partial, source, progress)
        aside = set_aside(target, passphrase, "restore")
        engine.sync_folder(target.parent)  # else a power cut might keep what replaces it alone
        settle(partial, target)
    return aside


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def settle(partial: Path, target: Path) -> None:
    """Make `partial` durable and give it the name `target`."""
    handle = os.open(partial, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    partial.replace(target)
    engine.sync_folder(target.parent)


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A name beside `target` for what is not yet whole; whatever has it afterwards is removed."""
    engine.make_folder(target.parent)
    partial = partial_of(target)
    clear_left(target)
    try:
        remove(partial)
        yield partial
    finally:
        remove(partial)


def _room_for(copied: Path) -> AbstractContextManager[None]:
    """Tells of a full disk how much a copy needs."""
    return engine.needing(lambda: engine.size_of(copied))


def remove(path: Path) -> None:
    """Delete a database that is not (or no longer) wanted, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _free_for_backup(journal: Journal, target: Path) -> None:
    if not target.exists():
        return
    known = not target.stat().st_size or engine.looks_ours(target)
    if target.samefile(journal.path) or not known:
        raise errors.JournalExists(path=errors.shown(target))
    if target.with_name(f"{target.name}-wal").exists():
        raise errors.LockedFile(path=errors.shown(target))


def copy_checked(journal: Journal, partial: Path, named: Path, progress: Progress | None) -> None:
    """Copy what the journal holds at this moment, open the copy and look it through.

    Raises BadBackup with the path `named` for a copy that is not sound.
    """
    copy = engine.connect(partial, journal.passphrase, mode="rwc")
    try:
        # synced once it is whole
        copy.execute("PRAGMA synchronous = OFF")
        with partial.open("r+b") as file, _one_state(journal):

            def tell(_status: int, left: int, total: int) -> None:
                # bit by bit: a disk that gets all of it at once keeps who saves waiting for seconds
                os.fsync(file.fileno())
                if progress is not None:
                    progress(total - left, total)

            journal.conn.backup(copy, pages=_PAGES, progress=tell)
        copy.execute("PRAGMA journal_mode = DELETE")
    except engine.SqliteError as error:
        journal_error = engine.translated(error, journal.path)
        if isinstance(journal_error, errors.Damaged | errors.NotAJournal):
            raise journal_error from error  # what was to be copied, not the copy
        raise
    finally:
        copy.close()
    if not is_sound(partial, journal.passphrase):
        raise errors.BadBackup(path=errors.shown(named))


def _one_state(journal: Journal) -> AbstractContextManager[None]:
    """What keeps the copy of one state: else SQLite begins anew after each act of another process.

    Without a write-ahead log that would keep all others from writing meanwhile: there it begins anew.
    """
    mode = journal.conn.execute("PRAGMA journal_mode").fetchone()[0]
    return journal.snapshot() if mode == "wal" else nullcontext()


def is_sound(path: Path, passphrase: str | None) -> bool:
    """Whether the file opens, as it lies on the disk, and every page of it is in order."""
    try:
        with engine.explained(path), Journal(path, passphrase, writable=False) as copy:
            copy.recognised()
            return whole_pages(copy) == ""
    except (errors.Damaged, errors.NotAJournal, errors.WrongPassphraseOrDamaged):
        return False


def whole_pages(journal: Journal) -> str:
    """What is wrong with the pages of an open journal; nothing where they are in order."""
    if journal.passphrase:
        for (line,) in journal.conn.execute("PRAGMA cipher_integrity_check"):
            return str(line)
    verdict = str(journal.conn.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if verdict == "ok" else verdict


@contextmanager
def _trusted(source: Path, partial: Path) -> Iterator[Path]:
    """The backup as its checksum says it was, its first bytes mended from the kept salt.

    A backup without a checksum is taken as it is. Raises BadBackup.
    """
    with engine.explained(source):
        stated, salt = _stated(source)
        if not stated or checksum(source) == stated:
            yield source
            return
    mended = partial.with_name(f"{partial.name}.mended")
    try:
        shutil.copyfile(source, mended)
        with suppress(ValueError), mended.open("r+b") as file:
            file.write(bytes.fromhex(salt)[:_SALT])
        if checksum(mended) != stated:
            raise errors.BadBackup(path=errors.shown(source))
        yield mended
    finally:
        mended.unlink(missing_ok=True)


@contextmanager
def _read_only(sound: Path, source: Path, passphrase: str | None) -> Iterator[Journal]:
    """The backup opened for reading and recognised, whatever its version."""
    try:
        with engine.explained(source), Journal(sound, passphrase, writable=False) as copy:
            copy.recognised()
            yield copy
    except errors.Damaged as error:
        raise errors.BadBackup(path=errors.shown(source)) from error


def free_aside(target: Path, why: str = "restore") -> Path:
    """The name under which the journal at `target` would be kept before `why`."""
    number = 1
    while (
        aside := target.with_name(f"{target.stem}.before-{why}-{number}{target.suffix}")
    ).exists():
        number += 1
    return aside


def set_aside(target: Path, passphrase: str | None, why: str) -> Path | None:
    """Keep the journal under a free name, too, its write-ahead log folded in first.

    The name tells before what: `why`.
    """
    if target.exists():
        # a damaged journal, or one with another passphrase, is set aside as it is
        with suppress(*_UNREADABLE), Journal(target, passphrase) as journal:
            alone(journal)
    parts = [target.with_name(target.name + suffix) for suffix in ("-wal", "-shm", "")]
    aside = free_aside(target, why)
    for part in filter(Path.exists, parts):
        name = aside.with_name(part.name.replace(target.name, aside.name, 1))
        if part == target:
            with suppress(OSError):
                os.link(target, name)  # so that at no moment there is no journal
                continue
        part.rename(name)
    return aside if aside.exists() else None


_UNREADABLE: Final = (
    errors.Damaged,
    errors.NotAJournal,
    errors.PassphraseNeeded,
    errors.WrongPassphraseOrDamaged,
)


def alone(journal: Journal) -> None:
    """Fold the write-ahead log in and keep everybody else out until the connection closes.

    Raises LockedFile while another connection has the file open; then all is as it was.
    """
    conn = journal.conn
    before = conn.execute("PRAGMA busy_timeout").fetchone()[0]
    conn.execute(f"PRAGMA busy_timeout = {round(_LOCK_SECONDS * 1000)}")
    try:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        mode = conn.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        conn.execute("PRAGMA locking_mode = EXCLUSIVE")
        conn.execute("BEGIN EXCLUSIVE")
        conn.execute("COMMIT")
    except engine.SqliteError as error:
        together(journal)
        journal_error = engine.translated(error, journal.path)
        if isinstance(journal_error, errors.JournalBusy):
            raise errors.LockedFile(path=errors.shown(journal.path)) from error
        raise
    finally:
        conn.execute(f"PRAGMA busy_timeout = {before}")
    # without a log, a file that somebody else has open and does nothing with looks free
    if mode != "delete" or (journal.claim is not None and not journal.claim.alone()):
        together(journal)
        raise errors.LockedFile(path=errors.shown(journal.path))
    # a log that came back after a power cut would be read into the file that takes its place
    engine.sync_folder(journal.path.parent)


def together(journal: Journal) -> None:
    """Let others open the file again."""
    if journal.claim is not None:
        journal.claim.together()
    journal.conn.execute("PRAGMA locking_mode = NORMAL")
    engine.keep_log(journal.conn, log=journal.place is None)
    journal.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only now it lets go


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}.{suffix}")


def _stated(source: Path) -> tuple[str, str]:
    """Checksum and salt as they stand beside a backup, in files of their own or in its manifest."""
    stated = _read(_beside(source, "sha256"))
    if stated:
        return stated, _read(_beside(source, "salt"))
    try:
        manifest = json.loads(_beside(source, "json").read_text("utf-8"))
        return str(manifest["sha256"]), str(manifest["salt"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return "", ""


def _read(path: Path) -> str:
    """The first word of a small file; nothing where there is none."""
    words = path.read_text("utf-8", "replace").split() if path.exists() else []
    return words[0] if words else ""


def _write(path: Path, text: str) -> None:
    """A small file, wholly or not at all: half a checksum would refuse a sound backup."""
    partial = partial_of(path)
    try:
        partial.write_text(text, "utf-8")
        settle(partial, path)
    finally:
        partial.unlink(missing_ok=True)
