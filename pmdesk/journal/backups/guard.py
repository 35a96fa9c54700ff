"""What `Journal.before` is set to: a backup before each large act."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.journal import Journal

Guard: TypeAlias = Callable[[Journal, Reason], None]


def guard(
    now: Callable[[], datetime], *, chosen: str = "", limit_bytes: int | None = None
) -> Guard:
    """A hook that makes a backup through the connection that asks, in the thread that asks.

    `chosen` and `limit_bytes` are those of the settings; the moment comes from `now`.
    """

    def make(journal: Journal, reason: Reason) -> None:
        shelf_of(journal.path, chosen).keep(journal, reason, at=now(), limit_bytes=limit_bytes)

    return make
