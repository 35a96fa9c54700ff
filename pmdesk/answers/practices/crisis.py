"""Practice 8, crisis: are the high risks planned for, and was the client told in time."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    State,
    keys,
    state_of,
)
from pmdesk.answers.practices.under import under
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Amount, Said, said
from pmdesk.insight.disclosure import disclosure_due
from pmdesk.insight.readiness import PlanState, Readiness, is_ready, rehearse_by
from pmdesk.insight.risk import Level, Risk, by_harm, level
from pmdesk.records.crisis import Crisis, CrisisPlan, Rehearsal
from pmdesk.records.practices import Practice
from pmdesk.records.transparency import IMPACTS, ODDS, Issue, Raid
from pmdesk.words import mark


def risk_of(issue: Issue) -> Risk | None:
    """An issue as a risk; None where probability or impact is not assessed."""
    odds, impact = ODDS.get(issue.probability.value), IMPACTS.get(issue.impact.value)
    if odds is None or impact is None:
        return None
    return Risk(int(issue.id or 0), odds, impact, issue.cost_minor)


class RankedRisk(NamedTuple):
    """An open risk with its score and level, in the order of harm."""

    issue: Issue
    risk: Risk
    level: Level
    loss: Amount | None


def expected_loss(rel: Relationship, issue: Issue) -> Amount | None:
    """Probability × the money at stake, in the currency of its project or of the only one."""
    risk = risk_of(issue)
    if risk is None or risk.expected_cost_minor is None:
        return None
    projects = rel.by_id("project")
    own = projects.get(issue.project_id or 0)
    if own is None and len(projects) == 1:
        (own,) = projects.values()
    whole = round(risk.expected_cost_minor / 100) * 100  # nobody expects a loss to the cent
    return Amount(whole, own.currency if own else "")


@once
def ranked_risks(rel: Relationship) -> list[RankedRisk]:
    """Open risks that are assessed: by expected loss where money is known, else by score."""
    issues = {i.id: i for i in rel.of(Issue) if i.raid is Raid.RISK and i.closed_on is None}
    risks = [risk for issue in issues.values() if (risk := risk_of(issue))]
    return [
        RankedRisk(issues[r.id], r, level(r.score), expected_loss(rel, issues[r.id]))
        for r in by_harm(risks)
    ]


@once
def plans_by_risk(rel: Relationship) -> dict[int | None, CrisisPlan]:
    """The crisis plan of each risk that has one, by the risk's id."""
    return {plan.issue_id: plan for plan in rel.of(CrisisPlan)}


class PlanReadiness(NamedTuple):
    """A plan: what it lacks, when last rehearsed, when next due, whether it is ready."""

    plan: CrisisPlan
    missing: tuple[str, ...]
    rehearsed_on: date | None
    due: date
    ready: bool


@once
def _rehearsals(rel: Relationship) -> Mapping[int | None, list[Rehearsal]]:
    return under(rel.of(Rehearsal), "plan_id")


def plan_readiness(rel: Relationship, plan: CrisisPlan) -> PlanReadiness:
    """How ready a plan is today."""
    rehearsals = _rehearsals(rel).get(plan.id, ())
    days = [r.day for r in rehearsals if r.day and r.day <= rel.today]
    state = PlanState(plan.missing, max(days, default=None))
    every = timedelta(days=rel.limits["rehearse_days"])
    ready = is_ready(state, at=rel.today, every=every)
    return PlanReadiness(
        plan, plan.missing, state.rehearsed_on, rehearse_by(state, every=every), ready
    )


def readiness(rel: Relationship) -> tuple[Readiness, list[Issue]]:
    """Readiness against the high risks, and those that nothing is ready for."""
    high = [r.issue for r in ranked_risks(rel) if r.level is Level.HIGH]
    covered = {p.issue_id for p in rel.of(CrisisPlan) if plan_readiness(rel, p).ready}
    bare = [issue for issue in high if issue.id not in covered]
    return Readiness(len(high), len(high) - len(bare)), bare


def crises(rel: Relationship) -> list[Crisis]:
    """Crises that happened; a rehearsal is none."""
    return [c for c in rel.of(Crisis) if not c.rehearsal]


@once
def live(rel: Relationship) -> list[Crisis]:
    """Crises that are not stood down."""
    return [c for c in crises(rel) if c.stood_down_at is None]


