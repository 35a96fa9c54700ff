"""What a stretch of days is: from local midnight to local midnight, for figures and lists alike."""

from datetime import UTC, date, datetime, time, timedelta
from math import inf
from typing import Final
from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BEFORE_MIDNIGHT: Final = timedelta(microseconds=1)
Days = tuple[date | None, date | None]


def begins(days: Days, zone: ZoneInfo) -> datetime | None:
    """The moment at which the first of the days begins in `zone`; None where that end is open."""
    first, _ = days
    return None if first is None else _midnight(first, zone)


def ends(days: Days, zone: ZoneInfo) -> datetime | None:
    """The moment at which the day after the last begins, which is not in it any more."""
    _, last = days
    return None if last is None or last == date.max else _midnight(last + timedelta(days=1), zone)


def unix_times(days: Days, zone: ZoneInfo) -> tuple[float, float]:
    """The Unix times at which the days begin and end, the end not in them."""
    first, end = begins(days, zone), ends(days, zone)
    return -inf if first is None else _unix(first), inf if end is None else _unix(end)


def last_moment(days: Days, zone: ZoneInfo, *, at: datetime) -> datetime:
    """The last moment of the days, or `at` where they are not over: as things stood then."""
    end = ends(days, zone)
    return at if end is None else min(at, end - _BEFORE_MIDNIGHT)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _unix(moment: datetime) -> float:
    # not timestamp(): it refuses days of the year 1
    return (moment - _EPOCH).total_seconds()
