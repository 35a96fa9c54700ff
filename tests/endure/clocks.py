"""Clocks that go wrong and calendars that turn: what is written and answered stays what it was."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module, util
from itertools import pairwise
from zoneinfo import ZoneInfo

from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.actions.refusals import Refused
from pmdesk.answers.owed.reminders import Ahead, put_off
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import Lookers, row_values, today
from pmdesk.answers.relationship import relationship
from pmdesk.answers.windows import waiting_now
from pmdesk.insight.hours_text import parse_hours
from pmdesk.insight.worktime import CalendarRules, WorkClock
from pmdesk.journal import drafts, errors, log
from pmdesk.journal.codec import moment_of, moment_text
from pmdesk.journal.journal import Journal
from pmdesk.journal.search import search
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate
from pmdesk.words import words_for
from tests.conftest import NOW
from tests.endure.person import Person
from tests.endure.trial import NEITHER, NotRun, Trial, Tried
from tests.endure.whole import filled

EN = words_for("en")
ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
    "America/St_Johns", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Casablanca", "UTC",
)  # fmt: skip
# Moments (UTC) at which something turns.
TURNS = {
    "clocks forward": ("2026-03-29T01:00", "2026-03-08T07:00", "2026-10-03T15:30"),
    "clocks back": ("2026-10-25T01:00", "2026-11-01T06:00", "2026-04-04T15:00"),
    "a day left out": ("2011-12-30T10:00",),
    "29 February": ("2028-02-29T00:00", "2028-02-29T12:00", "2096-02-29T12:00", "2100-02-28T23:59"),
    "end of a year": ("2026-12-31T16:00", "2026-12-31T23:59:59", "2027-01-01T00:00", "2099-12-31T23:59:59"),
    "19 January 2038": ("2038-01-19T03:14:07", "2038-01-19T03:14:08"),
    "2100": ("2100-01-01T00:00", "2100-03-01T00:00"),
    "2106": ("2106-02-07T06:28:15", "2106-02-07T06:28:16"),
}  # fmt: skip
STEPS = (timedelta(), timedelta(seconds=1), timedelta(hours=1), timedelta(days=1))
JUMPS = (
    timedelta(seconds=-1), timedelta(hours=-1), timedelta(days=-1), timedelta(days=-400),
    timedelta(days=-9000), timedelta(minutes=7), timedelta(days=1), timedelta(days=30),
    timedelta(days=8000),
)  # fmt: skip


def moments():
    """Every turn with what lies close to it: its name and the moment."""
    for name, texts in TURNS.items():
        for text in texts:
            moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
            yield from ((name, moment + sign * step) for step in STEPS for sign in (-1, 1))


def turns(room):
    """A try is one moment in one zone: working time, waiting, a due day, a text of the moment."""
    cases = [(zone, *case) for zone in ZONES for case in moments()]
    room.chance.shuffle(cases)
    room.reach = len(cases)
    with create_journal(room.folder / "turns.pmdesk", at=NOW) as journal:
        journal.conn.execute("PRAGMA synchronous = OFF")
        calendar = journal.find(WorkCalendar)[0]
        client = save_record(journal, Client(name="Pine", target_hours=4.0), at=NOW).record
        for zone, name, moment in cases:
            try:
                wrong = "; ".join(
                    [
                        *_worked(ZoneInfo(zone), moment),
                        *_lived(journal, calendar, client, zone, moment),
                    ]
                )
            except Exception as error:  # noqa: BLE001 - whatever it is, the table tells it
                wrong = f"{type(error).__name__}: {error}"
            told = f"{name}, {moment}, {zone}: {wrong}" if wrong else ""
            yield Tried(wrong=told, note=name)


def _worked(zone, moment):
    """Working time over the moment: all of real time where all hours are worked, whole and in parts."""
    always = CalendarRules(zone=zone, week=parse_hours("Mon-Sun 00:00-24:00"))
    usual = CalendarRules(zone=zone, week=parse_hours("Mon-Fri 09:00-12:00 13:00-18:00"))
    marks = [moment + timedelta(hours=h) for h in (-100, -30, -3, -1, 0, 0.5, 1, 2, 26, 99)]
    clock = WorkClock(always, marks[0].date(), marks[-1].date())
    for a, b in pairwise(marks):
        if clock.elapsed(a, b) != b - a:
            yield f"{clock.elapsed(a, b)} worked of {b - a} from {a}"
    clock = WorkClock(usual, marks[0].date(), marks[0].date())
    parts = sum((clock.elapsed(a, b) for a, b in pairwise(marks)), timedelta())
    if parts != clock.elapsed(marks[0], marks[-1]):
        yield f"the parts come to {parts}, the whole to {clock.elapsed(marks[0], marks[-1])}"
    night = CalendarRules(zone=zone, week=parse_hours("Mon-Sun 01:30-02:30"))
    counted = WorkClock(night, marks[0].date(), marks[-1].date()).elapsed(marks[0], marks[-1])
    first = (marks[0] - timedelta(days=1)).date()
    days = [first + timedelta(days=n) for n in range((marks[-1] - marks[0]).days + 4)]
    spans = [(_at_wall(zone, day, time(1, 30)), _at_wall(zone, day, time(2, 30))) for day in days]
    inside = [min(end, marks[-1]) - max(start, marks[0]) for start, end in spans]
    if counted != (known := sum((one for one in inside if one > timedelta()), timedelta())):
        yield f"{counted} worked in nights of {known}"
    for hours in (0.5, 8, 25):
        end = clock.deadline(moment, timedelta(hours=hours))
        if clock.elapsed(moment, end) != timedelta(hours=hours) or end < moment:
            yield f"{hours} h after {moment} is {end}"


def _at_wall(zone, day, wall):
    """The first moment at which the clocks of the zone show this time of the day, or are beyond it."""
    wanted = datetime.combine(day, wall)
    moment = wanted.replace(tzinfo=UTC) - timedelta(hours=15)
    for step in (timedelta(minutes=15), timedelta(minutes=1)):
        while (moment + step).astimezone(zone).replace(tzinfo=None) < wanted:
            moment += step
    return moment + timedelta(minutes=1)


def _lived(journal, calendar, client, zone, moment):
    """A day at this moment: saved, waited, owed, searched and taken back."""
    if moment_of(moment_text(moment)) != moment:
        yield f"kept as {moment_text(moment)}"
    before = journal.rows("SELECT max(id) FROM action")[0][0]
    save_record(journal, replace(calendar, zone=zone), at=moment)
    client = journal.get(Client, client.id)
    asked = Interaction(client_id=client.id, channel=Channel.MAIL, direction=Direction.INBOUND,
                        at=moment - timedelta(hours=50), subject="ask")  # fmt: skip
    save_record(journal, asked, at=moment)
    day = moment.astimezone(ZoneInfo(zone)).date()
    with suppress(Refused):  # a day that this form does not take is refused with a sentence
        save_record(
            journal, KeyDate(client_id=client.id, what="yearly", day=day, yearly=True), at=moment
        )
    if steps := [s for s in log.steps(journal.conn, limit=2) if s.at != moment]:
        yield f"the log says {steps[0].at}"
    yield from _waited(journal, client, moment)
    hit = search(journal, "ask", limit=1)
    if not hit or moment_of(hit[0].at) != asked.at:
        yield f"found {hit[0].at if hit else None} for what was at {asked.at}"
    yield from _differs(journal, moment)
    while (
        journal.rows("SELECT max(id) FROM action WHERE kind IN ('do', 'redo') AND state = 'live'")[
            0
        ][0]
        > before
    ):
        journal.undo(at=moment)
    if journal.count(Interaction) or journal.get(WorkCalendar, calendar.id) != calendar:
        yield "not taken back"


def _waited(journal, client, moment):
    """A question waits longer the later it is looked at, and not at all before it was asked."""
    looks = [moment + timedelta(hours=h) for h in (-51, -49, -2, -1, 0, 1, 2, 30)]
    waits = []
    for at in looks:
        found = waiting_now(relationship(journal, client, at=at))
        waits.append(found[0].hours if found else None)
    told = waits[1:]
    if waits[0] is not None or None in told or told != sorted(told) or told[0] < 0:
        yield f"waits of {waits} h"


def _differs(journal, moment):
    """Today as it was brought up to date says what one says that begins with nothing."""
    kept = Standings()
    kept.bring_up_to_date(journal, at=moment)
    yield from _apart(
        _today(journal, kept, moment), _today(journal, _anew(journal, moment), moment)
    )


def _apart(kept, anew):
    if kept != anew:
        only = [
            [row for row in one if row not in other] for one, other in ((kept, anew), (anew, kept))
        ]
        yield f"of Today only as kept {only[0]}, only anew {only[1]}"


def _anew(journal, at):
    anew = Standings()
    anew._read = True  # as if nothing were kept in the file
    anew.bring_up_to_date(journal, at=at)
    return anew


def _today(journal, standings, at):
    seen = today(journal, standings.known.values(), at=at)
    lookers = Lookers(journal, at)
    told = [row_values(row, lookers, EN) for row in seen.rows]
    return [json.dumps(one, sort_keys=True, default=str) for one in (*told, len(seen.aside))]


def jumps(room):
    """A try is one jump of the clock between two acts, or a change of the journal's zone."""
    path = filled(room.folder / "jumps.pmdesk", room.passphrase, acts=20 if room.quick else 60)
    with Journal.open(path, room.passphrase) as journal:
        journal.conn.execute("PRAGMA synchronous = OFF")
        person = Person(journal, room.folder / "files", f"{room.seed} jumps", at=NOW)
        standings, order, text = Standings(), [], ""
        for number in range(room.wanted):
            person.at = max(min(person.at + room.chance.choice(JUMPS), _LATEST), _EARLIEST)
            if number % 7 == 3:
                one = journal.find(WorkCalendar)[0]
                save_record(journal, replace(one, zone=room.chance.choice(ZONES)), at=person.at)
            try:
                wrong = "; ".join(_after_a_jump(person, standings, order))
                drafts.keep(
                    journal, "entry:new", {"text": (text := f"typed {number}")}, at=person.at
                )
                if (kept := drafts.read(journal, "entry:new")) is None or kept.content[
                    "text"
                ] != text:
                    wrong += f"; the draft says {kept}"
            except Exception as error:  # noqa: BLE001 - whatever it is, the table tells it
                wrong = f"{type(error).__name__}: {error}"
            yield Tried(
                wrong=f"at {person.at}: {wrong}" if wrong else "",
                note="acts in order, Today the same",
            )
        # undone in the order of doing, whatever the clock said
        while order:
            try:
                undone = journal.undo(at=room.chance.choice((_EARLIEST, _LATEST)))
            except errors.Conflict as error:
                yield Tried(wrong=f"undo: {error}")
                return
            if undone.label != order.pop():
                yield Tried(wrong=f"undone out of order: {undone.label}")


