"""Who waited for whom: waiting turns in conversations."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, NamedTuple


class Event(NamedTuple):
    """One interaction as the clocks see it. `at` is Unix time in UTC.

    `needs_reply` None leaves it to the rule: whatever is not automatic needs one. `answered_by` is
    the interaction that a person named as the answer, of any thread. `counts` is False for a
    message without a date: part of its thread, never a question nor an answer. `reaches` is False
    for a message of ours that nobody on the client's side got: a forward to a colleague.
    """

    id: int
    at: float
    thread: int
    ours: bool
    automatic: bool = False
    needs_reply: bool | None = None
    answered_by: int | None = None
    counts: bool = True
    reaches: bool = True


class WaitingTurn(NamedTuple):
    """A run of messages that waited together, from the first that needed a reply."""

    thread: int
    first_id: int
    message_ids: tuple[int, ...]
    asked_at: float
    answered_at: float | None
    answer_id: int | None


# By time, then by id: named fields of a tuple are slow to sort by.
_MOMENT: Final = itemgetter(Event._fields.index("at"), Event._fields.index("id"))


# The order of turns: by the time they began.
BEGINNING: Final = itemgetter(
    WaitingTurn._fields.index("asked_at"), WaitingTurn._fields.index("first_id")
)


@dataclass(slots=True)
class _Run:
    """Messages of the asking side that wait together, while they are being read."""

    thread: int
    messages: list[Event] = field(default_factory=list)
    asking: Event | None = None
    named: Event | None = None

    def add(self, event: Event, named: Event | None) -> None:
        """Take a message in, with the answer that a person named for it."""
        self.messages.append(event)
        if self.asking is None and (event.needs_reply is None or event.needs_reply):
            self.asking = event
            if self.named and self.named.at <= event.at:
                self.named = None  # it answered what needed no reply, before this was asked
        # what was said before the question cannot answer it
        if named and named.at > event.at and (self.named is None or named.at < self.named.at):
            self.named = named

    def settled_before(self, event: Event) -> bool:
        """Whether the named answer came before `event`, which then begins to wait anew."""
        if self.asking is None or self.named is None or event.answered_by == self.named.id:
            return False
        return event.at > max(self.asking.at, self.named.at)

    def turn(self, answer: Event | None = None) -> WaitingTurn | None:
        """The turn that `answer`, or what was named before it, ended; None if nobody asked."""
        if self.asking is None:
            return None
        asked = self.asking.at
        if self.named and (answer is None or self.named.at < answer.at):
            answer = self.named
        return WaitingTurn(
            self.thread,
            self.asking.id,
            tuple(event.id for event in self.messages),
            asked,
            answer.at if answer else None,
            answer.id if answer else None,
        )


def waiting_turns(events: Iterable[Event], *, ours_answer: bool = True) -> list[WaitingTurn]:
    """All waiting turns in order of time; those still open have no answer.

    In one thread, consecutive messages of the asking side with none of the answering side
    between them are one turn (METHODS 1); so are those up to an answer that a person named.
    Automatic mail neither starts nor stops a clock, unless a person said that it needs a reply;
    what did not reach the client's side does neither.
    A turn whose every message is marked "no reply needed" is left out, not open.
    """
    threads = by_thread(events)
    named = {e.answered_by for members in threads.values() for e in members} - {None}
    answers = {
        e.id: e for members in threads.values() for e in members if e.counts and e.id in named
    }
    turns: list[WaitingTurn] = []
    for thread, members in threads.items():
        turns += turns_of_thread(thread, members, answers, ours_answer=ours_answer)
    return sorted(turns, key=BEGINNING)


def turns_of_thread(
    thread: int, members: Sequence[Event], answers: Mapping[int, Event], *, ours_answer: bool
) -> list[WaitingTurn]:
    """The waiting turns of one thread, whose events are in order of time.

    `answers` are the events that a person named as answers, by their ids, of whatever thread.
    """
    turns: list[WaitingTurn | None] = []
    run = _Run(thread)
    for event in members:
        if not event.counts or not event.reaches:
            continue
        if event.automatic and not event.needs_reply:
            continue
        if event.ours != ours_answer:
            if run.settled_before(event):
                turns.append(run.turn())
                run = _Run(thread)
            named = event.answered_by
            run.add(event, None if named is None else answers.get(named))
        elif event.automatic or not run.messages:
            continue
        elif run.asking is None:
            run = _Run(thread)
        elif event.at > run.asking.at:
            turns.append(run.turn(event))
            run = _Run(thread)
    turns.append(run.turn())
    return [turn for turn in turns if turn is not None]


def message_waits(events: Iterable[Event]) -> list[WaitingTurn]:
    """Every inbound message on its own, as reply-time tools count.

    The answer is the earliest message of ours in the same thread that is strictly later, whoever
    got it: such tools do not ask.
    """
    turns: list[WaitingTurn] = []
    for thread, members in by_thread(events).items():
        ours = [event for event in members if event.ours and event.counts]
        times = [event.at for event in ours]
        for event in members:
            if event.ours or not event.counts:
                continue
            place = bisect_right(times, event.at)
            answer = ours[place] if place < len(ours) else None
            turns.append(
                WaitingTurn(
                    thread,
                    event.id,
                    (event.id,),
                    event.at,
                    answer.at if answer else None,
                    answer.id if answer else None,
                )
            )
    return sorted(turns, key=BEGINNING)


def by_thread(events: Iterable[Event]) -> dict[int, list[Event]]:
    """Events by their thread, those of each in order of time."""
    threads: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        threads[event.thread].append(event)
    for members in threads.values():
        if len(members) > 1:
            members.sort(key=_MOMENT)
    return dict(threads)
