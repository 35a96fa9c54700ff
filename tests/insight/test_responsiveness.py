"""The figures of waiting turns, in total and by week or month."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pmdesk.insight.hours_text import parse_hours
from pmdesk.insight.responsiveness import (
    Responsiveness,
    by_period,
    hours_of,
    percentile,
    period_label,
    period_start,
    with_curve,
)
from pmdesk.insight.turns import Event, WaitingTurn, waiting_turns
from pmdesk.insight.worktime import CalendarRules, WorkClock

UTC_ZONE = ZoneInfo("UTC")
SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = 3600


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


NOW = at("2026-03-31 12:00")


def wall(a, b):
    return (b - a) / HOUR


def turn(asked, hours, number=1):
    """A turn asked at a moment, answered after so many hours; None is still open."""
    asked = at(asked) if isinstance(asked, str) else asked
    answered = None if hours is None else asked + hours * HOUR
    return WaitingTurn(1, number, (number,), asked, answered, None if hours is None else 99)


def aged(text):
    """Turns of these hours; a + is open, and so old at NOW."""
    found = []
    for word in text.split(", "):
        hours = float(word.rstrip("+"))
        open_ = word.endswith("+")
        found.append(turn(NOW - hours * HOUR, None if open_ else hours))
    return found


def figures(turns, **asked):
    return with_curve(turns, at=NOW, elapsed=wall, **asked)[0]


def periods(turns, by, zone=UTC_ZONE):
    return by_period(turns, by, at=NOW, elapsed=wall, zone=zone)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7], 0.9, 7),
        ([1, 2], 0.5, 1.5),
        ([1, 2, 3], 0.5, 2),
        ([1, 2, 3, 4], 0.9, 3.7),
        ([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 0.25, 25),
        ([1, 5], 0, 1),
        ([1, 5], 1, 5),
    ],
)
def test_a_percentile_lies_between_its_neighbours(values, share, expected):
    assert percentile(values, share) == pytest.approx(expected)


def test_no_values_have_no_percentile():
    with pytest.raises(ValueError, match="no value"):
        percentile([], 0.5)


def test_the_example_of_the_methods_through_turns():
    total = figures(aged("1, 2, 2, 3+, 4, 5+, 6, 8+, 9, 12+"), target_hours=4)
    assert (total.inbound, total.answered, total.unanswered, total.open) == (10, 6, 4, 4)
    assert total.reply_rate == 0.6
    assert (total.median_h, total.km_median_h) == (3, 6)
    assert (total.km_low_h, total.km_high_h) == (1, None)
    assert total.p90_h == pytest.approx(7.5)
    assert total.mean_h == 4
    assert total.longest_open_h == 12
    assert total.within_target == pytest.approx(0.41667, abs=5e-6)


def test_nothing_asked_gives_no_figures():
    assert figures([]) == Responsiveness(0, 0, 0, 0)
    assert figures([]).km_median_h is None


def test_nothing_answered_gives_a_rate_and_no_times():
    total = figures(aged("3+, 5+"), target_hours=4)
    assert (total.reply_rate, total.longest_open_h, total.within_target) == (0, 5, 0)
    assert total.median_h is total.p90_h is total.mean_h is total.km_median_h is None


def test_without_a_target_no_share_within_it():
    assert figures(aged("3, 5")).within_target is None


def test_an_answer_exactly_at_the_target_is_within_it():
    assert figures(aged("4, 5"), target_hours=4).within_target == 0.5


def test_an_ignored_mail_makes_the_median_longer_but_not_that_of_the_answered():
    before, after = figures(aged("1, 2")), figures(aged("1, 2, 500+"))
    assert (before.km_median_h, after.km_median_h) == (1.5, 2)
    assert before.median_h == after.median_h == 1.5
    assert after.reply_rate == pytest.approx(2 / 3)


def test_what_has_not_begun_is_unanswered_but_not_open():
    turns = [turn(NOW + HOUR, None), turn(NOW - HOUR, None)]
    assert (figures(turns).unanswered, figures(turns).open) == (2, 1)


def test_hours_of_a_turn_run_to_its_answer_or_to_now():
    assert hours_of(turn("2026-03-02 09:00", 3), at=NOW, elapsed=wall) == 3
    assert hours_of(turn("2026-03-31 09:00", None), at=NOW, elapsed=wall) == 3


def test_working_hours_come_from_the_clock_that_is_given():
    rules = CalendarRules(SHANGHAI, parse_hours("Mon-Fri 09:00-18:00"))
    clock = WorkClock(rules, date(2026, 3, 1), date(2026, 3, 31))
    friday = datetime(2026, 3, 6, 16, 30, tzinfo=SHANGHAI).timestamp()
    monday = datetime(2026, 3, 9, 11, 30, tzinfo=SHANGHAI).timestamp()
    asked = waiting_turns([Event(1, friday, 1, ours=False), Event(2, monday, 1, ours=True)])
    total, _ = with_curve(asked, at=NOW, elapsed=clock.hours_between, target_hours=4)
    assert (total.median_h, total.km_median_h, total.within_target) == (4, 4, 1)


@pytest.mark.parametrize(
    ("day", "by", "start", "label"),
    [
        ("2026-02-12", "week", "2026-02-09", "2026-W07"),
        ("2026-02-12", "month", "2026-02-01", "2026-02"),
        ("2027-01-03", "week", "2026-12-28", "2026-W53"),
        ("2025-12-29", "week", "2025-12-29", "2026-W01"),
        ("2026-02-09", "week", "2026-02-09", "2026-W07"),
        ("2026-02-15", "week", "2026-02-09", "2026-W07"),
    ],
)
def test_a_period_has_its_first_day_and_its_name(day, by, start, label):
    found = period_start(date.fromisoformat(day), by)
    assert found == date.fromisoformat(start)
    assert period_label(found, by) == label


def test_a_period_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="year"):
        periods(aged("1"), "year")


def test_weeks_run_from_the_first_turn_to_the_last_with_the_empty_ones():
    turns = [
        turn("2026-03-05 09:00", 2),
        turn("2026-02-10 09:00", 4),
        turn("2026-02-12 09:00", None),
    ]
    found = periods(turns, "week")
    assert [(p.label, p.n, p.open) for p in found] == [
        ("2026-W07", 2, 1),
        ("2026-W08", 0, 0),
        ("2026-W09", 0, 0),
        ("2026-W10", 1, 0),
    ]
    assert found[1].start == date(2026, 2, 16)
    assert found[1].figures == Responsiveness(0, 0, 0, 0)
    assert found[1].q1 is found[1].q3 is None


def test_months_run_over_the_turn_of_the_year():
    turns = [turn("2025-11-30 23:59", 1), turn("2026-02-01 00:00", 1)]
    assert [p.label for p in periods(turns, "month")] == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert [p.n for p in periods(turns, "month")] == [1, 0, 0, 1]


def test_no_turns_have_no_periods():
    assert periods([], "week") == []


def test_a_turn_belongs_to_the_period_in_which_it_began():
    found = periods([turn("2026-01-31 20:00", 48)], "month")
    assert [(p.label, p.figures.answered) for p in found] == [("2026-01", 1)]


def test_the_zone_decides_in_which_period_that_was():
    turns = [turn("2026-01-31 20:00", 1)]
    assert periods(turns, "month", SHANGHAI)[0].label == "2026-02"
    assert periods([turn("2026-02-08 17:00", 1)], "week", SHANGHAI)[0].label == "2026-W07"


def test_the_quartiles_of_a_period_count_the_open_ones():
    asked = NOW - 20 * HOUR
    turns = [turn(asked, h) for h in (1, 2, 3, 4, None, None)]
    (week,) = periods(turns, "week")
    assert (week.q1, week.figures.km_median_h, week.q3) == (2, 3.5, None)
    assert week.figures.longest_open_h == 20
    (answered,) = periods([turn(asked, h) for h in range(1, 9)], "week")
    assert (answered.q1, answered.figures.km_median_h, answered.q3) == (2.5, 4.5, 6.5)


@pytest.mark.parametrize(("count", "few"), [(1, True), (4, True), (5, False), (9, False)])
def test_fewer_than_five_turns_are_few(count, few):
    (week,) = periods([turn("2026-03-05 09:00", 1)] * count, "week")
    assert week.few is few


def test_an_empty_period_is_few():
    found = periods([turn("2026-03-05 09:00", 1)] * 5 + [turn("2026-03-19 09:00", 1)] * 5, "week")
    assert [p.few for p in found] == [False, True, False]


def test_the_periods_add_up_to_the_total():
    turns = [
        turn(f"2026-{m:02}-{d:02} 09:00", (m * d) % 7 or None)
        for m in (1, 2, 3)
        for d in range(1, 29)
    ]
    total = figures(turns)
    for by in ("week", "month"):
        parts = [p.figures for p in periods(turns, by)]
        assert sum(p.inbound for p in parts) == total.inbound
        assert sum(p.answered for p in parts) == total.answered
        assert sum(p.open for p in parts) == total.open
