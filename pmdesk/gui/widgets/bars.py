"""What the window says: the notice bar for errors, the toast with Undo."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from pmdesk.gui.widgets.parts import button, label
from pmdesk.words import Words

_TOAST_MS = 7_000


class NoticeBar(QWidget):
    """One sentence above the page: what happened, what was kept, what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 8, 16, 8)
        self.text = label("", "", wrap=True)
        row.addWidget(self.text, 1)
        row.addWidget(button(words("Close"), self.hide, quiet=True))
        self.hide()

    def say(self, kind: str, sentence: str) -> None:
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        mark = "⚠ " if kind == "bad" else ""
        self.text.setText(mark + sentence)
        self.setAccessibleName(sentence)
        self.show()


class Toast(QWidget):
    """What was done, for some seconds, with the way back."""

    def __init__(self, parent: QWidget, words: Words, undo: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(16)
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.text)
        self.undo = QPushButton(words("Undo"))
        self.undo.setToolTip("Ctrl+Z")
        self.undo.clicked.connect(self.hide)
        self.undo.clicked.connect(undo)
        row.addWidget(self.undo)
        self.beside = (0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, can_undo: bool) -> None:
        metrics = self.text.fontMetrics()
        self.text.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, 520))
        self.undo.setVisible(can_undo)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start(_TOAST_MS)

    def place(self) -> None:
        """In the middle of the page's lower edge: `beside` is what stands left and right of it."""
        parent = self.parentWidget()
        if parent:
            left, right = self.beside
            room = parent.width() - left - right
            self.move(left + (room - self.width()) // 2, parent.height() - self.height() - 24)
