"""Axes of time: x in days since 1970, with labels that stay readable from two weeks to ten years."""

from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any, Final

from pmdesk.charts.insights.labels import words_below
from pmdesk.charts.insights.pen import Limits

_EPOCH: Final = date(1970, 1, 1)
_LABEL: Final = 0.75


def place_of(day: date) -> float:
    """Where a day begins."""
    return float((day - _EPOCH).days)


def day_at(place: float) -> date:
    """The day of a place."""
    return _EPOCH + timedelta(days=int(place))


def place_of_moment(unix: float) -> float:
    """Where a moment lies."""
    return unix / 86_400


def moment_of_place(place: float) -> datetime:
    """The moment of a place."""
    return datetime.fromtimestamp(place * 86_400, UTC)


def label_days(axes: Any, first: float, last: float, width: float) -> None:
    """Label the x axis between two places, `width` inches long at the size of 100 %."""
    most = max(2, int(width / _LABEL))
    begins, ends = day_at(first), day_at(last)
    days = (ends - begins).days
    if days <= 7 * most:
        marks = _mondays(begins, ends) if days > 10 else _days(begins, ends)
        style = "%m-%d"
    else:
        marks, style = _months(begins, ends), "%Y-%m"
        years = [day for day in marks if day.month == 1]
        # one year alone tells too little
        if days > 31 * 4 * most and len(years) > 2:
            marks, style = years, "%Y"
    shown = marks[:: max(1, ceil(len(marks) / most))]
    axes.set_xlim(first, last)
    words_below(axes, [(place_of(day), f"{day:{style}}") for day in shown])


def days_across(axes: Any, known: Limits, width: float) -> tuple[float, float]:
    """Where the x axis begins and ends, once labelled: the days of the limits with a little room."""
    margin = max((known.last - known.first) * 0.015, 0.5)
    ends = known.first - margin, known.last + margin
    label_days(axes, *ends, width)
    return ends


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _mondays(first: date, last: date) -> list[date]:
    return [day for day in _days(first, last) if day.weekday() == 0]


def _months(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = (date(month // 12, month % 12 + 1, 1) for month in months)
    return [day for day in days if first <= day <= last]
