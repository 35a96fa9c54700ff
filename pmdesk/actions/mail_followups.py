"""What only several messages together tell: invitations answered, mail sent back, clocks off."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.exchange.mail.bounces import Bounce
from pmdesk.exchange.mail.meeting import Meeting
from pmdesk.journal.codec import moment_of, moment_text
from pmdesk.journal.journal import Act, Journal
from pmdesk.records.choices import DateDoubt, Direction, NeedsReply

_AT_ONCE: Final = 400
_REPLIES: Final = ("REPLY", "COUNTER")


def meeting_key(meeting: Meeting) -> str:
    """What is kept of an invitation or its answer: the method and the id of the appointment."""
    return f"{meeting.method} {meeting.uid}"


class _Part(NamedTuple):
    """A message about an appointment."""

    method: str
    id: int
    at: datetime
    ours: bool
    thread: int | None
    settled: bool


def settle_meetings(journal: Journal, act: Act, uids: Iterable[str]) -> None:
    """An invitation is answered by its acceptance or refusal; one called off asks nothing more."""
    for uid in sorted(set(uids)):
        parts = list(_about(journal, uid))
        for asked in parts:
            if asked.method != "REQUEST" or asked.settled:
                continue
            later = [p for p in parts if p.at >= asked.at and p.id != asked.id]
            if not uid:
                later = [p for p in later if p.thread == asked.thread]
            answer = next((p for p in later if p.method in _REPLIES and p.ours != asked.ours), None)
            gone = next((p for p in later if p.method == "CANCEL" and p.ours == asked.ours), None)
            if answer is not None and (gone is None or answer.at <= gone.at):
                _answered(act, asked, answer)
            elif gone is not None:
                act.execute(
                    "UPDATE interaction SET needs_reply = ? WHERE id = ?",
                    (NeedsReply.NO.value, asked.id),
                    touches="interaction",
                )


def _answered(act: Act, asked: _Part, answer: _Part) -> None:
    act.execute(
        "UPDATE interaction SET answered_by = ? WHERE id = ?",
        (answer.id, asked.id),
        touches="interaction",
    )


def _about(journal: Journal, uid: str) -> Iterator[_Part]:
    methods = ("REQUEST", "CANCEL", *_REPLIES)
    rows = journal.rows(
        "SELECT m.meeting, i.id, i.at, i.direction, i.thread,"
        " i.answered_by IS NOT NULL OR i.needs_reply <> 'auto'"
        " FROM mail m JOIN interaction i ON i.id = m.interaction_id"
        f" WHERE m.meeting IN ({', '.join('?' * len(methods))}) ORDER BY i.at, i.id",
        [f"{method} {uid}" for method in methods],
    )
    for meeting, id_, at, direction, thread, settled in rows:
        ours = direction == Direction.OUTBOUND
        yield _Part(meeting.partition(" ")[0], id_, moment_of(at), ours, thread, bool(settled))


def note_bounces(journal: Journal, act: Act, bounces: Iterable[Bounce]) -> set[int]:
    """Keep which addresses mail of ours never reached; the threads that this concerns."""
    threads: set[int] = set()
    for bounce in bounces:
        rows = journal.rows(
            "SELECT id, thread, lost, envelope FROM mail WHERE message_id = ?",
            [bounce.message_id or ""],
        )
        for id_, thread, lost, envelope in rows:
            if envelope is None:
                continue
            known = set(json.loads(lost or "[]"))
            if not known >= set(bounce.addresses):
                text = json.dumps(sorted(known | set(bounce.addresses)), ensure_ascii=False)
                act.execute("UPDATE mail SET lost = ? WHERE id = ?", (text, id_), touches="mail")
                threads.add(thread)
    return threads


class Reply(NamedTuple):
    """A message just taken that names the one it answers."""

    id: int
    at: datetime
    ours: bool
    parent: str


def set_in_order(journal: Journal, act: Act, replies: Sequence[Reply]) -> int:
    """An answer is never before the question that it names; how many dates were mended.

    A question dated without a zone is read in its sender's or client's zone where that explains
    it. Otherwise the answer's moment is put right behind the question. Both stay in doubt.
    """
    mended = 0
    for start in range(0, len(replies), _AT_ONCE):
        some = replies[start : start + _AT_ONCE]
        questions = _questions(journal, {reply.parent for reply in some})
        for reply in some:
            asked = questions.get(reply.parent)
            if asked is None or asked.ours == reply.ours or reply.at > asked.at:
                continue
            mended += 1
            _mend(journal, act, asked, reply)
    return mended


class _Question(NamedTuple):
    id: int
    at: datetime
    ours: bool
    doubt: str
    who: str
    client_id: int | None


def _questions(journal: Journal, ids: set[str]) -> dict[str, _Question]:
    wanted = sorted(ids)
    rows = journal.rows(
        "SELECT m.message_id, i.id, i.at, i.direction, i.date_doubt, i.who, i.client_id"
        " FROM mail m JOIN interaction i ON i.id = m.interaction_id"
        f" WHERE m.message_id IN ({', '.join('?' * len(wanted))}) AND i.date_doubt <> 'missing'",
        wanted,
    )
    return {
        row[0]: _Question(row[1], moment_of(row[2]), row[3] == Direction.OUTBOUND, *row[4:])
        for row in rows
    }


def _mend(journal: Journal, act: Act, asked: _Question, reply: Reply) -> None:
    if asked.doubt == DateDoubt.NO_ZONE:
        for offset in _offsets(journal, asked):
            meant = asked.at - offset
            if meant < reply.at:
                _set(act, asked.id, meant, DateDoubt.NO_ZONE)
                return
    _set(act, reply.id, asked.at + timedelta(seconds=1), DateDoubt.SKEWED)


def _set(act: Act, id_: int, at: datetime, doubt: DateDoubt) -> None:
    act.execute(
        "UPDATE interaction SET at = ?, date_doubt = ? WHERE id = ?",
        (moment_text(at), doubt.value, id_),
        touches="interaction",
    )


def _offsets(journal: Journal, asked: _Question) -> Iterator[timedelta]:
    """Offsets in which the sender may have written: of their other mail, then of the client."""
    rows = journal.rows(
        "SELECT offset_minutes, count(*) FROM interaction WHERE who = ? AND offset_minutes <> 0"
        " GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
        [asked.who],
    )
    for minutes, _ in rows:
        yield timedelta(minutes=minutes)
    from pmdesk.answers.calendars import zone_of  # only where a date lacks its zone
    from pmdesk.records.client import Client

    client = None if asked.client_id is None else journal.get(Client, asked.client_id)
    offset = asked.at.replace(tzinfo=UTC).astimezone(zone_of(journal, client)).utcoffset()
    if offset:
        yield offset
