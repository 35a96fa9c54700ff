"""Kaplan–Meier: waits whose end nobody has seen yet count as at least this long."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, inf, log, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

_ROUNDING: Final = 1e-12


class Wait(NamedTuple):
    """A wait in hours; not answered means still open (right-censored)."""

    hours: float
    answered: bool


@dataclass(frozen=True)
class SurvivalCurve:
    """Share still waiting after each answered time, with its confidence limits.

    `times` are the distinct answered waits in hours, ascending; the other tuples have one value
    for each. `low` and `high` are the log-log interval; it is not defined where nobody waits any
    more, so there `low` is 0 and `high` stays. Sources: Kaplan & Meier 1958, JASA 53:457;
    Greenwood 1926; Brookmeyer & Crowley 1982 for the median's interval.
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    spread: tuple[float, ...]
    n: int
    open: int
    longest: float

    def at(self, hours: float) -> float:
        """Share still waiting after `hours`."""
        place = bisect_right(self.times, hours) - 1
        return self.survival[place] if place >= 0 else 1.0

    def standard_error(self, hours: float) -> float:
        """Greenwood's standard error of `at(hours)`."""
        place = bisect_right(self.times, hours) - 1
        return self.survival[place] * sqrt(self.spread[place]) if place >= 0 else 0.0

    def quantile(self, share: float) -> float | None:
        """The smallest wait after which fewer than 1 − `share` still wait; None if never reached.

        Where the curve lies exactly at 1 − `share` for a stretch, it is the middle of the stretch
        (as R's survfit), so that the median of waits that all ended is their ordinary median.
        """
        limit = 1 - share
        first = _first_at_most(self.times, self.survival, limit)
        if first is None or self.at(first) < limit - _ROUNDING:
            return first
        return (first + next((t for t in self.times if t > first), first)) / 2

    @property
    def median(self) -> float | None:
        """The median wait in hours, None where the curve never falls to one half."""
        return self.quantile(0.5)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """Where the limits cross one half; None where they do not.

        The last step, down to nobody, counts for neither: it has no limits of its own.
        """
        known = sum(share > 0 for share in self.survival)
        return (
            _first_at_most(self.times[:known], self.low[:known], 0.5),
            _first_at_most(self.times[:known], self.high[:known], 0.5),
        )


def _first_at_most(
    times: tuple[float, ...], shares: tuple[float, ...], limit: float
) -> float | None:
    # a share that is the limit but for rounding is at the limit
    return next((t for t, s in zip(times, shares, strict=True) if s <= limit + _ROUNDING), None)


def kaplan_meier(waits: Iterable[Wait], *, level: float = 0.95) -> SurvivalCurve | None:
    """The curve of these waits; None without any. At a tie, answers come before open ones."""
    known = sorted(waits)
    if not known:
        return None
    z = NormalDist().inv_cdf(0.5 + level / 2)
    rows: list[tuple[float, float, float, float, int, int, float]] = []
    share, spread, place, n = 1.0, 0.0, 0, len(known)
    while place < n:
        time, at_risk, events = known[place].hours, n - place, 0
        while place < n and known[place].hours == time:
            events += known[place].answered
            place += 1
        if not events:
            continue
        share *= 1 - events / at_risk
        spread = inf if at_risk == events else spread + events / (at_risk * (at_risk - events))
        low, high = _limits(share, spread, z) if share > 0 else (0.0, rows[-1][3] if rows else 1.0)
        rows.append((time, share, low, high, at_risk, events, 0.0 if spread == inf else spread))
    return SurvivalCurve(
        times=tuple(row[0] for row in rows),
        survival=tuple(row[1] for row in rows),
        low=tuple(row[2] for row in rows),
        high=tuple(row[3] for row in rows),
        at_risk=tuple(row[4] for row in rows),
        events=tuple(row[5] for row in rows),
        spread=tuple(row[6] for row in rows),
        n=n,
        open=sum(not wait.answered for wait in known),
        longest=known[-1].hours,
    )


def _limits(share: float, spread: float, z: float) -> tuple[float, float]:
    """The log-log interval S^exp(±z·√Σ/ln S)."""
    theta = z * sqrt(spread) / log(share)
    return float(share ** exp(-theta)), float(share ** exp(theta))
