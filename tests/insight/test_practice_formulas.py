"""The formulas of the practices at their edges; the beta distribution held against scipy's."""

import sys
from datetime import UTC, date, datetime, timedelta
from math import lgamma

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import beta

from pmdesk.answers.calendars import DEFAULT, rules
from pmdesk.insight.beta import beta_quantile, beta_share
from pmdesk.insight.cadence import Silence, due_days, kept_days, silence
from pmdesk.insight.earned_value import PlannedStage, earned_value, planned_share
from pmdesk.insight.gaps import Rated, relative_gap, weighed_gap
from pmdesk.insight.health import Part, Stop, health
from pmdesk.insight.readiness import Cause, PlanState, Response, is_ready, response
from pmdesk.insight.risk import Risk, by_harm, level
from pmdesk.insight.satisfaction import net_promoter_score, satisfied_share, wilson
from pmdesk.insight.stakeholders import engagement_gap
from pmdesk.insight.trust import Signal, Trust, trust, trust_over_time

AT = datetime(2026, 11, 23, tzinfo=UTC)
SHAPES = [(a, b) for a in (0.3, 1, 1.7, 9, 81, 2500) for b in (0.4, 1, 3, 21, 900)]


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_quantiles_are_scipys(a, b):
    for share in (0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999):
        assert beta_quantile(share, a, b) == pytest.approx(
            beta.ppf(share, a, b), rel=1e-8, abs=1e-12
        )


@given(st.floats(0, 1), st.floats(0.1, 500), st.floats(0.1, 500))
def test_shares_are_scipys(x, a, b):
    assert beta_share(x, a, b) == pytest.approx(beta.cdf(x, a, b), rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("share", "a", "b"), [(-0.1, 1, 1), (1.1, 1, 1), (0.5, 0, 1), (0.5, 1, -1)]
)
def test_what_is_no_distribution_is_refused(share, a, b):
    with pytest.raises(ValueError, match=r"positive|between"):
        beta_quantile(share, a, b)


@given(st.floats(0, 1e4), st.floats(0, 1e4))
def test_expected_trust_lies_in_its_interval_and_more_evidence_narrows_it(kept, broken):
    found, more = Trust(kept, broken), Trust(kept * 2 + 1, broken * 2 + 1)
    assert 0 <= found.low <= found.high <= 1
    assert more.high - more.low <= found.high - found.low + 1e-9


def test_a_signal_of_tomorrow_does_not_count_yet():
    later = Signal(AT + timedelta(days=1), kept=True)
    assert trust([later], at=AT, half_life=timedelta(days=90)) is None


def test_a_gap_of_nothing_has_no_per_cent_and_no_weights_no_gap():
    assert relative_gap(0, 5) is None
    assert weighed_gap([]) is None
    assert weighed_gap([Rated(0, 1, 2)]) is None


def test_shares_of_none_and_of_all():
    assert net_promoter_score([]) is None
    assert satisfied_share([]) is None
    assert net_promoter_score([10] * 12)[:3] == (100, 100, 100)
    assert wilson(0, 5).low == pytest.approx(0, abs=1e-12)
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)


@pytest.mark.parametrize(
    ("score", "found"), [(0.18, "high"), (0.1799, "medium"), (0.06, "medium"), (0.0599, "low")]
)
def test_levels_at_their_cuts(score, found):
    assert level(score) == found
    assert Risk(1, 0.3, 0.2).score == 0.06  # binary fractions would make it less


def test_without_money_the_score_decides():
    risks = [Risk(1, 0.1, 0.05), Risk(2, 0.9, 0.8), Risk(3, 0.5, 0.2, cost_minor=10)]
    assert [risk.id for risk in by_harm(risks)] == [3, 2, 1]


def test_nothing_planned_or_spent_gives_no_index():
    found = earned_value(100, 0, 0, 0)
    assert (found.spi, found.cpi, found.eac_typical, found.eac_both) == (None,) * 4
    assert found.eac_single == 100
    assert earned_value(100, 50, 50, 100).tcpi is None


def test_a_plan_is_worked_off_evenly():
    stage = PlannedStage(1.0, date(2026, 1, 1), date(2026, 1, 10), 0.0)
    assert planned_share([stage], date(2025, 12, 31)) == 0
    assert planned_share([stage], date(2026, 1, 5)) == 0.5
    assert planned_share([stage], date(2026, 1, 10)) == 1


@pytest.mark.parametrize(
    ("first", "until", "days"),
    [
        (date(2026, 9, 21), date(2026, 10, 5), ["2026-09-24", "2026-09-30"]),
        (date(2026, 10, 8), date(2026, 10, 24), ["2026-10-09", "2026-10-16", "2026-10-23"]),
    ],
)
def test_friday_reports_before_holidays(first, until, days):
    assert [d.isoformat() for d in due_days("weekly", 5, first, until, rules(DEFAULT))] == days


