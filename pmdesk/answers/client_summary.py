"""What a client's summary is made of, for a stretch of days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from pmdesk.answers.relationship import Relationship, relationship
from pmdesk.answers.responsiveness import Answer, Question, ask
from pmdesk.journal.codec import moment_text
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction

RECENT = 25


class Period(NamedTuple):
    """First and last day of a report; None leaves an end open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class OpenTurn:
    """A message that still waits: what it asked, how long it has waited in hours."""

    interaction: Interaction
    hours: float
    messages: int


@dataclass(frozen=True)
class SummaryFacts:
    """The facts of a summary; the answers in both directions, what waits, what happened."""

    client: Client
    period: Period
    we_answer: Answer
    they_answer: Answer
    open_turns: list[OpenTurn]
    recent: list[Interaction]
    interactions: int
    rel: Relationship


def summary_facts(
    journal: Journal, client: Client, period: Period, *, internal: bool, at: datetime
) -> SummaryFacts:
    """All facts of `client` in `period`; without `internal` nothing marked internal-only."""
    where, values = _within(client, period)
    if not internal:
        where += " AND internal = 0"
    until = at
    if period.last is not None:
        until = min(at, datetime.combine(period.last + timedelta(days=1), datetime.min.time(), UTC))
    rel = relationship(journal, client, at=until)
    talk = rel.talk
    days = (period.first, period.last)
    ours = ask(journal, client, Question(), at=until, period=days, talk=talk)
    theirs = ask(journal, client, Question(ours_answer=False), at=until, period=days, talk=talk)
    return SummaryFacts(
        client,
        period,
        ours,
        theirs,
        open_turns(journal, ours, internal=internal),
        journal.find(Interaction, where, values, order="at DESC, id DESC", limit=RECENT),
        journal.count(Interaction, where, values),
        rel,
    )


def open_turns(
    journal: Journal, answer: Answer, *, internal: bool = True, newest: int | None = None
) -> list[OpenTurn]:
    """The turns of an answer that still wait, the longest first; with `newest` only the last."""
    found = []
    waiting = answer.open_turns()
    for turn, hours in waiting if newest is None else waiting[-newest:]:
        interaction = journal.get(Interaction, turn.first_id)
        if interaction and (internal or not interaction.internal):
            found.append(OpenTurn(interaction, hours, len(turn.message_ids)))
    return found


def _within(client: Client, period: Period) -> tuple[str, list[object]]:
    where = "client_id = ?"
    values: list[object] = [client.id]
    if period.first:
        where += " AND at >= ?"
        values.append(moment_text(datetime.combine(period.first, datetime.min.time(), UTC)))
    if period.last:
        where += " AND at < ?"
        end = datetime.combine(period.last + timedelta(days=1), datetime.min.time(), UTC)
        values.append(moment_text(end))
    return where, values
