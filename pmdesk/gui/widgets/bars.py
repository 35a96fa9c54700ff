"""What the window says: the notice bar for errors, the toast with Undo."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from pmdesk.gui.announcing import announce
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.parts import button, label
from pmdesk.words import Words

_TOAST_MS = 7_000
_LONGEST = 520
_EDGE = 12


class Bar(QWidget):
    """A sentence above the page, in the colours of its kind; hidden until it says something."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(28, 8, 16, 8)
        self.text = label("", "", wrap=True)
        self.hide()

    def wear(self, kind: str, sentence: str) -> None:
        """Say a sentence: good, warn, bad, or nothing of these."""
        mark_widget(self, "kind", kind)
        self.text.setText(f"⚠ {sentence}" if kind == "bad" else sentence)
        self.setAccessibleName(sentence)
        announce(self, sentence, urgent=kind == "bad")


class NoticeBar(Bar):
    """What happened, what was kept, what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.row.addWidget(self.text, 1)
        self.offer = button("", self._take)
        self.row.addWidget(self.offer)
        self.row.addWidget(button(words("Close"), self.end, quiet=True))
        self._act: Callable[[], None] | None = None
        self._before: QWidget | None = None

    def ask(self, sentence: str, offer: tuple[str, Callable[[], None]]) -> None:
        """Name something that is done only on purpose, with its button."""
        if not self._has_keyboard():
            self._before = QApplication.focusWidget()
        self.say("warn", sentence, offer)
        self.offer.setFocus()

    def end(self) -> None:
        """Hide; the keyboard goes back to where it was when something was asked."""
        before, self._before = self._before, None
        if self._has_keyboard() and before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        self.hide()

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _take(self) -> None:
        act = self._act
        self.end()
        if act is not None:
            act()

    def say(
        self, kind: str, sentence: str, offer: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        self._act = offer[1] if offer else None
        self.offer.setText(offer[0] if offer else "")
        self.offer.setVisible(offer is not None)
        self.wear(kind, sentence)
        self.show()


class Toast(QWidget):
    """What was done, for some seconds, with the way back or on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(16)
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.text)
        self.offer = QPushButton()
        self.offer.clicked.connect(self._take)
        row.addWidget(self.offer)
        self._act: Callable[[], None] | None = None
        self._said = ""
        self.beside = (0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def _take(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()

    def say(
        self,
        text: str,
        offer: tuple[str, Callable[[], None]] | None = None,
        shown_ms: int = _TOAST_MS,
    ) -> None:
        self._said = text
        self.setToolTip(text)
        self._act = offer[1] if offer else None
        self.offer.setText(offer[0] if offer else "")
        self.offer.setVisible(offer is not None)
        self.setAccessibleName(text)
        announce(self, text)
        self.place()
        self.show()
        self.raise_()
        self._timer.start(shown_ms)

    def place(self) -> None:
        """In the middle of the page's lower edge: `beside` is what stands left and right of it.

        What it says ends in an ellipsis where the page is narrow; its button never does.
        """
        parent = self.parentWidget()
        if parent:
            left, right = self.beside
            room = parent.width() - left - right
            self.text.clear()
            longest = min(_LONGEST, room - self.sizeHint().width() - 2 * _EDGE)
            self.text.setText(
                self.text.fontMetrics().elidedText(
                    self._said, Qt.TextElideMode.ElideRight, max(0, longest)
                )
            )
            self.adjustSize()
            self.move(left + (room - self.width()) // 2, parent.height() - self.height() - 24)
