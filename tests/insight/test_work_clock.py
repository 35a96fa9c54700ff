"""Working time where calendars and zones are odd, and its laws to the microsecond."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmdesk.insight.hours_text import parse_hours
from pmdesk.insight.worktime import CalendarRules, NoWorkingTime, Span, WorkClock

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NINE_TO_SIX = "Mon-Fri 09:00-18:00"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# What was announced for National Day 2025 and for the autumn of 2026.
OFF = frozenset(
    {date(2025, 10, day) for day in range(1, 9)}
    | {date(2026, 9, day) for day in (25, 26, 27)}
    | {date(2026, 10, day) for day in range(1, 8)}
)
WORK = frozenset({date(2025, 9, 28), date(2025, 10, 11), date(2026, 9, 20), date(2026, 10, 10)})


def plain(hours, zone=SHANGHAI):
    return CalendarRules(zone, parse_hours(hours))


def china(hours=NINE_TO_SIX):
    return CalendarRules(SHANGHAI, parse_hours(hours), OFF, WORK, frozenset({2027, 2028}))


def clock(rules, year=2026):
    return WorkClock(rules, date(year, 1, 1), date(year, 12, 31))


def moment(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("hours", "start", "end", "worked"),
    [
        ("Mon-Fri 09:00-12:00 13:30-18:00", "2025-09-30 17:00", "2025-10-11 10:00", 17),
        (NINE_TO_SIX, "2026-03-09 10:00", "2026-03-09 15:30", 5.5),
        (NINE_TO_SIX, "2026-09-19 00:00", "2026-09-21 00:00", 9),
    ],
    ids=["National Day with lunch", "disclosure lag", "make-up Sunday"],
)
def test_working_hours_in_china(hours, start, end, worked):
    assert clock(china(hours)).elapsed(moment(start), moment(end)) == timedelta(hours=worked)


def test_a_fixed_offset_would_lose_the_hour_of_summer_time():
    rules = plain("Mon-Fri 09:00-17:00", ZoneInfo("Etc/GMT+5"))
    start, end = moment("2026-03-06 16:00", NEW_YORK), moment("2026-03-09 10:00", NEW_YORK)
    assert clock(rules).elapsed(start, end) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "target", "due"),
    [
        ("2026-09-30 15:00", 4, "2026-10-08 10:00"),
        ("2026-03-06 16:30", 1.5, "2026-03-06 18:00"),
        ("2026-03-07 12:00", 1, "2026-03-09 10:00"),
        ("2026-03-06 05:00", 9, "2026-03-06 18:00"),
    ],
    ids=["National Day", "to the end of the day", "from a Saturday", "before hours"],
)
def test_a_deadline_is_the_moment_by_which_the_target_is_worked(start, target, due):
    found = clock(china()).deadline(moment(start), timedelta(hours=target))
    assert found == moment(due)


def test_a_deadline_comes_in_the_zone_that_was_asked_in():
    asked = moment("2026-03-06 16:30").astimezone(UTC)
    due = clock(china()).deadline(asked, timedelta(hours=4))
    assert due.isoformat() == "2026-03-09T03:30:00+00:00"


def test_a_target_of_nothing_is_due_at_once():
    night = moment("2026-03-06 23:00")
    assert clock(china()).deadline(night, timedelta()) == night


def test_a_negative_target_is_refused():
    with pytest.raises(ValueError, match="negative"):
        clock(china()).deadline(moment("2026-03-06 16:30"), timedelta(hours=-1))


def test_make_up_days_without_any_hours_hold_no_work():
    never = CalendarRules(SHANGHAI, ((),) * 7, workdays=frozenset({date(2026, 3, 9)}))
    with pytest.raises(NoWorkingTime):
        clock(never).deadline(moment("2026-03-06 16:30"), timedelta(hours=4))
    with pytest.raises(NoWorkingTime):
        never.next_workday(date(2026, 3, 6))
    with pytest.raises(NoWorkingTime):
        never.previous_workday(date(2026, 3, 12))


def test_a_deadline_may_lie_many_years_ahead():
    rare = clock(plain("Mon 09:00-10:00"))
    due = rare.deadline(moment("2026-01-05 09:00"), timedelta(hours=600))
    assert due == moment("2026-01-05 10:00") + timedelta(weeks=599)


def test_a_deadline_beyond_all_dates_is_refused():
    last = clock(plain("Mon 09:00-10:00"), 9999)
    with pytest.raises(NoWorkingTime):
        last.deadline(moment("9999-12-01 09:00"), timedelta(hours=100))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-09-28", True),
        ("2025-10-01", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2025-10-12", False),
        ("2025-10-13", True),
    ],
)
def test_make_up_workdays_work_and_holidays_do_not(day, works):
    assert china().is_workday(date.fromisoformat(day)) is works


def test_a_make_up_workday_has_the_hours_of_an_ordinary_one():
    rules = china("Mon-Fri 09:00-18:00; Sat 09:00-12:00")
    assert rules.spans_on(date(2025, 10, 11)) == (Span(time(9), time(18)),)
    assert rules.spans_on(date(2025, 10, 18)) == (Span(time(9), time(12)),)


def test_a_day_both_free_and_made_up_is_worked():
    day = frozenset({date(2026, 10, 10)})
    assert CalendarRules(SHANGHAI, parse_hours(NINE_TO_SIX), day, day).is_workday(*day)


@pytest.mark.parametrize(
    ("friday", "due"), [("2026-09-25", "2026-09-24"), ("2026-10-02", "2026-09-30")]
)
def test_a_report_on_a_free_friday_is_due_the_working_day_before(friday, due):
    assert china().previous_workday(date.fromisoformat(friday)) == date.fromisoformat(due)


def test_the_next_working_day_may_be_the_day_itself_or_a_make_up_saturday():
    assert china().next_workday(date(2026, 11, 23)) == date(2026, 11, 23)
    assert china().next_workday(date(2026, 10, 10)) == date(2026, 10, 10)
    assert china().next_workday(date(2026, 10, 11)) == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-10-30", "2026-10-30", 0),
        ("2026-10-30", "2026-11-01", 0),
        ("2026-09-30", "2026-10-08", 1),
        ("2026-10-08", "2026-09-30", -1),
        ("2026-10-09", "2026-10-12", 2),
    ],
)
def test_working_days_between_leave_out_holidays_and_count_make_up_days(first, last, count):
    found = china().workdays_between(date.fromisoformat(first), date.fromisoformat(last))
    assert found == count


@pytest.mark.parametrize(
    ("zone", "hours", "first", "last"),
    [
        ("America/New_York", "Mon-Sun 00:00-24:00", "2026-03-07", "2026-03-09"),
        ("America/New_York", "Mon-Sun 00:00-24:00", "2026-10-31", "2026-11-02"),
        ("Europe/Berlin", "Mon-Sun 01:00-05:00", "2026-03-28", "2026-03-30"),
        ("Europe/Berlin", "Mon-Sun 02:10-02:20 02:30-03:10 03:10-04:00", "2026-03-28", "2026-03-30"),
        ("Australia/Lord_Howe", "Mon-Sun 01:00-02:15 02:20-05:00", "2026-10-03", "2026-10-05"),
        ("Africa/Cairo", "Mon-Sun 00:00-01:30 23:00-24:00", "2026-04-23", "2026-04-25"),
        ("Pacific/Apia", "Mon-Fri 09:00-17:00", "2011-12-28", "2012-01-03"),
        ("Asia/Kathmandu", "Sun-Thu 10:00-17:00", "2026-11-20", "2026-11-24"),
    ],
    ids=lambda value: value.split()[0],
)  # fmt: skip
def test_it_agrees_with_minutes_counted_one_by_one(zone, hours, first, last):
    rules = plain(hours, ZoneInfo(zone))
    start = moment(first, rules.zone).astimezone(UTC)
    end = moment(last, rules.zone).astimezone(UTC)
    counted = 0
    for minute in range((end - start) // timedelta(minutes=1)):
        now = (start + timedelta(minutes=minute)).astimezone(rules.zone)
        at = now.hour * 60 + now.minute
        spans = rules.spans_on(now.date())
        counted += any(span.minutes[0] <= at < span.minutes[1] for span in spans)
    found = WorkClock(rules, date.fromisoformat(first), date.fromisoformat(last))
    assert found.elapsed(start, end) == timedelta(minutes=counted)


def test_a_wall_time_that_occurs_twice_is_the_first():
    night = datetime(2026, 11, 1, 4, tzinfo=UTC)
    due = clock(plain("Sun 01:00-01:30", NEW_YORK)).deadline(night, timedelta(minutes=1))
    assert due == night + timedelta(minutes=61)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_clock_can_be_laid_out_at_the_ends_of_time(day):
    noon = datetime.combine(day, time(12), UTC)
    assert WorkClock(china(), day, day).elapsed(noon, noon) == timedelta()


@pytest.mark.parametrize(
    "week",
    [
        parse_hours(NINE_TO_SIX)[:6],
        ((Span(time(9), time(12)), Span(time(11), time(13))), *((),) * 6),
        ((Span(time(13), time(14)), Span(time(9), time(12))), *((),) * 6),
        ((Span(time(12), time(9)),), *((),) * 6),
    ],
    ids=["six days", "overlapping", "out of order", "reversed"],
)
def test_hours_that_cannot_be_counted_are_refused(week):
    with pytest.raises(ValueError, match="week"):
        CalendarRules(SHANGHAI, week)


def test_unix_seconds_give_the_same_hours():
    start, end = moment("2026-03-06 16:30"), moment("2026-03-09 11:30")
    assert clock(china()).hours_between(start.timestamp(), end.timestamp()) == 4.0


# A machine that is busy with other tests is no failure.
LAW = settings(deadline=None)
RULES = st.sampled_from(
    [
        china(),
        china("Mon-Fri 09:00-12:00 13:30-18:00"),
        plain("Sun-Thu 00:00-24:00", NEW_YORK),
        plain("Mon 23:00-24:00; Tue 00:00-01:30", ZoneInfo("Australia/Lord_Howe")),
    ]
)
MOMENTS = st.integers(
    int(datetime(2025, 6, 1, tzinfo=UTC).timestamp()) * 10**6,
    int(datetime(2027, 6, 1, tzinfo=UTC).timestamp()) * 10**6,
).map(lambda n: EPOCH + timedelta(microseconds=n))
TARGETS = st.timedeltas(timedelta(microseconds=1), timedelta(hours=300))
NEAR_CLOSING = moment("2026-03-06 17:00:00.100").astimezone(UTC)


@LAW
@given(RULES, st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_working_time_adds_up_exactly(rules, moments):
    a, b, c = moments
    found = clock(rules)
    assert found.elapsed(a, b) + found.elapsed(b, c) == found.elapsed(a, c)


@LAW
@given(RULES, st.tuples(MOMENTS, MOMENTS).map(sorted), st.timedeltas(timedelta(), timedelta(9)))
def test_later_is_never_less_and_never_more_than_the_wall_clock(rules, moments, more):
    a, b = moments
    found = clock(rules)
    assert found.elapsed(a, b) <= found.elapsed(a, b + more) <= found.elapsed(a, b) + more
    assert found.elapsed(b, a) == timedelta()


@LAW
@given(RULES, MOMENTS, TARGETS)
@example(china(), NEAR_CLOSING, timedelta(minutes=59, seconds=59.9))
def test_a_deadline_is_the_very_first_moment_with_the_target_worked(rules, asked, target):
    found = clock(rules)
    due = found.deadline(asked, target)
    assert found.elapsed(asked, due) == target
    assert found.elapsed(asked, due - timedelta(microseconds=1)) < target


@LAW
@given(RULES, st.tuples(MOMENTS, MOMENTS).map(sorted), st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_what_a_clock_was_laid_out_for_makes_no_difference(rules, moments, day):
    narrow = WorkClock(rules, day, day)
    wide = WorkClock(rules, date(2024, 1, 1), date(2028, 1, 1))
    assert narrow.elapsed(*moments) == wide.elapsed(*moments)
