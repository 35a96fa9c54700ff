"""What is wanted of an export, and what became of it, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmdesk.actions.carried.side import whose
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, untold
from pmdesk.records.client import Client
from pmdesk.records.declare import Kind
from pmdesk.words import Words, mark

# What can be wished beyond what a form holds by itself, by the name of its flag.
PAST: Final = "past"
INTERNAL: Final = "internal"
TAKEN: Final = "taken"
FILES: Final = "files"
WISHES: Final = {
    PAST: mark("Also what is past or done"),
    INTERNAL: mark("Also what is internal"),
    TAKEN: mark("Also meetings that came from a calendar"),
    FILES: mark("Attached files beside the text"),
}


@dataclass(frozen=True)
class Wish:
    """An export: its language, its moment, the one client it is of (None for all), wishes by name."""

    words: Words
    at: datetime
    client: Client | None = None
    also: frozenset[str] = frozenset()
    progress: Progress = untold


class Sent(NamedTuple):
    """What was written: the paths to tell of, how many records they hold, how many stayed out."""

    paths: tuple[Path, ...]
    records: int
    left_out: int = 0


Write = Callable[[Journal, Path, Wish], Sent]


def records_of(journal: Journal, kind: Kind, client: Client | None) -> list[Any]:
    """The records of a kind in the order of their ids; of one client those that an archive of it holds."""
    where, values = whose(kind, client)
    return journal.find(kind.cls, where, values)
