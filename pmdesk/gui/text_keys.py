"""Keys that a text would take: Ctrl+Z where it has nothing of its own, Ctrl+K always go to the menu."""

from typing import Any, Final, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

# In a text Qt lets it delete up to the end of the line, on Linux and macOS.
PALETTE_KEY: Final = "Ctrl+K"
_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)
_WAYS = (
    (QKeySequence.StandardKey.Undo, "isUndoAvailable"),
    (QKeySequence.StandardKey.Redo, "isRedoAvailable"),
)


class TextKeys(QObject):
    """Leaves the keys to the menu where a text has nothing of its own to take back.

    Looks after whatever text gets the keyboard, wherever it stands, but one that `keeps_keys`.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._look_after)

    def _look_after(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, _TEXTS) and not hasattr(new, "keeps_keys"):
            # a second time would only put it in front
            new.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            key = cast("QKeyEvent", event)
            for standard, way in _WAYS:
                if key.matches(standard) and not own_steps(widget, way):
                    event.ignore()
                    return True
            if QKeySequence(key.keyCombination()) == QKeySequence(PALETTE_KEY):
                event.ignore()
                return True
        return super().eventFilter(widget, event)


def own_steps(widget: QObject, way: str) -> bool:
    """Whether a text itself has something to take back ("isUndoAvailable") or to repeat."""
    if isinstance(widget, QLineEdit):
        return bool(getattr(widget, way)())
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        document: Any = widget.document()
        return bool(getattr(document, way)()) and not widget.isReadOnly()
    return False
