"""The copy of a journal of an earlier version, made before it is brought up to date."""

from datetime import datetime

from pmdesk.journal.backups.guard import keep_before
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.journal import Journal


def keep_earlier_version(journal: Journal, chosen: str, *, at: datetime) -> None:
    """Keep it on its shelf, or beside the journal where the `chosen` folder is not there.

    Raises JournalError.
    """
    keep_before(journal, Reason.MIGRATION, chosen, at=at)
