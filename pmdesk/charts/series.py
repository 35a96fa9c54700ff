"""Answers turned into what the charts draw."""

from datetime import date
from typing import Literal

from pmdesk.answers.responsiveness import Answer
from pmdesk.charts.values import Clock, PeriodPoint, ResponsivenessSeries, SurvivalSeries
from pmdesk.insight.responsiveness import FEW, PeriodFigures
from pmdesk.insight.survival import Wait


def responsiveness_series(
    answer: Answer, first: date | None = None, last: date | None = None
) -> ResponsivenessSeries:
    """The periods of an answer, between two days where they are given."""
    points = tuple(
        _point(period)
        for period in answer.periods
        if (first is None or period.start >= first) and (last is None or period.start <= last)
    )
    by: Literal["week", "month"] = "month" if answer.question.by == "month" else "week"
    return ResponsivenessSeries(_clock(answer), by, answer.target_hours, points)


def _point(p: PeriodFigures) -> PeriodPoint:
    figures = p.figures
    return PeriodPoint(
        p.label, p.start, None if p.few else figures.km_median_h, p.q1, p.q3, p.n, figures.open,
        p.few, figures.km_low_h, figures.km_high_h, p.so_far, p.cases,
    )  # fmt: skip


def survival_series(answer: Answer) -> SurvivalSeries:
    """The curve of an answer; empty where nobody waited."""
    curve, total = answer.curve, answer.total
    if curve is None:
        return SurvivalSeries(
            _clock(answer), (), (), (), (), 0, 0, 0.0, None, None, None, answer.target_hours
        )
    return SurvivalSeries(
        _clock(answer), curve.times, curve.survival, curve.low, curve.high, curve.n, curve.open,
        curve.longest, total.km_median_h, total.km_low_h, total.km_high_h, answer.target_hours,
        _cases(answer),
    )  # fmt: skip


def _cases(answer: Answer) -> tuple[Wait, ...]:
    """The waits themselves where they are too few for a curve, in the order they began."""
    if len(answer.turns) >= FEW:
        return ()
    pairs = zip(answer.turns, answer.hours, strict=True)
    return tuple(Wait(hours, turn.answered_at is not None) for turn, hours in pairs)


def _clock(answer: Answer) -> Clock:
    return "work" if answer.question.clock == "work" else "wall"
