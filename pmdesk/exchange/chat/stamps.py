"""When a message was written, as chat programs write it: 昨天 17:30, 下午3:20, [11/26 10:42 AM].

Sources of the forms: what WeChat shows (hour alone, 昨天, 星期三, 3月28日, each with the hour: public
readers of its window, "is_time_string", "parse_wechat_time"); the headers of WhatsApp (lucasrodes/
whatstk, header_format_support.json: day, month and year in any order, three separators, two clocks;
a Finnish iPhone: "12.3.2022 klo 14.08.18"); Teams ("[Yesterday 10:06 PM] Name", "[10:42 • 13/08/2024]").
"""

import re
from datetime import time
from typing import Final

from pmdesk.exchange.chat.values import Day, Stamp, Written

_WORDS: Final = {
    "今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1, "heute": 0, "gestern": 1,
    "hoy": 0, "ayer": 1, "aujourd’hui": 0, "aujourd'hui": 0, "hier": 1, "oggi": 0, "ieri": 1,
    "hoje": 0, "ontem": 1, "今日": 0, "昨日": 1,
}  # fmt: skip
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_WEEKDAYS: Final = "montuewedthufrisatsun"
_CHINESE_DAYS: Final = "一二三四五六日"

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY: Final = (
    r"(?:(?:星期|周|礼拜|週)[一二三四五六日天]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6})"
)
_DAY: Final = rf"""(?:(?:
  \d{{4}}\ ?[-/.年]\ ?\d{{1,2}}\ ?[-/.月]\ ?\d{{1,2}}\ ?[日号]?
| \d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})
| \d{{1,2}}月\d{{1,2}}[日号]?
| \d{{1,2}}[-/]\d{{1,2}}
| {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?(?:,?\ \d{{4}})?
| \d{{1,2}}\.?\ {_MONTH}(?:,?\ \d{{4}})?
| (?:{"|".join(map(re.escape, _WORDS))})
)(?:,?\ ?\(?{_WEEKDAY}\)?)? | {_WEEKDAY}(?:,?\ \d{{1,2}}[-/]\d{{1,2}})?)"""
_PART: Final = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|午後|午前"
_HALF: Final = r"[ap]\.?\ ?m\.?|上午|下午"
_CLOCK: Final = rf"""(?:(?:{_PART})\ ?)?(?:[01]?\d|2[0-3])(?:[:：][0-5]\d(?:[:：][0-5]\d)?|h[0-5]\d)
(?:\ ?(?:{_HALF}))?"""
_DOTTED: Final = r"(?:[01]?\d|2[0-3])\.[0-5]\d(?:\.[0-5]\d)?"
_BETWEEN: Final = r"(?:,?\ {0,3}(?:klo|um|at|à|kl\.?|·|•|T)?\ {0,2})"
_FLAGS: Final = re.VERBOSE | re.IGNORECASE

# A stamp within a longer pattern; it may hold a clock alone, a day with its clock in either order.
STAMP: Final = f"(?:{_DAY}{_BETWEEN}(?:{_CLOCK})|(?:{_CLOCK})\\ ?[•·]\\ ?{_DAY}|(?:{_CLOCK}))"
FULL_STAMP: Final = f"(?:{_DAY}{_BETWEEN}(?:{_CLOCK}|{_DOTTED})|(?:{_CLOCK})\\ ?[•·]\\ ?{_DAY})"
_DAY_CLOCK: Final = re.compile(f"({_DAY}){_BETWEEN}({_CLOCK}|{_DOTTED})", _FLAGS)
_CLOCK_DAY: Final = re.compile(f"({_CLOCK})\\ ?[•·]\\ ?({_DAY})", _FLAGS)
_CLOCK_ALONE: Final = re.compile(f"{_CLOCK}", _FLAGS)
_DAY_ALONE: Final = re.compile(f"{_DAY}", _FLAGS)
_RULED: Final = re.compile(r"[—–─=\-\s]{3,}(.{4,40}?)[—–─=\-\s]{3,}")

