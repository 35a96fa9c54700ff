"""Two journals made one: what another journal or an archive holds is taken into this one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pmdesk.actions.archive import archived_side
from pmdesk.actions.carried.compare import Comparison, Conflict, Which, compared, decided
from pmdesk.actions.carried.counts import Counts, counted, together
from pmdesk.actions.carried.links import record_of
from pmdesk.actions.carried.log import MERGED
from pmdesk.actions.carried.side import Side, side_of
from pmdesk.actions.carried.writing import Writing
from pmdesk.answers.calendars import rules
from pmdesk.exchange.archive import NotTaken
from pmdesk.journal import blobs
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.changes import Changes
from pmdesk.journal.handles import HANDLES
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, halves, untold
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

NOT_UNDERSTOOD: Final = mark(
    "{path}: hours, days or time zone of “{name}” are not understood. Nothing was taken from it."
)
BEYOND: Final = mark(
    "{path}: {value} is not a number that “{name}” can have. Nothing was taken from it."
)
_ZIP: Final = b"PK"
_WHOLE: Final = 1000


class Undecided(Exception):
    """Both have changed the same; `conflicts` are to be decided, and nothing was written."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(f"{len(conflicts)} conflicts")
        self.conflicts = conflicts


@dataclass
class Merge:
    """What a merge does, or would do: how many records of each kind become what, its conflicts."""

    counts: dict[str, Counts]
    conflicts: list[Conflict]
    changes: Changes = field(default_factory=Changes)

    @property
    def total(self) -> Counts:
        """The counts of all kinds together."""
        return together(self.counts.values())


def is_archive(path: Path) -> bool:
    """Whether a file is an archive rather than a journal; raises OSError."""
    return HANDLES.head(path, len(_ZIP)) == _ZIP


def other_side(path: Path, passphrase: str | None = None, *, progress: Progress = untold) -> Side:
    """What an archive or another journal holds, which is only read.

    Close it: what is attached there is read only when it is needed. What `progress` raises ends
    it. Raises NotTaken, JournalError and OSError.
    """
    if is_archive(path):
        return _understood(archived_side(path, progress))
    with Journal.open(path, passphrase, writable=False) as other, other.snapshot():
        side = _understood(side_of(other, progress=progress))
    files = _Files(path, passphrase)
    side.read_file, side.close, side.recall = files.read, files.close, None
    return side


def _understood(side: Side) -> Side:
    """The side, if its hours and zones can be counted with, on which every page rests; raises NotTaken."""
    for one in (*side.of("calendar"), *side.of("client")):
        record = record_of(KINDS[one.kind], one.values, lambda _uuid: None)
        try:
            if isinstance(record, WorkCalendar):
                rules(record)
            elif record.zone:
                ZoneInfo(record.zone)
        except (
            ValueError,
            KeyError,
            OSError,
        ) as error:  # no hours, no day, no such zone or file of it
            raise NotTaken(NOT_UNDERSTOOD, name=record.name) from error
    for one in side.records.values():
        for name, (low, high) in _BOUNDS.get(one.kind, {}).items():
            value = one.values.get(name)
            if isinstance(value, int | float) and not _between(value, low, high):
                title = str(one.values.get(KINDS[one.kind].title) or "")
                raise NotTaken(BEYOND, name=title, value=value)
    return side


# Numbers that a form holds within bounds, on which figures rest.
_BOUNDS: Final = {
    kind.name: bounds
    for kind in KINDS.values()
    if (
        bounds := {
            field.name: (field.meta.low, field.meta.high)
            for field in kind.fields
            if (field.meta.low, field.meta.high) != (None, None)
        }
    )
}


def _between(value: float, low: float | None, high: float | None) -> bool:
    return isfinite(value) and (low is None or low <= value) and (high is None or value <= high)


class _Files:
    """Attached files of another journal, opened again once the first of them is needed."""

    def __init__(self, path: Path, passphrase: str | None) -> None:
        self._path, self._passphrase = path, passphrase
        self._journal: Journal | None = None

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None where it is not there."""
        if self._journal is None:
            self._journal = Journal.open(self._path, self._passphrase, writable=False)
        return blobs.read(self._journal, name)

    def close(self) -> None:
        """Let go of the journal; a later read opens it again."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None


def look(
    journal: Journal, there: Side, prefer: Which | None = None, *, progress: Progress = untold
) -> Merge:
    """What a merge would do; conflicts count as decided by `prefer`, else for what is here.

    What `progress` raises ends it.
    """
    found = _found(journal, there, progress)
    wanted = decided(found, lambda _conflict: prefer or "here")
    return Merge(counted(found, wanted), found.conflicts)


def _found(journal: Journal, there: Side, progress: Progress) -> Comparison:
    first, second = halves(progress, _WHOLE)
    return compared(side_of(journal, progress=first), there, second)


def merge(
    journal: Journal,
    there: Side,
    *,
    prefer: Which | None = None,
    decide: Callable[[Conflict], Which | None] = lambda _conflict: None,
    at: datetime,
    progress: Progress = untold,
) -> Merge:
    """Take what `there` holds, as one step that can be undone.

    A conflict is decided by `decide`, else by `prefer`. What is put aside by it is in the record's
    history, so that neither side asks again. Raises Undecided, NotTaken and JournalError; what
    `progress` raises ends it, and everything is as it was.
    """
    reading, writing = halves(progress, _WHOLE)
    try:
        journal.back_up_before(Reason.MERGE)
        with journal.action(MERGED, at=at, added=0, changed=0, deleted=0) as act:
            # nobody writes from here on: what is compared is what is written
            found = _found(journal, there, reading)
            choices = {c.uuid: decide(c) or prefer for c in found.conflicts}
            if open_ := [c for c in found.conflicts if choices[c.uuid] is None]:
                raise Undecided(open_)
            wanted = decided(found, lambda conflict: choices[conflict.uuid] or "here")
            done = Merge(counted(found, wanted), found.conflicts)
            Writing(journal, act, found, wanted).write(writing)
            total = done.total
            act.note(added=total.added, changed=total.changed, deleted=total.deleted)
    finally:
        there.close()
    done.changes = act.changes()
    return done
