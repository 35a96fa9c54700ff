"""The crisis room: limits in wall time, what is told and done, what ends it, what a rehearsal leaves."""

from datetime import UTC, datetime, timedelta

import pytest

from pmdesk.actions import crisis as acts
from pmdesk.actions.openings import create_journal
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_room import room, running
from pmdesk.answers.health import client_health
from pmdesk.answers.owed.rules import owed_to
from pmdesk.answers.practices.crisis import crisis as crisis_practice
from pmdesk.answers.relationship import relationship
from pmdesk.insight.readiness import Response
from pmdesk.records.client import Client
from pmdesk.records.crisis import CauseOf, Crisis, CrisisPlan, Rehearsal
from pmdesk.records.transparency import Issue, Raid, Severity

# The evening before National Day: wall time runs on over the holiday.
FOUND = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai
PLAN = {
    "scenario": "Data loss",
    "level": Severity.S2,
    "owner": "Lin",
    "notices": (
        "周启明 | 电话 | 30 分钟",
        "Fang | call | 1 working day",
        "Users | mail | same day",
    ),
    "steps": ("Lin | 1 h | Stop writing", "Zhao | 2 h | Restore", "Zhao | sometime | Compare"),
    "statement_en": "At [time] data went missing.",
    "criteria": "Counts agree\nThe client has signed",
}


@pytest.fixture
def journal(tmp_path):
    with create_journal(tmp_path / "a.pmdesk", at=FOUND) as journal:
        with journal.action("Fill", at=FOUND) as act:
            client = act.save(Client(name="Pine"))
            act.save(CrisisPlan(client_id=client.id, **PLAN))
        yield journal


def begun(journal, *, rehearsal=False, bare=False):
    plan = None if bare else journal.find(CrisisPlan)[0]
    made = acts.crisis_of(plan, client_id=1, title="Data loss", at=FOUND, rehearsal=rehearsal)
    acts.begin(journal, made, at=FOUND)
    return journal.find(Crisis, order="id DESC", limit=1)[0]


def seen(journal, crisis):
    return room(journal, journal.get(Crisis, crisis.id))


def rel(journal, at=FOUND):
    return relationship(journal, journal.get(Client, 1), at=at)


def test_limits_run_in_wall_time_unless_a_working_day_is_asked_for(journal):
    here = seen(journal, begun(journal))
    day = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    assert [task.due for task in here.notices] == [
        FOUND + timedelta(minutes=30),
        datetime(2026, 10, 8, 16, 0, tzinfo=UTC),  # the end of the first working day after it
        day,
    ]
    assert [task.due for task in here.steps] == [
        FOUND + timedelta(hours=1), FOUND + timedelta(hours=2), None,
    ]  # fmt: skip
    assert [task.what for task in here.steps] == ["Stop writing", "Restore", "Compare"]


@pytest.mark.parametrize(("minutes", "late"), [(30, False), (31, True)])
def test_a_task_is_late_just_after_its_limit(journal, minutes, late):
    here = seen(journal, begun(journal))
    assert here.notices[0].late(FOUND + timedelta(minutes=minutes)) is late
    assert here.steps[2].late(FOUND + timedelta(days=90)) is False


def test_told_and_done_settle_their_own_line_and_undo_opens_it_again(journal):
    crisis = begun(journal)
    here = seen(journal, crisis)
    at = FOUND + timedelta(minutes=10)
    acts.tell(journal, crisis, here.notices[0].line, "周启明", at=at)
    acts.do_step(journal, crisis, here.steps[1].line, "Zhao", "Restore", at=at)
    now = seen(journal, crisis)
    assert [task.done_at for task in now.notices] == [at, None, None]
    assert [task.done_at for task in now.steps] == [None, at, None]
    assert [line.text for line in now.log] == ["Restore", "周启明"]
    journal.undo()
    assert [task.done_at for task in seen(journal, crisis).steps] == [None, None, None]


def test_what_runs_owes_each_open_line_by_its_limit_and_a_rehearsal_nothing(journal):
    crisis = begun(journal)
    owed = [one for one in owed_to(rel(journal)) if one.rule == "crisis_task"]
    assert [(one.what, one.late_from) for one in owed][:2] == [
        ("周启明", (FOUND + timedelta(minutes=30)).timestamp()),
        ("Fang", datetime(2026, 10, 8, 16, tzinfo=UTC).timestamp()),
    ]
    assert len(owed) == len({one.about for one in owed}) == 5
    acts.tell(journal, crisis, PLAN["notices"][0], "周启明", at=FOUND)
    left = [one.what for one in owed_to(rel(journal)) if one.rule == "crisis_task"]
    assert left == ["Fang", "Users", "Stop writing", "Restore"]


