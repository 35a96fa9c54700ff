"""The open risks by probability and impact, those with money ordered by what they cost on average."""

from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.periods import at_end
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.practices.crisis import RankedRisk, plans_by_risk, ranked_risks
from pmdesk.answers.practices.figures import State
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Amount, Said, said
from pmdesk.insight.risk import Level
from pmdesk.records.transparency import Issue, Raid
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("Rank"), digits=0),
    Column(mark("Risk")),
    Column(mark("Probability")),
    Column(mark("Impact")),
    Column(mark("Score"), digits=2),
    Column(mark("Level")),
    Column(mark("Expected loss"), digits=0),
    Column(mark("Plan")),
)
LEVELS: dict[Level, tuple[str, State]] = {
    Level.HIGH: (mark("High"), "bad"),
    Level.MEDIUM: (mark("Medium"), "warn"),
    Level.LOW: (mark("Low"), "good"),
}


class RiskMark(NamedTuple):
    """A risk in the matrix; `expected` is its probability × the money at stake, in minor units."""

    what: str
    probability: float
    impact: float
    score: float
    level: Level
    expected: float | None
    loss: Amount | None = None


class RisksShape(NamedTuple):
    """The open risks that are assessed, in the order of harm."""

    risks: tuple[RiskMark, ...]


def risks(rel: Relationship, period: Period) -> Insight:
    """The risks that were open at the end of a period."""
    rel = at_end(rel, period)
    known = ranked_risks(rel)
    unknown = sum(i.raid is Raid.RISK and i.closed_on is None for i in rel.of(Issue)) - len(known)
    planned = plans_by_risk(rel)
    high = sum(one.level is Level.HIGH for one in known)
    return Insight(
        _verdict(known, high, unknown),
        said(
            mark("by expected loss where money is known, else by score P × I · not assessed: {n} · as of {day}"),
            n=unknown, day=rel.today,
        ) if known else None,
        _COLUMNS,
        tuple(_item(n, one, planned=one.issue.id in planned) for n, one in enumerate(known, 1)),
        RisksShape(tuple(_mark(one) for one in known)),
        enough=bool(known),
        values={"n": len(known), "high": high, "not_assessed": unknown},
    )  # fmt: skip


def _mark(one: RankedRisk) -> RiskMark:
    risk = one.risk
    return RiskMark(one.issue.statement, risk.probability, risk.impact, risk.score, one.level,
                    risk.expected_cost_minor, one.loss)  # fmt: skip


def _item(rank: int, one: RankedRisk, *, planned: bool) -> Item:
    loss = one.risk.expected_cost_minor
    cells = (
        rank, one.issue.statement, said("{odds}", odds=one.issue.probability),
        said("{impact}", impact=one.issue.impact), one.risk.score, said(LEVELS[one.level][0]),
        None if loss is None else loss / 100,
        said(mark("has a plan")) if planned else said(mark("no plan")),
    )  # fmt: skip
    return Item(cells, ("issue", int(one.issue.id or 0)))


def _verdict(known: list[RankedRisk], high: int, unknown: int) -> Said:
    if not known:
        return (
            said(mark("No open risk is assessed yet: {n} wait"), n=unknown)
            if unknown
            else said(mark("No open risk on record"))
        )
    told = said(mark("{n} of {all} risks high"), n=high, all=len(known))
    first = known[0].loss
    if first is None:
        return told
    loss = said(mark("largest expected loss {money}"), money=first)
    return said("{first} · {then}", first=told, then=loss)
