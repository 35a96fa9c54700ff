"""What is due and what is planned, as a calendar that other programs take (RFC 5545).

Each date is named after its record: a calendar that takes the file again changes what it has.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmdesk import __version__
from pmdesk.actions.outgoing.values import INTERNAL, PAST, TAKEN, Sent, Wish, records_of
from pmdesk.answers.appointments import over_at
from pmdesk.answers.calendars import zone_of
from pmdesk.answers.yearly import next_in_year
from pmdesk.exchange.calendar.own import own_uid
from pmdesk.exchange.placing import placed
from pmdesk.journal.codec import moment_of
from pmdesk.journal.journal import Journal
from pmdesk.records.appointment import Appointment
from pmdesk.records.client import Client
from pmdesk.records.declare import Field, Kind
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Side
from pmdesk.words import Words, mark

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_YEAR: Final = timedelta(days=365)
# For so many years a calendar is told when a day of the moon comes again.
_YEARS_OF_MOON: Final = 10
# Days and moments that lie ahead without anything being owed then, and what ends them: else their time.
_PLANNED: Final = {
    ("appointment", "at"): ("ended_on",),
    ("expectation", "expected_day"): ("ended_on",),
    ("minutes", "next_at"): (),
    ("set_aside", "until"): (),
}
_LEAP_DAY: Final = (2, 29)


class Slot(NamedTuple):
    """A field with a day or moment that goes into a calendar, and the fields that end it."""

    field: Field
    ends: tuple[str, ...]


class Dated(NamedTuple):
    """A record on a day or at a moment; `done` where that is over."""

    kind: Kind
    record: Any
    field: Field
    when: date | datetime
    done: bool


@cache
def slots(kind: Kind) -> tuple[Slot, ...]:
    """What of a kind goes into a calendar: of one record no two are open at once."""
    owed = [Slot(field, field.meta.due) for field in kind.fields if field.meta.due]
    planned = [
        Slot(kind.field(name), ends) for (of, name), ends in _PLANNED.items() if of == kind.name
    ]
    return (*owed, *planned)


def write(journal: Journal, target: Path, wish: Wish) -> Sent:
    """A calendar of all dates that are open, and of those wished. Raises NotWritten and JournalError."""
    from icalendar import Calendar  # slow to load

    calendar = Calendar()
    calendar.add("prodid", f"-//PM Desk//PM Desk {__version__}//{wish.words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", wish.client.name if wish.client else "PM Desk")
    found, left_out = _wished(journal, wish)
    made = _Events(journal, wish)
    for place, one in enumerate(found):
        wish.progress(place, len(found))
        calendar.add_component(made.event(one))
    calendar.add_missing_timezones()
    with placed(target) as partial:
        partial.write_bytes(calendar.to_ical())
    return Sent((target,), len(found), left_out)


def _wished(journal: Journal, wish: Wish) -> tuple[list[Dated], int]:
    """The dates that are wished, and how many stay out because they are internal."""
    found, left_out = [], 0
    for one in _all(journal, wish):
        if one.done and PAST not in wish.also:
            continue
        if getattr(one.record, "uid", "") and TAKEN not in wish.also:
            continue  # its own calendar has it
        if _is_internal(one) and INTERNAL not in wish.also:
            left_out += 1
            continue
        found.append(one)
    return found, left_out


def _all(journal: Journal, wish: Wish) -> Iterator[Dated]:
    appointments = records_of(journal, KINDS["appointment"], wish.client)
    planned = {(one.client_id, one.at) for one in appointments}
    for kind in KINDS.values():
        if not slots(kind):
            continue
        for record in records_of(journal, kind, wish.client):
            one = _dated(kind, record, wish.at)
            # a next meeting that was agreed stands as a planned contact, too
            twin = kind.name == "minutes" and one and (record.client_id, one.when) in planned
            if one is not None and not twin:
                yield one


def _dated(kind: Kind, record: Any, at: datetime) -> Dated | None:
    """A record on the day that is open, else on the last it had; None where it has none."""
    last: Dated | None = None
    for field, ends in slots(kind):
        when = getattr(record, field.name)
        if when is None:
            continue
        yearly = bool(field.meta.yearly and getattr(record, field.meta.yearly))
        over = (
            any(getattr(record, name) is not None for name in ends) if ends else _passed(when, at)
        )
        done = over and not yearly
        last = Dated(kind, record, field, when, done)
        if not done:
            return last
    return last


def _passed(when: date | datetime, at: datetime) -> bool:
    return when < at if isinstance(when, datetime) else when < at.date()


def _is_internal(one: Dated) -> bool:
    return one.kind.internal or bool(getattr(one.record, "internal", False))


class _Events:
    """Dates as events in the language of the wish."""

    def __init__(self, journal: Journal, wish: Wish) -> None:
        self.wish, self.words = wish, wish.words
        self.clients = {client.id: client for client in journal.find(Client)}
        self.stage_of: dict[int, int] = dict(
            journal.rows(
                "SELECT s.id, p.client_id FROM stage s JOIN project p ON p.id = s.project_id"
            )
        )
        self.zones = {
            number: zone_of(journal, client)
            for number, client in [(None, None), *self.clients.items()]
        }
        self.changed = _changed(journal)

    def event(self, one: Dated) -> Any:
        """An event of a day, or of a moment with its zone."""
        from icalendar import Event

        client = self._client(one)
        event = Event()
        event.add("uid", own_uid(one.record.uuid))
        event.add("dtstamp", self.wish.at)
        self._add_when(event, one, client)
        event.add("summary", self._summary(one, client))
        event.add("categories", [self.words(one.kind.one)])
        event.add("description", _described(one, self.words))
        if place := getattr(one.record, "place", ""):
            event.add("location", place)
        if (
            isinstance(one.record, Appointment)
            and one.record.ended_on
            and not one.record.interaction_id
        ):
            event.add("status", "CANCELLED")
        if known := self.changed.get((one.kind.name, one.record.id)):
            event.add("last-modified", moment_of(known[0]))
            event.add("sequence", known[1])
        return event

    def _client(self, one: Dated) -> Client | None:
        number = getattr(one.record, "client_id", None)
        return self.clients.get(
            self.stage_of.get(one.record.id) if one.kind.name == "stage" else number
        )

    def _summary(self, one: Dated, client: Client | None) -> str:
        title = " ".join(str(getattr(one.record, one.kind.title) or "").split())
        title = title or self.words(one.kind.one)
        return self.words.labelled(client.name, title) if client else title

    def _add_when(self, event: Any, one: Dated, client: Client | None) -> None:
        if isinstance(one.when, datetime):
            begins = one.when.astimezone(self.zones[client.id if client else None])
            event.add("dtstart", begins)
            ends = over_at(one.record) if isinstance(one.record, Appointment) else one.when + _HOUR
            event.add("dtend", ends.astimezone(begins.tzinfo))
            return
        event.add("dtstart", one.when)
        event.add("dtend", one.when + _DAY)
        event.add("transp", "TRANSPARENT")  # a day on which something is due is not taken up
        if one.field.meta.yearly and getattr(one.record, one.field.meta.yearly):
            if one.field.meta.lunar and getattr(one.record, one.field.meta.lunar):
                # RFC 7529 has a rule for it that calendars do not know: the days themselves
                event.add("rdate", self._of_moon(one.when), parameters={"VALUE": "DATE"})
                return
            rule: dict[str, Any] = {"freq": "yearly"}
            if (one.when.month, one.when.day) == _LEAP_DAY:
                rule |= {"bymonth": 2, "bymonthday": -1}
            event.add("rrule", rule)

    def _of_moon(self, day: date) -> list[date]:
        """On which days a lunar day comes again, from now on for some years."""
        first = max(day + _DAY, self.wish.at.date())
        days = (next_in_year(day, first + n * _YEAR, lunar=True) for n in range(_YEARS_OF_MOON))
        return list(dict.fromkeys(days))


def _described(one: Dated, words: Words) -> str:
    """What kind of date it is, and by whom."""
    lines = [words.labelled(words(one.kind.one), words(one.field.label))]
    if isinstance(getattr(one.record, "by", None), Side):
        lines.append(words.labelled(words(one.kind.field("by").label), words(one.record.by.label)))
    if one.done:
        lines.append(words(mark("Done or ended")))
    return "\n".join(lines)


def _changed(journal: Journal) -> dict[tuple[str, int], tuple[str, int]]:
    """When each of these records last changed, and how often it had, from the log."""
    kinds = [kind.name for kind in KINDS.values() if slots(kind)]
    marks = ", ".join("?" * len(kinds))
    return {
        (table, number): (at, times - 1)
        for table, number, at, times in journal.rows(
            "SELECT c.tbl, c.row_id, max(a.at), count(*) FROM change c JOIN action a"
            f" ON a.id = c.action_id WHERE c.tbl IN ({marks}) GROUP BY c.tbl, c.row_id",
            kinds,
        )
    }