_YEAR_FIRST: Final = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_THREE: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_CHINESE: Final = re.compile(r"(\d{1,2})月(\d{1,2})")
_TWO: Final = re.compile(r"(?:^|\s)(\d{1,2})[-/](\d{1,2})")
_NAMED: Final = re.compile(rf"({_MONTH})\ (\d{{1,2}})(?:\D*(\d{{4}}))?", _FLAGS)
_DAY_NAMED: Final = re.compile(rf"(\d{{1,2}})\.?\ ({_MONTH})(?:\D*(\d{{4}}))?", _FLAGS)
_HOUR: Final = re.compile(
    rf"({_PART})?\ ?(\d{{1,2}})[:：.h](\d\d)(?:[:：.](\d\d))?\ ?({_HALF})?", _FLAGS
)


def stamp_of(text: str) -> Stamp | None:
    """The stamp that the whole of a text is; None for anything else."""
    text = text.strip()
    if (hit := _DAY_CLOCK.fullmatch(text)) is not None:
        day, clock = hit[1], hit[2]
    elif (hit := _CLOCK_DAY.fullmatch(text)) is not None:
        clock, day = hit[1], hit[2]
    elif _CLOCK_ALONE.fullmatch(text) is not None:
        day, clock = "", text
    else:
        return None
    at = _time(clock)
    return Stamp(text, _day(day) if day else None, at[0], at[1]) if at else None


def divider_of(text: str) -> Stamp | None:
    """The stamp of a line that tells the time for what follows; a day alone has no clock.

    Between rules any day does ("—————  2026-04-06  —————": how WeChat sends a chat by mail).
    """
    hit = _RULED.fullmatch(text.strip())
    inner = (hit[1] if hit else text).strip()
    found = stamp_of(inner)
    if found is None and _DAY_ALONE.fullmatch(inner) is not None and (hit or not _short(inner)):
        return Stamp(inner, _day(inner), None, seconds=False)
    return found if found is None or found.day is not None or hit is None else None


def is_ruled(text: str) -> bool:
    """Whether a line stands between rules."""
    return _RULED.fullmatch(text.strip()) is not None


def _short(text: str) -> bool:
    """Whether a day alone is too little to be one: 11/26 may be a number of anything."""
    return _TWO.fullmatch(text) is not None


def _day(text: str) -> Day:
    low = text.lower()
    for word, back in _WORDS.items():
        if low.startswith(word):
            return Day(Written.BACK, (back,))
    if hit := _YEAR_FIRST.match(text):
        return Day(Written.YMD, (int(hit[1]), int(hit[2]), int(hit[3])))
    if hit := _THREE.match(text):
        return Day(Written.THREE, (int(hit[1]), int(hit[2]), int(hit[3])), len(hit[3]) == 4)
    if hit := _CHINESE.match(text):
        return Day(Written.MONTH_DAY, (int(hit[1]), int(hit[2])))
    if hit := _NAMED.match(text):
        return _named(hit[1], hit[2], hit[3])
    if hit := _DAY_NAMED.match(text):
        return _named(hit[2], hit[1], hit[3])
    if hit := _TWO.search(text):
        return Day(Written.TWO, (int(hit[1]), int(hit[2])))
    if text[:1] in "星周礼週":
        mark = text.lstrip("星期周礼拜週")[:1].replace("天", "日")
        return Day(Written.WEEKDAY, (_CHINESE_DAYS.index(mark),))
    return Day(Written.WEEKDAY, (_WEEKDAYS.index(low[:3]) // 3,))


def _named(month: str, day: str, year: str | None) -> Day:
    number = _MONTHS.index(month[:3].lower()) // 3 + 1
    if year is None:
        return Day(Written.MONTH_DAY, (number, int(day)))
    return Day(Written.YMD, (int(year), number, int(day)))


def _time(text: str) -> tuple[time, bool] | None:
    """A clock and whether it has seconds; None where it says two things (下午15:00 says one)."""
    hit = _HOUR.search(text)
    if hit is None:
        return None
    hour, part = int(hit[2]), hit[1] or hit[5] or ""
    if part.lower().startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part.lower().startswith("p") else 0)
    elif part in {"下午", "傍晚", "午後"} or (part == "中午" and hour < 3):
        hour += 12 if hour < 12 else 0
    elif part == "晚上":
        if hour == 12:
            return None
        hour += 12 if 1 <= hour < 12 else 0
    elif part and hour == 12 and part != "中午":
        hour = 0
    return time(hour, int(hit[3]), int(hit[4] or 0)), hit[4] is not None
