"""The shelf: making a copy that counts, listing what is there, letting go of what is too old."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from pmdesk.journal import backup as copies
from pmdesk.journal import engine, errors
from pmdesk.journal.backups import place as places
from pmdesk.journal.backups import rotation
from pmdesk.journal.backups.manifest import Backup, backup_at, copy_name, manifest_of, written
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.journal import Journal
from pmdesk.journal.key import head_of
from pmdesk.journal.log import last_change
from pmdesk.journal.partial import partial_of
from pmdesk.journal.progress import Progress, untold
from pmdesk.private import new_file
from pmdesk.records.kinds import KINDS

_AGAIN: Final = timedelta(minutes=1)
_SPARE: Final = 1 << 20
_BUSY: Final = ".in-use"


class Shelf:
    """The copies of one journal, in a folder that is made with the first."""

    def __init__(self, folder: Path, chosen: Path | None = None) -> None:
        """`chosen` is the folder above it, where the person chose one: that must be there."""
        self.folder = folder
        self._place = places.Place(folder, chosen)

    def all(self) -> list[Backup]:
        """The copies, the latest first, as their manifests tell them: nothing is opened.

        One without a manifest is told by its file; a manifest without its copy is not there.
        """
        try:
            files = [path for path in self.folder.iterdir() if path.suffix == ".pmdesk"]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise engine.os_error(error, self.folder) from error
        found = []
        for path in files:
            try:
                found.append(backup_at(path))
            except FileNotFoundError:
                continue  # another process has just let go of it
            except OSError as error:
                raise engine.os_error(error, path) from error
        return sorted(found, key=lambda b: (b.number, b.at, b.path.name), reverse=True)

    def newest(self, journal: Journal) -> Backup | None:
        """The latest good copy of this journal, good as far as its manifest and size tell.

        One from before a change of passphrase is none: who knows only the present one cannot open it.
        """
        whose, key = places.first(journal.conn), places.key_of(journal)
        good = (backup for backup in self.all() if backup.whole and backup.sha256)
        return next((b for b in good if (b.journal, b.key) == (whose, key)), None)

    def due(self, journal: Journal) -> bool:
        """Whether the journal has changed since its newest good copy, or has none."""
        with engine.explained(journal.path):
            newest = self.newest(journal)
            return newest is None or newest.tip != tip(journal)

    def keep(
        self,
        journal: Journal,
        reason: Reason,
        *,
        at: datetime,
        limit_bytes: int | None = None,
        progress: Progress = untold,
    ) -> Backup | None:
        """A new copy, opened, checked and hashed; then what is too old goes.

        None where nothing has changed since the last one, which is still sound: only by hand another
        is made then. Raises JournalError: Damaged for a journal
        whose pages are, BackupNoRoom, BackupNoFolder. Then nothing is let go.
        """
        with self._alone(journal):
            if reason is not Reason.HAND and not self._wanted(journal, at):
                return None
            self._check_room(journal)
            kept = self._copied(journal, reason, at, progress)
            self._let_go(limit_bytes)
        return kept

    def tidy(self, limit_bytes: int | None = None) -> None:
        """Let go of what is too old, provided that a copy is sound. Raises JournalError."""
        good = [backup for backup in self.all() if backup.whole and backup.sha256]
        if any(self.sound(backup) for backup in good):
            self._let_go(limit_bytes)

    def unencrypted(self, journal: Journal) -> list[Backup]:
        """The copies of this encrypted journal that open without a passphrase: from before it had one."""
        if journal.passphrase is None:
            return []
        whose = places.first(journal.conn)
        return [b for b in self.all() if b.journal == whose and not b.encrypted]

    def drop_unencrypted(
        self, journal: Journal, *, at: datetime, progress: Progress = untold
    ) -> list[Backup]:
        """Remove those, once there is a sound copy under the present passphrase; what was removed."""
        with self._alone(journal):
            gone, newest = self.unencrypted(journal), self.newest(journal)
            if gone and (newest is None or not self.sound(newest)):
                self._check_room(journal)
                self._copied(journal, Reason.HAND, at, progress)
            for backup in gone:
                _remove(backup.path)
        return gone

    def sound(self, backup: Backup) -> bool:
        """Whether a copy is what it was when it was made, to the byte.

        One without a manifest can only be looked at: whether it may be a journal, and where it is
        plain whether its pages are in order. Raises JournalError where it cannot be read.
        """
        with engine.explained(backup.path):
            if backup.sha256:
                return backup.whole and copies.checksum(backup.path) == backup.sha256
            if not engine.looks_ours(backup.path):
                return False
            return backup.encrypted or copies.is_sound(backup.path, None)

    def _wanted(self, journal: Journal, at: datetime) -> bool:
        """Whether the newest copy is of another state, or no longer what it was."""
        newest = self.newest(journal)
        if newest is None or newest.tip != tip(journal):
            return True
        return not abs(at - newest.at) < _AGAIN and not self.sound(newest)

    @contextmanager
    def _alone(self, journal: Journal) -> Iterator[None]:
        """Nobody else makes a copy here meanwhile; what a killed one left half is cleared."""
        if self._place.chosen is not None and not self._place.chosen.is_dir():
            raise errors.BackupNoFolder(path=errors.shown(self._place.chosen))
        try:
            engine.make_folder(self.folder)
            new_file(self.folder / _BUSY)
        except OSError as error:
            raise errors.BackupNoFolder(path=errors.shown(self.folder)) from error
        # SQLite's own lock: it works on every system, and ends with the process
        busy = self.folder / _BUSY
        with closing(engine.connect(busy, None, busy_seconds=journal.busy_seconds)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except engine.SqliteError as error:
                told = engine.translated(error, busy)
                if isinstance(told, errors.DiskFull):
                    raise told from error
                raise errors.JournalBusy(path=errors.shown(self.folder)) from error
            with engine.explained(self.folder):
                self._clear()
            yield

    def _clear(self) -> None:
        names = {path.name for path in self.folder.iterdir()}
        for name in names:
            left = ".partial" in name
            orphan = name.endswith(".pmdesk.json") and name.removesuffix(".json") not in names
            if left or orphan:
                (self.folder / name).unlink(missing_ok=True)

    def _check_room(self, journal: Journal) -> None:
        pages, page = (
            int(journal.rows(f"PRAGMA {name}")[0][0]) for name in ("page_count", "page_size")
        )
        needed = pages * page + _SPARE
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise errors.BackupNoRoom(
                path=errors.shown(self.folder), needed=_megabytes(needed), free=free >> 20
            )

    def _copied(self, journal: Journal, reason: Reason, at: datetime, progress: Progress) -> Backup:
        last = max((backup.number for backup in self.all()), default=0)
        target = self.folder / copy_name(journal.path.stem, last + 1, at)
        partial = partial_of(target)
        try:
            with engine.explained(target):
                copies.copy_checked(journal, partial, target, progress)
                made = self._looked_at(partial, journal.passphrase)
                key = places.key_of(journal)
                made = replace(made, path=target, at=at, reason=reason, key=key, number=last + 1)
                places.remember(self._place, journal)
                # the copy counts from the moment it has its name: all else is there by then
                places.write_private(manifest_of(target), written(made))
                copies.settle(partial, target)
        except errors.BadBackup:
            _raise_if_damaged(journal)
            raise
        except errors.DiskFull as error:
            size = journal.path.stat().st_size
            raise errors.BackupNoRoom(
                path=errors.shown(self.folder),
                needed=_megabytes(size + _SPARE),
                free=shutil.disk_usage(self.folder).free >> 20,
            ) from error
        finally:
            copies.remove(partial)
            if not target.exists():
                manifest_of(target).unlink(missing_ok=True)
        return made

    def _looked_at(self, partial: Path, passphrase: str | None) -> Backup:
        """The copy as it tells itself; path, date, reason and number are for the caller."""
        with Journal(partial, passphrase, writable=False) as copy:
            there = {name for (name,) in copy.rows("SELECT name FROM sqlite_master")}
            counts = {
                name: copy.rows(f"SELECT count(*) FROM {name}")[0][0]
                for name in KINDS
                if name in there
            }
            change, end, whose = last_change(copy.conn), tip(copy), places.first(copy.conn)
        return Backup(
            partial,
            datetime.min.replace(tzinfo=UTC),
            Reason.HAND,
            partial.stat().st_size,
            {name: n for name, n in counts.items() if n},
            change,
            copies.checksum(partial),
            head_of(partial),
            end,
            whose,
        )

    def _let_go(self, limit_bytes: int | None) -> None:
        """Remove what the rotation lets go, each journal's copies judged for themselves."""
        own = [backup for backup in reversed(self.all()) if backup.number]
        for whose in {backup.journal for backup in own}:
            # a place in the row, for two machines that share a folder give the same number twice
            group = [
                rotation.Copy(n, b.at, b.size, good=b.whole and bool(b.sha256))
                for n, b in enumerate(own)
                if b.journal == whose
            ]
            for copy in rotation.going(group, limit_bytes):
                _remove(own[copy.number].path)