def test_monthly_and_quarterly_reports_fall_on_the_last_such_weekday():
    calendar = rules(DEFAULT)
    monthly = list(due_days("monthly", 5, date(2026, 1, 1), date(2026, 3, 31), calendar))
    assert monthly == [date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 27)]
    quarterly = list(due_days("quarterly", 5, date(2026, 1, 1), date(2026, 7, 31), calendar))
    assert quarterly == [date(2026, 1, 30), date(2026, 4, 24), date(2026, 7, 31)]
    assert list(due_days("never", 5, date(2026, 1, 1), date(2026, 7, 31), calendar)) == []


def test_each_thing_done_counts_for_one_due_day():
    due = [date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 27)]
    kept = kept_days(due, [date(2026, 11, 5), date(2026, 11, 16)], today=date(2026, 11, 23))
    assert (kept.due, kept.in_time, kept.missed) == (3, 2, (date(2026, 11, 13),))
    assert kept.next_due == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("days", "found"), [(7, Silence.FINE), (8, Silence.IDEAL_PASSED), (15, Silence.TOO_LONG)]
)
def test_silence_grows_from_fine_to_too_long(days, found):
    assert silence(days, 7, 14) is found
    assert silence(days, None, None) is Silence.FINE


def test_a_plan_stays_ready_for_180_days():
    plan = PlanState((), date(2026, 1, 1))
    assert is_ready(plan, at=date(2026, 6, 30))
    assert not is_ready(plan, at=date(2026, 7, 1))
    assert not is_ready(PlanState(("owner",), date(2026, 1, 1)), at=date(2026, 1, 2))
    assert not is_ready(PlanState((), None), at=date(2026, 1, 2))


@pytest.mark.parametrize(
    ("cause", "history", "found"),
    [
        (Cause.VICTIM, False, Response.INFORM), (Cause.VICTIM, True, Response.DIMINISH),
        (Cause.ACCIDENTAL, False, Response.DIMINISH), (Cause.ACCIDENTAL, True, Response.REBUILD),
        (Cause.PREVENTABLE, False, Response.REBUILD),
    ],
)  # fmt: skip
def test_the_posture_fits_cause_and_history(cause, history, found):
    assert response(cause, history=history) is found


def test_engagement_is_counted_in_steps():
    assert engagement_gap("neutral", "leading") == 2
    assert engagement_gap("leading", "supportive") == -1
    assert engagement_gap("unknown", "leading") is None


def test_health_as_in_the_example_and_capped():
    parts = [
        Part("r", 0.25, 80),
        Part("t", 0.25, 75),
        Part("e", 0.2, 60),
        Part("d", 0.15, 100),
        Part("f", 0.15, None),
    ]
    found = health(parts)
    assert (found.value, found.coverage) == pytest.approx((77.3529, 0.85), abs=5e-5)
    assert health(parts, [Stop("not told", 40)]).value == 40
    assert health([Part("r", 0.4, 90), Part("t", 0.6, None)]).value is None


def halved(share, a, b):
    """The quantile by sixty halvings: slow, and nothing in it can go astray."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_share(middle, a, b) < share else (low, middle)
    return (low + high) / 2


@given(st.floats(0.001, 0.999), st.floats(1, 400), st.floats(1, 400))
@example(0.5, 191.0, 191.0)
def test_newtons_steps_end_where_halving_does(share, a, b):
    x = halved(share, a, b)
    # the share itself is known to the rounding of its logarithms: no way there can do better
    noise = 2 * lgamma(a + b) * sys.float_info.epsilon / beta.pdf(x, a, b)
    assert beta_quantile(share, a, b) == pytest.approx(x, rel=0, abs=2e-15 + noise)


@given(st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_nothing_and_everything_have_their_quantiles_at_the_ends(a, b):
    assert (beta_quantile(0.0, a, b), beta_quantile(1.0, a, b)) == (0.0, 1.0)


SIGNALS = st.builds(
    Signal,
    st.integers(0, 3000).map(lambda hours: AT - timedelta(hours=hours)),
    st.booleans(),
    st.floats(0.01, 5),
)
MOMENTS = st.lists(st.integers(-100, 3100).map(lambda hours: AT - timedelta(hours=hours)))


@given(st.lists(SIGNALS, max_size=30), MOMENTS, st.integers(1, 400))
def test_trust_over_time_is_the_trust_of_each_moment(signals, moments, days):
    half_life = timedelta(days=days)
    moments.sort()
    over_time = list(trust_over_time(signals, moments, half_life=half_life))
    for moment, found in zip(moments, over_time, strict=True):
        alone = trust(signals, at=moment, half_life=half_life)
        assert (found is None) == (alone is None)
        if found is not None and alone is not None:
            assert found.signals == alone.signals
            assert found.kept == pytest.approx(alone.kept, rel=1e-12, abs=1e-12)
            assert found.broken == pytest.approx(alone.broken, rel=1e-12, abs=1e-12)
            assert found.expected == pytest.approx(alone.expected, rel=1e-12)
