"""Trust over time: expected value with its interval, and the signals that moved it."""

from datetime import date
from math import ceil
from typing import Final

from matplotlib.figure import Figure  # noqa: TID253 - charts is the package that may

from pmdesk.charts.style import bare, chart_style, margins, say_last
from pmdesk.charts.values import TrustSeries
from pmdesk.tokens import Theme
from pmdesk.words import Words

_MOST_TICKS: Final = 7


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
        for signals, colour, sign in (
            (series.kept, colours["good"], "^"),
            (series.broken, colours["bad"], "v"),
        ):
            axes.scatter(
                [float(day.toordinal()) for day, _ in signals], [0.04] * len(signals),
                s=[max(12.0, 22 * weight) for _, weight in signals], marker=sign, color=colour,
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
