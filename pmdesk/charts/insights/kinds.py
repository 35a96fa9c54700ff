"""Every insight, declared once: its question, where its answer is found, and how it is drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Final, Literal

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.counting import USUAL, Counting
from pmdesk.answers.insights.values import Insight, Panels
from pmdesk.answers.relationship import Relationship, relationship
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.practices import Practice
from pmdesk.words import mark

# Who reads it in a report: we alone; the client, too; the client where response figures are told.
Reader = Literal["us", "client", "response"]


@dataclass(frozen=True)
class InsightKind:
    """An insight about a client.

    `question` is what it answers, `about` what stands over the verdict in a report. One that judges
    the client, or us in words meant for us, is for no other `reader`. One that is `linked` rests on
    records of projects alone, and can be of one of them. `find` is module and function
    below answers/insights, `code` the module below charts/insights with `draw`, and `limits` where
    panels of several clients share a scale. `rows` says that the chart grows with its items, each
    with so many lines of text; `least` is the height in inches below which it is not readable.

    `tab` is the tab of a client in which it stands; `who` answers in it, or both sides. Where it is `counted`, `find` is also told how
    waits are counted; where it has `periods`, their length can be chosen, too. One that can be `of`
    a record of a kind is called `named` where such a record leads to it.
    """

    name: str
    question: str
    about: str
    practice: Practice
    find: str
    code: str
    rows: int = 0
    least: float = 0.0
    tab: str = ""
    who: Literal["us", "them", ""] = ""
    counted: bool = False
    periods: bool = False
    of: str = ""
    named: str = ""
    reader: Reader = "us"
    linked: bool = False

    def insight(
        self, rel: Relationship, period: Period, counting: Counting = USUAL, about: int = 0
    ) -> Insight:
        """The answer for a client; with `about` that of a record of the kind it can be of."""
        module, _, name = self.find.partition(":")
        found: Callable[..., Insight] = getattr(
            import_module(f"pmdesk.answers.insights.{module}"), name
        )
        if self.of and about:
            return found(rel, period, about)
        return found(rel, period, counting) if self.counted else found(rel, period)

    @property
    def drawing(self) -> Any:
        """The module that draws it: matplotlib comes with it."""
        return import_module(f"pmdesk.charts.insights.{self.code}")


_O = Practice.TRANSPARENCY
_C, _T, _E = Practice.COMMUNICATION, Practice.TRUST, Practice.EXPECTATIONS
INSIGHTS: Final = (
    InsightKind("we_answer", mark("Are we answering slower?"), mark("How fast we answer"), _C, "slower:we_answer", "turns", tab="communication", who="us", counted=True, reader="response"),
    InsightKind("they_answer", mark("Are they answering slower?"), mark("How fast they answer"), _C, "slower:they_answer", "turns", tab="communication", who="them", counted=True),
    InsightKind("weekly", mark("How fast are we, week by week?"), mark("How fast we answer, over time"), _C, "weekly:weekly", "weeks", tab="communication", who="us", counted=True, periods=True, reader="response"),
    InsightKind("their_weekly", mark("How fast are they, week by week?"), mark("How fast they answer, over time"), _C, "weekly:their_weekly", "weeks", tab="communication", who="them", counted=True, periods=True),
    InsightKind("before_after", mark("What did the change do to our answers?"), mark("How fast we answer, before and after"), _C, "before_after:before_after", "curves", tab="communication", who="us", counted=True, reader="response"),
    InsightKind("their_before_after", mark("What did the change do to their answers?"), mark("How fast they answer, before and after"), _C, "before_after:their_before_after", "curves", tab="communication", who="them", counted=True),
    InsightKind("mirror", mark("Who waits longer for whom?"), mark("Who waits for whom"), _C, "mirror:mirror", "mirrored", tab="communication", counted=True),
    InsightKind("waited_days", mark("How long did we wait for them?"), mark("Days spent waiting"), _C, "waited_days:waited_days", "waited"),
    InsightKind("contact", mark("How often are we in touch?"), mark("Days in touch"), Practice.LONG_TERM, "contact:contact", "strip", tab="long_term", reader="client"),
    InsightKind("promises", mark("Do we keep what we promise?"), mark("Promises"), _T, "promises:promises", "promises", rows=1, reader="client", linked=True),
    InsightKind("trust_signals", mark("What does their trust rest on?"), mark("Trust (our conduct)"), _T, "trust_signals:trust_signals", "signals", rows=1, tab="trust"),
    InsightKind("gaps", mark("Is what is what they expect?"), mark("Expected and actual"), _E, "gaps:gaps", "gaps", rows=2, tab="expectations", reader="client", linked=True),
    InsightKind("told_after", mark("Do they hear of trouble in time?"), mark("How soon the client was told"), _O, "lags:told_after", "lags", rows=2, linked=True),
    InsightKind("problem_flow", mark("Do problems pile up?"), mark("Problems over time"), _O, "flows:problem_flow", "flows", reader="client", linked=True),
    InsightKind("change_flow", mark("Do changes pile up?"), mark("Changes over time"), _O, "flows:change_flow", "flows", reader="client", linked=True),
    InsightKind("plan", mark("Are we on schedule and in budget?"), mark("Schedule and budget"), _O, "plan:plan", "plan", rows=3, reader="client", linked=True),
    InsightKind("satisfaction", mark("Are they satisfied?"), mark("Satisfaction"), Practice.FEEDBACK, "marks:satisfaction", "marks", tab="feedback", reader="client"),
    InsightKind("people", mark("Whom must we win?"), mark("People by influence and interest"), _C, "people:people", "people", least=3.9),
    InsightKind("risks", mark("Which risks weigh most?"), mark("Risks by harm"), Practice.CRISIS, "risks:risks", "risks", least=3.4, linked=True),
    InsightKind("past_crisis", mark("How did the last crisis go?"), mark("The last crisis"), Practice.CRISIS, "past_crisis:past_crisis", "past_crisis", rows=1, linked=True,
                of="crisis", named=mark("Timeline")),
    InsightKind("practices", mark("Which practices have changed?"), mark("The nine practices"), Practice.LONG_TERM, "practices:practices_moved", "dumbbell", rows=1),
)  # fmt: skip
BY_NAME: Final = {kind.name: kind for kind in INSIGHTS}


def of_tab(tab: str) -> tuple[InsightKind, ...]:
    """The insights that stand in a tab of a client."""
    return tuple(kind for kind in INSIGHTS if kind.tab == tab)


def look(
    journal: Journal,
    name: str,
    clients: Iterable[Client],
    period: Period,
    *,
    at: datetime,
    about: int = 0,
) -> Panels:
    """One insight about each of these clients, as things stand at `at`; raises KeyError.

    `about` is the id of a record, where the insight can be of one.
    """
    return look_at(
        name, clients, period, lambda client: relationship(journal, client, at=at), about
    )


def look_at(
    name: str,
    clients: Iterable[Client],
    period: Period,
    relationship_with: Callable[[Client], Relationship],
    about: int = 0,
) -> Panels:
    """One insight about each of these clients, whose relationships are asked for; raises KeyError."""
    kind, asked = BY_NAME[name], tuple(clients)
    return Panels(
        name,
        tuple(client.name for client in asked),
        tuple(kind.insight(relationship_with(client), period, about=about) for client in asked),
    )
