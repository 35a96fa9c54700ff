"""How long something took, as people type it: 30 min, 1.5h, 半小时, 一个半小时, 1小时20分."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pmdesk.typed.apart import apart
from pmdesk.typed.clocks import FoundTime, time_in
from pmdesk.typed.numbers import NUMBER, whole

_HOURS: Final = r"(?:小时|小時|钟头|hours?|hrs?|h)(?![a-z])"
_MINUTES: Final = r"(?:分钟|分鐘|minutes?|mins?)(?![a-z])"
_EDGE: Final = r"(?<![\w.,:])"
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"(?<!\d[.,:])(?<![\d第])(?P<hours>\d{{1,2}}(?:\.\d{{1,2}})?|{NUMBER}|两) ?(?P<plus>个半|個半)?[个個]?{_HOURS}"
            rf"(?: ?(?P<half>半)|(?P<bare>\d\d)(?![a-z\d:点分])"
            rf"|(?: and)? ?(?P<minutes>\d{{1,2}}) ?(?:分钟?|m(?:in(?:ute)?s?)?)(?![a-z\d]))?"
        ),
        rf"(?<!\d[.,:])(?<![\d第])(?P<minutes>\d{{1,3}}|{NUMBER}) ?{_MINUTES}",
        r"(?<![\d个個前后每近第上下一二三四五六七八九十两])(?P<half>半)[个個]?(?:小时|小時|钟头)",
        rf"{_EDGE}(?P<half>half)(?: an?|-an)?[ -]{_HOURS}",
        rf"{_EDGE}(?P<hours>an?|one|two|three|four) {_HOURS}(?P<plus> and a half)?",
        r"(?P<quarters>[一三])刻钟",
        rf"{_EDGE}(?P<minutes>\d{{2,3}})m(?![a-z\d])",
    )
)
_LONGEST: Final = 24 * 60
_BETWEEN: Final = re.compile(r" ?(?:-|–|—|~|至|到|\b(?:to|till|until)\b) ?")


class FoundLength(NamedTuple):
    """Minutes that stand in a text, from `start` up to `end`."""

    minutes: int
    start: int
    end: int


def lengths_in(text: str) -> list[FoundLength]:
    """Every length of time in `text` of up to a day, in its order; of two that overlap the longer."""
    return apart(_all(text))


def range_after(text: str, first: FoundTime) -> FoundLength | None:
    """How long it is from a time to the one that ends its range (9:00-10:30), from its end on."""
    between = _BETWEEN.match(text, first.end)
    second = time_in(text[between.end() :]) if between else None
    if between is None or second is None or second.start:
        return None
    start, end = (t.time.hour * 60 + t.time.minute for t in (first, second))
    if end <= start:
        end += _LONGEST // 2  # 11:00-1:30
    if not start < end < _LONGEST:
        return None
    return FoundLength(end - start, first.end, between.end() + second.end)


def _all(text: str) -> Iterator[FoundLength]:
    for pattern in _FORMS:
        for hit in pattern.finditer(text):
            minutes = _minutes(hit.groupdict())
            if 0 < minutes <= _LONGEST:
                yield FoundLength(minutes, *hit.span())


def _minutes(given: dict[str, str | None]) -> int:
    total = 0.0
    if hours := given.get("hours"):
        total += 60 * (float(hours) if "." in hours else whole(hours))
    if given.get("plus") or given.get("half"):
        total += 30
    if minutes := given.get("minutes") or given.get("bare"):
        total += whole(minutes)
    if quarters := given.get("quarters"):
        total += 15 * whole(quarters)
    return round(total)
