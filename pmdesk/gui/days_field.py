"""Help at the days off and make-up workdays of a calendar: a year to choose them in."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from pmdesk.answers.calendars import days_off
from pmdesk.gui.icons import icon
from pmdesk.gui.theme import look
from pmdesk.insight.hours_text import HoursNotUnderstood, parse_hours
from pmdesk.records.kinds import KINDS
from pmdesk.typed.day_ranges import NoDays, days_typed, days_written
from pmdesk.words import Words

_PAIR = ("days_off", "extra_days")


class DaysHelp(QObject):
    """A button in the line, or Alt+Down, opens the year; what is chosen there is written into both lines."""

    def __init__(
        self, line: QLineEdit, form: QWidget, words: Words, now: Callable[[], datetime]
    ) -> None:
        super().__init__(line)
        self._line, self._form, self._words, self._now = line, form, words, now
        self.open = QAction(line)
        self.open.setText(words("Choose days…"))
        self.open.setToolTip(f"{words('Choose days…')} (Alt+↓)")
        self.open.triggered.connect(self.open_year)
        line.addAction(self.open, QLineEdit.ActionPosition.TrailingPosition)
        for made in line.findChildren(QToolButton):
            field = KINDS["calendar"].field(line.objectName())
            made.setAccessibleName(f"{words(field.meta.label)} · {self.open.text()}")
        self._dress()
        shown = look()
        if shown is not None:
            shown.changed.connect(self._dress)
        line.installEventFilter(self)

    def _dress(self) -> None:
        self.open.setIcon(icon("calendar"))

    def _text(self, name: str) -> str:
        line = self._form.findChild(QLineEdit, name)
        return line.text() if line is not None else ""

    def _days(self, name: str) -> tuple[date, ...]:
        try:
            return days_typed(self._text(name), today=self._now().date())
        except NoDays:
            return ()

    def _is_workday(self) -> Callable[[date], bool]:
        """What the hours and the country say of a day, without the lists."""
        plan = days_off(self._text("country").strip())
        try:
            week = parse_hours(self._text("hours"))
        except HoursNotUnderstood:
            week = parse_hours("Mon-Fri 09:00-18:00")

        def is_workday(day: date) -> bool:
            if day in plan.work or day in plan.off:
                return day in plan.work
            return any(span.is_on(day) for span in week[day.weekday()])

        return is_workday

    def open_year(self) -> None:
        """Show the year of the first day that lies ahead, or this one."""
        from pmdesk.gui.days_dialog import DaysDialog  # not before somebody asks

        off, work = (self._days(name) for name in _PAIR)
        today = self._now().date()
        year = next((day.year for day in off if day >= today), today.year)
        dialog = DaysDialog(self._line, self._words, year, self._is_workday())
        dialog.choose(off, work)
        dialog.accepted.connect(lambda: self._take(dialog.days.off, dialog.days.work))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, *chosen: set[date]) -> None:
        for name, days in zip(_PAIR, chosen, strict=True):
            line = self._form.findChild(QLineEdit, name)
            if line is not None and set(self._days(name)) != days:
                line.setText(days_written(map(str, days)))
                line.textEdited.emit(line.text())

    def eventFilter(self, _line: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open_year()
            return True
        return False
