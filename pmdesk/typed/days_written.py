"""Days that are named by month and day, and how else they may be written."""

import re
from datetime import date
from typing import Final, NamedTuple

from pmdesk.typed.days import open_days_in
from pmdesk.typed.fold import folded

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NAMED: Final = re.compile(
    rf"\d ?月 ?\d|(?:{'|'.join(month[:3] for month in _MONTHS)})[a-z.]* ?\d"
    rf"|\d[a-z.]* ?(?:of )?(?:{'|'.join(month[:3] for month in _MONTHS)})",
    re.IGNORECASE,
)


class WrittenDay(NamedTuple):
    """A day named in a text from `start` up to `end`: without a year the last and the coming one."""

    start: int
    end: int
    days: tuple[date, ...]
    has_year: bool

    def forms(self) -> tuple[str, ...]:
        """The same day as texts write it."""
        day = self.days[0]
        month, n = _MONTHS[day.month - 1], day.day
        if not self.has_year:
            return (f"{day.month}月{n}日", f"{n} {month}", f"{n} {month[:3]}", f"{month} {n}", f"{month[:3]} {n}")  # fmt: skip
        year = day.year
        return (
            f"{year}-{day.month:02}-{n:02}", f"{year}-{day.month}-{n}", f"{year}年{day.month}月{n}日",
            f"{n} {month} {year}", f"{n} {month[:3]} {year}", f"{month} {n}, {year}", f"{month[:3]} {n}, {year}",
        )  # fmt: skip


def written_days(text: str, *, today: date) -> list[WrittenDay]:
    """The days that `text` names by month and day, in digits or with the month's name, in its order."""
    found = []
    plain = folded(text)
    for one in open_days_in(plain, today=today):
        piece = plain[one.start : one.end]
        has_year = bool(_YEAR.match(piece) or _YEAR.search(piece[-4:]))
        if has_year or _NAMED.search(piece):
            days = dict.fromkeys((one.behind, one.coming))
            found.append(WrittenDay(one.start, one.end, tuple(days), has_year))
    return found
