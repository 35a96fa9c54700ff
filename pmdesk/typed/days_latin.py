"""Days in digits and in English."""

import re
from datetime import date, timedelta
from typing import Final

from pmdesk.typed.numbers import whole
from pmdesk.typed.reckoning import (
    Asked,
    Form,
    last_of,
    nearest,
    of_month,
    of_week,
    possible,
    without_year,
)

_MONTHS: Final = (
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
)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHIFTS: Final = {
    "today": 0, "tonight": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1, "yesterday": -1,
    "day after tomorrow": 2, "day before yesterday": -2, "last night": -1, "this morning": 0,
    "this afternoon": 0, "this evening": 0,
}  # fmt: skip
_ENDS: Final = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}

_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMBER: Final = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_ORDINAL: Final = r"(?P<day>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
_YEAR: Final = r"(?:[ ,.-]{1,2}(?P<year>(?:19|20)\d\d))?"
_WEEKDAY: Final = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\.?"
)
_COUNT: Final = r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_UNIT: Final = r"(?P<unit>days?|d|weeks?|wks?|w)"


def _iso(hit: re.Match[str], _asked: Asked) -> date:
    return date(int(hit[1]), int(hit[2]), int(hit[3]))


def _month_and_day(hit: re.Match[str], asked: Asked) -> date:
    first, second = int(hit[1]), int(hit[2])
    if first > 12 >= second:
        first, second = second, first
    return without_year(first, second, asked)


def _day_first(hit: re.Match[str], _asked: Asked) -> date:
    return date(int(hit[3]), int(hit[2]), int(hit[1]))


def _either_first(hit: re.Match[str], _asked: Asked) -> date:
    """3/12/2026 is read two ways over the world: only what has one reading is taken."""
    first, second, year = (int(part) for part in hit.groups())
    readings = {*possible((year,), first, second), *possible((year,), second, first)}
    if len(readings) != 1:
        raise ValueError(hit[0])
    return readings.pop()


def _named_month(hit: re.Match[str], asked: Asked) -> date:
    month, number = _MONTHS.index(hit["month"][:3].lower()) + 1, int(hit["day"])
    if hit["year"]:
        return date(int(hit["year"]), month, number)
    return without_year(month, number, asked)


def _shift(hit: re.Match[str], asked: Asked) -> date:
    return asked.today + timedelta(days=_SHIFTS[hit["shift"].lower()])


def _counted(hit: re.Match[str], asked: Asked) -> date:
    days = whole(hit["n"]) * (7 if hit["unit"] and hit["unit"][0] in "wW" else 1)
    return asked.today + timedelta(days=-days if hit["back"] in ("-", "ago") else days)


def _weekday(hit: re.Match[str], asked: Asked) -> date:
    number = _WEEKDAYS.index(hit["weekday"][:3].lower())
    which = (hit["which"] or "").strip().lower()
    week = (hit.groupdict().get("week") or "").lower()
    if week:
        return of_week(number, {"last": -1, "this": 0, "next": 1}[week], asked)
    if which == "last":
        return asked.today - timedelta(days=(asked.today.weekday() - number - 1) % 7 + 1)
    return of_week(number, {"this": 0, "next": 1}.get(which), asked)


def _day_of_month(hit: re.Match[str], asked: Asked) -> date:
    shift = None if not hit["which"] else {"this": 0, "next": 1}[hit["which"].lower()]
    return of_month(int(hit["day"]), shift, asked)


def _end(hit: re.Match[str], asked: Asked) -> date:
    return last_of(_ENDS[hit[0].lower()], 0, asked.today)


def _end_in_words(hit: re.Match[str], asked: Asked) -> date:
    return last_of(hit["unit"].lower(), 1 if hit["next"] else 0, asked.today)


def _end_of_month(hit: re.Match[str], asked: Asked) -> date:
    month, year = _MONTHS.index(hit["month"][:3].lower()) + 1, asked.today.year
    return nearest(
        [last_of("month", 0, date(y, month, 1)) for y in (year - 1, year, year + 1)], asked
    )


def _end_of_quarter(hit: re.Match[str], asked: Asked) -> date:
    month, year = 3 * int(hit["quarter"]), asked.today.year
    years = (int(hit["year"]),) if hit["year"] else (year - 1, year, year + 1)
    return nearest([last_of("month", 0, date(y, month, 1)) for y in years], asked)


def _form(pattern: str) -> re.Pattern[str]:
    """Not inside a word, an address or a longer number; a full stop may follow."""
    return re.compile(
        rf"(?<![A-Za-z0-9_./-])(?<!\d:)(?:{pattern})(?![A-Za-z0-9_/-]|[.:]\d)", re.IGNORECASE
    )


FORMS: Final[tuple[Form, ...]] = (
    (_form(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})"), _iso),
    (_form(r"(20\d\d)(\d\d)(\d\d)"), _iso),
    (_form(r"(\d{1,2})[-/](\d{1,2})"), _month_and_day),
    (_form(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)"), _day_first),
    (_form(r"(\d{1,2})[-/](\d{1,2})[-/]((?:19|20)\d\d)"), _either_first),
    (_form(rf"{_NUMBER}\.?[ -]?(?:of )?{_MONTH}{_YEAR}"), _named_month),
    (_form(rf"{_MONTH} ?{_NUMBER}{_YEAR}"), _named_month),
    (_form(rf"(?:the )?(?P<shift>{'|'.join(_SHIFTS)})"), _shift),
    (_form(rf"(?P<back>[+-])(?P<n>\d{{1,3}}) ?{_UNIT}?"), _counted),
    (_form(rf"(?P<back>(?:with)?in) (?:the next )?{_COUNT} {_UNIT}"), _counted),
    (_form(rf"{_COUNT} {_UNIT} (?P<back>ago)"), _counted),
    (_form(rf"(?<!every )(?<!each )(?P<which>(?:this(?: coming)?|coming|next|last) )?{_WEEKDAY}"), _weekday),
    (_form(rf"(?P<which>){_WEEKDAY} (?:of )?(?P<week>this|next|last) week"), _weekday),
    (_form(rf"(?P<which>)(?P<week>this|next|last) week(?: on)? {_WEEKDAY}"), _weekday),
    (_form(rf"(?:(?<=on )|(?<=by )|(?<=before )|(?<=until )|(?<=due ))the {_ORDINAL}"
           r"(?: of (?P<which>this|next) month)?"), _day_of_month),
    (_form(rf"^(?:the )?{_ORDINAL}(?P<which>)$"), _day_of_month),
    (_form("|".join(_ENDS)), _end),
    (_form(rf"(?:the )?end of {_MONTH}"), _end_of_month),
    (_form(r"(?:the )?end of (?:the |this |(?P<next>next ))?(?P<unit>week|month|quarter|year)"),
     _end_in_words),
    (_form(r"(?:(?<=by )|(?<=before )|(?<=until )|(?:the )?end of )q(?P<quarter>[1-4])(?: (?P<year>20\d\d))?"),
     _end_of_quarter),
    (_form(r"(?P<next>next )?(?P<unit>month|quarter|year)[ -]end"), _end_in_words),
)  # fmt: skip
