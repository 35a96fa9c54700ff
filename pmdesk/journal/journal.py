"""One open journal: records in and out, each act one transaction."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TypeVar

from pmdesk.journal import engine, errors, foreign, log, schema, seals, unclean
from pmdesk.journal.act import Act
from pmdesk.journal.changes import Changes
from pmdesk.journal.codec import moment_text
from pmdesk.journal.connection import Connected
from pmdesk.journal.migrations import SEALED, VERSION, migrations
from pmdesk.journal.partial import clear_left
from pmdesk.journal.progress import Progress, halves, part_of, untold
from pmdesk.private import new_file
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.journal.backups.reason import Reason

__all__ = ["RESTORED", "Act", "Journal"]

T = TypeVar("T")
_LONGEST_NAME: Final = 200  # bytes; file systems take 255, of which a backup's name needs some
RESTORED: Final = mark("Restore “{what}”")


class _Way(NamedTuple):
    """Back or forth through the acts: which one is next, and which from a step on; what becomes of it."""

    last: Callable[[engine.Connection], log.Step | None]
    since: Callable[[engine.Connection, int], list[log.Step]]
    nothing: type[errors.JournalError]
    kind: str
    state: str


class Journal(Connected):
    """A journal file and its connection, for use in one thread. Close it, or use it in `with`.

    Made by `open` and `create`.
    """

    # makes a backup before a large act; what it raises keeps the act from being done
    before: "Callable[[Journal, Reason], None] | None" = None
    # whose acts these are, where it is not the window's: kept with each step as its fact "by"
    by: str = ""
    _backups_in: str = ""
    _act: Act | None = None

    def connect(self, passphrase: str | None) -> None:
        """Open the connection, anew if it was closed."""
        super().connect(passphrase)
        self.conn.create_function("current_action", 0, self._current_action)
        self.conn.create_function("index_later", 3, self._index_later)

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str | None = None,
        *,
        busy_seconds: float = engine.BUSY_SECONDS,
    ) -> Self:
        """A new, empty journal at `path`; raises JournalExists, NameTooLong and the place's errors."""
        if len(os.fsencode(path.name)) > _LONGEST_NAME:
            raise errors.NameTooLong
        with engine.explained(path):
            if path.is_dir() or (path.exists() and path.stat().st_size):
                raise errors.JournalExists(path=errors.shown(path))
            engine.make_folder(path.parent)
            new_file(path)
        journal = cls(path, passphrase, busy_seconds=busy_seconds)
        try:
            with engine.explained(path):
                journal._prepare(new=True)
        except BaseException:
            journal.close()
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            raise
        return journal

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str | None = None,
        *,
        writable: bool = True,
        busy_seconds: float = engine.BUSY_SECONDS,
        movable: bool = False,
        backups_in: str = "",
        known: bool = False,
    ) -> Self:
        """An existing journal, migrated if it must be; raises JournalError.

        With `writable=False` nothing is ever written, and a read-only place will do; only a
        journal of an earlier version must be writable once. With `movable` another thread may
        take it over. One that is not `known` already is looked at before anything of it runs or
        is written: its schema, and after an unclean end its pages. The copy of a journal of an
        earlier version goes to its backups, in the folder `backups_in` where one is chosen.
        """
        with engine.explained(path):
            if not path.exists():
                raise errors.NoJournal(path=errors.shown(path))
            if path.is_dir() or path.stat().st_size == 0:
                raise errors.NotAJournal(path=errors.shown(path))
            if writable and not os.access(path, os.W_OK):
                raise errors.ReadOnlyPlace(path=errors.shown(path))
        left = "" if known else unclean.left_open(path)
        if left == "-wal" and writable:
            # a connection that may write would fold the log in when it closes
            with engine.explained(path), cls(path, passphrase, writable=False) as looking:
                looking._look(thoroughly=True)
            left = ""
        journal = cls(
            path, passphrase, writable=writable, busy_seconds=busy_seconds, movable=movable
        )
        journal._backups_in = backups_in
        try:
            with engine.explained(path):
                if not known:
                    journal._look(thoroughly=bool(left))
                if writable:
                    clear_left(path)
                journal._prepare(new=False)
        except BaseException:
            journal.close()
            raise
        return journal

    def _prepare(self, *, new: bool) -> None:
        version = 0 if new else self.recognised()
        self.settle_in()
        if version < VERSION:
            if self.writable:
                self._migrate(version)
            else:
                self._migrate_elsewhere()
        self.conn.execute("PRAGMA foreign_keys = ON")

    def _look(self, *, thoroughly: bool) -> None:
        """Refuse what is not ours and, looking `thoroughly`, what is damaged; nothing is written."""
        foreign.refuse_foreign(self, self.recognised(), VERSION, migrations)
        if thoroughly:
            unclean.look_through(self)

    def _migrate(self, version: int) -> None:
        if version:
            from pmdesk.journal.backups.migrating import keep_earlier_version

            keep_earlier_version(self, self._backups_in, at=datetime.now(UTC))
        db = self.db
        with db.atomic():
            schema.drop_triggers(self.conn)  # what they are is only known of this version's
            broken = set(seals.broken(self.conn)) if version >= SEALED else set()
            migrations().apply(db)
            seals.renew(self.conn, broken)  # a step may have renewed digests of rows
            if version < SEALED:
                seals.renew_kept(self.conn)
                log.set_numbers(self.conn)
            schema.install_triggers(self.conn)
            self.conn.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
            self.conn.execute(f"PRAGMA user_version = {VERSION}")

    def _migrate_elsewhere(self) -> None:
        """Migrate through a connection that may write, then go on reading."""
        self.conn.close()
        Journal.open(
            self.path,
            self.passphrase,
            busy_seconds=self.busy_seconds,
            backups_in=self._backups_in,
        ).close()
        self.connect(self.passphrase)
        self.settle_in()

    def again(self, *, writable: bool = True) -> "Journal":
        """A connection of its own to the same journal, for another thread."""
        other = Journal.open(
            self.path,
            self.passphrase,
            writable=writable,
            busy_seconds=self.busy_seconds,
            known=True,
        )
        other.before, other.by = self.before, self.by
        return other

    def reopen(self) -> None:
        """Go on with the file that is at the path now."""
        passphrase = self.passphrase
        self.close()
        self.connect(passphrase)
        with engine.explained(self.path):
            self._prepare(new=False)

    def back_up_before(self, reason: "Reason") -> None:
        """Have a backup made before a large act, where `before` is set; called outside any act.

        Raises JournalError where none can be made: then the act is not to be done either.
        """
        if self.before is not None:
            self.before(self, reason)

    @contextmanager
    def action(self, label: str, *, at: datetime | None = None, **facts: object) -> Iterator[Act]:
        """One act: a transaction and a step of the log. `label` is a key of the catalogue.

        `at` is when it is done (now, without it). Leaving with an exception undoes everything.
        """
        moment = moment_text(at or datetime.now(UTC))
        if self.by:
            facts.setdefault("by", self.by)
        with self._transaction() as act:
            act.begin(moment, label, facts)
            yield act

    @contextmanager
    def _transaction(self) -> Iterator[Act]:
        if self._act is not None:
            raise RuntimeError("an act inside an act: make it one function")
        if self.displaced:
            raise errors.Displaced(path=errors.shown(self.path))
        with engine.explained(self.path):
            self.conn.execute("BEGIN IMMEDIATE")
        self._act = act = Act(self)
        try:
            # an OSError of the act's own work says nothing about the journal
            with engine.needing(self._grown), engine.explained(self.path, system=False):
                yield act
                changed = act.finish()
        except BaseException:
            self._act = None
            self._rollback()
            raise
        self._act = None
        if changed:
            self._commit(act)
        else:
            self._rollback()

    def _commit(self, act: Act) -> None:
        try:
            with engine.needing(self._grown), engine.explained(self.path):
                self.conn.execute("COMMIT")
        except engine.IntegrityError as error:
            broken = log.broken_reference(self.conn, act.id)
            self._rollback()
            raise broken or error from error
        except errors.JournalError:
            self._rollback()
            # an error from COMMIT does not say that nothing was saved: look
            if not self.rows("SELECT 1 FROM action WHERE id = ?", [act.id]):
                raise

    def _grown(self) -> int:
        """Bytes that the act under way needs, as far as it came: what is new, in the log and the file."""
        return 2 * max(0, self.size - self.path.stat().st_size)

    def _current_action(self) -> int:
        if self._act is None or self._act.id is None:
            raise RuntimeError("a write outside an action")
        return self._act.id

    def _index_later(self, number: int, record_id: int, address: int | None) -> None:
        if self._act is None:
            raise RuntimeError("a write outside an action")
        self._act.stale.note(number, record_id, address)

    def undo(
        self,
        *,
        at: datetime | None = None,
        only: int | None = None,
        back_to: int | None = None,
        progress: Progress = untold,
    ) -> Changes:
        """Take back the last act; raises NothingToUndo and Conflict.

        With `back_to`, a step, all acts that stand from the last to that one, or none of them; redo
        repeats them one by one. With `only`, the step that is meant to be the last, raises Overtaken
        when another would be taken back, and so it does where `back_to` does not stand any more.
        What `progress` raises ends it, and everything is as it was.
        """
        way = _Way(log.last_done, log.standing_since, errors.NothingToUndo, "undo", "undone")
        return self._revert(way, at, only, back_to, progress)

    def redo(
        self,
        *,
        at: datetime | None = None,
        only: int | None = None,
        back_to: int | None = None,
        progress: Progress = untold,
    ) -> Changes:
        """Repeat the act undone last; raises NothingToRedo and Conflict, the rest as `undo`."""
        way = _Way(log.last_undone, log.undone_since, errors.NothingToRedo, "redo", "spent")
        return self._revert(way, at, only, back_to, progress)

    def _revert(
        self,
        way: "_Way",
        at: datetime | None,
        only: int | None,
        back_to: int | None,
        progress: Progress,
    ) -> Changes:
        moment = moment_text(at or datetime.now(UTC))
        with self._transaction() as act:
            last = way.last(self.conn)
            if last is None:
                raise way.nothing
            steps = [last] if back_to is None else way.since(self.conn, back_to)
            if only not in {None, last.id} or (
                back_to is not None and [step.id for step in steps][-1:] != [back_to]
            ):
                raise errors.Overtaken
            weights = [log.weight(self.conn, step.id) for step in steps]
            whole = sum(weights)
            rows, words = halves(progress, whole)
            for step, before in zip(steps, accumulate(weights, initial=0), strict=False):
                act.begin(moment, step.label, step.facts, way.kind, step.id)
                act.touched |= log.revert(self.conn, step.id, part_of(rows, before, whole))
                self.conn.execute("UPDATE action SET state = ? WHERE id = ?", (way.state, step.id))
                act.seal()
            act.stale.flush(progress=words)
        return act.changes()

    def restore(self, change_id: int, *, at: datetime | None = None) -> Changes:
        """Bring back a deleted record with what was deleted alongside.

        Raises NotDeleted, ParentGone and Conflict.
        """
        row = self.rows("SELECT tbl, row_id FROM change WHERE id = ?", [change_id])
        if not row:
            raise errors.NotDeleted
        what = log.name_of(self.conn, *row[0])
        with self.action(RESTORED, at=at, what=what) as act:
            act.touched |= log.restore(self.conn, change_id)
        return act.changes()
