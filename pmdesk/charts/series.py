"""Answers turned into what the charts draw."""

from datetime import date
from typing import Literal

from pmdesk.answers.responsiveness import Answer
from pmdesk.charts.values import Clock, PeriodPoint, ResponsivenessSeries, SurvivalSeries


def responsiveness_series(
    answer: Answer, first: date | None = None, last: date | None = None
) -> ResponsivenessSeries:
    """The periods of an answer, between two days where they are given."""
    points = tuple(
        PeriodPoint(p.label, p.start, p.figures.km_median_h, p.q1, p.q3, p.n, p.figures.open, p.few)
        for p in answer.periods
        if (first is None or p.start >= first) and (last is None or p.start <= last)
    )
    by: Literal["week", "month"] = "month" if answer.question.by == "month" else "week"
    return ResponsivenessSeries(_clock(answer), by, answer.target_hours, points)


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
    )  # fmt: skip


def _clock(answer: Answer) -> Clock:
    return "work" if answer.question.clock == "work" else "wall"