def told_in_time(rel: Relationship, crisis: Crisis) -> bool | None:
    """Whether the client heard within the limit of its level; None while there is time.

    None too where a reason is recorded why the client is not told.
    """
    if crisis.found_at is None or not (crisis.told_at or crisis.owed):
        return None
    due = disclosure_due(crisis.level.value, crisis.found_at, rel.clock)
    if crisis.told_at is not None:
        return crisis.told_at <= due
    return False if rel.at > due else None


@once
def silent(rel: Relationship) -> list[Crisis]:
    """Crises not told although their limit has passed, stood down or not."""
    return [c for c in crises(rel) if c.owed and told_in_time(rel, c) is False]


@once
def crisis(rel: Relationship) -> PracticeFigures:
    """Practice 8 in figures."""
    ready, bare = readiness(rel)
    score = None if ready.share is None else ready.share * 100
    running = live(rel)
    judged = [(c, t) for c in crises(rel) if (t := told_in_time(rel, c)) is not None]
    plans = [plan_readiness(rel, plan) for plan in rel.of(CrisisPlan)]
    stale = [p for p in plans if not p.ready]
    reasoned = [c for c in crises(rel) if c.told_at is None and not c.owed]
    note = said(mark("S1 1 h, S2 4 h, else a working day"))
    if reasoned:
        note = said(mark("{first} · not told for a reason: {n}"), first=note, n=len(reasoned))
    figures = (
        Figure(
            "ready",
            mark("Ready for the high risks"),
            ready.share,
            said("–")
            if score is None
            else said("{n} / {all}", n=ready.ready, all=ready.high_risks),
            said(mark("with a plan, complete and rehearsed in time")),
            state_of(score),
            keys(*(r.issue for r in ranked_risks(rel)), *rel.of(CrisisPlan)),
        ),
        Figure(
            "plans_ready",
            mark("Plans ready"),
            float(len(plans) - len(stale)),
            said("{n} / {all}", n=len(plans) - len(stale), all=len(plans)),
            said(mark("complete and rehearsed")),
            "none" if not plans else "warn" if stale else "good",
            keys(*rel.of(CrisisPlan), *rel.of(Rehearsal)),
        ),
        Figure(
            "told_in_time",
            mark("Crises told within the limit"),
            sum(t for _, t in judged) / len(judged) if judged else None,
            said("{n} / {all}", n=sum(t for _, t in judged), all=len(judged))
            if judged
            else said("–"),
            note,
            "none" if not judged else "good" if all(t for _, t in judged) else "bad",
            keys(*(c for c, _ in judged), *reasoned),
        ),
        Figure(
            "live",
            mark("Crises running"),
            float(len(running)),
            said("{n}", n=len(running)),
            said(mark("not stood down")),
            "bad" if running else "good",
            keys(*running),
        ),
    )
    headline, state, act = _say(rel, ready, bare, running, score)
    return PracticeFigures(Practice.CRISIS, score, state, headline, figures, act)


def _say(
    rel: Relationship,
    ready: Readiness,
    bare: list[Issue],
    running: list[Crisis],
    score: float | None,
) -> tuple[Said, State, NextAct | None]:
    """Headline, state and next act, the most pressing last."""
    headline, state = said(mark("A rehearsed plan for every high risk")), state_of(score)
    act: NextAct | None = None
    if ready.share is None:
        headline = said(mark("No high risk recorded"))
        act = NextAct(mark("Add a risk"), "issue")
    elif bare:
        headline = said(
            mark("{n} of {all} high risks have a rehearsed plan"),
            n=ready.ready,
            all=ready.high_risks,
        )
        plan = plans_by_risk(rel).get(bare[0].id)
        act = (
            NextAct(mark("Complete or rehearse"), record=keys(plan)[0])
            if plan
            else NextAct(mark("Make a plan"), record=keys(bare[0])[0])
        )
    if untold := [c for c in silent(rel) if c.stood_down_at]:
        headline, state = (
            said(mark("Stood down, and the client is not told: {what}"), what=untold[0].title),
            "bad",
        )
        act = NextAct(mark("Tell the client"), record=keys(untold[0])[0])
    if running:
        headline, state = said(mark("A crisis is running: {what}"), what=running[0].title), "bad"
        act = NextAct(mark("Open the crisis"), record=keys(running[0])[0])
    return headline, state, act
