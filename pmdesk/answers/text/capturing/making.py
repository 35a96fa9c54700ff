"""The records that a captured line makes; what the line shows before Enter is told from them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from pmdesk.answers.text.capturing.contact import Planned
from pmdesk.answers.text.capturing.kinds import Put
from pmdesk.answers.text.capturing.line import Understood
from pmdesk.answers.text.capturing.notes import Note
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.declare import kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.needs import Need
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import Issue, Raid
from pmdesk.records.trust import Promise, Side

_TITLE: Final = 90


def records_of(understood: Understood) -> list[Any]:
    """What is saved of a line, the chief thing first; none of it has an id yet.

    A contact that has been, one to come, and what was put down beside it. A line that makes none
    of these is a thought for the journal, as is what needs a client where none is known.
    """
    one = understood
    contact = one.contact
    when = contact.moment.at if contact.moment and contact.moment.at <= one.at else one.at
    records: list[Any] = []
    if contact.channel is not None:
        records.append(_interaction(one, contact.channel, when))
    if one.client_id is not None:
        if contact.planned is not None:
            records.append(_to_come(one, contact.planned, when))
        records += [_noted(one, note, when) for note in one.notes]
    if not records:
        return [_entry(one, when)]
    if one.tags and contact.channel is None:
        records[0] = _tagged(records[0], one.tags)
    return records


def _interaction(one: Understood, channel: Channel, when: datetime) -> Interaction:
    """Tags stay in its text: only a journal entry has some of its own."""
    text = one.contact.text
    tags = " ".join(f"#{tag}" for tag in one.tags)
    return Interaction(
        client_id=one.client_id,
        contact_id=_contact_id(one),
        channel=channel,
        direction=one.direction,
        at=when.astimezone(UTC),
        minutes=one.contact.minutes,
        who=one.who,
        to=(*(p.name for p in one.people), *one.strangers)[1:],
        subject=text[:_TITLE].strip(),
        text=f"{text}\n\n{tags}" if tags else text,
        source="typed",
    )


def _contact_id(one: Understood) -> int | None:
    return next((p.id for p in one.people if p.client_id == one.client_id), None)


def _to_come(one: Understood, planned: Planned, when: datetime) -> Any:
    """A planned contact; of a mail that is to be written, the promise to write it."""
    if planned.channel is Channel.MAIL:
        day = planned.at.astimezone(one.at.tzinfo).date()
        return _noted(one, Note(Put.PROMISE, planned.what, day), when)
    names = (*(p.name for p in one.people), *one.strangers) or (one.client_name,)
    return Appointment(
        client_id=one.client_id,
        contact_id=_contact_id(one),
        channel=planned.channel,
        at=planned.at.astimezone(UTC),
        minutes=one.contact.minutes if one.contact.channel is None else None,
        what=planned.what,
        who=("、" if _is_chinese("".join(names)) else ", ").join(names),
    )


def _noted(one: Understood, note: Note, when: datetime) -> Any:
    day = when.astimezone(one.at.tzinfo).date()
    text = _with_time(note.text, note.clock)
    match note.put:
        case Put.PROMISE:
            return Promise(
                client_id=one.client_id,
                by=note.side,
                what=text,
                to_whom=one.who if note.side is Side.US else "",
                # what was due before it was written down was promised before
                made_on=day if note.day is None or note.day >= day else None,
                due=note.day,
            )
        case Put.EXPECTATION:
            return Expectation(
                client_id=one.client_id,
                dimension=Dimension.SCOPE if note.day is None else Dimension.SCHEDULE,
                statement=text,
                said_by=one.who,
                said_on=day,
                expected_day=note.day,
            )
        case Put.NEED:
            return Need(client_id=one.client_id, statement=text, source=one.who, noted_on=day)
        case Put.COMPLAINT:
            return Complaint(client_id=one.client_id, own_words=text, heard_at=when.astimezone(UTC))
    raid = Raid.RISK if note.put is Put.RISK else Raid.ISSUE
    return Issue(client_id=one.client_id, raid=raid, statement=text, found_at=when.astimezone(UTC))


def _with_time(text: str, clock: time | None) -> str:
    """A due day has no time of its own: it is kept in words."""
    if clock is None:
        return text
    return f"{text}（{clock:%H:%M} 前）" if _is_chinese(text) else f"{text} (by {clock:%H:%M})"


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _entry(one: Understood, when: datetime) -> Entry:
    day: date = when.astimezone(one.at.tzinfo).date()
    text = one.thought or " ".join(one.tags) or one.line.strip()
    clients = (one.client_id,) if one.client_id is not None else ()
    return Entry(day=day, tags=one.tags, clients=clients, text=text)


def _tagged(record: Any, tags: tuple[str, ...]) -> Any:
    """A record with its tags in its title: it has no other place for them."""
    title = kind_of(record).title
    said = " ".join((getattr(record, title), *(f"#{tag}" for tag in tags)))
    return replace(record, **{title: said})
