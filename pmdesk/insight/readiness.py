"""Are we ready for what may go wrong: plans complete and rehearsed, steps within their limits."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

REHEARSED_FOR: Final = timedelta(days=180)  # ISO 22301:2019, 8.5 leaves it to the plan; METHODS 8


class PlanState(NamedTuple):
    """A plan: what it still lacks, and when it was last rehearsed."""

    missing: tuple[str, ...]
    rehearsed_on: date | None


def is_ready(plan: PlanState, *, at: date, every: timedelta = REHEARSED_FOR) -> bool:
    """Complete, and rehearsed within 180 days, or as often as agreed."""
    done = not plan.missing and plan.rehearsed_on is not None
    return done and at <= rehearse_by(plan, every=every)


def rehearse_by(plan: PlanState, *, every: timedelta = REHEARSED_FOR) -> date:
    """The day by which the plan must be rehearsed; the first day there is, where it never was."""
    return date.min if plan.rehearsed_on is None else plan.rehearsed_on + every


class Readiness(NamedTuple):
    """High risks, and those with a plan that is complete and rehearsed."""

    high_risks: int
    ready: int

    @property
    def share(self) -> float | None:
        """Ready of all high risks, 0..1; None where no risk is high."""
        return self.ready / self.high_risks if self.high_risks else None


class Response(StrEnum):
    """What to say after the first instructing and adjusting information."""

    INFORM = "inform"
    DIMINISH = "diminish"
    REBUILD = "rebuild"


class Cause(StrEnum):
    """Whose doing a crisis is seen to be."""

    VICTIM = "victim"
    ACCIDENTAL = "accidental"
    PREVENTABLE = "preventable"


def response(cause: Cause, *, history: bool) -> Response:
    """The posture that fits cause and crisis history (SCCT, Coombs 2007)."""
    if cause is Cause.PREVENTABLE or (cause is Cause.ACCIDENTAL and history):
        return Response.REBUILD
    if cause is Cause.ACCIDENTAL or history:
        return Response.DIMINISH
    return Response.INFORM
