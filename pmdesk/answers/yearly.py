"""When a day of every year comes, by the calendar of the sun or that of the moon."""

from datetime import date, timedelta
from typing import Final

from pmdesk.typed.moon import FIRST_YEAR, LAST_YEAR, in_lunar_year, lunar_of

# A day of every year that passed and was not seen to is owed for so long.
_STAYS: Final = timedelta(days=14)


def next_in_year(day: date, today: date, *, lunar: bool = False) -> date:
    """The next time, from `today` on, that a day of every year comes; not before its first.

    By the lunar calendar it comes on its own lunar day; beyond the years that are known of that, on
    the day of the sun's.
    """
    first = max(today, day)
    if lunar and day.year > FIRST_YEAR and first.year < LAST_YEAR:
        kept = lunar_of(day)
        began = lunar_of(first).year
        for year in (began, began + 1):
            comes = in_lunar_year(kept.month, kept.day, year, leap=kept.leap)
            if comes >= first:
                return comes
    this_year = _in_year(day, first.year)
    return this_year if this_year >= today else _in_year(day, this_year.year + 1)


def standing_in_year(
    day: date, today: date, *, done: date | None = None, lunar: bool = False
) -> date:
    """The time at which a day of every year stands at `today`.

    One that passed stands for two weeks, then it is the next; what was `done` on a day settles the
    time it is nearest to and those before.
    """
    stands = next_in_year(day, today - _STAYS, lunar=lunar)
    if done is not None and stands <= (settled := _nearest_in_year(day, done, lunar=lunar)):
        stands = next_in_year(day, settled + timedelta(days=1), lunar=lunar)
    return stands


def _nearest_in_year(day: date, done: date, *, lunar: bool) -> date:
    after = next_in_year(day, done, lunar=lunar)
    before = max(day, _before(day, after, lunar=lunar))
    return before if done - before < after - done else after


def _before(day: date, after: date, *, lunar: bool) -> date:
    """The time before that one."""
    if lunar and FIRST_YEAR + 1 < after.year < LAST_YEAR:
        kept = lunar_of(day)
        return in_lunar_year(kept.month, kept.day, lunar_of(after).year - 1, leap=kept.leap)
    return _in_year(day, after.year - 1)


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
