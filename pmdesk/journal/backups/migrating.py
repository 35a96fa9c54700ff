"""The copy of a journal of an earlier version, made before it is brought up to date."""

from datetime import datetime

from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.errors import BackupNoFolder
from pmdesk.journal.journal import Journal


def keep_earlier_version(journal: Journal, chosen: str, *, at: datetime) -> None:
    """Keep it on its shelf; beside the journal where the chosen folder is not there.

    A drive that is not connected must not keep anybody from their journal. Raises JournalError.
    """
    try:
        shelf_of(journal.path, chosen).keep(journal, Reason.MIGRATION, at=at)
    except BackupNoFolder:
        if not chosen:
            raise
        shelf_of(journal.path).keep(journal, Reason.MIGRATION, at=at)
