"""One conflict side by side: field by field, and the choice between both."""

from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.carried.compare import Conflict, Which
from pmdesk.gui.pages.merging.showing import Showing
from pmdesk.gui.theme import current_theme, mark_widget
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
_PLACES: Final = {"here": 1, "there": 2}
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
            told = label(when, "" if column == _PLACES.get(deleted) else "small", wrap=True)
            mark_widget(told, "role", "warn")  # of a quiet one its name decides the colour
            both.addWidget(told)
            grid.addLayout(both, 0, column)
        for row, line in enumerate(showing.lines(conflict), 1):
            grid.addWidget(rule(), 2 * row - 1, 0, 1, 3)
            grid.addWidget(label(line.label, "muted", wrap=True), 2 * row, 0, _TOP)
            both_texts = (line.here, line.there)
            for column, text in enumerate(both_texts, 1):
                side_name = f"{line.label}, {words('Here' if column == 1 else 'There')}"
                value = _value(text, both_texts[2 - column], side_name)
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


def _value(text: str, other: str, name: str) -> QWidget:
    """A value; a long text whole, in a field of bounded height, from where it differs from `other`."""
    if width_of(text) <= _LONG and text.count("\n") < _LINES:
        short = label(text, "value", wrap=True)
        short.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        short.setAccessibleName(f"{name}: {text}")
        return short
    edit = QPlainTextEdit(text)
    edit.setReadOnly(True)
    edit.setTabChangesFocus(True)
    edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    edit.setAccessibleName(name)
    _mark_difference(edit, text, other)
    fit = grow_with_text(edit, _LEAST, _MOST)

    def settle() -> None:
        fit()
        edit.centerCursor()

    QTimer.singleShot(0, edit, settle)
    return edit


def _mark_difference(edit: QPlainTextEdit, text: str, other: str) -> None:
    """Put a ground behind what the other text has not, and the cursor at its beginning."""
    begin = _same(text, other)
    end = _same(reversed(text[begin:]), reversed(other[begin:]))
    selection = QTextEdit.ExtraSelection()
    selection.format.setBackground(current_theme().color("soft_warn"))
    cursor = edit.textCursor()
    cursor.setPosition(_places(text[:begin]))
    edit.setTextCursor(cursor)
    cursor.setPosition(_places(text[: len(text) - end]), QTextCursor.MoveMode.KeepAnchor)
    selection.cursor = cursor
    edit.setExtraSelections([selection])


def _same(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters two texts share from their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _places(text: str) -> int:
    """How many places a text takes as Qt counts them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
