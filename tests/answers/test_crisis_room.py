"""The crisis room: limits in wall time, what is told and done, what ends it, what a rehearsal leaves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.actions import crisis as acts
from pmdesk.actions.openings import create_journal
from pmdesk.answers.crisis_ready import crisis_of, plan_lines, to_learn_from
from pmdesk.answers.crisis_room import room, running
from pmdesk.answers.health import client_health
from pmdesk.answers.owed.rules import owed_to
from pmdesk.answers.practices.crisis import crisis as crisis_practice
from pmdesk.answers.relationship import relationship
from pmdesk.insight.readiness import Response
from pmdesk.records.client import Client
from pmdesk.records.crisis import CauseOf, Crisis, CrisisLine, CrisisPlan, LineKind, Rehearsal
from pmdesk.records.limits import Limits
from pmdesk.records.transparency import Severity

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
    made = crisis_of(plan, client_id=1, title="Data loss", at=FOUND, rehearsal=rehearsal)
    return acts.begin(journal, made, at=FOUND).crisis


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


@pytest.mark.parametrize(
    ("about", "who", "settles"),
    [
        ("周启明 | 电话 | 30 分钟", "", True),
        ("", "周启明", True),
        ("周启明 | 电话 | 10 分钟", "周启明", True),  # the line was changed since
        ("Fang | call | 1 working day", "周启明", False),
    ],
)
def test_a_line_of_the_log_settles_its_task_by_its_line_else_by_name(journal, about, who, settles):
    crisis = begun(journal)
    with journal.action("Fill", at=FOUND) as act:
        act.save(CrisisLine(client_id=1, crisis_id=crisis.id, at=FOUND, what=LineKind.TOLD, about=about,
                            who=who, text="By telephone"))  # fmt: skip
    assert (seen(journal, crisis).notices[0].done_at == FOUND) is settles


def test_a_limit_in_wall_time_runs_on_over_weekend_and_holiday_a_time_of_day_is_the_next(journal):
    crisis = begun(journal)
    with journal.action("Fill", at=FOUND) as act:
        act.save(replace(crisis, notices=("A | call | 48 h", "B | call | by 18:00", "C | call | by 16:30",
                                          "D | call | next day")))  # fmt: skip
    assert [task.due for task in seen(journal, crisis).notices] == [
        FOUND + timedelta(hours=48),  # in the middle of the holidays
        FOUND + timedelta(hours=1),
        FOUND + timedelta(hours=23, minutes=30),
        datetime(2026, 10, 1, 16, 0, tzinfo=UTC),
    ]


def test_the_client_is_to_be_told_by_the_limit_of_the_level(journal):
    crisis = begun(journal)
    assert seen(journal, crisis).told_due == FOUND + timedelta(hours=4)
    with journal.action("Fill", at=FOUND) as act:
        act.save(replace(crisis, level=Severity.S3))
    # one working day from 17:00 on: an hour before the holidays, the rest after them
    assert seen(journal, crisis).told_due == datetime(2026, 10, 8, 9, 0, tzinfo=UTC)


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


def test_the_step_to_be_done_now_is_the_first_that_is_not_done(journal):
    crisis = begun(journal)
    acts.do_step(journal, crisis, PLAN["steps"][0], "Lin", "Stop writing", at=FOUND)
    acts.do_step(journal, crisis, PLAN["steps"][2], "Zhao", "Compare", at=FOUND)
    assert seen(journal, crisis).now.what == "Restore"


def test_texts_are_filled_with_what_is_known_and_show_what_is_not(journal):
    crisis = begun(journal)
    with journal.action("Fill", at=FOUND) as act:
        act.save(replace(crisis, statement_en="At {found} {what} at [client]. Done: {done}. Next: [time].",
                         statement_zh="{发现时间}发现，负责人{负责人}"))  # fmt: skip
    acts.do_step(journal, crisis, PLAN["steps"][0], "Lin", "Stop writing", at=FOUND)
    here = seen(journal, crisis)
    assert (
        here.statement("en", FOUND)
        == "At 17:00 Data loss at Pine. Done: Stop writing. Next: [time]."
    )
    assert here.statement("zh", FOUND + timedelta(days=1)) == "2026年9月30日 17:00发现，负责人Lin"


def test_a_text_of_its_own_comes_before_that_of_the_plan(journal):
    crisis = begun(journal)
    assert seen(journal, crisis).statement("en", FOUND) == "At [time] data went missing."
    acts.write_statement(journal, crisis, "en", "All is back.", at=FOUND)
    assert seen(journal, crisis).statement("en", FOUND) == "All is back."


def test_a_rehearsal_is_run_like_a_crisis_and_counts_as_none(journal):
    before = (client_health(rel(journal)), crisis_practice(rel(journal)).figures)
    crisis = begun(journal, rehearsal=True)
    later = FOUND + timedelta(days=2)
    assert (client_health(rel(journal)), crisis_practice(rel(journal)).figures) == before
    assert [o for o in owed_to(rel(journal, later)) if o.rule.startswith("crisis")] == []
    acts.end_rehearsal(journal, crisis, "The spare key was missing", "Lin", at=later)
    assert running(journal) == []
    assert to_learn_from(journal) == []


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
    assert (seen(journal, crisis).posture, seen(journal, crisis).history) == (posture, before)


@pytest.mark.parametrize(("days", "history"), [(730, True), (731, False), (-1, False)])
def test_history_is_what_lies_within_two_years_before(journal, days, history):
    with journal.action("Fill", at=FOUND) as act:
        act.save(Crisis(client_id=1, title="Other", found_at=FOUND - timedelta(days=days)))
        crisis = act.save(Crisis(client_id=1, title="Now", found_at=FOUND))
    assert seen(journal, crisis).history is history


def test_the_plans_of_all_clients_say_what_they_lack_and_when_they_are_rehearsed(journal):
    whole = {"trigger": "x", "deputy": "y", "fix": "z", "statement_zh": "已发现"}
    with journal.action("Fill", at=FOUND) as act:
        birch = act.save(Client(name="Birch"))
        plan = act.save(CrisisPlan(client_id=birch.id, **PLAN | whole | {"level": Severity.S3}))
        act.save(CrisisPlan(client_id=birch.id, scenario="Other", level=Severity.S1))
        act.save(Limits(client_id=birch.id, name="Birch", rehearse_days=30))
        for day in (date(2026, 8, 31), date(2026, 7, 1)):
            act.save(Rehearsal(client_id=birch.id, plan_id=plan.id, day=day, learned="x"))
    lines = plan_lines(journal, FOUND)
    assert [(line.client, line.plan.scenario, line.ready) for line in lines] == [
        ("Birch", "Other", False), ("Birch", "Data loss", True), ("Pine", "Data loss", False),
    ]  # fmt: skip
    assert (lines[1].rehearsed_on, lines[1].rehearse_by) == (date(2026, 8, 31), date(2026, 9, 30))
    assert lines[2].missing == ("trigger", "deputy", "statement_zh", "fix")
    assert not plan_lines(journal, FOUND + timedelta(days=1))[1].ready
    assert plan_lines(journal, FOUND - timedelta(days=50))[1].rehearsed_on == date(2026, 7, 1)
