"""What runs beside the window: how far it is, and the button that stops it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from pmdesk.gui.tasks import Progress
from pmdesk.gui.widgets.parts import button, label

if TYPE_CHECKING:
    from pmdesk.gui.long_work import LongWork
    from pmdesk.words import Words

_STEPS = 1000


class WorkBar(QWidget):
    """One line above the page, there only while the work runs."""

    def __init__(self, words: "Words", work: "LongWork") -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 8, 16, 8)
        self.text = label("", "", wrap=True)
        row.addWidget(self.text, 2)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _STEPS)
        row.addWidget(self.progress, 1)
        self.cancel_button = button(words("Cancel"), work.cancel)
        row.addWidget(self.cancel_button)
        work.begun.connect(self.begin)
        work.progressed.connect(self._on_progress)
        work.held_up.connect(partial(self._say, "warn"))
        work.ended.connect(self.hide)
        self.hide()

    def begin(self, sentence: str) -> None:
        """Show work that has just begun."""
        self.progress.setValue(0)
        self.progress.setAccessibleName(sentence)
        self._say("", sentence)
        self.show()

    def _say(self, kind: str, sentence: str) -> None:
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.text.setText(sentence)
        self.setAccessibleName(sentence)

    def _on_progress(self, progress: Progress) -> None:
        if progress.total:
            self.progress.setValue(round(progress.done / progress.total * _STEPS))
