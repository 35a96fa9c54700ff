"""When something recurring is due, and how long a client has been silent."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from pmdesk.insight.worktime import CalendarRules

_WEEKS: Final = {"weekly": 1, "biweekly": 2}
_MONTHS: Final = {"monthly": 1, "quarterly": 3}


def due_days(
    cadence: str, weekday: int, first: date, until: date, calendar: CalendarRules
) -> Iterator[date]:
    """The days up to `until` on which something is due, from `first` on.

    `weekday` is 1 (Monday) to 7. What falls on a free day is due the last working day before it.
    Monthly and quarterly things are due on the last such weekday of the month.
    """
    if cadence in _WEEKS:
        day = first + timedelta(days=(weekday - first.isoweekday()) % 7)
        while (due := calendar.previous_workday(day)) <= until:
            if due >= first:
                yield due
            day += timedelta(weeks=_WEEKS[cadence])
    elif cadence in _MONTHS:
        year, month = first.year, first.month
        while True:
            due = calendar.previous_workday(_last_weekday(year, month, weekday))
            if due > until:
                return
            if due >= first:
                yield due
            year, month = _months_later(year, month, _MONTHS[cadence])


def _last_weekday(year: int, month: int, weekday: int) -> date:
    last = date(*_months_later(year, month, 1), 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def _months_later(year: int, month: int, months: int) -> tuple[int, int]:
    whole = year * 12 + month - 1 + months
    return whole // 12, whole % 12 + 1


class Kept(NamedTuple):
    """Of recurring things that were due: how many were there in time, and which is next."""

    due: int
    in_time: int
    missed: tuple[date, ...]
    next_due: date | None


def kept_days(due: Iterable[date], done: Iterable[date], *, today: date) -> Kept:
    """Match each due day with the first thing done after the due day before it.

    Done by its own due day it was in time; each thing done counts once. Today's is still open.
    """
    left = sorted(done)
    in_time, judged, missed, upcoming, before = 0, 0, [], None, date.min
    for day in sorted(due):
        first_done = next((d for d in left if before < d <= day), None)
        if first_done is not None:
            left.remove(first_done)
        if day < today or first_done is not None:
            judged += 1
            in_time += first_done is not None
            if first_done is None:
                missed.append(day)
        elif upcoming is None:
            upcoming = day
        before = day
    return Kept(judged, in_time, tuple(missed), upcoming)


class Silence(StrEnum):
    """How long since the last real contact."""

    FINE = "fine"
    IDEAL_PASSED = "ideal_passed"
    TOO_LONG = "too_long"


def silence(days: int, ideal: int | None, longest: int | None) -> Silence:
    """Amber past the ideal cadence, red past the longest; any real contact starts anew."""
    if longest is not None and days > longest:
        return Silence.TOO_LONG
    if ideal is not None and days > ideal:
        return Silence.IDEAL_PASSED
    return Silence.FINE
