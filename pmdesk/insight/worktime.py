"""Working time: what part of a stretch of time was work, and when a deadline falls."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)
# How far a deadline may lie ahead before the calendar is taken to hold no work at all.
_HORIZON_DAYS: Final = 366 * 3


class Span(NamedTuple):
    """A stretch of local wall time; an end of 00:00 is the end of the day."""

    start: time
    end: time

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end as minutes since local midnight."""
        end = self.end.hour * 60 + self.end.minute
        return self.start.hour * 60 + self.start.minute, end or 24 * 60


Week = tuple[tuple[Span, ...], ...]


class NoWorkingTime(ValueError):
    """A deadline was asked of a calendar in which nobody works."""


@dataclass(frozen=True)
class CalendarRules:
    """When work is done: hours of each weekday (Monday first) in a zone, and the exceptions.

    `workdays` are make-up workdays; on one that has no hours of its own, the hours of the first
    weekday that has some are worked. `unannounced` are years whose holidays nobody knows yet.
    """

    zone: ZoneInfo
    week: Week
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    unannounced: frozenset[int] = frozenset()
    _usual: tuple[Span, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Find the hours of an ordinary day."""
        usual = next((spans for spans in self.week if spans), ())
        object.__setattr__(self, "_usual", usual)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The working hours of a day, empty when it is free."""
        own = self.week[day.weekday()]
        if day in self.workdays:
            return own or self._usual
        return () if day in self.holidays else own

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
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_workday(day) for day in days)


class WorkClock:
    """Counts working time under one calendar; each answer is two look-ups in prefix sums.

    Covers `first` to `last` at once and extends itself when asked beyond.
    """

    def __init__(self, calendar: CalendarRules, first: date, last: date) -> None:
        """Lay out the working spans of these days, in UTC seconds."""
        self.calendar = calendar
        self._lay_out(first - DAY * 2, max(first, last) + DAY * 2)

    def _lay_out(self, first: date, last: date) -> None:
        self._first, self._last = first, last
        self._starts: list[float] = []
        self._ends: list[float] = []
        self._before: list[float] = []
        worked = 0.0
        for start, end in self._spans(first, last):
            self._starts.append(start)
            self._ends.append(end)
            self._before.append(worked)
            worked += end - start
        self._total = worked
        self._low = _midnight(first, self.calendar.zone)
        self._high = _midnight(last + DAY, self.calendar.zone)

    def _spans(self, first: date, last: date) -> Iterator[tuple[float, float]]:
        day = first
        while day <= last:
            for span in self.calendar.spans_on(day):
                start, end = span.minutes
                # each span is made from local wall time, so daylight saving comes out right
                yield _at(day, start, self.calendar.zone), _at(day, end, self.calendar.zone)
            day += DAY

    def _cover(self, moment: float) -> None:
        if self._low <= moment < self._high:
            return
        day = datetime.fromtimestamp(moment, UTC).date()
        ahead = timedelta(days=200)
        if moment < self._low:
            self._lay_out(min(day - ahead, self._first), self._last)
        else:
            self._lay_out(self._first, max(day + ahead, self._last))

    def _worked_until(self, moment: float) -> float:
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return 0.0
        return self._before[place] + min(moment, self._ends[place]) - self._starts[place]

    def seconds_between(self, a: float, b: float) -> float:
        """Working seconds from `a` to `b` (Unix time); 0 when b is not later."""
        if b <= a:
            return 0.0
        self._cover(a)
        self._cover(b)
        return self._worked_until(b) - self._worked_until(a)

    def hours_between(self, a: float, b: float) -> float:
        """Working hours from `a` to `b` (Unix time)."""
        return self.seconds_between(a, b) / 3600

    def elapsed(self, a: datetime, b: datetime) -> timedelta:
        """Working time from `a` to `b`, both aware."""
        return timedelta(seconds=round(self.seconds_between(a.timestamp(), b.timestamp()), 6))

    def deadline(self, start: datetime, target: timedelta) -> datetime:
        """The first moment by which `target` of working time has passed; raises NoWorkingTime."""
        moment = start.timestamp()
        self._cover(moment)
        wanted = self._worked_until(moment) + target.total_seconds()
        limit = start.date() + timedelta(days=_HORIZON_DAYS) + target * 30
        while wanted > self._total:
            if self._last > limit or not (self._starts or self._last <= limit):
                raise NoWorkingTime
            before = self._total
            self._lay_out(self._first, self._last + timedelta(days=200))
            if self._total == before and self._last > limit:
                raise NoWorkingTime
        found = self._moment_of(wanted, moment)
        return datetime.fromtimestamp(found, UTC).astimezone(start.tzinfo)

    def _moment_of(self, worked: float, not_before: float) -> float:
        place = bisect_right(self._before, worked) - 1
        if place < 0:
            return not_before
        if worked == self._before[place] and place and self._worked_until(not_before) < worked:
            return self._ends[place - 1]
        return max(not_before, self._starts[place] + worked - self._before[place])

    def touches_unannounced(self, a: datetime, b: datetime) -> bool:
        """Whether any year between has holidays that nobody has announced."""
        years = range(
            a.astimezone(self.calendar.zone).year, b.astimezone(self.calendar.zone).year + 1
        )
        return not self.calendar.unannounced.isdisjoint(years)


