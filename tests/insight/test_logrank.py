"""The log-rank test against hand values and stats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pmdesk.insight.logrank import logrank
from pmdesk.insight.survival import Wait


def waits(text):
    return [Wait(float(t.rstrip("+")), not t.endswith("+")) for t in text.split(", ")]


def test_by_hand():
    # at 1: 1 of 2 + 2; at 2: of 1 + 2; at 3: of 0 + 2; at 4: of 0 + 1
    found = logrank(waits("1, 2"), waits("3, 4"))
    more = (1 - 1 / 2) + (1 - 1 / 3)
    variance = 1 / 4 + 2 / 9
    assert found.z == pytest.approx(more / variance**0.5)
    assert found.p == pytest.approx(stats.chi2.sf(more**2 / variance, 1))


def test_nothing_answered_tells_nothing():
    assert logrank(waits("1+, 2+"), waits("3+")) is None
    assert logrank([], waits("1, 2")) is None


def test_the_same_waits_do_not_differ():
    found = logrank(waits("1, 2, 5+"), waits("1, 2, 5+"))
    assert (found.z, found.p) == (0, 1)


GROUP = st.lists(
    st.builds(Wait, st.integers(0, 30).map(float), st.booleans()), min_size=2, max_size=30
)


@given(GROUP, GROUP)
def test_as_scipy_computes_it(one, other):
    def censored(group):
        return stats.CensoredData(
            uncensored=[w.hours for w in group if w.answered],
            right=[w.hours for w in group if not w.answered],
        )

    found = logrank(one, other)
    if found is None:
        return
    wanted = stats.logrank(censored(one), censored(other))
    assert found.z == pytest.approx(wanted.statistic, abs=1e-9)
    assert found.p == pytest.approx(wanted.pvalue, abs=1e-9)
