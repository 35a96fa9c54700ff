"""What waits at every client: how many turns, and the longest."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pmdesk.answers.responsiveness import Question, ask
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client


def waiting_by_client(
    journal: Journal,
    client_ids: Sequence[int],
    *,
    at: datetime,
    stop: Callable[[], bool] = lambda: False,
) -> dict[int, tuple[int, float]]:
    """Open turns and the longest wait in working hours, for clients that have any.

    Ends early, with what it has, when `stop` says so.
    """
    found: dict[int, tuple[int, float]] = {}
    for client_id in client_ids:
        if stop():
            break
        client = journal.get(Client, client_id)
        if client:
            total = ask(journal, client, Question(), at=at).total
            if total.open:
                found[client_id] = (total.open, total.longest_open_h or 0.0)
    return found
