"""What the pages of a client share: its records, its conversation and the figures of both."""

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import shiboken6
from PySide6.QtCore import QObject

from pmdesk.gui.tasks import Task, run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from pmdesk.answers.kept import Kept
    from pmdesk.answers.relationship import Relationship
    from pmdesk.gui.desk import Desk
    from pmdesk.records.client import Client

# Beyond so many contacts a figure of all of them would hold the window up.
_LONG: Final = 20_000


class _Question(NamedTuple):
    """What somebody asks of a client, and who is to be told."""

    owner: QObject
    client: "Client"
    work: "Callable[[Relationship], Any]"
    show: "Callable[[Relationship, Any], None]"


class Relations:
    """The relationship of the client that was asked for last; clocks run on after half a minute.

    A client with more than `long` contacts is asked beside the window, one question at a time:
    what the first reads the others go on with.
    """

    def __init__(self, desk: "Desk") -> None:
        self.long = _LONG
        self._desk = desk
        self._known: Kept | None = None
        self._asked: list[_Question] = []
        self._running: _Question | None = None

    @property
    def _kept(self) -> "Kept":
        if self._known is None:
            from pmdesk.answers.kept import Kept  # with the first client's page

            self._known = Kept()
        return self._known

    def of(self, client: "Client") -> "Relationship":
        """Everything recorded of a client as it stands now."""
        return self._kept.of(self._desk.journal, client, at=self._desk.now())

    @property
    def busy(self) -> bool:
        """Whether a question is still to be answered."""
        return self._running is not None or bool(self._asked)

    def ask(
        self,
        owner: QObject,
        client: "Client",
        work: "Callable[[Relationship], Any]",
        show: "Callable[[Relationship, Any], None]",
    ) -> bool:
        """Show what `work` finds out of a client's conversation: at once where that is short.

        False where it is long: then `show` is called later, unless `owner` asks again before.
        """
        self._asked = [question for question in self._asked if question.owner is not owner]
        if self._running is not None and self._running.owner is owner:
            self._running = self._running._replace(show=_to_nobody)
        if not self._is_long(client):
            rel = self.of(client)
            show(rel, work(rel))
            return True
        self._asked.append(_Question(owner, client, work, show))
        self._next()
        return False

    def _is_long(self, client: "Client") -> bool:
        size = self._kept.knows_talk(client)
        if size is None:
            sql = "SELECT count(*) FROM (SELECT 1 FROM interaction WHERE client_id = ? LIMIT ?)"
            size = self._desk.journal.rows(sql, [client.id, self.long + 1])[0][0]
        return size > self.long

    def _next(self) -> None:
        self._asked = [question for question in self._asked if shiboken6.isValid(question.owner)]
        if self._running is not None or not self._asked:
            return
        asked = self._running = self._asked.pop(0)
        journal, now = self._desk.journal, self._desk.now()
        known = self._kept.copied(journal)

        def work(_task: Task) -> "tuple[Kept, Any]":
            with journal.again(writable=False) as reader:
                beside = known.copied(reader)
                return beside, asked.work(beside.of(reader, asked.client, at=now))

        run_task(self._desk, work, done=lambda result: self._show(*result), failed=self._fail)

    def _over(self) -> _Question | None:
        """The question that was running, where there is still somebody to tell."""
        asked, self._running = self._running, None
        return asked if asked is not None and shiboken6.isValid(asked.owner) else None

    def _show(self, beside: "Kept", answer: Any) -> None:
        asked = self._over()
        self._kept.take_over(beside, self._desk.journal)
        if asked is not None:
            asked.show(self.of(asked.client), answer)
        self._next()

    def _fail(self, error: Exception) -> None:
        if self._over() is not None:
            self._desk.show_failure(error)
        self._next()


def _to_nobody(rel: "Relationship", answer: Any) -> None:
    """Whoever asked has asked again since."""
