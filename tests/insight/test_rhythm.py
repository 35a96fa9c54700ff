"""A person's own rhythm: quantiles beside numpy's, and from how many answers and gaps on it counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.insight.rhythm import Rhythm, quantile, rhythm, usual_wait

NUMBERS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40)


@given(NUMBERS, st.floats(0, 1))
def test_a_quantile_is_numpys(values, share):
    from numpy import percentile  # slow to load, and nothing else here asks for it

    assert quantile(values, share) == pytest.approx(
        percentile(values, share * 100), rel=1e-9, abs=1e-6
    )


def test_a_quantile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="a quantile of nothing"):
        quantile([], 0.5)


@given(NUMBERS, st.integers(0, 5))
def test_a_quantile_does_not_ask_for_an_order(values, turn):
    assert quantile(values[turn:] + values[:turn], 0.75) == quantile(values, 0.75)


def test_three_of_four_answers_came_within_the_usual_wait():
    assert usual_wait([8, 1, 7, 2, 6, 3, 5, 4]) == 6.25
    assert usual_wait([1] * 6 + [9, 9]) == 3.0


def test_seven_answers_tell_nothing_eight_do():
    assert usual_wait([1.0] * 7) is None
    assert usual_wait([1.0] * 8) == 1.0


def days(*gaps):
    """The days of contacts with these gaps between them, the last first."""
    day, found = date(2026, 1, 1), [date(2026, 1, 1)]
    for gap in gaps:
        day += timedelta(days=gap)
        found.append(day)
    return found[::-1]


def test_fourteen_gaps_tell_nothing_fifteen_do():
    assert rhythm(days(*[7] * 14)) is None
    assert rhythm(days(*[7] * 15)) == Rhythm(15, 7.0)


def test_several_contacts_on_a_day_are_one():
    once = days(*[7] * 14)
    assert rhythm(once + once) is None


def test_ninety_five_of_a_hundred_gaps_stay_within_the_rhythm():
    assert rhythm(days(*range(1, 21), 90)) == Rhythm(21, 20.0)
    assert rhythm(days(*range(1, 20), 90)) == Rhythm(20, pytest.approx(22.55))
