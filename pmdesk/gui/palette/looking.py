"""Records by their titles, asked beside the window once one pauses in typing."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pmdesk.gui.tasks import Task, run_task
from pmdesk.journal.titles import Titled, in_titles

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

_PAUSE_MS: Final = 90
_SHOWN: Final = 12
_BY_NAME: Final = ("client", "contact")  # which the palette knows already


class Looking(QObject):
    """One question at a time, the last that was asked next; `found` tells what a text found."""

    found = Signal(str, object)

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ""
        self._running = False
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running or self._timer.isActive()

    def ask(self, text: str) -> None:
        """Look for the records whose titles hold a text; for none where it is empty."""
        self._wanted = text
        if text:
            self._timer.start()
        else:
            self._timer.stop()

    def _begin(self) -> None:
        if self._running or not self._wanted:
            return
        self._running = True
        journal, text = self._desk.journal, self._wanted

        def work(_task: Task) -> tuple[str, list[Titled]]:
            with journal.again(writable=False) as reader:
                return text, in_titles(reader, text, without=_BY_NAME, limit=_SHOWN)

        run_task(self, work, done=self._on_found, failed=self._on_failed)

    def _on_found(self, answer: tuple[str, list[Titled]]) -> None:
        self._running = False
        text, titles = answer
        if text == self._wanted:
            self.found.emit(text, titles)
        else:
            self._begin()

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        self._desk.show_failure(error)
