"""What a line will make, a chip for each thing, told from the records that will be saved."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from pmdesk.answers.text.capturing.asked import About, Question
from pmdesk.answers.text.capturing.line import Understood
from pmdesk.answers.text.said import Said, said
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.declare import kind_of
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.needs import Need
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import Issue, Raid
from pmdesk.records.trust import Promise, Side
from pmdesk.words import mark


class Chip(NamedTuple):
    """One thing said, good, plain or as a warning; `field` of which record holds it, and its value.

    `record` counts the records from 0; None where the chip claims nothing to be saved.
    """

    text: Said
    state: str
    record: int | None = None
    field: str = ""
    value: Any = None


_LONGEST: Final = 32  # letters of a statement in its chip

_WE: Final = mark("We promise: {what} · {due}")
_THEY: Final = mark("The client promises: {what} · {due}")
_BY: Final = mark("by {day}")
_NO_DAY: Final = mark("no day")
_EXPECTED: Final = mark("Expected: {what}")
_EXPECTED_BY: Final = mark("Expected: {what} · by {day}")
_NEED: Final = mark("Need: {what}")
_PROBLEM: Final = mark("Problem: {what}")
_COMPLAINT: Final = mark("Complaint: {what}")
_RISK: Final = mark("Risk: {what}")
_PLANNED: Final = mark("Planned: {channel}")
_MINUTES: Final = mark("{n} minutes")
_UNKNOWN: Final = mark("{name} · not among the contacts")
_UNREAD: Final = mark("“{words}” is not understood as a day")
_UNDATED: Final = mark("to be done, but no day is named")
_NO_CLIENT: Final = mark("no client recognised")
_ONLY_CONTACT: Final = mark("no client recognised: only the contact is kept")
_NEEDS_CLIENT: Final = mark("no client recognised: kept as a journal entry")
_IN_TEXT: Final = mark("“{words}” stays in the text")
_PRELIMINARY: Final = mark(
    "holidays of {years} not announced yet: only those fixed by law are counted"
)

_ASKED: Final = {
    About.CLIENT: mark("Which client is “{words}”?"),
    About.PERSON: mark("Who is “{words}”?"),
    About.DAY: mark("Which day is “{words}”?"),
    About.SIDE: mark("Who promises?"),
}


def question_said(question: Question) -> Said:
    """What is asked."""
    return said(_ASKED[question.about], words=question.phrase)


def chips(understood: Understood, records: Sequence[Any]) -> list[Chip]:
    """What Enter saves: `records` are those made of the line, none of them stored yet."""
    return [
        *_whom(understood, records),
        *(chip for n, record in enumerate(records) for chip in _of(record, n, understood)),
        *(Chip(said("#{tag}", tag=tag), "muted", 0, "tags", tag) for tag in understood.tags),
        *_doubts(understood, records),
    ]


def _whom(one: Understood, records: Sequence[Any]) -> Iterator[Chip]:
    if one.client_id is not None:
        name = said("{name}", name=one.client_name)
        if isinstance(records[0], Entry):
            yield Chip(name, "info", 0, "clients", (one.client_id,))
        else:
            yield Chip(name, "info", 0, "client_id", one.client_id)
    there = {n: record for n, record in enumerate(records) if hasattr(record, "contact_id")}
    for person in one.people:
        text = said("{name}", name=person.name)
        held = next((n for n, r in there.items() if r.contact_id == person.id), None)
        if held is not None and person.id is not None:
            yield Chip(text, "muted", held, "contact_id", person.id)
        else:
            yield Chip(text, "muted")
    yield from (Chip(said(_UNKNOWN, name=name), "muted") for name in one.strangers)


def _of(record: Any, n: int, one: Understood) -> Iterator[Chip]:
    zone = one.at.tzinfo
    match record:
        case Interaction():
            yield Chip(
                said("{channel}", channel=record.channel), "info", n, "channel", record.channel
            )
            if record.channel not in (Channel.MEETING, Channel.VISIT):
                text = said("{direction}", direction=record.direction)
                yield Chip(text, "muted", n, "direction", record.direction)
            if not any(question.about is About.DAY for question in one.open):
                yield Chip(_when(one, _moment(record.at)), "muted", n, "at", record.at)
            yield from _minutes(record, n)
        case Appointment():
            text = said(_PLANNED, channel=record.channel)
            yield Chip(text, "info", n, "channel", record.channel)
            at = _moment(record.at).astimezone(zone)
            yield Chip(said("{moment}", moment=at), "info", n, "at", record.at)
            if one.contact.planned is not None and not one.contact.planned.timed:
                yield Chip(said(mark("no time of day is named")), "muted")
            yield from _minutes(record, n)
        case Promise():
            due = said(_NO_DAY) if record.due is None else said(_BY, day=record.due)
            form = _WE if record.by is Side.US else _THEY
            text = said(form, what=_short(record.what), due=due)
            yield Chip(text, "info", n, "what", record.what)
        case Expectation():
            what, day = _short(record.statement), record.expected_day
            text = (
                said(_EXPECTED, what=what)
                if day is None
                else said(_EXPECTED_BY, what=what, day=day)
            )
            yield Chip(text, "info", n, "statement", record.statement)
        case Need():
            text = said(_NEED, what=_short(record.statement))
            yield Chip(text, "info", n, "statement", record.statement)
        case Complaint():
            text = said(_COMPLAINT, what=_short(record.own_words))
            yield Chip(text, "info", n, "own_words", record.own_words)
        case Issue():
            form = _RISK if record.raid is Raid.RISK else _PROBLEM
            text = said(form, what=_short(record.statement))
            yield Chip(text, "info", n, "statement", record.statement)
        case Entry():
            yield Chip(said(kind_of(record).one), "info", n, "text", record.text)
            if record.day != one.at.date():
                yield Chip(said("{day}", day=record.day), "muted", n, "day", record.day)


def _moment(at: datetime | None) -> datetime:
    assert at is not None  # noqa: S101 - a contact made of a line always has its moment
    return at


def _when(one: Understood, at: datetime) -> Said:
    """When a contact was: the time of day only where it was told."""
    if at == one.at.astimezone(UTC):
        return said(mark("now"))
    local = at.astimezone(one.at.tzinfo)
    moment = one.contact.moment
    if moment is not None and not moment.timed and local.date() != one.at.date():
        day: date = local.date()
        return said("{day}", day=day)
    return said("{moment}", moment=local)


def _minutes(record: Any, n: int) -> Iterator[Chip]:
    if record.minutes is not None:
        yield Chip(said(_MINUTES, n=record.minutes), "muted", n, "minutes", record.minutes)


def _doubts(one: Understood, records: Sequence[Any]) -> Iterator[Chip]:
    """What is not kept, or not understood."""
    if one.client_id is None and not one.open:
        lost = one.notes or one.contact.planned is not None
        if isinstance(records[0], Entry) and lost:
            yield Chip(said(_NEEDS_CLIENT), "warn")
        elif not isinstance(records[0], Entry):
            yield Chip(said(_ONLY_CONTACT if lost else _NO_CLIENT), "warn")
    for words in one.unread:
        yield Chip(said(_UNREAD, words=words), "warn")
    if one.preliminary:
        yield Chip(said(_PRELIMINARY, years=tuple(one.preliminary)), "warn")
    if one.contact.undated:
        yield Chip(said(_UNDATED), "warn")
    for words in one.mentioned:
        yield Chip(said(_IN_TEXT, words=words), "muted")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
