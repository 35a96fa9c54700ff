"""Working time: what part of a stretch of time was work, and when a deadline falls."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)
# How far the next working day may lie ahead before the calendar is taken to hold no work at all.
_HORIZON_DAYS: Final = 366 * 3
# The days a clock can be laid out for: what datetime can hold, but for the ends that zones need.
_FIRST_DAY: Final = date(1, 1, 4)
_LAST_DAY: Final = date(9999, 12, 28)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Clocks count whole microseconds, so that working times add up without rounding.
_MICROSECOND: Final = timedelta(microseconds=1)
_MINUTE: Final = timedelta(minutes=1) // _MICROSECOND
_HOUR: Final = 60 * _MINUTE
_FULL_DAY: Final = 24 * _HOUR


class Span(NamedTuple):
    """A stretch of local wall time; an end of 00:00 is the end of the day.

    One that is worked every second week only names the Monday of a week in which it is, `every`.
    """

    start: time
    end: time
    every: date | None = None

    def is_on(self, day: date) -> bool:
        """Whether it is worked in the week of a day of its weekday."""
        return self.every is None or (day - self.every).days // 7 % 2 == 0

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end as minutes since local midnight."""
        end = self.end.hour * 60 + self.end.minute
        return self.start.hour * 60 + self.start.minute, end or 24 * 60


Week = tuple[tuple[Span, ...], ...]


def in_order(spans: Sequence[Span]) -> bool:
    """Whether each span ends after it starts, and before the next one starts."""
    minutes = [span.minutes for span in spans]
    return all(start < end for start, end in minutes) and all(
        earlier[1] <= later[0] for earlier, later in pairwise(minutes)
    )


class NoWorkingTime(ValueError):
    """A working day or a deadline was asked of a calendar in which nobody works by then."""


