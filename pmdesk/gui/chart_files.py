"""A chart as a file: the formats to choose from, and writing it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from pmdesk.actions.originals import file_name
from pmdesk.answers.insights.values import Panels
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.journal.errors import shown

_FORMATS: Final = ("png", "svg", "csv")


def offer_formats(desk: Desk, below: QPushButton, what: str, save: Callable[[Path], None]) -> QMenu:
    """Show the formats below a button; `save` gets the file chosen for one, called after `what`.

    Gives back the menu, for what else can be done with the chart.
    """
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for suffix in _FORMATS:
        text = desk.words("Chart as {kind}", kind=suffix.upper())
        menu.addAction(text, partial(_choose, desk, below, what, suffix, save))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
    return menu


def _choose(
    desk: Desk, owner: QPushButton, what: str, suffix: str, save: Callable[[Path], None]
) -> None:
    name = file_name(f"{what} {desk.local_now().date()}", suffix=f".{suffix}")
    path = save_path(owner, desk.words("Export"), name, f"*.{suffix}")
    if path is not None:
        save(path)


def write_chart(desk: Desk, panels: Panels, path: Path) -> None:
    """Write a chart as its name's ending says, and tell where, or why not."""
    from pmdesk.charts.export import save_chart  # matplotlib comes with it

    try:
        save_chart(panels, path, desk.words, theme="light")
    except OSError:
        sentence = desk.words("{path} could not be written.", path=shown(path))
        desk.noticed.emit("bad", sentence)
        return
    offer = open_offer(desk.words, path)
    desk.tell(desk.words("Saved {path}", path=shown(path)), offer=offer)
