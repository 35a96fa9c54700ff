"""A question asked again before it is answered: one at a time beside the window, the newest counts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject

from pmdesk.gui.tasks import run_task

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk
    from pmdesk.journal.journal import Journal


class _Question(NamedTuple):
    work: "Callable[[Journal], Any]"
    show: Callable[[Any], None]


class Latest(QObject):
    """Asks the journal on a connection of its own; what was asked before the newest is not shown."""

    def __init__(self, desk: "Desk", owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._wanted: _Question | None = None
        self._runs = False

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._wanted is not None

    def ask(self, work: "Callable[[Journal], Any]", show: Callable[[Any], None]) -> None:
        """Show what `work` finds out, unless something else is asked before."""
        self._wanted = _Question(work, show)
        if not self._runs:
            self._begin(self._wanted)

    def drop(self) -> None:
        """Show nothing of what was asked."""
        self._wanted = None

    def _begin(self, asked: _Question) -> None:
        self._runs, journal = True, self._desk.journal

        def work(_task: object) -> Any:
            with journal.again(writable=False) as reader:
                return asked.work(reader)

        shown = partial(self._end, asked, asked.show)
        failed = partial(self._end, asked, self._desk.show_failure)
        run_task(self, work, done=shown, failed=failed)

    def _end(self, asked: _Question, tell: Callable[[Any], None], told: Any) -> None:
        """Go on with what was asked meanwhile, or tell what came of this."""
        self._runs = False
        if self._wanted is asked:
            self._wanted = None
            tell(told)
        elif self._wanted is not None:
            self._begin(self._wanted)
