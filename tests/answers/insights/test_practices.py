"""Which practices changed in three months: only beyond their own noise, unknown ones told so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.practices import practices_moved
from pmdesk.answers.practices.nine import nine_practices
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.records.expectations import Confirmation, Dimension
from pmdesk.records.practices import Practice
from pmdesk.records.trust import Kept, TrustSignal
from tests.answers.making import EN, NOW, TODAY, expected


def signals(n, kept, first=1, **more):
    return [
        TrustSignal(what=f"{kept}{k}", day=TODAY - timedelta(days=first + k), kept=kept, **more)
        for k in range(n)
    ]


def moved(rel):
    found = practices_moved(rel, Period())
    return found, {one.practice: one for one in found.shape.moved}


def test_nine_rows_with_the_scores_of_the_practices_now_and_then(world):
    rel, _ = world([*signals(12, Kept.KEPT, 100), *signals(12, Kept.BROKEN)])
    found, of = moved(rel)
    assert list(of) == list(Practice)
    assert [one.now for one in of.values()] == [one.score for one in nine_practices(rel)]
    past = nine_practices(rel.as_of(rel.at - timedelta(days=91)))
    assert [one.before for one in of.values()] == [one.score for one in past]
    assert len(found.items) == 9
    assert of[Practice.TRUST].state == "worse"
    assert say(EN, found.verdict) == "Worse: Building trust"
    assert of[Practice.TRUST].noise < of[Practice.TRUST].before - of[Practice.TRUST].now


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([*signals(8, Kept.BROKEN, 100), *signals(20, Kept.KEPT)], "Better: Building trust"),
        ([*signals(4, Kept.KEPT, 100), *signals(1, Kept.BROKEN, weight=0.2)],
         "No practice has changed beyond noise in three months"),
        (signals(4, Kept.KEPT), "Three months ago too little was known to compare"),
    ],
)  # fmt: skip
def test_the_verdict(world, records, told):
    rel, _ = world(records)
    assert say(EN, moved(rel)[0].verdict) == told


def test_what_was_unknown_then_is_said_to_be_so(world):
    rel, _ = world(signals(4, Kept.KEPT))
    found, of = moved(rel)
    assert (of[Practice.TRUST].state, of[Practice.TRUST].noise) == ("new", None)
    assert of[Practice.SOLUTIONS].state == "unknown"
    assert say(EN, found.items[1].cells[5]) == "unknown then"
    assert found.items[1].cells[3] is None
    assert say(EN, found.evidence).startswith("0 of 9 known at both times")


def in_order(n, **more):
    """An expectation that is confirmed and forecast as expected."""
    day = TODAY - timedelta(days=200)
    given = {"dimension": Dimension.SCHEDULE, "expected_day": TODAY, "forecast_day": TODAY}
    return expected(statement=f"{n}", said_on=day, **given | more)


def test_one_of_four_that_changed_is_no_change_of_the_practice(keep, pine, journal):
    held = [keep(replace(in_order(n), client_id=pine.id)) for n in range(4)]
    for one in held:
        keep(Confirmation(client_id=pine.id, expectation_id=one.id, day=one.said_on, by="Xu"))
    with journal.action("Edit", at=NOW - timedelta(days=2)) as act:
        act.save(replace(held[0], forecast_day=TODAY + timedelta(days=60)))
    found, of = moved(relationship(journal, pine, at=NOW))
    one = of[Practice.EXPECTATIONS]
    assert (one.before, one.now, one.state) == (100, 75, "steady")
    assert one.noise > 25
    assert "Expectations" not in say(EN, found.verdict)


def test_of_nothing_nothing_is_drawn(world):
    found, of = moved(world([])[0])
    assert {one.state for one in of.values()} == {"unknown"}
    assert (found.enough, found.items) == (False, ())
    assert say(EN, found.verdict) == "Nothing is known of any practice yet"
