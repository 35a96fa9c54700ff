"""What a look at another journal found: how much of each kind, and what both have changed."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from pmdesk.actions.carried.compare import Comparison, Conflict, Which, compared, decided
from pmdesk.actions.carried.side import Side, side_of
from pmdesk.exchange.archive import begins_as_archive
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, halves
from pmdesk.records.kinds import KINDS

_STEPS: Final = 1000
ARCHIVE_SUFFIX: Final = ".zip"
JOURNAL_SUFFIX: Final = ".pmdesk"


class Counts(NamedTuple):
    """How many records of a kind become what; `open` are to be decided."""

    added: int = 0
    changed: int = 0
    deleted: int = 0
    same: int = 0
    stays: int = 0
    open: int = 0

    @property
    def moves(self) -> bool:
        """Whether anything of the kind is to be taken or decided."""
        return bool(self.added or self.changed or self.deleted or self.open)


@dataclass(frozen=True)
class Looked:
    """The other side, both compared, and the counts of each kind that either holds, in their order."""

    there: Side
    found: Comparison
    counts: dict[str, Counts]

    @property
    def conflicts(self) -> list[Conflict]:
        return self.found.conflicts

    @property
    def total(self) -> Counts:
        """The counts of all kinds together."""
        return Counts(*map(sum, zip(Counts(), *self.counts.values(), strict=True)))


@dataclass
class Kept:
    """What stands while a journal is open, whatever becomes of the page: the other, the choices."""

    path: Path | None = None
    there: Side | None = None
    choices: dict[str, Which] = field(default_factory=dict)


_KEPT: Final[WeakKeyDictionary[Journal, Kept]] = WeakKeyDictionary()


def kept_for(journal: Journal) -> Kept:
    """What is kept of merging into an open journal."""
    return _KEPT.setdefault(journal, Kept())


def is_whole(path: Path) -> bool:
    """Whether a file is a journal by its name, or begins as an archive of one."""
    if path.suffix.casefold() == JOURNAL_SUFFIX:
        return path.is_file()
    return path.suffix.casefold() == ARCHIVE_SUFFIX and begins_as_archive(path)


def look_through(journal: Journal, there: Side, progress: Progress) -> Looked:
    """Both compared; what `progress` raises ends it. Raises JournalError."""
    first, second = halves(progress, _STEPS)
    with journal.snapshot():
        here = side_of(journal, progress=first)
    found = compared(here, there, second)
    return Looked(there, found, _counted(found))


def _counted(found: Comparison) -> dict[str, Counts]:
    here, there = found.here.records, found.there.records
    wanted = decided(found, lambda _conflict: "here")
    open_ = {conflict.uuid for conflict in found.conflicts}
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for conflict in found.conflicts:
        counted[conflict.kind]["open"] += 1
    for uuid, values in wanted.items():
        if uuid in open_:
            continue
        if uuid not in here:
            fate = "added"
        elif values != here[uuid].values:
            fate = "changed"
        elif uuid in there:
            fate = "same"
        else:
            fate = "stays"
        counted[(here.get(uuid) or there[uuid]).kind][fate] += 1
    for uuid in here.keys() - wanted.keys() - open_:
        counted[here[uuid].kind]["deleted"] += 1
    return {kind: Counts(**fates) for kind, fates in counted.items() if fates}
