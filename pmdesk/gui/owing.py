"""What is owed, as the window knows it: found out beside it, right as time passes."""

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from pmdesk.collector import collector_paused
from pmdesk.gui.tasks import Task, run_task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pmdesk.answers.owed.standing import Standing, Standings
    from pmdesk.answers.owed.today import Today
    from pmdesk.gui.desk import Desk

_MINUTE_MS: Final = 60_000
# So many clients are looked at before the window shows what was found.
_PORTION: Final = 12
# What a row is shown with and acted on by, loaded where that holds nobody up.
_ASKED_SOON: Final = ("pmdesk.answers.rows.offers", "pmdesk.actions.records")


class Found(NamedTuple):
    """The standing of every client, and what of it was owed at a moment."""

    known: "Standings"
    today: "Today"


class Owing(QObject):
    """The standing of every client and what of it is owed now; `changed` tells of either.

    Nothing is read before somebody asks (`ensure`). `left` is how many clients are still to be
    looked at, for who shows that more is to come. The window's thread only asks what is written;
    all that is made of it is made beside it.
    """

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._known: Standings | None = None
        self._task: Task | None = None
        self._again = False
        self._gone = False
        self.left = 0
        self.today: Today | None = None
        self._minutes = QTimer(self)
        self._minutes.timeout.connect(lambda: self._find())
        desk.changed.connect(lambda _changes: self._find())

    @property
    def standings(self) -> "Mapping[int, Standing]":
        """The standing of each client, as far as it is known."""
        return self._known.known if self._known is not None else {}

    @property
    def busy(self) -> bool:
        """Whether some of it is still being found out."""
        return self._task is not None

    def ensure(self) -> None:
        """Show what is kept, and find out the rest."""
        if self._known is not None or self._gone or self.busy:
            return
        from pmdesk.answers.owed.today import around  # once the window stands
        from pmdesk.journal.standings import stored

        now, journal, words = self._desk.now(), self._desk.journal, self._desk.words
        kept, beside = stored(journal), around(journal, at=now)
        day = self._desk.local_now().date()

        def work(_task: Task) -> Found:
            from pmdesk.answers.owed.standing import Standings
            from pmdesk.answers.owed.today import seen
            from pmdesk.journal.standings import understood

            known = Standings()
            with collector_paused():
                known.take_up(understood(kept))
            today = seen(known.known.values(), beside, at=now)
            for name in _ASKED_SOON:
                import_module(name)
            words.weekday(day)  # the first day that is told loads what is known of its language
            return Found(known, today)

        self._begin(work)

    def leave(self) -> Found | None:
        """Ask nothing more of the journal, which is about to be closed; what was known of it."""
        known, self._known = self._known, None
        self._gone = True
        self._minutes.stop()
        if self._task is not None:
            self._task.cancel()
        return None if known is None or self.today is None else Found(known, self.today)

    def come_back(self, found: Found | None) -> None:
        """Go on with what is known of the journal already."""
        self._gone = False
        if found is not None:
            self._show(found)
            self._find(looked=True)

    def _show(self, found: Found) -> None:
        if self._known is None:
            self._minutes.start(_MINUTE_MS)
        self._known, self.today = found
        self.changed.emit()

    def _find(self, *, looked: bool = False) -> None:
        """Look at who has changed since, some clients at a time, and at the clock.

        `looked` says that what is known has just been looked at: where nobody changed that will do.
        """
        if self._task is not None:
            self._again = True
            return
        if self._known is None:
            return
        from pmdesk.answers.owed.today import around, seen

        now, journal = self._desk.now(), self._desk.journal
        stale, beside = self._known.stale(journal, at=now), around(journal, at=now)
        copy, portion = self._known.copied(), stale[:_PORTION]
        self.left = len(stale)
        if looked and not stale:
            return

        def work(task: Task) -> Found:
            if portion:
                with journal.again(writable=journal.writable) as reader, collector_paused():
                    copy.bring_up_to_date(
                        reader, at=now, only=portion, told=lambda _done, _all: task.check()
                    )
            return Found(copy, seen(copy.known.values(), beside, at=now))

        self._begin(work)

    def _begin(self, work: "Callable[[Task], Found]") -> None:
        self._task = run_task(
            self, work, done=self._on_found, failed=self._on_failed, cancelled=self._on_stopped
        )

    def _on_stopped(self) -> None:
        self._task, self._again = None, False
        if not self._gone:  # who let go has come back: the same journal is open still
            self._find()

    def _on_found(self, found: Found) -> None:
        self._task = None
        if self._gone:
            return
        self.left = max(0, self.left - _PORTION)
        again, self._again = self._again, False
        self._show(found)
        self._find(looked=not again)

    def _on_failed(self, error: Exception) -> None:
        self._task, self._again = None, False
        if not self._gone:
            self._desk.show_failure(error)
