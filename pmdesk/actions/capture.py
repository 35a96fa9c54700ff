"""Saving what was captured in one line."""

from datetime import UTC, datetime
from typing import Any, Final

from pmdesk.actions.records import ADD, about
from pmdesk.answers.text.capturing.line import Captured
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate
from pmdesk.records.trust import Promise, Side
from pmdesk.words import mark

WITH_PROMISE: Final = mark("{kind} “{what}” and its promise added")
_TITLE: Final = 90


def capture(journal: Journal, said: Captured, *, at: datetime) -> Changes:
    """One step: a contact where a channel was named, a promise where one was given, or a thought.

    `at` is in the writer's zone. What is planned becomes a key date: it has not happened. A line
    about no client goes to the journal, a contact of no client to those that are without one.
    """
    records = list(_records(said, at))
    label = WITH_PROMISE if len(records) > 1 else ADD
    with journal.action(label, at=at, **about(records[0])) as act:
        for record in records:
            act.save(record)
    return act.changes()


def _records(said: Captured, at: datetime) -> list[Any]:
    when = said.when or at
    promise = _promise(said, when.astimezone(at.tzinfo))
    if said.planned is not None and said.client_id is not None:
        first: Any = _plan(said, said.planned)
    elif said.channel is not None:
        first = _contact(said, said.channel, when)
    elif promise is not None:
        return [promise]
    else:
        first = Entry(
            day=when.astimezone(at.tzinfo).date(),
            tags=said.tags,
            clients=(said.client_id,) if said.client_id is not None else (),
            text=said.text or " ".join(said.tags),
        )
    return [first] if promise is None else [first, promise]


def _contact(said: Captured, channel: Channel, when: datetime) -> Interaction:
    """Tags stay in its text: only a journal entry has some of its own."""
    tags = " ".join(f"#{tag}" for tag in said.tags)
    return Interaction(
        client_id=said.client_id,
        channel=channel,
        direction=said.direction,
        at=when.astimezone(UTC),
        who=said.who or said.client_name,
        subject=said.text[:_TITLE] or said.client_name or channel.label,
        text=f"{said.text}\n\n{tags}" if tags else said.text,
        source="typed",
    )


def _plan(said: Captured, planned: datetime) -> KeyDate:
    what = (said.text or said.client_name)[:_TITLE]
    return KeyDate(client_id=said.client_id, what=what, day=planned.date())


def _promise(said: Captured, when: datetime) -> Promise | None:
    if said.promised is None or said.client_id is None:
        return None
    return Promise(
        client_id=said.client_id,
        by=said.promised.by,
        what=said.promised.what,
        to_whom=(said.who or said.client_name) if said.promised.by is Side.US else "",
        made_on=when.date(),
        due=said.promised.due,
    )
