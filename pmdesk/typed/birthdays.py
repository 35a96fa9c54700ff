"""Birthdays as they are stored and typed: a day whose year may be unknown, of the sun's or the moon's calendar.

Stored as ISO 8601 writes days, 1985-08-15, and without its year --08-15 (so vCard does, RFC 6350 4.3.1).
By the lunar calendar month and day are its own; a leap month bears an L, as in RFC 7529: --04L-10.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from pmdesk.typed.fold import folded
from pmdesk.typed.moon import FIRST_YEAR, LAST_YEAR, in_lunar_year, lunar_of
from pmdesk.typed.numbers import NUMBER, whole

_STORED: Final = re.compile(r"(?:(\d{4})|-)-(\d\d)(L?)-(\d\d)")
# A month and a day that every calendar has with this year, which has a 29 February.
_LEAP_YEAR: Final = 2000
_PARTS: Final = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*|--)?(?P<month>\d{1,2})(?P<leap>L?)\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"(?:(?P<year>(?:19|20)\d\d)|--)(?P<month>\d\d)(?P<day>\d\d)")
_LUNAR: Final = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d)\s*年?\s*)?(?P<leap>闰|閏)?(?P<month>正|冬|腊|臘|{NUMBER})月"
    rf"\s*(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|{NUMBER}|[二三]十)[日号]?"
)
_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_SAYS_LUNAR: Final = re.compile(r"农历|農曆|阴历|陰曆|旧历|舊曆|lunar", re.IGNORECASE)
_SAYS_SOLAR: Final = re.compile(r"公历|阳历|新历|國曆|solar", re.IGNORECASE)
_MOON_ONLY: Final = re.compile(r"正月|冬月|腊月|臘月|闰|閏|初[一二三四五六七八九十]|廿")


class Birthday(NamedTuple):
    """A day of every year, with the year of birth where it is known; `leap` belongs to the moon alone."""

    month: int
    day: int
    year: int | None = None
    leap: bool = False

    @property
    def stored(self) -> str:
        """As it stands in the journal."""
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}{'L' if self.leap else ''}-{self.day:02}"


def stored_birthday(text: str, *, lunar: bool) -> Birthday:
    """What is stored as a value; raises ValueError for a day that its calendar never has."""
    hit = _STORED.fullmatch(text)
    if hit is None:
        raise ValueError(text)
    born = Birthday(int(hit[2]), int(hit[4]), int(hit[1]) if hit[1] else None, bool(hit[3]))
    if lunar:
        if not (1 <= born.month <= 12 and 1 <= born.day <= 30):
            raise ValueError(text)
    elif born.leap:
        raise ValueError(text)
    else:
        date(born.year or _LEAP_YEAR, born.month, born.day)
    return born


def typed_birthday(text: str) -> tuple[Birthday, bool | None]:
    """A birthday as typed, and whether it says its calendar: True the moon's, False the sun's, None neither.

    Understood are 1985-08-15, 8-15, --0815, 1985年8月15日, 农历八月十五, 闰四月初十. Raises ValueError.
    """
    plain = folded(text).strip()
    says = True if _SAYS_LUNAR.search(plain) or _MOON_ONLY.search(plain) else None
    if _SAYS_SOLAR.search(plain):
        says = False
    plain = _SAYS_SOLAR.sub("", _SAYS_LUNAR.sub("", plain)).strip(" :,()")
    if hit := _PARTS.fullmatch(plain) or _COMPACT.fullmatch(plain):
        leap = bool(hit.groupdict().get("leap"))
        born = Birthday(int(hit["month"]), int(hit["day"]), _year(hit["year"]), leap)
        return stored_birthday(born.stored, lunar=says or leap) and born, says or (
            True if leap else says
        )
    hit = _LUNAR.fullmatch(plain)
    if hit is None:
        raise ValueError(text)
    month = _MONTHS.get(hit["month"]) or whole(hit["month"])
    born = Birthday(month, _day(hit["day"]), _year(hit["year"]), bool(hit["leap"]))
    return stored_birthday(born.stored, lunar=bool(says)) and born, says


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _day(text: str) -> int:
    if text.startswith("初"):
        return whole(text[1:])
    if text.startswith("廿"):
        return 20 + (whole(text[1:]) if text[1:] else 0)
    return {"二十": 20, "三十": 30}.get(text) or whole(text)


def next_birthday(born: Birthday, today: date, *, lunar: bool) -> date | None:
    """The first day from `today` on on which it is kept; None beyond the table of the moon."""
    if not lunar:
        for year in (today.year, today.year + 1):
            day = _of_sun(born, year)
            if day >= today:
                return day
    if not FIRST_YEAR < today.year < LAST_YEAR:
        return None
    first = lunar_of(today).year
    days = (in_lunar_year(born.month, born.day, y, leap=born.leap) for y in (first, first + 1))
    return next((day for day in days if day >= today), None)


def _of_sun(born: Birthday, year: int) -> date:
    try:
        return date(year, born.month, born.day)
    except ValueError:  # 29 February
        return date(year, 2, 28)
