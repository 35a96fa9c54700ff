"""The weekly review: what stands in which step, over all clients, and what it costs to know."""

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from pmdesk.answers.owed.rules import RULES
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.review import STEPS, Reasons, review, review_values, step_of, week_of
from pmdesk.cli import main
from pmdesk.records.client import Client
from pmdesk.records.communication import PlanLine
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate
from pmdesk.records.recovery import Complaint
from pmdesk.records.set_aside import SetAside
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for
from tests.answers.making import (
    EN,
    IN,
    OUT,
    WEEKLY,
    ago,
    day,
    expected,
    issue,
    late,
    mail,
    plan,
    risk,
    told,
)

OURS = {"what": "Report", "to_whom": "Zhou"}
CASES = {
    "a question within its target": ([mail(IN, ago(hours=1))], {"turns": [("reply", False)]}),
    "a question past its target": ([mail(IN, ago(days=5))], {"turns": [("reply", True)]}),
    "an ask of ours": (
        [Interaction(subject="x", at=ago(days=5), direction=OUT, thread=1, text="Could you confirm?")],
        {"turns": [("waiting", True)]},
    ),
    "a promise due in a week": ([Promise(**OURS, due=day(7))], {"promises": [("promise", False)]}),
    "a promise due later": ([Promise(**OURS, due=day(9))], {}),
    "a promise past its day": ([Promise(**OURS, due=day(-1))], {"promises": [("promise", True)]}),
    "their promise due in a week": (
        [Promise(what="Data", by=Side.CLIENT, due=day(7))], {"promises": [("their_promise", False)]},
    ),
    "a gap and an expectation nobody confirmed": (
        [late(), expected()], {"expectations": [("gap", False), ("confirm", False)]},
    ),
    "a problem untold": ([issue()], {"raid": [("untold", True), ("solution", True)]}),
    "a fix that is due": (
        [told(hours=1)], {"raid": [("solution", True), ("fix", False)]},
    ),
    "a high risk without a plan": ([risk()], {"raid": [("risk", False)]}),
    "an unhappy client with nothing due yet": (
        [Complaint(own_words="x", heard_at=ago(hours=1))], {"raid": [("unhappy", False)]},
    ),
    "a plan nobody rehearsed": ([plan(issue_id=None)], {"plans": [("rehearse", False)]}),
    "a date within a week": ([KeyDate(what="Board", day=day(5))], {"rhythm": [("key_date", False)]}),
    "a report of this week": ([WEEKLY], {"reports": [("report", True)]}),
    "a line of the plan, missed and due again": (
        [PlanLine(what="Call", first_on=date(2026, 10, 5))], {"plans": [("plan_line", True)]},
    ),
    "a line that was kept": (
        [PlanLine(what="Call", first_on=date(2026, 11, 20)),
         Interaction(subject="x", at=ago(days=3), direction=OUT)],
        {"plans": [("plan_line", False)]},
    ),
    "a line that has ended": (
        [PlanLine(what="Call", first_on=date(2026, 10, 5), ended_on=date(2026, 11, 1))], {},
    ),
}  # fmt: skip


@pytest.fixture
def looked(journal, at):
    """The review of all clients at noon."""

    def look(moment=at):
        standings = Standings()
        standings.bring_up_to_date(journal, at=moment)
        return review(journal, standings.known.values(), at=moment)

    return look


def rows_of(found):
    return {
        looking.step.name: [(row.owed.rule, row.late) for row in looking.rows]
        for looking in found.steps
        if looking.rows
    }


@pytest.mark.parametrize(("records", "rows"), CASES.values(), ids=CASES)
def test_what_lies_open_is_looked_at_in_its_step(world, looked, records, rows):
    world(records, {"contact_every_days": None})
    assert rows_of(looked()) == rows


