"""Trust over time: expected value with its interval, and the signals that moved it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final

from matplotlib.figure import Figure  # noqa: TID253 - charts is the package that may

from pmdesk.answers.practices.trust import counting, trust_now
from pmdesk.answers.relationship import Relationship
from pmdesk.charts.style import bare, chart_style, margins, say_last
from pmdesk.records.trust import Kept
from pmdesk.tokens import Theme
from pmdesk.words import Words

_MOST_POINTS: Final = 120
_MOST_TICKS: Final = 7


@dataclass(frozen=True)
class TrustPoint:
    """Trust at the end of a day: expected value and 95 % interval, all in 0..1."""

    day: date
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class TrustSeries:
    """Trust over time, with the days and weights of the signals that count."""

    points: tuple[TrustPoint, ...]
    kept: tuple[tuple[date, float], ...]
    broken: tuple[tuple[date, float], ...]


def trust_series(rel: Relationship, *, weeks: int = 104) -> TrustSeries:
    """Trust from the first signal on, at most `weeks` back, a point a week."""
    signals = counting(rel)
    if not signals:
        return TrustSeries((), (), ())
    first = max(
        min(s.day for s in signals if s.day), rel.today - timedelta(weeks=min(weeks, _MOST_POINTS))
    )
    days = [rel.today - timedelta(weeks=n) for n in range((rel.today - first).days // 7, -1, -1)]
    points = []
    for day in days:
        moment = min(rel.at, datetime.combine(day, time(23, 59), rel.zone).astimezone(UTC))
        found = trust_now(rel, at=moment)
        if found is not None:
            points.append(TrustPoint(day, found.expected, found.low, found.high))
    marks = {
        way: tuple((s.day, s.weight) for s in signals if s.kept is way and s.day and s.day >= first)
        for way in Kept
    }
    return TrustSeries(tuple(points), marks[Kept.KEPT], marks[Kept.BROKEN])


def draw_trust(
    figure: Figure, series: TrustSeries, words: Words, theme: Theme = "light", scale: float = 1
) -> None:
    """Draw `series` into `figure`, which is cleared first."""
    with chart_style(theme, scale) as colours:
        figure.clear()
        figure.set_facecolor(colours["surface"])
        axes = figure.subplots()
        margins(figure, scale, below=0.34, right=0.5)
        if not series.points:
            axes.set_axis_off()
            text = words("No signal counts yet")
            figure.text(0.5, 0.5, text, ha="center", color=colours["muted"])
            return
        xs = [float(p.day.toordinal()) for p in series.points]
        axes.fill_between(
            xs, [p.low for p in series.points], [p.high for p in series.points],
            color=colours["accent"], alpha=0.16, linewidth=0,
        )  # fmt: skip
        one = len(xs) == 1
        axes.plot(xs, [p.expected for p in series.points], color=colours["accent"], linewidth=1.8,
                  marker="o" if one else "")  # fmt: skip
        for found, colour, sign in (
            (series.kept, colours["good"], "^"),
            (series.broken, colours["bad"], "v"),
        ):
            axes.scatter(
                [float(day.toordinal()) for day, _ in found], [0.04] * len(found),
                s=[max(12.0, 22 * weight) for _, weight in found], marker=sign, color=colour,
                alpha=0.75, linewidths=0, clip_on=False,
            )  # fmt: skip
        last = series.points[-1]
        say_last(axes, words.number(last.expected, 2), (xs[-1], last.expected), colours)
        axes.set_ylim(0, 1)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        if len(xs) > 1:
            axes.set_xlim(xs[0], xs[-1])
        firsts = [p.day.toordinal() for p in series.points if p.day.day <= 7]
        shown = firsts[:: ceil(len(firsts) / _MOST_TICKS)] if firsts else [int(xs[-1])]
        axes.set_xticks(shown, [f"{date.fromordinal(day):%Y-%m}" for day in shown])
        bare(axes)
        axes.set_ylabel(words("trust"))
