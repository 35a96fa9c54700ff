"""What the window shows at the start until the key of an encrypted journal is made."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.gui.widgets.parts import badge, label
from pmdesk.journal.errors import shown
from pmdesk.words import Words


class OpeningPage(QWidget):
    """One line, where the list of clients is about to stand."""

    def __init__(self, words: Words, path: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.addStretch(1)
        caption = label(words("Opening {path}…", path=shown(path)), "muted")
        column.addWidget(caption, 0, Qt.AlignmentFlag.AlignHCenter)
        self.problem = badge("", "bad")
        self.problem.hide()
        column.addWidget(self.problem, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        """A problem, below the line."""
        self.problem.setText(f"⚠ {sentence}")
        self.problem.show()
