"""How a day is reckoned from what was typed and from today."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Asked(NamedTuple):
    """Today, and whether the day lies ahead (True), has passed (False), or either (None).

    Without `is_workday` no day can be reckoned that needs a work calendar.
    """

    today: date
    ahead: bool | None
    is_workday: Callable[[date], bool] | None = None


Form = tuple[re.Pattern[str], Callable[[re.Match[str], Asked], date]]


def nearest(candidates: list[date], asked: Asked) -> date:
    """The candidate that is meant; the nearest one where none lies on the side asked for."""
    if not candidates:
        raise ValueError("no such day")
    today = asked.today
    ahead = [c for c in candidates if c >= today]
    behind = [c for c in candidates if c <= today]
    if asked.ahead is True and ahead:
        return min(ahead)
    if asked.ahead is False and behind:
        return max(behind)
    return min(candidates, key=lambda c: abs((c - today).days))


def possible(years: Iterable[int], month: int, number: int) -> list[date]:
    """The days of that month and number that there are."""
    return [
        date(y, month, number)
        for y in years
        if 1 <= month <= 12 and 1 <= number <= monthrange(y, month)[1]
    ]


def without_year(month: int, number: int, asked: Asked) -> date:
    """The day of that month and number that is meant."""
    year = asked.today.year
    return nearest(possible((year - 1, year, year + 1), month, number), asked)


def of_week(number: int, weeks: int | None, asked: Asked) -> date:
    """The weekday `number` (Monday 0) of the week that lies `weeks` off; None: the one meant."""
    monday = asked.today - timedelta(days=asked.today.weekday())
    if weeks is not None:
        return monday + timedelta(days=7 * weeks + number)
    return nearest([monday + timedelta(days=7 * n + number) for n in (-1, 0, 1)], asked)


def of_month(number: int, shift: int | None, asked: Asked) -> date:
    """The day `number` of the month that lies `shift` off; None: the one meant."""
    first = asked.today.year * 12 + asked.today.month - 1
    shifts = (-1, 0, 1) if shift is None else (shift,)
    months = [divmod(first + s, 12) for s in shifts]
    return nearest([d for y, m in months for d in possible((y,), m + 1, number)], asked)


def last_of(unit: str, shift: int, today: date) -> date:
    """The last day of this "month", "quarter" or "year", or of the one `shift` off.

    The last day of a "week" is its Friday: it is said of work.
    """
    if unit == "week":
        return today + timedelta(days=4 - today.weekday() + 7 * shift)
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    months = -(-today.month // length) * length + shift * length
    year, month = today.year + (months - 1) // 12, (months - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
