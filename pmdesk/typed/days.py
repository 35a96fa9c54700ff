"""Days as people type them: 2026-12-03, 12-03, 3 Dec, fri, +3, 明天, 下周五, 月底.

What leaves something open is settled by `ahead`: a plan means the coming such day, today
included; what has happened means the latest one, today included; None means the nearest. A week
begins on Monday. Month comes before day where only numbers stand (12-03), unless that is no day.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from pmdesk.typed.apart import apart
from pmdesk.typed.days_chinese import FORMS as CHINESE
from pmdesk.typed.days_latin import FORMS as LATIN
from pmdesk.typed.days_worked import FORMS as WORKED
from pmdesk.typed.fold import folded
from pmdesk.typed.reckoning import Asked, Form


class FoundDay(NamedTuple):
    """A day that stands in a text, from `start` up to `end`."""

    day: date
    start: int
    end: int


class OpenDay(NamedTuple):
    """A day of a text as each way of asking reads it: as one that was, is to come, lies nearest.

    `worked`: it was reckoned in working days.
    """

    behind: date
    coming: date
    nearest: date
    start: int
    end: int
    worked: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it could have passed or be to come."""
        return self.behind != self.coming


_FORMS: Final = (*LATIN, *CHINESE)


def day(text: str, *, today: date, ahead: bool | None = None) -> date:
    """The day that `text` says and nothing beside it; raises ValueError."""
    plain = " ".join(folded(text).split())  # an input method writes ２０２６－０１－３１ as well
    for day_named in days_in(plain, today=today, ahead=ahead):
        if (day_named.start, day_named.end) == (0, len(plain)):
            return day_named.day
    raise ValueError(text)


def days_in(text: str, *, today: date, ahead: bool | None = None) -> list[FoundDay]:
    """Every day in `text`, in its order; of two that overlap the longer one."""
    asked = (Asked(today, ahead),)
    return apart(FoundDay(days[0], *span) for days, span in _all(text, asked, _FORMS))


def open_days_in(
    text: str,
    *,
    today: date,
    is_workday: Callable[[date], bool] | None = None,
    more: Iterable[Form] = (),
) -> list[OpenDay]:
    """Every day in `text` in all its readings; `more` are forms that only this text may have.

    Days that are reckoned in working days are found where `is_workday` tells them.
    """
    asked = tuple(Asked(today, ahead, is_workday) for ahead in (False, True, None))
    found = [
        OpenDay(days[0], days[1], days[2], *span, worked=forms is WORKED)
        for forms in ((*_FORMS, *more), WORKED)
        for days, span in _all(text, asked, forms)
    ]
    return apart(found)


def _all(
    text: str, asked: tuple[Asked, ...], forms: Iterable[Form]
) -> Iterator[tuple[list[date], tuple[int, int]]]:
    for pattern, reader in forms:
        for hit in pattern.finditer(text):
            try:
                yield [reader(hit, one) for one in asked], hit.span()
            except (ValueError, OverflowError):
                continue  # the 31st of a month of 30 days is no day
