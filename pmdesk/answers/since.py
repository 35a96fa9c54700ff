"""Since we last spoke: all that changed for a client after the last real contact with them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from pmdesk.answers.differences import Stood, gone_since, stood_at
from pmdesk.answers.earlier import tells_the_past
from pmdesk.answers.practices.figures import Key, keys
from pmdesk.answers.relationship import RECORDED, Contacted, Relationship
from pmdesk.answers.rows.events import (
    change_said,
    event_of,
    is_open_to_client,
    name_in_lists,
)
from pmdesk.answers.rows.records import plain_second
from pmdesk.answers.rows.row import Badge
from pmdesk.answers.text.said import OnDay, Said, said
from pmdesk.answers.text.who import person
from pmdesk.answers.yearly import next_in_year, standing_in_year
from pmdesk.journal.codec import moment_of, moment_text, until_text
from pmdesk.records.choices import Channel
from pmdesk.records.declare import Field, kind_of
from pmdesk.records.entry import Entry
from pmdesk.words import mark

# What went wrong or is owed comes first, then what else happened, their mails, notes and edits.
WRONG, HAPPENED, WRITTEN, NOTED = range(4)
_BEGINNING: Final = datetime(1, 1, 2, tzinfo=UTC)  # a day that every zone can tell
_YEAR: Final = timedelta(days=364)
_LETTERS: Final = {Channel.MAIL: mark("Their mail"), Channel.CHAT: mark("Their message")}
_WITH: Final = {
    Channel.CALL: (mark("call with {who}"), mark("call")),
    Channel.MEETING: (mark("meeting with {who}"), mark("meeting")),
    Channel.VIDEO: (mark("video call with {who}"), mark("video call")),
    Channel.VISIT: (mark("visit to {who}"), mark("visit")),
    Channel.CHAT: (mark("chat with {who}"), mark("chat")),
    Channel.MAIL: (mark("our mail to {who}"), mark("our mail")),
}


class SinceLine(NamedTuple):
    """One thing that changed: a state in a word, of what, what more there is to say, when.

    `key` is None where the record has been deleted. `internal` lines are not for the client.
    """

    key: Key | None
    badge: Badge
    title: str
    more: tuple[Said, ...]
    at: date | datetime
    internal: bool
    weight: int = HAPPENED

    @property
    def what(self) -> Said:
        """The line as a sentence."""
        return said(mark("{name}: {text}"), name=said(self.badge[0]), text=self.title)


class Since(NamedTuple):
    """What changed since the last real contact, what matters most first; all of it without one."""

    contact: Contacted | None
    lines: tuple[SinceLine, ...]
    head: Said

    def for_client(self) -> tuple[SinceLine, ...]:
        """What of it the client may read."""
        return tuple(line for line in self.lines if not line.internal)


def since_last_contact(rel: Relationship) -> Since:
    """All that changed for a client since we last reached them or met, up to `rel.at`.

    What has happened counts by its own day, and where it was written down only later by the log;
    what the act that wrote the contact down wrote with it belongs to the contact.
    """
    contact = rel.contacted
    found = _Changes(rel, contact)
    lines = [*found.of_records(), *found.gone(), *found.due(), *found.letters(), *found.entries()]
    lines.sort(key=lambda line: (line.weight, -_moment(rel, line.at).timestamp()))
    return Since(contact, tuple(lines), _head(rel, contact))


def _head(rel: Relationship, contact: Contacted | None) -> Said:
    if contact is None:
        return said(mark("no call, no meeting and no mail of ours yet"))
    with_whom, alone = _WITH[contact.channel]
    who = person(contact.who)
    how = said(with_whom, who=who) if who else said(alone)
    day = rel.day_of(contact.at)
    this_year = day.year == rel.today.year
    return said(mark("since {day}, {how}"), day=OnDay(day) if this_year else day, how=how)


def _moment(rel: Relationship, at: date | datetime) -> datetime:
    """When it was, to put lines in order: a day counts at its noon."""
    return at if isinstance(at, datetime) else datetime.combine(at, time(12), rel.zone)


class _Changes:
    """What differs between the contact and now, source by source."""

    def __init__(self, rel: Relationship, contact: Contacted | None) -> None:
        self.rel = rel
        self.at = contact.at if contact else _BEGINNING
        self.day = rel.day_of(contact.at) if contact else date.min
        self.own = _step_of(rel, contact) if contact else None
        self.records = [r for kind in RECORDED for r in rel.of(kind.cls)]
        of_log = [rel.client, *self.records]
        self.before = stood_at(rel, of_log, self.at, own=self.own)

    def of_records(self) -> Iterator[SinceLine]:
        """What happened to records, what was changed in them, and those that are new."""
        for record in (self.rel.client, *self.records):
            known = self.before.get(keys(record)[0])
            events = list(self._events(record, known))
            for field in events:
                yield self._event(record, field)
            if known is None:
                continue
            if known.record is None:
                if not events and record is not self.rel.client:
                    yield self._new(record)
            else:
                yield from self._edited(record, known, events)

    def _events(self, record: Any, known: Stood | None) -> Iterator[Field]:
        """The days it holds of what happened since, or what was written down since."""
        for field in _visible(record):
            value = getattr(record, field.name)
            if value is None or not tells_the_past(field) or self._lies_ahead(value):
                continue
            written = known is not None and (
                known.record is None
                or (field.name in known.known and getattr(known.record, field.name) != value)
            )
            if written or self._is_after(value):
                yield field

    def _lies_ahead(self, value: date | datetime) -> bool:
        return value > (self.rel.at if isinstance(value, datetime) else self.rel.today)

    def _is_after(self, value: date | datetime) -> bool:
        return value > self.at if isinstance(value, datetime) else value > self.day

    def _event(self, record: Any, field: Field) -> SinceLine:
        event = event_of(record, field)
        value = getattr(record, field.name)
        more = [event.detail(self.rel, record)]
        if not self._is_after(value):
            more.append(said(mark("written down since")))
        return self._line(record, (event.word, event.tone), more, value, event.weight, field)

    def _new(self, record: Any) -> SinceLine:
        more = [said(kind_of(record).one), *plain_second(self.rel, record)]
        return self._line(record, (mark("New"), "info"), more, self._changed_at(record))

    def _edited(self, record: Any, known: Stood, events: Sequence[Field]) -> Iterator[SinceLine]:
        told = {name for field in events for name in event_of(record, field).tells}
        told |= {field.name for field in events}
        changed = [
            field
            for field in _visible(record)
            if field.name in known.known
            and field.name not in told
            and getattr(known.record, field.name) != getattr(record, field.name)
        ]
        for inside in (False, True):
            fields = [field for field in changed if field.meta.internal is inside]
            if fields:
                more = [
                    change_said(self.rel, f, getattr(known.record, f.name), getattr(record, f.name))
                    for f in fields
                ]
                weight = NOTED if all(field.meta.long for field in fields) else HAPPENED
                badge: Badge = (mark("Changed"), "none")
                line = self._line(record, badge, more, self._changed_at(record), weight, *fields)
                was_open = is_open_to_client(self.rel, known.record)
                yield line._replace(internal=line.internal or not was_open)

    def gone(self) -> Iterator[SinceLine]:
        """Records that were deleted."""
        for lost in gone_since(self.rel, self.at, own=self.own):
            more = (said(kind_of(lost.record).one),)
            title = name_in_lists(self.rel, lost.record)
            badge: Badge = (mark("Deleted"), "none")
            yield SinceLine(None, badge, title, more, lost.at, internal=True, weight=NOTED)

    def due(self) -> Iterator[SinceLine]:
        """What fell due and is still open."""
        today = self.rel.today
        for record in self.records:
            for field in kind_of(record).fields:
                value = getattr(record, field.name)
                ends = field.meta.due
                yearly = field.meta.yearly and getattr(record, field.meta.yearly)
                lunar = bool(field.meta.lunar and getattr(record, field.meta.lunar))
                done = next((d for n in ends if (d := getattr(record, n)) is not None), None)
                if not ends or value is None or (done is not None and not yearly):
                    continue
                # of every year that one which lay ahead at the contact
                seen_from = max(self.day, value, today - _YEAR)
                day = next_in_year(value, seen_from, lunar=lunar) if yearly else value
                if yearly and standing_in_year(value, day, done=done, lunar=lunar) != day:
                    continue
                if self.day <= day <= today and self.day < today:
                    badge: Badge = (
                        (mark("Due"), "warn") if day == today else (mark("Past its date"), "bad")
                    )
                    more = [said(field.label)]
                    if by := getattr(record, "by", None):
                        more.insert(0, said("{by}", by=by))
                    yield self._line(record, badge, more, day, WRONG)

    def letters(self) -> Iterator[SinceLine]:
        """What they wrote; what a machine sent is none of it."""
        rows = self.rel.journal.rows(
            "SELECT id, at, channel, who, subject, internal FROM interaction"
            " WHERE client_id = ? AND at > ? AND at <= ? AND direction = 'inbound'"
            " AND automatic = 0 AND channel IN ('mail', 'chat')",
            [self.rel.client.id, moment_text(self.at), until_text(self.rel.at)],
        )
        for id_, at, channel, who, subject, internal in rows:
            yield SinceLine(
                Key("interaction", id_),
                (_LETTERS[Channel(channel)], "info"),
                subject or "",
                (said("{who}", who=person(who)),) if who else (),
                moment_of(at),
                bool(internal),
                WRITTEN,
            )

    def entries(self) -> Iterator[SinceLine]:
        """What we wrote down for ourselves about them."""
        about = self.rel.journal.find(
            Entry,
            "EXISTS (SELECT 1 FROM json_each(clients) WHERE value = ?) AND day <= ? AND (day >= ?"
            " OR id IN (SELECT c.row_id FROM change c JOIN action a ON a.id = c.action_id"
            " WHERE c.tbl = 'entry' AND a.at > ?))",
            [self.rel.client.id, self.rel.today.isoformat(), self.day.isoformat(),
             moment_text(self.at)],
        )  # fmt: skip
        self.before = {**self.before, **stood_at(self.rel, about, self.at, own=self.own)}
        for entry in about:
            known = self.before.get(keys(entry)[0])
            after = entry.day is not None and entry.day > self.day
            if after or (known is not None and known.record is None):
                badge: Badge = (mark("Journal entry"), "none")
            elif known is not None and known.record != entry:
                badge = (mark("Entry changed"), "none")
            else:
                continue
            yield self._line(entry, badge, (), entry.day or self.rel.today, NOTED)

    def _changed_at(self, record: Any) -> datetime:
        return self.before[keys(record)[0]].at

    def _line(
        self,
        record: Any,
        badge: Badge,
        more: Sequence[Said | None],
        at: date | datetime,
        weight: int = HAPPENED,
        *fields: Field,
    ) -> SinceLine:
        open_ = is_open_to_client(self.rel, record)
        inside = not open_ or any(field.meta.internal for field in fields)
        told = tuple(part for part in more if part is not None)
        title = name_in_lists(self.rel, record)
        return SinceLine(keys(record)[0], badge, title, told, at, inside, weight)


def _visible(record: Any) -> list[Field]:
    """The fields that people fill in: the rest is the program's own."""
    return [field for field in kind_of(record).fields if not field.meta.hidden]


def _step_of(rel: Relationship, contact: Contacted) -> int | None:
    """The act that wrote a contact down."""
    rows = rel.journal.rows(
        "SELECT action_id FROM change WHERE tbl = 'interaction' AND row_id = ? AND op = 'I'"
        " ORDER BY id LIMIT 1",
        [contact.id],
    )
    return rows[0][0] if rows else None
