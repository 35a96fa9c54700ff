"""What clients say of us: net promoter score and satisfied share, each with its interval."""

from collections.abc import Sequence
from math import sqrt
from typing import Final, NamedTuple

# Below this many answers the answers themselves are shown, no score.
FEWEST: Final = 10
_Z95: Final = 1.959963984540054


class Score(NamedTuple):
    """A figure with its 95 % interval and the number of answers."""

    value: float
    low: float
    high: float
    n: int


def net_promoter_score(answers: Sequence[int]) -> Score | None:
    """NPS in −100..100 of answers 0..10: 100·(promoters 9–10 − detractors 0–6)/n.

    None of no answers. Below FEWEST show the answers themselves. The interval is normal,
    se = 100·√((p + d − (p − d)²)/n), as for the difference of two shares of one sample.
    """
    n = len(answers)
    if not n:
        return None
    p = sum(answer >= 9 for answer in answers) / n
    d = sum(answer <= 6 for answer in answers) / n
    value, error = 100 * (p - d), 100 * sqrt((p + d - (p - d) ** 2) / n)
    return Score(value, max(-100.0, value - _Z95 * error), min(100.0, value + _Z95 * error), n)


def satisfied_share(answers: Sequence[int]) -> Score | None:
    """CSAT: the share of 4 and 5 among answers 1..5; None of no answers."""
    return wilson(sum(answer >= 4 for answer in answers), len(answers)) if answers else None


def wilson(hits: int, n: int) -> Score:
    """A share with its Wilson score interval (Wilson 1927, JASA 22:209); raises ValueError for n 0."""
    if n <= 0:
        raise ValueError("a share of nothing")
    share, z2 = hits / n, _Z95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Score(share, middle - half, middle + half, n)
