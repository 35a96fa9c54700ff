"""A client's conversation as events, and the waiting turns in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pmdesk.insight.turns import Event, WaitingTurn, message_waits, waiting_turns
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply

# Our answers in the client's threads may be filed under another client of the same thread, or
# under none: they count all the same.
_EVENTS = """
SELECT id, unixepoch(at, 'subsec'), thread, direction, channel, automatic, needs_reply,
  answered_by, date_doubt
FROM interaction INDEXED BY interaction_turns WHERE client_id = :client
UNION ALL
SELECT i.id, unixepoch(i.at, 'subsec'), i.thread, i.direction, i.channel, i.automatic,
  i.needs_reply, i.answered_by, i.date_doubt
FROM interaction i WHERE i.direction = 'outbound' AND i.client_id IS NOT :client
  AND i.thread IN (SELECT DISTINCT thread FROM interaction
                   WHERE client_id = :client AND thread IS NOT NULL)
"""
_EVERYBODY = """
SELECT id, unixepoch(at, 'subsec'), thread, direction, channel, automatic, needs_reply,
  answered_by, date_doubt
FROM interaction WHERE channel = 'mail'
"""
_WRITTEN = frozenset({Channel.MAIL.value, Channel.CHAT.value})
_CHAT_THREAD = -1
# Looked up once: a client has thousands of rows, and an enum is slow to ask.
_CHAT, _OUTBOUND, _MISSING = Channel.CHAT.value, Direction.OUTBOUND.value, DateDoubt.MISSING.value
_NEEDS = {NeedsReply.YES.value: True, NeedsReply.NO.value: False}


@dataclass(frozen=True, eq=False)
class Conversation:
    """A client's events in order of time, the later recorded last; its turns are found once."""

    events: list[Event]
    _turns: dict[tuple[str, bool], list[WaitingTurn]] = field(default_factory=dict)

    def turns(self, mode: str, *, ours_answer: bool) -> list[WaitingTurn]:
        """The turns of one way of counting, as `turns_of` finds them."""
        key = (mode, ours_answer)
        if key not in self._turns:
            self._turns[key] = turns_of(self, mode=mode, ours_answer=ours_answer)
        return self._turns[key]


def conversation(journal: Journal, client_id: int, *, everybody: bool = False) -> Conversation:
    """All events of a client that a clock may need; with `everybody` all mail of the journal."""
    rows = journal.rows(_EVERYBODY if everybody else _EVENTS, {"client": client_id})
    found = [_event(*row) for row in rows]
    found += _answers_elsewhere(journal, found)
    found.sort(key=lambda event: (event.at, event.id))
    return Conversation(found)


def _event(
    id_: int,
    at: float,
    thread: int | None,
    direction: str,
    channel: str,
    automatic: int,
    needs_reply: str,
    answered_by: int | None,
    date_doubt: str,
) -> Event:
    needs = _NEEDS.get(needs_reply)
    if needs is None and channel not in _WRITTEN:
        needs = False  # a call or a meeting is answered while it lasts
    if thread is None:
        # chats with one client are one conversation; anything else typed by hand stands alone
        thread = _CHAT_THREAD if channel == _CHAT else -1 - id_
    return Event(
        id=id_,
        at=at,
        thread=thread,
        ours=direction == _OUTBOUND,
        automatic=bool(automatic),
        needs_reply=needs,
        answered_by=answered_by,
        counts=date_doubt != _MISSING,
    )


def _answers_elsewhere(journal: Journal, events: list[Event]) -> list[Event]:
    """Interactions named as an answer that are not among `events`: another client's, say."""
    known = {event.id for event in events}
    missing = {e.answered_by for e in events if e.answered_by is not None} - known
    if not missing:
        return []
    marks = ", ".join("?" * len(missing))
    rows = journal.rows(
        "SELECT id, unixepoch(at, 'subsec'), thread, direction, channel, automatic, needs_reply,"
        f" answered_by, date_doubt FROM interaction WHERE id IN ({marks})",
        missing,
    )
    return [_event(*row)._replace(thread=-1 - row[0], needs_reply=False) for row in rows]


def turns_of(
    conversation: Conversation, *, mode: str = "turn", ours_answer: bool = True
) -> list[WaitingTurn]:
    """Waiting turns, or single messages in mode "message" (the mode reply-time tools count in)."""
    if mode == "message":
        return message_waits(conversation.events)
    events = conversation.events if ours_answer else list(_questions_of_ours(conversation.events))
    return waiting_turns(events, ours_answer=ours_answer)


def _questions_of_ours(events: list[Event]) -> Iterator[Event]:
    """The events with our answers marked as asking nothing in turn, unless a person said so.

    Otherwise every conversation that we ended would count as a client who never answered.
    """
    asked: dict[int, bool] = {}
    for event in events:
        if event.counts and not event.automatic:
            if event.ours and event.needs_reply is None and asked.get(event.thread):
                event = event._replace(needs_reply=False)  # noqa: PLW2901 - the same event, settled
            asked[event.thread] = not event.ours or asked.get(event.thread, False)
        yield event
