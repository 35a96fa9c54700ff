"""A client's conversation as events, and the waiting turns in it."""

import json
from bisect import bisect_left, bisect_right, insort
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final, NamedTuple

from pmdesk.insight.turns import (
    BEGINNING,
    Event,
    WaitingTurn,
    by_thread,
    message_waits,
    turns_of_thread,
)
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change
from pmdesk.records.choices import Channel, DateDoubt, Direction, NeedsReply

_CHAT_THREAD: Final = -1
_AT: Final = attrgetter("at")
# An interaction as an Event, settled by SQLite: a client has thousands, Python's enums are slow.
# A call or a meeting is answered while it lasts; chats with one client are one conversation, and
# anything else typed by hand stands alone.
THREAD: Final = f"""
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
  i.id, unixepoch(i.at, 'subsec'), {THREAD}, i.direction = '{Direction.OUTBOUND}', {_SETTLED},
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
# The same of some threads alone; contacts typed by hand are threads of their own.
_SOME: Final = "(SELECT value FROM json_each(:threads))"
_SOME_EVENTS: Final = f"""
SELECT {_EVENT}, i.direction = '{Direction.INBOUND}' OR i.reached
FROM interaction i INDEXED BY interaction_thread WHERE i.thread IN {_SOME} AND i.client_id = :client
UNION ALL
SELECT {_EVENT}, EXISTS (SELECT 1 FROM json_each(i.reached_too) r WHERE r.value = :client)
FROM interaction i INDEXED BY interaction_thread
WHERE i.thread IN {_SOME} AND i.direction = 'outbound' AND i.client_id IS NOT :client
AND EXISTS (SELECT 1 FROM interaction o WHERE o.thread = i.thread AND o.client_id = :client)
UNION ALL
SELECT {_EVENT}, i.direction = '{Direction.INBOUND}' OR i.reached
FROM interaction i WHERE i.id IN (SELECT -1 - value FROM json_each(:threads))
AND i.thread IS NULL AND i.channel <> '{Channel.CHAT}' AND i.client_id = :client
"""
_CHATS: Final = f"""
SELECT {_EVENT}, i.direction = '{Direction.INBOUND}' OR i.reached
FROM interaction i INDEXED BY interaction_turns
WHERE i.client_id = :client AND i.thread IS NULL AND i.channel = '{Channel.CHAT}'
"""
# Beyond so many changes of the log all is read anew.
_AT_ONCE: Final = 4_000
# What rows were before each change; not by the index of tables, which would lead through all rows.
_CHANGED: Final = """
SELECT row_id, before ->> '$.thread', before ->> '$.channel', before ->> '$.client_id'
FROM change WHERE id > ? AND +tbl = 'interaction'
"""
# The threads of rows as they are now, and of those that name one of them as their answer.
_TOUCHED: Final = f"""
SELECT {THREAD} FROM interaction i WHERE i.id IN (SELECT value FROM json_each(:ids))
AND (i.client_id = :client OR i.thread IS NOT NULL)
UNION
SELECT {THREAD} FROM interaction i WHERE i.answered_by IN (SELECT value FROM json_each(:ids))
AND (i.client_id = :client OR i.thread IS NOT NULL)
"""
# As reply-time tools read mail: the Date header as it stands, and whoever stands in From.
_AS_WRITTEN: Final = f"""
  i.id, coalesce(unixepoch(m.at, 'subsec'), unixepoch(i.at, 'subsec')), {THREAD},
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


class _Turns(NamedTuple):
    """The turns of one way of counting: by thread, and all of them in order of time."""

    by_thread: Mapping[int, list[WaitingTurn]]
    in_order: list[WaitingTurn]


