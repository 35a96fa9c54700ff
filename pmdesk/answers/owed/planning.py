"""What the plans ask for: reports on their day, plans for the high risks, rehearsals."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pmdesk.answers.owed.row import Owed, begins, owed
from pmdesk.answers.practices.communication import LOOK_BACK
from pmdesk.answers.practices.crisis import plan_readiness, plans_by_risk, ranked_risks
from pmdesk.answers.relationship import Relationship
from pmdesk.insight.cadence import due_days
from pmdesk.insight.risk import Level
from pmdesk.records.communication import PlanLine
from pmdesk.records.crisis import CrisisPlan
from pmdesk.records.feedback import ReportSent

_DAY = timedelta(days=1)


def reports(rel: Relationship) -> Iterator[Owed]:
    """The next report of each line of the plan that has not gone out, from its day on."""
    for line in rel.of(PlanLine):
        if not line.report or line.first_on is None:
            continue
        until = min(rel.today + timedelta(days=100), line.ended_on or date.max)
        days = list(
            due_days(
                line.cadence.value, int(line.weekday.value), line.first_on, until, rel.calendar
            )
        )
        sent = sorted(
            r.sent_on for r in rel.of(ReportSent) if r.plan_line_id == line.id and r.sent_on
        )
        due = next_unsent(days, sent, since=rel.today - LOOK_BACK)
        if due is not None:
            yield owed(rel, "report", line, line.what, shown_from=begins(rel, due),
                       late_from=begins(rel, due + _DAY),
                       facts={"due": due.isoformat(),
                              "last": sent[-1].isoformat() if sent else None})  # fmt: skip


def next_unsent(days: Sequence[date], sent: Sequence[date], *, since: date) -> date | None:
    """The first of `days`, from `since` on, that nothing sent has settled.

    What was sent settles the due day it is nearest to, the coming one of two as near; those before
    that one are missed for good. Both are in order.
    """
    settled = _settled_by(sent[-1], days) if days and sent else date.min
    return next((day for day in days if day >= since and day > settled), None)


def _settled_by(sent: date, days: Sequence[date]) -> date:
    """The due day nearest to what was sent; `date.min` where it went out well before the first."""
    first, *later = days
    if later and 2 * (first - sent) > later[0] - first:
        return date.min  # it was for a day that the plan no longer has
    return min(days, key=lambda day: (abs(day - sent), day < sent))


def risks(rel: Relationship) -> Iterator[Owed]:
    """High risks that no plan is for."""
    for ranked in ranked_risks(rel):
        if ranked.level is Level.HIGH and ranked.issue.id not in plans_by_risk(rel):
            found = ranked.issue.found_at
            yield owed(rel, "risk", ranked.issue, ranked.issue.statement, shown_from=found,
                       facts={"score": ranked.risk.score})  # fmt: skip


def rehearsals(rel: Relationship) -> Iterator[Owed]:
    """Plans that are incomplete, or were not rehearsed for as long as agreed."""
    for plan in rel.of(CrisisPlan):
        state = plan_readiness(rel, plan)
        facts = {
            "missing": len(state.missing),
            "rehearsed_on": state.rehearsed_on.isoformat() if state.rehearsed_on else None,
        }
        if state.missing or state.rehearsed_on is None:
            yield owed(rel, "rehearse", plan, plan.scenario, facts=facts)
        else:
            late = begins(rel, state.due + _DAY)
            yield owed(rel, "rehearse", plan, plan.scenario, shown_from=late, late_from=late,
                       facts=facts)  # fmt: skip
