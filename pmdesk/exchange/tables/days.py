"""Days and moments of a cell, in the forms that spreadsheets and trackers write.

2026-11-03, 2026/11/3, 3.11.2026, 11/3/2026 (by the order that the table has), 2026年11月3日,
03/Nov/26 3:54 PM (Jira, the month as the exporter's language names it), Nov 3, 2026, the serial
numbers of Excel (days since 30 December 1899), ISO moments with a zone.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal

from pmdesk.exchange.tables.values import Cell, plain
from pmdesk.typed.clocks import time_in
from pmdesk.typed.days import day
from pmdesk.typed.fold import folded

# Whether the day or the month stands first where only numbers tell.
Order = Literal["dmy", "mdy"]

_EXCEL_FIRST: Final = date(1899, 12, 30)
_MONTHS: Final = 12
_LONGEST: Final = 80
_SERIALS: Final = range(20_000, 80_000)
# Languages beside English and Chinese in which trackers name months.
_LOCALES: Final = ("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_NUMBERS: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})\.?[-/ ]?\s*([^\W\d_]+)\.?,?[-/ ]\s*(\d{4}|\d{2})")
_MONTH_DAY: Final = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NUMBERED_MONTH: Final = re.compile(r"(\d{1,2})[-/ ](\d{1,2})月[-/ ](\d{4}|\d{2})")
_BEHIND: Final = re.compile(r"(\d{1,2}:\d\d(?::\d\d)?) ?(上午|下午)")  # as Jira puts it
_NOON: Final = re.compile(r"上午|下午|[ap]\.?m\.?\b")
_ZONE: Final = re.compile(r"\s*(?:utc|gmt|z)?(?:[+-]\d{1,2}:?(?:\d\d)?)?\s*$")
_WEEKDAY: Final = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+|[(（]?(?:星期|周|週)[一二三四五六日天][)）]?"
)
_HAS_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class NoDay(ValueError):
    """A cell that says no day."""


def moment_of(cell: Cell, order: Order = "dmy") -> date | datetime | None:
    """The day of a cell, with its time where it tells one; None where nothing stands there.

    A moment is naive unless it tells its zone. Raises NoDay.
    """
    match cell:
        case datetime() | date():
            return cell
        case bool() | time():
            raise NoDay(plain(cell))
        case int() | float():
            return _serial(float(cell))
    text = " ".join(folded(plain(cell)[:1_000]).removeprefix("'").split())
    if not text:
        return None
    if len(text) > _LONGEST:
        raise NoDay(text[:_LONGEST])
    try:
        return _read(text, order)
    except NoDay:
        raise
    except (ValueError, OverflowError) as error:
        raise NoDay(text) from error


def is_open(cell: Cell) -> bool:
    """Whether a cell is a day that is read two ways over the world, and they differ."""
    if not isinstance(cell, str):
        return False
    try:
        return moment_of(cell, "dmy") != moment_of(cell, "mdy")
    except NoDay:
        return False


def order_told(cell: Cell) -> Order | None:
    """The order that a cell can only be read in, as 13/11/2026 can; None where it tells nothing."""
    hit = _NUMBERS.match(folded(cell).strip()) if isinstance(cell, str) else None
    if hit is None or hit[2] == ".":
        return None
    first, second = int(hit[1]) <= _MONTHS, int(hit[3]) <= _MONTHS
    if first == second:
        return None
    return "mdy" if first else "dmy"


def _read(text: str, order: Order) -> date | datetime:
    if _SERIAL.fullmatch(text):
        return _serial(float(text))
    try:
        told = datetime.fromisoformat(text.replace("z", "+00:00").replace("t", "T"))
    except ValueError:
        pass
    else:
        has_clock = ":" in text
        return told if has_clock else told.date()
    text = _BEHIND.sub(r"\2\1", _WEEKDAY.sub(" ", text)).strip(" ,")
    clock = time_in(text) if ":" in text or _NOON.search(text) else None
    if clock is None:
        return _day(text, order)
    rest = f"{text[: clock.start]} {_ZONE.sub('', text[clock.end :])}"
    return datetime.combine(_day(" ".join(rest.split()).strip(" ,"), order), clock.time)


def _serial(value: float) -> date | datetime:
    """The moment of a serial number of Excel, to the minute."""
    days = int(value) if value == value and abs(value) < 1e9 else 0  # noqa: PLR0124 - NaN
    if days not in _SERIALS:
        raise NoDay(str(value))
    minutes = round((value - days) * 1440)
    on = _EXCEL_FIRST + timedelta(days=days)
    return datetime.combine(on, time()) + timedelta(minutes=minutes) if minutes else on


def _day(text: str, order: Order) -> date:
    if hit := _YEAR_FIRST.fullmatch(text):
        return date(int(hit[1]), int(hit[2]), int(hit[3]))
    if hit := _NUMBERS.fullmatch(text):
        return _by_order(int(hit[1]), int(hit[3]), _year(hit[4]), "dmy" if hit[2] == "." else order)
    if hit := _NUMBERED_MONTH.fullmatch(text):
        return date(_year(hit[3]), int(hit[2]), int(hit[1]))
    if hit := _DAY_MONTH.fullmatch(text):
        return date(_year(hit[3]), _month(hit[2]), int(hit[1]))
    if hit := _MONTH_DAY.fullmatch(text):
        return date(int(hit[3]), _month(hit[1]), int(hit[2]))
    if not _HAS_YEAR.search(text):
        raise NoDay(text)  # “Friday” was a day when the table was written
    return day(text, today=_EXCEL_FIRST)


def _by_order(first: int, second: int, year: int, order: Order) -> date:
    """The day in the order of the table, in the other one where that is none."""
    readings = ((second, first), (first, second))
    for month, number in readings if order == "dmy" else readings[::-1]:
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise NoDay(f"{first}/{second}/{year}")


def _year(text: str) -> int:
    """A year; of two digits the one that spreadsheets take: 00–29 are of this century."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _month(name: str) -> int:
    found = _months().get(name.casefold().rstrip("."))
    if found is None:
        raise NoDay(name)
    return found


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    """Months by their names and short names."""
    from babel.dates import get_month_names  # loads locale data: with the first named month

    names: dict[str, int] = {}
    for locale in ("en", *_LOCALES, "zh"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    names.setdefault(name.casefold().rstrip("."), number)
    return {**names, "sept": 9}