@dataclass(frozen=True, eq=False)
class Conversation:
    """A client's events by thread, in order of time; its turns are found once.

    `answers` are the events that a person named as answers, wherever they are filed; `until` is
    the last change of the log that it knows of. A turn that one of the `hidden` messages began is
    none of its turns.
    """

    threads: Mapping[int, list[Event]]
    answers: Mapping[int, Event] = field(default_factory=dict)
    until: int = 0
    hidden: frozenset[int] = frozenset()
    _turns: dict[tuple[str, bool], _Turns] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many events there are."""
        return sum(map(len, self.threads.values()))

    def beside(self, at: float) -> tuple[float | None, float | None]:
        """When the last event until `at` was and the first after it is, in Unix seconds."""
        last, ahead = [], []
        for events in (*self.threads.values(), sorted(self.answers.values(), key=_AT)):
            n = bisect_right(events, at, key=_AT)
            last += [event.at for event in events[n - 1 : n]]
            ahead += [event.at for event in events[n : n + 1]]
        return max(last, default=None), min(ahead, default=None)

    def turns(self, mode: str, *, ours_answer: bool) -> list[WaitingTurn]:
        """Waiting turns, or single messages in mode "message" (as reply-time tools count)."""
        key = (mode, ours_answer)
        if key not in self._turns:
            of_threads = {thread: self._of_thread(thread, *key) for thread in self.threads}
            every = [turn for turns in of_threads.values() for turn in turns]
            self._turns[key] = _Turns(of_threads, sorted(every, key=BEGINNING))
        return self._turns[key].in_order

    def _of_thread(self, thread: int, mode: str, ours_answer: bool) -> list[WaitingTurn]:
        members: Sequence[Event] = self.threads.get(thread, ())
        if mode == "message":
            return message_waits(members)
        if not ours_answer:
            members = list(_questions_of_ours(members))
        turns = turns_of_thread(thread, members, self.answers, ours_answer=ours_answer)
        return [turn for turn in turns if turn.first_id not in self.hidden]

    def without(self, hidden: frozenset[int]) -> "Conversation":
        """The same without the turns that one of these messages began; what it answered stays answered."""
        return replace(self, hidden=hidden, _turns={})

    def renewed(
        self,
        touched: Iterable[int],
        events: Iterable[Event],
        answers: Mapping[int, Event],
        until: int,
    ) -> "Conversation":
        """The same, but for the threads `touched`, of which these are all events now."""
        threads = {**self.threads, **{thread: [] for thread in touched}} | by_thread(events)
        for thread in touched:
            if not threads[thread]:
                del threads[thread]
        new = Conversation(threads, answers, until, self.hidden)
        for key, turns in self._turns.items():
            new._turns[key] = new._renewed(turns, touched, *key)
        return new

    def _renewed(
        self, turns: _Turns, touched: Iterable[int], mode: str, ours_answer: bool
    ) -> _Turns:
        of_threads, in_order = dict(turns.by_thread), list(turns.in_order)
        for thread in touched:
            for gone in of_threads.pop(thread, ()):
                del in_order[bisect_left(in_order, BEGINNING(gone), key=BEGINNING)]
            thread_turns = self._of_thread(thread, mode, ours_answer)
            if thread in self.threads:
                of_threads[thread] = thread_turns
            for turn in thread_turns:
                insort(in_order, turn, key=BEGINNING)
        return _Turns(of_threads, in_order)


def conversation(journal: Journal, client_id: int) -> Conversation:
    """All events of a client that a clock may need."""
    # asked first: what is written meanwhile counts as not yet known
    until = last_change(journal.conn)
    events = _events(journal, _EVENTS, {"client": client_id})
    return Conversation(by_thread(events), _answers(journal, events), until)


def brought_up_to_date(journal: Journal, client_id: int, known: Conversation) -> Conversation:
    """A client's conversation as it is now, of which only the threads that changed are read.

    The log tells which: it knows of every write, of whatever act and program.
    """
    until = last_change(journal.conn)
    if until == known.until:
        return known
    if not 0 < until - known.until <= _AT_ONCE:
        return conversation(journal, client_id)
    before = journal.rows(_CHANGED, [known.until])
    ids = {row[0] for row in before}
    given = {"client": client_id, "ids": json.dumps(list(ids))}
    touched = {row[0] for row in journal.rows(_TOUCHED, given)}
    for row_id, thread, channel, client in before:
        if thread is not None or client == client_id:
            alone = _CHAT_THREAD if channel == Channel.CHAT.value else -1 - row_id
            touched.add(alone if thread is None else thread)
    if not touched:
        return replace(known, until=until)
    given["threads"] = json.dumps(list(touched))
    events = _events(journal, _SOME_EVENTS, given)
    if _CHAT_THREAD in touched:
        events += _events(journal, _CHATS, given)
    answers = {id_: event for id_, event in known.answers.items() if id_ not in ids}
    return known.renewed(touched, events, answers | _answers(journal, events, answers), until)


def messages(journal: Journal, client_id: int, *, everybody: bool = False) -> Conversation:
    """The events of a client as the mode "message" reads them, dates and senders as written.

    With `everybody` they are those of all mail in the journal.
    """
    sql = _EVERYBODY if everybody else _MESSAGES
    return Conversation(by_thread(_events(journal, sql, {"client": client_id})))


def _events(journal: Journal, sql: str, values: Mapping[str, Any]) -> list[Event]:
    return list(map(Event._make, journal.rows(sql, values)))


def _answers(
    journal: Journal, events: Iterable[Event], known: Container[int] = ()
) -> dict[int, Event]:
    """What a person named as an answer in these events and is not `known`, where it has a date."""
    named = {event.answered_by for event in events if event.answered_by is not None}
    wanted = [id_ for id_ in named if id_ not in known]
    if not wanted:
        return {}
    sql = (
        f"SELECT {_EVENT} FROM interaction i"
        f" WHERE i.id IN (SELECT value FROM json_each(?)) AND i.date_doubt <> '{DateDoubt.MISSING}'"
    )
    return {row[0]: Event(*row) for row in journal.rows(sql, [json.dumps(wanted)])}


def _questions_of_ours(members: Iterable[Event]) -> Iterator[Event]:
    """A thread with our answers marked as asking nothing in turn, unless a person said so.

    Otherwise every conversation that we ended would count as a client who never answered.
    """
    asked = False
    for event in members:
        if event.counts and event.reaches and not event.automatic:
            if event.ours and event.needs_reply is None and asked:
                event = event._replace(needs_reply=False)  # noqa: PLW2901 - the same event, settled
            asked = asked or not event.ours
        yield event
