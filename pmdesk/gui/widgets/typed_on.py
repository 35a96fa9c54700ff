"""What an input method composes beside a line goes on to that line, as plain keys do."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_PLACES: Final = (Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle)
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class TypedOn(QObject):
    """Hands what is composed where the keyboard stands to a line, and the keyboard after it.

    The keyboard stays while something is composed: an input method forgets its letters otherwise.
    Until then no key acts where it stands.
    """

    def __init__(self, line: QLineEdit, arrived: Callable[[], None]) -> None:
        """`arrived` gives the keyboard to the line."""
        super().__init__(line)
        self._line, self._arrived = line, arrived
        self._composed = ""

    def watch(self, widget: QWidget) -> None:
        """Let an input method write where `widget` has the keyboard."""
        if not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._line.isVisible() or not isinstance(watched, QWidget):
            return False
        if isinstance(event, QInputMethodEvent):
            return self._compose(event)
        if isinstance(event, QInputMethodQueryEvent):
            return self._answer(watched, event)
        if event.type() in _KEYS and self._composed:
            # an input method that composes keeps Esc to itself: this one has stopped, saying nothing
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                self._compose(QInputMethodEvent("", []))
            event.accept()
            return True
        if event.type() is QEvent.Type.FocusOut and self._composed:
            # what nobody has finished is kept as it stands
            left = QInputMethodEvent("", [])
            left.setCommitString(self._composed)
            self._composed = ""
            QApplication.sendEvent(self._line, left)
        return False

    def _compose(self, event: QInputMethodEvent) -> bool:
        if not self._composed:
            self._line.end(False)
        QApplication.sendEvent(self._line, event)
        self._composed = event.preeditString()
        if event.commitString() and not self._composed:
            self._arrived()
        return True

    def _answer(self, widget: QWidget, event: QInputMethodQueryEvent) -> bool:
        """What the line answers, places as seen from where the keyboard is."""
        QApplication.sendEvent(self._line, event)
        by = widget.mapFromGlobal(self._line.mapToGlobal(self._line.rect().topLeft()))
        for place in _PLACES:
            rectangle = event.value(place) if event.queries() & place else None
            if isinstance(rectangle, QRect | QRectF):
                event.setValue(place, rectangle.translated(by))
        return True
