"""The survival curve, as people ask it: what share was answered within how many hours."""

from bisect import bisect_left
from typing import Any

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may
from matplotlib.figure import Figure  # noqa: TID253

from pmdesk.charts.style import bare, chart_style, margins
from pmdesk.charts.values import SurvivalSeries
from pmdesk.tokens import Theme
from pmdesk.words import Words


def draw_survival(
    figure: Figure, series: SurvivalSeries, words: Words, theme: Theme = "light", scale: float = 1
) -> None:
    """Draw `series` into `figure`, which is cleared first."""
    with chart_style(theme, scale) as colours:
        figure.clear()
        figure.set_facecolor(colours["surface"])
        axes = figure.subplots()
        margins(figure, scale, below=0.5)
        if not series.n:
            axes.set_axis_off()
            text = words("No waiting turn in this time")
            figure.text(0.5, 0.5, text, ha="center", color=colours["muted"])
            return
        if series.cases:
            _draw_cases(axes, series, words, colours)
            return
        right = _right(series)
        xs = [0.0, *series.times, right]
        shares = [1.0, *series.survival]
        answered = [100 * (1 - s) for s in [*shares, shares[-1]]]
        low = [0.0, *(100 * (1 - s) for s in series.high)]
        high = [0.0, *(100 * (1 - s) for s in series.low)]
        accent = colours["accent"]
        axes.fill_between(
            xs,
            [*low, low[-1]],
            [*high, high[-1]],
            step="post",
            color=accent,
            alpha=0.16,
            linewidth=0,
        )
        axes.step(xs, answered, where="post", color=accent, linewidth=1.8)
        if series.median is not None and series.median <= right:
            axes.plot(
                [0, series.median, series.median],
                [50, 50, 0],
                color=colours["muted"],
                linewidth=0.9,
            )
            # over its own line, where the curve has not been yet; beside it where that is short
            place, by = ((0.0, 50), (4, 3))
            if series.median < 0.18 * right:
                place, by = ((series.median, 50), (5, -11))
            axes.annotate(
                words("median {hours}", hours=words.number(series.median)), place, xytext=by,
                textcoords="offset points", color=colours["text"],
            )  # fmt: skip
        if series.target_hours is not None and series.target_hours <= right:
            step = bisect_left(series.times, series.target_hours + 1e-9)
            share = answered[step]
            axes.axvline(
                series.target_hours, color=colours["warn"], linewidth=1.2, linestyle=(0, (4, 3))
            )
            axes.annotate(
                words("{share} within the target of {hours}", share=words.percent(share / 100),
                      hours=f"{series.target_hours:g}"),
                (series.target_hours, 4), xytext=(5, 0), textcoords="offset points", color=colours["warn"],
            )  # fmt: skip
        axes.set_xlim(0, right)
        axes.set_ylim(0, 102)
        axes.set_yticks([0, 25, 50, 75, 100], [f"{tick} %" for tick in (0, 25, 50, 75, 100)])
        bare(axes)
        unit = words("working hours") if series.clock == "work" else words("hours")
        axes.set_xlabel(words("answered within … {unit}", unit=unit))


def _draw_cases(axes: Axes, series: SurvivalSeries, words: Words, colours: Any) -> None:
    """Too few waits for a curve: each is a line of its own, the open ones going on."""
    cases = sorted(series.cases, key=lambda wait: wait.hours)
    right = max([*(wait.hours for wait in cases), series.target_hours or 0, 1e-3]) * 1.15
    for row, wait in enumerate(cases):
        colour = colours["accent"] if wait.answered else colours["bad"]
        style = "-" if wait.answered else (0, (2, 2))
        axes.plot([0, wait.hours], [row, row], color=colour, linewidth=1.6, linestyle=style)
        axes.plot([wait.hours], [row], marker="o" if wait.answered else ">", markersize=5,
                  markerfacecolor=colour if wait.answered else colours["surface"],
                  markeredgecolor=colour)  # fmt: skip
        hours = words.number(wait.hours)
        text = hours if wait.answered else words("{hours}, still open", hours=hours)
        axes.annotate(text, (wait.hours, row), xytext=(8, 0), textcoords="offset points",
                      va="center", color=colours["text"], annotation_clip=False)  # fmt: skip
    if series.target_hours is not None:
        axes.axvline(
            series.target_hours, color=colours["warn"], linewidth=1.2, linestyle=(0, (4, 3))
        )
    axes.set_xlim(0, right)
    axes.set_ylim(-0.7, len(cases) - 0.3)
    axes.set_yticks([])
    bare(axes)
    unit = words("working hours") if series.clock == "work" else words("hours")
    axes.set_xlabel(words("{n} turns, too few for a curve; {unit}", n=len(cases), unit=unit))


def _right(series: SurvivalSeries) -> float:
    """The edge: where nearly all that were answered have been, not the longest wait of all."""
    answered = series.survival
    last = answered[-1] if answered else 1.0
    near = next((t for t, s in zip(series.times, answered, strict=True) if s - last < 0.03), None)
    wanted = max(near or series.longest, (series.median or 0) * 3, (series.target_hours or 0) * 2)
    return max(wanted, 1e-3)
