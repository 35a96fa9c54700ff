"""Tips at first use: a quiet line where it helps, one at a time, gone for good once used or closed."""

from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from pmdesk.gui.icons import icon
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import label
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

# By the names under which the settings keep that they have gone.
TIPS: Final = {
    "today": mark("↑ and ↓ go from row to row; the letters below act on the chosen one, Enter does what comes first."),
    "capture": mark("One line can hold a client, a day, a promise or a problem: call Pine yesterday, promised the report by Friday"),
    "client": mark("Ctrl+PgDn and Ctrl+PgUp go through the sides of a client; Ctrl+B is the brief before a talk."),
    "clients": mark("Ctrl+K goes to any client, person, record or command by some of its letters."),
}  # fmt: skip


_LEAST_HEIGHT = 420  # of a window, at 100 %: in less the page needs all of it


class Tips:
    """Which tip may be shown: those not gone yet, one at a time."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._shown: Tip | None = None

    def may(self, tip: "Tip") -> bool:
        """Whether this one is to stand there now."""
        settings, other = self._desk.settings, self._shown
        if not settings.tips or tip.name in settings.tips_gone:
            return False
        if tip.window().height() < current_theme().px(_LEAST_HEIGHT):
            return False
        if other is not None and other is not tip and shiboken6.isValid(other):
            if other.isVisible():
                return False
            other.hide()
        self._shown = tip
        return True

    def end(self, name: str) -> None:
        """What the tip tells of was used, or it was closed: it never comes again."""
        settings = self._desk.settings
        if settings.tips and name not in settings.tips_gone:
            settings.tips_gone = (*settings.tips_gone, name)
            settings.save()
        shown = self._shown
        if shown is not None and shiboken6.isValid(shown) and shown.name == name:
            shown.hide()


class Tip(QWidget):
    """The line of a tip with the cross that closes it; hidden until it may be shown."""

    def __init__(self, desk: "Desk", name: str) -> None:
        super().__init__()
        self.name = name
        self._desk = desk
        text = desk.words(TIPS[name])
        self.setObjectName("tip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(label(text, "", wrap=True), 1)
        side = current_theme().px(16)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", side=16))
        self.close_button.setIconSize(QSize(side, side))
        self.close_button.setToolTip(desk.words("Close this tip"))
        self.close_button.setAccessibleName(desk.words("Close this tip"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(lambda: desk.tips.end(name))
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def offer(self) -> None:
        """Stand there, if it may."""
        self.setVisible(self._desk.tips.may(self))
