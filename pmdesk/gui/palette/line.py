"""The palette's line: what is typed goes in, the keys that choose and leave come out."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit

from pmdesk.gui.text_keys import PALETTE_KEY

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

    from pmdesk.gui.theme import Theme

_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: 2,
    Qt.Key.Key_PageUp: -2,
}
# The keyboard comes back from these.
_PASSING: Final = frozenset(
    {
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)


class Line(QLineEdit):
    """As long as an input method composes every key is its own.

    `stepped` tells of one row down or up (1, -1), or a page (2, -2).
    """

    stepped = Signal(int)
    taken = Signal()
    left = Signal()
    lost = Signal()
    keeps_keys = True  # Ctrl+Z never reaches the journal from here

    def __init__(self, theme: "Theme") -> None:
        super().__init__()
        self.setObjectName("paletteLine")
        self.setFrame(False)
        self.setFont(theme.font("head"))
        self.composing = False

    def inputMethodEvent(self, event: "QInputMethodEvent") -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: Any) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            if QKeySequence(event.keyCombination()) == QKeySequence(PALETTE_KEY):
                event.ignore()  # the same key closes it
                return True
        elif kind == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.keyPressEvent(event)  # Qt would take the keyboard elsewhere
            return True
        return super().event(event)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        key, plain = event.key(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.composing:
            super().keyPressEvent(event)
            event.accept()  # what it leaves is for nobody else, either
        elif key in _STEPS and plain:
            self.stepped.emit(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Backspace and not self.text()):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.lost.emit()
