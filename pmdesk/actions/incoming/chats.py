"""Chats that were pasted or exported: each message becomes a dated contact of its client.

Messages stay single; those of one side that stand together wait together, as every message does
(insight/turns.py): a conversation is a thread of its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pmdesk.actions.import_look import last_thread
from pmdesk.actions.incoming.chat_asking import Sides, Source, days_asked, sides_asked
from pmdesk.actions.incoming.chat_known import (
    contact_of,
    conversation_with,
    conversations,
    known_of,
    of_other_forms,
    source_of,
    there,
    uuids_of,
)
from pmdesk.actions.incoming.opened import TOO_LARGE, Along, opened
from pmdesk.actions.incoming.values import Asked, Draft, LeftOut, Read, Reading, Untaken
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.said import said
from pmdesk.exchange.chat.days import dated
from pmdesk.exchange.chat.marks import reply_of
from pmdesk.exchange.chat.reading import looks_like_chat, read_chat
from pmdesk.exchange.chat.values import Dated
from pmdesk.exchange.chat.whatsapp import FILE_NAME
from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.records.choices import Channel, DateDoubt, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.words import mark

_MOST_MESSAGES: Final = 200_000
_TITLE: Final = 80
_SUFFIXES: Final = (".txt", ".csv")
_LATE: Final = datetime(9999, 12, 30)  # noqa: DTZ001 - a wall clock: heads are read as of the last day


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file begins as a chat does."""
    return path.suffix.lower() in _SUFFIXES and text_is_own(decode(head))


def text_is_own(text: str) -> bool:
    """Whether a text begins as a chat does."""
    return looks_like_chat(clean(text)[:20_000], _LATE.date())


def read(reading: Reading) -> Iterator[Read]:
    """The messages of all chats, behind the questions that must be answered first."""
    known = known_of(reading.journal)
    zone = zone_of(reading.journal, None)
    sources: list[Source] = []
    for one in _sources(reading, known.names(), zone):
        if isinstance(one, Untaken):
            yield one
        else:
            sources.append(one)
    if not sources:
        return
    yield from days_asked(reading, sources)
    sides = Sides()
    for asked in sides_asked(reading, sources, known):
        if isinstance(asked, Asked):
            yield asked
        else:
            sides = asked
    contacts = [c for c in known.contacts if sides.client and c.client_id == sides.client.id]
    thread = last_thread(reading.journal) + 1
    met: dict[tuple[object, ...], str] = {}
    for number, source in enumerate(sources):
        yield from _marks(source)
        yield from _Taking(reading, source, sides, contacts, zone, thread + number, met).drafts()


def _sources(reading: Reading, names: frozenset[str], zone: ZoneInfo) -> Iterator[Source | Untaken]:
    """Every text that is given, read; of one that cannot be it is said why."""
    today = reading.at.astimezone(zone).date()
    if reading.given.text:
        chat = read_chat(clean(reading.given.text), today, names)
        if chat is None:
            yield Untaken("", said(_NONE))
        else:
            yield Source(chat, "", "", today, pasted=True)
    along = Along(reading)
    for path, data in opened(reading, along):
        if isinstance(data, Untaken):
            yield data
            continue
        chat = read_chat(along.text(data), today, names, along)
        if chat is None:
            yield Untaken(str(path), said(_NONE))
        elif len(chat.messages) > _MOST_MESSAGES:
            yield Untaken(str(path), TOO_LARGE)
        else:
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            copied = min(written, reading.at).astimezone(zone).date()
            title = FILE_NAME.fullmatch(path.stem)
            yield Source(chat, path.name, title[1] if title else "", copied, pasted=False)


_NONE: Final = mark("No chat was found here: a message begins with who wrote it and when.")


def _marks(source: Source) -> Iterator[Read]:
    """What a chat holds beside its messages: what is left out, lines that are not certain."""
    for what, times in source.chat.left_out.items():
        yield LeftOut(what, times)
    for line in source.chat.unsure:
        yield Untaken(f"{_where(source, line.line)} {line.text}", said(line.why.value))


def _where(source: Source, line: int) -> str:
    """Where a line stands: in its file, or in what was pasted."""
    return f"{source.name}:{line}" if source.name else str(line)


