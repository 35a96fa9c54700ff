"""Whether two groups of waits differ by more than chance: the log-rank test."""

from collections.abc import Iterable
from math import erfc, sqrt
from typing import NamedTuple

from pmdesk.insight.survival import Wait


class LogRank(NamedTuple):
    """`z` is positive where the first group is answered sooner than the second; `p` two-sided."""

    z: float
    p: float


def logrank(one: Iterable[Wait], other: Iterable[Wait]) -> LogRank | None:
    """The test of two groups; None where nothing was answered that could tell them apart.

    At each answered time the answers of the first group are held against those expected if both
    were alike; the variance is the hypergeometric one, the statistic is taken as normal.
    Source: Mantel 1966, Cancer Chemotherapy Reports 50:163; Peto & Peto 1972, JRSS A 135:185.
    """
    groups = [sorted(one), sorted(other)]
    times = sorted({wait.hours for group in groups for wait in group if wait.answered})
    more = variance = 0.0
    places = [0, 0]
    for time in times:
        for n, group in enumerate(groups):
            while places[n] < len(group) and group[places[n]].hours < time:
                places[n] += 1
        at_risk = [len(group) - place for group, place in zip(groups, places, strict=True)]
        events = [
            _answered_at(group, place, time) for group, place in zip(groups, places, strict=True)
        ]
        n, d = sum(at_risk), sum(events)
        share = at_risk[0] / n
        more += events[0] - d * share
        if n > 1:
            variance += d * share * (1 - share) * (n - d) / (n - 1)
    if variance <= 0:
        return None
    z = more / sqrt(variance)
    return LogRank(z, erfc(abs(z) / sqrt(2)))


def _answered_at(group: list[Wait], place: int, time: float) -> int:
    answered = 0
    while place < len(group) and group[place].hours == time:
        answered += group[place].answered
        place += 1
    return answered
