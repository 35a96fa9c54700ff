"""Nine practices, a line each from three months ago (hollow) to now (filled)."""

from typing import Any

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.practices import STATES, Moved, Nine
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.labels import lines_across, words_below, words_beside
from pmdesk.charts.insights.pen import Pen, Spot
from pmdesk.charts.insights.strokes import write
from pmdesk.charts.style import bare


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the nine practices of an insight, the first at the top."""
    shape: Nine = insight.shape
    axes: Axes = part.subplots()
    bare(axes, grid=False)
    wide = pen.size(part)[0] > 6
    pen.room(part, left=1.65, right=1.9 if wide else 1.25)
    axes.set_xlim(-3, 103)
    axes.set_ylim(len(shape.moved) - 0.4, -0.7)
    spots = [_practice(axes, one, row, pen, wide=wide) for row, one in enumerate(shape.moved)]
    names = [f"{one.practice.place} {pen.words(one.practice.full)}" for one in shape.moved]
    lines_across(axes, range(len(names)))
    words_beside(axes, enumerate(names))
    words_below(axes, [(share, f"{share}") for share in (0, 25, 50, 75, 100)])
    return spots


def _practice(axes: Axes, one: Moved, row: int, pen: Pen, *, wide: bool) -> Spot:
    colours = pen.colours
    colour = {"better": colours["good"], "worse": colours["bad"]}.get(one.state, colours["muted"])
    told = one.state in {"better", "worse"}
    size = 7 * pen.scale
    if one.now is not None and one.spread:
        ends = (max(0.0, one.now - one.spread), min(100.0, one.now + one.spread))
        axes.plot(ends, (row, row), color=colour, alpha=0.22, linewidth=6 * pen.scale,
                  solid_capstyle="butt")  # fmt: skip
    if one.before is not None and one.now is not None:
        axes.plot((one.before, one.now), (row, row), color=colour,
                  linewidth=(2.6 if told else 1.2) * pen.scale)  # fmt: skip
    if one.before is not None:
        axes.plot([one.before], [row], marker="o", markersize=size, zorder=4,
                  markerfacecolor=colours["surface"], markeredgecolor=colour,
                  markeredgewidth=1.4)  # fmt: skip
    if one.now is not None:
        sign = {"better": ">", "worse": "<"}.get(one.state, "o")
        axes.plot([one.now], [row], marker=sign, markersize=size, color=colour, zorder=5)
    write(axes, _text(one, pen, wide=wide), (103, row), pen, colour if told else colours["muted"],
          away=(6, 0), level="center")  # fmt: skip
    known = [value for value in (one.before, one.now) if value is not None]
    left, right = (min(known), max(known)) if known else (0.0, 0.0)
    return Spot(axes, row, left, row - 0.3, right, row + 0.3)


def _text(one: Moved, pen: Pen, *, wide: bool) -> str:
    before, now = (
        "–" if value is None else pen.words.number(value, 0) for value in (one.before, one.now)
    )
    if one.state in {"better", "worse"}:
        return f"{before} → {now}  {pen.words(STATES[one.state])}"
    if one.before is None and one.now is None:
        return pen.words(STATES[one.state])
    short = f"{before} → {now}"
    # what chance explains is no news: two figures are enough
    return (
        short if one.state == "steady" or not wide else f"{short}  {pen.words(STATES[one.state])}"
    )
