"""The brief before a talk with a client: what to know in five minutes, each line a record."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from pmdesk.answers.appointments import over_at
from pmdesk.answers.owed.talking import open_asks
from pmdesk.answers.practices.communication import STANCES, standings
from pmdesk.answers.practices.expectations import (
    LABELS,
    STATES,
    expectation_gaps,
    gap_said,
    value_said,
)
from pmdesk.answers.practices.figures import Key, keys
from pmdesk.answers.practices.longterm import coming_dates
from pmdesk.answers.relationship import Relationship, relationship
from pmdesk.answers.rows.records import row_of
from pmdesk.answers.rows.row import Badge, Tone
from pmdesk.answers.rows.waiting import subjects_of
from pmdesk.answers.since import Since, SinceLine, since_last_contact
from pmdesk.answers.text.said import OnDay, Said, said, say
from pmdesk.answers.text.who import person
from pmdesk.answers.windows import waiting_now
from pmdesk.insight.gaps import GapState
from pmdesk.journal.codec import until_text
from pmdesk.journal.journal import Journal
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Direction, Engagement
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import Opportunity
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise, Side
from pmdesk.typed.spelled import SortKey, sort_key
from pmdesk.words import Words, mark

CONTACTS: Final = 5
_FEEDBACK: Final = 3
_MANY_HOURS: Final = 100
_TONES: Final[Mapping[Engagement, Tone]] = {
    Engagement.UNAWARE: "warn",
    Engagement.RESISTANT: "bad",
    Engagement.NEUTRAL: "warn",
    Engagement.SUPPORTIVE: "good",
    Engagement.LEADING: "good",
}
_GAPS_FIRST: Final = (GapState.TO_EXPLAIN, GapState.EXPLAINED, GapState.UNCONFIRMED)


class BriefLine(NamedTuple):
    """One line: a state in a word, what it is, what more there is to say, and its record."""

    key: Key | None
    badge: Badge | None
    title: str
    more: tuple[Said, ...] = ()


class BriefSection(NamedTuple):
    """A part of the brief; `empty` is what it says where it has no line, `remark` stands beside."""

    name: str
    title: str
    lines: tuple[BriefLine, ...]
    empty: str
    remark: Said | None = None


class Brief(NamedTuple):
    """A client before a talk: what is planned next, what changed, and how everything stands."""

    client: Client
    at: datetime
    planned: Appointment | None
    since: Since
    sections: tuple[BriefSection, ...]


def brief(rel: Relationship) -> Brief:
    """The brief of a client as things stand at `rel.at`."""
    planned = _next(rel)
    since = since_last_contact(rel)
    sections = (
        BriefSection(
            "since",
            mark("Since we last spoke"),
            tuple(_since_line(rel, line) for line in since.lines),
            mark("Nothing has changed since."),
            since.head,
        ),
        BriefSection(
            "who",
            mark("Who is there"),
            tuple(_people(rel, planned)),
            mark("Nobody is known there yet."),
        ),
        BriefSection(
            "contacts", mark("Last contacts"), tuple(_contacts(rel)), mark("No contact yet.")
        ),
        BriefSection(
            "turns", mark("Open questions"), tuple(_turns(rel)), mark("No question is open.")
        ),
        BriefSection(
            "promises",
            mark("Promises both ways"),
            tuple(_promises(rel)),
            mark("No promise is open."),
        ),
        BriefSection(
            "expectations",
            mark("Expectations and gaps"),
            tuple(_gaps(rel)),
            mark("No expectation is written down."),
        ),
        BriefSection(
            "told",
            mark("Not yet told, and told"),
            tuple(_rows(rel, _problems(rel))),
            mark("No problem is open."),
        ),
        BriefSection(
            "changes",
            mark("Changes that wait"),
            tuple(_rows(rel, _changes(rel))),
            mark("No change waits."),
        ),
        BriefSection(
            "feedback",
            mark("What they say of us"),
            tuple(_rows(rel, _feedback(rel))),
            mark("They have said nothing yet."),
        ),
        BriefSection(
            "opportunities",
            mark("What could come"),
            tuple(_rows(rel, _opportunities(rel))),
            mark("No opportunity and no date is near."),
        ),
    )
    return Brief(rel.client, rel.at, planned, since, sections)


def brief_at(journal: Journal, client: Client, *, at: datetime, now: datetime) -> Brief:
    """The brief as things stood at `at`, or as they stand now where that lies ahead."""
    rel = relationship(journal, client, at=max(at, now))
    return brief(rel.as_of(at) if at < now else rel)


def planned_said(rel_zone: Any, planned: Appointment) -> Said:
    """What is planned next: how, when and about what."""
    if planned.at is None:
        raise ValueError("a stored appointment has its moment")
    at = planned.at.astimezone(rel_zone)
    return said(
        mark("{channel}, {day} {time}: {what}"),
        channel=planned.channel, day=OnDay(at.date()), time=f"{at:%H:%M}", what=planned.what,
    )  # fmt: skip


def _next(rel: Relationship) -> Appointment | None:
    ahead = [one for one in rel.of(Appointment) if one.open and one.at and over_at(one) > rel.at]
    return min(ahead, key=lambda one: one.at or rel.at, default=None)


def _since_line(rel: Relationship, line: SinceLine) -> BriefLine:
    day = rel.day_of(line.at) if isinstance(line.at, datetime) else line.at
    when = OnDay(day) if day.year == rel.today.year else day
    return BriefLine(line.key, line.badge, line.title, (*line.more, said("{day}", day=when)))


def _people(rel: Relationship, planned: Appointment | None) -> Iterator[BriefLine]:
    """Those whom we meet next first, then the weightiest."""
    stances = {one.contact.id: one.stance for one in standings(rel)}
    meant = planned.who if planned else ""

    def order(one: Contact) -> tuple[bool, int, SortKey]:
        meets = bool(planned and (one.id == planned.contact_id or one.name in meant))
        return not meets, -(one.influence or 0) - (one.interest or 0), sort_key(one.name)

    for one in sorted(rel.of(Contact), key=order):
        now, wanted = one.engagement_now, one.engagement_wanted
        badge = (now.label, _TONES[now]) if now in _TONES else None
        more = [said("{role}", role=one.role)] if one.role else []
        if one.id in stances:
            more.append(said(STANCES[stances[one.id]]))
        if wanted in _TONES and wanted is not now:
            more.append(said(mark("wanted: {engagement}"), engagement=wanted))
        yield BriefLine(keys(one)[0], badge, one.name, tuple(more))


def _contacts(rel: Relationship) -> Iterator[BriefLine]:
    """The latest contacts in either direction, but for what machines sent."""
    latest = rel.journal.find(
        Interaction,
        "client_id = ? AND automatic = 0 AND at <= ?",
        [rel.client.id, until_text(rel.at)],
        order="at DESC, id DESC",
        limit=CONTACTS,
    )
    for one in latest:
        arrow = "←" if one.direction is Direction.INBOUND else "→"
        when = one.at.astimezone(rel.zone) if one.at else rel.at
        more = [said("{at}", at=when), *([said("{who}", who=person(one.who))] if one.who else [])]
        badge: Badge = (one.channel.label, "none")
        yield BriefLine(keys(one)[0], badge, f"{arrow} {one.subject}".strip(), tuple(more))


def _turns(rel: Relationship) -> Iterator[BriefLine]:
    """What waits for us, then what we asked and nobody answered; the newest first."""
    ours = sorted(waiting_now(rel), key=lambda one: one.turn.asked_at, reverse=True)
    texts = subjects_of(rel.journal, [one.turn.first_id for one in ours])
    for one in ours:
        badge: Badge = (mark("We owe, late"), "bad") if one.late else (mark("We owe"), "info")
        asked = rel.day_of(datetime.fromtimestamp(one.turn.asked_at, UTC))
        waited = (
            said(mark("since {day}"), day=asked)
            if one.hours >= _MANY_HOURS
            else said(mark("waiting {hours} working hours"), hours=one.hours)
        )
        subject, who = texts.get(one.turn.first_id, ("", ""))
        yield _question(one.turn.first_id, badge, subject, who, waited)
    for ask in reversed(open_asks(rel)):
        asked_on = said(mark("asked {day}"), day=rel.day_of(ask.asked_at))
        yield _question(ask.id, (mark("They owe"), "warn"), ask.subject, ask.who, asked_on)


def _question(id_: int, badge: Badge, subject: str, who: str, since: Said) -> BriefLine:
    more = (said("{who}", who=person(who)), since) if who else (since,)
    return BriefLine(Key("interaction", id_), badge, subject, more)


def _rows(rel: Relationship, records: Iterable[Any]) -> Iterator[BriefLine]:
    """Records as lines, each as it reads in the lists."""
    for record in records:
        row = row_of(rel, record)
        yield BriefLine(row.key, row.badge, row.title, row.second)


def _promises(rel: Relationship) -> Iterator[BriefLine]:
    """Open ones, ours first, by the day they are due; who gave them stands behind that day."""
    open_ = [one for one in rel.of(Promise) if one.delivered_on is None]
    open_.sort(key=lambda one: (one.by is Side.CLIENT, one.due_now or date.max))
    for line in _rows(rel, open_):
        yield line._replace(more=(*line.more[1:], *line.more[:1]))


def _gaps(rel: Relationship) -> Iterator[BriefLine]:
    """Gaps that are to be explained first, then what is not confirmed, then the weightiest.

    What is and the gap come first: a line may be short of room for more.
    """
    places = {state: place for place, state in enumerate(_GAPS_FIRST)}
    gaps = sorted(expectation_gaps(rel), key=lambda gap: places.get(gap.state, len(places)))
    for gap in gaps:
        e, more = gap.expectation, []
        if gap.gap is not None:
            value = value_said(e, "forecast")
            more.append(said(mark("is {value} ({gap})"), value=value, gap=gap_said(gap)))
        expected = value_said(e, "expected")
        if expected.text != "–":
            more.append(said(mark("expected {value}"), value=expected))
        more.append(said(mark("said by {who}"), who=e.said_by))
        badge: Badge = (LABELS[gap.state], STATES[gap.state])
        yield BriefLine(keys(e)[0], badge, e.statement, tuple(more))


def _problems(rel: Relationship) -> list[Any]:
    """Crises that run, what the client is still to be told, then what they know and is open."""
    crises = [
        one for one in rel.of(Crisis) if not one.rehearsal and (one.owed or not one.stood_down_at)
    ]
    problems = [
        one
        for one in rel.of(Issue)
        if one.raid is Raid.ISSUE and (one.owed or (one.closed_on is None and not one.internal))
    ]
    problems.sort(key=lambda one: (not one.owed, one.severity.value, one.found_at or rel.at))
    return [*crises, *problems]


def _changes(rel: Relationship) -> list[ChangeRequest]:
    """Not decided, or decided and not told, as they were asked for."""
    waiting = [
        one
        for one in rel.of(ChangeRequest)
        if one.decision is Decision.OPEN or (one.told_on is None and not one.internal)
    ]
    return sorted(waiting, key=lambda one: one.asked_on or date.min)


def _feedback(rel: Relationship) -> list[Any]:
    """Unhappy cases that are open, then the latest that they said of us."""
    cases = [one for one in rel.of(Complaint) if one.closed_on is None]
    latest = sorted(rel.of(Feedback), key=lambda one: one.day or date.min, reverse=True)
    return [*cases, *latest[:_FEEDBACK]]


def _opportunities(rel: Relationship) -> list[Any]:
    """Opportunities by their next act, then the dates that are near."""
    open_ = [one for one in rel.of(Opportunity) if one.closed_on is None]
    open_.sort(key=lambda one: one.next_on or date.max)
    return [*open_, *(coming.key_date for coming in coming_dates(rel))]


def brief_values(found: Brief, zone: Any, words: Words) -> dict[str, Any]:
    """The brief as JSON prints it."""
    planned = found.planned
    return {
        "client": found.client.name,
        "at": found.at.isoformat(),
        "planned": None if planned is None else say(words, planned_said(zone, planned)),
        "since": say(words, found.since.head),
        "sections": [
            {
                "section": section.name,
                "title": words(section.title),
                "empty": words(section.empty),
                "lines": [_line_values(line, words) for line in section.lines],
            }
            for section in found.sections
        ],
    }


def _line_values(line: BriefLine, words: Words) -> dict[str, Any]:
    return {
        "kind": line.key.kind if line.key else None,
        "id": line.key.id if line.key else None,
        "state": words(line.badge[0]) if line.badge else "",
        "title": line.title,
        "more": [told for part in line.more if (told := say(words, part))],
    }