def test_a_client_beyond_its_cadence_is_looked_at(world, looked):
    world([Interaction(subject="x", at=ago(days=20), direction=OUT, automatic=False, thread=1)],
          {"contact_every_days": 7, "contact_max_days": 14})  # fmt: skip
    assert rows_of(looked())["rhythm"] == [("silence", True)]


def test_every_rule_of_the_day_is_looked_at_but_the_meetings():
    assert {rule.name for rule in RULES if not step_of(rule)} == {"meeting"}
    assert {step_of(rule) for rule in RULES} - {""} <= {step.name for step in STEPS}


def test_mail_of_no_client_is_one_row_for_each_sender_the_newest_first(journal, keep, looked):
    for n, who in enumerate(("Ann <a@x.example>", "Bo <b@x.example>", "Ann <a@x.example>")):
        keep(Interaction(subject=f"Mail {n}", who=who, at=ago(hours=9 - n)))
    found = looked()
    (inbox, *_) = found.steps
    assert [row.owed.what for row in inbox.rows] == ["Ann", "Bo"]
    reasons = Reasons(journal, found.at)
    assert reasons.reason(inbox.rows[0].owed, EN) == "Mail 2 · 2 messages · last 23 Nov 2026"
    assert inbox.rows[0].client == ""
    assert inbox.late == 0


def test_a_line_of_the_plan_says_what_was_missed_and_what_comes(journal, world, looked):
    world([PlanLine(what="Call", first_on=date(2026, 10, 5))])
    found = looked()
    (row,) = next(s.rows for s in found.steps if s.step.name == "plans")
    assert Reasons(journal, found.at).reason(row.owed, EN) == "missed 20 Nov 2026 · due 27 Nov 2026"
    assert row.client == "Pine Manufacturing"


def test_what_was_put_off_is_not_looked_at(journal, world, keep, looked):
    world([Promise(**OURS, due=day(-1))])
    keep(SetAside(about="promise:promise:1", until=day(9), why="agreed"))
    assert rows_of(looked()) == {}


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), "2026-W47"),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "2026-W48"),  # Monday in Shanghai
        (datetime(2027, 1, 1, 4, tzinfo=UTC), "2026-W53"),
    ],
)
def test_a_week_is_named_by_the_calendar_of_the_journal(journal, moment, week):
    assert week_of(journal, moment) == week


def test_all_clients_stand_together_the_most_pressing_first(journal, world, keep, looked):
    world([Promise(**OURS, due=day(-1))])
    other = keep(Client(name="Harbour"))
    keep(Promise(**OURS, client_id=other.id, due=day(-9)))
    promises = next(s for s in looked().steps if s.step.name == "promises")
    assert [row.client for row in promises.rows] == ["Harbour", "Pine Manufacturing"]
    assert promises.late == 2


def test_the_command_line_prints_the_steps(journal, world, at):
    world([issue(), Promise(**OURS, due=day(-1))])
    path = str(journal.path)
    journal.close()
    found = CliRunner().invoke(main, ["review", "-j", path, "--at", at.isoformat(), "--json"])
    told = json.loads(found.output)
    assert told["week"] == "2026-W48"
    assert [step["step"] for step in told["steps"]] == [step.name for step in STEPS]
    (promise,) = told["steps"][2]["open"]
    assert (promise["client"], promise["record"], promise["late"]) == (
        "Pine Manufacturing",
        "promise:1",
        True,
    )
    lines = (
        CliRunner().invoke(main, ["review", "-j", path, "--at", at.isoformat()]).output.splitlines()
    )
    assert "Promises: 1, late 1" in lines
    assert any(line.startswith("  ! Promise  Pine Manufacturing: Report") for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_has_its_sentence(journal, world, looked, language):
    world([issue(), late(), Promise(**OURS, due=day(-1)), WEEKLY,
           PlanLine(what="Call", first_on=date(2026, 10, 5))])  # fmt: skip
    values = review_values(journal, looked(), words_for(language))
    assert all(row["why"] for step in values["steps"] for row in step["open"])
