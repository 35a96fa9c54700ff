"""Waiting turns: who waited, from when to when (METHODS 1)."""

from zoneinfo import ZoneInfo

import pytest

from pmdesk.insight.responsiveness import by_period, percentile, with_curve
from pmdesk.insight.turns import Event, message_waits, waiting_turns

HOUR = 3600


def they(id_, hour, **more):
    return Event(id_, hour * HOUR, more.pop("thread", 1), ours=False, **more)


def we(id_, hour, **more):
    return Event(id_, hour * HOUR, more.pop("thread", 1), ours=True, **more)


def waits(turns):
    return [None if t.answered_at is None else (t.answered_at - t.asked_at) / HOUR for t in turns]


def test_consecutive_messages_are_one_turn_from_the_first():
    turns = waiting_turns([they(1, 0), they(2, 3), we(3, 5), they(4, 6)])
    assert waits(turns) == [5, None]
    assert turns[0].message_ids == (1, 2)


def test_threads_do_not_answer_each_other():
    assert waits(waiting_turns([they(1, 0, thread=1), we(2, 1, thread=2)])) == [None]


@pytest.mark.parametrize("answer", [we(2, 1, automatic=True), we(2, 0)])
def test_automatic_or_simultaneous_mail_answers_nothing(answer):
    assert waits(waiting_turns([they(1, 0), answer])) == [None]


def test_automatic_mail_starts_no_clock():
    assert waiting_turns([they(1, 0, automatic=True)]) == []


def test_a_turn_marked_as_needing_no_reply_is_left_out():
    assert waiting_turns([they(1, 0, needs_reply=False)]) == []


def test_the_clock_starts_at_the_first_that_needs_a_reply():
    turns = waiting_turns([they(1, 0, needs_reply=False), they(2, 3), we(3, 5)])
    assert waits(turns) == [2]


def test_a_call_named_as_the_answer_stops_the_clock():
    call = Event(9, 2 * HOUR, -9, ours=True, needs_reply=False)
    assert waits(waiting_turns([they(1, 0, answered_by=9), call, we(2, 8)])) == [2]


def test_an_undated_message_is_neither_question_nor_answer():
    assert waits(waiting_turns([they(1, 0), we(2, 1, counts=False)])) == [None]


def test_the_other_direction_is_measured_alike():
    turns = waiting_turns([we(1, 0), they(2, 4)], ours_answer=False)
    assert waits(turns) == [4]


def test_per_message_every_message_waits_for_the_next_of_ours():
    turns = message_waits([they(1, 0), they(2, 3, automatic=True), we(3, 5), we(4, 6), they(5, 7)])
    assert waits(turns) == [5, 2, None]


def test_an_ignored_mail_makes_the_median_longer():
    answered = [they(1, 0, thread=1), we(2, 1, thread=1), they(3, 0, thread=2), we(4, 3, thread=2)]
    wall = lambda a, b: (b - a) / HOUR  # noqa: E731 - a clock in one line
    fast, _ = with_curve(waiting_turns(answered), at=100 * HOUR, elapsed=wall)
    honest, _ = with_curve(
        waiting_turns([*answered, they(5, 0, thread=3)]),
        at=100 * HOUR,
        elapsed=wall,
        target_hours=2,
    )
    assert (fast.km_median_h, honest.km_median_h) == (2, 3)
    assert honest.median_h == 2
    assert (honest.inbound, honest.answered, honest.open) == (3, 2, 1)
    assert honest.longest_open_h == 100
    assert honest.within_target == pytest.approx(1 / 3)


def test_periods_follow_iso_weeks_and_keep_empty_ones():
    wall = lambda a, b: (b - a) / HOUR  # noqa: E731
    start = 1_767_225_600  # 2026-01-01T00:00Z, a Thursday: ISO week 2026-W01
    events = [Event(1, start, 1, ours=False), Event(2, start + 15 * 86_400, 2, ours=False)]
    found = by_period(
        waiting_turns(events), "week", at=start + 9e6, elapsed=wall, zone=ZoneInfo("UTC")
    )
    assert [(p.label, p.n) for p in found] == [("2026-W01", 1), ("2026-W02", 0), ("2026-W03", 1)]
    assert found[0].few
    months = by_period(
        waiting_turns(events), "month", at=start + 9e6, elapsed=wall, zone=ZoneInfo("UTC")
    )
    assert [p.label for p in months] == ["2026-01"]


def test_percentiles_interpolate():
    assert percentile([1, 2, 3, 4], 0.5) == 2.5
    assert percentile([10, 20, 30, 40, 50], 0.9) == pytest.approx(46)
