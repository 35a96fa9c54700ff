"""The beta distribution: its cumulative share and its quantiles, for credible intervals."""

from math import exp, lgamma, log, log1p
from typing import Final

_TINY: Final = 1e-300
_NEAR: Final = 1e-15
_STEPS: Final = 10_000


def beta_share(x: float, a: float, b: float) -> float:
    """P(X ≤ x) for X ~ Beta(a, b): the regularised incomplete beta function.

    Raises ValueError unless a > 0 and b > 0. Source: the continued fraction of DLMF 8.17.22,
    evaluated by Lentz's method (Thompson & Barnett 1986).
    """
    if a <= 0 or b <= 0:
        raise ValueError("a and b are positive")
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    value, c, d = 1.0, 1.0, 0.0
    for step in range(1, _STEPS):
        m = step // 2
        if step % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / _away_from_zero(1 + term * d)
        c = _away_from_zero(1 + term / c)
        value *= c * d
        if abs(c * d - 1) < _NEAR:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(share: float, a: float, b: float) -> float:
    """The x with P(X ≤ x) = `share` for X ~ Beta(a, b), by halving: 60 steps leave no error.

    Raises ValueError unless 0 ≤ share ≤ 1, a > 0 and b > 0.
    """
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if beta_share(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
