"""The people of a client by their own rhythm: how fast they answer, how often we are in touch."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.calendars import working_hours
from pmdesk.answers.relationship import Relationship, once
from pmdesk.insight.rhythm import Rhythm, rhythm, usual_wait
from pmdesk.journal.codec import moment_of

# Whoever was last heard of longer ago has left, or is no contact any more.
LEFT: Final = timedelta(days=365)
# What nobody answered for two months is not chased any more: it has found another way, or none.
CHASED: Final = timedelta(days=62)
# One person who alone answers is one person who may leave (METHODS 16).
ALONE: Final = timedelta(days=90)


@dataclass(frozen=True)
class Touch:
    """The days of contact with each person and with the client, and whose each message is."""

    of_message: Mapping[int, int]
    days: Mapping[int, tuple[date, ...]]
    client_days: tuple[date, ...]
    inbound_lately: frozenset[int]


_SQL: Final = """
SELECT id, contact_id, at, direction FROM interaction
WHERE client_id = :client AND automatic = 0 AND date_doubt <> 'missing'
AND (direction = 'inbound' OR reached)
AND NOT (internal AND :open)
"""


@once
def touch(rel: Relationship) -> Touch:
    """All contacts of a client by the day and the person."""
    of_message: dict[int, int] = {}
    days: dict[int, set[date]] = defaultdict(set)
    client_days: set[date] = set()
    lately: set[int] = set()
    since = rel.at - ALONE
    for id_, contact, at, direction in rel.journal.rows(
        _SQL, {"client": rel.client.id, "open": rel.for_client}
    ):
        moment = moment_of(at)
        if moment > rel.at:
            continue
        day = rel.day_of(moment)
        client_days.add(day)
        if contact is not None:
            of_message[id_] = contact
            days[contact].add(day)
            if direction == "inbound" and moment >= since:
                lately.add(contact)
    ordered = {contact: tuple(sorted(known)) for contact, known in days.items()}
    return Touch(of_message, ordered, tuple(sorted(client_days)), frozenset(lately))


class Usual(NamedTuple):
    """The working hours within which three of four answers come, and whose habit that is."""

    hours: float
    whose: str


@once
def usual_waits(rel: Relationship) -> Mapping[int | None, float]:
    """Within how many working hours each person answers in three of four cases; None: the client."""
    turns = [t for t in rel.talk.turns("turn", ours_answer=False) if t.answered_at is not None]
    if not turns:
        return {}
    first = datetime.fromtimestamp(turns[0].asked_at, UTC).date()
    hours_between = working_hours(rel.journal, rel.client, first, rel.today)
    known = touch(rel).of_message
    waits: dict[int | None, list[float]] = defaultdict(list)
    now = rel.at.timestamp()
    for turn in turns:
        if turn.answered_at is None or turn.answered_at > now:
            continue
        hours = hours_between(turn.asked_at, turn.answered_at)
        waits[None].append(hours)
        contact = known.get(turn.answer_id or 0)
        if contact is not None:
            waits[contact].append(hours)
    return {
        who: usual for who, known_ in waits.items() if (usual := usual_wait(known_)) is not None
    }


def usual_of(rel: Relationship, contact_id: int | None) -> Usual:
    """How long an answer usually takes: this person's own, else the client's, else the limit."""
    known = usual_waits(rel)
    if contact_id is not None and contact_id in known:
        return Usual(known[contact_id], "own")
    if None in known:
        return Usual(known[None], "client")
    return Usual(rel.limits["waiting_days"] * _workday_hours(rel), "limit")


def _workday_hours(rel: Relationship) -> float:
    """The hours of a usual working day of the client."""
    spans = next((spans for spans in rel.calendar.week if spans), ())
    return sum(end - start for start, end in (span.minutes for span in spans)) / 60


def rhythm_of(rel: Relationship, contact_id: int | None) -> Rhythm | None:
    """How often we are in touch with a person, or (None) with anybody of the client."""
    known = touch(rel)
    days = known.client_days if contact_id is None else known.days.get(contact_id, ())
    return rhythm(days)
