"""What is owed is brought to mind while the window is open or in the tray, where that is wanted."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from pmdesk.journal import drafts
from pmdesk.records.client import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pmdesk.answers.owed.reminder_words import Notice
    from pmdesk.answers.owed.reminders import Ahead, Moment
    from pmdesk.gui.desk import Desk

# Where the last look is kept: in the journal, and of it nothing but the moment.
_KEY: Final = "reminders"
# No notice comes sooner after another, and what comes meanwhile is one.
_BETWEEN: Final = timedelta(minutes=1)
# A timer never sleeps for longer: the clock may be set meanwhile.
_LONGEST: Final = timedelta(hours=1)


class Due(NamedTuple):
    """What is to be brought to mind at a moment, with the clients by name."""

    moments: "list[Moment]"
    names: "Mapping[int, str]"
    at: datetime


class Reminders(QObject):
    """One timer to the next moment; `due` tells of what has come, `missed` of what came meanwhile.

    Nothing is done as long as the settings do not want it. `private` makes every notice one that
    names no client and quotes nothing, wherever it is shown.
    """

    due = Signal(object)
    missed = Signal(str, str)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.private = False
        self._desk = desk
        self._ahead: Ahead | None = None
        self._since: datetime | None = None
        self._told: datetime | None = None
        self._looked = self._gone = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        desk.owing.changed.connect(self._look_soon)

    def renew(self) -> None:
        """Follow the settings, which have changed."""
        self._ahead = None
        if not self._desk.settings.reminders:
            self._timer.stop()
            self._since = None
            drafts.drop(self._desk.journal, _KEY)
        elif self._since is None:
            self._remember(self._desk.now())
        self._look_soon()

    def leave(self) -> None:
        """Remember until when somebody has looked; what comes later is told at the next start."""
        self._timer.stop()
        self._gone = True
        if self._since is not None:
            self._remember(max(self._since, self._desk.now()))
            self._since = None

    def come_back(self) -> None:
        """Go on with the same journal."""
        self._gone = False
        self._look_soon()

    def ahead(self, span: timedelta) -> list[float]:
        """When something is to be brought to mind within a span from now, in Unix seconds.

        Nothing of what it is about: for who says while the journal is locked that something came.
        """
        if self._gone or self._since is None or self._desk.owing.today is None:
            return []
        from pmdesk.answers.owed.reminders import put_off

        now = self._desk.now()
        back = put_off(self._desk.journal)
        found = self._known(now).between(now.timestamp(), (now + span).timestamp(), back)
        return [moment.at for moment in found]

    def words_for(self, due: Due, *, outside: bool) -> "Notice":
        """How it reads in the window, or `outside` of it: on the desktop, for others to see."""
        from pmdesk.answers.owed.reminder_words import notice

        desk = self._desk
        private = self.private or (outside and not desk.settings.reminder_names)
        return notice(due.moments, due.names, desk.words, at=due.at, private=private)

    def _look_soon(self) -> None:
        """Look once whoever told has done what it is about."""
        if self._desk.settings.reminders:
            QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        """Bring to mind what has come since the last look, and sleep until the next."""
        if self._gone or not self._desk.settings.reminders or not self._knows_all():
            return  # it looks again with what is found out next
        from pmdesk.answers.owed.reminders import put_off  # once reminders are wanted

        now, journal = self._desk.now(), self._desk.journal
        back = put_off(journal)
        if self._since is None:
            self._take_up(now, back)
        since, ahead = self._since or now, self._known(now)
        found = ahead.between(since.timestamp(), now.timestamp(), back)
        wait = timedelta() if self._told is None else self._told + _BETWEEN - now
        if found and wait > timedelta():
            self._sleep(wait)
            return
        self._since = now
        if found:
            self._tell(found, now)
        following = ahead.next(now.timestamp(), back)
        if following is not None:
            self._sleep(datetime.fromtimestamp(following, UTC) - now)

    def _knows_all(self) -> bool:
        """Whether every client has been looked at, those first who changed while it was closed."""
        owing, first = self._desk.owing, not self._looked
        self._looked = self._looked or owing.today is not None
        if owing.today is None or (first and owing.busy):
            return False
        return not owing.busy or len(owing.standings) >= self._desk.journal.count(Client)

    def _known(self, now: datetime) -> "Ahead":
        from pmdesk.answers.owed.reminders import Ahead
        from pmdesk.answers.owed.today import Lookers

        if self._ahead is None:
            self._ahead = Ahead(timedelta(minutes=self._desk.settings.reminder_minutes))
        lookers = Lookers(self._desk.journal, now)
        self._ahead.use(self._desk.owing.standings.values(), lookers.of, at=now)
        return self._ahead

    def _tell(self, found: "list[Moment]", now: datetime) -> None:
        from pmdesk.answers.clients import client_names

        self._told = now
        self._remember(now)
        self.due.emit(Due(found, client_names(self._desk.journal), now))

    def _take_up(self, now: datetime, back: "Mapping[str, float]") -> None:
        """Go on from the last look, and tell what came while the program was closed."""
        from pmdesk.answers.owed.reminder_words import missed, missed_sentence

        today, since = self._desk.owing.today, min(now, self._looked_until() or now)
        found = None if today is None else missed(today, back, since.timestamp())
        self._remember(now)
        if found is not None:
            self.missed.emit(missed_sentence(found, self._desk.words), found.about)

    def _looked_until(self) -> datetime | None:
        """Until when somebody looked before; None where it is not known, or is no moment."""
        kept = drafts.read(self._desk.journal, _KEY)
        try:
            found = datetime.fromisoformat(str((kept.content if kept else {}).get("until")))
        except ValueError:
            return None
        return found if found.tzinfo else None

    def _remember(self, now: datetime) -> None:
        self._since = now
        drafts.keep(self._desk.journal, _KEY, {"until": now.isoformat()}, at=now)

    def _sleep(self, wait: timedelta) -> None:
        wait = min(max(wait, timedelta(milliseconds=1)), _LONGEST)
        self._timer.start(round(wait / timedelta(milliseconds=1)) + 1)
