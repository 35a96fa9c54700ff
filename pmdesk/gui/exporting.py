"""All records as tables, into a folder that the person chooses."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from pmdesk.gui.desk import Desk


def choose_export(owner: QWidget, desk: Desk) -> None:
    """Ask for a folder and write every kind as a table into it."""
    from pmdesk.gui.dialogs import folder_path  # the dialog's constants: not at start

    folder = folder_path(owner, desk.words("Export all as tables…"))
    if folder is not None:
        export_to(owner, desk, folder)


def export_to(owner: QWidget, desk: Desk, folder: Path) -> None:
    """Write every kind as a table into a folder, in the background."""

    def work(_task: Any) -> int:
        from pmdesk.actions.export import export_tables

        with desk.journal.again(writable=False) as reader:
            return sum(1 for _ in export_tables(reader, folder, desk.words))

    def done(n: int) -> None:
        desk.tell(desk.words("{n} tables written to {path}", n=n, path=str(folder)))

    desk.background(owner, work, done)
