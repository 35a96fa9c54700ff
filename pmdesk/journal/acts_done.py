"""Every act as a person sees it: once, however often it was undone and repeated since."""

from typing import Literal, NamedTuple

from pmdesk.journal import log
from pmdesk.journal.engine import Connection

State = Literal["stands", "undone", "over"]


class ActDone(NamedTuple):
    """An act as it was first done, how many records it wrote, and what has become of it.

    `step` is that of the log to which undo goes back, or redo on, so that it is taken back or
    repeated. One that is "over" was undone, and cannot be repeated: something else was done since.
    """

    done: log.Step
    records: int
    state: State
    step: int


def acts_done(conn: Connection, limit: int = 1000) -> list[ActDone]:
    """The last acts, the latest first."""
    done = log.acts(conn, limit)
    if not done:
        return []
    later = log.turns_since(conn, done[-1].id)
    counts = log.records_of(conn, [step.id for step in done])
    return [ActDone(step, counts.get(step.id, 0), *_now(step, later)) for step in done]


def _now(step: log.Step, later: dict[int, log.Step]) -> tuple[State, int]:
    """What has become of an act, and the last step of the log that it is in."""
    while (turn := later.get(step.id)) is not None:
        step = turn
    if step.kind != "undo":
        return "stands", step.id
    return ("undone" if step.live else "over"), step.id
