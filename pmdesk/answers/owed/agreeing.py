"""What is to be agreed with the client: gaps, confirmations, changes, solutions."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pmdesk.answers.owed.row import Owed, begins, owed
from pmdesk.answers.practices.expectations import expectation_gaps, gap_said
from pmdesk.answers.practices.needs import is_confirmed, needs_now, targets
from pmdesk.answers.practices.transparency import effects_missing
from pmdesk.answers.relationship import OVER, Relationship
from pmdesk.answers.text.said import stored
from pmdesk.insight.gaps import GapState
from pmdesk.insight.worktime import CalendarRules
from pmdesk.records.project import Project, Stage
from pmdesk.records.transparency import ChangeRequest, Decision, Issue

# A gap to be explained is asked for as such, and what was agreed anew is confirmed by that.
_IN_QUESTION: Final = frozenset({GapState.UNCONFIRMED, GapState.WITHIN})


def gaps(rel: Relationship) -> Iterator[Owed]:
    """Expectations whose gap lies beyond its tolerance and is not explained."""
    for gap in expectation_gaps(rel):
        if gap.state is GapState.TO_EXPLAIN:
            facts = {"gap": stored(gap_said(gap))}
            yield owed(rel, "gap", gap.expectation, gap.expectation.statement, facts=facts)


def unconfirmed(rel: Relationship) -> Iterator[Owed]:
    """Expectations and needs that nobody confirmed at the current stage: one row of a stage.

    Nobody is asked any more about a project that is over.
    """
    over = {project.id for project in rel.of(Project) if project.status in OVER}
    stages = rel.current_stages()
    open_: dict[int | None, list[object]] = {}
    of_project = {stage.project_id: stage for stage in stages}
    for gap in expectation_gaps(rel):
        if (
            not gap.confirmed
            and gap.state in _IN_QUESTION
            and gap.expectation.project_id not in over
        ):
            stage = _stage(of_project, stages, gap.expectation.project_id)
            open_.setdefault(stage.id if stage else None, []).append(gap.expectation)
    for need in needs_now(rel):
        if need.project_id not in over and not is_confirmed(rel, need):
            stage = _stage(of_project, stages, need.project_id)
            open_.setdefault(stage.id if stage else None, []).append(need)
    by_id = {stage.id: stage for stage in stages}
    for stage_id, records in open_.items():
        stage = by_id.get(stage_id)
        ends = (stage.forecast_end or stage.baseline_end) if stage else None
        late = None
        if ends is not None:
            late = begins(rel, back_workdays(rel.calendar, ends, rel.limits["stage_days"]))
        first = records[0]
        facts = {
            "n": len(records),
            "stage": stage.name if stage else "",
            "ends": ends.isoformat() if ends else None,
        }
        yield owed(rel, "confirm", first, str(getattr(first, "statement", "")), late_from=late,
                   facts=facts)  # fmt: skip


def _stage(
    of_project: dict[int | None, Stage], stages: list[Stage], project: int | None
) -> Stage | None:
    if project is None:
        return stages[0] if stages else None
    return of_project.get(project)


def back_workdays(calendar: CalendarRules, day: date, count: int) -> date:
    """The working day that lies `count` working days before `day`, or before the last up to it."""
    day = calendar.previous_workday(day)
    for _ in range(count):
        day = calendar.previous_workday(day - timedelta(days=1))
    return day


def on_workdays(calendar: CalendarRules, day: date, count: int) -> date:
    """The working day that lies `count` working days after `day`."""
    for _ in range(count):
        day = calendar.next_workday(day + timedelta(days=1))
    return day


def changes(rel: Relationship) -> Iterator[Owed]:
    """Changes without a decision for longer than their limit, and decisions not told."""
    for change in rel.of(ChangeRequest):
        if change.decision is Decision.OPEN and change.asked_on:
            since = on_workdays(rel.calendar, change.asked_on, rel.limits["change_days"] + 1)
            late = begins(rel, since)
            facts = {"asked_on": change.asked_on.isoformat(), "effects": effects_missing(change)}
            yield owed(rel, "change", change, change.title, shown_from=late, late_from=late,
                       facts=facts)  # fmt: skip
        elif change.decided_on and change.told_on is None and not change.internal:
            since = begins(rel, change.decided_on)
            yield owed(rel, "change_untold", change, change.title, shown_from=since,
                       late_from=since + timedelta(days=1),
                       facts={"decided_on": change.decided_on.isoformat()})  # fmt: skip


def solutions(rel: Relationship) -> Iterator[Owed]:
    """Problems and needs without a chosen solution for longer than their limit."""
    for target in targets(rel):
        if target.chosen is None and target.since:
            since = on_workdays(rel.calendar, target.since, rel.limits["solution_days"] + 1)
            late = begins(rel, since)
            weight = 1.2 if isinstance(target.record, Issue) else 1.0
            facts = {"since": target.since.isoformat(), "options": len(target.options)}
            yield owed(rel, "solution", target.record, target.record.statement, shown_from=late,
                       late_from=late, weight=weight, facts=facts)  # fmt: skip
