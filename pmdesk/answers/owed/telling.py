"""What a client is to be told: crises and problems, within their limits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from pmdesk.answers.crisis_tasks import lines_of, tasks
from pmdesk.answers.owed.row import Owed, owed
from pmdesk.answers.practices.crisis import crises, live
from pmdesk.answers.practices.transparency import problem_of, to_tell
from pmdesk.answers.relationship import Relationship
from pmdesk.insight.disclosure import disclosure_due
from pmdesk.records.crisis import Crisis, CrisisLine
from pmdesk.records.transparency import Issue

# How much heavier a severity makes what is owed.
_WEIGHT: Final = {"S1": 1.4, "S2": 1.2, "S3": 1.0, "S4": 0.9}
# Whoever was told without a fix and its date is owed both a day later.
_TO_COMPLETE: Final = timedelta(days=1)


def _due(rel: Relationship, severity: str, found_at: datetime) -> datetime:
    return disclosure_due(severity, found_at, rel.clock)


def crises_untold(rel: Relationship) -> Iterator[Owed]:
    """Crises the client has not been told of, from their finding on."""
    for crisis in crises(rel):
        if crisis.owed and crisis.found_at:
            yield _untold(
                rel, "crisis_untold", crisis, crisis.title, crisis.level.value, crisis.found_at
            )


def crisis_tasks(rel: Relationship) -> Iterator[Owed]:
    """Whom to tell and what to do in the crises that run, by their limits in wall time."""
    plans = rel.by_id("crisis_plan")
    for crisis in live(rel):
        if crisis.found_at is None:
            continue
        log = [line for line in rel.of(CrisisLine) if line.crisis_id == crisis.id]
        plan = plans.get(crisis.plan_id or 0)
        for name in ("notices", "steps"):
            notice = name == "notices"
            for task in tasks(
                crisis, lines_of(crisis, plan, name), log, rel.calendar, rel.zone, notice=notice
            ):
                if task.done_at is None and task.due is not None:
                    facts = {"crisis": crisis.title, "who": task.who, "limit": task.limit,
                             "due": task.due.isoformat(), "line": task.line, "notice": int(notice)}  # fmt: skip
                    what = task.who if notice else task.what or task.who
                    yield owed(rel, "crisis_task", crisis, what, shown_from=crisis.found_at,
                               late_from=task.due, weight=_WEIGHT[crisis.level.value], facts=facts)  # fmt: skip


def untold(rel: Relationship) -> Iterator[Owed]:
    """Problems the client has not been told of, from their finding on."""
    for issue in to_tell(rel):
        if issue.owed and issue.found_at:
            yield _untold(
                rel, "untold", issue, issue.statement, issue.severity.value, issue.found_at
            )


def _untold(
    rel: Relationship, rule: str, record: Issue | Crisis, what: str, severity: str, found: datetime
) -> Owed:
    due = _due(rel, severity, found)
    facts = {"severity": severity, "found_at": found.isoformat(), "due": due.isoformat()}
    return owed(rel, rule, record, what, shown_from=found, late_from=due,
                weight=_WEIGHT[severity], facts=facts)  # fmt: skip


def incomplete(rel: Relationship) -> Iterator[Owed]:
    """Open problems the client was told of without a fix or without its date."""
    for issue in to_tell(rel):
        if issue.told_at and issue.closed_on is None and not problem_of(issue).complete:
            facts = {
                "told_at": issue.told_at.isoformat(),
                "missing": "fix" if not issue.fix.strip() else "date",
            }
            yield owed(rel, "incomplete", issue, issue.statement, shown_from=issue.told_at,
                       late_from=issue.told_at + _TO_COMPLETE, facts=facts)  # fmt: skip


def post_mortems(rel: Relationship) -> Iterator[Owed]:
    """Crises that are over and of which nobody has written down the causes and what follows."""
    for crisis in crises(rel):
        if crisis in live(rel) or crisis.stood_down_at is None:
            continue
        if not (crisis.causes.strip() and crisis.actions.strip()):
            yield owed(rel, "post_mortem", crisis, crisis.title, shown_from=crisis.stood_down_at,
                       late_from=crisis.stood_down_at + timedelta(days=5),
                       facts={"since": crisis.stood_down_at.isoformat()})  # fmt: skip
