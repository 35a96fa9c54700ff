"""A question asked again before it is answered: one at a time beside the window, the newest counts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject

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
        self._running: _Question | None = None
        self._next: _Question | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running is not None

    def ask(self, work: "Callable[[Journal], Any]", show: Callable[[Any], None]) -> None:
        """Show what `work` finds out, unless something else is asked before."""
        self._next = _Question(work, show)
        if self._running is None:
            self._begin()

    def drop(self) -> None:
        """Show nothing of what was asked."""
        self._next = _Question(_nothing, _to_nobody) if self._running else None

    def _begin(self) -> None:
        asked, self._next = self._next, None
        if asked is None or asked.work is _nothing:
            return
        self._running, journal = asked, self._desk.journal

        def work(_task: object) -> Any:
            with journal.again(writable=False) as reader:
                return asked.work(reader)

        self._desk.background(self, work, self._show, self._fail)

    def _show(self, answer: Any) -> None:
        asked, self._running = self._running, None
        if self._next is None and asked is not None:
            asked.show(answer)
        self._begin()

    def _fail(self, error: Exception) -> None:
        self._running = None
        self._begin()
        raise error


def _nothing(_journal: "Journal") -> None:
    """Find out nothing."""


def _to_nobody(_answer: object) -> None:
    """Show nothing."""
