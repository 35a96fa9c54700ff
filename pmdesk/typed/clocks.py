"""Times of day as people type them: 17:00, 5pm, 2.30 pm, 下午3点半, noon."""

import re
from collections.abc import Callable
from datetime import time
from typing import Final, NamedTuple

from pmdesk.typed.apart import apart
from pmdesk.typed.numbers import NUMBER, whole


class FoundTime(NamedTuple):
    """A time of day that stands in a text, from `start` up to `end`."""

    time: time
    start: int
    end: int


_PART: Final = r"(?:(?P<part>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|(?<![今明昨])[早晚]) ?)?"
_DAY_WITH_PART: Final = re.compile(r"[今明昨]([早晚]) ?$")  # 明晚8点
_DIGITS: Final = (
    rf"(?:\bat )?{_PART}(?<![\d:.-])(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)"
    r"(?:[:：][0-5]\d)?(?: ?(?P<half>am|pm)\b)?(?![:：]?\d|\.\d)"
)
_HALF_DAY: Final = (
    r"(?:\bat )?(?<![\w:.-])(?P<hour>1[0-2]|0?[1-9])(?:\.(?P<minute>[0-5]\d))? ?(?P<half>am|pm)\b"
)
_FIRST_OF_RANGE: Final = (
    r"(?<![\w.:-])(?P<hour>1[0-2]|0?[1-9])"
    r"(?=(?: ?[-–~] ?| to )(?P<until>1[0-2]|0?[1-9])(?:[:.][0-5]\d)? ?(?P<half>am|pm)\b)"
)
# Two o'clock; 两点 alone are also two points of a list: a day or part of one stands before, or more behind.
_TWO: Final = (
    rf"(?:(?<=[午晨晚早天号日一二三四五六])|(?<=[早晚]上))两(?=[点點](?![意建问要原内共说想看结]))"
    rf"|两(?=[点點](?:半|[一三]刻|钟|整|[到至]|{NUMBER}分))"
)
_CHINESE: Final = (
    rf"{_PART}(?<!\d)(?P<hour>{NUMBER}|{_TWO}) ?[点點时時](?![间候段差内刻])"
    rf"(?:(?P<past>半)|(?P<quarter>[一三])刻|(?P<minute>{NUMBER})分?|[钟整])?"
)
_NOON: Final = r"(?:\bat )?(?:\bnoon\b|\bmidday\b|中午)"


def time_in(text: str) -> FoundTime | None:
    """The first time of day in `text`; 1 to 6 点 without 上午 or 凌晨 is after noon, as in work."""
    return min(_all(text), key=lambda hit: (hit.start, hit.start - hit.end), default=None)


def times_in(text: str) -> list[FoundTime]:
    """Every time of day in `text`, in its order; of two that overlap the longer one."""
    return apart(_all(text))


def _all(text: str) -> list[FoundTime]:
    return [
        FoundTime(clock, *hit.span())
        for pattern, reader in _CLOCKS
        for hit in pattern.finditer(text)
        if (clock := reader(hit)) is not None
    ]


def _digits(hit: re.Match[str]) -> time | None:
    part = hit.groupdict().get("part") or (hit["half"] or "").lower()
    return _at(int(hit["hour"]), int(hit["minute"] or 0), part)


def _first_of_range(hit: re.Match[str]) -> time | None:
    """The 2 of 2-4pm; the 11 of 11-1pm lies before noon."""
    hour, until, half = int(hit["hour"]), int(hit["until"]), hit["half"].lower()
    return _at(hour, 0, "am" if half == "pm" and until % 12 < hour < 12 else half)


def _chinese(hit: re.Match[str]) -> time | None:
    day_part = _DAY_WITH_PART.search(hit.string[: hit.start()])
    part = hit["part"] or (day_part[1] if day_part else "")
    hour = whole(hit["hour"])
    if hit["past"]:
        minute = 30
    elif hit["quarter"]:
        minute = 15 * whole(hit["quarter"])
    else:
        minute = whole(hit["minute"]) if hit["minute"] else 0
    if not part and 1 <= hour <= 6:
        part = "下午"
    return _at(hour, minute, part)


def _at(hour: int, minute: int, part: str) -> time | None:
    if part == "中午":
        hour += 12 if hour < 3 else 0
    elif part in ("pm", "下午", "傍晚", "晚上", "晚"):
        hour += 12 if hour < 12 else 0
    elif part and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


_CLOCKS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], time | None]], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (_DIGITS, _digits),
        (_HALF_DAY, _digits),
        (_FIRST_OF_RANGE, _first_of_range),
        (_CHINESE, _chinese),
        (_NOON, lambda _hit: time(12)),
    )
)
