"""What the conversation owes: replies overdue, what we wait for, silence, meetings that lie ahead."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any, Final, NamedTuple

from pmdesk.answers.appointments import over_at
from pmdesk.answers.owed.row import Owed, begins, owed
from pmdesk.answers.people import CHASED, LEFT, rhythm_of, touch, usual_of
from pmdesk.answers.practices.figures import Key
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.asking import asking_sentences
from pmdesk.answers.windows import WaitingNow, waiting_now
from pmdesk.insight.turns import Event
from pmdesk.insight.worktime import NoWorkingTime
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import ClientStatus
from pmdesk.records.contact import Contact

_QUOTED: Final = 240  # letters of an ask in its row
_ACTIVE: Final = (ClientStatus.ACTIVE, ClientStatus.PROSPECT)


def replies(rel: Relationship) -> Iterator[Owed]:
    """Waiting turns, each from the moment on at which it passes the target that held.

    What has waited longer than two months is one row of all, the oldest of them its record.
    """
    waiting = waiting_now(rel)
    since = begins(rel, rel.today - CHASED).timestamp()
    old = [one for one in waiting if one.turn.asked_at < since]
    new = waiting[len(old) :]
    said = _texts(rel, [one.turn.first_id for one in [*old[:1], *new]])
    if old:
        yield _reply(rel, "replies_old", old[0], said, more={"n": len(old)})
    for one in new:
        yield _reply(rel, "reply", one, said, more={"messages": list(one.turn.message_ids)})


def _reply(
    rel: Relationship,
    rule: str,
    one: WaitingNow,
    said: Mapping[int, "_Text"],
    more: Mapping[str, Any],
) -> Owed:
    asked = datetime.fromtimestamp(one.turn.asked_at, UTC)
    late = _deadline(rel, asked, one.target)
    text = said.get(one.turn.first_id, _NO_TEXT)
    facts = {"asked_at": asked.isoformat(), "target": one.target, "who": text.who, **more}
    return Owed(rule, Key("interaction", one.turn.first_id), int(rel.client.id or 0), text.subject,
                late, late, facts=facts)  # fmt: skip


def _deadline(rel: Relationship, asked: datetime, hours: float) -> float:
    """When so many working hours have passed, in Unix seconds; never where nobody ever works."""
    try:
        return rel.clock.deadline(asked, timedelta(hours=hours)).timestamp()
    except NoWorkingTime:
        return inf


class Ask(NamedTuple):
    """A message of ours that asks and has no answer: what it asks, whom, since when.

    `messages` are all that ask without an answer in its thread, it and those that ask again.
    """

    id: int
    asked_at: datetime
    subject: str
    who: str
    contact_id: int | None
    sentences: tuple[str, ...]
    messages: tuple[int, ...]


@once
def open_asks(rel: Relationship) -> list[Ask]:
    """What we asked in the last two months and nobody answered, the oldest first (METHODS 16).

    Their answer in its thread ends it, or one that a person named; an automatic one does not.
    """
    since = begins(rel, rel.today - CHASED).timestamp()
    runs = [_last_run(rel, events) for events in rel.talk.threads.values()]
    runs = [[event for event in run if event.at >= since] for run in runs]
    texts = _texts(rel, [event.id for run in runs for event in run])
    asks = []
    for run in runs:
        asking = []
        for event in run:
            sentences = tuple(asking_sentences(texts.get(event.id, _NO_TEXT).text))
            if event.needs_reply or sentences:
                asking.append((event, sentences))
        if asking:
            first, sentences = asking[0]
            known, asked = texts[first.id], datetime.fromtimestamp(first.at, UTC)
            asks.append(
                Ask(
                    first.id, asked, known.subject, known.who, known.contact_id, sentences,
                    tuple(event.id for event, _ in asking),
                )
            )  # fmt: skip
    return sorted(asks, key=lambda ask: (ask.asked_at, ask.id))


def _last_run(rel: Relationship, events: list[Event]) -> list[Event]:
    """What we wrote in a thread since their last message, but for what was settled otherwise."""
    run: list[Event] = []
    for event in reversed(events):
        if not event.counts or not event.reaches or event.at > rel.at.timestamp():
            continue
        if not event.ours:
            if event.automatic:
                continue
            break
        named = rel.talk.answers.get(event.answered_by or 0)
        asks_nothing = event.needs_reply is not None and not event.needs_reply
        answered = named is not None and event.at < named.at <= rel.at.timestamp()
        if not asks_nothing and not answered and not event.automatic:
            run.append(event)
    return run[::-1]


class _Text(NamedTuple):
    """What of a message its row tells."""

    subject: str
    who: str
    text: str
    contact_id: int | None


_NO_TEXT: Final = _Text("", "", "", None)
_TEXTS: Final = """
SELECT id, subject, who, text, contact_id, client_id, "to" FROM interaction
WHERE id IN (SELECT value FROM json_each(?))
"""


def _texts(rel: Relationship, ids: list[int]) -> dict[int, _Text]:
    rows = rel.journal.rows(_TEXTS, [json.dumps(ids)]) if ids else []
    texts = {}
    for id_, subject, who, text, contact_id, client_id, to in rows:
        if client_id != rel.client.id:
            who, contact_id = _among(rel, json.loads(to or "[]"))  # noqa: PLW2901 - this client's
        texts[id_] = _Text(subject or "", who or "", text or "", contact_id)
    return texts


def _among(rel: Relationship, names: list[str]) -> tuple[str, int | None]:
    """Who of this client got what is filed under another one, of those who got it too."""
    for name in names:
        for contact in rel.of(Contact):
            if any(f"<{address}>" in name or address == name for address in contact.addresses):
                return name, contact.id
    return "", None


def waiting_on_them(rel: Relationship) -> Iterator[Owed]:
    """What we asked somebody, from the moment on at which it waits longer than they usually take.

    One row a person, of the oldest ask: who is chased is chased once, for all of it.
    """
    if rel.client.status not in _ACTIVE:
        return
    of_person: dict[int | str, list[Ask]] = {}
    for ask in open_asks(rel):
        of_person.setdefault(ask.contact_id or ask.who, []).append(ask)
    for asks in of_person.values():
        oldest = asks[0]
        usual = usual_of(rel, oldest.contact_id)
        late = _deadline(rel, oldest.asked_at, usual.hours)
        facts = {
            "asked_at": oldest.asked_at.isoformat(),
            "usual": usual.hours,
            "whose": usual.whose,
            "who": oldest.who,
            "ask": _cut(" ".join(oldest.sentences[:2])),
            "n": len(asks),
            "messages": list(oldest.messages),
        }
        yield Owed("waiting", Key("interaction", oldest.id), int(rel.client.id or 0),
                   oldest.subject, late, late, facts=facts)  # fmt: skip


def _cut(ask: str) -> str:
    return ask if len(ask) <= _QUOTED else f"{ask[: _QUOTED - 1].rstrip()}…"


def silence(rel: Relationship) -> Iterator[Owed]:
    """The client beyond the agreed cadence, or beyond its own rhythm where none is agreed.

    Where the client as a whole is in touch, the people beyond theirs.
    """
    client = rel.client
    if client.status not in _ACTIVE:
        return
    ideal, longest = client.contact_every_days, client.contact_max_days
    if ideal is not None or longest is not None:
        if rel.last_contact is None:
            yield owed(rel, "silence", client, client.name, facts={"never": 1})
            return
        last = rel.day_of(rel.last_contact)
        shown = begins(rel, last + timedelta(days=(ideal or longest or 0) + 1))
        late = begins(rel, last + timedelta(days=(longest or ideal or 0) + 1))
        yield owed(rel, "silence", client, client.name, shown_from=shown, late_from=late,
                   facts={"last": last.isoformat(), "ideal": ideal, "longest": longest})  # fmt: skip
    elif (own := rhythm_of(rel, None)) and touch(rel).client_days:
        last = touch(rel).client_days[-1]
        late = begins(rel, last + timedelta(days=int(own.usual_days) + 1))
        yield owed(rel, "silence", client, client.name, shown_from=late, late_from=late,
                   facts={"last": last.isoformat(), "usual": own.usual_days, "gaps": own.gaps})  # fmt: skip
    yield from _people(rel)


def _people(rel: Relationship) -> Iterator[Owed]:
    for contact in rel.of(Contact):
        days = touch(rel).days.get(int(contact.id or 0), ())
        own = rhythm_of(rel, contact.id)
        if own is None or rel.today - days[-1] > LEFT:
            continue
        late = begins(rel, days[-1] + timedelta(days=int(own.usual_days) + 1))
        yield owed(rel, "person_silent", contact, contact.name, shown_from=late, late_from=late,
                   facts={"last": days[-1].isoformat(), "usual": own.usual_days,
                          "gaps": own.gaps})  # fmt: skip


def meetings(rel: Relationship) -> Iterator[Owed]:
    """Planned contacts, from so many hours before they begin until they are written up."""
    ahead = timedelta(hours=rel.limits["meeting_hours"])
    for meeting in rel.of(Appointment):
        if meeting.open and meeting.at:
            yield owed(rel, "meeting", meeting, meeting.what, shown_from=meeting.at - ahead,
                       late_from=over_at(meeting),
                       facts={"at": meeting.at.isoformat(), "channel": meeting.channel.value,
                              "who": meeting.who, "place": meeting.place})  # fmt: skip
