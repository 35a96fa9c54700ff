"""The limits of a client come before those of the journal, and those before the usual ones."""

from dataclasses import replace

import pytest

from pmdesk.answers.limits import limits_of, limits_record
from pmdesk.answers.owed.rules import owed_to
from pmdesk.answers.relationship import relationship
from pmdesk.records.client import Client
from pmdesk.records.limits import USUAL, Limits
from tests.answers.owed.making import AFTER, wall
from tests.answers.owed.table import CASES

# Limit, case and which of its moments; the journal's limit and what follows, the client's and what follows.
MOVED = {
    "promise_days": ("a promise", "shown_from", 3, wall(10, 7), 0, wall(10, 10)),
    "stage_days": ("an expectation unconfirmed", "late_from", 2, wall(10, 9), 0, wall(10, 12)),
    "change_days": ("a change undecided", "shown_from", 1, wall(10, 9), 0, wall(10, 8)),
    "solution_days": ("a solution awaited", "shown_from", 2, wall(10, 10), 1, wall(10, 9)),
    "rehearse_days": ("a plan not rehearsed for long", "late_from", 90, wall(7, 13), 30, wall(5, 14)),
    "waiting_days": ("a question of ours", "late_from", 1, wall(10, 8, 17), 3, wall(10, 10, 17)),
    "meeting_hours": ("a meeting", "shown_from", 48, wall(10, 8, 14), 2, wall(10, 10, 12)),
}  # fmt: skip


@pytest.mark.parametrize(("name", "of"), MOVED.items(), ids=MOVED)
def test_a_limit_moves_its_rule(journal, keep, stand, pine, name, of):
    case_name, moment, of_journal, then, of_client, then_of_client = of
    case = CASES[case_name]
    other = keep(Client(name="Birch"))
    stand(case)

    def found():
        rel = relationship(journal, journal.get(Client, pine.id), at=AFTER)
        (one,) = (one for one in owed_to(rel) if one.rule == case.rule)
        return getattr(one, moment)

    usual = found()
    keep(Limits(client_id=other.id, **{name: of_client}))
    assert found() == usual
    default = keep(Limits(**{name: of_journal}))
    assert found() == then.timestamp()
    own = keep(Limits(client_id=pine.id, **{name: of_client}))
    assert found() == then_of_client.timestamp()
    keep(replace(own, **{name: None}))
    assert found() == then.timestamp()
    keep(replace(default, **{name: None}))
    assert found() == usual


def test_every_usual_limit_moves_a_rule():
    # how early greetings come is told in test_greeting.py: a client has several of them
    assert {*MOVED, "greet_days"} == set(USUAL)


def test_limits_are_the_usual_ones_until_somebody_says_otherwise(journal, keep, pine):
    assert limits_of(journal, pine.id) == USUAL == limits_of(journal, None)
    keep(Limits(client_id=pine.id, promise_days=0, waiting_days=7))
    keep(Limits(promise_days=4, change_days=9))
    assert limits_of(journal, pine.id) == USUAL | {
        "promise_days": 0, "waiting_days": 7, "change_days": 9,
    }  # fmt: skip
    assert limits_of(journal, None) == USUAL | {"promise_days": 4, "change_days": 9}


def test_limits_are_edited_where_they_stand_and_new_where_none_do(journal, keep, pine):
    new = limits_record(journal, pine.id, "Pine")
    assert new == Limits(client_id=pine.id, name="Pine")
    assert limits_record(journal, None, "All") == Limits(name="All")
    of_journal, own = keep(Limits(name="x", change_days=9)), keep(replace(new, change_days=2))
    assert limits_record(journal, pine.id, "Pine & Co") == own
    assert limits_record(journal, None, "All") == of_journal
