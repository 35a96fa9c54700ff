"""What a crisis taught: kept with it, its cause in the risk log, its plan as it is to be from now on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from pmdesk.actions.checks import problems_in
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_room import Room
from pmdesk.journal.changes import Changes
from pmdesk.journal.journal import Journal
from pmdesk.records.crisis import Crisis, CrisisPlan
from pmdesk.records.problems import Problem
from pmdesk.records.transparency import Issue, Raid
from pmdesk.words import mark

LEARNED: Final = mark("Post-mortem of “{what}” kept")
_NEEDED: Final = ("causes", "actions")
# What a crisis may change in its plan, by the plan's fields.
PLAN_FIELDS: Final = ("trigger", "notices", "steps", "criteria")


class Lessons(NamedTuple):
    """What was written down. `risk` goes into the risk log, `plan` changes the plan's fields."""

    facts: str
    causes: str
    actions: str
    plan_change: str = ""
    risk: str = ""
    plan: Mapping[str, Any] = {}


def timeline(room: Room) -> str:
    """The log of a crisis as lines with their times, the oldest first: facts to begin with."""
    lines = []
    for one in reversed(room.log):
        who = f"{one.who}: " if one.who and one.who != one.text else ""
        at = f"{one.at.astimezone(room.zone):%m-%d %H:%M}  " if one.at else ""
        lines.append(f"{at}{who}{one.text}")
    return "\n".join(lines)


def keep_post_mortem(
    journal: Journal, crisis: Crisis, lessons: Lessons, *, at: datetime
) -> Changes:
    """Keep what a crisis taught, in one step.

    Raises Refused without causes or what is done now, and for what cannot stand in the plan.
    """
    stored = journal.get(Crisis, crisis.id or 0) or crisis
    plan = journal.get(CrisisPlan, stored.plan_id) if stored.plan_id is not None else None
    changed = None if plan is None else replace(plan, **_known(lessons.plan))
    problems = [
        Problem(name, mark("This cannot stay empty."))
        for name in _NEEDED
        if not getattr(lessons, name).strip()
    ]
    if changed is not None and changed != plan:
        problems += problems_in(journal, changed)
    if problems:
        raise Refused(problems)
    with journal.action(LEARNED, at=at, what=stored.title) as act:
        act.save(
            replace(stored, facts=lessons.facts.strip(), causes=lessons.causes.strip(),
                    actions=lessons.actions.strip(), plan_change=lessons.plan_change.strip())
        )  # fmt: skip
        if lessons.risk.strip():
            risk = act.save(
                Issue(client_id=stored.client_id, raid=Raid.RISK, severity=stored.level,
                      statement=lessons.risk.strip(), found_at=at, fix=lessons.actions.strip(),
                      internal=True)
            )  # fmt: skip
            if changed is not None and changed.issue_id is None:
                changed = replace(changed, issue_id=risk.id)
        if changed is not None and changed != plan:
            act.save(changed)
    return act.changes()


def _known(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if name in PLAN_FIELDS}
