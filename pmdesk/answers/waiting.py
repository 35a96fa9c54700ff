"""A client's conversation as events, and the waiting turns in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pmdesk.insight.turns import Event, WaitingTurn, message_waits, waiting_turns
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply

_CHAT_THREAD: Final = -1
# An interaction as an Event, settled by SQLite: a client has thousands, Python's enums are slow.
# A call or a meeting is answered while it lasts; chats with one client are one conversation, and
# anything else typed by hand stands alone.
_THREAD: Final = f"""
  CASE WHEN i.thread IS NOT NULL THEN i.thread
       WHEN i.channel = '{Channel.CHAT}' THEN {_CHAT_THREAD} ELSE -1 - i.id END
"""
_SETTLED: Final = f"""
  i.automatic,
  CASE i.needs_reply WHEN '{NeedsReply.YES}' THEN 1 WHEN '{NeedsReply.NO}' THEN 0
       ELSE CASE WHEN i.channel NOT IN ('{Channel.MAIL}', '{Channel.CHAT}') THEN 0 END END,
  i.answered_by
"""
_EVENT: Final = f"""
  i.id, unixepoch(i.at, 'subsec'), {_THREAD}, i.direction = '{Direction.OUTBOUND}', {_SETTLED},
  i.date_doubt <> '{DateDoubt.MISSING}'
"""
# Our answers in the client's threads may be filed under another client of the same thread, or
# under none: they count where they reached this client, too.
_OTHERS: Final = """
  FROM interaction i WHERE i.direction = 'outbound' AND i.client_id IS NOT :client
  AND i.thread IN (SELECT DISTINCT thread FROM interaction
                   WHERE client_id = :client AND thread IS NOT NULL)
"""
_EVENTS: Final = f"""
SELECT {_EVENT}, i.direction = '{Direction.INBOUND}' OR i.reached
FROM interaction i INDEXED BY interaction_turns WHERE i.client_id = :client
UNION ALL
SELECT {_EVENT}, EXISTS (SELECT 1 FROM json_each(i.reached_too) r WHERE r.value = :client)
{_OTHERS}
"""
# As reply-time tools read mail: the Date header as it stands, and whoever stands in From.
_AS_WRITTEN: Final = f"""
  i.id, coalesce(unixepoch(m.at, 'subsec'), unixepoch(i.at, 'subsec')), {_THREAD},
  i.direction = '{Direction.OUTBOUND}' OR coalesce(m.envelope ->> '$.via', 0), {_SETTLED},
  CASE WHEN m.subject_key IS NULL THEN i.date_doubt <> '{DateDoubt.MISSING}'
       ELSE m.at IS NOT NULL END,
  1
"""
_MAIL: Final = "LEFT JOIN mail m ON m.interaction_id = i.id"
_MESSAGES: Final = f"""
SELECT {_AS_WRITTEN} FROM interaction i {_MAIL} WHERE i.client_id = :client
UNION ALL
SELECT {_AS_WRITTEN} {_OTHERS.replace("FROM interaction i", f"FROM interaction i {_MAIL}")}
"""
_EVERYBODY: Final = (
    f"SELECT {_AS_WRITTEN} FROM interaction i {_MAIL} WHERE i.channel = '{Channel.MAIL}'"
)


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


def conversation(journal: Journal, client_id: int) -> Conversation:
    """All events of a client that a clock may need."""
    found = _events(journal, _EVENTS, client_id)
    found += _answers_elsewhere(journal, found)
    return _in_order(found)


def messages(journal: Journal, client_id: int, *, everybody: bool = False) -> Conversation:
    """The events of a client as the mode "message" reads them, dates and senders as written.

    With `everybody` they are those of all mail in the journal.
    """
    return _in_order(_events(journal, _EVERYBODY if everybody else _MESSAGES, client_id))


def _events(journal: Journal, sql: str, client_id: int) -> list[Event]:
    return list(map(Event._make, journal.rows(sql, {"client": client_id})))


def _in_order(events: list[Event]) -> Conversation:
    return Conversation(sorted(events, key=lambda event: (event.at, event.id)))


def _answers_elsewhere(journal: Journal, events: list[Event]) -> list[Event]:
    """Interactions named as an answer that are not among `events`: another client's, say."""
    known = {event.id for event in events}
    missing = {e.answered_by for e in events if e.answered_by is not None} - known
    if not missing:
        return []
    marks = ", ".join("?" * len(missing))
    rows = journal.rows(f"SELECT {_EVENT} FROM interaction i WHERE i.id IN ({marks})", missing)
    # of a thread of its own, and asking nothing: it only answers
    return [Event(*row)._replace(thread=-1 - row[0], needs_reply=False) for row in rows]


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
        if event.counts and event.reaches and not event.automatic:
            if event.ours and event.needs_reply is None and asked.get(event.thread):
                event = event._replace(needs_reply=False)  # noqa: PLW2901 - the same event, settled
            asked[event.thread] = not event.ours or asked.get(event.thread, False)
        yield event
