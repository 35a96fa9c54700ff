"""What `Journal.before` is set to: a backup before each large act."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.journal import Journal

Guard: TypeAlias = Callable[[Journal, Reason], None]


class Chosen(NamedTuple):
    """What a person chose: whether backups are made by themselves, where ("" beside), how much."""

    wanted: bool = True
    folder: str = ""
    limit_bytes: int | None = None


def guard(chosen: Chosen, now: Callable[[], datetime]) -> Guard | None:
    """A hook that makes a backup through the connection that asks, in the thread that asks.

    None where none are wanted. The moment comes from `now`.
    """

    def make(journal: Journal, reason: Reason) -> None:
        shelf = shelf_of(journal.path, chosen.folder)
        shelf.keep(journal, reason, at=now(), limit_bytes=chosen.limit_bytes)

    return make if chosen.wanted else None
