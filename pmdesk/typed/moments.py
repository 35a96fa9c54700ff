"""Moments as people type them: a day, a time of day, or both in either order."""

import re
from datetime import date, datetime, time
from typing import Final

from pmdesk.typed.clocks import time_in
from pmdesk.typed.days import day

_NOW: Final = ("now", "just now", "现在", "刚才", "刚刚")
_BETWEEN: Final = re.compile(r"(?<=\d)T(?=\d)")


def moment(
    text: str, *, now: datetime, ahead: bool | None = None, otherwise: time = time(9)
) -> datetime:
    """The moment that `text` says, in the zone of `now`; raises ValueError.

    A day alone is that day at `otherwise`, a time alone is today. Of a moment that a change of
    the clocks doubles the first is meant.
    """
    if text.strip().lower() in _NOW:
        return now
    plain = " ".join(_BETWEEN.sub(" ", text).split())
    clock = time_in(plain)
    rest = plain if clock is None else f"{plain[: clock.start]} {plain[clock.end :]}"
    rest = " ".join(rest.split()).strip(" ,，")
    if clock is None and not rest:
        raise ValueError(text)
    on: date = day(rest, today=now.date(), ahead=ahead) if rest else now.date()
    return datetime.combine(on, clock.time if clock else otherwise, now.tzinfo)
