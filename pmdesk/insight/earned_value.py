"""Earned value: is the work where the plan says, for the money it says."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class EarnedValue(NamedTuple):
    """Indices and estimates; money in the unit it came in. None where a divisor is zero.

    `eac_typical` assumes that cost goes on as so far (BAC/CPI), `eac_single` that what is left
    goes as planned (AC + BAC − EV), `eac_both` that cost and pace go on as so far.
    """

    bac: float
    pv: float
    ev: float
    ac: float
    spi: float | None
    cpi: float | None
    eac_typical: float | None
    eac_single: float
    eac_both: float | None
    tcpi: float | None


def earned_value(bac: float, pv: float, ev: float, ac: float) -> EarnedValue:
    """The figures from budget at completion, planned value, earned value and actual cost.

    Source: PMI, The Standard for Earned Value Management 2019.
    """
    spi, cpi = _ratio(ev, pv), _ratio(ev, ac)
    both = None if spi is None or cpi is None else _ratio(bac - ev, cpi * spi)
    return EarnedValue(
        bac, pv, ev, ac, spi, cpi,
        eac_typical=None if cpi is None else _ratio(bac, cpi),
        eac_single=ac + bac - ev,
        eac_both=None if both is None else ac + both,
        tcpi=_ratio(bac - ev, bac - ac),
    )  # fmt: skip


def _ratio(above: float, below: float) -> float | None:
    return above / below if below else None


class PlannedStage(NamedTuple):
    """A stage: its share of the whole, agreed start and end, and progress in 0..1."""

    share: float
    start: date
    end: date
    progress: float


def planned_share(stages: Iterable[PlannedStage], at: date) -> float:
    """The share of the work that the plan sees done by the end of `at`, evenly over each stage."""
    return sum(stage.share * _elapsed(stage, at) for stage in stages)


def earned_share(stages: Iterable[PlannedStage]) -> float:
    """The share of the work that is done."""
    return sum(stage.share * stage.progress for stage in stages)


def _elapsed(stage: PlannedStage, at: date) -> float:
    if at < stage.start:
        return 0.0
    if at >= stage.end:
        return 1.0
    return ((at - stage.start).days + 1) / ((stage.end - stage.start).days + 1)
