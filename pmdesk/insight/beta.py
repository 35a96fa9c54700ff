"""The beta distribution: its cumulative share and its quantiles, for credible intervals."""

from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

_TINY: Final = 1e-300
_NEAR: Final = 1e-15
_STEPS: Final = 10_000
_MOST_STEPS: Final = 200
_LAST_STEP: Final = 1e-9


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
    """The x with P(X ≤ x) = `share` for X ~ Beta(a, b); 0 and 1 for a share of 0 and 1.

    Newton's method on `beta_share`, begun at the normal distribution of the same mean and
    variance; a step that leaves the ends known so far halves what lies between them instead.
    Raises ValueError unless 0 ≤ share ≤ 1, a > 0 and b > 0.
    """
    if not 0 <= share <= 1:
        raise ValueError("a share lies between 0 and 1")
    if a <= 0 or b <= 0:
        raise ValueError("a and b are positive")
    if share in {0.0, 1.0}:
        return share
    constant = lgamma(a + b) - lgamma(a) - lgamma(b)
    low, high = 0.0, 1.0
    x = _near_normal(share, a, b)
    for _ in range(_MOST_STEPS):
        beyond = beta_share(x, a, b) - share
        if beyond < 0:
            low = x
        else:
            high = x
        density = exp(constant + (a - 1) * log(x) + (b - 1) * log1p(-x))
        wanted = x - beyond / density if density else -1.0
        if low <= wanted <= high and 0 < wanted < 1:
            step, x = wanted - x, wanted
            # the error of the next would be about the square of this one
            if abs(step) <= _LAST_STEP * x:
                break
        else:
            x = (low + high) / 2
    return x


def _near_normal(share: float, a: float, b: float) -> float:
    """Where the normal distribution of the same mean and variance has its quantile; within 0..1."""
    mean = a / (a + b)
    quantile = NormalDist(mean, sqrt(a * b / (a + b + 1)) / (a + b)).inv_cdf(share)
    return quantile if 0 < quantile < 1 else mean
