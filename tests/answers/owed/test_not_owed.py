"""What looks like something owed and is none, and how heavy it is where it is one."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.answers.owed.rules import owed_to
from pmdesk.answers.relationship import relationship
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import ProjectStatus
from pmdesk.records.expectations import Confirmation, Outcome, Talk
from pmdesk.records.longterm import Chance, KeyDate, Opportunity
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.project import Project, Stage
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import Decision, Raid, Severity
from pmdesk.records.trust import Promise, Side
from tests.answers.making import expected
from tests.answers.owed.making import (
    AFTER,
    CALLED_TWICE,
    CHANGE,
    DECIDED,
    EVE,
    LATE,
    PROJECT,
    STAGE,
    happened,
    problem,
    unhappy,
    wall,
)

PUMP = problem(Severity.S2, EVE)
TOLD = {"told_at": EVE, "fix": "A seal", "fix_date": date(2026, 12, 1)}
STOOD_DOWN = {"told_at": EVE, "stood_down_at": wall(10, 8)}
NO_DUTY = {
    "a rehearsed crisis": ("crisis_untold", happened(Severity.S1, EVE, rehearsal=True)),
    "a crisis told": ("crisis_untold", happened(Severity.S1, EVE, told_at=EVE)),
    "a crisis not told for a reason": ("crisis_untold", happened(Severity.S1, EVE, untold_reason="x")),
    "a problem of our own": ("untold", replace(PUMP, internal=True)),
    "a problem told": ("untold", replace(PUMP, told_at=EVE)),
    "a risk": ("untold", replace(PUMP, raid=Raid.RISK)),
    "told with a fix and its day": ("incomplete", replace(PUMP, **TOLD)),
    "told with neither, but closed": ("incomplete", replace(PUMP, told_at=EVE, closed_on=date(2026, 10, 8))),
    "a problem not told yet": ("incomplete", PUMP),
    "a crisis that runs": ("post_mortem", happened(Severity.S1, EVE, told_at=EVE)),
    "a crisis with its post-mortem": ("post_mortem", happened(Severity.S1, EVE, **STOOD_DOWN, causes="x", actions="x")),
    "a rehearsal stood down": ("post_mortem", happened(Severity.S1, EVE, **STOOD_DOWN, rehearsal=True)),
    "an unhappy client, closed": ("unhappy", unhappy(**CALLED_TWICE, rating=3, closed_on=date(2026, 10, 15))),
    "a promise kept": ("promise", Promise(what="x", to_whom="Xu", due=date(2026, 10, 1), delivered_on=date(2026, 10, 8))),
    "a promise broken and kept after all": (
        "promise", Promise(what="x", to_whom="Xu", broken_on=date(2026, 10, 1), delivered_on=date(2026, 10, 8))),
    "a promise without a day": ("promise", Promise(what="x", to_whom="Xu")),
    "a promise of theirs": ("promise", Promise(what="x", by=Side.CLIENT, due=date(2026, 10, 1))),
    "a promise of ours": ("their_promise", Promise(what="x", to_whom="Xu", due=date(2026, 10, 1))),
    "a promise of theirs without a day": ("their_promise", Promise(what="x", by=Side.CLIENT)),
    "a promise of theirs kept": (
        "their_promise", Promise(what="x", by=Side.CLIENT, due=date(2026, 10, 1), delivered_on=date(2026, 10, 8))),
    "the fix of a risk": ("fix", replace(PUMP, raid=Raid.RISK, fix_date=date(2026, 10, 8))),
    "the fix of a closed problem": ("fix", replace(PUMP, fix_date=date(2026, 10, 8), closed_on=date(2026, 10, 8))),
    "a problem without a day for its fix": ("fix", PUMP),
    "the next act of what was lost": (
        "next_act", Opportunity(title="x", next_on=date(2026, 10, 8), chance=Chance.LOST, closed_on=date(2026, 10, 8))),
    "an opportunity without a next day": ("next_act", Opportunity(title="x")),
    "a date that is done": ("key_date", KeyDate(what="x", day=date(2026, 10, 8), done_on=date(2026, 10, 8))),
    "a gap within its tolerance": ("gap", replace(LATE, tolerance=2)),
    "a gap explained": ("gap", replace(LATE, explained_on=date(2026, 10, 8), explanation="x")),
    "a gap of what is no longer expected": ("gap", replace(LATE, ended_on=date(2026, 10, 8))),
    "a change told": ("change_untold", replace(CHANGE, **DECIDED, told_on=date(2026, 10, 8))),
    "a change of our own": ("change_untold", replace(CHANGE, **DECIDED, internal=True)),
    "a change decided": ("change", replace(CHANGE, **DECIDED)),
    "a change undecided": ("change_untold", CHANGE),
    "an expectation that has ended": ("confirm", expected(ended_on=date(2026, 10, 8))),
    "an expectation whose gap is to be explained": ("confirm", LATE),
    "a need of later": ("confirm", Need(statement="x", horizon=Horizon.LONG_TERM)),
    "a need dropped": ("confirm", Need(statement="x", dropped_on=date(2026, 10, 8))),
    "a problem solved by closing it": ("solution", replace(PUMP, closed_on=date(2026, 10, 8))),
    "a need without a day": ("solution", Need(statement="x")),
    "a meeting held": ("meeting", Appointment(what="x", at=EVE, ended_on=date(2026, 9, 30))),
}  # fmt: skip


@pytest.fixture
def owed(journal, pine, keep):
    """What these records of the client owe of a rule."""

    def found(rule, *records, at=AFTER):
        for one in records:
            keep(replace(one, client_id=pine.id) if hasattr(one, "client_id") else one)
        rel = relationship(journal, pine, at=at)
        return [one for one in owed_to(rel) if one.rule == rule]

    return found


@pytest.mark.parametrize(("rule", "record"), NO_DUTY.values(), ids=NO_DUTY)
def test_nothing_is_owed_for(owed, rule, record):
    assert owed(rule, record) == []


def test_a_severe_problem_weighs_more(owed):
    of_severity = [problem(severity, EVE) for severity in Severity]
    crises = [happened(severity, EVE) for severity in Severity]
    assert [one.weight for one in owed("untold", *of_severity)] == [1.4, 1.2, 1.0, 0.9]
    assert [one.weight for one in owed("crisis_untold", *crises)] == [1.4, 1.2, 1.0, 0.9]


def test_a_problem_without_a_solution_weighs_more_than_a_need(owed):
    rows = owed("solution", PUMP, Need(statement="x", noted_on=date(2026, 9, 30)))
    assert [(one.key.kind, one.weight) for one in rows] == [("issue", 1.2), ("need", 1.0)]


def test_an_option_that_is_not_chosen_solves_nothing(owed):
    option = Option(title="x", issue_id=1, feasible=Feasible.YES, checked_by="Lin")
    other = Option(title="x", issue_id=1)
    (one,) = owed("solution", PUMP, option, other)
    assert one.facts == {"since": "2026-09-30", "options": 2}
    assert owed("solution", replace(option, id=1, chosen_on=date(2026, 10, 8))) == []


def test_a_date_of_every_year_is_late_for_two_weeks_and_comes_again_when_it_is_done(owed):
    """On 16 October."""
    fair = KeyDate(what="Fair", day=date(2019, 10, 16), yearly=True)
    late = replace(fair, what="Renewal", day=date(2019, 10, 15))
    missed = replace(fair, what="Founded", day=date(2019, 10, 1))
    done = replace(late, what="Done", done_on=date(2026, 10, 14))
    found = owed("key_date", fair, late, missed, done)
    assert [(one.what, one.facts["due"], one.late_from <= AFTER.timestamp()) for one in found] == [
        ("Fair", "2026-10-16", False),
        ("Renewal", "2026-10-15", True),
        ("Founded", "2027-10-01", False),
        ("Done", "2027-10-15", False),
    ]


@pytest.mark.parametrize("status", [*ProjectStatus])
def test_nobody_is_asked_to_confirm_what_belongs_to_a_project_that_is_over(owed, keep, status):
    keep(replace(PROJECT, client_id=1, status=status), STAGE)
    of_it = expected(statement="Live in May", project_id=1)
    found = owed(
        "confirm", of_it, Need(statement="Fewer stops", project_id=1), Need(statement="Own")
    )
    over = status in {ProjectStatus.DONE, ProjectStatus.CANCELLED}
    assert [(one.what, one.facts["n"], one.facts.get("stage")) for one in found] == [
        ("Own", 1, None) if over else ("Live in May", 3, "Trial run")
    ]


@pytest.mark.parametrize("minutes", [None, 0, 60])
def test_a_meeting_lasts_an_hour_where_nobody_says_otherwise(owed, minutes):
    (one,) = owed("meeting", Appointment(what="x", at=wall(10, 16, 14), minutes=minutes))
    assert one.late_from == wall(10, 16, 15).timestamp()


def test_a_title_is_told_by_its_first_line(owed):
    (one,) = owed("untold", replace(PUMP, statement="  Pump fails\nat night"))
    assert one.what == "Pump fails"


def test_what_is_put_off_is_a_decision_to_be_told(owed):
    assert owed("change_untold", replace(CHANGE, **DECIDED | {"decision": Decision.DEFERRED}))


def test_what_waits_to_be_confirmed_is_one_row_a_stage(owed):
    rows = owed(
        "confirm",
        PROJECT, Project(name="Plant 4"), Project(name="Without stages"),
        replace(STAGE, name="Design", position=1, finished_on=date(2026, 9, 1)),
        replace(STAGE, position=3, name="Go-live", baseline_end=date(2027, 1, 1)),
        replace(STAGE, position=2, baseline_end=date(2026, 10, 30), forecast_end=date(2026, 10, 12)),
        Stage(project_id=2, name="Offer"),
        expected(project_id=1, importance=30, statement="Live"), expected(project_id=1, importance=10),
        expected(statement="Of no project", importance=20), expected(project_id=2, statement="Other"),
        expected(project_id=3, statement="Without"), Need(statement="Fewer stops", project_id=1),
    )  # fmt: skip
    assert [(one.what, one.facts, one.late_from) for one in rows] == [
        ("Live", {"n": 4, "stage": "Trial run", "ends": "2026-10-12"}, wall(9, 29).timestamp()),
        ("Other", {"n": 1, "stage": "Offer"}, None),
        ("Without", {"n": 1}, None),
    ]


def test_a_gap_within_its_tolerance_is_to_be_confirmed_all_the_same(owed, keep):
    within = replace(LATE, tolerance=2)
    assert [one.what for one in owed("confirm", within)] == ["Live by October"]
    assert owed("confirm", Confirmation(expectation_id=1, day=date(2026, 10, 8), by="Xu")) == []


def test_what_is_confirmed_or_agreed_anew_waits_for_nobody(owed):
    rows = owed(
        "confirm", PROJECT, STAGE, expected(statement="One"), expected(statement="Two"), expected(statement="Three"),
        Confirmation(expectation_id=1, stage_id=1, day=date(2026, 10, 8), by="Xu"),
        Confirmation(expectation_id=2, day=date(2026, 10, 8), by="Xu"),
        Talk(expectation_id=3, day=date(2026, 10, 8), outcome=Outcome.AGREED, agreed="x", agreed_by="Xu", proposal="x"),
    )  # fmt: skip
    assert [one.what for one in rows] == ["Two"]