class _Taking:
    """The messages of one chat, made into drafts."""

    def __init__(
        self, reading: Reading, source: Source, sides: Sides, contacts: Sequence[Contact],
        zone: ZoneInfo, thread: int, met: dict[tuple[object, ...], str],
    ) -> None:  # fmt: skip
        self.source, self.sides, self.contacts, self.zone = source, sides, contacts, zone
        self.messages = list(dated(source.chat, source.days))
        self.client = sides.client or Client()
        journal = reading.journal
        before = conversations(journal, self.client) if sides.client else {}
        self.asked = Asked(
            "conversation", said(mark("What is the conversation called?")),
            proposed=conversation_with(journal, self.client, self.messages, before) or self._name(),
        )  # fmt: skip
        self.name = reading.answer(self.asked) or self.asked.proposed
        self.thread = before.get(self.name, thread)
        self.uuids = uuids_of(self.client, self.name, self.messages, reading.job.check)
        if sides.client:
            other = of_other_forms(journal, self.client, self.name, self.messages, sides.ours)
            self.uuids = [other.get(n, uuid) for n, uuid in enumerate(self.uuids)]
        self.there = there(journal, self.uuids) if sides.client else {}
        self._as_met(met)

    def _as_met(self, met: dict[tuple[object, ...], str]) -> None:
        """Give our own messages the uuids that they have in another form read before."""
        seen: Counter[tuple[object, ...]] = Counter()
        for n, one in enumerate(self.messages):
            if one.message.who not in self.sides.ours or one.at is None:
                continue
            text = " ".join(one.message.text.split())
            key = (self.name, one.at.replace(second=0), text)
            seen[key] += 1
            self.uuids[n] = met.setdefault((*key, seen[key]), self.uuids[n])

    def _name(self) -> str:
        """What the chat calls itself, else who speaks in it for the client."""
        speakers = [who for who in self.source.chat.speakers() if who not in self.sides.ours]
        names = (self.source.chat.name, self.source.title)
        told = next((name for name in names if name and name not in self.sides.ours), "")
        return told or "、".join(sorted(speakers)[:3]) or self.client.name

    def drafts(self) -> Iterator[Read]:
        """A draft of each message; one whose day is unclear says so."""
        if self.sides.client:
            yield self.asked
        later: dict[datetime, int] = {}
        for one, uuid in zip(self.messages, self.uuids, strict=True):
            at = self._moment(one, uuid, later)
            yield self._draft(one, uuid, at)

    def _moment(self, one: Dated, uuid: str, later: dict[datetime, int]) -> datetime | None:
        """When it was; messages of one minute follow one another by a second each."""
        if one.at is None:
            return None
        stamp = one.message.stamp
        if stamp is not None and stamp.seconds:
            return one.at.replace(tzinfo=self.zone).astimezone(UTC)
        minute = one.at.replace(second=0, tzinfo=self.zone).astimezone(UTC)
        known = self.there.get(uuid)
        if known is not None:
            later[minute] = max(0, int((known - minute).total_seconds())) + 1
            return known
        number = later.get(minute, 0)
        later[minute] = number + 1
        return minute + timedelta(seconds=number if stamp is None else min(number, 59))

    def _draft(self, one: Dated, uuid: str, at: datetime | None) -> Draft:
        message = one.message
        ours = message.who in self.sides.ours
        person = contact_of(self.contacts, self.name if ours else message.who)
        said_first = reply_of(message.text).partition("\n")[0].strip()
        offset = at.astimezone(self.zone).utcoffset() if at else None
        record = Interaction(
            uuid=uuid,
            client_id=self.client.id,
            contact_id=person.id if person else None,
            channel=Channel.CHAT,
            direction=Direction.OUTBOUND if ours else Direction.INBOUND,
            at=at,
            offset_minutes=int(offset.total_seconds() // 60) if offset is not None else None,
            thread=self.thread,
            date_doubt=DateDoubt.MISSING if message.stamp is None else DateDoubt.NONE,
            who=self.name if ours else message.who,
            subject=said_first[:_TITLE].strip() or message.text[:_TITLE].strip(),
            source=source_of(self.name, message.who),
            text=message.text,
        )
        more = (
            said(mark("{who}, {when}"), who=message.who, when=at.astimezone(self.zone))
            if at
            else None
        )
        unclear = said(one.doubt.value) if one.doubt is not None else None
        where = _where(self.source, message.line)
        what = record.subject if at else f"{where} {message.who}: {record.subject}"
        return Draft(record, what, more, renews=("direction", "who"), unclear=unclear, source=where)
