"""Waits counted otherwise: single messages, wall clock, months; the same figures as everywhere."""

from itertools import product

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.before_after import before_after, their_before_after
from pmdesk.answers.insights.counting import Counting
from pmdesk.answers.insights.mirror import mirror
from pmdesk.answers.insights.slower import drift_of, drift_values, they_answer, we_answer
from pmdesk.answers.insights.weekly import their_weekly, weekly
from pmdesk.answers.relationship import relationship
from pmdesk.answers.responsiveness import Question, ask
from pmdesk.answers.text.said import say
from pmdesk.answers.windows import windows_of
from tests.answers.insights.making import weeks
from tests.answers.making import EN, NOW

WAYS = [Counting(*way) for way in product(("turn", "message"), ("work", "wall"), ("week", "month"))]
SIDES = {True: (we_answer, weekly, before_after), False: (they_answer, their_weekly,
                                                          their_before_after)}  # fmt: skip


@pytest.fixture
def rel(journal, keep, pine):
    """Forty weeks in which answers come in one hour, then in six; a few of ours wait, too."""
    keep(*weeks(pine, 40, [1] * 20 + [6] * 20, each=3))
    keep(*weeks(pine, 12, [2, 30] * 6, ours=False))
    return relationship(journal, pine, at=NOW)


def asked(rel, counting, *, ours):
    question = Question(counting.mode, counting.clock, counting.by, ours)
    return ask(rel.journal, rel.client, question, at=rel.at, talk=rel.talk)


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize("counting", WAYS)
def test_insights_hold_the_figures_of_the_same_question(rel, counting, ours):
    answer = asked(rel, counting, ours=ours)
    turns, periods, sides = (find(rel, Period(), counting) for find in SIDES[ours])
    assert [item.cells[3] for item in turns.items] == answer.hours
    assert turns.values == drift_values(drift_of(answer))
    known = [one for one in answer.periods if one.n]
    assert [item.cells[1] for item in periods.items] == [one.n for one in known]
    medians = [None if one.few else one.figures.km_median_h for one in known]
    assert [item.cells[3] for item in periods.items] == medians
    quarters = [(None, None) if one.few else (one.q1, one.q3) for one in known]
    assert [item.cells[6:8] for item in periods.items] == quarters
    assert periods.shape.monthly is (counting.by == "month")
    assert sum(item.cells[2] for item in sides.items) == sides.values["n"]


@pytest.mark.parametrize("counting", [way for way in WAYS if way.mode == "turn"])
def test_without_a_change_two_windows_are_those_of_the_same_question(rel, counting):
    two = windows_of(rel, asked(rel, counting, ours=False).question)
    found = their_before_after(rel, Period(), counting)
    assert found.values["since"] is None
    totals = [one.total for one in (two.before, two.now) if one.turns]
    assert [item.cells[2] for item in found.items] == [total.inbound for total in totals]
    assert found.items[-1].cells[4] == two.now.total.km_median_h


@pytest.mark.parametrize("counting", WAYS)
def test_what_is_counted_otherwise_is_told_with_its_unit(rel, counting):
    for find in (we_answer, weekly, before_after, mirror):
        found = find(rel, Period(), counting)
        units = {column.unit for column in found.columns} - {"", "%"}
        unit = "hours" if counting.clock == "wall" else "working hours"
        assert (units, found.shape.unit) == ({unit}, unit)
        told = say(EN, found.evidence)
        assert ("wall clock" in told) is (counting.clock == "wall")
        assert ("each message by itself" in told) is (counting.mode == "message")


def test_both_sides_are_counted_alike(rel):
    counting = Counting("message", "wall")
    found = mirror(rel, Period(), counting)
    ours, theirs = (asked(rel, counting._replace(by="month"), ours=way) for way in (True, False))
    assert found.values["they_wait_h"] == round(ours.total.km_median_h, 4)
    assert found.values["we_wait_h"] == round(theirs.total.km_median_h, 4)