def _at(day: date, minutes: int, zone: ZoneInfo) -> float:
    if minutes == 24 * 60:
        return _midnight(day + DAY, zone)
    wall = time(minutes // 60, minutes % 60)
    return datetime.combine(day, wall, zone).timestamp()


def _midnight(day: date, zone: ZoneInfo) -> float:
    return datetime.combine(day, time(), zone).timestamp()


class HoursNotUnderstood(ValueError):
    """A text of working hours has a part that says nothing; `args[0]` is that part."""


_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CHINESE_DAYS: Final = "一二三四五六日"
_DAY_NAMES: Final = {
    **{name.lower(): n for n, name in enumerate(_DAYS)},
    **{prefix + c: n for n, c in enumerate(_CHINESE_DAYS) for prefix in ("周", "星期")},
    **{prefix + "天": 6 for prefix in ("周", "星期")},
}
_FROM_TO: Final = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")


def parse_hours(text: str) -> Week:
    """The week that `text` describes; raises HoursNotUnderstood with the part that is unclear.

    "Mon-Fri 09:00-12:00 13:00-18:00; Sat 09:00-12:00", or in Chinese 周一至周五 09:00-18:00.
    """
    plain = (
        text.translate(str.maketrans("：；，～—–", ":;,---")).replace("至", "-").replace("到", "-")
    )
    week: list[tuple[Span, ...]] = [()] * 7
    for group in filter(None, (part.strip() for part in re.split(r"[;\n]", plain))):
        words = [word for word in re.split(r"[\s,、]+", group) if word]
        days: list[int] = []
        spans: list[Span] = []
        for word in words:
            if word[0].isdigit():
                spans.append(_span(word))
            else:
                days += _day_range(word)
        if not days or not spans:
            raise HoursNotUnderstood(group)
        ordered = tuple(sorted(spans, key=lambda span: span.minutes))
        for earlier, later in itertools.pairwise(ordered):
            if earlier.minutes[1] > later.minutes[0]:
                raise HoursNotUnderstood(group)
        for day in days:
            if week[day]:
                raise HoursNotUnderstood(group)
            week[day] = ordered
    if not any(week):
        raise HoursNotUnderstood(text.strip())
    return tuple(week)


def _day_range(word: str) -> list[int]:
    first, _, last = word.partition("-")
    names = [first.lower()[:3] if first.isascii() else first]
    if last:
        names.append(last.lower()[:3] if last.isascii() else last)
    if any(name not in _DAY_NAMES for name in names):
        raise HoursNotUnderstood(word)
    ends = [_DAY_NAMES[name] for name in names]
    if ends[-1] < ends[0]:
        raise HoursNotUnderstood(word)
    return list(range(ends[0], ends[-1] + 1))


def _span(word: str) -> Span:
    hit = _FROM_TO.match(word)
    if not hit:
        raise HoursNotUnderstood(word)
    from_hour, from_minute, to_hour, to_minute = (int(group) for group in hit.groups())
    if (to_hour, to_minute) == (24, 0):
        to_hour = 0
    try:
        span = Span(time(from_hour, from_minute), time(to_hour, to_minute))
    except ValueError as error:
        raise HoursNotUnderstood(word) from error
    if span.minutes[1] <= span.minutes[0]:
        raise HoursNotUnderstood(word)
    return span


def format_hours(week: Week) -> str:
    """The text that `parse_hours` reads back as `week`."""
    parts: list[str] = []
    day = 0
    while day < 7:
        last = day
        while last < 6 and week[last + 1] == week[day]:
            last += 1
        if week[day]:
            name = _DAYS[day] if last == day else f"{_DAYS[day]}-{_DAYS[last]}"
            spans = " ".join(f"{s.start:%H:%M}-{_end(s)}" for s in week[day])
            parts.append(f"{name} {spans}")
        day = last + 1
    return "; ".join(parts)


def _end(span: Span) -> str:
    return "24:00" if span.end == time() else f"{span.end:%H:%M}"
