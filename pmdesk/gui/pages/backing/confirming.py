"""The foot of a backup's preview: Restore…, what it will do, and the press that does it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.gui.widgets.parts import button, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.words import Words


class Confirming(QWidget):
    """`restored` tells that it was pressed twice; `asked` that it was pressed once."""

    asked = Signal()
    restored = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.ask_button = button(words("Restore…"), self._ask, primary=True)
        column.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.box = QWidget()
        self.box.setObjectName("plain")
        body = QVBoxLayout(self.box)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        self.sentence = label("", "advice", wrap=True)
        self.bare = label("", "problem", wrap=True)
        body.addWidget(self.sentence)
        body.addWidget(self.bare)
        row = WrappedRow(gap=8)
        self.restore_button = button(words("Restore"), self.restored.emit, primary=True)
        row.addWidget(self.restore_button)
        row.addWidget(button(words("Keep the journal as it is"), self.rest, quiet=True))
        body.addLayout(row)
        self.box.hide()
        column.addWidget(self.box)

    def explain(self, sentence: str) -> None:
        """What pressing Restore will do."""
        self.sentence.setText(sentence)

    def offer(self, *, possible: bool, bare: bool) -> None:
        """Whether it can be restored; `bare` is a backup that would take the encryption away."""
        text = self._words("This backup is not encrypted: the journal would have no passphrase.")
        self.bare.setText(f"⚠ {text}")
        self.bare.setVisible(bare)
        self.ask_button.setEnabled(possible)
        if not possible:
            self.rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.box.isVisible():
            self.rest()
        else:
            super().keyPressEvent(event)

    def rest(self) -> None:
        """Ask nothing."""
        if self.box.isVisibleTo(self):
            had = self.box.isAncestorOf(self.window().focusWidget())
            self.box.hide()
            self.ask_button.show()
            if had:
                self.ask_button.setFocus()

    def _ask(self) -> None:
        self.asked.emit()
        self.ask_button.hide()
        self.box.show()
        self.restore_button.setFocus()
