"""What is done in a crisis: each act is one step, and undo brings back what was before it."""

from datetime import UTC, datetime, timedelta

import pytest

from pmdesk.actions import crisis as acts
from pmdesk.actions.post_mortem import Lessons, keep_post_mortem, timeline
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_ready import crisis_of, to_learn_from
from pmdesk.answers.crisis_room import room, running
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import CauseOf, Crisis, CrisisLine, CrisisPlan, LineKind, Rehearsal
from pmdesk.records.kinds import KINDS
from pmdesk.records.transparency import Issue, Raid, Severity

FOUND = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)  # a Saturday, 09:00 in Shanghai
LATER = FOUND + timedelta(minutes=40)
NOTICES = ("周启明 | 电话 | 30 分钟", "Users | mail | 4 h")
STEPS = ("Lin | 1 h | Stop writing", "Zhao | 2 h | Restore")


@pytest.fixture
def plan(journal):
    with journal.action("Fill", at=FOUND) as act:
        client = act.save(Client(name="Pine", also_called=("青松",)))
        act.save(Contact(client_id=client.id, name="周启明"))
        return act.save(
            CrisisPlan(client_id=client.id, scenario="Data loss", level=Severity.S1, owner="Lin",
                       notices=NOTICES, steps=STEPS, criteria="Counts agree\nSigned")
        )  # fmt: skip


def begun(journal, plan, *, rehearsal=False):
    made = crisis_of(plan, client_id=1, title="", at=FOUND, rehearsal=rehearsal)
    return acts.begin(journal, made, at=FOUND).crisis


def seen(journal, crisis):
    return room(journal, journal.get(Crisis, crisis.id))


def everything(journal):
    return {name: journal.find(kind.cls, order="id") for name, kind in KINDS.items()}


ACTS = {
    "begin": lambda journal, crisis: acts.begin(
        journal, Crisis(client_id=1, title="Other", found_at=FOUND), at=LATER),
    "tell": lambda journal, crisis: acts.tell(journal, crisis, NOTICES[0], "周启明", at=LATER),
    "client": lambda journal, crisis: acts.tell_client(journal, crisis, at=LATER),
    "step": lambda journal, crisis: acts.do_step(journal, crisis, STEPS[0], "Lin", "Stop", at=LATER),
    "meet": lambda journal, crisis: acts.meet(journal, crisis, "Signed", at=LATER),
    "note": lambda journal, crisis: acts.note(journal, crisis, "Found", at=LATER),
    "cause": lambda journal, crisis: acts.see_as(journal, crisis, CauseOf.VICTIM, at=LATER),
    "text": lambda journal, crisis: acts.write_statement(journal, crisis, "zh", "已恢复", at=LATER),
    "lessons": lambda journal, crisis: keep_post_mortem(
        journal, crisis, Lessons("f", "c", "a", risk="r", plan={"trigger": "t"}), at=LATER),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_each_act_is_one_step_and_undo_brings_back_what_was(journal, plan, act):
    crisis = begun(journal, plan)
    before = everything(journal)
    act(journal, crisis)
    assert everything(journal) != before
    journal.undo()
    assert everything(journal) == before


def test_a_crisis_takes_all_that_its_plan_says_and_keeps_it_when_the_plan_changes(journal, plan):
    crisis = begun(journal, plan)
    assert (crisis.title, crisis.level, crisis.notices, crisis.steps, crisis.criteria) == (
        "Data loss", Severity.S1, NOTICES, STEPS, "Counts agree\nSigned",
    )  # fmt: skip
    keep_post_mortem(journal, crisis, Lessons("", "c", "a", plan={"steps": ("A | 1 h | B",)}), at=LATER)  # fmt: skip
    assert journal.get(Crisis, crisis.id).steps == STEPS
    assert journal.get(CrisisPlan, plan.id).steps == ("A | 1 h | B",)


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("周启明", True),
        ("pine", True),
        (" 青松 ", True),
        ("Users", False),
        ("周启", False),
        ("", False),
    ],
)
def test_telling_the_client_or_its_people_stops_the_disclosure_clock(journal, plan, who, told):
    crisis = begun(journal, plan)
    acts.tell(journal, crisis, NOTICES[0], who or "?", at=LATER)
    if who:
        assert journal.get(Crisis, crisis.id).told_at == (LATER if told else None)
    assert len(journal.find(CrisisLine)) == 1


def test_the_first_time_the_client_was_told_stands(journal, plan):
    crisis = begun(journal, plan)
    acts.tell_client(journal, crisis, at=LATER)
    acts.tell(journal, crisis, NOTICES[0], "周启明", at=LATER + timedelta(hours=1))
    assert journal.get(Crisis, crisis.id).told_at == LATER


def test_in_a_rehearsal_nobody_is_told(journal, plan):
    crisis = begun(journal, plan, rehearsal=True)
    acts.tell(journal, crisis, NOTICES[0], "周启明", at=LATER)
    assert journal.get(Crisis, crisis.id).told_at is None
    assert seen(journal, crisis).notices[0].done_at == LATER


def test_an_act_keeps_what_another_window_changed_meanwhile(journal, plan):
    crisis = begun(journal, plan)
    acts.write_statement(journal, crisis, "en", "Stopped.", at=LATER)
    acts.see_as(journal, crisis, CauseOf.PREVENTABLE, at=LATER)
    acts.tell_client(journal, crisis, at=LATER)
    stored = journal.get(Crisis, crisis.id)
    assert (stored.statement_en, stored.cause, stored.told_at) == (
        "Stopped.", CauseOf.PREVENTABLE, LATER,
    )  # fmt: skip


