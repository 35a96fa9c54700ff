"""Kaplan–Meier: the worked example of METHODS 1, and what must hold for any waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.insight.responsiveness import percentile
from pmdesk.insight.survival import Wait, kaplan_meier

EXAMPLE = [(1, 1), (2, 1), (2, 1), (3, 0), (4, 1), (5, 0), (6, 1), (8, 0), (9, 1), (12, 0)]


@pytest.fixture
def curve():
    return kaplan_meier(Wait(hours, bool(answered)) for hours, answered in EXAMPLE)


@pytest.mark.parametrize(
    ("hours", "share"),
    [
        (0.5, 1),
        (1, 0.9),
        (2, 0.7),
        (3, 0.7),
        (4, 0.58333),
        (6, 0.4375),
        (9, 0.21875),
        (99, 0.21875),
    ],
)
def test_the_example_falls_as_worked_out(curve, hours, share):
    assert curve.at(hours) == pytest.approx(share, abs=5e-6)


def test_the_example_at_six_hours_has_its_error_and_interval(curve):
    place = curve.times.index(6)
    assert curve.standard_error(6) == pytest.approx(0.17474, abs=5e-6)
    assert (curve.low[place], curve.high[place]) == pytest.approx((0.119, 0.726), abs=5e-4)


def test_the_median_counts_who_still_waits(curve):
    assert curve.median == 6
    assert curve.median_interval == (1, None)
    assert percentile([h for h, answered in EXAMPLE if answered], 0.5) == 3


def test_share_within_four_hours(curve):
    assert 1 - curve.at(4) == pytest.approx(0.41667, abs=5e-6)


def test_nobody_waiting_gives_no_curve():
    assert kaplan_meier([]) is None


def test_only_open_waits_never_reach_the_median():
    curve = kaplan_meier([Wait(3, False), Wait(5, False)])
    assert curve.median is None
    assert curve.at(100) == 1
    assert curve.longest == 5


HOURS = st.floats(0.01, 1000, allow_nan=False)


@given(st.lists(HOURS, min_size=1, max_size=40))
def test_without_open_waits_the_curve_is_the_plain_share(hours):
    curve = kaplan_meier([Wait(h, True) for h in hours])
    for h in hours:
        assert curve.at(h) == pytest.approx(
            sum(other > h for other in hours) / len(hours), abs=1e-9
        )


@given(st.lists(st.tuples(HOURS, st.booleans()), min_size=1, max_size=40))
def test_limits_hold_the_curve_between_them_and_it_never_rises(waits):
    curve = kaplan_meier([Wait(*wait) for wait in waits])
    for low, share, high in zip(curve.low, curve.survival, curve.high, strict=True):
        assert low <= share + 1e-9
        assert share <= high + 1e-9
    assert list(curve.survival) == sorted(curve.survival, reverse=True)


@given(st.lists(HOURS, min_size=1, max_size=30), HOURS)
def test_an_ignored_mail_never_makes_the_median_shorter(hours, ignored):
    answered = [Wait(h, True) for h in hours]
    before = kaplan_meier(answered).median
    after = kaplan_meier([*answered, Wait(max(hours) + ignored, False)]).median
    assert after is None or after >= before


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=40))
def test_without_open_waits_it_is_the_ordinary_median(hours):
    curve = kaplan_meier(Wait(h, answered=True) for h in hours)
    assert curve.median == pytest.approx(percentile(sorted(hours), 0.5))
