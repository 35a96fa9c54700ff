"""How soon a line of a crisis plan is to be done: "30 min", "一个半小时", "same day", "1 working day"."""

import re
from datetime import time
from typing import Final, NamedTuple

from pmdesk.typed.clocks import time_in
from pmdesk.typed.fold import folded
from pmdesk.typed.numbers import NUMBER, whole


class Within(NamedTuple):
    """A limit from the finding on, exactly one of these.

    `minutes` of wall time; `workdays` after the day of the finding; the end of the day that lies so
    many `days` after it; the next time that it is `until`.
    """

    minutes: float | None = None
    workdays: int | None = None
    days: int | None = None
    until: time | None = None


_WORDED: Final = r"half an?|half|quarter of an|an?|one|two|three|four|five|six|seven|eight|nine|ten"
_PART: Final = re.compile(
    # a number that goes on to the left (二百三十, 1.5, v2) is not understood from its middle
    rf"(?<![a-z\d.百千零〇一二三四五六七八九十两月第])(?P<n>\d+(?:\.\d+)?|{_WORDED}|半|两|{NUMBER})"
    r"[\s-]*(?:个|個)?(?P<half>半)?\s*(?:个|個)?"
    r"(?P<unit>working[ -]days?|work[ -]?days?|business[ -]days?|工作日"
    r"|minutes?|mins?|m|分钟|分鐘|分|刻钟|hours?|hrs?|h|小时|小時|钟头|days?|d|天|日|weeks?|w|周|星期)"
    r"(?P<more>半)?(?![a-z])"
)
_BARE: Final = re.compile(r"(?P<n>\d\d)(?!\d)")  # the 30 of 1h30
_BETWEEN: Final = re.compile(r"[\s,，]*(?:and\s+|又)?")
_AT_ONCE: Final = re.compile(r"at once|immediate|\bnow\b|straight away|立即|立刻|马上|即刻|即时")
_DAYS: Final = (
    (1, re.compile(r"next day|tomorrow|次日|第二天|翌日|明天|隔天")),
    (
        0,
        re.compile(
            r"same day|\btoday\b|end of (?:the )?day|\beod\b|当天|当日|今天|今日|下班前|收工前"
        ),
    ),
)
_NUMBERS: Final = {"半": 0.5, "half": 0.5, "half a": 0.5, "half an": 0.5, "quarter of an": 0.25}
_MINUTES: Final = (("min", 1), ("m", 1), ("分", 1), ("刻", 15), ("h", 60), ("小", 60), ("钟", 60),
                   ("d", 1440), ("天", 1440), ("日", 1440), ("w", 10080), ("周", 10080), ("星", 10080))  # fmt: skip


def within(text: str) -> Within | None:
    """The limit that a text names; None where it names none that is understood.

    Clocks of a crisis run in wall time (METHODS 8): a day is 24 hours, unless it says working day.
    Of a range ("2-4 h") the later end counts.
    """
    plain = folded(text)
    if hit := _PART.search(plain):
        if "work" in hit["unit"] or "business" in hit["unit"] or hit["unit"] == "工作日":
            return Within(workdays=max(1, round(_number(hit))))
        return Within(minutes=_minutes(plain, hit))
    if _AT_ONCE.search(plain):
        return Within(minutes=0)
    if clock := time_in(plain):
        return Within(until=clock.time)
    return next((Within(days=days) for days, said in _DAYS if said.search(plain)), None)


def _number(hit: re.Match[str]) -> float:
    text = hit["n"]
    number = _NUMBERS.get(text) or (float(text) if "." in text else whole(text))
    return number + 0.5 * (bool(hit["half"]) + bool(hit["more"]))


def _minutes(text: str, first: re.Match[str]) -> float:
    """The minutes of a part and of the smaller ones after it: 1 h 30 min, 1h30, 1小时20分."""
    total, size = 0.0, float("inf")
    hit: re.Match[str] | None = first
    while hit is not None:
        each = next(each for start, each in _MINUTES if hit["unit"].startswith(start))
        if each >= size:
            return total
        total, size = total + _number(hit) * each, each
        between = _BETWEEN.match(text, hit.end())
        following = _PART.match(text, between.end() if between else hit.end())
        if following is None and size == 60 and (bare := _BARE.match(text, hit.end())):
            return total + int(bare["n"])
        hit = following
    return total
