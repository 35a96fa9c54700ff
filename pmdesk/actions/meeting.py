"""Minutes: one form that makes the contact, the minutes, promises both ways, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.actions.refusals import Refused
from pmdesk.answers.follow_up import named_among
from pmdesk.answers.text.minutes_lines import (
    ActionLine,
    Dated,
    People,
    action_lines,
    begins_with,
    dated_lines,
)
from pmdesk.answers.text.who import person
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.problems import Problem
from pmdesk.records.trust import Promise, Side
from pmdesk.typed.lists import items
from pmdesk.words import mark

KEEP: Final = mark("{kind} “{what}” written up")
NO_DAY_IN_LINE: Final = mark("A day in a line is none. Write it as 2026-10-01.")
WHO_DOES_IT: Final = mark("Who does “{text}”? Begin the line with a name, with “we” or “you”.")
BOTH_SIDES: Final = mark("“{text}” is of both sides: write a line for each, or “we” or “you”.")


@dataclass(frozen=True)
class MeetingNotes:
    """What was written down. Each line of actions and expectations is one thing.

    `origin` is the planned contact that was held, or the contact where that is recorded already.
    """

    client: Client
    subject: str
    at: datetime
    present: tuple[str, ...] = ()
    channel: Channel = Channel.MEETING
    place: str = ""
    chair: str = ""
    taken_by: str = ""
    absent: tuple[str, ...] = ()
    agenda: str = ""
    decisions: str = ""
    actions: str = ""
    expectations: str = ""
    purpose: str = ""
    along: tuple[str, ...] = ()
    heard: str = ""
    rivals: str = ""
    next_step: str = ""
    mood: int | None = None
    next_at: datetime | None = None
    origin: Appointment | Interaction | None = None

    def names(self) -> tuple[str, ...]:
        """Everybody who is named in its head."""
        return (*self.present, *self.absent, *self.along, self.chair, self.taken_by)


class WrittenUp(NamedTuple):
    """The minutes as they are stored, and what the act changed."""

    minutes: Minutes
    changes: Changes


def people_of(journal: Journal, client: Client, names: tuple[str, ...]) -> People:
    """Who may do something: the client's contacts, and of `names` those who are none of them."""
    contacts = journal.find(Contact, "client_id = ?", [client.id])
    ours = [
        name
        for name in names
        if name.strip() and not any(begins_with(name, one.name) == name for one in contacts)
    ]
    theirs = [contact.name for contact in contacts]
    return People((client.name, *client.also_called), theirs, tuple(dict.fromkeys(ours)))


def keep_meeting(
    journal: Journal, notes: MeetingNotes, *, zone: ZoneInfo, at: datetime
) -> WrittenUp:
    """Make all records of a meeting as one step; raises Refused, then nothing is written."""
    day = notes.at.astimezone(zone).date()
    found = _checked(journal, notes, day, at)
    contacts = journal.find(Contact, "client_id = ?", [notes.client.id])
    theirs = named_among(contacts, notes.present)
    who = ", ".join([one.name for one in theirs] or notes.present)
    with journal.action(KEEP, at=at, kind=notes.channel.label, what=notes.subject) as act:
        contact = act.save(_contact(journal, notes, who, theirs))
        _end(journal, act, notes, contact, day)
        minutes = act.save(_minutes(notes, contact, found.actions))
        for line in found.actions:
            act.save(_promise(notes, line, who, day))
        for wish in found.expectations:
            act.save(
                Expectation(
                    client_id=notes.client.id,
                    statement=wish.text,
                    said_by=who,
                    said_on=day,
                    expected_day=wish.day,
                )
            )
        if notes.mood is not None:
            about = (int(notes.client.id or 0),)
            act.save(Entry(day=day, mood=notes.mood, clients=about, text=notes.subject))
        if notes.next_at is not None:
            act.save(_next(notes, contact))
    return WrittenUp(minutes, act.changes())


def _contact(journal: Journal, notes: MeetingNotes, who: str, theirs: list[Contact]) -> Interaction:
    origin, text = notes.origin, notes.decisions.strip()
    made = Interaction(
        client_id=notes.client.id,
        direction=Direction.OUTBOUND,
        source="typed",
        minutes=origin.minutes if isinstance(origin, Appointment) else None,
        internal=isinstance(origin, Appointment) and origin.internal,
        text=text,
    )
    if isinstance(origin, Interaction) and (stored := journal.get(Interaction, origin.id or 0)):
        made = replace(stored, text=stored.text if stored.text.strip() else text)
    contact_id = theirs[0].id if theirs else getattr(origin, "contact_id", None)
    return replace(
        made,
        contact_id=contact_id,
        channel=notes.channel,
        at=notes.at,
        who=who,
        subject=notes.subject,
    )


