"""One conflict side by side: field by field, and the choice between both."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.carried.compare import Conflict, Which
from pmdesk.gui.pages.merging.showing import Showing
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import label, rule, scrolled, width_of
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.words import Words, mark

_LONG: Final = 180
_LINES: Final = 5
_LEAST, _MOST = 3, 9
# What each choice does, by which side has deleted the record.
_CHOICES: Final = {
    "": (mark("Keep what is here"), mark("Take what is there")),
    "here": (mark("Leave it deleted"), mark("Take it back from there")),
    "there": (mark("Keep this record"), mark("Delete it as there")),
}
_SIDES: Final[tuple[Which, Which]] = ("here", "there")


class ConflictDetail(QWidget):
    """Shows a conflict; `chosen` tells which side was chosen."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = words
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        self.title = label("", "section", wrap=True)
        self.kind = label("", "small", wrap=True)
        body.addWidget(self.title)
        body.addWidget(self.kind)
        self.group = QButtonGroup(self)
        choice = WrappedRow(gap=16)
        self.radios = (QRadioButton(), QRadioButton())
        for number, radio in enumerate(self.radios):
            self.group.addButton(radio, number)
            choice.addWidget(radio)
        body.addLayout(choice)
        # a click says it, not the code that shows what was said before
        self.group.idClicked.connect(lambda number: self.chosen.emit(_SIDES[number]))
        body.addWidget(rule())
        self._area = scrolled(QWidget())
        body.addWidget(self._area, 1)
        self._columns: tuple[list[QWidget], list[QWidget]] = ([], [])

    def show_conflict(self, showing: Showing, conflict: Conflict, choice: Which | None) -> None:
        """Show a conflict and what was chosen."""
        words = self._words
        self.title.setText(showing.title(conflict))
        self.kind.setText(showing.kind(conflict))
        deleted = "here" if conflict.here is None else "there" if conflict.there is None else ""
        for radio, text in zip(self.radios, _CHOICES[deleted], strict=True):
            radio.setText(words(text))
        content = QWidget()
        content.setObjectName("scrolled")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, stretch in enumerate((2, 5, 5)):
            grid.setColumnStretch(column, stretch)
        self._columns = ([], [])
        grid.addWidget(label(words("Field"), "small"), 0, 0, Qt.AlignmentFlag.AlignTop)
        heads = zip((words("Here"), words("There")), showing.when(conflict), strict=True)
        for column, (head, when) in enumerate(heads, 1):
            both = QVBoxLayout()
            both.setSpacing(0)
            side = label(head, "section")
            self._columns[column - 1].append(side)
            both.addWidget(side)
            both.addWidget(label(when, "small", wrap=True))
            grid.addLayout(both, 0, column)
        for row, line in enumerate(showing.lines(conflict), 1):
            grid.addWidget(rule(), 2 * row - 1, 0, 1, 3)
            grid.addWidget(label(line.label, "muted", wrap=True), 2 * row, 0, _TOP)
            for column, text in enumerate((line.here, line.there), 1):
                value = _value(text, f"{line.label}, {words('Here' if column == 1 else 'There')}")
                self._columns[column - 1].append(value)
                grid.addWidget(value, 2 * row, column, _TOP if value.objectName() else _FILL)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(content)
        self.show_choice(choice)

    def show_choice(self, choice: Which | None) -> None:
        """Mark what was chosen: what is put aside steps back."""
        self.group.setExclusive(False)
        for side, radio in zip(_SIDES, self.radios, strict=True):
            radio.setChecked(side == choice)
        self.group.setExclusive(True)
        for side, column in zip(_SIDES, self._columns, strict=True):
            for part in column:
                mark_widget(part, "role", "muted" if choice not in (None, side) else "")


_TOP: Final = Qt.AlignmentFlag.AlignTop
_FILL: Final = Qt.AlignmentFlag(0)


def _value(text: str, name: str) -> QWidget:
    """A value; a long text whole, in a field of bounded height that scrolls."""
    if width_of(text) <= _LONG and text.count("\n") < _LINES:
        short = label(text, "value", wrap=True)
        short.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        short.setAccessibleName(f"{name}: {text}")
        return short
    edit = QPlainTextEdit(text)
    edit.setReadOnly(True)
    edit.setTabChangesFocus(True)
    edit.setFrameShape(QFrame.Shape.StyledPanel)
    edit.setAccessibleName(name)
    fit = grow_with_text(edit, _LEAST, _MOST)
    QTimer.singleShot(0, edit, fit)
    return edit
