"""Expectation gaps: what was expected beside what is, never only the difference."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pmdesk.insight.worktime import CalendarRules


class Rated(NamedTuple):
    """One dimension: how much it matters, what was expected, what is perceived."""

    weight: float
    expected: float
    perceived: float
    less_is_better: bool = False

    @property
    def gap(self) -> float:
        """Perception − expectation; of what had better be less, the other way round."""
        more = self.perceived - self.expected
        return -more if self.less_is_better else more


class WeighedGap(NamedTuple):
    """The mean gap, better than expected being positive: weighted with Σw = 1, and plain."""

    weighted: float
    plain: float


def weighed_gap(dimensions: Sequence[Rated]) -> WeighedGap | None:
    """The SERVQUAL gap over all dimensions; None where none has a weight.

    Source: Parasuraman, Zeithaml & Berry 1985, 1988; on difference scores Cronin & Taylor 1992.
    """
    total = sum(d.weight for d in dimensions)
    if not dimensions or total <= 0:
        return None
    gaps = [d.gap for d in dimensions]
    weighted = sum(d.weight * gap for d, gap in zip(dimensions, gaps, strict=True)) / total
    return WeighedGap(weighted, sum(gaps) / len(gaps))


def schedule_gap(expected: date, forecast: date, calendar: CalendarRules) -> int:
    """Working days by which `forecast` is later than expected; negative when it is earlier."""
    return calendar.workdays_between(expected, forecast)


def relative_gap(expected: float, actual: float) -> float | None:
    """By how many per cent `actual` lies above what was expected; None where that was nothing."""
    return None if expected == 0 else (actual - expected) / abs(expected) * 100


class GapState(StrEnum):
    """Where an expectation stands."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    MET = "met"
    WITHIN = "within"
    TO_EXPLAIN = "to_explain"
    EXPLAINED = "explained"
    AGREED_ANEW = "agreed_anew"


def gap_state(
    gap: float | None, tolerance: float, *, confirmed: bool, explained: bool, agreed_anew: bool
) -> GapState:
    """The state from a signed gap of which more is worse, with all else that is known.

    A gap beyond its tolerance is to be explained before anything else; a new agreement counts
    only where no gap beyond it has come up since.
    """
    if gap is not None and gap > tolerance:
        return GapState.EXPLAINED if explained else GapState.TO_EXPLAIN
    if agreed_anew:
        return GapState.AGREED_ANEW
    if gap is None:
        return GapState.CONFIRMED if confirmed else GapState.UNCONFIRMED
    if gap > 0:
        return GapState.WITHIN
    return GapState.MET if confirmed else GapState.UNCONFIRMED
