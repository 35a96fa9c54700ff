"""What every import has in common: how it is watched and stopped, what it would do, what it did."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Act, Journal
from pmdesk.journal.log import BY_IMPORT
from pmdesk.words import Words


class ImportCancelled(Exception):
    """The person stopped the import; nothing of it was kept."""


class Job(NamedTuple):
    """How a long job is watched: told of bytes done, asked whether to stop."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def check(self) -> None:
        """Raise ImportCancelled once it is to stop."""
        if self.cancelled():
            raise ImportCancelled


class NotTaken(Protocol):
    """Something that was not taken: where it stands and why."""

    @property
    def source(self) -> str:
        """Its file, and where in it."""

    def sentence(self, words: Words) -> str:
        """The reason in the language of `words`."""


@dataclass
class Preview:
    """What an import would do: how much is new, how much the journal holds already.

    `left_out` counts what was read and is not wanted, by the words for it; `not_taken` is what
    could not be read.
    """

    new: int = 0
    there: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    not_taken: list[NotTaken] = field(default_factory=list)


@dataclass
class Report(Preview):
    """What an import did."""

    changes: Changes = field(default_factory=Changes)


# What is done within the act of an import, once all else is.
Also = Callable[[Act], object]


def nothing_more(_act: Act) -> None:
    """An import without anything beside it."""


@contextmanager
def import_act(journal: Journal, label: str, *, at: datetime, job: Job) -> Iterator[Act]:
    """The one act of an import; raises ImportCancelled where it is stopped, then nothing is kept."""
    journal.back_up_before(Reason.IMPORT)
    with journal.action(label, at=at, count=0, by=BY_IMPORT) as act:
        yield act
        job.check()


def bytes_of(paths: Iterable[Path]) -> int:
    """How much these files and folders hold; raises OSError."""
    files = (file for path in paths for file in ([path] if path.is_file() else path.rglob("*")))
    return sum(file.stat().st_size for file in files if file.is_file())
