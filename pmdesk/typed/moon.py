"""The Chinese lunar calendar from 1900 to 2100: its days as those of the sun, leap months among them.

Source: lunar-python 1.4.8 (MIT), which computes new moons and solar terms for 120° east by the rules of
GB/T 33661-2017; `packaging/lunar_table.py` makes the table.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_FIRST_DAY: Final = date(1900, 1, 31)
# A year: in its highest digits the month that has a leap month after it, below a bit for each month
# from the first on, set where it has 30 days.
_YEARS: Final = (
    "116d2 00752 00ea5 0b64a 0064b 00a9b 09556 0056a 00b59 05752 00752 0db25 00b25 00a4b 0b4ab 002ad "
    "0056b 04b69 00da9 0fd92 00e92 00d25 0ba4d 00a56 002b6 095b5 006d4 00ea9 05e92 00e92 0cd26 0052b "
    "00a57 0b2b6 00b5a 006d4 06ec9 00749 0f693 00a93 0052b 0ca5b 00aad 0056a 09b55 00ba4 00b49 05a93 "
    "00a95 0f52d 00536 00aad 0b5aa 005b2 00da5 07d4a 00d4a 10a95 00a97 00556 0cab5 00ad5 006d2 08ea5 "
    "00ea5 0064a 06c97 00a9b 0f55a 0056a 00b69 0b752 00b52 00b25 0964b 00a4b 114ab 002ad 0056d 0cb69 "
    "00da9 00d92 09d25 00d25 15a4d 00a56 002b6 0c5b5 006d5 00ea9 0be92 00e92 00d26 06a56 00a57 114d6 "
    "0035a 006d5 0b6c9 00749 00693 0952b 0052b 00a5b 0555a 0056a 0fb55 00ba4 00b49 0ba93 00a95 0052d "
    "08aad 00ab5 135aa 005d2 00da5 0dd4a 00d4a 00c95 0952e 00556 00ab5 055b2 006d2 0cea5 00725 0064b "
    "0ac97 00cab 0055a 06ad6 00b69 17752 00b52 00b25 0da4b 00a4b 004ab 0a55b 005ad 00b6a 05b52 00d92 "
    "0fd25 00d25 00a55 0b4ad 004b6 005b5 06daa 00ec9 11e92 00e92 00d26 0ca56 00a57 004d6 086d5 00755 "
    "00749 06e93 00693 0f52b 0052b 00a5b 0b55a 0056a 00b65 0974a 00b4a 11a95 00a95 0052d 0caad 00ab5 "
    "005aa 08ba5 00da5 00d4a 07c95 00c96 0f94e 00556 00ab5 0b5b2 006d2 00ea5 08e4a 0068b 10c97 004ab "
    "0055b 0cad6 00b6a 00752 09725 00b45 00a8b 0549b 004ab "
)
_MONTHS: Final = "正二三四五六七八九十冬腊"
_TENS: Final = ("初", "十", "廿", "三")
_DIGITS: Final = "十一二三四五六七八九"


class LunarDay(NamedTuple):
    """A day of the lunar calendar; `leap` says that its month is the one put in after that of its number."""

    year: int
    month: int
    day: int
    leap: bool = False


class _Year(NamedTuple):
    begins: date
    leap: int
    lengths: tuple[int, ...]


@lru_cache(maxsize=1)
def _years() -> tuple[_Year, ...]:
    years, begins = [], _FIRST_DAY
    for text in _YEARS.split():
        leap, long = divmod(int(text, 16), 1 << 13)
        lengths = tuple(29 + (long >> place & 1) for place in range(13 if leap else 12))
        years.append(_Year(begins, leap, lengths))
        begins += timedelta(days=sum(lengths))
    return tuple(years)


def _year(year: int) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no lunar year {year}")
    return _years()[year - FIRST_YEAR]


def leap_month(year: int) -> int:
    """The month of a lunar year after which a leap month is put in, 0 where there is none; raises ValueError."""
    return _year(year).leap


def lunar_of(day: date) -> LunarDay:
    """The lunar day of a day; raises ValueError outside of the table."""
    year = day.year
    if not FIRST_YEAR <= year <= LAST_YEAR + 1 or day < _FIRST_DAY:
        raise ValueError(f"no lunar day of {day}")
    if year > LAST_YEAR or day < _year(year).begins:
        year -= 1
    begins, leap, lengths = _year(year)
    rest = (day - begins).days
    for place, length in enumerate(lengths):
        if rest < length:
            after = bool(leap) and place >= leap
            return LunarDay(year, place + 1 - after, rest + 1, leap=after and place == leap)
        rest -= length
    raise ValueError(f"no lunar day of {day}")


def day_of(lunar: LunarDay) -> date:
    """The day on which a lunar day falls; raises ValueError where that year has no such day."""
    begins, leap, lengths = _year(lunar.year)
    if not 1 <= lunar.month <= 12 or (lunar.leap and lunar.month != leap):
        raise ValueError(f"no month {lunar}")
    place = lunar.month - 1 + (lunar.leap or 0 < leap < lunar.month)
    if not 1 <= lunar.day <= lengths[place]:
        raise ValueError(f"no day {lunar}")
    return begins + timedelta(days=sum(lengths[:place]) + lunar.day - 1)


def in_lunar_year(month: int, day: int, year: int, *, leap: bool = False) -> date:
    """The day on which a lunar day of every year is kept in a lunar year; raises ValueError.

    A leap month comes again only after many years: until then its days are kept in the month of the
    same number. The thirtieth of a month that has 29 days is kept on its last day.
    """
    _, put_in, lengths = _year(year)
    as_leap = leap and put_in == month
    place = month - 1 + (as_leap or 0 < put_in < month)
    last = lengths[place] if 1 <= month <= 12 else 0
    return day_of(LunarDay(year, month, min(day, last) if day <= 30 else day, as_leap))


def month_day(month: int, day: int, *, leap: bool = False) -> str:
    """A lunar day as Chinese writes it: 八月十五, 闰四月初十, 腊月三十."""
    return f"{'闰' if leap else ''}{_MONTHS[month - 1]}月{_day_text(day)}"


def lunar_text(day: date) -> str:
    """The lunar day of a day as Chinese writes it, nothing outside of the table."""
    try:
        _, month, number, leap = lunar_of(day)
    except ValueError:
        return ""
    return month_day(month, number, leap=leap)


def _day_text(day: int) -> str:
    if day in (20, 30):
        return {20: "二十", 30: "三十"}[day]
    tens, ones = divmod(day, 10)
    if day == 10:
        return "初十"
    return f"{_TENS[tens]}{_DIGITS[ones]}"
