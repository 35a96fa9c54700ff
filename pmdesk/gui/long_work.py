"""The one long write to the journal that runs beside the window: watched and stopped there."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from pmdesk.gui.tasks import Task, run_task
from pmdesk.journal.journal import Journal
from pmdesk.journal.progress import Progress
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

_BUSY = mark("Not yet: “{what}” is still under way. Try again when it is done, or cancel it.")


class LongWork(QObject):
    """Writes on a connection of its own; what the window would write meanwhile is told to wait."""

    begun = Signal(str)
    progressed = Signal(object)
    held_up = Signal(str)
    ended = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._task: Task | None = None
        self._shown_here = False
        self.said = ""

    @property
    def running(self) -> bool:
        return self._task is not None

    def begin(
        self,
        sentence: str,
        write: Callable[[Journal, Progress], Any],
        done: Callable[[Any], Any],
        otherwise: Callable[[Exception], Any] | None = None,
        *,
        stopped: str = "",
    ) -> None:
        """Run `write` in a thread, then `done` with what it gives; `sentence` is how it is called.

        Stopped, it leaves the journal as it was, which `stopped` may say more exactly. `otherwise` takes the errors that only it knows.
        """
        journal = self._desk.journal

        def work(task: Task) -> Any:
            with journal.again() as writer:
                return write(writer, task.report)

        def ended(tell: Callable[..., Any], *result: Any) -> None:
            self._release()
            tell(*result)

        self.said = sentence
        self._task = run_task(
            self,
            work,
            done=partial(ended, done),
            failed=partial(ended, partial(self._desk.show_failure, otherwise=otherwise)),
            progressed=self.progressed.emit,
            cancelled=partial(ended, self._on_cancelled, stopped),
        )
        self._shown_here = True
        self.begun.emit(sentence)

    def hold(self, task: Task, sentence: str) -> None:
        """Let the window wait for writing that a page has begun, and shows, itself."""
        self.said, self._task, self._shown_here = sentence, task, False
        task.finished.connect(self._release)

    @Slot()
    def _release(self) -> None:
        """The writing is over: what has waited for it goes on."""
        self._task = None
        self.ended.emit()

    def cancel(self) -> None:
        """Stop it; all it has written is taken back."""
        if self._task is not None:
            self._task.cancel()

    def leave(self) -> None:
        """Stop it and wait until it has let go of the journal, which is about to be closed."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait()

    def say_busy(self) -> None:
        """Tell why something cannot be done before this is."""
        sentence = self._desk.words(_BUSY, what=self.said)
        if self._shown_here:
            self.held_up.emit(sentence)
        else:
            self._desk.noticed.emit("warn", sentence)

    def _on_cancelled(self, sentence: str) -> None:
        self._desk.tell(sentence or self._desk.words("Stopped. Everything is as it was."))
