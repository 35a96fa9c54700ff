"""Relationship health: weighed parts, what of them is known, and what caps them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

LEAST_COVERAGE: Final = 0.5


class Part(NamedTuple):
    """One part: its weight (all sum to 1) and its value in 0..100; None where it is unknown."""

    name: str
    weight: float
    value: float | None


class Stop(NamedTuple):
    """A condition that no good figure outweighs: what it is, and the highest health it leaves."""

    name: str
    cap: float


class Health(NamedTuple):
    """Health in 0..100; None below half the coverage. `uncapped` is what the parts alone give."""

    value: float | None
    uncapped: float | None
    coverage: float
    stops: tuple[Stop, ...]


def health(parts: Sequence[Part], stops: Sequence[Stop] = ()) -> Health:
    """Σ w·c / Σ w over the known parts, capped by the lowest stop; coverage = Σ known w / Σ w."""
    total = sum(part.weight for part in parts)
    known = [(part.weight, part.value) for part in parts if part.value is not None]
    covered = sum(weight for weight, _ in known)
    coverage = covered / total if total else 0.0
    if not known or coverage < LEAST_COVERAGE:
        return Health(None, None, coverage, tuple(stops))
    uncapped = sum(weight * value for weight, value in known) / covered
    return Health(min([uncapped, *(stop.cap for stop in stops)]), uncapped, coverage, tuple(stops))
