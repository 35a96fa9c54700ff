"""What the window shows while a journal is restored or salvaged."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from pmdesk.gui.tasks import Progress
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import button, label
from pmdesk.words import Words

_STEPS: Final = 1000
_WIDE: Final = 320


class WaitingPage(QWidget):
    """How far it is, and the button that leaves everything as it was."""

    def __init__(self, words: Words, sentence: str, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        caption = label(sentence, "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _STEPS)
        self.progress.setFixedWidth(current_theme().px(_WIDE))
        self.progress.setAccessibleName(caption.text())
        self.cancel_button = button(words("Cancel"), cancel)
        for part in (caption, self.progress, self.cancel_button):
            column.addWidget(part, 0, middle)
        column.addStretch(1)

    def show_progress(self, progress: Progress) -> None:
        """How far it is; nothing of it while nobody knows."""
        if progress.total:
            self.progress.setValue(round(progress.done / progress.total * _STEPS))
