"""Promises on one line each: from the day first promised to the day they ended."""

from typing import Any

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.promises import ENDS, Kept, PromisesShape
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.times import label_days, place_of
from pmdesk.charts.style import bare


def limits(insight: Insight) -> Limits:
    """The days of the promises of an insight."""
    shape: PromisesShape = insight.shape
    days = [place_of(one.due) for one in shape.promises]
    ends = [place_of(one.ended or shape.today) for one in shape.promises]
    return Limits(min(days), max(*days, *ends), 0, len(shape.promises))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw promises, the latest at the top, ours filled and theirs hollow."""
    shape: PromisesShape = insight.shape
    axes: Axes = part.subplots()
    pen.room(part, left=0.2, right=1.0)
    known = pen.limits or limits(insight)
    margin = max((known.last - known.first) * 0.03, 2)
    spots = []
    for row, one in enumerate(shape.promises):
        spots.append(_promise(axes, one, row, shape, pen))
    axes.set_ylim(-0.8, len(shape.promises) - 0.2)
    axes.set_yticks([])
    label_days(axes, known.first - margin, known.last + margin, pen.size(part)[0])
    bare(axes)
    axes.grid(visible=False, axis="y")
    return spots


def _promise(axes: Axes, one: Kept, row: int, shape: PromisesShape, pen: Pen) -> Spot:
    colours = pen.colours
    colour = {"kept": colours["good"], "late": colours["warn"], "moved": colours["warn"],
              "broken": colours["bad"], "open": colours["muted"]}[one.end]  # fmt: skip
    due, end = place_of(one.due), place_of(one.ended or max(shape.today, one.due))
    if end > due:
        axes.plot((due, end), (row, row), color=colour, linewidth=1.6)
    axes.plot([due], [row], marker="|", markersize=9 * pen.scale, color=colours["muted"])
    filled = colour if one.ours else colours["surface"]
    mark = {"kept": "o", "late": "D", "moved": "s", "broken": "X", "open": ">"}[one.end]
    axes.plot([end], [row], marker=mark, markersize=6 * pen.scale, markerfacecolor=filled,
              markeredgecolor=colour, linestyle="")  # fmt: skip
    axes.annotate(pen.words(ENDS[one.end]), (end, row), xytext=(8, 0), textcoords="offset points",
                  va="center", color=colours["muted"], fontsize="small", annotation_clip=False)  # fmt: skip
    return Spot(axes, row, min(due, end), row - 0.4, max(due, end), row + 0.4)
