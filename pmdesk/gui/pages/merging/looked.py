"""What a look at another journal found: how much of each kind, and what both have changed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from pmdesk.actions.carried.compare import Comparison, Conflict, Which, compared, decided
from pmdesk.actions.carried.counts import Counts, counted, together
from pmdesk.actions.carried.side import Side, side_of
from pmdesk.exchange.archive import begins_as_archive
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, halves

_STEPS: Final = 1000
ARCHIVE_SUFFIX: Final = ".zip"
JOURNAL_SUFFIX: Final = ".pmdesk"


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
        return together(self.counts.values())


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
    wanted = decided(found, lambda _conflict: "here")
    undecided = {conflict.uuid for conflict in found.conflicts}
    return Looked(there, found, counted(found, wanted, undecided))