def shelf_of(journal_path: Path, chosen: str = "") -> Shelf:
    """The shelf of the journal at a path: beside it, or in the chosen folder. Nothing is written."""
    place = places.place_of(journal_path, chosen)
    return Shelf(place.folder, place.chosen)


def tip(journal: Journal) -> str:
    """A digest of the log's end: the same in two states only where one is a copy of the other."""
    return tip_at(journal, last_change(journal.conn))


def tip_at(journal: Journal, change: int) -> str:
    """What `tip` gave when this change was the last; nothing where there was none."""
    row: Any = journal.conn.execute(
        "SELECT c.id, c.tbl, c.row_id, c.op, c.before, c.digest, a.at, a.kind FROM change c"
        " JOIN action a ON a.id = c.action_id WHERE c.id = ?",
        (change,),
    ).fetchone()
    return blake2b(repr(row).encode(), digest_size=12).hexdigest() if row else ""


def _raise_if_damaged(journal: Journal) -> None:
    with engine.explained(journal.path):
        wrong = copies.whole_pages(journal)
    if wrong:
        raise errors.Damaged(path=errors.shown(journal.path), detail=wrong)


def _megabytes(size: int) -> int:
    """Whole megabytes that hold `size` bytes."""
    return -(-size // (1 << 20))


def _remove(path: Path) -> None:
    with engine.explained(path):
        path.unlink(missing_ok=True)
        manifest_of(path).unlink(missing_ok=True)
