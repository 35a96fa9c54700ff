"""Risks: score, level, and their order where money is known."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

HIGH: Final = 0.18
MEDIUM: Final = 0.06
_ROUND: Final = 9


class Level(StrEnum):
    """How high a risk stands."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Risk(NamedTuple):
    """A risk: probability and impact in 0..1, the money at stake in minor units if known."""

    id: int
    probability: float
    impact: float
    cost_minor: int | None = None

    @property
    def score(self) -> float:
        """Probability × impact, freed of the dust of binary fractions."""
        return round(self.probability * self.impact, _ROUND)

    @property
    def expected_cost_minor(self) -> float | None:
        """Expected loss in minor units."""
        return None if self.cost_minor is None else self.probability * self.cost_minor


def level(score: float) -> Level:
    """≥ .18 high, ≥ .06 medium, else low (the PMBOK matrix)."""
    if score >= HIGH:
        return Level.HIGH
    return Level.MEDIUM if score >= MEDIUM else Level.LOW


def by_harm(risks: Iterable[Risk]) -> list[Risk]:
    """Risks with money first, by expected loss; the rest by score.

    A matrix can rank a smaller loss above a larger one (Cox 2008, Risk Analysis 28:497).
    """
    return sorted(risks, key=lambda r: (-(r.expected_cost_minor or 0.0), -r.score, r.id))
