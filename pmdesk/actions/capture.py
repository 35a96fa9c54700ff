"""Saving what was captured in one line."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from pmdesk.actions.records import ADD, about
from pmdesk.answers.calendars import calendar_of
from pmdesk.answers.capture import Captured
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction

_TITLE: Final = 90


def capture(journal: Journal, said: Captured, *, at: datetime) -> Changes:
    """A contact where a channel was named, else a journal entry; tags of a contact stay in its text."""
    when = said.when or at
    record: Interaction | Entry
    if said.channel is not None:
        tags = " ".join(f"#{tag}" for tag in said.tags)
        text = f"{said.text}\n\n{tags}" if tags else said.text
        record = Interaction(
            client_id=said.client_id,
            channel=said.channel,
            direction=said.direction,
            at=when.astimezone(UTC),
            who=said.client_name,
            subject=said.text[:_TITLE] or said.client_name or said.channel.label,
            text=text,
            source="typed",
        )
    else:
        zone = ZoneInfo(calendar_of(journal, None).zone)
        record = Entry(
            day=when.astimezone(zone).date(),
            tags=said.tags,
            clients=(said.client_id,) if said.client_id is not None else (),
            text=said.text or " ".join(said.tags),
        )
    with journal.action(ADD, at=at, **about(record)) as act:
        act.save(record)
    return act.changes()
