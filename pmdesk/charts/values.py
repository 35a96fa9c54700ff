"""What the charts show, as plain values."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmdesk.answers.insights.values import Panels
from pmdesk.insight.survival import Wait

Clock = Literal["work", "wall"]


@dataclass(frozen=True)
class PeriodPoint:
    """One week or month. Hours; None where a quartile was never reached (or nothing began).

    `low` to `high` is the median's 95 % interval. A period that is only `so_far` is not over yet;
    one with too few turns for a median shows its `cases`.
    """

    label: str
    start: date
    median: float | None
    q1: float | None
    q3: float | None
    n: int
    open: int
    few: bool
    low: float | None = None
    high: float | None = None
    so_far: bool = False
    cases: tuple[Wait, ...] = ()


@dataclass(frozen=True)
class ResponsivenessSeries:
    """Waiting times over time against a target, in hours of one clock."""

    clock: Clock
    by: Literal["week", "month"]
    target_hours: float | None
    periods: tuple[PeriodPoint, ...]


@dataclass(frozen=True)
class SurvivalSeries:
    """Share answered within a time: 1 − S with its interval, stepwise at `times` (hours).

    Too few turns for a curve are shown as their `cases`.
    """

    clock: Clock
    times: tuple[float, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    n: int
    open: int
    longest: float
    median: float | None
    median_low: float | None
    median_high: float | None
    target_hours: float | None
    cases: tuple[Wait, ...] = ()


@dataclass(frozen=True)
class TrustPoint:
    """Trust at the end of a day: expected value and 95 % interval, all in 0..1."""

    day: date
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class TrustSeries:
    """Trust over time, with the days and weights of the signals that count."""

    points: tuple[TrustPoint, ...]
    kept: tuple[tuple[date, float], ...]
    broken: tuple[tuple[date, float], ...]


@dataclass(frozen=True)
class GapRow:
    """An expectation: what it says, expected and actual as they read, the gap in tolerances."""

    label: str
    expected: str
    actual: str
    gap: str
    tolerances: float
    state: str


@dataclass(frozen=True)
class GapSeries:
    """The expectations that have an actual value, the weightiest first."""

    rows: tuple[GapRow, ...]


Series = ResponsivenessSeries | SurvivalSeries | TrustSeries | GapSeries | Panels
