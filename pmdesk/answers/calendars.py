"""Work calendars as the figures need them: hours, holidays, make-up workdays, unannounced years."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from threading import local
from typing import Final
from zoneinfo import ZoneInfo

from pmdesk.answers.days import begins
from pmdesk.insight.hours_text import parse_hours
from pmdesk.insight.worktime import DAY, CalendarRules, WorkClock
from pmdesk.journal.journal import Journal
from pmdesk.places import data_dir
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from pmdesk.records.terms import earlier

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2050
_MOST_CLOCKS: Final = 32
_SATURDAY: Final = 5
DEFAULT: Final = WorkCalendar(
    name="", zone="Asia/Shanghai", hours="Mon-Fri 09:00-18:00", country="CN"
)


@dataclass(frozen=True)
class DaysOff:
    """Free days and make-up workdays of a country; years that nobody has announced yet.

    Of the unannounced years only the days that the law fixes are among the free ones.
    """

    off: frozenset[date]
    work: frozenset[date]
    unannounced: frozenset[int]


@lru_cache(maxsize=32)
def days_off(country: str) -> DaysOff:
    """The holidays of a country by its ISO code; none at all for an empty one.

    China's come from our own table, because each year's plan is announced the autumn before and
    the library silently continues without it: what the law fixes of those years is preliminary.
    The others come from the library; of a country that this version of it does not know, which a
    file from elsewhere may name, no year is announced.
    """
    if not country:
        return DaysOff(frozenset(), frozenset(), frozenset())
    table_file = data_dir("resources") / "holidays" / f"{country}.json"
    if country.isalpha() and table_file.exists():
        table = json.loads(table_file.read_text("utf-8"))
        planned = table["years"].values()
        work = frozenset(date.fromisoformat(day) for year in planned for day in year["work"])
        off = frozenset(date.fromisoformat(day) for year in planned for day in year["off"])
        known = {int(year) for year in table["years"]}
        return DaysOff(
            with_weekends(off, work)
            | {date.fromisoformat(day) for days in table["statutory"].values() for day in days},
            work,
            frozenset(range(FIRST_YEAR, LAST_YEAR + 1)) - known,
        )
    from holidays import country_holidays  # slow to load: only where a calendar names a country

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    try:
        holidays = country_holidays(country, years=years)
    except NotImplementedError:
        return DaysOff(frozenset(), frozenset(), frozenset(years))
    return DaysOff(frozenset(holidays), frozenset(holidays.weekend_workdays), frozenset())


def with_weekends(off: frozenset[date], work: frozenset[date]) -> frozenset[date]:
    """Days off with the weekends beside them, as far as these are not worked: whoever works on Saturdays has them off.

    A plan names its holidays from the first to the last day, the weekends among them.
    """
    found = set(off)
    for day in off:
        for step in (DAY, -DAY):
            beside = day + step
            while beside.weekday() >= _SATURDAY and beside not in work:
                found.add(beside)
                beside += step
    return frozenset(found)


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """ISO codes of the countries whose holidays are known, China first."""
    from holidays import list_supported_countries

    codes = {code for code in list_supported_countries(include_aliases=False) if len(code) == 2}
    return ("CN", *sorted(codes - {"CN"}))


@lru_cache(maxsize=64)
def rules(calendar: WorkCalendar) -> CalendarRules:
    """The calendar as the clocks use it; raises HoursNotUnderstood."""
    plan = days_off(calendar.country)
    more_work = frozenset(map(date.fromisoformat, calendar.extra_days))
    more_off = frozenset(map(date.fromisoformat, calendar.days_off))
    return CalendarRules(
        zone=ZoneInfo(calendar.zone),
        week=parse_hours(calendar.hours),
        earlier=tuple((until, parse_hours(text)) for until, text in earlier(calendar, "hours")),
        holidays=(plan.off - more_work) | more_off,
        workdays=(plan.work - more_off) | more_work,
        unannounced=plan.unannounced,
    )


_CLOCKS: Final = local()  # a clock grows while it is asked: each thread has its own


def shared_clock(calendar: CalendarRules, first: date, last: date) -> WorkClock:
    """A work clock of these rules, laid out once in a thread for all who ask."""
    clocks: dict[int, WorkClock] = _CLOCKS.__dict__.setdefault("by_rules", {})
    clock = clocks.get(id(calendar))
    if clock is None or clock.calendar is not calendar:
        if len(clocks) >= _MOST_CLOCKS:
            clocks.clear()
        clock = clocks[id(calendar)] = WorkClock(calendar, first, last)
    return clock


def calendar_of(journal: Journal, client: Client | None) -> WorkCalendar:
    """A client's work calendar, else the journal's first, else Mon–Fri 09–18 in China.

    A client that names its zone and no calendar has the first one's hours in its own zone.
    """
    return _calendar(journal, client, client.calendar_id if client else None)


def earlier_calendars(journal: Journal, client: Client) -> list[tuple[date, WorkCalendar]]:
    """The calendars that held for a client before, each until a day, the earliest first."""
    return [
        (until, _calendar(journal, client, id_)) for until, id_ in earlier(client, "calendar_id")
    ]


def _calendar(journal: Journal, client: Client | None, calendar_id: int | None) -> WorkCalendar:
    if calendar_id is not None and (found := journal.get(WorkCalendar, calendar_id)):
        return found
    first = next(iter(journal.find(WorkCalendar, limit=1)), DEFAULT)
    return replace(first, zone=client.zone) if client and client.zone else first


def zone_of(journal: Journal, client: Client | None) -> ZoneInfo:
    """The zone a client's days are counted in: its own, else its calendar's."""
    if client and client.zone:
        return ZoneInfo(client.zone)
    return ZoneInfo(calendar_of(journal, client).zone)


class Calendars:
    """Every client's work calendar and zone, read at once for who asks of many."""

    def __init__(self, journal: Journal) -> None:
        """As they stand in a journal."""
        self._known = {calendar.id: calendar for calendar in journal.find(WorkCalendar)}
        self._first = next(iter(self._known.values()), DEFAULT)
        rows = journal.rows("SELECT id, zone, calendar_id FROM client")
        self._of = {id_: (zone or "", calendar_id) for id_, zone, calendar_id in rows}

    def of(self, client_id: int) -> WorkCalendar:
        """What `calendar_of` says of this client."""
        zone, calendar_id = self._of.get(client_id, ("", None))
        own = self._known.get(calendar_id) if calendar_id is not None else None
        return own or (replace(self._first, zone=zone) if zone else self._first)

    def zone_of(self, client_id: int) -> ZoneInfo:
        """What `zone_of` says of this client."""
        zone, _ = self._of.get(client_id, ("", None))
        return ZoneInfo(zone or self.of(client_id).zone)


def zones_of(journal: Journal) -> dict[int, ZoneInfo]:
    """The zone of every client's days, as `zone_of` tells it of one."""
    known = Calendars(journal)
    return {id_: known.zone_of(id_) for (id_,) in journal.rows("SELECT id FROM client ORDER BY id")}


def working_hours(
    journal: Journal, client: Client, first: date, last: date
) -> Callable[[float, float], float]:
    """Working hours from one Unix time to another, by the calendar that held at the first.

    Laid out for the days from `first` to `last`; asked beyond, it goes on.
    """
    clock = shared_clock(rules(calendar_of(journal, client)), first, last)
    before = [
        (begins((until, None), ZoneInfo(c.zone)), shared_clock(rules(c), first, last))
        for until, c in earlier_calendars(journal, client)
    ]
    if not before:
        return clock.hours_between

    def elapsed(a: float, b: float) -> float:
        for until, earlier_clock in before:
            if until is not None and a < until.timestamp():
                return earlier_clock.hours_between(a, b)
        return clock.hours_between(a, b)

    return elapsed
