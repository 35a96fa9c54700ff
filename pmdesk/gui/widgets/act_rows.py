"""Rows with a state, two lines and one act, walked by the arrow keys; they stay where they are when they change."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.parts import badge, clear, label, rule
from pmdesk.gui.widgets.revealing import reveal

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RowLook(NamedTuple):
    """How a row reads. `key` names it among its rows; without an `act` nothing can be done with it."""

    key: str
    badge: str
    tone: str
    title: str
    second: str = ""
    act: str = ""
    primary: bool = False


class ActButton(QPushButton):
    """The act of a row: Enter or Space does it, the arrows go to the next one."""

    walked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event) -> None:
        if event.key() in _ENTER:
            # a key held down does one act, not one after the other
            if not event.isAutoRepeat():
                self.click()
        elif event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.walked.emit(_STEPS[event.key()])
        else:
            super().keyPressEvent(event)


class ActRow(QWidget):
    """One row: what it is and its act, below them its state and reason over the whole width."""

    def __init__(self, look: RowLook) -> None:
        super().__init__()
        self.setObjectName("plain")
        row = QGridLayout(self)
        row.setContentsMargins(0, 7, 0, 7)
        row.setHorizontalSpacing(12)
        row.setVerticalSpacing(4)
        row.setColumnStretch(0, 1)
        self.title = label("", "", wrap=True)
        row.addWidget(self.title, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        below = QHBoxLayout()
        below.setSpacing(8)
        self.badge = badge("", "muted")
        self.second = label("", "small", wrap=True)
        below.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.second, 1)
        row.addLayout(below, 1, 0, 1, 2)
        self.act = ActButton()
        row.addWidget(self.act, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        self.look = look
        self.show_look(look)

    def show_look(self, look: RowLook) -> None:
        """How the row reads now."""
        self.look = look
        self.title.setText(look.title)
        self.badge.setText(look.badge)
        mark_widget(self.badge, "badge", look.tone)
        self.second.setText(look.second)
        spoken = ", ".join(part for part in (look.title, look.badge, look.second) if part)
        self.setAccessibleName(spoken)
        self.act.setText(look.act)
        self.act.setAccessibleName(f"{look.act}: {spoken}")
        mark_widget(self.act, "primary", look.primary)
        self.act.setVisible(bool(look.act))


class ActRows(QWidget):
    """The rows. `acted` names the one whose act was asked for; `left` that the arrows lead out of them.

    They are `spent` when the last act that the keyboard was on has been done.
    """

    acted = Signal(str)
    left = Signal(int)
    spent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.rows: list[ActRow] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)

    def use(self, looks: Sequence[RowLook]) -> None:
        """Show these. The keyboard stays on its row; where that has no act any more it goes to the next."""
        at = next((n for n, row in enumerate(self.rows) if row.act.hasFocus()), None)
        if [look.key for look in looks] != [row.look.key for row in self.rows]:
            self._make(looks)
        if at is not None:
            self._hand_on(looks, at)
        for row, look in zip(self.rows, looks, strict=True):
            if row.look != look:
                row.show_look(look)

    def _make(self, looks: Sequence[RowLook]) -> None:
        clear(self._body)
        self.rows = []
        for n, look in enumerate(looks):
            if n:
                self._body.addWidget(rule())
            row = ActRow(look)
            row.act.clicked.connect(lambda _checked=False, row=row: self.acted.emit(row.look.key))
            row.act.walked.connect(self.walk)
            self._body.addWidget(row)
            self.rows.append(row)

    def _hand_on(self, looks: Sequence[RowLook], at: int) -> None:
        """Give the keyboard to the row at this place, else the next with an act, before its button goes."""
        order = [*range(at, len(looks)), *range(min(at, len(looks)))]
        place = next((n for n in order if looks[n].act), None)
        if place is None:
            self.spent.emit()
        else:
            self.rows[place].act.show()
            reveal(self.rows[place].act)

    def walk(self, by: int) -> None:
        """Go to the next row with an act; beyond the last of them, out of these rows."""
        acts = self.open_acts()
        at = next((n for n, act in enumerate(acts) if act.hasFocus()), None)
        if at is not None and 0 <= at + by < len(acts):
            reveal(acts[at + by])
        else:
            self.left.emit(by)

    def open_acts(self) -> list[ActButton]:
        """The acts that can be done, in their order."""
        return [row.act for row in self.rows if row.look.act]

    def enter(self, by: int = 1) -> bool:
        """Take the keyboard at the first act, or at the last where it comes from below."""
        acts = self.open_acts()
        if acts:
            reveal(acts[0 if by > 0 else -1])
        return bool(acts)
