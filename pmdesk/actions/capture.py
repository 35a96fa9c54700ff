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


def capture(journal: Journal, captured: Captured, *, at: datetime) -> Changes:
    """One step: a contact where a channel was named, a promise where one was given, or a thought.

    `at` is in the writer's zone. What is planned becomes a key date: it has not happened. A line
    about no client goes to the journal, a contact of no client to those that are without one.
    """
    records = list(_records(captured, at))
    label = WITH_PROMISE if len(records) > 1 else ADD
    with journal.action(label, at=at, **about(records[0])) as act:
        for record in records:
            act.save(record)
    return act.changes()


def _records(captured: Captured, at: datetime) -> list[Any]:
    when = captured.when or at
    promise = _promise(captured, when.astimezone(at.tzinfo))
    if captured.planned is not None and captured.client_id is not None:
        first: Any = _plan(captured, captured.planned)
    elif captured.channel is not None:
        first = _contact(captured, captured.channel, when)
    elif promise is not None:
        return [promise]
    else:
        first = Entry(
            day=when.astimezone(at.tzinfo).date(),
            tags=captured.tags,
            clients=(captured.client_id,) if captured.client_id is not None else (),
            text=captured.text or " ".join(captured.tags),
        )
    return [first] if promise is None else [first, promise]


def _contact(captured: Captured, channel: Channel, when: datetime) -> Interaction:
    """Tags stay in its text: only a journal entry has some of its own."""
    tags = " ".join(f"#{tag}" for tag in captured.tags)
    return Interaction(
        client_id=captured.client_id,
        channel=channel,
        direction=captured.direction,
        at=when.astimezone(UTC),
        who=captured.who or captured.client_name,
        subject=captured.text[:_TITLE] or captured.client_name or channel.label,
        text=f"{captured.text}\n\n{tags}" if tags else captured.text,
        source="typed",
    )


def _plan(captured: Captured, planned: datetime) -> KeyDate:
    what = (captured.text or captured.client_name)[:_TITLE]
    return KeyDate(client_id=captured.client_id, what=what, day=planned.date())


def _promise(captured: Captured, when: datetime) -> Promise | None:
    if captured.promised is None or captured.client_id is None:
        return None
    return Promise(
        client_id=captured.client_id,
        by=captured.promised.by,
        what=captured.promised.what,
        to_whom=(captured.who or captured.client_name) if captured.promised.by is Side.US else "",
        made_on=when.date(),
        due=captured.promised.due,
    )
