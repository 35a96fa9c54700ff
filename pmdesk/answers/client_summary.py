"""What a client's summary is made of, for a stretch of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.days import begins, last_moment
from pmdesk.answers.of_project import of_project
from pmdesk.answers.relationship import Relationship, recent_since, relationship
from pmdesk.answers.responsiveness import Answer, Course, Question, ask
from pmdesk.answers.text.said import Said
from pmdesk.answers.windows import median_before, their_windows, windows
from pmdesk.insight.turns import WaitingTurn
from pmdesk.journal.codec import from_text, until_text
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction

RECENT: Final = 8
# How many of the turns that wait stand in a summary one by one.
MOST_WAITING: Final = 25


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


class Waiting(NamedTuple):
    """The turns that wait longest; how many more there are, and when the latest of all began."""

    turns: list[OpenTurn]
    more: int
    latest: datetime | None


@dataclass(frozen=True)
class SummaryFacts:
    """The facts of a summary: the client's records, the latest contacts, how fast who answered.

    Without `internal` they rest on what the client may know alone, and no message of ours that did
    not reach the client is among the contacts.
    Response figures are computed when they are asked for: not every edition tells them.
    """

    client: Client
    period: Period
    internal: bool
    recent: list[Interaction]
    interactions: int
    rel: Relationship

    @property
    def since(self) -> date:
        """The first day that the response figures cover."""
        return self.period.first or recent_since(self.rel.at, self.rel.zone)

    def _asked(self, question: Question) -> Answer:
        rel = self.rel
        days = (self.period.first, self.period.last)
        return ask(rel.journal, self.client, question, at=rel.at, period=days, talk=rel.talk)

    @cached_property
    def weeks(self) -> Answer:
        """How we answered all the turns that the weekly chart shows."""
        return self._asked(Question())

    @cached_property
    def we_answer(self) -> Answer:
        """How we answered in the period where it has a first day, else in the last 13 weeks."""
        return self.rel.answer if self.period.first is None else self.weeks

    @cached_property
    def they_answer(self) -> Answer:
        """How they answered in the same days."""
        if self.period.first is None:
            return their_windows(self.rel).now
        return self._asked(Question(ours_answer=False))

    @cached_property
    def before(self) -> Said | None:
        """Our median of the 13 weeks before; None where the period has a first day."""
        return median_before(windows(self.rel)) if self.period.first is None else None

    @cached_property
    def waiting(self) -> Waiting:
        """What waits for our answer, the longest first."""
        open_ = self.weeks.open_turns()
        latest = datetime.fromtimestamp(open_[-1][0].asked_at, UTC) if open_ else None
        turns = _with_messages(self.rel.journal, open_[:MOST_WAITING])
        return Waiting(turns, len(open_) - len(turns), latest)


def summary_facts(
    journal: Journal,
    client: Client,
    period: Period,
    *,
    internal: bool,
    at: datetime,
    project: int = 0,
) -> SummaryFacts:
    """All facts of `client` in `period`; without `internal` nothing marked internal-only.

    With a `project` only what is linked to it; response figures are of the whole client.
    """
    zone = zone_of(journal, client)
    until = last_moment(period, zone, at=at)
    where, values = _within(client, period, zone, until)
    rel = relationship(journal, client, at=until)
    if not internal:
        where += " AND internal = 0 AND (direction = 'inbound' OR reached)"
        rel = rel.opened()
    if project:
        where, values = f"{where} AND project_id = ?", [*values, project]
        rel = of_project(rel, project)
    return SummaryFacts(
        client,
        period,
        internal,
        journal.find(Interaction, where, values, order="at DESC, id DESC", limit=RECENT),
        journal.count(Interaction, where, values),
        rel,
    )


def open_turns(
    journal: Journal, answer: Answer | Course, *, newest: int | None = None
) -> list[OpenTurn]:
    """The turns of an answer that still wait, the longest first; with `newest` only the last."""
    waiting = answer.open_turns()
    return _with_messages(journal, waiting if newest is None else waiting[-newest:])


def _with_messages(
    journal: Journal, waiting: Sequence[tuple[WaitingTurn, float]]
) -> list[OpenTurn]:
    asked = [(turn, hours, journal.get(Interaction, turn.first_id)) for turn, hours in waiting]
    return [
        OpenTurn(interaction, hours, len(turn.message_ids))
        for turn, hours, interaction in asked
        if interaction is not None
    ]


def _within(
    client: Client, period: Period, zone: ZoneInfo, until: datetime
) -> tuple[str, list[object]]:
    """What happened in the days of the period, as the client's clock counts them."""
    where = "client_id = ? AND at <= ?"
    values: list[object] = [client.id, until_text(until)]
    first = begins(period, zone)
    if first is not None:
        where += " AND at >= ?"
        values.append(from_text(first))
    return where, values
