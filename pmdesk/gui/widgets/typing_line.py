"""A line to type in whose keys act only when no input method composes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

_PAUSE_MS = 120
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypingLine(QLineEdit):
    """Tells what is typed after a short pause, Enter at once; Down and Esc leave it for the list.

    Esc first empties it.
    """

    typed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint or name)
        self.setClearButtonEnabled(True)
        self.composing = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.typed)
        self.textChanged.connect(lambda: self._timer.start())

    def show_text(self, text: str) -> None:
        """Put a text there that nobody typed."""
        if text != self.text():
            self.setText(text)
        self._timer.stop()

    def inputMethodEvent(self, event: "QInputMethodEvent") -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        super().focusOutEvent(event)
        self.composing = False

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        key = event.key()
        if self.composing:
            event.accept()  # it is the input method's, and for nobody else
        elif key in _ENTER:
            self._timer.stop()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._timer.stop()
            self.typed.emit()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
