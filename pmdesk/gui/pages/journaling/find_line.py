"""Words found in the text that is being written: a line over it, all places marked."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import button, label
from pmdesk.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

KEY: Final = "F3"
BACK: Final = "Shift+F3"
_MOST: Final = 1_000
_PAUSE_MS: Final = 150


class FindLine(QWidget):
    """F3 opens it and goes on, Shift+F3 goes back, Esc returns to the text at the place found."""

    def __init__(self, words: Words, text: QPlainTextEdit) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words, self._text = words, text
        self._places: list[QTextCursor] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit()
        self.line.setPlaceholderText(words("Find in this entry"))
        self.line.setAccessibleName(words("Find in this entry"))
        self.line.textChanged.connect(self._on_typed)
        self.line.returnPressed.connect(lambda: self.go(1))
        row.addWidget(self.line, 1)
        self.told = label("", "small")
        row.addWidget(self.told)
        row.addWidget(button(words("Close"), self.close_line, quiet=True))
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._look)
        text.textChanged.connect(lambda: self._later.start() if self.isVisible() else None)
        self.hide()

    def keys_in(self, page: QWidget) -> None:
        """Listen to the keys as long as the page is shown."""
        for key, step in ((KEY, 1), (BACK, -1)):
            shortcut = QShortcut(QKeySequence(key), page, lambda step=step: self.open_or_go(step))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def open_or_go(self, step: int) -> None:
        """Open with what is chosen in the text, or go on to the next place."""
        if self.isVisible():
            self.go(step)
            return
        chosen = self._text.textCursor().selectedText()
        self.show()
        if chosen and "\u2029" not in chosen:
            self.line.setText(chosen)
        self.line.setFocus()
        self.line.selectAll()
        self._look()

    def close_line(self) -> None:
        """Go back to the text, where the place that was found stays chosen."""
        self.hide()
        self._text.setExtraSelections([])
        self._text.setFocus()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_typed(self) -> None:
        self._look()
        here = self._text.textCursor().selectionStart()
        first = next((n for n, c in enumerate(self._places) if c.selectionStart() >= here), 0)
        self._show(first)

    def _look(self) -> None:
        """Find all places anew and mark them."""
        wanted, document = self.line.text(), self._text.document()
        self._places = []
        cursor = QTextCursor(document)
        while wanted and len(self._places) < _MOST:
            cursor = document.find(wanted, cursor, QTextDocument.FindFlag(0))
            if cursor.isNull():
                break
            self._places.append(QTextCursor(cursor))
        marks = []
        for place in self._places:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = place
            selection.format.setBackground(current_theme().color("mark"))
            marks.append(selection)
        self._text.setExtraSelections(marks)
        self._tell()

    def go(self, step: int) -> None:
        """To the next place, or the one before; from the last to the first."""
        if not self._places:
            return
        here = self._text.textCursor().selectionStart()
        if step > 0:
            n = next((n for n, c in enumerate(self._places) if c.selectionStart() > here), 0)
        else:
            before = [n for n, c in enumerate(self._places) if c.selectionStart() < here]
            n = before[-1] if before else len(self._places) - 1
        self._show(n)

    def _show(self, n: int) -> None:
        if n < len(self._places):
            self._text.setTextCursor(QTextCursor(self._places[n]))
            self._text.ensureCursorVisible()
        self._tell()

    def _tell(self) -> None:
        words, here = self._words, self._text.textCursor()
        n = next((n for n, c in enumerate(self._places) if c == here), -1) + 1
        if not self.line.text():
            self.told.setText("")
        elif not self._places:
            self.told.setText(words("not found"))
        else:
            count = len(self._places)
            self.told.setText(
                f"{n} / {count}" if n else words.plural("{n} place", "{n} places", count)
            )
