"""Guided paths: how far a record has come, when each step is due, what lies beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pmdesk.actions.refusals import Refused
from pmdesk.actions.risk_log import log_cause
from pmdesk.answers.paths.path import missing, now_at
from pmdesk.answers.paths.talking import TALK, steps_of, talk_to_go_on
from pmdesk.answers.paths.under_way import PATHS, path_of, under_way
from pmdesk.answers.paths.unhappy import UNHAPPY, UNHAPPY_STEPS
from pmdesk.answers.text.difficult import ADVICE
from pmdesk.answers.text.said import say
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Dimension, Outcome, Talk
from pmdesk.records.interaction import Interaction
from pmdesk.records.recovery import STEPS, Breach, Complaint
from pmdesk.records.transparency import Issue, Raid
from pmdesk.records.trust import Promise
from pmdesk.words import words_for
from tests.answers.making import EN, TODAY, ago, confirmed, day, expected, issue, late

HEARD = {"own_words": "Nobody answers\nat all", "heard_at": datetime(2026, 11, 20, 1, tzinfo=UTC)}
ACK = HEARD | {"acknowledged_at": datetime(2026, 11, 20, 3, tzinfo=UTC)}
AGREED = ACK | {
    "causes": "One phone for all", "ways": "A\nB", "solution": "A second phone",
    "agreed_on": date(2026, 11, 20), "due": date(2026, 11, 22), "owner": "Li",
}  # fmt: skip
DONE = AGREED | {"done_on": date(2026, 11, 20)}
FOLLOWED = DONE | {"follow_up_1_on": TODAY, "follow_up_1": "Holds"}
RATED = FOLLOWED | {"follow_up_2_on": TODAY, "follow_up_2": "Yes", "rating": 4}


def test_the_steps_are_those_of_the_case_in_their_order():
    assert [step.text for step in UNHAPPY_STEPS] == [text for text, _ in STEPS]
    assert [step.needs for step in UNHAPPY_STEPS] == [names for _, names in STEPS]
    assert [step.name for step in UNHAPPY_STEPS if step.decides] == ["closed"]


CASES = {
    # 8 working hours from Fri 09:00 in Shanghai are over at 18:00, a weekend later it is late
    "heard": (HEARD, 1, {"heard": "2026-11-20 09:00", "acknowledged": "by 2026-11-20 17:00"}, {"acknowledged"}),
    "heard just now": (HEARD | {"heard_at": ago(minutes=5)}, 1, {"heard": "2026-11-23 11:55", "acknowledged": "by 2026-11-24 10:55"}, set()),
    "acknowledged": (ACK, 2, {"acknowledged": "2026-11-20 11:00"}, set()),
    "agreed, due today": (AGREED | {"due": TODAY}, 5, {"done": "due 23 Nov 2026"}, set()),
    "agreed, past its day": (AGREED, 5, {"agreed": "20 Nov 2026", "done": "due 22 Nov 2026", "follow_up_1": "2 working days after it is done", "follow_up_2": "2 weeks after it is done"}, {"done"}),
    # done on a Friday: two working days later is Tuesday, two weeks later a Friday
    "done": (DONE, 6, {"done": "20 Nov 2026", "follow_up_1": "due 24 Nov 2026", "follow_up_2": "due 4 Dec 2026"}, set()),
    "done long ago": (DONE | {"heard_at": ago(days=60), "acknowledged_at": ago(days=60), "agreed_on": day(-50), "done_on": date(2026, 11, 2)}, 6, {"follow_up_1": "due 4 Nov 2026", "follow_up_2": "due 16 Nov 2026"}, {"follow_up_1", "follow_up_2"}),
    "followed up": (FOLLOWED, 7, {"follow_up_1": "23 Nov 2026"}, set()),
    "rated": (RATED, 9, {"rated": "4 of 5"}, set()),
    "closed": (RATED | {"issue_id": 1, "closed_on": TODAY}, 10, {"closed": "23 Nov 2026"}, set()),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "done", "days", "overdue"), CASES.values(), ids=CASES)
def test_each_step_has_its_day(world, fields, done, days, overdue):
    rel, kept = world([issue(), Complaint(**fields)])
    seen = UNHAPPY.standings(rel, kept)
    assert [s.state for s in seen] == ["done"] * done + ["now"] * (done < 10) + ["later"] * (
        9 - done
    )
    told = {s.step.name: say(EN, s.day) for s in seen if s.day}
    assert days.items() <= told.items()
    assert {s.step.name for s in seen if s.late} == overdue
    assert now_at(seen) == min(done, 9)


@pytest.mark.parametrize("breach", Breach)
def test_whether_to_call_or_to_write_follows_from_why(breach):
    told = {step.name: UNHAPPY.advice(Complaint(breach=breach), step) for step in UNHAPPY_STEPS}
    assert {name for name, text in told.items() if text} == {
        "acknowledged",
        "causes",
        "options",
        "agreed",
    }
    assert told["causes"] == ADVICE[breach]
    assert ("call" in told["agreed"]) == (breach is Breach.COULD_NOT)
    assert ("writing" in told["agreed"]) == (breach is not Breach.UNKNOWN)


@pytest.mark.parametrize(
    ("n", "names"), [(0, []), (1, ["acknowledged_at"]), (4, ["due", "owner"]), (9, ["closed_on"])]
)
def test_a_step_says_what_it_still_needs(n, names):
    record = Complaint(**AGREED | {"acknowledged_at": None, "due": None, "owner": " "})
    assert [p.field for p in missing(UNHAPPY, record, UNHAPPY_STEPS[n])] == names


def test_beside_the_case_stands_what_the_client_said_what_is_promised_and_what_is_the_matter(world):
    rel, kept = world([
        Interaction(subject="Pump", who="Zhou", at=ago(days=2), text="Why so late?\n\n> old\n"),
        Interaction(subject="Later", at=ago(days=-2)),
        Interaction(subject="Away", at=ago(days=1), automatic=True),
        Promise(what="Report", to_whom="Zhou", due=day(3)),
        Promise(what="Plan", to_whom="Zhou", due=day(1)),
        Promise(what="Kept", to_whom="Zhou", due=day(1), delivered_on=TODAY),
        issue(), issue(raid=Raid.RISK), issue(closed_on=TODAY),
        Complaint(own_words="Again", heard_at=ago(days=90)),
        Complaint(**ACK),
    ])  # fmt: skip
    found = {facts.title: [row.title for row in facts.rows] for facts in UNHAPPY.facts(rel, kept)}
    assert found == {
        "What the client said": ["Pump"], "Open promises": ["Plan", "Report"],
        "Related problems": ["Pump"], "Unhappy before": ["Again"],
    }  # fmt: skip
    (said, *_) = UNHAPPY.facts(rel, kept)
    assert [say(EN, part) for part in said.rows[0].second] == ["2026-11-21 12:00", "Zhou", "“Why so late?”"]  # fmt: skip


NEW = {
    "a schedule": (late(), "new_day"),
    "a budget": (expected(dimension=Dimension.BUDGET, expected_minor=5, forecast_minor=6), "new_minor"),
    "a figure": (expected(expected_number=5.0, forecast_number=4.0), "new_number"),
}  # fmt: skip


@pytest.mark.parametrize(("held", "name"), NEW.values(), ids=NEW)
def test_a_talk_asks_for_the_new_value_of_its_kind(world, held, name):
    rel, kept = world([held])
    talk = talk_to_go_on(rel, kept, words_for("en"))
    assert talk.id is None
    (asked,) = [step for step in steps_of(rel, talk) if step.name == "proposal"]
    assert asked.fields == ("proposal", name, "internal")


TALKS = {
    "prepared": ({"agreed": "x", "reality": "y"}, 2),
    "reasons known": ({"agreed": "x", "reality": "y", "why": "z"}, 3),
    # a later one that says something does not make up for one that says nothing
    "options before reasons": ({"agreed": "x", "reality": "y", "ways": "z"}, 2),
    "proposed": ({"agreed": "x", "reality": "y", "why": "z", "ways": "z", "proposal": "p"}, 5),
    "held": ({"agreed": "x", "reality": "y", "why": "z", "ways": "z", "proposal": "p",
              "outcome": Outcome.HELD}, 5),
    "declined": ({"agreed": "x", "reality": "y", "why": "z", "ways": "z", "proposal": "p",
                  "outcome": Outcome.DECLINED}, 6),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "done"), TALKS.values(), ids=TALKS)
def test_a_talk_is_as_far_as_its_first_empty_step(world, fields, done):
    rel, kept = world([late(), Talk(expectation_id=1, day=TODAY, **fields)])
    assert sum(s.state == "done" for s in TALK.standings(rel, kept)) == done
    assert TALK.is_over(kept) == (done == 6)


def test_a_talk_under_way_is_taken_up_and_one_that_is_over_is_not(world):
    rel, _ = world([
        late(),
        Talk(expectation_id=1, day=TODAY, agreed="over", outcome=Outcome.DECLINED),
        Talk(expectation_id=1, day=day(-2), agreed="newer", outcome=Outcome.HELD),
        Talk(expectation_id=1, day=day(-3), agreed="older"),
    ])  # fmt: skip
    talk = talk_to_go_on(rel, rel.by_id("expectation")[1], words_for("en"))
    assert talk.agreed == "newer"
    last = steps_of(rel, talk)[-1]
    assert missing(TALK, talk, last) == []
    assert [p.field for p in missing(TALK, Talk(agreed="x", day=TODAY), last)] == ["outcome"]


def test_beside_a_talk_stands_its_expectation_and_who_confirmed_it(world):
    rel, kept = world([
        late(statement="Go-live"), confirmed(expectation_id=1),
        Talk(expectation_id=1, day=day(-30), agreed="old", outcome=Outcome.DECLINED),
        Talk(expectation_id=1, day=TODAY, agreed="x"),
    ])  # fmt: skip
    found = {facts.title: len(facts.rows) for facts in TALK.facts(rel, kept)}
    assert found == {
        "The expectation": 2, "Changes approved": 0, "Options open": 0, "Related problems": 0,
        "Talks before": 1, "What the client said": 0,
    }  # fmt: skip
    assert TALK.title(rel, kept) == "Go-live"


def test_paths_under_way_are_listed_over_all_clients_the_late_ones_first(journal, world, keep, at):
    world([
        Complaint(**HEARD | {"heard_at": ago(minutes=5)}),
        Complaint(**RATED, closed_on=TODAY, issue_id=None),
        late(statement="Go-live"), Talk(expectation_id=1, day=TODAY, agreed="x", reality="y"),
        Talk(expectation_id=1, day=TODAY, agreed="x", outcome=Outcome.AGREED, agreed_by="Xu"),
    ])  # fmt: skip
    other = keep(Client(name="Harbour"))
    keep(Complaint(client_id=other.id, **HEARD))
    found = under_way(journal, at=at)
    assert [(one.client, one.path.name, one.what, one.done, one.of, one.next.step.name) for one in found] == [
        ("Harbour", "unhappy", "Nobody answers", 1, 10, "acknowledged"),
        ("Pine Manufacturing", "unhappy", "Nobody answers", 1, 10, "acknowledged"),
        ("Pine Manufacturing", "talk", "Go-live", 2, 6, "why"),
    ]  # fmt: skip
    assert [one.next.late for one in found] == [True, False, False]


def test_every_kind_of_path_has_its_record():
    assert {kind_of(cls).name for cls in PATHS} == {"complaint", "talk"}
    assert path_of(Talk()) is TALK


def test_the_cause_goes_to_the_risk_log_in_one_step_and_undo_takes_both_back(journal, world, at):
    _, kept = world([Complaint(**RATED, client_id=None)])
    changes = log_cause(journal, kept, at=at)
    (risk,) = journal.find(Issue)
    assert (risk.raid, risk.statement, risk.cause, risk.owner, risk.internal, risk.client_id) == (
        Raid.RISK, "One phone for all", "One phone for all", "Li", True, kept.client_id,
    )  # fmt: skip
    assert journal.get(Complaint, kept.id).issue_id == risk.id
    assert changes.kinds == {"issue", "complaint"}
    with pytest.raises(Refused, match="already"):
        log_cause(journal, journal.get(Complaint, kept.id), at=at)
    journal.undo()
    assert journal.find(Issue) == []
    assert journal.get(Complaint, kept.id).issue_id is None
    with pytest.raises(Refused, match="causes first"):
        log_cause(journal, replace(kept, causes=" "), at=at)
    assert journal.find(Issue) == []
