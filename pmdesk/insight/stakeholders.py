"""Where people stand: power–interest and engagement."""

from enum import StrEnum
from typing import Final

_CUT: Final = 3


class Stance(StrEnum):
    """How to treat a stakeholder by power and interest (Mendelow 1991)."""

    MANAGE_CLOSELY = "manage_closely"
    KEEP_SATISFIED = "keep_satisfied"
    KEEP_INFORMED = "keep_informed"
    MONITOR = "monitor"


def stance(power: int, interest: int) -> Stance:
    """The quadrant of power and interest, each 1–5 and cut at 3 (3 counts as high)."""
    if power >= _CUT:
        return Stance.MANAGE_CLOSELY if interest >= _CUT else Stance.KEEP_SATISFIED
    return Stance.KEEP_INFORMED if interest >= _CUT else Stance.MONITOR


# The order of the PMBOK engagement assessment matrix.
_STEPS: Final = ("unaware", "resistant", "neutral", "supportive", "leading")


def engagement_gap(now: str, wanted: str) -> int | None:
    """Steps from the engagement now to the one wanted; None where either is not assessed."""
    if now not in _STEPS or wanted not in _STEPS:
        return None
    return _STEPS.index(wanted) - _STEPS.index(now)
