"""Trust as the evidence shows it: a beta reputation with forgetting."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import sqrt
from typing import NamedTuple

from pmdesk.insight.beta import beta_quantile


class Signal(NamedTuple):
    """One observation of our conduct: when, kept or broken, and how much it weighs."""

    at: datetime
    kept: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Trust:
    """Trust from weighed evidence: mean and equal-tailed interval of Beta(kept + 1, broken + 1).

    `kept` and `broken` are weighed sums, `signals` their number, `level` the interval's share.
    Source: Jøsang & Ismail 2002, The Beta Reputation System.
    """

    kept: float
    broken: float
    signals: int = 0
    level: float = 0.95

    @property
    def expected(self) -> float:
        """Expected trust in 0..1."""
        return (self.kept + 1) / (self.kept + self.broken + 2)

    @property
    def standard_error(self) -> float:
        """Standard deviation of Beta(kept + 1, broken + 1)."""
        a, b = self.kept + 1, self.broken + 1
        return sqrt(a * b / (a + b + 1)) / (a + b)

    # the ends take a search each, and a figure of the past is asked for its mean only
    @cached_property
    def low(self) -> float:
        """Lower end of the credible interval."""
        return beta_quantile((1 - self.level) / 2, self.kept + 1, self.broken + 1)

    @cached_property
    def high(self) -> float:
        """Upper end of the credible interval."""
        return beta_quantile((1 + self.level) / 2, self.kept + 1, self.broken + 1)


def trust(
    signals: Iterable[Signal], *, at: datetime, half_life: timedelta, level: float = 0.95
) -> Trust | None:
    """Trust that our conduct has earned up to `at`; None without a signal.

    A signal of age a weighs weight · 2^(−a / half_life); later ones do not count yet.
    """
    sums = {True: 0.0, False: 0.0}
    n = 0
    for signal in signals:
        if signal.at <= at:
            sums[signal.kept] += signal.weight * 2 ** (-((at - signal.at) / half_life))
            n += 1
    return Trust(sums[True], sums[False], n, level) if n else None


def trust_over_time(
    signals: Iterable[Signal],
    moments: Iterable[datetime],
    *,
    half_life: timedelta,
    level: float = 0.95,
) -> Iterator[Trust | None]:
    """`trust` at each of `moments`, which come in order, in one pass over the signals.

    From one moment to the next both sums lose half in each half-life, and what came between is
    added.
    """
    coming = deque(sorted(signals, key=lambda signal: signal.at))
    sums = {True: 0.0, False: 0.0}
    n, before = 0, None
    for moment in moments:
        if before is not None:
            left = 2 ** (-((moment - before) / half_life))
            sums = {kept: total * left for kept, total in sums.items()}
        before = moment
        while coming and coming[0].at <= moment:
            signal = coming.popleft()
            sums[signal.kept] += signal.weight * 2 ** (-((moment - signal.at) / half_life))
            n += 1
        yield Trust(sums[True], sums[False], n, level) if n else None
