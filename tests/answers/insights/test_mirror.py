"""Who waits longer for whom: both directions, told only where chance does not explain it."""

from datetime import date

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.mirror import mirror
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from tests.answers.insights.making import weeks
from tests.answers.making import EN, NOW

SLOW, FAST = [6, 7, 8, 6.5, 7.5, 8], [1, 1.5, 2, 1, 2, 3]


@pytest.fixture
def of(journal, keep, pine):
    def ask(ours, theirs, period=None, first=6):
        records = [*weeks(pine, first, ours), *weeks(pine, first, theirs, ours=False)]
        if records:
            keep(*records)
        return mirror(relationship(journal, pine, at=NOW), period or Period())

    return ask


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        (SLOW, FAST, "They wait longer: they 7.2 h for us, we 1.8 h for them"),
        (FAST, SLOW, "We wait longer: we 7.2 h for them, they 1.8 h for us"),
        (FAST, [*FAST[1:], 1], "Both wait about as long: they 1.8 h for us, we 1.8 h for them"),
        ([None] * 6, FAST, "More than half of theirs still wait for us; we get answers in 1.8 h"),
        (FAST, [None] * 6, "We answer in 1.8 h; more than half of ours still wait for them"),
        (FAST[:4], SLOW, "Too few turns to compare: 4 of theirs, 6 of ours"),
        (FAST, [], "Too few turns to compare: 6 of theirs, 0 of ours"),
    ],
)
def test_the_verdict(of, ours, theirs, told):
    found = of(ours, theirs)
    assert say(EN, found.verdict) == told
    assert len(found.items) == len(ours) + len(theirs)
    assert (len(found.shape.ours.dots), len(found.shape.theirs.dots)) == (len(ours), len(theirs))


def test_counts_and_open_ones_stand_beside_it(of):
    found = of([*FAST, None], SLOW)
    told = say(EN, found.evidence)
    assert told.startswith(
        "theirs: n = 7, 1 still open · ours: n = 6, 0 still open · log-rank p 0.00"
    )
    assert say(EN, found.items[-1].cells[1]) == "we waited for them"
    assert say(EN, found.items[6].cells[5]) == "still open"


def test_only_the_period_counts_and_a_month_needs_five(of):
    found = of(SLOW * 2, FAST, Period(date(2026, 9, 1), date(2026, 9, 30)), first=12)
    # five Mondays of theirs from 31 August on, of which September has four
    assert len(found.shape.ours.dots) == 4
    assert found.shape.ours.months == ()
    assert found.shape.ours.median is None
