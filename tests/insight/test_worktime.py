"""Working time: METHODS 1, its table line by line, and what must hold for any calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.insight.hours_text import HoursNotUnderstood, parse_hours
from pmdesk.insight.worktime import CalendarRules, NoWorkingTime, Span, WorkClock
from tests.insight.making import format_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NATIONAL_DAY_2025 = frozenset(date(2025, 10, day) for day in range(1, 9))
MAKE_UP_2025 = frozenset({date(2025, 9, 28), date(2025, 10, 11)})


def clock(hours, zone=SHANGHAI, holidays=frozenset(), workdays=frozenset()):
    rules = CalendarRules(zone, parse_hours(hours), holidays, workdays)
    return WorkClock(rules, date(2025, 1, 1), date(2025, 1, 2))


def local(zone, *parts):
    return datetime(*parts, tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [((7, 0), (8, 5), 5), ((16, 0), (18, 27), 60), ((18, 0), (18, 27), 0)],
)
def test_a_tuesday_from_eight_to_five(start, end, minutes):
    day = (2026, 3, 3)
    worked = clock("Mon-Fri 08:00-17:00").elapsed(
        local(SHANGHAI, *day, *start), local(SHANGHAI, *day, *end)
    )
    assert worked == timedelta(minutes=minutes)


def test_a_monday_before_opening():
    worked = clock("Mon-Fri 09:00-17:00").elapsed(
        local(SHANGHAI, 2026, 3, 2, 8, 30), local(SHANGHAI, 2026, 3, 2, 9, 15)
    )
    assert worked == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("hours", "holidays", "workdays", "expected"),
    [
        ("Mon-Fri 09:00-18:00", NATIONAL_DAY_2025, MAKE_UP_2025, 20),
        ("Mon-Fri 09:00-12:00 13:30-18:00", NATIONAL_DAY_2025, MAKE_UP_2025, 17),
        ("Mon-Fri 09:00-18:00", frozenset(), frozenset(), 73),
    ],
)
def test_national_day_2025_with_its_make_up_workday(hours, holidays, workdays, expected):
    start, end = local(SHANGHAI, 2025, 9, 30, 17), local(SHANGHAI, 2025, 10, 11, 10)
    assert end - start == timedelta(hours=257)
    # without the announced plan Saturday the 11th is free: 1 h + 8 days of 9 h
    assert clock(hours, SHANGHAI, holidays, workdays).elapsed(start, end) == timedelta(
        hours=expected
    )


def test_daylight_saving_does_not_change_working_hours():
    worked = clock("Mon-Fri 09:00-17:00", NEW_YORK).elapsed(
        local(NEW_YORK, 2026, 3, 6, 16), local(NEW_YORK, 2026, 3, 9, 10)
    )
    assert worked == timedelta(hours=2)


def test_a_deadline_runs_over_the_weekend():
    due = clock("Mon-Fri 09:00-18:00").deadline(
        local(SHANGHAI, 2026, 3, 6, 16, 30), timedelta(hours=4)
    )
    assert due == local(SHANGHAI, 2026, 3, 9, 11, 30)


def test_a_calendar_without_work_has_no_deadline():
    rules = CalendarRules(SHANGHAI, ((),) * 7)
    with pytest.raises(NoWorkingTime):
        WorkClock(rules, date(2026, 1, 1), date(2026, 1, 2)).deadline(
            local(SHANGHAI, 2026, 3, 6, 12), timedelta(hours=1)
        )


def test_working_days_between_two_dates_are_signed():
    rules = CalendarRules(SHANGHAI, parse_hours("Mon-Fri 09:00-18:00"))
    assert rules.workdays_between(date(2026, 10, 30), date(2026, 11, 13)) == 10
    assert rules.workdays_between(date(2026, 11, 13), date(2026, 10, 30)) == -10


MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)).map(
    lambda d: d.replace(tzinfo=UTC)
)


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_working_time_adds_up_and_never_exceeds_the_wall_clock(moments):
    a, b, c = moments
    count = clock("Mon-Fri 09:00-12:00 13:00-18:00; Sat 10:00-12:00", NEW_YORK).elapsed
    assert abs((count(a, b) + count(b, c) - count(a, c)).total_seconds()) < 1e-3
    assert timedelta(0) <= count(a, b) <= b - a


@given(MOMENTS, st.integers(1, 60 * 200))
def test_a_deadline_is_the_inverse_of_working_time(start, minutes):
    target = timedelta(minutes=minutes)
    ticking = clock("Mon-Fri 09:00-12:00 13:00-18:00", NEW_YORK)
    due = ticking.deadline(start, target)
    assert abs((ticking.elapsed(start, due) - target).total_seconds()) < 1e-3
    assert ticking.elapsed(start, due - timedelta(minutes=1)) < target


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("周一至周五 09:00-18:00", "Mon-Fri 09:00-18:00"),
        (
            "周一-周五 9:00-12:00、13:00-18:00；周六 09:00-12:00",
            "Mon-Fri 09:00-12:00 13:00-18:00; Sat 09:00-12:00",
        ),
        ("mon-sun 00:00-24:00", "Mon-Sun 00:00-24:00"),
    ],
)
def test_hours_as_people_write_them(text, same):
    assert format_hours(parse_hours(text)) == same


@pytest.mark.parametrize(
    "text",
    ["", "Mon", "09:00-18:00", "Mon 18:00-09:00", "Mon 09:00-12:00 11:00-13:00", "Foo 09:00-18:00",
     "Mon 25:00-26:00", "Mon 09:00-10:00; Mon 11:00-12:00"],
)  # fmt: skip
def test_hours_that_say_nothing_are_refused(text):
    with pytest.raises(HoursNotUnderstood):
        parse_hours(text)


SPANS = (
    st.lists(st.integers(0, 24 * 60), min_size=2, max_size=6, unique=True)
    .map(sorted)
    .map(
        lambda m: tuple(
            Span(time(a // 60, a % 60), time(b // 60 % 24, b % 60))
            for a, b in zip(m[::2], m[1::2], strict=False)
        )
    )
)


@given(st.lists(st.one_of(st.just(()), SPANS), min_size=7, max_size=7).map(tuple).filter(any))
def test_hours_written_are_read_back(week):
    assert parse_hours(format_hours(week)) == week