@dataclass(frozen=True)
class CalendarRules:
    """When work is done: hours of each weekday (Monday first) in a zone, and the exceptions.

    `workdays` are make-up workdays: on these the hours of the first weekday that has any are
    worked, holiday or not. `unannounced` are years whose holidays nobody knows yet. `earlier` are
    weeks that held until a day, the earliest first. Raises ValueError for a week that has not
    seven days, or a day whose spans overlap or run back.
    """

    zone: ZoneInfo
    week: Week
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    unannounced: frozenset[int] = frozenset()
    earlier: tuple[tuple[date, Week], ...] = ()
    _counts: dict[int, list[int]] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Refuse hours that cannot be counted."""
        for week in (self.week, *(week for _, week in self.earlier)):
            if len(week) != 7 or not all(in_order(spans) for spans in week):
                raise ValueError("a week has seven days, each with its spans in order")

    def week_on(self, day: date) -> Week:
        """The week of hours that held on a day."""
        for until, week in self.earlier:
            if day < until:
                return week
        return self.week

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The working hours of a day, empty when it is free."""
        if day in self.workdays:
            return next((spans for spans in self.week_on(day) if spans), ())
        if day in self.holidays:
            return ()
        spans = self.week_on(day)[day.weekday()]
        return (
            tuple(span for span in spans if span.is_on(day))
            if any(s.every for s in spans)
            else spans
        )

    def is_workday(self, day: date) -> bool:
        """Whether anybody works on `day`."""
        return bool(self.spans_on(day))

    def next_workday(self, day: date) -> date:
        """The first working day on or after `day`; raises NoWorkingTime."""
        return self._seek(day, DAY)

    def previous_workday(self, day: date) -> date:
        """The last working day on or before `day`; raises NoWorkingTime."""
        return self._seek(day, -DAY)

    def _seek(self, day: date, step: timedelta) -> date:
        for _ in range(_HORIZON_DAYS):
            if self.is_workday(day):
                return day
            day += step
        raise NoWorkingTime

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` is earlier."""
        if last < first:
            return -self.workdays_between(last, first)
        years = range(first.year, last.year)
        whole = sum(self._counted(year)[-1] for year in years)
        return whole + self._counted(last.year)[_day(last)] - self._counted(first.year)[_day(first)]

    def _counted(self, year: int) -> list[int]:
        """How many working days a year has up to each of its days, counted once."""
        counts = self._counts.get(year)
        if counts is None:
            first = date(year, 1, 1).toordinal()
            days = range(first, date(year, 12, 31).toordinal() + 1)
            worked = (self.is_workday(date.fromordinal(day)) for day in days)
            counts = self._counts[year] = list(accumulate(worked))
        return counts


def _day(day: date) -> int:
    """The place of a day in its year, from 0."""
    return day.timetuple().tm_yday - 1


class WorkClock:
    """Counts working time under one calendar; each answer is two look-ups in prefix sums.

    Covers `first` to `last` at once and extends itself when asked beyond. Moments are aware
    datetimes, or Unix seconds where a method says so.
    """

    def __init__(self, calendar: CalendarRules, first: date, last: date) -> None:
        """Lay out the working spans of these days."""
        self.calendar = calendar
        # a day has begun somewhere before it does in UTC, and ends later elsewhere
        self._lay_out(_shifted(first, -2 * DAY), _shifted(max(first, last), 2 * DAY))

    def _lay_out(self, first: date, last: date) -> None:
        self._first, self._last = first, last
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        worked = 0
        for start, end in self._spans(first, last):
            self._starts.append(start)
            self._ends.append(end)
            self._before.append(worked)
            worked += end - start
        self._total = worked

    def _spans(self, first: date, last: date) -> Iterator[tuple[int, int]]:
        zone, day = self.calendar.zone, first
        self._low = midnight = _instant(day, 0, zone)
        while day <= last:
            following = _instant(day + DAY, 0, zone)
            for span in self.calendar.spans_on(day):
                start, end = span.minutes
                if following - midnight == _FULL_DAY:
                    yield midnight + start * _MINUTE, midnight + end * _MINUTE
                    continue
                # a day on which the clocks change: each end from its own local wall time
                opened, closed = _instant(day, start, zone), _instant(day, end, zone)
                if opened < closed:
                    yield opened, closed
            day, midnight = day + DAY, following
        self._high = midnight

    def _cover(self, moment: int) -> None:
        if self._low <= moment < self._high:
            return
        day = (_EPOCH + moment * _MICROSECOND).date()
        # growing by what is there keeps many small steps outwards from costing a layout each
        ahead = max(timedelta(days=200), self._last - self._first)
        if moment < self._low:
            self._lay_out(_shifted(min(day, self._first), -ahead), self._last)
        else:
            self._lay_out(self._first, _shifted(max(day, self._last), ahead))

    def _worked_until(self, moment: int) -> int:
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return 0
        end = self._ends[place]
        # not min(): a page of figures comes here ten thousand times
        return self._before[place] + (min(end, moment)) - self._starts[place]

    def _worked(self, a: int, b: int) -> int:
        if b <= a:
            return 0
        if a < self._low or b >= self._high:
            self._cover(a)
            self._cover(b)
        return self._worked_until(b) - self._worked_until(a)

    def hours_between(self, a: float, b: float) -> float:
        """Working hours from `a` to `b`, both Unix seconds; 0 when `b` is not later."""
        return self._worked(round(a * 1e6), round(b * 1e6)) / _HOUR

    def elapsed(self, a: datetime, b: datetime) -> timedelta:
        """Working time from `a` to `b`; none when `b` is not later."""
        return self._worked(_microseconds(a), _microseconds(b)) * _MICROSECOND

    def deadline(self, start: datetime, target: timedelta) -> datetime:
        """The first moment by which `target` of working time has passed since `start`.

        Raises NoWorkingTime when it never passes, ValueError for a negative target.
        """
        if target < timedelta():
            raise ValueError("a target is not negative")
        if not target:
            return start
        asked = _microseconds(start)
        self._cover(asked)
        wanted = self._worked_until(asked) + target // _MICROSECOND
        while wanted > self._total:
            if not any(self.calendar.week) or self._last == _LAST_DAY:
                raise NoWorkingTime
            self._cover(self._high)
        place = bisect_left(self._before, wanted) - 1
        end = self._starts[place] + wanted - self._before[place]
        return (_EPOCH + end * _MICROSECOND).astimezone(start.tzinfo)


def _shifted(day: date, by: timedelta) -> date:
    days = min(max(day.toordinal() + by.days, _FIRST_DAY.toordinal()), _LAST_DAY.toordinal())
    return date.fromordinal(days)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _instant(day: date, minutes: int, zone: ZoneInfo) -> int:
    """Microseconds since the epoch at a local wall time, given in minutes since midnight.

    A wall time that occurs twice is the first; one that the clocks skip is the skip itself.
    """
    if minutes == 24 * 60:
        day, minutes = day + DAY, 0
    wall = datetime.combine(day, time(minutes // 60, minutes % 60), zone)
    moment, other = _microseconds(wall), _microseconds(wall.replace(fold=1))
    return moment if moment <= other else _skip_between(other, moment, zone)


def _skip_between(before: int, after: int, zone: ZoneInfo) -> int:
    """The moment between the two at which the clocks of `zone` went forward."""
    early = _EPOCH + before * _MICROSECOND
    offset = early.astimezone(zone).utcoffset()
    low, high = 0, (after - before) // 1_000_000
    while low < high:
        middle = (low + high) // 2
        if (early + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            low = middle + 1
        else:
            high = middle
    return before + high * 1_000_000
