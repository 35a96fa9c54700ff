"""Days as people type them: 2026-12-03, 12-03, 3 Dec, fri, +3, 明天, 下周五, 月底.

What leaves something open is settled by `ahead`: a plan means the coming such day, today
included; what has happened means the latest one, today included; None means the nearest. A week
begins on Monday. Month comes before day where only numbers stand (12-03), unless that is no day.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from pmdesk.typed.days_chinese import FORMS as CHINESE
from pmdesk.typed.days_latin import FORMS as LATIN
from pmdesk.typed.reckoning import Asked


class FoundDay(NamedTuple):
    """A day that stands in a text, from `start` up to `end`."""

    day: date
    start: int
    end: int


_FORMS: Final = (*LATIN, *CHINESE)


def day(text: str, *, today: date, ahead: bool | None = None) -> date:
    """The day that `text` says and nothing beside it; raises ValueError."""
    plain = " ".join(text.split())
    for day_named in days_in(plain, today=today, ahead=ahead):
        if (day_named.start, day_named.end) == (0, len(plain)):
            return day_named.day
    raise ValueError(text)


def days_in(text: str, *, today: date, ahead: bool | None = None) -> list[FoundDay]:
    """Every day in `text`, in its order; of two that overlap the longer one."""
    asked = Asked(today, ahead)
    hits = sorted(_all(text, asked), key=lambda hit: (hit.start - hit.end, hit.start))
    apart: list[FoundDay] = []
    for hit in hits:
        if all(hit.end <= other.start or other.end <= hit.start for other in apart):
            apart.append(hit)
    return sorted(apart, key=lambda hit: hit.start)


def _all(text: str, asked: Asked) -> Iterator[FoundDay]:
    for pattern, reader in _FORMS:
        for hit in pattern.finditer(text):
            try:
                yield FoundDay(reader(hit, asked), *hit.span())
            except (ValueError, OverflowError):
                continue  # the 31st of a month of 30 days is no day
