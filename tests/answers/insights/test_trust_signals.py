"""Signals of trust with their weight and age, and trust beside them, by hand."""

from datetime import timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.trust_signals import trust_signals
from pmdesk.answers.practices.trust import trust_now
from pmdesk.answers.text.said import say
from pmdesk.records.trust import Kept, SignalState, TrustSignal
from tests.answers.making import EN, NOW, TODAY


def signal(days_ago, kept=Kept.KEPT, weight=1.0, **more):
    return TrustSignal(
        what=f"{days_ago}", day=TODAY - timedelta(days=days_ago), kept=kept, weight=weight, **more
    )


SIGNALS = [
    signal(0, Kept.BROKEN, 2),
    signal(180),
    signal(360),
    signal(5, state=SignalState.REJECTED),
]


def test_a_signal_counts_half_after_each_half_life(world):
    rel, _ = world(SIGNALS)
    found = trust_signals(rel, Period())
    assert [(one.days_old, one.weight) for one in found.shape.weighed] == [
        (360, 1),
        (180, 1),
        (0, 2),
    ]
    assert [one.counts for one in found.shape.weighed] == pytest.approx([0.25, 0.5, 2])
    now = trust_now(rel)
    assert now.expected == pytest.approx((0.75 + 1) / (0.75 + 2 + 2), abs=1e-6)
    assert say(EN, found.verdict) == f"Trust 0.37, between {now.low:.2f} and {now.high:.2f}"
    assert say(EN, found.evidence).startswith("2 kept, 1 broken · what is 180 days old counts half")
    assert [say(EN, item.cells[2]) for item in found.items] == ["Kept", "Kept", "Broken"]
    assert all(item.record[0] == "trust_signal" for item in found.items)


def test_the_curve_ends_in_the_verdict_s_trust_and_begins_with_the_first_signal(world):
    rel, _ = world(SIGNALS)
    course = trust_signals(rel, Period()).shape.course
    now = trust_now(rel)
    assert (course[0].day, course[-1].day) == (TODAY - timedelta(days=360), TODAY)
    assert (course[-1].expected, course[-1].low) == pytest.approx((now.expected, now.low))
    assert course[0].expected == pytest.approx(2 / 3, abs=0.001)


def test_ten_years_are_told_in_wider_steps(world):
    rel, _ = world([signal(3650), signal(1)])
    assert len(trust_signals(rel, Period()).shape.course) <= 123


def test_a_period_lists_its_own_signals_and_trust_at_its_end(world):
    rel, _ = world(SIGNALS)
    until = TODAY - timedelta(days=90)
    found = trust_signals(rel, Period(TODAY - timedelta(days=200), until))
    assert [one.days_old for one in found.shape.weighed] == [90]
    assert found.values["trust"] > 0.5 > trust_now(rel).expected


def test_without_a_signal_that_counts_it_says_so(world):
    rel, _ = world([signal(3, state=SignalState.REJECTED)])
    found = trust_signals(rel, Period())
    assert (found.enough, found.items) == (False, ())
    assert say(EN, found.verdict) == "No signal counts yet"


def test_one_of_today_counts_whole(world):
    rel, _ = world([signal(0)])
    assert rel.at == NOW
    assert trust_signals(rel, Period()).shape.weighed[0].counts == 1.0
