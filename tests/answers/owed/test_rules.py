"""Every rule of Today: just inside and just outside its limits, and after the act that clears it."""

import json
from datetime import datetime, time, timedelta

import pytest

from pmdesk.actions.put_off import put_off
from pmdesk.answers.owed.row import as_values, from_values
from pmdesk.answers.owed.rules import BY_NAME, RULES
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import Lookers, today
from pmdesk.insight.urgency import urgency
from pmdesk.journal.log import last_done
from pmdesk.records.kinds import KINDS
from pmdesk.words import words_for
from tests.answers.owed.making import AFTER, EVE, SHANGHAI, day_of
from tests.answers.owed.table import CASES

MINUTE = timedelta(minutes=1)
FIRST = {case.rule: case for case in reversed(CASES.values())}
ONE_EACH = pytest.mark.parametrize("case", FIRST.values(), ids=FIRST)
EVERY = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def test_every_rule_has_its_case():
    assert {case.rule for case in CASES.values()} == set(BY_NAME) == {rule.name for rule in RULES}


# How much harm each does at its limit, and in how many hours it gets worse by half.
HARM = {
    "crisis_task": (200, 1), "crisis_untold": (200, 1), "untold": (130, 4), "unhappy": (100, 24), "promise": (80, 24),
    "reply": (70, 24), "replies_old": (60, 7 * 24), "meeting": (60, 12), "gap": (55, 3 * 24), "waiting": (50, 3 * 24),
    "their_promise": (50, 3 * 24), "report": (50, 24), "incomplete": (45, 2 * 24), "change": (45, 3 * 24),
    "change_untold": (45, 2 * 24), "fix": (40, 2 * 24), "silence": (40, 7 * 24), "confirm": (35, 5 * 24),
    "solution": (35, 10 * 24), "risk": (35, 10 * 24), "post_mortem": (30, 5 * 24), "key_date": (25, 3 * 24),
    "rehearse": (25, 20 * 24), "greet": (20, 5 * 24), "next_act": (20, 5 * 24), "person_silent": (20, 14 * 24),
}  # fmt: skip


def test_what_does_most_harm_presses_most():
    assert {rule.name: (rule.harm, rule.span_seconds / 3600) for rule in RULES} == HARM
    pressing = [urgency(rule.harm, 0, span=rule.span_seconds) for rule in map(BY_NAME.get, HARM)]
    assert pressing == sorted(pressing, reverse=True)


# The practice on whose page each stands, and what can be done with it, the first with one key.
DONE = {
    "crisis_task": (8, "crisis_done", "room"),
    "crisis_untold": (8, "tell", "room"),
    "untold": (1, "tell", "message"),
    "unhappy": (7, "step", "message"),
    "promise": (2, "deliver", "break", "message"),
    "reply": (3, "open", "called", "no_reply", "message"),
    "replies_old": (3, "communication"),
    "waiting": (3, "chase", "they_called", "no_answer"),
    "their_promise": (2, "deliver", "break", "message"),
    "gap": (6, "talk", "explain", "message"),
    "meeting": (3, "brief", "held"),
    "incomplete": (1, "open"),
    "report": (7, "write"),
    "change": (1, "open"),
    "change_untold": (1, "tell", "message"),
    "confirm": (6, "confirm"),
    "solution": (5, "offer"),
    "fix": (5, "close"),
    "next_act": (9, "open"),
    "key_date": (9, "done"),
    "greet": (9, "greet", "greeted"),
    "silence": (9, "contact"),
    "person_silent": (9, "contact"),
    "risk": (8, "plan"),
    "rehearse": (8, "rehearse"),
    "post_mortem": (8, "post_mortem"),
}


def test_what_can_be_done_stands_beside_each():
    assert {rule.name: (rule.practice.place, *rule.acts) for rule in RULES} == DONE


