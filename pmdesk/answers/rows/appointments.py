"""Rows of planned contacts and of minutes."""

from datetime import datetime

from pmdesk.answers.appointments import over_at
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.rows.row import Badge, Saying, local_moment, title_of
from pmdesk.answers.text.said import Said, said
from pmdesk.journal.codec import moment_of
from pmdesk.records.appointment import Appointment
from pmdesk.records.minutes import Minutes
from pmdesk.words import mark


def appointment_row(rel: Relationship, a: Appointment) -> Saying:
    """A planned contact: when, how, with whom; and whether it was held."""
    second = [said("{at}", at=local_moment(rel, a.at))] if a.at else []
    second.append(said("{channel}", channel=a.channel))
    if who := a.who or title_of(rel, "contact", a.contact_id):
        second.append(said(mark("with {who}"), who=who))
    if a.place:
        second.append(said("{place}", place=a.place))
    return _state(rel, a), tuple(second)


def _state(rel: Relationship, a: Appointment) -> Badge:
    if a.ended_on is not None:
        held = a.interaction_id is not None
        return (mark("Held"), "good") if held else (mark("Called off"), "none")
    if a.at is None or over_at(a) <= rel.at:
        return mark("Was it held?"), "warn"
    if a.at <= rel.at:
        return mark("Now"), "info"
    near = {0: mark("Today"), 1: mark("Tomorrow")}
    return near.get((rel.day_of(a.at) - rel.today).days, mark("Planned")), "info"


def minutes_row(rel: Relationship, m: Minutes) -> Saying:
    """Minutes: of when, who was there, and whether the client has them."""
    second: list[Said] = []
    if when := _held_at(rel).get(m.interaction_id):
        second.append(said("{at}", at=local_moment(rel, when)))
    if m.present:
        second.append(said(mark("present: {n}"), n=len(m.present)))
    if m.actions:
        second.append(said(mark("actions: {n}"), n=len(m.actions)))
    if m.internal:
        return (mark("Internal"), "none"), tuple(second)
    if m.sent_on:
        second.append(said(mark("sent {day}"), day=m.sent_on))
        return (mark("Sent"), "good"), tuple(second)
    return (mark("Not sent yet"), "warn"), tuple(second)


@once
def _held_at(rel: Relationship) -> dict[int | None, datetime]:
    """When each contact took place that there are minutes of."""
    rows = rel.journal.rows(
        "SELECT id, at FROM interaction"
        " WHERE id IN (SELECT interaction_id FROM minutes WHERE client_id = ?)",
        [rel.client.id],
    )
    return {id_: moment_of(at) for id_, at in rows}