def test_it_is_stood_down_only_against_its_criteria_and_once_the_client_knows(journal):
    crisis = begun(journal)
    at = FOUND + timedelta(hours=3)
    with pytest.raises(Refused) as refused:
        acts.stand_down(journal, seen(journal, crisis), at=at)
    assert [problem.values.get("what") for problem in refused.value.problems] == [
        "Counts agree", "The client has signed", None,
    ]  # fmt: skip
    for criterion in ("Counts agree", "The client has signed"):
        acts.meet(journal, crisis, criterion, at=at)
    with pytest.raises(Refused):
        acts.stand_down(journal, seen(journal, crisis), at=at)
    acts.tell_client(journal, journal.get(Crisis, crisis.id), at=at)
    acts.stand_down(journal, seen(journal, crisis), at=at)
    assert running(journal) == []
    assert journal.get(Crisis, crisis.id).stood_down_at == at


def test_the_post_mortem_goes_into_the_risk_log_and_the_plan(journal):
    crisis = begun(journal)
    with pytest.raises(Refused) as refused:
        acts.keep_post_mortem(journal, crisis, facts="", causes=" ", actions="", plan_change="",
                              to_risk_log=True, at=FOUND)  # fmt: skip
    assert [problem.field for problem in refused.value.problems] == ["causes", "actions"]
    acts.keep_post_mortem(
        journal, crisis, facts="17:00 found", causes="No restore was ever tried", actions="Try each month",
        plan_change="Zhao | 3 h | Check the copy\na sentence", to_risk_log=True, at=FOUND,
    )  # fmt: skip
    (risk,) = journal.find(Issue)
    assert (risk.raid, risk.statement, risk.internal) == (
        Raid.RISK,
        "No restore was ever tried",
        True,
    )
    (plan,) = journal.find(CrisisPlan)
    assert plan.steps == (*PLAN["steps"], "Zhao | 3 h | Check the copy")
    assert plan.issue_id == risk.id
    journal.undo()
    assert journal.find(Issue) == []
    assert journal.find(CrisisPlan)[0].steps == PLAN["steps"]


def test_a_rehearsal_is_run_like_a_crisis_and_counts_as_none(journal):
    before = (client_health(rel(journal)), crisis_practice(rel(journal)).figures)
    crisis = begun(journal, rehearsal=True)
    later = FOUND + timedelta(days=2)
    assert (client_health(rel(journal)), crisis_practice(rel(journal)).figures) == before
    assert [o for o in owed_to(rel(journal, later)) if o.rule.startswith("crisis")] == []
    with pytest.raises(Refused):
        acts.end_rehearsal(journal, crisis, " ", "Lin", at=later)
    acts.end_rehearsal(journal, crisis, "The spare key was missing", "Lin", at=later)
    (kept,) = journal.find(Rehearsal)
    assert (kept.plan_id, kept.learned, kept.day.isoformat()) == (
        1,
        "The spare key was missing",
        "2026-10-02",
    )
    assert running(journal) == []


def test_one_without_a_plan_can_be_written_down_and_ended(journal):
    crisis = begun(journal, bare=True)
    here = seen(journal, crisis)
    assert here.notices == here.steps == here.criteria == ()
    acts.note(journal, crisis, "Pump stopped", at=FOUND)
    acts.tell_client(journal, crisis, at=FOUND)
    acts.stand_down(journal, seen(journal, crisis), at=FOUND + timedelta(hours=1))
    with pytest.raises(Refused):
        acts.note(journal, crisis, "  ", at=FOUND)


@pytest.mark.parametrize(
    ("cause", "before", "posture"),
    [
        (CauseOf.VICTIM, False, Response.INFORM),
        (CauseOf.VICTIM, True, Response.DIMINISH),
        (CauseOf.ACCIDENTAL, False, Response.DIMINISH),
        (CauseOf.ACCIDENTAL, True, Response.REBUILD),
        (CauseOf.PREVENTABLE, False, Response.REBUILD),
    ],
)
def test_the_posture_follows_cause_and_history(journal, cause, before, posture):
    with journal.action("Fill", at=FOUND) as act:
        if before:
            act.save(Crisis(client_id=1, title="Before", found_at=FOUND - timedelta(days=300),
                            stood_down_at=FOUND - timedelta(days=299)))  # fmt: skip
        act.save(
            Crisis(client_id=1, title="Drill", found_at=FOUND - timedelta(days=9), rehearsal=True)
        )
        crisis = act.save(Crisis(client_id=1, title="Now", cause=cause, found_at=FOUND))
    assert seen(journal, crisis).posture is posture
