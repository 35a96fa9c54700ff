"""Schedule and budget against what was agreed: milestones, and what the work costs in the end."""

from datetime import date
from typing import NamedTuple

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.periods import at_end
from pmdesk.answers.insights.values import Cell, Column, Insight, Item
from pmdesk.answers.practices.status import ProjectState, project_states
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import Amount, Figured, Said, Share, Signed, said
from pmdesk.answers.years import unannounced_between, years_said
from pmdesk.insight.gaps import schedule_gap
from pmdesk.records.project import Project, Stage
from pmdesk.words import mark

_COLUMNS = (
    Column(mark("What")),
    Column(mark("Project")),
    Column(mark("Baseline")),
    Column(mark("Actual or forecast")),
    Column(mark("Days late"), mark("working days"), 0),
    Column(mark("Share of the budget")),
    Column(mark("State")),
)
_END = mark("End of the project")
_SPENT, _AT_COMPLETION = mark("Spent so far"), mark("Estimate at completion")
_AS_SO_FAR = mark("if cost goes on as so far (BAC/CPI)")


class Milestone(NamedTuple):
    """The end of a stage or of a project: agreed, and as it is (`done`) or is forecast.

    `days` are working days late, None where nothing stands beside the baseline.
    """

    what: str | Said
    project: str
    agreed: date
    now: date | None
    done: bool
    days: int | None


class Money(NamedTuple):
    """An amount of a project, in minor units and as a share of its budget."""

    what: str
    project: str
    currency: str
    minor: float
    share: float
    estimate: bool


class PlanShape(NamedTuple):
    """The milestones by project and order, then the amounts, as they stood on `today`."""

    milestones: tuple[Milestone, ...]
    money: tuple[Money, ...]
    today: date
    several: bool


def plan(rel: Relationship, period: Period) -> Insight:
    """The milestones and money of every project that was not done at the end of a period."""
    rel = at_end(rel, period)
    states = project_states(rel)
    milestones: list[tuple[Milestone, tuple[str, int]]] = []
    money: list[tuple[Money, tuple[str, int]]] = []
    for state in states:
        milestones += _milestones(rel, state)
        money += _money(state)
    items = [_milestone_item(one, record) for one, record in milestones]
    items += [_money_item(one, record) for one, record in money]
    return Insight(
        _verdict(states),
        _evidence(rel, states) if items else None,
        _COLUMNS,
        tuple(items),
        PlanShape(
            tuple(one for one, _ in milestones), tuple(one for one, _ in money), rel.today,
            len(states) > 1,
        ),
        enough=bool(items),
        values={"projects": [_values(state) for state in states]},
    )  # fmt: skip


def _milestones(
    rel: Relationship, state: ProjectState
) -> list[tuple[Milestone, tuple[str, int]]]:  # fmt: skip
    project = state.project
    found = [
        (_milestone(rel, stage.name, project, stage.baseline_end, _now(stage), stage.finished_on),
         ("stage", int(stage.id or 0)))
        for stage in state.stages
        if stage.baseline_end
    ]  # fmt: skip
    if project.baseline_end:
        end = _milestone(
            rel, said(_END), project, project.baseline_end, project.forecast_end, None
        )  # fmt: skip
        found.append((end, ("project", int(project.id or 0))))
    return found


def _now(stage: Stage) -> date | None:
    return stage.finished_on or stage.forecast_end


def _milestone(
    rel: Relationship, what: str | Said, project: Project, agreed: date | None, now: date | None,
    finished: date | None,
) -> Milestone:  # fmt: skip
    if agreed is None:
        raise ValueError("a milestone has the day that was agreed")
    days = None if now is None else schedule_gap(agreed, now, rel.calendar)
    return Milestone(what, project.name, agreed, now, finished is not None, days)


