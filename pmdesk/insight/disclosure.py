"""Transparency: how long after finding a problem the client was told."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pmdesk.insight.survival import Wait, kaplan_meier
from pmdesk.insight.worktime import WorkClock

# S1 and S2 in wall time: a client whose system is down does not wait for the holidays to end.
_WALL_LIMITS: Final = {"S1": timedelta(hours=1), "S2": timedelta(hours=4)}


class Problem(NamedTuple):
    """One problem: its severity S1–S4, when it was found and told, whether fix and date are known."""

    severity: str
    found_at: datetime
    told_at: datetime | None
    complete: bool = True


class Disclosure(NamedTuple):
    """How one problem was told. `left` is None once told.

    `lag_hours` so far is in the time of the limit: wall time where `wall`, else working time.
    """

    lag_hours: float
    wall: bool
    due: datetime
    in_time: bool | None
    left: timedelta | None


class Lags(NamedTuple):
    """The lags of the problems whose limit is in one kind of time, in hours, the shortest first.

    The untold are right-censored: `median_hours` is None where half have not been told.
    """

    wall: bool
    waits: tuple[Wait, ...]
    median_hours: float | None


class DisclosureFigures(NamedTuple):
    """Over all problems: the share told within the limit, of those told or past it.

    `lags` has the lags in wall time and those in working time, apart: they are never mixed.
    """

    judged: int
    in_time: int
    open: int
    overdue: int
    incomplete: int
    lags: tuple[Lags, ...]

    @property
    def share(self) -> float | None:
        """Told within the limit, 0..1; None where nothing can be judged yet."""
        return self.in_time / self.judged if self.judged else None


def disclosure_due(severity: str, found_at: datetime, clock: WorkClock) -> datetime:
    """When the client must know at the latest: S1 1 h, S2 4 h of wall time, else a working day."""
    wall = _WALL_LIMITS.get(severity)
    if wall is not None:
        return found_at + wall
    return clock.deadline(found_at, _working_day(clock))


def limit_hours(severity: str, clock: WorkClock) -> float:
    """The limit within which the client must know, in hours of the time that it is in."""
    return _WALL_LIMITS.get(severity, _working_day(clock)) / timedelta(hours=1)


def _working_day(clock: WorkClock) -> timedelta:
    usual = next((spans for spans in clock.calendar.week if spans), ())
    return timedelta(minutes=sum(end - start for start, end in (s.minutes for s in usual)))


def disclosure(problem: Problem, clock: WorkClock, *, at: datetime) -> Disclosure:
    """The lag so far and whether it kept its limit; `in_time` is None while there is still time."""
    due = disclosure_due(problem.severity, problem.found_at, clock)
    told_at = problem.told_at if problem.told_at is not None and problem.told_at <= at else None
    until = told_at or at
    wall = problem.severity in _WALL_LIMITS
    if wall:
        lag = (until - problem.found_at) / timedelta(hours=1)
    else:
        lag = clock.hours_between(problem.found_at.timestamp(), until.timestamp())
    if told_at is not None:
        return Disclosure(lag, wall, due, told_at <= due, None)
    return Disclosure(lag, wall, due, False if at > due else None, due - at)


def disclosure_figures(
    problems: Iterable[Problem], clock: WorkClock, *, at: datetime
) -> DisclosureFigures:
    """The figures of all problems found up to `at`."""
    judged = in_time = still_open = overdue = incomplete = 0
    waits: dict[bool, list[Wait]] = {True: [], False: []}
    for problem in problems:
        if problem.found_at > at:
            continue
        of_problem = disclosure(problem, clock, at=at)
        waits[of_problem.wall].append(Wait(of_problem.lag_hours, of_problem.left is None))
        if of_problem.in_time is not None:
            judged += 1
            in_time += of_problem.in_time
        if of_problem.left is None:
            incomplete += not problem.complete
        else:
            still_open += 1
            overdue += of_problem.in_time is False
    lags = tuple(_lags(wall, sorted(known)) for wall, known in waits.items() if known)
    return DisclosureFigures(judged, in_time, still_open, overdue, incomplete, lags)


def _lags(wall: bool, waits: list[Wait]) -> Lags:
    curve = kaplan_meier(waits)
    return Lags(wall, tuple(waits), curve.median if curve else None)
