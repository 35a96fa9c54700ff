"""The foot of a page that imports: what is under way, how far it is, and how to stop it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.gui.tasks import Progress, Task, run_task
from pmdesk.gui.widgets.parts import button, label
from pmdesk.words import Words


class RunningFoot(QWidget):
    """One piece of work at a time: a later one takes the place of that before it."""

    def __init__(self, words: Words, take: Callable[[], Any]) -> None:
        super().__init__()
        self._task: Task | None = None
        self._number = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.hide()
        self.status = label("", "muted", wrap=True)
        self.cancel_button = button(words("Cancel"), self.cancel)
        self.cancel_button.hide()
        self.take_button = button(words("Import"), take, primary=True)
        row.addWidget(self.status, 2)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.take_button)

    @property
    def is_running(self) -> bool:
        """Whether anything is under way."""
        return self._task is not None

    def start(
        self,
        work: Callable[[Job], Any],
        sentence: str,
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> Task:
        """Do `work` in the background, then `done` with what came of it or `failed`.

        What is stopped fails with ImportCancelled.
        """
        self._number += 1
        number = self._number
        self.status.setText(sentence)
        self.progress.setValue(0)
        self.progress.hide()  # until anybody says how far it is
        self.cancel_button.show()
        self.take_button.setEnabled(False)
        task = self._task = run_task(
            self,
            lambda task: work(Job(task.report, task.cancelled)),
            done=lambda result: self._ended(number, done, result),
            failed=lambda error: self._ended(number, failed, error),
            cancelled=lambda: self._ended(number, failed, ImportCancelled()),
            progressed=self._on_progress,
        )
        return task

    def cancel(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        if self._task:
            self._task.cancel()

    def _on_progress(self, progress: Progress) -> None:
        if progress.total and self.is_running:
            self.progress.show()
            self.progress.setValue(round(progress.done / progress.total * 1000))

    def _ended(self, number: int, tell: Callable[[Any], None], result: Any) -> None:
        """Tell what came of a task, unless a later one has been started."""
        if number != self._number:
            return
        self._task = None
        self.progress.hide()
        self.cancel_button.hide()
        tell(result)
