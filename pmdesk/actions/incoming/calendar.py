"""Calendars come in: what was is a contact that took place, what lies ahead is a planned one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.actions.incoming.opened import Along, opened
from pmdesk.actions.incoming.values import Asked, Draft, LeftOut, Read, Reading, Untaken, named_uuid
from pmdesk.actions.incoming.whose import NOBODY, Whose
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.said import said
from pmdesk.exchange.calendar.channels import channel_of
from pmdesk.exchange.calendar.ics import looks_like_ics, read_ics
from pmdesk.exchange.calendar.own import is_own_uid
from pmdesk.exchange.calendar.pasted import Invitation, looks_like_invitation, read_invitations
from pmdesk.exchange.calendar.values import Calendar, Event, Person
from pmdesk.exchange.mail.charsets import decode
from pmdesk.journal.journal import Journal
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.words import mark

_BACK: Final = timedelta(days=366)
_AHEAD: Final = timedelta(weeks=26)
_MOST_NAMES: Final = 5
_SOURCE: Final = "calendar"
_FOLLOWS: Final = ("at", "minutes", "what", "place", "channel")
_NONE: Final = mark("No calendar and no invitation was found here.")
_ONLY_FIRST: Final = mark("How it repeats is not understood: only the first day is taken.")
_OURS: Final = mark("Dates that PM Desk wrote itself")
_NO_TIME: Final = mark("The time of the meeting is not understood.")


def recognises(_path: Path, head: bytes) -> bool:
    """Whether a file begins as a calendar does, or is an invitation."""
    return text_is_own(decode(head))


def text_is_own(text: str) -> bool:
    """Whether a text is a calendar or an invitation to a meeting."""
    return looks_like_ics(text) or looks_like_invitation(text)


class _Source(NamedTuple):
    """A calendar and the file it stood in; what was pasted has none."""

    name: str
    calendar: Calendar


def read(reading: Reading) -> Iterator[Read]:
    """The events of clients, behind the question whose the others are."""
    whose = Whose(reading.journal)
    sources: list[_Source] = []
    for one in _sources(reading):
        if isinstance(one, _Source):
            sources.append(one)
        else:
            yield one
    several = len(sources) > 1
    for source in sources:
        taking = _Taking(reading, whose, source)
        asked = taking.asked(several=several)
        if asked is not None:
            yield asked
        yield from taking.drafts()


def _sources(reading: Reading) -> Iterator[_Source | Untaken | LeftOut]:
    along = Along(reading)
    if reading.given.text:
        yield from _read(reading, reading.given.text, "", along)
    for path, data in opened(reading, along):
        if isinstance(data, Untaken):
            yield data
        else:
            yield from _read(reading, along.text(data), path.name, along)


def _read(
    reading: Reading, text: str, name: str, along: Along
) -> Iterator[_Source | Untaken | LeftOut]:
    if looks_like_ics(text):
        day = reading.at.date()
        calendar = read_ics(text, day - _BACK, day + _AHEAD, along)
        for broken in calendar.broken:
            yield Untaken(f"{name}: {broken.what}" if name else broken.what, said(broken.why.value))
        others = [event for event in calendar.events if not is_own_uid(event.uid)]
        if ours := len(calendar.events) - len(others):
            yield LeftOut(_OURS, ours)
        yield _Source(name, replace(calendar, events=others))
        return
    found = Calendar()
    for one in read_invitations(text) if looks_like_invitation(text) else ():
        if not isinstance(one, Invitation):
            yield Untaken(one, said(_NO_TIME))
            continue
        found.events += one.events
        if one.only_first:
            yield Untaken(one.events[0].title, said(_ONLY_FIRST))
    if found.events:
        yield _Source(name, found)
    elif not looks_like_invitation(text):
        yield Untaken(name, said(_NONE))


class _Taking:
    """The events of one calendar, made into drafts."""

    def __init__(self, reading: Reading, whose: Whose, source: _Source) -> None:
        self.reading, self.whose, self.source = reading, whose, source
        self.zones: dict[int | None, ZoneInfo] = {None: zone_of(reading.journal, None)}
        self.clients = [self._client(event) for event in source.calendar.events]
        self.others: Client | None = None
        self.planned = _planned(reading.journal)

    def asked(self, *, several: bool) -> Asked | None:
        """Whose the events are that name nobody of a client; None where there are none such."""
        if all(self.clients):
            return None
        name = self.source.name
        choices = self.whose.choices()
        sentence = (
            said(mark("With which client are the events in {file} that name none?"), file=name)
            if name
            else said(mark("With which client is this meeting?"))
        )
        # an invitation is pasted to be kept; a calendar holds much else
        asked = Asked(
            f"client:{name}" if several else "client", sentence, choices if name else choices[1:],
            NOBODY if name else "", required=not name,
        )  # fmt: skip
        self.others = self.whose.answered(self.reading.answer(asked))
        return asked

    def _client(self, event: Event) -> Client | None:
        found = self.whose.by_addresses(person.address for person in event.everybody)
        return found or self.whose.by_names(event.title, event.place, *self._shown(event))

    def _shown(self, event: Event) -> list[str]:
        return [person.name for person in event.everybody]

    def drafts(self) -> Iterator[Read]:
        """Every event as it comes in, then the days of series that are no longer held."""
        met: set[str] = set()
        for event, named in zip(self.source.calendar.events, self.clients, strict=True):
            self.reading.job.check()
            uuid = named_uuid("calendar", event.uid, event.key)
            met.add(uuid)
            client = named or self.others
            if client is None:
                yield LeftOut(mark("Events without a client"))
            elif any(p.declined and self.whose.is_ours(p.address) for p in event.people):
                yield LeftOut(mark("Events that we declined"))
            else:
                yield from self._draft(event, client, uuid)
        for uuid, planned in self.planned.items():
            if uuid not in met and self._is_gone(planned):
                yield self._called_off(planned)

    def _is_gone(self, planned: Appointment) -> bool:
        """Whether a day of a series of this calendar would stand in it, were it still held."""
        at = self.reading.at
        laid_out = planned.at is not None and at - _BACK < planned.at < at + _AHEAD
        return planned.open and laid_out and planned.uid in self.source.calendar.series

    def _draft(self, event: Event, client: Client, uuid: str) -> Iterator[Read]:
        moment = self._moment(event, client)
        planned = self.planned.get(uuid)
        if event.cancelled:
            if planned is None:
                yield LeftOut(mark("Events that were called off"))
            elif planned.open:
                yield self._called_off(planned)
            else:
                yield Draft(planned, planned.what)
            return
        more = said("{when}", when=moment.astimezone(self._zone(client)))
        if planned is None and moment <= self.reading.at:
            held = self._held(event, client, uuid, moment)
            yield Draft(held, held.subject, more, source=self.source.name)
            return
        record = self._ahead(event, client, uuid, moment)
        # what was held or called off here stays so, and as it was
        renews = _FOLLOWS if planned is None or planned.open else ()
        yield Draft(record, record.what, more, renews=renews, source=self.source.name)

    def _called_off(self, planned: Appointment) -> Draft:
        today = self.reading.at.astimezone(self.zones[None]).date()
        ended = replace(planned, ended_on=today)
        return Draft(ended, ended.what, said(mark("Called off")), renews=("ended_on",))

    def _held(self, event: Event, client: Client, uuid: str, moment: datetime) -> Interaction:
        them, others = self._people(event, client)
        contact = self.whose.contact(them[0].address) if them else None
        offset = moment.astimezone(self._zone(client)).utcoffset()
        ours = event.organizer is not None and self.whose.is_ours(event.organizer.address)
        return Interaction(
            uuid=uuid,
            client_id=client.id,
            contact_id=contact.id if contact and contact.client_id == client.id else None,
            channel=self._channel(event),
            direction=Direction.OUTBOUND if ours or not them else Direction.INBOUND,
            needs_reply=NeedsReply.NO,
            at=moment,
            offset_minutes=int(offset.total_seconds() // 60) if offset is not None else None,
            minutes=event.minutes,
            who=them[0].shown if them else "",
            to=tuple(person.shown for person in (*them[1:], *others)),
            subject=event.title or self._untitled(event),
            source=f"{_SOURCE}\t{event.uid}",
            text=event.text,
        )

    def _ahead(self, event: Event, client: Client, uuid: str, moment: datetime) -> Appointment:
        them, _ = self._people(event, client)
        contact = self.whose.contact(them[0].address) if them else None
        return Appointment(
            uuid=uuid,
            client_id=client.id,
            contact_id=contact.id if contact and contact.client_id == client.id else None,
            channel=self._channel(event),
            what=event.title or self._untitled(event),
            at=moment,
            minutes=event.minutes,
            who="、".join(person.shown for person in them[:_MOST_NAMES]),
            place=event.place,
            uid=event.uid,
        )

    def _people(self, event: Event, client: Client) -> tuple[list[Person], list[Person]]:
        """Those of the client, and all others but us."""
        them: list[Person] = []
        others: list[Person] = []
        for person in event.everybody:
            if person.address and self.whose.by_addresses([person.address]) == client:
                them.append(person)
            elif not self.whose.is_ours(person.address):
                others.append(person)
        return them, others

    def _untitled(self, event: Event) -> str:
        return event.place or next(iter(self._shown(event)), "") or event.uid

    def _channel(self, event: Event) -> Channel:
        return channel_of(event.title, event.place, event.text)

    def _moment(self, event: Event, client: Client) -> datetime:
        """When it begins, in UTC: without a zone by the client's clock."""
        start = event.start
        moment = start if isinstance(start, datetime) else datetime.combine(start, time())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone(client))
        return moment.astimezone(UTC)

    def _zone(self, client: Client) -> ZoneInfo:
        if client.id not in self.zones:
            self.zones[client.id] = zone_of(self.reading.journal, client)
        return self.zones[client.id]


def _planned(journal: Journal) -> dict[str, Appointment]:
    """What came in from calendars before and was still ahead then."""
    return {one.uuid: one for one in journal.find(Appointment, "uid <> ''")}
