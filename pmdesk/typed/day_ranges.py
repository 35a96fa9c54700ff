"""Lists of days as people type them: 2027-02-03 至 02-18、2027-05-04; written back in ranges."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from pmdesk.typed.days import day
from pmdesk.typed.fold import folded
from pmdesk.typed.lists import items

_DAY: Final = timedelta(days=1)
# No holiday is longer.
_LONGEST: Final = timedelta(days=366)
_TO: Final = re.compile(
    r"\s*(?:至|到|~|～|–|—|\.\.|/(?=\d{4})|(?<=\s)-(?=\s)|(?<=日)-|\bto\b)\s*", re.IGNORECASE
)
_OF_MONTH: Final = re.compile(r"(\d{1,2})[日号]?")


class NoDays(ValueError):
    """A `part` of a list of days is neither a day nor a range."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def days_typed(text: str, *, today: date) -> tuple[date, ...]:
    """The days of a typed list in their order, each once; raises NoDays.

    The last day of a range goes on from its first: it needs neither year nor month.
    """
    found: set[date] = set()
    for part in items(text):
        first_text, *rest = _TO.split(folded(part).strip(), maxsplit=1)
        try:
            first = day(first_text, today=today, ahead=True)
            last = _last(rest[0], first) if rest else first
        except (ValueError, OverflowError) as error:
            raise NoDays(part) from error
        if not first <= last <= first + _LONGEST:
            raise NoDays(part)
        found |= {first + _DAY * n for n in range((last - first).days + 1)}
    return tuple(sorted(found))


def _last(text: str, first: date) -> date:
    if hit := _OF_MONTH.fullmatch(text.strip()):
        return first.replace(day=int(hit[1]))
    return day(text, today=first, ahead=True)


def days_written(days: Iterable[str]) -> str:
    """Stored days as a list with ranges; one that is no day stands as it is."""
    runs: list[list[date]] = []
    others = []
    for text in days:
        try:
            one = date.fromisoformat(text)
        except ValueError:
            others.append(text)
            continue
        runs.append([one, one])
    runs.sort()
    joined: list[list[date]] = []
    for first, last in runs:
        if joined and first <= joined[-1][1] + _DAY:
            joined[-1][1] = max(last, joined[-1][1])
        else:
            joined.append([first, last])
    return ", ".join([*(_run(first, last) for first, last in joined), *others])


def _run(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    return f"{first} – {last}"