_EARLIEST, _LATEST = datetime(1999, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


def _after_a_jump(person, standings, order):
    journal, before = person.journal, person.journal.rows("SELECT max(id) FROM action")[0][0]
    made = Entry(day=person.at.date(), text=person.text())
    save_record(journal, made, at=person.at)
    person.act(person.chance.choice(("add", "change", "mail", "meeting", "settled", "reply")))
    steps = [s for s in log.steps(journal.conn, limit=20) if s.id > before]
    order.extend(s.label for s in reversed(steps))
    if [s.id for s in steps] != sorted((s.id for s in steps), reverse=True) or steps[
        -1
    ].at > person.at:
        yield "the log is out of order"
    standings.bring_up_to_date(journal, at=person.at)
    anew = _anew(journal, person.at)
    yield from _apart(_today(journal, standings, person.at), _today(journal, anew, person.at))
    yield from _reminded(journal, standings, person.at)


def _reminded(journal, standings, at):
    """Looked at in two parts, the same is brought to mind as at once; nothing before it has come."""
    looker, back = Lookers(journal, at), put_off(journal)
    ahead = Ahead(timedelta(minutes=15))
    ahead.use(standings.known.values(), looker.of, at=at)
    now = at.timestamp()
    first, middle = now - 3 * 86_400, now - 86_400
    whole = ahead.between(first, now, back)
    parts = ahead.between(first, middle, back) + ahead.between(middle, now, back)
    if sorted(map(repr, whole)) != sorted(map(repr, parts)) or any(one.at > now for one in whole):
        yield "reminders differ when the clock is looked at twice"
    if (then := ahead.next(now, back)) is not None and then <= now:
        yield "the next reminder lies in the past"


def rotation(room):
    """A try is a backup with the clock anywhere: the newest eight stay, and one good one always."""
    if util.find_spec("pmdesk.journal.backups") is None:
        raise NotRun("there are no backups by themselves")
    shelf_of = import_module("pmdesk.journal.backups.shelf").shelf_of
    reason = import_module("pmdesk.journal.backups.reason").Reason
    path, made, at = room.folder / "kept.pmdesk", [], NOW
    with create_journal(path, room.passphrase, at=NOW) as journal:
        journal.conn.execute("PRAGMA synchronous = OFF")
        shelf = shelf_of(path)
        for number in range(room.wanted):
            jump = room.chance.choice(
                (*JUMPS, timedelta(hours=3), timedelta(days=1), timedelta(days=8))
            )
            at = max(min(at + jump, _LATEST), _EARLIEST)
            save_record(journal, Entry(day=date(2026, 11, 1), text=f"day {number}"), at=at)
            if not shelf.due(journal):
                yield Tried(wrong=f"try {number}: changed and not due")
            one = shelf.keep(journal, room.chance.choice((reason.CHANGED, reason.CLOSED)), at=at)
            if one is None:
                yield Tried(wrong=f"at {at}: none was made")
                continue
            made.append(one.path)
            there = [backup.path for backup in shelf.all()]
            gone = [p.name for p in made[-8:] if p not in there]
            wrong = f"at {at} after {jump}: {gone} let go" if gone else ""
            if not shelf.sound(shelf.all()[0]) or shelf.all()[0].path != one.path:
                wrong += " the newest is none"
            if len(there) > 8 + 12 + 10 + 9:
                wrong += f" {len(there)} kept"
            yield Tried(wrong=wrong, note="the newest eight kept")


TRIALS = (
    Trial("turns of the calendar", "DST, 29 February, ends of years, 2038, 2100 in ten zones", 0, turns,
          forms=NEITHER, quick=15, weight=0.5),
    Trial("clock jumps between acts", "back and forward by seconds to decades, and other zones", 300, jumps,
          quick=8, weight=0.5),
    Trial("clock jumps, backups", "what the rotation keeps while the clock jumps", 300, rotation,
          quick=10, weight=0.5),
)  # fmt: skip
