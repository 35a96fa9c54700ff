"""Practice 1, transparency: problems told in time, changes told, schedule and budget shown."""

from collections.abc import Iterator

from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    keys,
    state_of,
)
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Said, Share, said
from pmdesk.insight.disclosure import (
    Disclosure,
    DisclosureFigures,
    Lags,
    Problem,
    disclosure,
    disclosure_figures,
)
from pmdesk.insight.responsiveness import FEW
from pmdesk.records.choices import ProjectStatus
from pmdesk.records.practices import Practice
from pmdesk.records.project import Project
from pmdesk.records.transparency import IMPACT_FIELDS, ChangeRequest, Decision, Issue, Raid
from pmdesk.words import mark


def to_tell(rel: Relationship) -> list[Issue]:
    """Problems that the client was told of or is owed, closed ones too."""
    return [i for i in _ours_to_tell(rel) if i.told_at is not None or i.owed]


def untold_for_a_reason(rel: Relationship) -> list[Issue]:
    """Problems that the client is not told of, for a reason that is recorded."""
    return [i for i in _ours_to_tell(rel) if i.told_at is None and not i.owed]


def _ours_to_tell(rel: Relationship) -> list[Issue]:
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
    """Problems not told although their limit has passed, closed or not, the longest first."""
    late = [i for i in to_tell(rel) if i.owed and disclosure_of(rel, i).in_time is False]
    return sorted(late, key=lambda issue: disclosure_of(rel, issue).due)


@once
def told_figures(rel: Relationship) -> DisclosureFigures:
    """How soon the client was told of all problems."""
    return disclosure_figures(map(problem_of, to_tell(rel)), rel.clock, at=rel.at)


@once
def transparency(rel: Relationship) -> PracticeFigures:
    """Practice 1 in figures."""
    issues = to_tell(rel)
    disclosures = told_figures(rel)
    late = past_limit(rel)
    score = None if disclosures.share is None else disclosures.share * 100
    waiting = [i for i in issues if i.owed]
    half = [i for i in issues if i.told_at and i.closed_on is None and not problem_of(i).complete]
    figures = (
        _told(disclosures, issues, score),
        _open(waiting, late, untold_for_a_reason(rel)),
        _changes(rel),
        _shown(rel),
    )
    headline, state, act = said(mark("Every problem was told in time")), state_of(score), None
    if not issues:
        headline = said(mark("No problem recorded yet: keep the log from the first one on"))
        act = NextAct(mark("Add a problem"), "issue")
    elif score is not None and score < 100:
        headline = said(
            mark("{n} of {all} told within the limit"),
            n=disclosures.in_time,
            all=disclosures.judged,
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


def _told(disclosures: DisclosureFigures, issues: list[Issue], score: float | None) -> Figure:
    note = said(mark("{n} of {all} told in time"), n=disclosures.in_time, all=disclosures.judged)
    for lags in disclosures.lags:
        for part in _lags_said(lags):
            note = said("{first} · {then}", first=note, then=part)
    return Figure(
        "told_in_time",
        mark("Told within the limit"),
        disclosures.share,
        said("–") if disclosures.share is None else said("{share}", share=Share(disclosures.share)),
        note,
        state_of(score),
        keys(*issues),
    )


def _lags_said(lags: Lags) -> Iterator[Said]:
    """How soon the problems of one kind of limit were told: each of a few, else by when half were."""
    of = "S1–S2" if lags.wall else "S3–S4"
    if len(lags.waits) >= FEW:
        if lags.median_hours is None:
            yield said(mark("{severities}: half are not told yet"), severities=of)
        else:
            time = _hours(lags, (f"{lags.median_hours:.1f}",))
            yield said(mark("{severities}: half are told within {time}"), severities=of, time=time)
        return
    for text, done in ((mark("{severities}: told after {time}"), True),
                       (mark("{severities}: not told after {time}"), False)):  # fmt: skip
        if hours := tuple(f"{wait.hours:.1f}" for wait in lags.waits if wait.answered is done):
            yield said(text, severities=of, time=_hours(lags, hours))


def _hours(lags: Lags, hours: tuple[str, ...]) -> Said:
    return said(mark("{hours} hours") if lags.wall else mark("{hours} working hours"), hours=hours)


def _open(waiting: list[Issue], late: list[Issue], reasoned: list[Issue]) -> Figure:
    note = said(mark("{n} past the limit"), n=len(late))
    if reasoned:
        note = said(mark("{first} · not told for a reason: {n}"), first=note, n=len(reasoned))
    return Figure(
        "not_told",
        mark("Not yet told"),
        float(len(waiting)),
        said("{n}", n=len(waiting)),
        note,
        "bad" if late else "warn" if waiting else "good",
        keys(*waiting, *reasoned),
    )


def _changes(rel: Relationship) -> Figure:
    decided = [c for c in rel.of(ChangeRequest) if c.decision is not Decision.OPEN]
    told_changes = [c for c in decided if c.told_on]
    share = len(told_changes) / len(decided) if decided else None
    waiting = [c for c in rel.of(ChangeRequest) if c.decision is Decision.OPEN]
    return Figure(
        "changes_told",
        mark("Changes told"),
        share,
        said("–") if share is None else said("{n} / {all}", n=len(told_changes), all=len(decided)),
        said(mark("waiting for a decision: {n}"), n=len(waiting)),
        "none" if share is None else "good" if share == 1 else "warn",
        keys(*rel.of(ChangeRequest)),
    )


@once
def changes_owed(rel: Relationship) -> list[ChangeRequest]:
    """Changes without a decision for longer than they may wait."""
    return [change for change in rel.of(ChangeRequest) if is_overdue(rel, change)]


def is_overdue(rel: Relationship, change: ChangeRequest) -> bool:
    """Whether a change has waited for its decision for more working days than its limit."""
    return bool(
        change.decision is Decision.OPEN
        and change.asked_on
        and rel.calendar.workdays_between(change.asked_on, rel.today) > rel.limits["change_days"]
    )


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
