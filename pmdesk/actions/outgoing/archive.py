"""The archive as a form of export."""

from pathlib import Path

from pmdesk.actions.archive import export_archive
from pmdesk.actions.outgoing.values import Sent, Wish
from pmdesk.journal.journal import Journal


def write(journal: Journal, target: Path, wish: Wish) -> Sent:
    """Everything, so that another journal can take it. Raises NotWritten and JournalError."""
    records = export_archive(journal, target, client=wish.client, progress=wish.progress)
    return Sent((target,), records)
