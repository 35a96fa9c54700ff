"""Practice 7, feedback: reports on their days, what the client says, the unhappy client."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import Final, NamedTuple

from pmdesk.answers.practices.communication import plan_figure, plan_kept
from pmdesk.answers.practices.figures import (
    Figure,
    NextAct,
    PracticeFigures,
    keys,
    state_of,
)
from pmdesk.answers.relationship import Relationship, once
from pmdesk.answers.text.said import Figured, Said, Share, said
from pmdesk.insight.satisfaction import (
    FEWEST,
    Score,
    net_promoter_score,
    satisfied_share,
)
from pmdesk.records.feedback import Feedback
from pmdesk.records.practices import Practice
from pmdesk.records.recovery import Complaint
from pmdesk.words import mark

YEAR: Final = timedelta(days=365)
FIRST_FOLLOW_UP_DAYS: Final = 2
SECOND_FOLLOW_UP: Final = timedelta(weeks=2)
_AGAIN: Final = timedelta(days=90)


@once
def recent_feedback(rel: Relationship) -> list[Feedback]:
    """Feedback of the last year, the newest first."""
    found = [f for f in rel.of(Feedback) if f.day and f.day > rel.today - YEAR]
    return sorted(found, key=lambda f: (f.day or date.min, f.id or 0), reverse=True)


@once
def csat(rel: Relationship) -> Score | None:
    """The satisfied share of the last year."""
    return satisfied_share([f.csat for f in recent_feedback(rel) if f.csat is not None])


def nps(rel: Relationship) -> Score | None:
    """The net promoter score of the last year, of however few answers."""
    return net_promoter_score([f.nps for f in recent_feedback(rel) if f.nps is not None])


class Case(NamedTuple):
    """An unhappy-client case: hours to acknowledge and days to agree, the next step and its day."""

    complaint: Complaint
    hours_to_acknowledge: float | None
    days_to_agreement: int | None
    again: bool
    next_due: date | None
    overdue: bool


@once
def cases(rel: Relationship) -> list[Case]:
    """All cases, the newest first."""
    complaints = sorted(rel.of(Complaint), key=lambda c: c.heard_at or rel.at, reverse=True)
    closed = sorted(c.closed_on for c in complaints if c.closed_on)
    return [_case(rel, c, closed) for c in complaints]


@once
def cases_by_id(rel: Relationship) -> dict[int | None, Case]:
    """Every unhappy-client case by the id of its complaint."""
    return {case.complaint.id: case for case in cases(rel)}


def _case(rel: Relationship, c: Complaint, closed: list[date]) -> Case:
    heard = c.heard_at or rel.at
    hours = None
    if c.acknowledged_at:
        hours = rel.clock.hours_between(heard.timestamp(), c.acknowledged_at.timestamp())
    days = (c.agreed_on - rel.day_of(heard)).days if c.agreed_on else None
    due = follow_up_due(rel, c)
    return Case(
        c,
        hours,
        days,
        _is_again(rel.day_of(heard), c, closed),
        due,
        due is not None and due < rel.today,
    )


def _is_again(heard: date, c: Complaint, closed: list[date]) -> bool:
    """Whether a case was heard within 90 days after another was closed, of all the days `closed`."""
    before = bisect_right(closed, heard) - bisect_left(closed, heard - _AGAIN)
    counts_itself = c.closed_on is not None and timedelta(0) <= heard - c.closed_on <= _AGAIN
    return before - counts_itself > 0


def follow_up_due(rel: Relationship, c: Complaint) -> date | None:
    """The day on which the next step is due: the solution, then 2 working days, then 2 weeks."""
    if c.closed_on:
        return None
    if c.done_on is None:
        return c.due
    first, second = follow_up_days(rel, c.done_on)
    return first if not c.follow_up_1 else second if not c.follow_up_2 else None


def follow_up_days(rel: Relationship, done_on: date) -> tuple[date, date]:
    """When the client is asked how it holds: 2 working days after it was done, and 2 weeks after."""
    first = done_on
    for _ in range(FIRST_FOLLOW_UP_DAYS):
        first = rel.calendar.next_workday(first + timedelta(days=1))
    return first, rel.calendar.next_workday(done_on + SECOND_FOLLOW_UP)


@once
def feedback(rel: Relationship) -> PracticeFigures:
    """Practice 7 in figures; the score is the mean of reports in time and the satisfied share."""
    plan = plan_kept(rel, reports=True)
    due, in_time = sum(p.kept.due for p in plan), sum(p.kept.in_time for p in plan)
    share, satisfied = in_time / due if due else None, csat(rel)
    known = [
        part * 100 for part in (share, satisfied.value if satisfied else None) if part is not None
    ]
    score = sum(known) / len(known) if known else None
    open_ = [case for case in cases(rel) if case.complaint.closed_on is None]
    figures = (
        plan_figure("reports_in_time", mark("Reports in time"), plan),
        _csat(rel, satisfied),
        _nps(rel),
        Figure(
            "unhappy",
            mark("Unhappy-client cases open"),
            float(len(open_)),
            said("{n}", n=len(open_)),
            said(mark("{n} past the next step"), n=sum(case.overdue for case in open_)),
            "bad" if open_ else "good",
            keys(*(case.complaint for case in open_)),
        ),
    )
    headline, state, act = (
        said(mark("Reports on their days, the client satisfied")),
        state_of(score),
        None,
    )
    if not plan:
        headline = said(mark("No report is planned"))
        act = NextAct(mark("Plan a report"), "plan_line")
    elif satisfied is None:
        headline = said(mark("No mark of the client in a year: ask"))
        state, act = "warn", NextAct(mark("Note feedback"), "feedback")
    elif state != "good":
        headline = _satisfied_said(rel, satisfied)
        if due:
            reports = said(mark("{n} of {all} reports in time"), n=in_time, all=due)
            headline = said("{first} · {then}", first=reports, then=headline)
    if open_:
        headline, state = said(mark("The client is unhappy: {n} open"), n=len(open_)), "bad"
        act = NextAct(mark("Take the next step"), record=keys(open_[0].complaint)[0], leads="path")
    return PracticeFigures(Practice.FEEDBACK, score, state, headline, figures, act)


def _satisfied_said(rel: Relationship, satisfied: Score) -> Said:
    """How satisfied the client is: a share of many marks, the marks themselves of a few."""
    if satisfied.n < FEWEST:
        return said(mark("marks of 5: {given}"), given=_given(rel, "csat"))
    return said(mark("{share} satisfied"), share=Share(satisfied.value))


def _given(rel: Relationship, name: str) -> tuple[str, ...]:
    """The answers themselves, the newest first."""
    return tuple(str(n) for f in recent_feedback(rel) if (n := getattr(f, name)) is not None)


def _csat(rel: Relationship, satisfied: Score | None) -> Figure:
    answers = [f for f in recent_feedback(rel) if f.csat is not None]
    label = mark("Satisfied (CSAT)")
    if satisfied is None:
        return Figure("csat", label, None, said("–"), said(mark("no mark in a year")))
    if satisfied.n < FEWEST:
        note = said(mark("too few for a share: {n}"), n=satisfied.n)
        given = said("{given}", given=_given(rel, "csat"))
        return Figure("csat", label, None, given, note, records=keys(*answers))
    return Figure(
        "csat",
        label,
        satisfied.value,
        said("{share}", share=Share(satisfied.value)),
        said(mark("95% {low}–{high} · n = {n}"), low=Share(satisfied.low), high=Share(satisfied.high),
             n=satisfied.n),
        state_of(satisfied.value * 100),
        keys(*answers),
    )  # fmt: skip


def _nps(rel: Relationship) -> Figure:
    answers = [f for f in recent_feedback(rel) if f.nps is not None]
    score, label = nps(rel), mark("Would recommend us (NPS)")
    if score is None:
        return Figure("nps", label, None, said("–"), said(mark("no mark in a year")))
    if score.n < FEWEST:
        note = said(mark("too few for a score: {n}"), n=score.n)
        given = said("{given}", given=_given(rel, "nps"))
        return Figure("nps", label, None, given, note, records=keys(*answers))
    return Figure(
        "nps",
        label,
        score.value,
        said("{score}", score=Figured(score.value, 0)),
        said(mark("95% {low} to {high} · n = {n}"), low=Figured(score.low, 0),
             high=Figured(score.high, 0), n=score.n),
        "good" if score.value > 0 else "warn",
        keys(*answers),
    )  # fmt: skip
