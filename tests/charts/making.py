"""Panels made by hand: some weeks with their medians, some turns."""

from datetime import UTC, date, datetime, timedelta

from pmdesk.answers.insights.slower import Dot, Dots, Levels
from pmdesk.answers.insights.values import Column, Insight, Item, Panels
from pmdesk.answers.insights.weekly import Stretch, Weeks
from pmdesk.answers.text.said import said

_MONDAY = date(2026, 3, 2)
_COLUMNS = (Column("Begins"), Column("Median", "working hours"))
_FLAT = Levels(None, None, None)


def _panels(kind, rows, shape):
    items = tuple(Item(cells, ("interaction", n + 1)) for n, cells in enumerate(rows))
    insight = Insight(said("No change"), None, _COLUMNS, items, shape, enough=bool(items))
    return Panels(kind, ("Pine",), (insight,))


def weeks(n):
    """Medians of `n` weeks: 1 to 5.5 hours, with their intervals."""
    days = [_MONDAY + timedelta(weeks=place) for place in range(n)]
    made = tuple(
        Stretch(day, day + timedelta(days=7), 8, 1, 1.0 + place % 4 * 1.5, 0.5, 6.0, False, ())
        for place, day in enumerate(days)
    )
    rows = [(one.first, one.median) for one in made]
    return _panels("weekly", rows, Weeks(made, False, 4.5, _FLAT))


def turns(n):
    """`n` turns, one a day, of which the last is open."""
    first = datetime(2026, 3, 2, 9, tzinfo=UTC)
    moments = [first + timedelta(days=place) for place in range(n)]
    dots = tuple(
        Dot(moment.timestamp(), 1.0 + place % 5, place < n - 1)
        for place, moment in enumerate(moments)
    )
    rows = [(moment, dot.hours) for moment, dot in zip(moments, dots, strict=True)]
    return _panels("we_answer", rows, Dots(dots, 8.0, _FLAT))
