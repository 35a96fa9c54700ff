"""A person's own rhythm: after how long an answer is late, and when silence is unusual."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

ANSWERS_NEEDED: Final = 8  # METHODS 16
GAPS_NEEDED: Final = 15  # METHODS 16
_USUAL: Final = 0.75
_UNUSUAL: Final = 0.95


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which `share` (0..1) of `values` lie, between two of them by their distance.

    Source: Hyndman & Fan 1996, The American Statistician 50:361, definition 7. Raises ValueError
    without values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("a quantile of nothing")
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def usual_wait(hours: Sequence[float]) -> float | None:
    """The hours within which three of four answers came; None of fewer than eight answers."""
    return quantile(hours, _USUAL) if len(hours) >= ANSWERS_NEEDED else None


class Rhythm(NamedTuple):
    """How long the gaps between contacts were: how many, and the days that 95 % stay within."""

    gaps: int
    usual_days: float


def rhythm(days: Iterable[date]) -> Rhythm | None:
    """The rhythm of contacts on these days; None of fewer than fifteen gaps (METHODS 16)."""
    ordered = sorted(set(days))
    gaps = [(later - earlier).days for earlier, later in pairwise(ordered)]
    if len(gaps) < GAPS_NEEDED:
        return None
    return Rhythm(len(gaps), quantile(gaps, _UNUSUAL))
