"""How soon the client was told of each problem and crisis, against the limit of its severity."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.periods import lies_in
from pmdesk.answers.insights.values import Column, Insight, Item
from pmdesk.answers.practices.crisis import crises
from pmdesk.answers.practices.transparency import problem_of, to_tell, untold_for_a_reason
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Figured, Said, Share, digits_of, said
from pmdesk.insight.disclosure import (
    DisclosureFigures,
    Problem,
    disclosure,
    disclosure_figures,
    limit_hours,
)
from pmdesk.insight.responsiveness import FEW
from pmdesk.insight.satisfaction import wilson
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("What happened")),
    Column(mark("What it is")),
    Column(mark("Severity")),
    Column(mark("Found")),
    Column(mark("Client told")),
    Column(mark("Told after")),
    Column(mark("Limit")),
    Column(mark("State")),
)
_PROBLEM, _CRISIS = mark("Problem"), mark("Crisis")


class Lag(NamedTuple):
    """A problem or crisis: how long until the client knew, in hours of wall or of working time.

    `hours` so far where not `told`. `in_time` is None while there is still time.
    """

    what: str
    is_crisis: bool
    severity: str
    found_on: date
    hours: float
    limit_hours: float
    wall: bool
    told: bool
    in_time: bool | None


class LagLines(NamedTuple):
    """The problems and crises in the order in which they were found."""

    lags: tuple[Lag, ...]


class _Found(NamedTuple):
    record: tuple[str, int]
    what: str
    problem: Problem


def told_after(rel: Relationship, period: Period) -> Insight:
    """Every problem and crisis found in a period, and how long the client did not know of it."""
    found = sorted(_found(rel, period), key=lambda one: (one.problem.found_at, one.record))
    lags = [_lag(rel, one) for one in found]
    figures = disclosure_figures((one.problem for one in found), rel.clock, at=rel.at)
    return Insight(
        _verdict(figures, n=len(lags)),
        _evidence(rel, figures, lags, period) if lags else None,
        _COLUMNS,
        tuple(_item(rel, lag, one) for lag, one in zip(lags, found, strict=True)),
        LagLines(tuple(lags)),
        enough=bool(lags),
        values={
            "judged": figures.judged,
            "in_time": figures.in_time,
            "untold": figures.open,
            "past_limit": figures.overdue,
            "median_wall_hours": _median(figures, wall=True),
            "median_working_hours": _median(figures, wall=False),
        },
    )


def _found(rel: Relationship, period: Period) -> Iterable[_Found]:
    for issue in to_tell(rel):
        if issue.found_at and _asked(rel, issue.found_at, period):
            yield _Found(("issue", int(issue.id or 0)), issue.statement, problem_of(issue))
    for crisis in crises(rel):
        if crisis.found_at and _asked(rel, crisis.found_at, period):
            if crisis.told_at is None and not crisis.owed:
                continue  # for a reason that is recorded: counted in the evidence
            problem = Problem(crisis.level.value, crisis.found_at, crisis.told_at)
            yield _Found(("crisis", int(crisis.id or 0)), crisis.title, problem)


def _asked(rel: Relationship, found_at: datetime, period: Period) -> bool:
    return found_at <= rel.at and lies_in(rel.day_of(found_at), period)


def _lag(rel: Relationship, one: _Found) -> Lag:
    of = disclosure(one.problem, rel.clock, at=rel.at)
    severity = one.problem.severity
    return Lag(
        one.what, one.record[0] == "crisis", severity, rel.day_of(one.problem.found_at),
        of.lag_hours, limit_hours(severity, rel.clock), of.wall, of.left is None, of.in_time,
    )  # fmt: skip


def hours_said(hours: float, *, wall: bool) -> Said:
    """A lag or a limit with its unit."""
    told = Figured(hours, digits_of(hours, 1))
    # the catalogue's “{hours} h” are working hours
    return said("{h} h", h=told) if wall else said(mark("{hours} working h"), hours=told)


def state_said(lag: Lag) -> Said:
    """Whether the client was told in time, too late, or not yet."""
    match lag.told, lag.in_time:
        case True, True:
            return said(mark("told in time"))
        case True, _:
            return said(mark("told too late"))
        case _, None:
            return said(mark("to be told, still time"))
    return said(mark("not told, too late"))


def _item(rel: Relationship, lag: Lag, one: _Found) -> Item:
    told_at = one.problem.told_at
    cells = (lag.what, said(_CRISIS if lag.is_crisis else _PROBLEM), lag.severity,
             one.problem.found_at.astimezone(rel.zone),
             told_at.astimezone(rel.zone) if lag.told and told_at else None,
             hours_said(lag.hours, wall=lag.wall), hours_said(lag.limit_hours, wall=lag.wall),
             state_said(lag))  # fmt: skip
    return Item(cells, one.record)


def _verdict(figures: DisclosureFigures, *, n: int) -> Said:
    if not n:
        return said(mark("No problem and no crisis to tell of"))
    if figures.overdue:
        return said(
            mark("{n} not told, past the limit; {kept} of {all} told in time"),
            n=figures.overdue, kept=figures.in_time, all=figures.judged,
        )  # fmt: skip
    if not figures.judged:
        return said(mark("{n} to be told, there is still time"), n=figures.open)
    return said(
        mark("{n} of {all} problems and crises told in time"),
        n=figures.in_time, all=figures.judged,
    )  # fmt: skip


def _evidence(
    rel: Relationship, figures: DisclosureFigures, lags: list[Lag], period: Period
) -> Said:
    parts = []
    if figures.judged >= FEW:
        _, low, high, _ = wilson(figures.in_time, figures.judged)
        parts.append(said(mark("in time 95% {low} to {high}"), low=Share(low), high=Share(high)))
    for wall, of in ((True, "S1–S2"), (False, "S3–S4")):
        n = sum(lag.wall is wall for lag in lags)
        if n >= FEW:
            parts.append(_half(figures, of, wall=wall, n=n))
        elif n:
            parts.append(said("{of}: n = {n}", of=of, n=n))
    reasons = [i.found_at for i in untold_for_a_reason(rel)]
    reasons += [c.found_at for c in crises(rel) if c.told_at is None and not c.owed]
    if n := sum(bool(found and _asked(rel, found, period)) for found in reasons):
        parts.append(said(mark("not told for a reason: {n}"), n=n))
    told = parts[0]
    for part in parts[1:]:
        told = said("{first} · {then}", first=told, then=part)
    return told


def _median(figures: DisclosureFigures, *, wall: bool) -> float | None:
    medians = (lags.median_hours for lags in figures.lags if lags.wall is wall)
    median = next(medians, None)
    return None if median is None else round(median, 4)


def _half(figures: DisclosureFigures, of: str, *, wall: bool, n: int) -> Said:
    """By when half were told, the untold counted as at least that long."""
    median = _median(figures, wall=wall)
    if median is None:
        return said(mark("{of}: half are not told yet (n = {n})"), of=of, n=n)
    time = hours_said(median, wall=wall)
    return said(mark("{of}: half told within {time} (n = {n})"), of=of, time=time, n=n)
