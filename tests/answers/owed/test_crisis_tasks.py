"""Whom to tell and what to do in a crisis that runs: a row for each line of it that is not done."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.actions.put_off import put_off
from pmdesk.answers.owed.rules import owed_to
from pmdesk.answers.relationship import relationship
from pmdesk.records.crisis import CrisisLine, LineKind
from pmdesk.records.transparency import Severity
from tests.answers.making import plan
from tests.answers.owed.making import EVE, happened, wall

AT = wall(9, 30, 18)
LINES = {
    "notices": ("Xu | call | 1 h", "Li | mail | 30 min", "Fang | letter | soon"),
    "steps": ("Lin | 2 h | Stop the line", "Lin | 4 h |"),
}


@pytest.fixture
def owed(journal, pine, keep):
    """What these records of the client owe of the lines of its crises."""

    def found(*records):
        for one in records:
            keep(replace(one, client_id=pine.id))
        rows = owed_to(relationship(journal, pine, at=AT))
        return [one for one in rows if one.rule == "crisis_task"]

    return found


def told(**more):
    return CrisisLine(crisis_id=1, at=EVE, what=LineKind.TOLD, text="x", **more)


def test_each_line_with_a_limit_is_a_row(owed):
    rows = owed(happened(Severity.S1, EVE, **LINES))
    assert [(one.what, one.late_from, one.weight, one.about) for one in rows] == [
        ("Xu", wall(9, 30, 16).timestamp(), 1.4, "crisis_task:crisis:1:Xu | call | 1 h"),
        ("Li", wall(9, 30, 15, 30).timestamp(), 1.4, "crisis_task:crisis:1:Li | mail | 30 min"),
        ("Stop the line", wall(9, 30, 17).timestamp(), 1.4, "crisis_task:crisis:1:Lin | 2 h | Stop the line"),
        ("Lin", wall(9, 30, 19).timestamp(), 1.4, "crisis_task:crisis:1:Lin | 4 h |"),
    ]  # fmt: skip
    assert {one.shown_from for one in rows} == {EVE.timestamp()}


def test_one_line_is_set_aside_alone(journal, owed, seen):
    first, *others = owed(happened(Severity.S1, EVE, told_at=EVE, **LINES))
    put_off(journal, first, why="x", until=date(2026, 10, 8), at=AT)
    assert {row.owed.about for row in seen(AT, "crisis_task")} == {one.about for one in others}


def test_a_line_is_done_by_its_own_words_or_by_whom_it_names(owed):
    crisis = happened(Severity.S1, EVE, notices=LINES["notices"][:2])
    assert [one.what for one in owed(crisis, told(who="Xu"))] == ["Li"]
    assert owed(told(about="Li | mail | 30 min")) == []


def test_what_was_told_in_another_crisis_is_not_told_in_this_one(owed):
    crisis = happened(Severity.S1, EVE, notices=LINES["notices"][:1])
    rows = owed(crisis, crisis, told(who="Xu"))
    assert [one.key.id for one in rows] == [2]


def test_a_crisis_without_lines_has_those_of_its_plan(owed):
    of_plan = plan(notices=LINES["notices"][:1], steps=(), issue_id=None)
    other = replace(of_plan, notices=LINES["notices"][1:2])
    bare = happened(Severity.S1, EVE)
    rows = owed(other, of_plan, replace(bare, plan_id=2), bare)
    assert [(one.key.id, one.what) for one in rows] == [(1, "Xu")]


NO_DUTY = {"stood down": {"stood_down_at": EVE}, "a rehearsal": {"rehearsal": True}}


@pytest.mark.parametrize("fields", NO_DUTY.values(), ids=NO_DUTY)
def test_what_does_not_run_asks_for_nothing(owed, fields):
    assert owed(happened(Severity.S1, EVE, **LINES, **fields)) == []
