"""What a client's summary is made of, for a stretch of days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.days import begins, last_moment
from pmdesk.answers.relationship import Relationship, recent_since, relationship
from pmdesk.answers.responsiveness import Answer, Question, ask
from pmdesk.answers.text.said import Said
from pmdesk.answers.windows import median_before, their_windows, windows
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
    """The facts of a summary; the answers in both directions, what waits, what happened.

    Figures cover the period where it has a first day, else the last 13 weeks, with `before` for
    the 13 before them; `weeks` is the answer of all the turns that the weekly chart shows.
    """

    client: Client
    period: Period
    we_answer: Answer
    they_answer: Answer
    weeks: Answer
    before: Said | None
    open_turns: list[OpenTurn]
    recent: list[Interaction]
    interactions: int
    rel: Relationship

    @property
    def since(self) -> date:
        """The first day that the response figures cover."""
        return self.period.first or recent_since(self.rel.at, self.rel.zone)


def summary_facts(
    journal: Journal, client: Client, period: Period, *, internal: bool, at: datetime
) -> SummaryFacts:
    """All facts of `client` in `period`; without `internal` nothing marked internal-only."""
    zone = zone_of(journal, client)
    until = last_moment(period, zone, at=at)
    where, values = _within(client, period, zone, until)
    if not internal:
        where += " AND internal = 0"
    rel = relationship(journal, client, at=until)
    talk = rel.talk
    days = (period.first, period.last)
    weeks = ask(journal, client, Question(), at=until, period=days, talk=talk)
    if period.first is None:
        ours, theirs = rel.answer, their_windows(rel).now
        before = median_before(windows(rel))
    else:
        ours, before = weeks, None
        asked = Question(ours_answer=False)
        theirs = ask(journal, client, asked, at=until, period=days, talk=talk)
    return SummaryFacts(
        client,
        period,
        ours,
        theirs,
        weeks,
        before,
        open_turns(journal, weeks, internal=internal),
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


def _within(
    client: Client, period: Period, zone: ZoneInfo, until: datetime
) -> tuple[str, list[object]]:
    """What happened in the days of the period, as the client's clock counts them."""
    where = "client_id = ? AND at <= ?"
    values: list[object] = [client.id, moment_text(until)]
    first = begins(period, zone)
    if first is not None:
        where += " AND at >= ?"
        values.append(moment_text(first))
    return where, values
