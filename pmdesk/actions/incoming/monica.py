"""An account of Monica comes in: its people as contacts, what was done with them, its notes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from pmdesk.actions.import_look import last_thread
from pmdesk.actions.incoming.cards import Found, asked_of, draft_of, group_of
from pmdesk.actions.incoming.opened import Along, opened
from pmdesk.actions.incoming.values import Draft, LeftOut, Read, Reading, Untaken, named_uuid
from pmdesk.actions.incoming.whose import Whose
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.text.said import said
from pmdesk.exchange.cards.monica import Account, Known, Piece, Sort, looks_like_monica, read_monica
from pmdesk.exchange.journals.values import Why
from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.words import mark

_CHANNELS: Final = {
    Sort.CALL: Channel.CALL,
    Sort.ACTIVITY: Channel.MEETING,
    Sort.MESSAGE: Channel.CHAT,
}
_TITLE: Final = 80
_AHEAD: Final = mark("Its day lies ahead.")
# What is not taken, by its type there.
_OTHERS: Final = {
    "gift": mark("Gifts"),
    "reminder": mark("Reminders"),
    "task": mark("Tasks"),
    "debt": mark("Debts"),
    "address": mark("Postal addresses"),
    "life_event": mark("Life events"),
    "pet": mark("Pets"),
    "relationship": mark("Relationships between people"),
    "photo": mark("Pictures"),
    "document": mark("Documents"),
}
_REST: Final = mark("Other parts of the account")


def recognises(_path: Path, head: bytes) -> bool:
    """Whether a file begins as Monica's export does."""
    return looks_like_monica(head)


def read(reading: Reading) -> Iterator[Read]:
    """All of every account, behind the questions whose the people are."""
    thread = last_thread(reading.journal)
    along = Along(reading)
    for path, data in opened(reading, along):
        if isinstance(data, Untaken):
            yield data
            continue
        account = read_monica(data, along)
        if account is None:
            yield Untaken(path.name, said(Why.OTHER_FORM.value))
            continue
        taking = _Taking(reading, account, path.name, thread)
        yield from taking.read()
        thread = taking.thread


class _Taking:
    """The people of an account and all that is of them."""

    def __init__(self, reading: Reading, account: Account, source: str, thread: int) -> None:
        self.reading, self.account, self.source, self.thread = reading, account, source, thread
        self.zone = zone_of(reading.journal, None)
        self.whose = Whose(reading.journal)

    def read(self) -> Iterator[Read]:
        """The questions, then people with what is of them, then entries and what is left out."""
        found = [self._found(one) for one in self.account.people]
        answers: dict[str, Client | None] = {}
        for group, asked in asked_of(found, self.whose):
            yield asked
            answers[group] = self.whose.answered(self.reading.answer(asked))
        met: set[tuple[str, int | None]] = set()
        for known, one in zip(self.account.people, found, strict=True):
            self.reading.job.check()
            client = one.client or answers.get(one.group, answers.get(""))
            if client is None:
                yield LeftOut(mark("People of no client"))
                continue
            person = draft_of(one, client, self.whose)
            yield person
            yield from self._of(known, client, person, met)
        for piece in self.account.entries:
            yield self._entry(piece, None, "")
        if self.account.broken:
            yield LeftOut(mark("People without a name"), self.account.broken)
        for kind, times in self.account.others.items():
            if times:
                yield LeftOut(_OTHERS.get(kind, _REST), times)

    def _found(self, known: Known) -> Found:
        card, whose = known.card, self.whose
        client = whose.by_addresses(card.addresses) or whose.by_names(card.organisation)
        return Found(card, self.source, client, group_of(card))

    def _of(
        self, known: Known, client: Client, person: Draft, met: set[tuple[str, int | None]]
    ) -> Iterator[Read]:
        """What was said and done with a person; an activity of several of one client is one."""
        for piece in known.pieces:
            if piece.sort is Sort.NOTE:
                yield self._entry(piece, client, known.card.name)
            else:
                yield self._contact(piece, client, person, known.card.uid)
        for talk in known.conversations:
            self.thread += 1
            for piece in talk:
                yield self._contact(piece, client, person, known.card.uid, self.thread)
        for name in known.activities:
            activity = self.account.activities.get(name)
            if activity is not None and (name, client.id) not in met:
                met.add((name, client.id))
                yield self._contact(activity, client, person, known.card.uid)

    def _contact(
        self, piece: Piece, client: Client, person: Draft, of: str, thread: int | None = None
    ) -> Read:
        who = person.record
        title = piece.title or piece.text.partition("\n")[0]
        subject = title[:_TITLE].strip() or who.name
        if piece.at is None:
            return Untaken(f"{self.source}: {subject}", said(Why.NO_DAY.value))
        at = self._moment(piece, piece.at)
        is_talk = piece.sort is Sort.MESSAGE
        offset = at.astimezone(self.zone).utcoffset()
        record = Interaction(
            uuid=named_uuid("monica", piece.sort.value, of or who.name, piece.name),
            client_id=client.id,
            contact_id=who.id,
            channel=_CHANNELS[piece.sort],
            direction=Direction.INBOUND if piece.by_them else Direction.OUTBOUND,
            needs_reply=NeedsReply.AUTO if is_talk else NeedsReply.NO,
            at=at,
            offset_minutes=int(offset.total_seconds() // 60) if offset is not None else None,
            thread=thread,
            who=who.name,
            subject=subject,
            source=f"monica\t{piece.name[:200]}",
            text=piece.text,
        )
        return Draft(
            record,
            subject,
            said(mark("{who}, {when}"), who=who.name, when=at.astimezone(self.zone)),
            refers=(("contact_id", who.uuid),),
            renews=("subject", "text"),
            unclear=said(_AHEAD) if at > self.reading.at else None,
            source=self.source,
        )

    def _entry(self, piece: Piece, client: Client | None, name: str) -> Read:
        text = "\n".join(part for part in (name or piece.title, piece.text) if part)
        day = self._day(piece)
        if day is None or not piece.text:
            why = Why.NO_DAY if day is None else Why.EMPTY
            return Untaken(f"{self.source}: {text[:_TITLE]}", said(why.value))
        record = Entry(
            uuid=named_uuid("monica", "note", piece.name, name),
            day=day,
            text=text,
            clients=(client.id,) if client is not None and client.id is not None else (),
        )
        unclear = day > self.reading.at.astimezone(self.zone).date()
        return Draft(
            record,
            text.partition("\n")[0],
            said("{day}", day=day),
            renews=("text",),
            unclear=said(_AHEAD) if unclear else None,
            source=self.source,
        )

    def _moment(self, piece: Piece, at: datetime) -> datetime:
        """When it was: a day without an hour begins by our own clock."""
        if not piece.day_only:
            return at
        return datetime.combine(at.date(), time(), self.zone).astimezone(UTC)

    def _day(self, piece: Piece) -> date | None:
        if piece.at is None or piece.day_only:
            return piece.at.date() if piece.at else None
        return piece.at.astimezone(self.zone).date()
