"""Planned contacts: which come next, and how they read in a list."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.actions.take_offer import take_offer
from pmdesk.answers.appointments import upcoming
from pmdesk.answers.rows.offers import BY_NAME
from pmdesk.answers.rows.records import rows_of
from pmdesk.answers.text.said import say
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from tests.answers.making import EN, NOW, TODAY, ago, day, row_told


def planned(hours=0.0, **more):
    return Appointment(**({"what": f"{hours:g}", "at": NOW + timedelta(hours=hours)} | more))


@pytest.fixture
def plans(journal, keep, pine):
    """Plans of two clients, at these hours from now."""
    other = keep(Client(name="Oak"))
    for n, hours in enumerate((-30, -1.5, -0.5, 3, 23, 24.5, 200)):
        keep(planned(hours, client_id=(pine, other)[n % 2].id))
    keep(planned(-0.4, client_id=pine.id, minutes=20, what="short"))
    keep(planned(-2, client_id=pine.id, minutes=180, what="long"))
    keep(planned(4, client_id=pine.id, ended_on=TODAY, what="called off"))
    return journal


def test_what_begins_within_a_day_or_goes_on_is_near(plans):
    assert [one.what for one in upcoming(plans, at=NOW)] == ["long", "-0.5", "3", "23"]
    soon = upcoming(plans, at=NOW, within=timedelta(hours=2))
    assert [one.what for one in soon] == ["long", "-0.5"]


WHEN = "2026-11-23 12:00"
# the plan; its badge, what stands behind it, acts
ROWS = {
    "far": (planned(48), ("Planned", "info"), ["2026-11-25 12:00", "Meeting"], ("brief", "call_off")),
    "tomorrow": (
        planned(20, channel=Channel.VISIT, who="Zhou", place="Hall 2"), ("Tomorrow", "info"),
        ["2026-11-24 08:00", "Visit", "with Zhou", "Hall 2"], ("brief", "call_off"),
    ),
    "today": (planned(3), ("Today", "info"), ["2026-11-23 15:00", "Meeting"], ("brief", "held", "call_off")),
    "begun": (planned(-0.5), ("Now", "info"), ["2026-11-23 11:30", "Meeting"], ("brief", "held", "call_off")),
    "over": (
        planned(-1, channel=Channel.CALL), ("Was it held?", "warn"),
        ["2026-11-23 11:00", "Call"], ("held", "call_off"),
    ),
    "called off": (planned(ended_on=TODAY), ("Called off", "none"), [WHEN, "Meeting"], ()),
}  # fmt: skip


@pytest.mark.parametrize(("record", "badge", "second", "offers"), ROWS.values(), ids=ROWS)
def test_a_planned_contact_says_how_it_stands(world, record, badge, second, offers):
    rel, kept = world([record])
    assert row_told(rel, kept) == (badge, second, offers)


def test_a_held_one_is_told_by_its_contact(world, keep, pine):
    made = keep(Interaction(client_id=pine.id, subject="x", at=ago(hours=2)))
    rel, kept = world([planned(-2, ended_on=TODAY, interaction_id=made.id)])
    assert row_told(rel, kept)[0] == ("Held", "good")


def test_a_contact_stands_for_the_people_that_are_not_named(world):
    rel, _ = world([Contact(name="Wen"), planned(48, contact_id=1)])
    (row,) = rows_of(rel, "appointment")
    assert [say(EN, part) for part in row.second][-1] == "with Wen"


def test_the_nearest_plan_stands_first_and_what_is_over_last(world):
    rel, _ = world([planned(48), planned(3), planned(-90, ended_on=day(-3)), planned(-30, ended_on=day(-1)),
                    planned(-1)])  # fmt: skip
    assert [row.title for row in rows_of(rel, "appointment")] == ["-1", "3", "48", "-30", "-90"]


def test_calling_off_is_one_step_and_no_contact(journal, world, at):
    rel, kept = world([planned(3)])
    changes = take_offer(journal, kept, BY_NAME["call_off"], at=NOW)
    assert EN(changes.label, **changes.facts) == "Called off: “3”"
    assert journal.get(Appointment, kept.id) == replace(kept, ended_on=TODAY)
    assert journal.count(Interaction) == 0
    journal.undo(at=at)
    assert journal.get(Appointment, kept.id) == kept
    assert rel.contacted is None


# minutes; badge, what stands behind them
MINUTES = {
    "not sent": ({}, ("Not sent yet", "warn"), ["2026-11-23 10:00"]),
    "sent": (
        {"sent_on": TODAY, "present": ("Xu", "Lin"), "actions": ("a | b | c",)}, ("Sent", "good"),
        ["2026-11-23 10:00", "present: 2", "actions: 1", "sent 23 Nov 2026"],
    ),
    "internal": ({"internal": True}, ("Internal", "none"), ["2026-11-23 10:00"]),
}  # fmt: skip


@pytest.mark.parametrize(("given", "badge", "second"), MINUTES.values(), ids=MINUTES)
def test_minutes_say_whether_the_client_has_them(world, keep, pine, given, badge, second):
    made = keep(Interaction(client_id=pine.id, subject="x", at=ago(hours=2)))
    rel, kept = world([Minutes(what="Weekly", interaction_id=made.id, **given)])
    assert row_told(rel, kept)[:2] == (badge, second)
