"""What waits at every client: how many turns, and the longest."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from pmdesk.answers.responsiveness import Question, ask
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client


class Waiting(NamedTuple):
    """How many turns wait, the longest of them in working hours, and the day it began."""

    turns: int
    hours: float
    since: date


def waiting_by_client(
    journal: Journal,
    client_ids: Sequence[int],
    *,
    at: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> dict[int, Waiting]:
    """What waits at each of these clients, for those where anything does.

    Ends early, with what it has, when `stop` says so.
    """
    waiting: dict[int, Waiting] = {}
    for client_id in client_ids:
        if stop():
            break
        client = journal.get(Client, client_id)
        if client:
            answer = ask(journal, client, Question(), at=at)
            if open_ := answer.open_turns():
                turn, hours = open_[0]
                since = datetime.fromtimestamp(turn.asked_at, answer.zone).date()
                waiting[client_id] = Waiting(len(open_), hours, since)
    return waiting
