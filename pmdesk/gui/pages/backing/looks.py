"""What is found out of backups beside the window, one thing after the other, the chosen one first."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from pmdesk.gui.tasks import Task, run_task
from pmdesk.journal.errors import JournalError

if TYPE_CHECKING:
    from pmdesk.journal.backups.manifest import Backup

# How much is read by itself to see whether copies are sound; the chosen one always is.
_READ_BY_ITSELF: Final = 2 << 30


class Job(NamedTuple):
    """Something to find out of a backup. `read(backup)` is called in a thread.

    `of_all` is asked of every backup, else of the chosen one alone; `reads_all` reads its whole file.
    """

    name: str
    read: "Callable[[Backup], Any]"
    of_all: bool = True
    reads_all: bool = False


class Looks(QObject):
    """Answers by job and backup; `found` tells the path of a backup of which more is known.

    What a journal refuses is an answer, too.
    """

    found = Signal(object)

    def __init__(self, jobs: Iterable[Job], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = tuple(jobs)
        self._backups: list[Backup] = []
        self._chosen: Path | None = None
        self._known: dict[tuple[str, Path], Any] = {}
        self._read = 0
        self._task: Task | None = None
        self._paused = False

    def use(self, backups: "list[Backup]") -> None:
        """Look at these, in their order."""
        self._backups = backups
        self._next()

    def choose(self, path: Path | None) -> None:
        """Look at this one first."""
        self._chosen = path
        self._next()

    def known(self, name: str, path: Path) -> Any:
        """What was found out; None as long as nothing was."""
        return self._known.get((name, path))

    def forget(self, *names: str) -> None:
        """Find these out anew."""
        self._known = {key: value for key, value in self._known.items() if key[0] not in names}

    def pause(self, *, paused: bool) -> None:
        """Look no further as long as nobody sees it."""
        self._paused = paused
        if paused and self._task is not None:
            self._task.cancel()
        self._next()

    def _wanted(self) -> "tuple[Job, Backup] | None":
        chosen = [backup for backup in self._backups if backup.path == self._chosen]
        for job in self._jobs:
            for backup in chosen:
                if (job.name, backup.path) not in self._known:
                    return job, backup
        for job in self._jobs:
            for backup in self._backups if job.of_all else ():
                known = (job.name, backup.path) in self._known
                if not known and not (job.reads_all and self._read + backup.size > _READ_BY_ITSELF):
                    return job, backup
        return None

    def _next(self) -> None:
        wanted = self._wanted()
        if self._task is not None or self._paused or wanted is None:
            return
        job, backup = wanted
        known = self._known

        def ended(answer: Any) -> None:
            self._task = None
            if known is self._known:  # else what was asked meanwhile is another thing
                self._known[job.name, backup.path] = answer
                self._read += backup.size if job.reads_all else 0
                self.found.emit(backup.path)
            self._next()

        def failed(error: Exception) -> None:
            if not isinstance(error, JournalError | OSError):
                raise error
            ended(error)

        def stopped() -> None:
            self._task = None
            self._next()

        self._task = run_task(
            self, lambda _task: job.read(backup), done=ended, failed=failed, cancelled=stopped
        )