# The badges that say of several rules that they are of one kind; each other rule has one of its own.
BADGES = {
    "Crisis": ["crisis_task", "crisis_untold", "post_mortem"], "Reply": ["reply", "replies_old"],
    "Waiting": ["waiting", "their_promise"], "Change": ["change", "change_untold"],
    "Silent": ["silence", "person_silent"],
}  # fmt: skip
OWN = {
    "Untold": "untold", "Unhappy": "unhappy", "Promise": "promise", "Gap": "gap", "Meeting": "meeting",
    "No fix": "incomplete", "Report": "report", "Confirm": "confirm", "Solution": "solution", "Fix": "fix",
    "Next act": "next_act", "Date": "key_date", "Greet": "greet", "Risk": "risk", "Plan": "rehearse",
}  # fmt: skip


def test_each_rule_has_its_badge():
    badges = {}
    for rule in RULES:
        badges.setdefault(rule.badge, []).append(rule.name)
    assert badges == BADGES | {badge: [name] for badge, name in OWN.items()}


@EVERY
def test_a_row_is_shown_from_its_minute_on_and_not_before(stand, seen, case):
    stand(case)
    if case.shown is not None:
        assert seen(case.shown - MINUTE, case.rule) == []
    (row,) = seen(case.shown or EVE - timedelta(days=100), case.rule)
    assert row.late == (case.late is not None and case.late <= (case.shown or case.late - MINUTE))


@EVERY
def test_a_row_is_late_from_its_minute_on_and_not_before(stand, seen, case):
    stand(case)
    if case.late is None:
        assert not any(row.late for row in seen(AFTER + timedelta(days=900), case.rule))
        return
    (late,) = seen(case.late, case.rule)
    before = seen(case.late - MINUTE, case.rule)
    assert late.late
    assert [row.late for row in before] == [False] * (case.shown != case.late)


@EVERY
def test_the_act_that_clears_a_row_clears_it_and_undo_brings_it_back(journal, stand, seen, case):
    stand(case)
    (row,) = before = seen(case.at, case.rule)
    step = last_done(journal.conn).id
    case.clear(journal, journal.get(KINDS[row.owed.key.kind].cls, row.owed.key.id), case.at)
    assert seen(case.at, case.rule) == []
    undone = 0
    while last_done(journal.conn).id > step:
        journal.undo(at=case.at)
        undone += 1
    assert seen(case.at, case.rule) == before
    for _ in range(undone):
        journal.redo(at=case.at)
    assert undone
    assert seen(case.at, case.rule) == []


@EVERY
def test_a_row_says_why_in_both_languages(journal, stand, seen, case):
    stand(case)
    (row,) = seen(case.at, case.rule)
    told = Lookers(journal, case.at)
    assert told.reason(row.owed, words_for("en")) == case.en
    assert told.reason(row.owed, words_for("zh")) == case.zh


@ONE_EACH
def test_a_row_set_aside_is_hidden_until_its_day_and_undo_brings_it_back(
    journal, stand, seen, case
):
    stand(case)
    (row,) = before = seen(case.at, case.rule)
    day = day_of(case.at) + timedelta(days=1)
    put_off(journal, row.owed, why="they are away", until=day, at=case.at)
    assert seen(case.at, case.rule) == []
    journal.undo(at=case.at)
    assert seen(case.at, case.rule) == before


@ONE_EACH
def test_what_is_kept_of_a_row_is_read_back_as_it_was(stand, seen, case):
    stand(case)
    (row,) = seen(case.at, case.rule)
    assert from_values(json.loads(json.dumps(as_values(row.owed)))) == row.owed


@ONE_EACH
def test_what_was_found_in_the_morning_holds_all_day(journal, stand, seen, case):
    stand(case)
    morning = datetime.combine(day_of(case.at), time(), SHANGHAI)
    found = Standings()
    found.bring_up_to_date(journal, at=morning)
    assert found.stale(journal, at=case.at) == []
    shown = today(journal, found.known.values(), at=case.at).rows
    assert [row for row in shown if row.owed.rule == case.rule] == seen(case.at, case.rule)
