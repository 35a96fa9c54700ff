"""Answers turned into what the charts draw."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final, Literal

from pmdesk.answers.practices.expectations import (
    STATES,
    ExpectationGap,
    expectation_gaps,
    gap_said,
    value_said,
)
from pmdesk.answers.practices.trust import counting, trust_at
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.responsiveness import Answer, Course
from pmdesk.answers.text.said import say
from pmdesk.charts.values import (
    Clock,
    GapRow,
    GapSeries,
    PeriodPoint,
    ResponsivenessSeries,
    SurvivalSeries,
    TrustPoint,
    TrustSeries,
)
from pmdesk.insight.responsiveness import FEW, PeriodFigures
from pmdesk.insight.survival import Wait
from pmdesk.records.trust import Kept
from pmdesk.words import Words

_MOST_POINTS: Final = 120
_MOST_GAPS: Final = 10


def responsiveness_series(
    answer: Answer | Course, first: date | None = None, last: date | None = None
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


def _clock(answer: Answer | Course) -> Clock:
    return "work" if answer.question.clock == "work" else "wall"


def trust_series(rel: Relationship, *, weeks: int = 104) -> TrustSeries:
    """Trust from the first signal on, at most `weeks` back, a point a week."""
    signals = counting(rel)
    if not signals:
        return TrustSeries((), (), ())
    first = max(
        min(s.day for s in signals if s.day), rel.today - timedelta(weeks=min(weeks, _MOST_POINTS))
    )
    days = [rel.today - timedelta(weeks=n) for n in range((rel.today - first).days // 7, -1, -1)]
    ends = [
        min(rel.at, datetime.combine(day, time(23, 59), rel.zone).astimezone(UTC)) for day in days
    ]
    points = tuple(
        TrustPoint(day, earned.expected, earned.low, earned.high)
        for day, earned in zip(days, trust_at(rel, ends), strict=True)
        if earned is not None
    )
    marks = {
        way: tuple((s.day, s.weight) for s in signals if s.kept is way and s.day and s.day >= first)
        for way in Kept
    }
    return TrustSeries(points, marks[Kept.KEPT], marks[Kept.BROKEN])


def gap_series(rel: Relationship, words: Words, *, client_edition: bool = False) -> GapSeries:
    """The gaps of a relationship; for the client without what is internal."""
    known = (
        g
        for g in expectation_gaps(rel)
        if g.gap is not None and not (client_edition and g.expectation.internal)
    )
    return GapSeries(tuple(_gap_row(g, words) for g in islice(known, _MOST_GAPS)))


def _gap_row(of: ExpectationGap, words: Words) -> GapRow:
    e, gap = of.expectation, of.gap or 0.0
    return GapRow(
        label=e.statement,
        expected=say(words, value_said(e, "expected")),
        actual=say(words, value_said(e, "forecast")),
        # the page says of its years that they are preliminary: here is room for the figure alone
        gap=say(words, gap_said(of._replace(preliminary=False))),
        tolerances=gap / (e.tolerance or 1.0),
        state=STATES[of.state],
    )