def test_a_line_is_kept_at_the_time_it_begins_with_and_never_empty(journal, plan):
    crisis = begun(journal, plan)
    acts.note(journal, crisis, "09:10 two interfaces", at=LATER)
    acts.note(journal, crisis, " still 12:00 ", at=LATER)
    assert [(line.at, line.text) for line in journal.find(CrisisLine, order="id")] == [
        (FOUND + timedelta(minutes=10), "two interfaces"), (LATER, "still 12:00"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        acts.note(journal, crisis, "  ", at=LATER)


def test_it_is_stood_down_only_against_its_criteria_and_once_the_client_knows(journal, plan):
    crisis = begun(journal, plan)
    with pytest.raises(Refused) as refused:
        acts.stand_down(journal, crisis, at=LATER)
    assert [problem.values.get("what") for problem in refused.value.problems] == [
        "Counts agree", "Signed", None,
    ]  # fmt: skip
    for criterion in ("Counts agree", "Signed"):
        acts.meet(journal, crisis, criterion, at=LATER)
    with pytest.raises(Refused):
        acts.stand_down(journal, crisis, at=LATER)
    acts.tell_client(journal, crisis, at=LATER)
    acts.stand_down(journal, crisis, at=LATER)
    assert running(journal) == []
    assert journal.get(Crisis, crisis.id).stood_down_at == LATER
    assert [one.id for one in to_learn_from(journal)] == [crisis.id]
    journal.undo()
    assert [one.id for one in running(journal)] == [crisis.id]


def test_a_reason_why_the_client_is_not_told_is_enough(journal, plan):
    with journal.action("Fill", at=FOUND) as act:
        crisis = act.save(Crisis(client_id=1, title="x", found_at=FOUND, untold_reason="Theirs"))
    acts.stand_down(journal, crisis, at=LATER)
    assert running(journal) == []


def test_one_without_a_plan_needs_a_word_of_what_happened(journal, plan):
    with pytest.raises(Refused) as refused:
        acts.begin(journal, crisis_of(None, client_id=1, title="", at=FOUND), at=FOUND)
    assert [problem.field for problem in refused.value.problems] == ["title"]
    bare = acts.begin(
        journal, crisis_of(None, client_id=1, title="Pump", at=FOUND), at=FOUND
    ).crisis
    here = seen(journal, bare)
    assert here.notices == here.steps == here.criteria == ()


def test_what_is_gone_is_refused_and_nothing_is_written(journal, plan):
    crisis = begun(journal, plan)
    journal.undo()
    for name in ("tell", "client", "cause", "text"):
        with pytest.raises(Refused):
            ACTS[name](journal, crisis)
    assert journal.find(CrisisLine) == []


def test_ending_a_rehearsal_needs_what_was_learned_and_rehearses_its_plan(journal, plan):
    crisis = begun(journal, plan, rehearsal=True)
    with pytest.raises(Refused):
        acts.end_rehearsal(journal, crisis, " ", "Lin", at=LATER)
    night = datetime(2026, 11, 28, 17, 0, tzinfo=UTC)  # the 29th in Shanghai
    acts.end_rehearsal(journal, crisis, "The key was missing", "Lin, Zhao", at=night)
    (kept,) = journal.find(Rehearsal)
    assert (kept.plan_id, kept.learned, kept.who, kept.day.isoformat()) == (
        plan.id, "The key was missing", "Lin, Zhao", "2026-11-29",
    )  # fmt: skip
    assert running(journal) == []


def test_the_post_mortem_goes_into_the_risk_log_and_the_plan(journal, plan):
    crisis = begun(journal, plan)
    with pytest.raises(Refused) as refused:
        keep_post_mortem(journal, crisis, Lessons("", " ", "", risk="x"), at=LATER)
    assert [problem.field for problem in refused.value.problems] == ["causes", "actions"]
    with pytest.raises(Refused) as refused:
        keep_post_mortem(
            journal, crisis, Lessons("", "c", "a", plan={"steps": ("no parts",)}), at=LATER
        )
    assert [problem.field for problem in refused.value.problems] == ["steps"]
    assert journal.find(Issue) == []
    steps = (*STEPS, "Zhao | 3 h | Check the copy")
    keep_post_mortem(
        journal, crisis,
        Lessons("09:00 found", "No restore was ever tried", "Try each month", "One more step",
                risk="A restore fails", plan={"steps": steps, "owner": "nobody"}),
        at=LATER,
    )  # fmt: skip
    stored = journal.get(Crisis, crisis.id)
    assert (stored.facts, stored.causes, stored.plan_change) == (
        "09:00 found", "No restore was ever tried", "One more step",
    )  # fmt: skip
    (risk,) = journal.find(Issue)
    assert (risk.raid, risk.statement, risk.severity, risk.internal) == (
        Raid.RISK, "A restore fails", Severity.S1, True,
    )  # fmt: skip
    changed = journal.get(CrisisPlan, plan.id)
    assert (changed.steps, changed.issue_id, changed.owner) == (steps, risk.id, "Lin")


def test_facts_to_begin_with_are_the_log_in_its_order(journal, plan):
    crisis = begun(journal, plan)
    acts.note(journal, crisis, "Job 14 stopped", at=FOUND)
    acts.tell(journal, crisis, NOTICES[0], "周启明", at=LATER)
    acts.do_step(journal, crisis, STEPS[0], "Lin", "Stop writing", at=LATER)
    assert timeline(seen(journal, crisis)).splitlines() == [
        "11-28 09:00  Job 14 stopped", "11-28 09:40  周启明", "11-28 09:40  Lin: Stop writing",
    ]  # fmt: skip
    kinds = [line.what for line in journal.find(CrisisLine, order="id")]
    assert kinds == [LineKind.LOG, LineKind.TOLD, LineKind.STEP]
