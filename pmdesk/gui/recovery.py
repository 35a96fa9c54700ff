"""The recovery sheet, asked for in the window."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmdesk.exchange.placing import NotWritten
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.journal.errors import shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.tasks import Task


def tell_passphrase(desk: "Desk", window: "QWidget") -> None:
    """Say that the journal has a passphrase now, and offer its sheet; or that it has none."""
    words = desk.words
    if desk.journal.passphrase is None:
        desk.tell(words("The passphrase is removed."))
        return
    offer = (words("Recovery sheet…"), partial(choose_sheet, desk, window))
    desk.tell(words("The journal is encrypted now."), offer=offer)


def choose_sheet(desk: "Desk", owner: "QWidget") -> None:
    """Ask where the sheet is to lie, and write it there."""
    words = desk.words
    name = f"{desk.path.stem} - {words('Recovery sheet')}.pdf"
    target = save_path(owner, words("Recovery sheet"), name, "*.pdf")
    if target is not None:
        save_sheet(desk, target)


def save_sheet(desk: "Desk", target: Path) -> None:
    """Write the sheet in the background, and offer to open it."""
    words, journal, at = desk.words, desk.path, desk.local_now()
    backups = desk.settings.backup_folder

    def work(task: "Task") -> Path:
        from pmdesk.actions.recovery import write_recovery_sheet

        write_recovery_sheet(journal, target, words, at=at, backups=backups, check=task.check)
        return target

    def done(path: Path) -> None:
        desk.tell(words("Saved {path}", path=shown(path)), offer=open_offer(words, path))

    def otherwise(error: Exception) -> Any:
        if not isinstance(error, NotWritten):
            raise error
        desk.noticed.emit("bad", words(error.sentence, path=shown(error.path)))

    desk.background(desk, work, done, otherwise)
