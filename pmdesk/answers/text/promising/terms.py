"""The days by which a sentence says that something will be done, as far as one can be named."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from pmdesk.typed.days import FoundDay, days_in
from pmdesk.typed.due import term_around
from pmdesk.typed.numbers import NUMBER, whole
from pmdesk.typed.reckoning import Asked, last_of, of_month, of_week, possible, without_year

_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAYS: Final = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAY: Final = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_COUNTED: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
                   "seven": 7, "eight": 8, "nine": 9, "ten": 10, "半": 0}  # fmt: skip


class Term(NamedTuple):
    """A day that something is due on, and from where to where the sentence says so.

    `firm`: its words set a limit ("by Friday", 周五前) and do not merely name a day.
    """

    day: date
    start: int
    end: int
    firm: bool


class _Found(NamedTuple):
    """A day with its place; a `vague` one is a part of a day or a stretch that another may narrow."""

    day: date
    start: int
    end: int
    vague: bool
    limit: bool = False


Reader = Callable[[re.Match[str], date], date]


def _today(_hit: re.Match[str], today: date) -> date:
    return today


def _week(shift: int, weekday: int = 4) -> Reader:
    def read(_hit: re.Match[str], today: date) -> date:
        day = today + timedelta(days=7 * shift + weekday - today.weekday())
        return day if day >= today else day + timedelta(days=6 - weekday)

    return read


def _end_of(unit: str, shift: int) -> Reader:
    return lambda _hit, today: last_of(unit, shift, today)


def _weekday_next_week(hit: re.Match[str], today: date) -> date:
    return of_week(_WEEKDAYS.index(hit["weekday"][:3].lower()), 1, Asked(today, ahead=True))


def _number(text: str) -> int:
    return _COUNTED.get(text.lower()) or whole(text)


def _counted(hit: re.Match[str], today: date) -> date:
    n, unit = _number(hit["n"]), hit["unit"].lower()
    if unit.startswith("hour") or unit in {"小时", "个小时", "钟头", "个钟头"}:
        return today + timedelta(days=n // 24)
    if hit["work"]:
        return _working_days(today, n)
    if unit.startswith("month") or unit in {"月", "个月"}:
        year, month = divmod(today.year * 12 + today.month - 1 + n, 12)
        return max(possible((year,), month + 1, min(today.day, 28)))
    return today + timedelta(
        days=n * (7 if unit.startswith(("week", "周", "星期", "个星期")) else 1)
    )


def _working_days(today: date, n: int) -> date:
    """So many days from Monday to Friday later: public holidays are not known here."""
    day = today
    while n > 0:
        day += timedelta(days=1)
        n -= day.weekday() < 5
    return day


def _month_end(hit: re.Match[str], today: date) -> date:
    month = _MONTHS.index(hit["month"][:3].lower()) + 1
    return _last(month, int(hit["year"]) if hit["year"] else None, today)


def _last(month: int, year: int | None, today: date) -> date:
    if year is None:
        year = today.year + (month < today.month)
    return last_of("month", 0, date(year, month, 1))


def _mid_month(hit: re.Match[str], today: date) -> date:
    return without_year(_MONTHS.index(hit["month"][:3].lower()) + 1, 15, Asked(today, ahead=True))


def _ordinal(hit: re.Match[str], today: date) -> date:
    return of_month(int(hit["day"]), None, Asked(today, ahead=True))


def _chinese_month_end(hit: re.Match[str], today: date) -> date:
    return _last(whole(hit["month"]), None, today)


def _third_of_month(hit: re.Match[str], today: date) -> date:
    month = whole(hit["month"])
    if hit["third"] == "下":
        return _last(month, None, today)
    day = 10 if hit["third"] == "上" else 20
    return without_year(month, day, Asked(today, ahead=True))


def _vague(pattern: str, read: Reader) -> tuple[re.Pattern[str], Reader, bool, bool]:
    return re.compile(pattern, re.IGNORECASE), read, True, False


def _limit(pattern: str, read: Reader) -> tuple[re.Pattern[str], Reader, bool, bool]:
    return re.compile(pattern, re.IGNORECASE), read, False, True


def _plain(pattern: str, read: Reader) -> tuple[re.Pattern[str], Reader, bool, bool]:
    return re.compile(pattern, re.IGNORECASE), read, False, False


_WORK: Final = r"(?P<work>(?:working|business|work) )?"
_SMALL: Final = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_UP_TO: Final = r"(?<!\d)(?:\d{1,3} ?[-–—~～至到] ?)?"
# What people write in mail and hardly ever type into a field; the rest is read by pmdesk/typed.
_FORMS: Final = (
    _vague(r"\b(?:(?:the )?end of (?:the |this )?(?:business |working )?day|end of business"
           r"|(?:the )?close of (?:business|play)|EOD|COB|EOB)\b", _today),
    _vague(r"\b(?:this (?:morning|afternoon|evening)|first thing|within the hour)\b", _today),
    _plain(rf"\b{_WEEKDAY},? (?:of )?next week\b", _weekday_next_week),
    _plain(rf"\bnext week,? (?:on )?{_WEEKDAY}\b", _weekday_next_week),
    _vague(r"(?<!early )(?<!beginning of )(?<!start of )(?<!middle of )(?<!mid )(?<!mid-)\bnext week\b"
           r"(?! or )", _week(1)),
    _vague(r"(?<!early )\bthis week\b|\b(?:in the course of|during|within) (?:the|this) week\b",
           _week(0)),
    _vague(r"\b(?:over |on |at )?(?:the|this) weekend\b", _week(0, 6)),
    _vague(r"\b(?:within |during |in the course of )?(?:the|this) month\b(?<!of the month)", _end_of("month", 0)),
    _vague(r"(?<!early )(?<!beginning of )(?<!start of )\bnext month\b", _end_of("month", 1)),
    _vague(r"\b(?:by|before) (?:\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\d{1,2}:\d\d|noon\b|midday\b)", _today),
    _limit(rf"\b(?:within|in) (?:the next |the )?(?:(?:\d+|one|two) ?(?:[-–—]|to|or) ?)?{_SMALL} {_WORK}"
           r"(?P<unit>hours?|days?|weeks?|months?)(?:['’] time)?\b", _counted),
    _plain(rf"\b(?:the )?end of {_MONTH}(?: (?P<year>20\d\d))?\b", _month_end),
    _plain(rf"\bmid[- ]{_MONTH}\b", _mid_month),
    _plain(r"\bthe (?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)\b(?! (?:of |time|floor|party|release|batch|version))",
           _ordinal),
    _vague(rf"(?:[上下]午|中午|晚上)?(?:(?:{NUMBER}|两)[点點](?:半|整|钟)?|(?<!\d)\d{{1,2}}[:：]\d\d)(?=之?前|以前)", _today),
    _vague(r"下班(?=之?前|以前|后|[发给交报])", _today),
    _vague(r"(?<![今明昨后天日一二三四五六号])(?:上午|下午|傍晚|晚上|今早)(?=[前给发把之完]|我|打|就)", _today),
    _vague(r"(?:本|这个?)(?:周|星期|礼拜)之?内?(?![一二三四五六日天末初])|(?<![一下上两\d个])周内", _week(0)),
    _vague(r"下个?(?:周|星期|礼拜)之?内?(?![一二三四五六日天末初中])", _week(1)),
    _vague(r"(?<!下)(?:本|这个?)?周末(?!愉快|快乐)", _week(0, 6)),
    _vague(r"下周末", _week(1, 6)),
    _vague(r"(?:本|这个?|当)月之?内?(?![初中底末\d])|(?<![个\d一二三四五六七八九十])月内", _end_of("month", 0)),
    _vague(r"下个?月之?内?(?![初中底末\d一二三四五六七八九十])", _end_of("month", 1)),
    _vague(r"(?:今|本)?年内", _end_of("year", 0)),
    _limit(rf"{_UP_TO}(?P<n>{NUMBER}|两) ?个? ?(?P<work>工作)(?P<unit>日|天)(?:之?内|以内)?", _counted),
    _limit(rf"{_UP_TO}(?P<n>{NUMBER}|两) ?(?P<work>)(?P<unit>天|日|周|个?星期)(?:之|以)?内", _counted),
    _limit(rf"{_UP_TO}(?P<n>{NUMBER}|两) ?(?P<work>)(?P<unit>个?小时|个?钟头|个月)(?:之|以)?内", _counted),
    _plain(rf"(?<!\d)(?P<month>{NUMBER})月(?:份)?[底末]", _chinese_month_end),
    _plain(rf"(?<!\d)(?P<month>{NUMBER})月(?:份)?(?P<third>[上中下])旬", _third_of_month),
)  # fmt: skip

# Whether a sentence can hold a day at all: most do not, and are not read for one.
HINT: Final = re.compile(
    r"\d|[今明后後]天|[今明]日|[今明]晚|[今明]早|周|週|星期|礼拜|禮拜|月|年|[两三四五六七八九十一几]个?(?:天|日|工作日|小时)"
    r"|下班|[上下]午|傍晚|晚上|节前|季度|号前|號前"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|to(?:day|night|morrow)\b|tmrw?\b"
    r"|\b(?:this|next|the|end of|first) (?:\w+ )?(?:week|month|quarter|year|day|business|thing|morning"
    r"|afternoon|evening|hour)|\b(?:with)?in \w+ (?:\w+ )?(?:hour|day|week|month)"
    rf"|\b{_MONTH}\b|\bEO[DWMQYB]\b|\bCOB\b|close of",
    re.IGNORECASE,
)
_LIMIT_BEFORE: Final = re.compile(
    r"(?:\b(?:by|before|due|no later than|not later than|latest|at the latest|within)"
    r"|最晚|最迟|不晚于|截止到?|截至|赶在)(?: the| at the latest| latest| on)?[ :：]*$",
    re.IGNORECASE,
)
_LIMIT_AFTER: Final = re.compile(
    r"[\s,(]*at the latest\b|[\s,(]*latest\b|\s*(?:之?前(?!往)|以前|之?内|截止|为止)"
)
_OTHER_BEFORE: Final = re.compile(
    r"(?:\b(?:since|from|(?<!end )(?<!close )(?<!morning )(?<!evening )of|after|between|as of|dated"
    r"|until|till|last|past|not before|except(?: on)?)"
    r"|自|从|自从|到|至|等到)(?: the)? *$",
    re.IGNORECASE,
)
_OTHER_AFTER: Final = re.compile(
    r" ?(?:at the earliest|or later|onwards?\b|(?:and|or) (?:mon|tue|wed|thu|fri|sat|sun))"
    r"|['’]s (?!end)| (?:meeting|call|session|version|release|build|e-?mail|mail|deadline|workshop)s?\b"
    r"|的|起|以来|之?后(?!天)|以后|[到至—~～]|例会|会议|的会",
    re.IGNORECASE,
)
_FOR: Final = re.compile(r"\b(?:for|before|by|in time for|ahead of|at) (?:the )?$", re.IGNORECASE)
_JOINED: Final = re.compile(r"[\s,，（(]*(?:of |on )?[\s]*")


def terms_in(sentence: str, written_on: date) -> list[Term]:
    """The days in `sentence` on which something is due, seen from the day it was written."""
    terms = []
    for found in _together(sentence, _apart(sentence, written_on)):
        if found.day < written_on or _is_other(sentence, found):
            continue
        around = term_around(sentence, FoundDay(found.day, found.start, found.end))
        start, end = around.start, around.end
        if limit := _LIMIT_BEFORE.search(sentence[: found.start]):
            start = min(start, limit.start())
        start -= sentence[start - 1 : start] in {"在", "于", "於"}
        after = _LIMIT_AFTER.match(sentence[end:])
        if after:
            end += after.end()
        said = sentence[found.start : end].rstrip(" .,，")
        end = found.start + len(said)
        firm = bool(
            found.limit
            or limit
            or after
            or said.endswith(("前", "内"))
            or said.startswith("within")
        )
        terms.append(Term(found.day, start, end, firm))
    return terms


def _is_other(sentence: str, found: _Found) -> bool:
    """Whether the day is spoken of without anything being due then."""
    before = sentence[: found.start]
    if _OTHER_BEFORE.search(before) and not _LIMIT_BEFORE.search(before):
        return True
    after = _OTHER_AFTER.match(sentence[found.end :])
    return after is not None and not _FOR.search(before)


def _all(sentence: str, today: date) -> Iterator[_Found]:
    for pattern, read, vague, limit in _FORMS:
        for hit in pattern.finditer(sentence):
            try:
                yield _Found(read(hit, today), *hit.span(), vague, limit)
            except (ValueError, OverflowError):
                continue  # 二月三十 and the like
    for day in days_in(sentence, today=today, ahead=True):
        yield _Found(day.day, day.start, day.end, vague=False)


def _apart(sentence: str, today: date) -> list[_Found]:
    """Every day in its order; of two that overlap the longer one, of two alike that of mail."""
    kept: list[_Found] = []
    for hit in sorted(_all(sentence, today), key=lambda f: (f.start - f.end, f.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda f: f.start)


def _together(sentence: str, days: list[_Found]) -> Iterator[_Found]:
    """The days, with what stands side by side ("Thursday, 3 December", 明天下班前) as one."""
    one: _Found | None = None
    for found in days:
        if one is not None and _JOINED.fullmatch(sentence, one.end, found.start):
            surer = max(one, found, key=lambda f: (not f.vague, _has_digit(sentence, f)))
            closed = sentence[one.end : found.start].strip() in {"(", "（"}
            end = found.end + (closed and sentence[found.end : found.end + 1] in {")", "）"})
            one = surer._replace(start=one.start, end=end, limit=one.limit or found.limit)
            continue
        if one is not None:
            yield one
        one = found
    if one is not None:
        yield one


def _has_digit(sentence: str, found: _Found) -> bool:
    return any(c.isdigit() for c in sentence[found.start : found.end])
