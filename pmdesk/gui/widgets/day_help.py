"""Help at a line for a day or a moment: a calendar to click, and how what is typed is understood."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import NamedTuple, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from pmdesk.gui.icons import icon
from pmdesk.gui.theme import look
from pmdesk.gui.widgets.bubble import Bubble
from pmdesk.gui.widgets.day_calendar import DayCalendar
from pmdesk.words import Words, mark

_MORNING = time(9)
_FAR = 300  # days: what is farther off is told with its year
_OFF = mark("{day} · no working day")


class Reading(NamedTuple):
    """How a line is read: `read` gives a day, or a moment in the zone of `now`; raises ValueError."""

    read: Callable[[str], date | datetime]
    now: Callable[[], datetime]
    is_workday: Callable[[date], bool]
    moments: bool = False


class DayHelp(QObject):
    """A button in the line, or Alt+Down, opens the calendar; what is typed is told below it."""

    taken = Signal()

    def __init__(self, line: QLineEdit, words: Words, reading: Reading) -> None:
        super().__init__(line)
        self._line, self._words, self._reading = line, words, reading
        self._bubble = Bubble(line)
        self.calendar: DayCalendar | None = None
        self.open = QAction(line)
        self.open.setToolTip(f"{words('Calendar')} (Alt+↓)")
        self.open.setText(words("Calendar"))
        self.open.triggered.connect(self.open_calendar)
        line.addAction(self.open, QLineEdit.ActionPosition.TrailingPosition)
        for made in line.findChildren(QToolButton):
            made.setAccessibleName(words("Calendar"))
            made.setAccessibleDescription(_spoken_name(line))
        self._dress()
        shown = look()
        if shown is not None:
            shown.changed.connect(self._dress)
        line.textEdited.connect(self._tell)
        line.installEventFilter(self)

    def _dress(self) -> None:
        self.open.setIcon(icon("calendar"))

    def _read(self, text: str) -> date | datetime | None:
        with suppress(ValueError, OverflowError):
            return self._reading.read(text) if text.strip() else None
        return None

    def _tell(self, text: str) -> None:
        understood = self._read(text)
        self._bubble.say("" if understood is None else self.told(understood))

    def told(self, understood: date | datetime) -> str:
        """A day or a moment as a sentence: Fri, 4 Dec 17:00."""
        words, day = self._words, _day_of(understood)
        if abs((day - self._reading.now().date()).days) < _FAR:
            said = words.near_day(day)
        else:
            said = words("{weekday}, {day}", weekday=words.weekday(day), day=words.date(day))
        if isinstance(understood, datetime):
            said = f"{said} {understood:%H:%M}"
        return said if self._reading.is_workday(day) else words(_OFF, day=said)

    def open_calendar(self) -> None:
        """Open the calendar on the day that stands in the line, else on today."""
        self._bubble.say("")
        understood = self._read(self._line.text())
        today = self._reading.now().date()
        calendar = DayCalendar(
            self._words, today, self._reading.is_workday, self.told, self._line.window()
        )
        calendar.chosen.connect(self._take)
        calendar.destroyed.connect(self._on_gone)
        self.calendar = calendar
        calendar.open_at(self._line, None if understood is None else _day_of(understood))

    def _on_gone(self) -> None:
        self.calendar = None

    def _take(self, day: date) -> None:
        """Write the day into the line as if it were typed; of a moment the time stays."""
        line, before = self._line, self._read(self._line.text())
        line.setFocus()
        line.selectAll()
        if not self._reading.moments:
            line.insert(day.isoformat())
            self.taken.emit()
            return
        clock = before.time() if isinstance(before, datetime) else self._usual(day)
        line.insert(f"{day.isoformat()} {clock:%H:%M}")
        line.setSelection(len(line.text()) - 5, 5)
        self.taken.emit()

    def _usual(self, day: date) -> time:
        now = self._reading.now()
        return now.time() if day == now.date() else _MORNING

    def eventFilter(self, _line: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event)
            alt = key.modifiers() & Qt.KeyboardModifier.AltModifier
            if (
                alt
                and key.key() == Qt.Key.Key_Down
                and self._line.isEnabled()
                and not self._line.isReadOnly()
            ):
                self.open_calendar()
                return True
        return False


def _spoken_name(line: QLineEdit) -> str:
    """What a line is called: by its own name, else by its label."""
    spoken = QAccessible.queryAccessibleInterface(line)
    return spoken.text(QAccessible.Text.Name) if spoken else ""


def _day_of(understood: date | datetime) -> date:
    return understood.date() if isinstance(understood, datetime) else understood
