"""The recovery sheet of a journal, written to a file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pmdesk.exchange.placing import placed
from pmdesk.report.recovery_sheet import backups_of, recovery_sheet
from pmdesk.words import Words


def write_recovery_sheet(
    journal: Path,
    target: Path,
    words: Words,
    *,
    at: datetime,
    backups: str = "",
    check: Callable[[], None] | None = None,
) -> None:
    """Write the sheet of an encrypted journal; `backups` is the chosen folder of backups.

    Raises NotWritten, and as `recovery_sheet`.
    """
    path = journal.absolute()
    pdf = recovery_sheet(path, backups=backups_of(path, backups), words=words, at=at, check=check)
    with placed(target) as partial:
        partial.write_bytes(pdf)
