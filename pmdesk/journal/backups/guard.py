"""What `Journal.before` is set to: a backup before each large act."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.errors import BackupNoFolder
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress, untold

Guard: TypeAlias = Callable[[Journal, Reason], None]


class Chosen(NamedTuple):
    """What a person chose: whether backups are made by themselves, where ("" beside), how much."""

    wanted: bool = True
    folder: str = ""
    limit_bytes: int | None = None


def keep_before(
    journal: Journal,
    reason: Reason,
    folder: str,
    *,
    at: datetime,
    limit_bytes: int | None = None,
    progress: Progress = untold,
) -> None:
    """A copy on the journal's shelf; beside the journal where the chosen `folder` is not there.

    A drive that is not connected keeps nobody from their work, but nothing large is done without a
    copy. Raises JournalError.
    """
    try:
        shelf = shelf_of(journal.path, folder)
        shelf.keep(journal, reason, at=at, limit_bytes=limit_bytes, progress=progress)
    except BackupNoFolder:
        if not folder:
            raise
        shelf = shelf_of(journal.path)
        shelf.keep(journal, reason, at=at, limit_bytes=limit_bytes, progress=progress)


def guard(chosen: Chosen, now: Callable[[], datetime]) -> Guard | None:
    """A hook that makes a backup through the connection that asks, in the thread that asks.

    None where none are wanted. The moment comes from `now`.
    """

    def make(journal: Journal, reason: Reason) -> None:
        keep_before(journal, reason, chosen.folder, at=now(), limit_bytes=chosen.limit_bytes)

    return make if chosen.wanted else None
