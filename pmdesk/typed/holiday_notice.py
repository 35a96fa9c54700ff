"""The notice by which the State Council fixes a year's holidays: its days off and make-up workdays."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 40
_YEAR: Final = re.compile(r"(20\d\d)年(?=[^。]{0,12}(?:节假日|放假|假期))")
_WEEKDAY: Final = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS: Final = "一二三四五六日"
_PART: Final = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?P<beside>\([^()]*\))?"
    r"|(?P<to>至|到|—|-|~)|(?P<off>放假|休息)|(?P<work>上班)|(?P<end>[。;\n])"
)


class Notice(NamedTuple):
    """What a notice says of a year; `doubts` are days whose weekday it tells otherwise."""

    year: int
    off: tuple[date, ...]
    work: tuple[date, ...]
    doubts: tuple[date, ...]


def read_notice(text: str, *, year: int) -> Notice:
    """The days of a notice; of `year` where it names none and its weekdays fit no other near it.

    Raises ValueError where no sentence says that a day is off, or names a day that there is not.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    named = _YEAR.search(plain)
    if named:
        return _read(plain, int(named[1]))
    readings = [_read(plain, one) for one in (year, year + 1, year - 1)]
    return min(readings, key=lambda one: len(one.doubts))


def _read(plain: str, year: int) -> Notice:
    off: set[date] = set()
    work: set[date] = set()
    doubts: list[date] = []
    for days, is_off in _sentences(plain, year, doubts):
        (off if is_off else work).update(days)
    if not off:
        raise ValueError(plain[:80])
    return Notice(year, tuple(sorted(off - work)), tuple(sorted(work)), tuple(doubts))


def _sentences(plain: str, year: int, doubts: list[date]) -> Iterator[tuple[list[date], bool]]:
    """Days with whether they are off, as the notice says of one run after another."""
    days: list[date] = []
    month, is_range = 0, False
    for hit in _PART.finditer(plain):
        if hit["day"]:
            month = int(hit["month"] or month)
            one = date(int(hit["year"] or year), month, int(hit["day"]))
            told = _WEEKDAY.search(hit["beside"] or "")
            if told and _WEEKDAYS.index(told[1].replace("天", "日")) != one.weekday():
                doubts.append(one)
            if is_range and days:
                length = (one - days[-1]).days
                if not 0 < length <= _LONGEST:
                    raise ValueError(hit[0])
                days += [days[-1] + _DAY * n for n in range(1, length + 1)]
            else:
                days.append(one)
            is_range = False
        elif hit["to"]:
            is_range = bool(days)
        elif hit["end"]:
            days, is_range = [], False
        else:
            if days:
                yield days, bool(hit["off"])
            days, is_range = [], False
