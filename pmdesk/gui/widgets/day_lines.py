"""The help of day fields for lines outside of the forms of records."""

from datetime import date, datetime

from PySide6.QtWidgets import QLineEdit

from pmdesk.gui.desk import Desk
from pmdesk.gui.known import Known, known_to
from pmdesk.gui.widgets.day_help import DayHelp, Reading
from pmdesk.typed.days import day
from pmdesk.typed.moments import moment


def help_with_day(line: QLineEdit, desk: Desk, *, ahead: bool) -> DayHelp:
    """Help at a line for a day that is to come, or that has been."""

    def read(text: str) -> date:
        return day(text, today=desk.local_now().date(), ahead=ahead)

    return DayHelp(line, desk.words, Reading(read, desk.local_now, _known(desk).is_workday))


def help_with_moment(line: QLineEdit, desk: Desk, *, ahead: bool) -> DayHelp:
    """Help at a line for a moment that is to come, or that has been."""

    def read(text: str) -> datetime:
        return moment(text, now=desk.local_now(), ahead=ahead)

    reading = Reading(read, desk.local_now, _known(desk).is_workday, moments=True)
    return DayHelp(line, desk.words, reading)


def _known(desk: Desk) -> Known:
    return known_to(desk, lambda: None)
