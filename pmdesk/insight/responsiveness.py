"""Responsiveness from waiting turns: in total, by week or month, and what is still open."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from math import ceil, floor
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pmdesk.insight.survival import SurvivalCurve, Wait, kaplan_meier
from pmdesk.insight.turns import WaitingTurn

Elapsed = Callable[[float, float], float]
TargetOf = Callable[[WaitingTurn], float]

# Below this many turns a period shows its cases instead of a curve.
FEW: Final = 5


class Responsiveness(NamedTuple):
    """Counts, and times in hours of the clock used; None where there is nothing to tell.

    `median_h`, `p90_h` and `mean_h` are of the answered alone, as reply-time tools count them;
    `km_median_h` counts the open ones as waits of at least their age, with its 95 % interval
    (None: not reached). `open` are the unanswered that had begun at the moment asked about.
    `within_target` is 1 − S(target).
    """

    inbound: int
    answered: int
    unanswered: int
    open: int
    reply_rate: float | None = None
    median_h: float | None = None
    p90_h: float | None = None
    mean_h: float | None = None
    km_median_h: float | None = None
    km_low_h: float | None = None
    km_high_h: float | None = None
    longest_open_h: float | None = None
    within_target: float | None = None


class PeriodFigures(NamedTuple):
    """The figures of the turns that began in one period; quartiles by Kaplan–Meier.

    `few` says that there are too few turns for a curve: show the `cases`, of which no other period
    tells any. `so_far` says that it is not over, or that its youngest open turn is still younger
    than the target: whatever it shows, it is not late yet.
    """

    label: str
    start: date
    figures: Responsiveness
    q1: float | None
    q3: float | None
    few: bool
    so_far: bool = False
    cases: tuple[Wait, ...] = ()

    @property
    def n(self) -> int:
        """How many turns began in the period."""
        return self.figures.inbound

    @property
    def open(self) -> int:
        """How many of them still wait."""
        return self.figures.open


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value at `share` of ascending values, interpolated (as numpy does, R's type 7).

    Raises ValueError when there is no value.
    """
    if not ordered:
        raise ValueError("no value has no percentile")
    place = share * (len(ordered) - 1)
    low, high = floor(place), ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def hours_of(turn: WaitingTurn, *, at: float, elapsed: Elapsed) -> float:
    """How long a turn waited, or has waited up to `at`."""
    return elapsed(turn.asked_at, at if turn.answered_at is None else turn.answered_at)


def _is_open(turn: WaitingTurn, at: float) -> bool:
    return turn.answered_at is None and turn.asked_at <= at


def with_curve(
    turns: Sequence[WaitingTurn],
    *,
    at: float,
    elapsed: Elapsed,
    target_hours: float | None = None,
    target_of: TargetOf | None = None,
) -> tuple[Responsiveness, SurvivalCurve | None]:
    """The figures of these turns, and the Kaplan–Meier curve they were read from.

    `target_of` gives each turn the target that held when it was asked, where that changed: the
    share in time is then read from the curve of the waits in multiples of their target, at one.
    """
    waits = [Wait(hours_of(t, at=at, elapsed=elapsed), t.answered_at is not None) for t in turns]
    answered = sorted(wait.hours for wait in waits if wait.answered)
    waiting = [wait.hours for wait in waits if not wait.answered]
    still_open = sum(_is_open(turn, at) for turn in turns)
    counts = (len(waits), len(answered), len(waiting), still_open)
    curve = kaplan_meier(waits)
    if curve is None:
        return Responsiveness(*counts), None
    low, high = curve.median_interval
    figures = Responsiveness(
        *counts,
        reply_rate=len(answered) / len(waits),
        median_h=percentile(answered, 0.5) if answered else None,
        p90_h=percentile(answered, 0.9) if answered else None,
        mean_h=sum(answered) / len(answered) if answered else None,
        km_median_h=curve.median,
        km_low_h=low,
        km_high_h=high,
        longest_open_h=max(waiting, default=None),
        within_target=_within(turns, waits, curve, target_hours, target_of),
    )
    return figures, curve


def _within(
    turns: Sequence[WaitingTurn],
    waits: Sequence[Wait],
    curve: SurvivalCurve,
    target_hours: float | None,
    target_of: TargetOf | None,
) -> float | None:
    if target_of is not None:
        scaled = kaplan_meier(
            [
                wait._replace(hours=wait.hours / target_of(turn))
                for turn, wait in zip(turns, waits, strict=True)
            ]
        )
        return None if scaled is None else 1 - scaled.at(1.0)
    return None if target_hours is None else 1 - curve.at(target_hours)


def period_start(day: date, by: str) -> date:
    """The first day of the "week" (Monday) or "month" that holds `day`; else ValueError."""
    if by not in ("week", "month"):
        raise ValueError(f"no such period: {by}")
    return day.replace(day=1) if by == "month" else day - timedelta(days=day.weekday())


def period_label(start: date, by: str) -> str:
    """2026-W07 for a week (ISO 8601), 2026-02 for a month."""
    return f"{start:%Y-%m}" if by == "month" else f"{start:%G-W%V}"


def by_period(
    turns: Sequence[WaitingTurn],
    by: str,
    *,
    at: float,
    elapsed: Elapsed,
    zone: ZoneInfo,
    target_hours: float | None = None,
    target_of: TargetOf | None = None,
) -> list[PeriodFigures]:
    """The figures of each week or month from the first turn to the last, empty ones too.

    A turn belongs to the period in which it began, as a wall calendar in `zone` counts it.
    """
    groups: dict[date, list[WaitingTurn]] = defaultdict(list)
    for turn in turns:
        day = datetime.fromtimestamp(turn.asked_at, zone).date()
        groups[period_start(day, by)].append(turn)
    if not groups:
        return []
    periods: list[PeriodFigures] = []
    start, last = min(groups), max(groups)
    while start <= last:
        of_period = groups.get(start, [])
        figures, curve = with_curve(
            of_period, at=at, elapsed=elapsed, target_hours=target_hours, target_of=target_of
        )
        q1, q3 = (curve.quantile(0.25), curve.quantile(0.75)) if curve else (None, None)
        few = figures.inbound < FEW
        waits = [
            Wait(hours_of(t, at=at, elapsed=elapsed), t.answered_at is not None) for t in of_period
        ]
        following = period_start(start + timedelta(days=32 if by == "month" else 7), by)
        periods.append(
            PeriodFigures(
                period_label(start, by),
                start,
                figures,
                q1,
                q3,
                few,
                _is_young(waits, target_hours) or _begins(following, zone) > at,
                tuple(waits) if few else (),
            )
        )
        start = following
    return periods


def _is_young(waits: Sequence[Wait], target_hours: float | None) -> bool:
    """Whether the youngest open wait has not reached the target yet."""
    ages = [wait.hours for wait in waits if not wait.answered]
    return target_hours is not None and bool(ages) and min(ages) < target_hours


def _begins(day: date, zone: ZoneInfo) -> float:
    return datetime.combine(day, time(), zone).timestamp()
