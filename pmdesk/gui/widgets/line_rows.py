"""Lines of three parts as rows of three fields each: what a text with bars between them holds."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pmdesk.gui.icons import icon
from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.parts import button
from pmdesk.words import Words, mark

_BAR: Final = re.compile(r"[|｜]")
_PARTS: Final = 3
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowShape(NamedTuple):
    """What the parts of a line are called, and which of them has a line of its own."""

    title: str
    parts: tuple[str, str, str]
    wide: int


class _Row(QWidget):
    """One line. As long as nobody changes a part it stays letter by letter as it was."""

    def __init__(self, shape: RowShape, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._line, self._loaded = "", ("", "", "")
        self.parts = tuple(QLineEdit() for _ in shape.parts)
        for part, name in zip(self.parts, shape.parts, strict=True):
            part.setPlaceholderText(words(name))
            part.setAccessibleName(words(name))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        narrow = [part for n, part in enumerate(self.parts) if n != shape.wide]
        upper, lower = ([self.parts[0]], narrow) if shape.wide == 0 else (narrow, [self.parts[2]])
        for column, field in enumerate(upper):
            grid.addWidget(field, 0, column, 1, 2 // len(upper))
        for column, field in enumerate(lower):
            grid.addWidget(field, 1, column, 1, 1 if len(lower) > 1 else 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        acts = QHBoxLayout()
        acts.setSpacing(0)
        self.up, self.down, self.gone = (
            self._act(symbol, f"{words(text)} ({key})")
            for symbol, text, key in (
                ("chevron_up", mark("Move up"), "Alt+↑"),
                ("chevron_down", mark("Move down"), "Alt+↓"),
                ("close", mark("Remove"), "Ctrl+Delete"),
            )
        )
        for act in (self.up, self.down, self.gone):
            acts.addWidget(act)
        grid.addLayout(acts, 0, 2)

    def say_place(self, place: str) -> None:
        """Tell who does not see it which row this is."""
        self.setAccessibleName(place)
        for part in (*self.parts, self.up, self.down, self.gone):
            part.setAccessibleDescription(place)

    @staticmethod
    def _act(symbol: str, text: str) -> QToolButton:
        """A button for the mouse; the keyboard has the key."""
        act = QToolButton()
        act.setIcon(icon(symbol, side=16))
        act.setIconSize(QSize(current_theme().px(16), current_theme().px(16)))
        act.setToolTip(text)
        act.setAccessibleName(text)
        act.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        act.setFixedSize(current_theme().px(24), current_theme().px(28))
        return act

    def values(self) -> tuple[str, str, str]:
        one, two, three = (part.text().strip() for part in self.parts)
        return one, two, three

    def is_empty(self) -> bool:
        return not any(self.values())

    def load(self, line: str) -> None:
        """Show a line; one without bars says what, and nothing beside it."""
        found = [part.strip() for part in _BAR.split(line, maxsplit=_PARTS - 1)]
        loaded = ["", "", *found] if len(found) == 1 else [*found, ""]
        for part, text in zip(self.parts, loaded[:_PARTS], strict=True):
            part.setText(text)
        self._line, self._loaded = line, self.values()

    def line(self) -> str:
        values = self.values()
        return self._line if values == self._loaded else " | ".join(values)


class LineRows(QWidget):
    """Enter adds a row, Ctrl+Delete takes one away, Alt and an arrow moves it.

    A bar that is typed goes on to the next part; several lines that are pasted become rows.
    """

    edited = Signal(str)

    def __init__(self, shape: RowShape, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._shape, self._words = shape, words
        self.rows: list[_Row] = []
        self._made: list[Callable[[QLineEdit], object]] = []
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(10)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        body.addLayout(self._column)
        self.add = button(words("Add a row"), self._append, quiet=True)
        self.add.setProperty("line", True)
        self.add.setAccessibleDescription(words(shape.title))
        self.add.setIcon(icon("plus", colour="accent", side=16))
        self.add.setIconSize(QSize(current_theme().px(16), current_theme().px(16)))
        self.add.setToolTip(f"{words('Add a row')} (Enter)")
        body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._insert(0)
        self.setFocusProxy(self.rows[0].parts[0])

    def help_first(self, make: Callable[[QLineEdit], object]) -> None:
        """Give the first part of each row, of those to come too, a help of its own."""
        self._made.append(make)
        for row in self.rows:
            make(row.parts[0])

    def text(self) -> str:
        """The lines as they are kept; without those that say nothing."""
        return "\n".join(row.line() for row in self.rows if not row.is_empty())

    def setText(self, text: str) -> None:
        """Show these lines."""
        lines = [line for line in text.splitlines() if line.strip()] or [""]
        while len(self.rows) > len(lines):
            self._drop(self.rows[-1])
        while len(self.rows) < len(lines):
            self._insert(len(self.rows))
        for row, line in zip(self.rows, lines, strict=True):
            row.load(line)
        self._mark()

    def hasFocus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def setFocus(self, *_reason: object) -> None:
        """Go to the first part that is missing, else to the first of all."""
        parts = [part for row in self.rows if not row.is_empty() for part in row.parts]
        missing = (part for part in parts if not part.text().strip())
        next(missing, self.rows[0].parts[0]).setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DynamicPropertyChange:
            self._mark()
        return super().event(event)

    def _mark(self) -> None:
        """Show which parts are missing, where that is a problem; each says in which row it stands."""
        wrong, title = bool(self.property("problem")), self._words(self._shape.title)
        for n, row in enumerate(self.rows, 1):
            row.say_place(f"{title} {n}")
            for part in row.parts:
                missing = wrong and not row.is_empty() and not part.text().strip()
                mark_widget(part, "problem", missing)

    def _insert(self, place: int) -> _Row:
        row = _Row(self._shape, self._words)
        self.rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.show()  # at once: the keyboard is to go there
        row.up.clicked.connect(lambda: self._move(row, -1))
        row.down.clicked.connect(lambda: self._move(row, 1))
        row.gone.clicked.connect(lambda: self._remove(row))
        for part in row.parts:
            part.installEventFilter(self)
            part.textEdited.connect(partial(self._on_edit, row, part))
        for make in self._made:
            make(row.parts[0])
        self._mark()
        self.chain(self.rows[0].parts[0])
        return row

    def chain(self, before: QWidget) -> None:
        """Let Tab go through the parts of all rows after `before`, then to the button below."""
        for part in (*(part for row in self.rows for part in row.parts), self.add):
            if part is not before:
                QWidget.setTabOrder(before, part)
            before = part

    def _drop(self, row: _Row) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._mark()
        if self.rows:
            self.setFocusProxy(self.rows[0].parts[0])

    def _append(self) -> None:
        self._begin(len(self.rows))

    def _begin(self, place: int) -> None:
        """A new row, to be typed into; an empty one that stands there will do."""
        for near in (place, place - 1):
            if 0 <= near < len(self.rows) and self.rows[near].is_empty():
                self.rows[near].parts[0].setFocus()
                return
        self._insert(place).parts[0].setFocus()

    def _remove(self, row: _Row) -> None:
        place = self.rows.index(row)
        if len(self.rows) == 1:
            row.load("")
        else:
            self._drop(row)
        self.rows[min(place, len(self.rows) - 1)].parts[0].setFocus()
        self._tell()

    def _move(self, row: _Row, step: int) -> None:
        """Change places with a neighbour; the keyboard goes along."""
        place = self.rows.index(row)
        if not 0 <= place + step < len(self.rows):
            return
        focus = QApplication.focusWidget()
        self.rows.insert(place + step, self.rows.pop(place))
        self._column.removeWidget(row)
        self._column.insertWidget(place + step, row)
        self.chain(self.rows[0].parts[0])
        self.setFocusProxy(self.rows[0].parts[0])
        if focus is not None and row.isAncestorOf(focus):
            focus.setFocus()
        self._tell()

    def _tell(self) -> None:
        self._mark()
        self.edited.emit(self.text())

    def _on_edit(self, row: _Row, part: QLineEdit, text: str) -> None:
        if _BAR.search(text):
            self._go_on(row, row.parts.index(part), text)
        self._tell()

    def _go_on(self, row: _Row, place: int, text: str) -> None:
        """Put what was typed after a bar into the next part; the last one takes none."""
        if place == _PARTS - 1:
            row.parts[place].setText(_BAR.sub("/", text))
            return
        before, after = _BAR.split(text, maxsplit=1)
        row.parts[place].setText(before.strip())
        following = row.parts[place + 1]
        if after.strip():
            following.setText(after.strip())
        following.setFocus()

    def _paste(self, row: _Row) -> bool:
        """Whether the clipboard held lines of parts, which are rows now."""
        text = QGuiApplication.clipboard().text().strip()
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 and not _BAR.search(text):
            return False
        place = self.rows.index(row)
        if row.is_empty():
            row.load(lines.pop(0))
        for line in lines:
            place += 1
            self._insert(place).load(line)
        self.rows[place].parts[-1].setFocus()
        self._tell()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            return False
        row = next((one for one in self.rows if watched in one.parts), None)
        return row is not None and self._key(row, cast("QKeyEvent", event))

    def _key(self, row: _Row, event: QKeyEvent) -> bool:
        """Whether a key was meant for the rows."""
        key, modifiers = event.key(), event.modifiers()
        alt = modifiers == Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(row, -1 if key == Qt.Key.Key_Up else 1)
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Delete:
            self._remove(row)
        elif key in _ENTER and not modifiers:
            self._begin(self.rows.index(row) + 1)
        elif event.matches(QKeySequence.StandardKey.Paste):
            return self._paste(row)
        else:
            return False
        return True
