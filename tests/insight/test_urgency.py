"""How pressing something is: its harm, more of it the later it gets, never more than twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.insight.urgency import urgency

HARM, SPAN = st.floats(1, 300), st.floats(60, 1e7)
LATE = st.floats(-1e8, 1e8)


@given(HARM, SPAN, LATE, LATE)
def test_it_never_falls_while_time_passes(harm, span, one, other):
    sooner, later = sorted((one, other))
    assert urgency(harm, sooner, span=span) <= urgency(harm, later, span=span)


@given(HARM, SPAN, LATE)
def test_it_lies_between_nothing_and_twice_the_harm(harm, span, late):
    assert 0 <= urgency(harm, late, span=span) <= 2 * harm
    assert (urgency(harm, late, span=span) >= harm) == (late >= 0 or late / span > -1e-15)


@given(HARM, SPAN)
def test_at_its_limit_and_without_one_it_is_the_harm(harm, span):
    assert urgency(harm, 0, span=span) == harm == urgency(harm, None, span=span)


@given(HARM, SPAN, st.floats(0.01, 20))
def test_as_much_is_missing_before_the_limit_as_is_added_after_it(harm, span, spans):
    before, after = urgency(harm, -spans * span, span=span), urgency(harm, spans * span, span=span)
    assert before + after == pytest.approx(2 * harm)


def test_half_of_what_is_left_comes_in_each_span():
    assert [urgency(100, late, span=10) for late in (-20, -10, 0, 10, 20)] == [
        25, 50, 100, 150, 175,
    ]  # fmt: skip


@given(HARM, SPAN, LATE, st.floats(1.01, 10))
def test_more_harm_presses_more(harm, span, late, times):
    assert urgency(harm * times, late, span=span) >= urgency(harm, late, span=span)
