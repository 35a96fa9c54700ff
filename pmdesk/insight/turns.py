"""Who waited for whom: waiting turns in conversations."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Event(NamedTuple):
    """One interaction as the clocks see it. `at` is Unix time in UTC.

    `needs_reply` None leaves it to the rule (whatever is not automatic needs one). `counts` is
    False for a message without a date: part of its thread, never a question nor an answer.
    """

    id: int
    at: float
    thread: int
    ours: bool
    automatic: bool = False
    needs_reply: bool | None = None
    answered_by: int | None = None
    counts: bool = True


class WaitingTurn(NamedTuple):
    """A run of messages that waited together, from the first that needed a reply."""

    thread: int
    first_id: int
    message_ids: tuple[int, ...]
    asked_at: float
    answered_at: float | None
    answer_id: int | None


def waiting_turns(events: Iterable[Event], *, ours_answer: bool = True) -> list[WaitingTurn]:
    """All waiting turns in order of time; those still open have no answer.

    In one thread, consecutive messages of the asking side with none of the answering side
    between them are one turn (METHODS 1). Automatic mail neither starts nor stops a clock. A
    turn whose every message is marked "no reply needed" is left out, not open.
    """
    in_order = sorted(events, key=lambda event: (event.at, event.id))
    when = {event.id: event.at for event in in_order}
    found: list[WaitingTurn] = []
    for thread, members in _by_thread(in_order).items():
        run: list[Event] = []
        for event in members:
            if not event.counts or event.automatic:
                continue
            if event.ours != ours_answer:
                run.append(event)
            elif run and event.at > _asked_at(run):
                _close(found, thread, run, when, event)
                run = []
        _close(found, thread, run, when, None)
    return sorted(found, key=lambda turn: (turn.asked_at, turn.first_id))


def _starts(run: list[Event]) -> list[Event]:
    return [event for event in run if event.needs_reply is not False]


def _asked_at(run: list[Event]) -> float:
    asking = _starts(run)
    return asking[0].at if asking else run[0].at


def _close(
    found: list[WaitingTurn],
    thread: int,
    run: list[Event],
    when: dict[int, float],
    answer: Event | None,
) -> None:
    asking = _starts(run)
    if not asking:
        return
    asked = asking[0].at
    answered_at, answer_id = (answer.at, answer.id) if answer else (None, None)
    for event in run:
        # an interaction named as the answer stops the clock, if it came before any mail did
        if event.answered_by is not None and event.answered_by in when:
            moment = max(asked, when[event.answered_by])
            if answered_at is None or moment < answered_at:
                answered_at, answer_id = moment, event.answered_by
    found.append(
        WaitingTurn(
            thread, asking[0].id, tuple(event.id for event in run), asked, answered_at, answer_id
        )
    )


def message_waits(events: Iterable[Event]) -> list[WaitingTurn]:
    """Every inbound message on its own, as reply-time tools count.

    The answer is the earliest message of ours in the same thread that is strictly later.
    """
    in_order = sorted(events, key=lambda event: (event.at, event.id))
    found: list[WaitingTurn] = []
    for thread, members in _by_thread(in_order).items():
        ours = [event for event in members if event.ours and event.counts]
        times = [event.at for event in ours]
        for event in members:
            if event.ours or not event.counts:
                continue
            place = bisect_right(times, event.at)
            answer = ours[place] if place < len(ours) else None
            found.append(
                WaitingTurn(
                    thread,
                    event.id,
                    (event.id,),
                    event.at,
                    answer.at if answer else None,
                    answer.id if answer else None,
                )
            )
    return sorted(found, key=lambda turn: (turn.asked_at, turn.first_id))


def _by_thread(events: list[Event]) -> dict[int, list[Event]]:
    threads: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        threads[event.thread].append(event)
    return threads
