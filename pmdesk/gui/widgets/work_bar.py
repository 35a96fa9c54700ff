"""What runs beside the window: how far it is, and the button that stops it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar

from pmdesk.gui.tasks import Progress
from pmdesk.gui.widgets.bars import Bar
from pmdesk.gui.widgets.parts import button

if TYPE_CHECKING:
    from pmdesk.gui.long_work import LongWork
    from pmdesk.words import Words

_STEPS = 1000


class WorkBar(Bar):
    """There only while the work runs."""

    def __init__(self, words: "Words", work: "LongWork") -> None:
        super().__init__()
        self.row.addWidget(self.text, 2)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, _STEPS)
        self.row.addWidget(self.progress, 1)
        self.cancel_button = button(words("Cancel"), work.cancel)
        self.row.addWidget(self.cancel_button)
        work.begun.connect(self.begin)
        work.progressed.connect(self._on_progress)
        work.held_up.connect(partial(self.wear, "warn"))
        work.ended.connect(self.hide)

    def begin(self, sentence: str) -> None:
        """Show work that has just begun."""
        self.progress.setValue(0)
        self.progress.setAccessibleName(sentence)
        self.wear("", sentence)
        self.show()

    def _on_progress(self, progress: Progress) -> None:
        if progress.total:
            self.progress.setValue(round(progress.done / progress.total * _STEPS))