def _money(state: ProjectState) -> list[tuple[Money, tuple[str, int]]]:
    """What is spent and what it will be, against the budget; nothing without a budget."""
    project, earned = state.project, state.earned
    budget, spent = project.budget_minor, project.spent_minor
    if not budget or spent is None:
        return []
    amounts = [(_SPENT, float(spent), False)]
    if earned is not None and earned.eac_typical is not None:
        amounts.append((_AT_COMPLETION, earned.eac_typical, True))
    return [
        (Money(what, project.name, project.currency, minor, minor / budget, estimate),
         ("project", int(project.id or 0)))
        for what, minor, estimate in amounts
    ]  # fmt: skip


def state_said(one: Milestone) -> Said:
    """How late a milestone is, or was."""
    if one.days is None:
        return said(mark("no forecast"))
    if one.days == 0:
        return said(mark("done on its day")) if one.done else said(mark("as agreed"))
    return said(mark("{gap} working days"), gap=Signed(one.days, 0))


def money_said(one: Money) -> Said:
    """An amount with its currency."""
    return said("{money}", money=Amount(round(one.minor / 100) * 100, one.currency))


def _milestone_item(one: Milestone, record: tuple[str, int]) -> Item:
    cells: tuple[Cell, ...] = (one.what, one.project, one.agreed, one.now, one.days, None,
                               state_said(one))  # fmt: skip
    return Item(cells, record)


def _money_item(one: Money, record: tuple[str, int]) -> Item:
    note = said(_AS_SO_FAR) if one.estimate else None
    budget = Figured(one.minor / one.share / 100, 0) if one.share else None
    planned = said("{currency} {money}", currency=one.currency, money=budget) if budget else None
    return Item((said(one.what), one.project, planned, money_said(one), None,
                 said("{share}", share=Share(one.share)), note), record)  # fmt: skip


def _verdict(states: list[ProjectState]) -> Said:
    known = [state for state in states if state.days_late is not None]
    if not states:
        return said(mark("No project under way"))
    if not known:
        return said(mark("No forecast stands beside the agreed end"))
    if len(states) > 1:
        late = sum((state.days_late or 0) > 0 for state in known)
        return said(mark("{n} of {all} projects behind the baseline"), n=late, all=len(states))
    days = known[0].days_late or 0
    if days > 0:
        schedule = said(mark("{days} working days behind"), days=days)
    elif days < 0:
        schedule = said(mark("{days} working days ahead"), days=-days)
    else:
        schedule = said(mark("On the baseline"))
    earned = known[0].earned
    if earned is None or earned.eac_typical is None or not earned.bac:
        return schedule
    share = Share(earned.eac_typical / earned.bac)
    cost = said(mark("{share} of the budget in the end"), share=share)
    return said("{first} · {then}", first=schedule, then=cost)


def _evidence(rel: Relationship, states: list[ProjectState]) -> Said:
    parts = []
    for state in states:
        earned = state.earned
        if earned is None:
            continue
        figures = said(mark("SPI {spi}, CPI {cpi}"), spi=_index(earned.spi), cpi=_index(earned.cpi))
        if len(states) > 1:
            figures = said("{what}: {figures}", what=state.project.name, figures=figures)
        parts.append(figures)
    if any(state.earned and state.earned.eac_typical is not None for state in states):
        parts.append(said(mark("estimate at completion {if_so}"), if_so=said(_AS_SO_FAR)))
    parts.append(said(mark("as of {day}"), day=rel.today))
    days = [
        day
        for state in states
        if state.preliminary
        for day in (state.project.baseline_end, state.project.forecast_end)
    ]
    if years := unannounced_between(rel.calendar, days):
        parts.append(years_said(years))
    told = parts[0]
    for part in parts[1:]:
        told = said("{first} · {then}", first=told, then=part)
    return told


def _index(value: float | None) -> Said:
    return said("–") if value is None else said("{value}", value=Figured(value, 2))


def _values(state: ProjectState) -> dict[str, str | float | None]:
    earned = state.earned
    money = {
        name: None if earned is None else getattr(earned, name)
        for name in ("bac", "pv", "ev", "ac", "spi", "cpi", "eac_typical", "eac_single", "eac_both")
    }
    rounded = {name: None if value is None else round(value, 4) for name, value in money.items()}
    return {"project": state.project.name, "days_late": state.days_late, **rounded}
