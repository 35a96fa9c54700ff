"""All records as tables, into a folder that the person chooses."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.tasks import run_task
from pmdesk.journal.errors import JournalError


def choose_export(owner: QWidget, desk: Desk) -> None:
    """Ask for a folder and write every kind as a table into it."""
    from PySide6.QtWidgets import QFileDialog  # its constants: not at start

    folder = QFileDialog.getExistingDirectory(owner, desk.words("Export all as tables…"))
    if folder:
        export_to(owner, desk, Path(folder))


def export_to(owner: QWidget, desk: Desk, folder: Path) -> None:
    """Write every kind as a table into a folder, in the background."""

    def work(_task: Any) -> int:
        from pmdesk.actions.export import export_tables

        with desk.journal.again(writable=False) as own:
            return sum(1 for _ in export_tables(own, folder, desk.words))

    def failed(error: Exception) -> None:
        if isinstance(error, JournalError):
            desk.fail(error)
        elif isinstance(error, OSError):
            desk.noticed.emit("bad", desk.words("{path} could not be written.", path=str(folder)))
        else:
            raise error

    def done(n: int) -> None:
        desk.tell(desk.words("{n} tables written to {path}", n=n, path=str(folder)))

    run_task(owner, work, done=done, failed=failed)
