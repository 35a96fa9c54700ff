"""The text of working hours: "Mon-Fri 09:00-18:00; Sat 22:00-06:00", read."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

from pmdesk.insight.worktime import Span, Week, in_order

_MIDNIGHT: Final = time()
_DAY: Final = 24 * 60
_LONGEST_NIGHT: Final = 12 * 60
_SATURDAY: Final = 5


class HoursNotUnderstood(ValueError):
    """A text of working hours has a `part` that says nothing."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE_DAYS: Final = "一二三四五六日"
_CHINESE_DAY: Final = re.compile(r"(?:周|星期|礼拜)?([一二三四五六日天])")
_TO: Final = re.compile(r"\s*(?:[-~〜‐‑–—−至到]|\bto\b)\s*", re.IGNORECASE)
_BEFORE_HOURS: Final = re.compile(r"(?<=[^\W\d])\s*:?\s*(?=\d)")
_FROM_TO: Final = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?")


# Weeks that have a name.
_WEEKS: Final = {
    "工作日": "周一-周五", "双休": "周一-周五", "单休": "周一-周六", "大小周": "周一-周六", "每天": "周一-周日",
    "每日": "周一-周日", "weekdays": "mon-fri", "daily": "mon-sun",
}  # fmt: skip
_WEEK_NAME: Final = re.compile("|".join(_WEEKS), re.IGNORECASE)
_EVERY: Final = re.compile(
    r"大小周|单双休|隔周|every (?:2|two|other|second) weeks?|every (?:other|second)", re.IGNORECASE
)
_SINCE: Final = re.compile(
    r"(?:自|从|起始|from|since)?\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(?:起|开始)?",
    re.IGNORECASE,
)
_O_CLOCK: Final = re.compile(r"(\d{1,2})\s*[点點时時]\s*(?:(半)|(\d{1,2})\s*分?)?")
_HALF_DAY: Final = re.compile(
    r"(上午|早上|下午|晚上|傍晚)\s*(\d{1,2})((?::\d{2})?)\s*-\s*(?:上午|早上|下午|晚上|傍晚)?\s*(\d{1,2})((?::\d{2})?)"
)
_CLOCK: Final = re.compile(r"(?<![\d:])(\d{1,2})((?::\d{2})?)\s*([ap])\.?m\.?", re.IGNORECASE)


class NoFirstWeek(HoursNotUnderstood):
    """Hours of every second week do not say in which week they are worked."""


def parse_hours(text: str) -> Week:
    """The week that `text` describes; raises HoursNotUnderstood with the part that is unclear.

    "Mon-Fri 09:00-12:00 13:00-18:00; Sat 09:00-12:00", or in Chinese 周一至周五 09:00-18:00.
    Full-width signs, commas and "Sun-Thu" will do; hours may run over midnight (22:00-06:00) into
    the following day. Overlapping parts will not do. Weeks have names (工作日, 单休, 双休), hours may be
    9点-18点 or 下午1:30-6:00, and what is worked every second week says from when: 大小周 09:00-18:00
    自2026-01-03起, "Sat 09:00-12:00 every 2 weeks from 2026-01-03".
    """
    # NFKC turns full-width digits and signs into plain ones
    plain = unicodedata.normalize("NFKC", text)
    week: list[list[Span]] = [[] for _ in range(7)]
    over_midnight: list[list[Span]] = [[] for _ in range(7)]
    for words, every, big in _parts(plain):
        part = " ".join(words)
        hours = [word for word in words if word[0].isdigit()]
        days = [day for word in words if not word[0].isdigit() for day in _days(word)]
        if not days or not hours:
            raise HoursNotUnderstood(part)
        for day in days:
            if week[day]:
                raise HoursNotUnderstood(part)
            for word in hours:
                first, *rest = (
                    span._replace(every=every) if every and (day == _SATURDAY or not big) else span
                    for span in _spans(word)
                )
                week[day].append(first)
                over_midnight[(day + 1) % 7] += rest
    spans_by_day = [
        tuple(sorted((*spans, *early), key=lambda span: span.minutes))
        for spans, early in zip(week, over_midnight, strict=True)
    ]
    if not any(spans_by_day) or not all(in_order(spans) for spans in spans_by_day):
        raise HoursNotUnderstood(text.strip())
    return tuple(spans_by_day)


