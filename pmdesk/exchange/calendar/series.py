"""When an event that repeats takes place within a window (RFC 5545, 3.3.10)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any, Final

from pmdesk.exchange.calendar.values import Moment

_SOME: Final = 2_000
_OFTEN: Final = frozenset(("SECONDLY", "MINUTELY", "HOURLY"))
# The calendar repeats every 400 years. A rule that never holds is followed to the year 9999:
# nineteen times 400 years later that end is near.
_LATER: Final = 19 * 400
_EARLIEST: Final = 1900
_LATEST: Final = 2300
_PARTS: Final = frozenset(
    (
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYYEARDAY",
        "BYWEEKNO", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS",
    )
)  # fmt: skip


class RuleNotUnderstood(ValueError):
    """A rule that says nothing."""


class RepeatsTooOften(ValueError):
    """A rule by the hour or below: no meeting repeats so."""


def wall(moment: Moment) -> datetime:
    """The wall clock of a moment, midnight of a day."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def like(moment: datetime, start: Moment) -> Moment:
    """A wall clock as a day or a moment of the kind and the zone that `start` has."""
    if isinstance(start, datetime):
        return moment.replace(tzinfo=start.tzinfo)
    return moment.date()


def key_of(moment: Moment) -> str:
    """What names a day of a series: the instant, or the wall clock of one without a zone."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%dT%H%M%S}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"


def occurrences(
    start: Moment,
    rules: Sequence[Mapping[str, Sequence[Any]]],
    more: Iterable[Moment],
    first: date,
    last: date,
) -> list[Moment]:
    """When it takes place from `first` to `last`; raises RuleNotUnderstood and RepeatsTooOften."""
    begins = wall(start)
    if not _EARLIEST <= begins.year <= _LATEST:
        raise RuleNotUnderstood
    found = {begins, *(in_zone_of(moment, start) for moment in more)}
    for rule in rules:
        found.update(_by_rule(begins, rule, start, first, last))
    inside = (moment for moment in sorted(found) if first <= moment.date() <= last)
    return [like(moment, start) for moment in islice(inside, _SOME)]


def in_zone_of(moment: Moment, start: Moment) -> datetime:
    """The wall clock of a moment in the zone of `start`; a day has the hour of `start`."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, wall(start).time())
    if isinstance(start, datetime) and start.tzinfo and moment.tzinfo:
        return wall(moment.astimezone(start.tzinfo))
    return wall(moment)


def _by_rule(
    begins: datetime, rule: Mapping[str, Sequence[Any]], start: Moment, first: date, last: date
) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr  # comes with the library of calendars: loaded where one is

    parts = {name.upper(): list(value) for name, value in rule.items() if name.upper() in _PARTS}
    if {str(value).upper() for value in parts.get("FREQ", ())} & _OFTEN:
        raise RepeatsTooOften
    ends = [
        in_zone_of(moment, start) for moment in parts.pop("UNTIL", ()) if isinstance(moment, date)
    ]
    ends = [
        datetime.combine(end, time.max) if not isinstance(moment, datetime) else end
        for end, moment in zip(ends, rule.get("UNTIL", ()), strict=False)
    ]
    text = ";".join(f"{name}={','.join(map(_told, value))}" for name, value in parts.items())
    try:
        rrule = rrulestr(text, dtstart=begins.replace(year=begins.year + _LATER))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise RuleNotUnderstood from error
    until = min([datetime.combine(last, time.max), *ends])
    try:
        for later in rrule:
            moment = later.replace(year=later.year - _LATER)
            if moment > until:
                return
            if moment.date() >= first:
                yield moment
    except (ValueError, OverflowError, IndexError) as error:
        raise RuleNotUnderstood from error


def _told(value: Any) -> str:
    return str(value)
