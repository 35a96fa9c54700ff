"""The survival curve at its limits: intervals, ties, the last step, few waits."""

from math import log, sqrt
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.insight.survival import Wait, kaplan_meier

# A machine that is busy with other tests is no failure.
LAW = settings(deadline=None)
EXAMPLE = "1, 2, 2, 3+, 4, 5+, 6, 8+, 9, 12+"


def read(text):
    """Waits in hours; a + is still open."""
    return [Wait(float(word.rstrip("+")), not word.endswith("+")) for word in text.split(", ")]


def curve_of(text):
    return kaplan_meier(read(text))


def test_the_steps_of_the_example_and_who_was_still_waiting_at_each():
    curve = curve_of(EXAMPLE)
    assert curve.times == (1, 2, 4, 6, 9)
    assert curve.at_risk == (10, 9, 6, 4, 2)
    assert curve.events == (1, 2, 1, 1, 1)
    assert (curve.n, curve.open, curve.longest) == (10, 4, 12)


def test_the_whole_interval_of_the_example_as_scipy_gives_it():
    curve = curve_of(EXAMPLE)
    assert curve.low == pytest.approx((0.473009, 0.328717, 0.229787, 0.118715, 0.013149), abs=1e-6)
    assert curve.high == pytest.approx((0.985281, 0.891949, 0.820739, 0.725649, 0.586675), abs=1e-6)


def test_the_standard_error_stays_between_answers_and_is_none_before_the_first():
    curve = curve_of(EXAMPLE)
    assert curve.standard_error(6) == curve.standard_error(8.9)
    assert curve.standard_error(0.5) == 0


def test_the_quartiles():
    curve = curve_of(EXAMPLE)
    assert (curve.quantile(0.25), curve.quantile(0.75), curve.quantile(0.9)) == (2, 9, None)


def test_a_curve_at_one_half_but_for_rounding_has_its_median_there():
    assert curve_of("1, 2, 3, 4").median == 2.5
    # 1 − 0.7 is a little less than the 0.3 that the curve comes to
    assert curve_of("1, 1, 1, 2, 2, 3, 3, 4, 4, 5").quantile(0.7) == 3.5


def test_a_curve_that_ends_at_one_half_has_its_median_where_it_came_there():
    assert curve_of("1, 2, 3+, 4+").median == 2


def test_at_a_tie_answers_come_before_open_ones():
    assert curve_of("2+, 2, 3").at(2) == pytest.approx(2 / 3)


def test_a_wider_level_gives_a_wider_interval():
    narrow, wide = (kaplan_meier(read(EXAMPLE), level=level) for level in (0.8, 0.99))
    assert all(a < b for a, b in zip(wide.low, narrow.low, strict=True))
    assert all(a > b for a, b in zip(wide.high, narrow.high, strict=True))


def test_only_open_waits_have_no_interval():
    assert curve_of("3+, 4+").median_interval == (None, None)


def test_one_answer_alone_has_no_interval():
    curve = curve_of("5")
    assert curve.median == 5
    assert curve.median_interval == (None, None)
    assert (curve.low, curve.high) == ((0.0,), (1.0,))


def test_the_last_step_to_nobody_gives_the_median_no_upper_limit():
    curve = curve_of("1, 2, 3")
    assert curve.median_interval == (1, None)
    assert curve.low == pytest.approx((0.054073, 0.008962, 0), abs=1e-6)
    assert curve.high == pytest.approx((0.945206, 0.774149, 0.774149), abs=1e-6)
    assert curve.standard_error(3) == 0


def test_many_answers_reach_both_limits_of_the_median():
    curve = kaplan_meier(Wait(float(n), answered=True) for n in range(1, 101))
    assert (curve.median, *curve.median_interval) == (50.5, 40, 60)


def test_every_ignored_mail_makes_the_median_longer():
    medians = [curve_of(text).median for text in ("1, 2", "1, 2, 50+", "1, 2, 50+, 50+, 50+")]
    assert medians == [1.5, 2, None]


HOURS = st.integers(0, 40).map(lambda n: n / 4)
WAITS = st.lists(st.builds(Wait, HOURS, st.booleans()), min_size=1, max_size=30)


@LAW
@given(st.lists(HOURS, min_size=1, max_size=30))
def test_without_open_ones_median_and_error_are_the_plain_ones(hours):
    curve = kaplan_meier(Wait(h, answered=True) for h in hours)
    assert curve.median == pytest.approx(median(hours))
    for t in hours:
        share = curve.at(t)
        plain = sqrt(share * (1 - share) / len(hours))
        assert curve.standard_error(t) == pytest.approx(plain, abs=1e-9)


@LAW
@given(WAITS, st.randoms(use_true_random=False))
def test_the_order_of_the_waits_makes_no_difference(waits, chance):
    assert kaplan_meier(chance.sample(waits, len(waits))) == kaplan_meier(waits)


@LAW
@given(WAITS)
def test_the_interval_of_the_median_holds_the_median(waits):
    curve = kaplan_meier(waits)
    low, high = curve.median_interval
    assert low is None or curve.median is None or low <= curve.median
    assert high is None or (curve.median is not None and curve.median <= high)


@LAW
@given(WAITS)
def test_both_limits_are_equally_far_on_the_scale_of_log_minus_log(waits):
    curve = kaplan_meier(waits)
    for low, share, high in zip(curve.low, curve.survival, curve.high, strict=True):
        if 0 < share < 1:
            up, middle, down = (log(-log(value)) for value in (low, share, high))
            assert up - middle == pytest.approx(middle - down, abs=1e-6)
