"""Where a project stands: baseline and forecast of its stages, earned value."""

from typing import NamedTuple

from pmdesk.answers.relationship import OVER, Relationship
from pmdesk.answers.years import unannounced_between
from pmdesk.insight.earned_value import (
    EarnedValue,
    PlannedStage,
    earned_share,
    earned_value,
    planned_share,
)
from pmdesk.insight.gaps import schedule_gap
from pmdesk.records.project import Project, Stage


class ProjectState(NamedTuple):
    """A project: its stages, working days behind, earned value (money in minor units) if known.

    The days behind are `preliminary` where they run into a year whose holidays nobody knows.
    """

    project: Project
    stages: tuple[Stage, ...]
    days_late: int | None
    earned: EarnedValue | None
    preliminary: bool = False


def project_states(rel: Relationship) -> list[ProjectState]:
    """Every project that is not yet done, the newest first."""
    return [_state(rel, project) for project in rel.of(Project)[::-1] if project.status not in OVER]


def _state(rel: Relationship, project: Project) -> ProjectState:
    stages = sorted(
        (stage for stage in rel.of(Stage) if stage.project_id == project.id),
        key=lambda stage: (stage.position, stage.id or 0),
    )
    late = None
    if project.baseline_end and project.forecast_end:
        late = schedule_gap(project.baseline_end, project.forecast_end, rel.calendar)
    ends = (project.baseline_end, project.forecast_end) if late is not None else ()
    preliminary = bool(unannounced_between(rel.calendar, ends))
    return ProjectState(project, tuple(stages), late, _earned(rel, project, stages), preliminary)


def _earned(rel: Relationship, project: Project, stages: list[Stage]) -> EarnedValue | None:
    """Earned value by the shares of the stages; by the whole project where they have none."""
    if project.budget_minor is None or project.spent_minor is None:
        return None
    planned = [
        PlannedStage((s.share or 0) / 100, s.baseline_start, s.baseline_end, s.progress / 100)
        for s in stages
        if s.baseline_start and s.baseline_end
    ]
    if not planned or sum(stage.share for stage in planned) <= 0:
        if not (project.baseline_start and project.baseline_end):
            return None
        whole = PlannedStage(
            1.0, project.baseline_start, project.baseline_end, project.progress / 100
        )
        planned = [whole]
    budget = float(project.budget_minor)
    return earned_value(
        budget,
        pv=budget * planned_share(planned, rel.today),
        ev=budget * earned_share(planned),
        ac=float(project.spent_minor),
    )
