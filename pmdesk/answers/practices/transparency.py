"""Practice 1, transparency: problems told in time, changes told, schedule and budget shown."""

from typing import Final

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    keys,
    state_of,
)
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.said import Share, said
from pmdesk.insight.disclosure import (
    Disclosure,
    DisclosureFigures,
    Problem,
    disclosure,
    disclosure_figures,
)
from pmdesk.records.choices import ProjectStatus
from pmdesk.records.practices import Practice
from pmdesk.records.project import Project
from pmdesk.records.transparency import IMPACT_FIELDS, ChangeRequest, Decision, Issue, Raid
from pmdesk.words import mark

# Working days after which a change without its effects or a decision is owed.
CHANGE_DAYS: Final = 3


def to_tell(rel: Relationship) -> list[Issue]:
    """Problems that the client has a right to hear of."""
    return [i for i in rel.of(Issue) if i.raid is Raid.ISSUE and not i.internal and i.found_at]


def problem_of(issue: Issue) -> Problem:
    """An issue as the disclosure clock sees it."""
    if issue.found_at is None:
        raise ValueError("a stored problem has its moment")
    complete = bool(issue.fix.strip()) and issue.fix_date is not None
    return Problem(issue.severity.value, issue.found_at, issue.told_at, complete)


def disclosure_of(rel: Relationship, issue: Issue) -> Disclosure:
    """The disclosure clock of an issue."""
    return disclosure(problem_of(issue), rel.clock, at=rel.at)


@once
def past_limit(rel: Relationship) -> list[Issue]:
    """Problems not told although their limit has passed, the longest first."""
    late = [i for i in to_tell(rel) if _untold(i) and disclosure_of(rel, i).in_time is False]
    return sorted(late, key=lambda issue: disclosure_of(rel, issue).due)


def _untold(issue: Issue) -> bool:
    return issue.told_at is None and issue.closed_on is None


@once
def transparency(rel: Relationship) -> PracticeFigures:
    """Practice 1 in figures."""
    issues = to_tell(rel)
    found = disclosure_figures(map(problem_of, issues), rel.clock, at=rel.at)
    late = past_limit(rel)
    score = None if found.share is None else found.share * 100
    waiting = [i for i in issues if _untold(i)]
    half = [i for i in issues if i.told_at and i.closed_on is None and not problem_of(i).complete]
    figures = (_told(found, issues, score), _open(waiting, late), _changes(rel), _shown(rel))
    headline, state, act = said(mark("Every problem was told in time")), state_of(score), None
    if not issues:
        headline = said(mark("No problem recorded yet: keep the log from the first one on"))
        act = NextAct(mark("Add a problem"), "issue")
    elif score is not None and score < 100:
        headline = said(
            mark("{n} of {all} told within the limit"), n=found.in_time, all=found.judged
        )
    if half:
        headline, state = said(mark("{n} told without a fix or its date"), n=len(half)), "warn"
        act = NextAct(mark("Complete it"), record=keys(half[0])[0])
    if waiting:
        headline, state = said(mark("{n} to be told, there is still time"), n=len(waiting)), "warn"
        act = NextAct(mark("Tell the client"), record=keys(waiting[0])[0])
    if late:
        headline, state = said(mark("{n} not told, past the limit"), n=len(late)), "bad"
        act = NextAct(mark("Tell the client"), record=keys(late[0])[0])
    return PracticeFigures(Practice.TRANSPARENCY, score, state, headline, figures, act)


def _told(found: DisclosureFigures, issues: list[Issue], score: float | None) -> Figure:
    lag = found.median_lag_hours
    return Figure(
        "told_in_time",
        mark("Told within the limit"),
        found.share,
        said("–") if found.share is None else said("{share}", share=Share(found.share)),
        said(mark("{n} of {all}, half of them within {lag} working hours"),
             n=found.in_time, all=found.judged, lag=lag)
        if lag is not None
        else said(mark("{n} of {all}"), n=found.in_time, all=found.judged),
        state_of(score),
        keys(*issues),
    )  # fmt: skip


def _open(waiting: list[Issue], late: list[Issue]) -> Figure:
    return Figure(
        "not_told",
        mark("Not yet told"),
        float(len(waiting)),
        said("{n}", n=len(waiting)),
        said(mark("{n} past the limit"), n=len(late)),
        "bad" if late else "warn" if waiting else "good",
        keys(*waiting),
    )


def _changes(rel: Relationship) -> Figure:
    decided = [c for c in rel.of(ChangeRequest) if c.decision is not Decision.OPEN]
    told = [c for c in decided if c.told_on]
    share = len(told) / len(decided) if decided else None
    waiting = [c for c in rel.of(ChangeRequest) if c.decision is Decision.OPEN]
    return Figure(
        "changes_told",
        mark("Changes told"),
        share,
        said("–") if share is None else said("{n} / {all}", n=len(told), all=len(decided)),
        said(mark("waiting for a decision: {n}"), n=len(waiting)),
        "none" if share is None else "good" if share == 1 else "warn",
        keys(*rel.of(ChangeRequest)),
    )


def changes_owed(rel: Relationship) -> list[ChangeRequest]:
    """Changes without a decision for more than three working days."""
    return [
        change
        for change in rel.of(ChangeRequest)
        if change.decision is Decision.OPEN
        and change.asked_on
        and rel.calendar.workdays_between(change.asked_on, rel.today) > CHANGE_DAYS
    ]


def effects_missing(change: ChangeRequest) -> int:
    """How many of the five effects nobody has weighed yet."""
    return sum(not getattr(change, name).strip() for name in IMPACT_FIELDS)


def _shown(rel: Relationship) -> Figure:
    running = [p for p in rel.of(Project) if p.status is ProjectStatus.RUNNING]
    shown = [
        p for p in running if p.baseline_end and p.forecast_end and p.budget_minor and p.spent_minor
    ]
    share = len(shown) / len(running) if running else None
    return Figure(
        "schedule_and_budget_shown",
        mark("Schedule and budget shown"),
        share,
        said("–") if share is None else said("{n} / {all}", n=len(shown), all=len(running)),
        said(mark("running projects with plan, forecast, budget and cost")),
        "none" if share is None else "good" if share == 1 else "warn",
        keys(*running),
    )
