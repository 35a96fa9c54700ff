"""Work that would hold up the window, done in a thread, with progress and cancel."""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QRunnable,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)

_LOG: Final = logging.getLogger(__name__)
_BETWEEN_REPORTS: Final = 0.05
_LEFT_MS: Final = 500
_SETTLED_MS: Final = 5_000


class Cancelled(Exception):
    """The person stopped the work; what it had begun is to be taken back."""


class Progress(NamedTuple):
    """How far the work is: `total` is 0 as long as nobody knows it."""

    done: int
    total: int
    what: str = ""


class Task(QObject):
    """Work on its way. Its signals reach the window's thread."""

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    was_cancelled = Signal()
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._ended = threading.Event()
        self._reported = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next report or check."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    @property
    def running(self) -> bool:
        """Whether the work has not ended yet."""
        return not self._ended.is_set()

    def wait(self) -> None:
        """Stand still until it has ended, for who must not leave before."""
        self._ended.wait()

    def check(self) -> None:
        """For the work to call: raises Cancelled once it is to stop."""
        if self._stop.is_set():
            raise Cancelled

    def report(self, done: int, total: int = 0, what: str = "") -> None:
        """For the work to call, as often as it likes; raises Cancelled once it is to stop."""
        self.check()
        now = time.monotonic()
        if now - self._reported >= _BETWEEN_REPORTS or (total and done >= total):
            self._reported = now
            self.progressed.emit(Progress(done, total, what))


class _Run(QRunnable):
    def __init__(self, task: Task, work: Callable[[Task], Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._held: tuple[Task, Callable[[Task], Any]] | None = (task, work)
        self.left = False

    def let_go(self) -> None:
        """Hold nothing any more: Qt never gives back what it was handed to run."""
        self._held = None

    def run(self) -> None:
        self._run()
        self.left = True  # nothing here holds the task any more

    def _run(self) -> None:
        if self._held is None:
            return
        task, work = self._held
        try:
            task.check()
            result = work(task)
        except Cancelled:
            task.was_cancelled.emit()
        except Exception as error:  # noqa: BLE001 - handed to `failed`, whatever it is
            _LOG.info("background work failed", exc_info=error)
            task.failed.emit(error)
        else:
            task.done.emit(result)
        finally:
            task._ended.set()  # noqa: SLF001 - the two halves of one task
            task.finished.emit()


class _Relay(QObject):
    """Calls back in its owner's thread; as the owner's child it goes, and falls silent, with it."""

    def __init__(self, owner: QObject, call: Callable[..., Any]) -> None:
        super().__init__(owner)
        self._call = call

    @Slot(object)
    def pass_on(self, value: Any) -> None:
        self._call(value)

    @Slot()
    def tell(self) -> None:
        self._call()


class _Keeper(QObject):
    """Holds work until the window has heard its end.

    A task let go by its worker would be destroyed in the worker's thread while the window still
    takes its signals: now and then that ends the program.
    """

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        self._kept: dict[int, tuple[Task, _Run]] = {}

    def keep(self, task: Task, run: _Run) -> None:
        """Hold both; let go a moment after the end, when the worker has left them, too."""
        number = id(run)
        self._kept[number] = (task, run)
        relay = _Relay(self, partial(self._release_soon, number))
        task.finished.connect(relay.tell)
        task.finished.connect(relay.deleteLater)

    def _release_soon(self, number: int) -> None:
        QTimer.singleShot(_LEFT_MS, self, partial(self._release, number))

    def _release(self, number: int) -> None:
        _, run = self._kept[number]
        if not run.left:  # on a busy machine a worker may stand still on its last step
            self._release_soon(number)
            return
        del self._kept[number]
        run.let_go()


def _keeper() -> _Keeper:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("work in the background needs an application")
    return app.findChild(_Keeper) or _Keeper(app)


def settle_tasks() -> bool:
    """Whether all work in the background came to its end within a moment; none begins meanwhile."""
    return QThreadPool.globalInstance().waitForDone(_SETTLED_MS)


def run_task(
    owner: QObject,
    work: Callable[[Task], Any],
    *,
    done: Callable[[Any], Any],
    failed: Callable[[Any], Any],
    progressed: Callable[[Any], Any] | None = None,
    cancelled: Callable[[], Any] | None = None,
) -> Task:
    """Run `work(task)` in a thread, then one of `done`, `failed`, `cancelled` in the window's.

    Nothing is called back once `owner` is deleted: a closed page hears no more of its work.
    `work` opens its own journal and touches no widget.
    """
    task = Task()
    relays = []
    for signal, receiver in (
        (task.done, done),
        (task.failed, failed),
        (task.progressed, progressed),
        (task.was_cancelled, cancelled),
    ):
        if receiver is not None:
            relay = _Relay(owner, receiver)
            signal.connect(relay.tell if signal is task.was_cancelled else relay.pass_on)
            relays.append(relay)
    for relay in relays:
        task.finished.connect(relay.deleteLater)
    run = _Run(task, work)
    _keeper().keep(task, run)
    QThreadPool.globalInstance().start(run)
    return task