def _end(journal: Journal, act: Act, notes: MeetingNotes, contact: Interaction, day: date) -> None:
    """What was planned is held now, where it has not been deleted meanwhile."""
    if isinstance(notes.origin, Appointment):
        planned = journal.get(Appointment, notes.origin.id or 0)
        if planned is not None:
            act.save(replace(planned, ended_on=day, interaction_id=contact.id))


def _minutes(notes: MeetingNotes, contact: Interaction, actions: tuple[ActionLine, ...]) -> Minutes:
    return Minutes(
        client_id=notes.client.id,
        interaction_id=contact.id,
        what=notes.subject,
        visit=notes.channel is Channel.VISIT,
        place=notes.place,
        chair=notes.chair,
        taken_by=notes.taken_by,
        present=notes.present,
        absent=notes.absent,
        purpose=notes.purpose.strip(),
        along=notes.along,
        agenda=notes.agenda.strip(),
        decisions=notes.decisions.strip(),
        actions=tuple(line.kept for line in actions),
        heard=notes.heard.strip(),
        rivals=notes.rivals.strip(),
        next_step=notes.next_step.strip(),
        next_at=notes.next_at,
    )


def _promise(notes: MeetingNotes, line: ActionLine, who: str, day: date) -> Promise:
    side = line.side or Side.US
    return Promise(
        client_id=notes.client.id,
        by=side,
        what=line.told,
        to_whom=who if side is Side.US else "",
        made_on=day,
        due=line.day,
    )


def _next(notes: MeetingNotes, contact: Interaction) -> Appointment:
    return Appointment(
        client_id=notes.client.id,
        contact_id=contact.contact_id,
        channel=notes.channel,
        what=notes.subject,
        at=notes.next_at,
        who=contact.who,
        place=notes.place,
        internal=contact.internal,
    )


class _Found(NamedTuple):
    actions: tuple[ActionLine, ...]
    expectations: tuple[Dated, ...]


def _checked(journal: Journal, notes: MeetingNotes, day: date, at: datetime) -> _Found:
    """The lines of the notes; raises Refused with all that stands against keeping them."""
    problems = []
    if not notes.subject.strip():
        problems.append(Problem("subject", mark("This cannot stay empty.")))
    if notes.at > at:
        problems.append(Problem("at", mark("This lies ahead: say when it was.")))
    if not notes.present:
        problems.append(Problem("present", mark("Say who was there: a promise needs somebody.")))
    if notes.next_at is not None and notes.next_at <= notes.at:
        problems.append(Problem("next_at", mark("The next meeting comes after this one.")))
    actions: tuple[ActionLine, ...] = ()
    expectations: tuple[Dated, ...] = ()
    people = people_of(journal, notes.client, notes.names())
    try:
        actions = tuple(action_lines(notes.actions, today=day, people=people))
    except ValueError:
        problems.append(Problem("actions", NO_DAY_IN_LINE))
    problems += list(asked(actions))[:1]
    try:
        expectations = tuple(dated_lines(notes.expectations, today=day))
    except ValueError:
        problems.append(Problem("expectations", NO_DAY_IN_LINE))
    if problems:
        raise Refused(problems)
    return _Found(actions, expectations)


def asked(actions: tuple[ActionLine, ...]) -> Iterator[Problem]:
    """What must be asked of these lines: whose they are, where nothing tells, or two sides."""
    for line in actions:
        if line.side is None:
            sentence = BOTH_SIDES if line.who else WHO_DOES_IT
            yield Problem("actions", sentence, {"text": line.told})


def notes_from(
    journal: Journal, client: Client, origin: Appointment | Interaction | None, *, at: datetime
) -> MeetingNotes:
    """What is known before anything is written: of what was planned or is recorded, else of now.

    What we want of a planned contact stays with us: it does not go into the minutes.
    """
    if origin is None:
        return MeetingNotes(client, "", at)
    named = journal.get(Contact, origin.contact_id or 0)
    present = tuple(person(name) for name in items(origin.who)) or ((named.name,) if named else ())
    begun = origin.at is not None and origin.at <= at
    about = origin.what if isinstance(origin, Appointment) else origin.subject
    return MeetingNotes(
        client,
        about,
        origin.at if begun and origin.at else at,
        present=present,
        channel=origin.channel,
        place=origin.place if isinstance(origin, Appointment) else "",
        origin=origin,
    )
