"""Expectations side by side with what is: gap in tolerances, state, order."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.gaps import gaps
from pmdesk.answers.text.said import say
from pmdesk.records.expectations import Dimension
from tests.answers.making import EN, confirmed, expected, late


def number(want, is_, **more):
    given = {"dimension": Dimension.QUALITY, "unit": "h", "expected_number": want,
             "forecast_number": is_, "less_is_better": True}  # fmt: skip
    return expected(**(given | more))


@pytest.mark.parametrize(
    ("record", "tolerances", "gap", "state"),
    [
        (late(tolerance=5), 2.0, "+10 working days", "To be explained"),
        (late(tolerance=20), 0.5, "+10 working days", "Within tolerance"),
        (late(tolerance=0), None, "+10 working days", "To be explained"),
        (number(8, 9, tolerance=2), 0.5, "+1 h", "Within tolerance"),
        (number(8, 7, tolerance=2), -0.5, "−1 h", "Unconfirmed"),
        (number(8, 8, tolerance=0), 0.0, "0 h", "Unconfirmed"),
        (number(8, None), None, None, "Unconfirmed"),
    ],
)
def test_each_has_its_gap_in_tolerances_and_its_state(world, record, tolerances, gap, state):
    rel, kept = world([record])
    found = gaps(rel, Period())
    (item,) = found.items
    assert item.record == ("expectation", kept.id)
    assert item.cells[6] == tolerances
    assert (item.cells[4] and say(EN, item.cells[4])) == gap
    assert say(EN, item.cells[-1]) == state


def test_those_to_be_explained_come_first_and_those_without_an_actual_last(world):
    rel, _ = world(
        [
            number(8, None, statement="unknown"),
            number(8, 9, tolerance=2, statement="within"),
            number(8, 12, tolerance=2, statement="twice"),
            number(8, 14, tolerance=2, statement="three times"),
        ]
    )
    found = gaps(rel, Period())
    order = ["three times", "twice", "within", "unknown"]
    assert [line.statement for line in found.shape.lines] == order
    assert [item.cells[0] for item in found.items] == order
    assert say(EN, found.verdict) == "2 of 4 to be explained, most Quality: +6 h"
    assert say(EN, found.evidence).startswith("confirmed at this stage: 0 of 4")


def test_the_verdict_says_what_is_left_to_do(world):
    rel, kept = world([number(8, 8)])
    assert say(EN, gaps(rel, Period()).verdict) == "No gap to be explained, 1 of 1 not confirmed"
    rel, _ = world([confirmed(expectation_id=kept.id)])
    assert say(EN, gaps(rel, Period()).verdict) == "Expectations confirmed, no open gap"


def test_what_is_no_longer_expected_is_left_out(world):
    rel, _ = world([late(ended_on=date(2026, 11, 20)), late(statement="still")])
    assert [line.statement for line in gaps(rel, Period()).shape.lines] == ["still"]


def test_a_period_that_is_over_shows_what_was_known_at_its_end(journal, world, keep):
    rel, kept = world([number(8, 9, tolerance=2)])
    with journal.action("Forecast", at=rel.at) as act:
        act.save(replace(kept, forecast_number=14.0))
    rel, _ = world([])
    assert [i.cells[6] for i in gaps(rel, Period()).items] == [3.0]
    before = gaps(rel, Period(None, date(2026, 11, 20)))
    assert [i.cells[6] for i in before.items] == [0.5]
    assert "as of 20 Nov 2026" in say(EN, before.evidence)
