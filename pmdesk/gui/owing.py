"""What is owed, as the window knows it: read at once, found anew beside it, right as time passes."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pmdesk.gui.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from pmdesk.answers.owed.standing import Standing, Standings
    from pmdesk.answers.owed.today import Today
    from pmdesk.gui.desk import Desk
    from pmdesk.journal.journal import Journal

    # What is known of the clients, and what of it is owed.
    _Found = tuple[Standings, Today]

_MINUTE_MS: Final = 60_000
# So many clients are looked at before the window shows what was found.
_PORTION: Final = 12
# What is kept of more clients is read beside the window: of two hundred it takes a tenth of a second.
_AT_ONCE: Final = 40


class Owing(QObject):
    """The standing of every client and what of it is owed now; `changed` tells of either.

    Nothing is read before somebody asks (`ensure`). `left` is how many clients are still to be
    looked at, for who shows that more is to come.
    """

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        """What is kept of up to `at_once` clients is shown as soon as somebody asks."""
        super().__init__(desk)
        self.at_once = _AT_ONCE
        self._desk = desk
        self._known: Standings | None = None
        self._task: Task | None = None
        self._again = False
        self._day: date | None = None
        self._gone = False
        self.left = 0
        self.today: Today | None = None
        self._minutes = QTimer(self)
        self._minutes.timeout.connect(self._on_minute)
        desk.changed.connect(self._on_changed)

    @property
    def standings(self) -> "Mapping[int, Standing]":
        """The standing of each client, as far as it is known."""
        return self._known.known if self._known is not None else {}

    @property
    def busy(self) -> bool:
        """Whether some of it is still being found out."""
        return self._task is not None

    def ensure(self) -> None:
        """Show what is kept at once, and find out the rest beside the window."""
        if self._known is not None or self._gone or self._task is not None:
            return
        from pmdesk.answers.owed.standing import Standings  # once the window stands
        from pmdesk.journal.standings import how_many

        known, journal = Standings(), self._desk.journal
        if how_many(journal) <= self.at_once:
            known.read(journal)
            self._begin(known)
            return

        now = self._desk.now()

        def work(_task: Task) -> "_Found":
            with journal.again(writable=False) as beside:
                known.read(beside)
                return known, _owed(beside, known, now)

        self._task = self._desk.background(self, work, self._on_read, self._on_failed)

    def _on_read(self, found: "_Found") -> None:
        self._task = None
        if not self._gone:
            self._known, seen = found
            self._minutes.start(_MINUTE_MS)
            self._show(seen)
            self._find(looked=True)

    def leave(self) -> "Standings | None":
        """Ask nothing more of the journal, which is about to be closed; what was known of it."""
        known, self._known = self._known, None
        self._gone = True
        self._minutes.stop()
        if self._task is not None:
            self._task.cancel()
        return known

    def come_back(self, known: "Standings | None") -> None:
        """Go on with what is known of the journal already."""
        self._gone = False
        if known is not None:
            self._begin(known)

    def _begin(self, known: "Standings") -> None:
        self._known = known
        self._minutes.start(_MINUTE_MS)
        self._look()
        self._find(looked=True)

    def _look(self) -> None:
        """What of all that is known is owed at this moment."""
        if self._known is not None:
            self._show(_owed(self._desk.journal, self._known, self._desk.now()))

    def _show(self, seen: "Today") -> None:
        self.today = seen
        self.changed.emit()

    def _on_changed(self, changes: object) -> None:
        del changes
        if self._known is not None:
            self._find()

    def _on_minute(self) -> None:
        self._look()
        if self._day != self._desk.now().date():
            self._find()

    def _find(self, *, looked: bool = False) -> None:
        """Look anew at whom that is due; `looked` says that what is known is shown already."""
        if self._known is None:
            return
        if self._task is not None:
            self._again = True
            return
        now, journal, known = self._desk.now(), self._desk.journal, self._known
        stale = known.stale(journal, at=now)
        self.left, self._day = len(stale), now.date()
        if not stale:
            if not looked:
                self._look()
            return
        portion, copy = stale[:_PORTION], known.copied()

        def work(task: Task) -> "_Found":
            with journal.again(writable=journal.writable) as beside:
                copy.bring_up_to_date(
                    beside, at=now, only=portion, told=lambda _done, _all: task.check()
                )
                return copy, _owed(beside, copy, now)

        self._task = self._desk.background(self, work, self._on_found, self._on_failed)

    def _on_found(self, found: "_Found") -> None:
        self._task = None
        if self._gone:
            return
        self._known, seen = found
        self.left = max(0, self.left - _PORTION)
        more, self._again = self.left > 0 or self._again, False
        self._show(seen)
        if more:
            self._find()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        if not self._gone:
            raise error


def _owed(journal: "Journal", known: "Standings", at: "datetime") -> "Today":
    from pmdesk.answers.owed.today import today  # once the window stands

    return today(journal, known.known.values(), at=at)
