"""What a damaged file still holds, in a new journal."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from pmdesk.journal import engine, errors, foreign, pages, schema
from pmdesk.journal.backup import remove, settle
from pmdesk.journal.bringing import Bringing
from pmdesk.journal.journal import Journal
from pmdesk.journal.log_anew import Salvaged, Saved, log_anew
from pmdesk.journal.pages import Pages
from pmdesk.journal.partial import partial_of
from pmdesk.journal.progress import Progress, untold
from pmdesk.private import new_file

__all__ = ["Salvaged", "Saved", "salvage"]

_SAMPLE: Final = 300  # pages that are tried before a file counts as unreadable


def salvage(
    path: Path,
    target: Path,
    passphrase: str | None,
    *,
    at: datetime,
    progress: Progress = untold,
    salts: Sequence[str] = (),
) -> Salvaged:
    """A new journal at `target` with every row of `path` that can be read; `path` stays as it is.

    An encrypted file whose first page is gone opens with a salt that it had, of which `salts` are
    what its backups tell, in hex. Rows keep their numbers. The log is kept of the rows that are as it tells; the others begin anew
    with one act. Raises JournalExists where `target` is taken, BeyondSalvage where nothing can be
    read, and the errors of the place and the passphrase. `progress` is told pages.
    """
    with engine.explained(path):
        if not path.is_file():
            raise errors.NoJournal(path=errors.shown(path))
    with engine.explained(target):
        if target.exists():
            raise errors.JournalExists(path=errors.shown(target))
        target.parent.mkdir(parents=True, exist_ok=True)
    work = partial_of(target.with_name(f"{target.name}.work"))
    partial = partial_of(target)
    try:
        with engine.explained(target):
            for one in (work, partial):
                remove(one)
            _copy(path, work)
        with engine.explained(path):
            there = _folded(work, passphrase)
            source, secret = _pages(work, passphrase, path, salts)
            with closing(source):
                told = _brought(source, there, partial, secret, at, progress, path)
        with engine.explained(target):
            settle(partial, target)
        return told
    finally:
        for one in (work, partial):
            remove(one)


def _copy(path: Path, work: Path) -> None:
    for suffix in ("", "-wal"):
        if (part := path.with_name(path.name + suffix)).exists():
            copy = work.with_name(work.name + suffix)
            new_file(copy)
            shutil.copyfile(part, copy)


def _folded(work: Path, passphrase: str | None) -> list[foreign.Entry]:
    """The schema as the file tells it, its log folded in; nothing where SQLite does not open it."""
    with suppress(errors.JournalError, engine.SqliteError, UnicodeDecodeError):
        conn = engine.connect(work, passphrase)
        try:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            conn.execute("PRAGMA journal_mode = DELETE").fetchall()
            return foreign.entries(conn)
        finally:
            conn.close()
    pages.fold_in_log(work)
    return []


def _pages(
    work: Path, passphrase: str | None, path: Path, salts: Sequence[str]
) -> tuple[Pages, str | None]:
    """The pages of the file, and its passphrase where it is encrypted, whatever its first page says."""
    keys: list[tuple[str | None, bytes]] = [(None, b"")]
    if passphrase and not engine.is_plain(work):
        told = [bytes.fromhex(salt) for salt in salts]
        keys += [(passphrase, salt) for salt in (_head(work), *told, *_kept_salts(path))]
    for secret, salt in keys:
        source = Pages(work, secret, salt)
        step = max(1, source.count // _SAMPLE)
        if any(source.page(n) for n in range(2, source.count + 1, step)):
            return source, secret
        source.close()
    if passphrase:
        raise errors.WrongPassphraseOrDamaged(path=errors.shown(path))
    if engine.looks_encrypted(path):
        raise errors.PassphraseNeeded(path=errors.shown(path))
    raise errors.BeyondSalvage(path=errors.shown(path))


def _head(work: Path) -> bytes:
    with work.open("rb") as file:
        return file.read(pages.SALT)


def _kept_salts(path: Path) -> Iterator[bytes]:
    """The salt that a backup has beside it."""
    with suppress(OSError, ValueError):
        salt = bytes.fromhex(path.with_name(f"{path.name}.salt").read_text("ascii").strip())
        if len(salt) == pages.SALT:
            yield salt


def _brought(
    source: Pages,
    there: list[foreign.Entry],
    partial: Path,
    secret: str | None,
    at: datetime,
    progress: Progress,
    path: Path,
) -> Salvaged:
    with Journal.create(partial, secret) as journal:
        schema.drop_triggers(journal.conn)
        journal.conn.execute("PRAGMA foreign_keys = OFF")
        journal.conn.execute("PRAGMA synchronous = OFF")  # it counts once it is whole: `settle`
        bringing = Bringing(source, journal, there, progress)
        with journal.db.atomic():
            bringing.bring()
        if not bringing.read:
            raise errors.BeyondSalvage(path=errors.shown(path))
        return log_anew(journal, bringing, at=at)
