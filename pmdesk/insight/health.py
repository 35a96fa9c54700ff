"""Relationship health: weighed parts, what of them is known, what caps them, what changed them."""

from collections.abc import Sequence
from math import sqrt
from typing import Final, NamedTuple

LEAST_COVERAGE: Final = 0.5
# A part that rests on fewer records than this is thin.
FEW: Final = 5
_Z95: Final = 1.959963984540054


class Part(NamedTuple):
    """One part: its weight (all sum to 1) and its value in 0..100; None where it is unknown.

    `error` is the standard error of the value in points, `n` on how many records it rests.
    """

    name: str
    weight: float
    value: float | None
    error: float = 0.0
    n: int = 0


class Stop(NamedTuple):
    """A condition that no good figure outweighs: what it is, and the highest health it leaves."""

    name: str
    cap: float


class Health(NamedTuple):
    """Health in 0..100; None below half the coverage. `uncapped` is what the parts alone give.

    `error` is the standard error of `uncapped`, `thin` how much of the coverage rests on FEW.
    """

    value: float | None
    uncapped: float | None
    coverage: float
    stops: tuple[Stop, ...]
    error: float = 0.0
    thin: float = 0.0

    @property
    def capped(self) -> bool:
        """Whether a stop holds health below what the parts give."""
        return self.value is not None and self.uncapped is not None and self.value < self.uncapped


def health(parts: Sequence[Part], stops: Sequence[Stop] = ()) -> Health:
    """Σ w·c / Σ w over the known parts, capped by the lowest stop; coverage = Σ known w / Σ w."""
    total = sum(part.weight for part in parts)
    known = [(part, part.value) for part in parts if part.value is not None]
    covered = sum(part.weight for part, _ in known)
    coverage = covered / total if total else 0.0
    thin = sum(part.weight for part, _ in known if part.n < FEW) / total if total else 0.0
    if not known or coverage < LEAST_COVERAGE:
        return Health(None, None, coverage, tuple(stops), thin=thin)
    uncapped = sum(part.weight * value for part, value in known) / covered
    error = sqrt(sum((part.weight * part.error) ** 2 for part, _ in known)) / covered
    value = min([uncapped, *(stop.cap for stop in stops)])
    return Health(value, uncapped, coverage, tuple(stops), error, thin)


class Move(NamedTuple):
    """What one part did to health between two moments: its values, and the points it moved."""

    name: str
    before: float
    now: float
    points: float


class Change(NamedTuple):
    """How health moved between two moments, both without any cap, and its standard error.

    Only parts known at both moments count: health of other parts is another figure.
    """

    points: float
    error: float
    moves: tuple[Move, ...]

    @property
    def real(self) -> bool:
        """Whether it is more than the noise of its own parts would give in 95 of 100 cases."""
        return abs(self.points) >= 0.5 and abs(self.points) > _Z95 * self.error


def change(before: Sequence[Part], now: Sequence[Part], shared: Sequence[int]) -> Change | None:
    """How the parts moved health; None where those known at both moments weigh less than half.

    `shared` says for each part how many records both moments rest on: of two means of
    overlapping samples of n and m records, k of them in both, the correlation is k / √(n·m), so
    that what both rest on is no noise of the difference.
    """
    total = sum(part.weight for part in now)
    pairs = [
        (part.weight, was, part, was.value, part.value, k)
        for was, part, k in zip(before, now, shared, strict=True)
        if was.value is not None and part.value is not None
    ]
    covered = sum(weight for weight, *_ in pairs)
    if not pairs or covered < LEAST_COVERAGE * total:
        return None
    moves, noise = [], 0.0
    for weight, was, part, old, new, k in pairs:
        share = weight / covered
        moves.append(Move(part.name, old, new, share * (new - old)))
        noise += share**2 * _difference(was, part, k)
    moves.sort(key=lambda move: -abs(move.points))
    return Change(sum(move.points for move in moves), sqrt(noise), tuple(moves))


def _difference(was: Part, now: Part, shared: int) -> float:
    """The variance of the difference of two values that rest on overlapping records."""
    together = min(1.0, shared / sqrt(was.n * now.n)) if was.n and now.n else 0.0
    return max(0.0, was.error**2 + now.error**2 - 2 * together * was.error * now.error)


def share_error(share: float, n: float) -> float:
    """Standard error of a share (0..1) of `n`, after adding two hits and two misses.

    So that 3 of 3 are no certainty. Source: Agresti & Coull 1998, The American Statistician 52:119.
    """
    if n <= 0:
        return 0.0
    of = n + 4
    middle = (share * n + 2) / of
    return sqrt(middle * (1 - middle) / of)


def effective_number(weights: Sequence[float]) -> float:
    """How many equal weights say as much as these: (Σw)² / Σw² (Kish 1965, Survey Sampling)."""
    squares = sum(weight * weight for weight in weights)
    return sum(weights) ** 2 / squares if squares else 0.0