def _parts(plain: str) -> Iterator[tuple[list[str], date | None, bool]]:
    """Days with their hours; where they are those of every second week the Monday of such a one.

    In 大小周 that is so of its Saturday alone, which the last of the three says.
    """
    for part in re.split(r"[;。\n]", plain):
        every, is_big = None, "大小周" in part or "单双休" in part
        if _EVERY.search(part):
            named = _SINCE.search(part)
            if named is None:
                raise NoFirstWeek(part.strip())
            try:
                day = date(*map(int, named.groups()))
            except ValueError as error:
                raise HoursNotUnderstood(part.strip()) from error
            every = day - timedelta(days=day.weekday())
            part = _EVERY.sub("大小周" if is_big else " ", _SINCE.sub(" ", part))  # noqa: PLW2901 - without what is read
        for words in _groups(_in_figures(part)):
            yield words, every, is_big


def _in_figures(part: str) -> str:
    """A part with its week by days and its hours by the clock of 24 hours."""

    def o_clock(hit: re.Match[str]) -> str:
        return f"{hit[1]}:{'30' if hit[2] else (hit[3] or '0').zfill(2)}"

    def clock(hit: re.Match[str]) -> str:
        return f"{int(hit[1]) % 12 + (12 if hit[3].lower() == 'p' else 0)}{hit[2]}"

    def half_day(hit: re.Match[str]) -> str:
        later = 12 if hit[1] in "下午晚上傍晚" else 0
        start = int(hit[2]) + (later if int(hit[2]) < 12 else 0)
        end = int(hit[4]) + (later if int(hit[4]) < 12 else 0)
        return f" {start}{hit[3]}-{end}{hit[5]}"

    named = _WEEK_NAME.sub(lambda hit: f" {_WEEKS[hit[0].lower()]} ", part)
    plain = _TO.sub("-", _CLOCK.sub(clock, _O_CLOCK.sub(o_clock, named)))
    return _BEFORE_HOURS.sub(" ", _HALF_DAY.sub(half_day, plain))


def _groups(plain: str) -> Iterator[list[str]]:
    """Words that belong together: days, then their hours, up to the next day or semicolon."""
    for part in re.split(r"[;。\n]", plain):
        group: list[str] = []
        for word in re.findall(r"[^\s,、]+", part):
            if group and group[-1][0].isdigit() and not word[0].isdigit():
                yield group
                group = []
            group.append(word)
        if group:
            yield group


def _days(word: str) -> list[int]:
    first, dash, last = word.partition("-")
    starts, ends = _named(first), _named(last) if dash else []
    if not starts or (dash and (len(starts) > 1 or len(ends) != 1)):
        raise HoursNotUnderstood(word)
    if not dash:
        return starts
    # where the week begins on Sunday, people write Sun-Thu
    first_day = -1 if starts[0] == 6 and ends[0] < 6 else starts[0]
    if ends[0] < first_day:
        raise HoursNotUnderstood(word)
    return [day % 7 for day in range(first_day, ends[0] + 1)]


def _named(word: str) -> list[int]:
    """The weekdays that a word names: one in English, one or more in Chinese; else none."""
    english = word.lower().rstrip(".")
    if len(english) >= 2 and english.isascii():
        return [n for n, name in enumerate(_FULL_NAMES) if name.startswith(english)]
    if re.sub(_CHINESE_DAY, "", word):
        return []
    return [_CHINESE_DAYS.index(c.replace("天", "日")) for c in _CHINESE_DAY.findall(word)]


def _spans(word: str) -> list[Span]:
    """What a word such as 09:00-18:00 says; hours that run over midnight are two spans."""
    hit = _FROM_TO.fullmatch(word)
    if not hit:
        raise HoursNotUnderstood(word)
    from_hour, from_minute, to_hour, to_minute = (int(group or 0) for group in hit.groups())
    if (to_hour, to_minute) == (24, 0):
        to_hour = 0
    try:
        span = Span(time(from_hour, from_minute), time(to_hour, to_minute))
    except ValueError as error:
        raise HoursNotUnderstood(word) from error
    if in_order([span]):
        return [span]
    if (span.minutes[1] - span.minutes[0]) % _DAY > _LONGEST_NIGHT or span.start == span.end:
        raise HoursNotUnderstood(word)  # 18:00-09:00 is a slip sooner than a night
    return [Span(span.start, _MIDNIGHT), Span(_MIDNIGHT, span.end)]
