"""What is ready for a crisis, over all clients: plans with what they lack, and what is still to be learned."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from pmdesk.answers.calendars import zone_of
from pmdesk.answers.limits import limits_of
from pmdesk.insight.readiness import PlanState, is_ready, rehearse_by
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis, CrisisPlan, Rehearsal
from pmdesk.typed.spelled import sort_key


class PlanLine(NamedTuple):
    """A plan, whose, what it lacks, when it was and is next to be rehearsed, whether it is ready."""

    plan: CrisisPlan
    client: str
    missing: tuple[str, ...]
    rehearsed_on: date | None
    rehearse_by: date
    ready: bool


def crisis_of(
    plan: CrisisPlan | None, *, client_id: int, title: str, at: datetime, rehearsal: bool = False
) -> Crisis:
    """A crisis found at `at`, with the steps, notices, texts and criteria of its plan if it has one."""
    if plan is None:
        return Crisis(client_id=client_id, title=title, found_at=at, rehearsal=rehearsal)
    return Crisis(
        client_id=client_id,
        plan_id=plan.id,
        title=title or plan.scenario,
        level=plan.level,
        found_at=at,
        rehearsal=rehearsal,
        notices=plan.notices,
        steps=plan.steps,
        statement_en=plan.statement_en,
        statement_zh=plan.statement_zh,
        criteria=plan.criteria,
    )


def plan_lines(journal: Journal, at: datetime) -> list[PlanLine]:
    """The plans of all clients, by client, the worst level first: each is found where it always is."""
    clients = {client.id: client for client in journal.find(Client)}
    held = journal.find(Rehearsal, order="day, id")
    lines = []
    for plan in journal.find(CrisisPlan, order="client_id, id"):
        client = clients.get(plan.client_id)
        today = at.astimezone(zone_of(journal, client)).date()
        days = [one.day for one in held if one.plan_id == plan.id and one.day and one.day <= today]
        state = PlanState(plan.missing, max(days, default=None))
        every = timedelta(days=limits_of(journal, plan.client_id)["rehearse_days"])
        lines.append(
            PlanLine(plan, client.name if client else "", plan.missing, state.rehearsed_on,
                     rehearse_by(state, every=every), is_ready(state, at=today, every=every))
        )  # fmt: skip
    return sorted(lines, key=lambda line: (sort_key(line.client), line.plan.level.value))


def to_learn_from(journal: Journal) -> list[Crisis]:
    """Crises that are over and of which nobody has written down causes and actions, the latest first."""
    over = journal.find(
        Crisis, "stood_down_at IS NOT NULL AND rehearsal = 0", order="stood_down_at DESC, id"
    )
    return [one for one in over if not (one.causes.strip() and one.actions.strip())]
