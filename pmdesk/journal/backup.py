"""Backups: verified copies, their checksum beside them, and the way back."""

import os
import shutil
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path
from typing import Final

from pmdesk.journal import engine, errors
from pmdesk.journal.journal import Journal

_SALT: Final = 16
_PAGES: Final = 1_000
Progress = Callable[[int, int], None]


def copy_journal(journal: Journal, target: Path, progress: Progress | None = None) -> None:
    """A consistent copy at `target`, with the same passphrase; nothing half written is left."""
    partial = target.with_name(f"{target.name}.partial")
    with engine.explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        try:
            copy = engine.connect(partial, journal.passphrase, mode="rwc")
            try:
                journal.conn.backup(
                    copy,
                    pages=_PAGES,
                    progress=None
                    if progress is None
                    else lambda _status, left, total: progress(total - left, total),
                )
                copy.execute("PRAGMA journal_mode = DELETE")
                verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
            finally:
                copy.close()
            if verdict != "ok":
                raise errors.BadBackup(path=errors.shown(target))
            settle(partial, target)
        finally:
            partial.unlink(missing_ok=True)


def backup(journal: Journal, target: Path, progress: Progress | None = None) -> None:
    """A copy at `target`, its SHA-256 beside it, and an encrypted journal's salt.

    Without its salt (the file's first 16 bytes) no passphrase opens an encrypted file again.
    """
    copy_journal(journal, target, progress)
    with engine.explained(target):
        _write(_beside(target, "sha256"), f"{checksum(target)}  {target.name}\n")
        if journal.passphrase:
            with target.open("rb") as file:
                _write(_beside(target, "salt"), file.read(_SALT).hex() + "\n")


def restore(source: Path, target: Path, passphrase: str | None = None) -> Path | None:
    """Put the backup in the place of the journal at `target`; where that one was kept.

    Raises BadBackup when checksum or content is wrong, then the journal is as it was.
    """
    facts = {"path": errors.shown(source)}
    with engine.explained(source):
        if not source.is_file():
            raise errors.NoJournal(**facts)
        stated = _beside(source, "sha256")
        if stated.exists() and stated.read_text("utf-8").split()[:1] != [checksum(source)]:
            raise errors.BadBackup(**facts)
    partial = target.with_name(f"{target.name}.partial")
    with engine.explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, partial)
        try:
            with Journal.open(partial, passphrase) as copy:
                if copy.rows("PRAGMA quick_check")[0][0] != "ok":
                    raise errors.BadBackup(**facts)
                copy.conn.execute("PRAGMA journal_mode = DELETE")
            kept = _set_aside(target)
            settle(partial, target)
        finally:
            for suffix in ("", "-wal", "-shm"):
                partial.with_name(partial.name + suffix).unlink(missing_ok=True)
    return kept


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _set_aside(target: Path) -> Path | None:
    """Move the journal away under a free name, its write-ahead log folded in first."""
    if not target.exists():
        return None
    number = 1
    while (
        kept := target.with_name(f"{target.stem}.before-restore-{number}{target.suffix}")
    ).exists():
        number += 1
    for suffix in ("-wal", "-shm", ""):
        part = target.with_name(target.name + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))
    return kept


def settle(partial: Path, target: Path) -> None:
    """Make `partial` durable and give it the name `target`."""
    handle = os.open(partial, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    partial.replace(target)
    engine.sync_folder(target.parent)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.name}.{suffix}")


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
