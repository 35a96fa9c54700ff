"""What comes in, what is finished, and what lies open: counted over stretches of time."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

By = Literal["week", "month", "quarter"]
# Longest spans that are told by the week and by the month, in days.
_WEEKS: Final = 190
_MONTHS: Final = 1150


class Lived(NamedTuple):
    """Something with the day it was opened and the day it was closed; None: still open."""

    opened: date
    closed: date | None


class Stretch(NamedTuple):
    """A week, month or quarter, its last day included; `open` is how many lay open at its end."""

    first: date
    last: date
    opened: int
    closed: int
    open: int


def unit_of(first: date, last: date) -> By:
    """The stretches in which a span of days is readable."""
    days = (last - first).days
    return "week" if days <= _WEEKS else "month" if days <= _MONTHS else "quarter"


def flow(lived: Iterable[Lived], first: date, last: date, by: By) -> list[Stretch]:
    """The stretches from the one of `first` to the one of `last`, which may not be over.

    What was opened before the first counts as open. open(t) = opened up to t − closed up to t.
    """
    known = list(lived)
    made = []
    begins = _begin(first, by)
    while begins <= last:
        following = _next(begins, by)
        end = following - timedelta(days=1)
        made.append(
            Stretch(
                begins, end,
                sum(begins <= one.opened <= end for one in known),
                sum(one.closed is not None and begins <= one.closed <= end for one in known),
                open_on(known, end),
            )
        )  # fmt: skip
        begins = following
    return made


def open_on(lived: Iterable[Lived], day: date) -> int:
    """How many lay open when a day ended."""
    return sum(
        one.opened <= day and (one.closed is None or one.closed > day) for one in lived
    )  # fmt: skip


def lanes(lived: Sequence[Lived]) -> list[int]:
    """For each, in the order of their opening, the lowest lane free on its first day.

    There are as many lanes as lay open at once at most (first-fit colouring of intervals).
    """
    busy_until: list[date | None] = []
    placed = []
    for one in lived:
        lane = next(
            (n for n, end in enumerate(busy_until) if end is not None and end < one.opened),
            len(busy_until),
        )
        if lane == len(busy_until):
            busy_until.append(one.closed)
        else:
            busy_until[lane] = one.closed
        placed.append(lane)
    return placed


def _begin(day: date, by: By) -> date:
    if by == "week":
        return day - timedelta(days=day.weekday())
    month = day.month if by == "month" else (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1)


def _next(first: date, by: By) -> date:
    if by == "week":
        return first + timedelta(days=7)
    months = first.year * 12 + first.month - 1 + (1 if by == "month" else 3)
    return date(months // 12, months % 12 + 1, 1)
