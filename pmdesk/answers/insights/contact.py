"""On which days we were in touch and how, and which silences were longer than usual."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.days import last_moment, unix_times
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.people import rhythm_of
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Figured, Said, said
from pmdesk.answers.text.who import person
from pmdesk.journal.codec import moment_of
from pmdesk.words import mark

# In the order in which they are drawn, from the top; a mail has its direction, talk has none.
WAYS: Final = {
    "mail_in": mark("Mail from them"),
    "mail_out": mark("Mail from us"),
    "chat": mark("Chat"),
    "call": mark("Call"),
    "video": mark("Video call"),
    "meeting": mark("Meeting"),
    "visit": mark("Visit"),
}
_SILENCE: Final = mark("Silence")
_COLUMNS = (
    Column(mark("Day")),
    Column(mark("Contact")),
    Column(mark("Contacts")),
    Column(mark("Silent for"), mark("days"), 0),
    Column(mark("Who")),
    Column(mark("Subject")),
)
_SQL: Final = """
SELECT id, at, channel, direction, who FROM interaction
WHERE client_id = :client AND automatic = 0 AND date_doubt <> 'missing'
AND (direction = 'inbound' OR reached) AND NOT (internal AND :open) ORDER BY at, id
"""


class Touched(NamedTuple):
    """A day on which we were in touch in one way (of WAYS)."""

    day: date
    way: str


class Silence(NamedTuple):
    """A stretch without any contact that is longer than usual: the days in touch around it.

    `until` is today where it lasts.
    """

    since: date
    until: date
    lasts: bool

    @property
    def days(self) -> int:
        """How many days lie between."""
        return (self.until - self.since).days


class Strip(NamedTuple):
    """The days in touch, the unusual silences, the free days and make-up workdays among them."""

    touched: tuple[Touched, ...]
    silences: tuple[Silence, ...]
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    last: date


def contact(rel: Relationship, period: Period) -> Insight:
    """How often we are in touch with a client, by day and channel, and where it fell silent."""
    until = last_moment(period, rel.zone, at=rel.at)
    today = rel.day_of(until)
    of_day = _of_day(rel, period, until.timestamp())
    days = sorted({day for day, _ in of_day})
    usual = _usual(rel)
    silences = tuple(_silences(days, today, usual))
    touched = tuple(Touched(*key) for key in of_day)
    first = days[0] if days else today
    shape = Strip(
        touched,
        silences,
        tuple(sorted(day for day in rel.calendar.holidays if first <= day <= today)),
        tuple(sorted(day for day in rel.calendar.workdays if first <= day <= today)),
        today,
    )
    return Insight(
        _verdict(days, silences),
        _evidence(rel, days, silences, usual),
        _COLUMNS,
        (*_items(rel, of_day), *(_silent(one) for one in silences)),
        shape,
        enough=bool(days),
        values={
            "days": len(days),
            "every_days": _rounded(_every(days)),
            "usual_days": _rounded(usual),
            "silent_days": (today - days[-1]).days if days else None,
            "silences": len(silences),
        },
    )


class _Contact(NamedTuple):
    id: int
    who: str


def _of_day(
    rel: Relationship, period: Period, until: float
) -> dict[tuple[date, str], list[_Contact]]:
    """The contacts of each day and way, in order of their time."""
    first, end = unix_times(period, rel.zone)
    found: dict[tuple[date, str], list[_Contact]] = defaultdict(list)
    asked = {"client": rel.client.id, "open": rel.for_client}
    for id_, at, channel, direction, who in rel.journal.rows(_SQL, asked):
        moment = moment_of(at)
        if not first <= moment.timestamp() < end or moment.timestamp() > until:
            continue
        way = channel
        if channel == "mail":
            way = "mail_in" if direction == "inbound" else "mail_out"
        found[rel.day_of(moment), way].append(_Contact(id_, who or ""))
    return found


def _usual(rel: Relationship) -> float | None:
    """The days that 95 % of all gaps so far stayed within; of fewer than 15 the agreed cadence."""
    own = rhythm_of(rel, None)
    if own is not None:
        return own.usual_days
    agreed = rel.client.contact_max_days or rel.client.contact_every_days
    return None if agreed is None else float(agreed)


def _silences(days: list[date], today: date, usual: float | None) -> Iterator[Silence]:
    if usual is None or not days:
        return
    for since, until in pairwise(days):
        if (until - since).days > usual:
            yield Silence(since, until, lasts=False)
    if (today - days[-1]).days > usual:
        yield Silence(days[-1], today, lasts=True)


def _every(days: list[date]) -> float | None:
    """The mean of the gaps between days in touch."""
    return (days[-1] - days[0]).days / (len(days) - 1) if len(days) > 1 else None


def _items(rel: Relationship, of_day: dict[tuple[date, str], list[_Contact]]) -> Iterator[Item]:
    """A row for each day and way, behind it the first contact of these."""
    firsts = json.dumps([contacts[0].id for contacts in of_day.values()])
    sql = "SELECT id, subject FROM interaction WHERE id IN (SELECT value FROM json_each(?))"
    subjects = dict(rel.journal.rows(sql, [firsts]))
    for (day, way), contacts in of_day.items():
        one = contacts[0]
        cells = (day, said(WAYS[way]), len(contacts), None, person(one.who), subjects[one.id] or "")
        yield Item(cells, ("interaction", one.id))


def _silent(one: Silence) -> Item:
    return Item((one.since, said(_SILENCE), None, one.days, "", ""))


def _verdict(days: list[date], silences: tuple[Silence, ...]) -> Said:
    if not days:
        return said(mark("No contact yet"))
    if silences and silences[-1].lasts:
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        if gaps and silences[-1].days > max(gaps):
            return said(mark("Silent for {n} days, longer than ever before"), n=silences[-1].days)
        return said(mark("Silent for {n} days, longer than usual"), n=silences[-1].days)
    every = _every(days)
    if every is None:
        return said(mark("In touch on one day, {day}"), day=days[0])
    return said(mark("In touch every {n} days"), n=Figured(every, 1))


def _evidence(
    rel: Relationship, days: list[date], silences: tuple[Silence, ...], usual: float | None
) -> Said | None:
    if not days:
        return None
    own = rhythm_of(rel, None)
    known = said(mark("days in touch: {n}"), n=len(days))
    if usual is None:
        few = mark("{known} · too few gaps to say what is usual, and none agreed")
        return said(few, known=known)
    text = (
        mark("{known} · agreed: at most {days} days · longer silences: {silences}")
        if own is None
        else mark("{known} · usual: at most {days} days (95% of gaps) · longer: {silences}")
    )
    digits = 0 if usual == int(usual) else 1
    return said(text, known=known, days=Figured(usual, digits), silences=len(silences))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
