"""Trust as the evidence shows it: a beta reputation with forgetting."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from pmdesk.insight.beta import beta_quantile


class Signal(NamedTuple):
    """One observation of our conduct: when, kept or broken, and how much it weighs."""

    at: datetime
    kept: bool
    weight: float = 1.0


class Trust(NamedTuple):
    """Expected trust in 0..1 with its credible interval; `kept` and `broken` are weighed sums."""

    expected: float
    low: float
    high: float
    kept: float
    broken: float
    signals: int


def trust_from(kept: float, broken: float, *, signals: int = 0, level: float = 0.95) -> Trust:
    """Trust from weighed evidence: mean and equal-tailed interval of Beta(kept + 1, broken + 1).

    Source: Jøsang & Ismail 2002, The Beta Reputation System.
    """
    tail = (1 - level) / 2
    a, b = kept + 1, broken + 1
    return Trust(
        a / (a + b),
        beta_quantile(tail, a, b),
        beta_quantile(1 - tail, a, b),
        kept,
        broken,
        signals,
    )


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
    return trust_from(sums[True], sums[False], signals=n, level=level) if n else None


def forgotten_by_event(kept: Iterable[bool], *, keep: float) -> tuple[float, float]:
    """Weighed sums (kept, broken) when each new event makes all before it weigh `keep` times less.

    Jøsang & Ismail's λ: for conduct whose moments nobody knows, only their order.
    """
    r = s = 0.0
    for good in kept:
        r, s = r * keep + good, s * keep + (not good)
    return r, s
