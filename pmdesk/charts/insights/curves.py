"""Two curves of what was answered within how many hours, the earlier dashed, each with its band."""

from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.before_after import Side, Sides
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.strokes import write
from pmdesk.charts.style import bare
from pmdesk.insight.survival import SurvivalCurve

_DASHES: Final = (0, (5, 2))
# Of a label with its share of room below, in points.
_TWO_LINES: Final = 31


def limits(insight: Insight) -> Limits:
    """The hours up to where nearly all that were answered have been, and all shares."""
    shape: Sides = insight.shape
    edges = [2 * shape.target_hours]
    for side in (shape.before, shape.after):
        edges += [wait.hours * 1.1 for wait in side.cases]
        if side.curve is not None:
            edges += [_nearly_all(side.curve), (side.median or 0) * 2.5]
    return Limits(0.0, max(edges), 0.0, 100.0)


def _nearly_all(curve: SurvivalCurve) -> float:
    least = curve.survival[-1] if curve.survival else 1.0
    pairs = zip(curve.times, curve.survival, strict=True)
    return next((hours for hours, share in pairs if share - least < 0.04), curve.longest)


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw both sides of an insight into a figure or a part of one."""
    shape: Sides = insight.shape
    axes: Axes = part.subplots()
    bare(axes)
    pen.room(part, right=0.3, below=0.5)
    right = (pen.limits or limits(insight)).last
    axes.set_xlim(0, right)
    axes.set_ylim(0, 103)
    ticks = (0, 25, 50, 75, 100)
    axes.set_yticks(ticks, [f"{tick}%" for tick in ticks])
    axes.axvline(
        shape.target_hours, color=pen.colours["warn"], linewidth=1.1, linestyle=(0, (4, 3))
    )
    target = pen.words("target {hours}", hours=f"{shape.target_hours:g}")
    write(axes, target, (shape.target_hours, 1), pen, pen.colours["warn"], away=(4, 2))
    later = {"slower": "bad", "faster": "good"}.get(shape.way, "accent")
    spots: list[Spot] = []
    sides = [(shape.before, "muted", _DASHES), (shape.after, later, "-")]
    for side, colour, style in sides:
        if side.curve is not None:
            y = 50 if side.median is not None else 100 * (1 - side.curve.at(right))
            x = min(side.median or right, right)
            _curve(axes, side, right, pen, pen.colours[colour], style)
        elif side.cases:
            x, y = _cases(axes, side, len(spots), pen, pen.colours[colour])
        else:
            continue
        spots.append(Spot.point(axes, len(spots), x, y))
    _name(axes, [pair[:2] for pair in sides if pair[0].curve], right, pen)
    axes.set_xlabel(pen.words("answered within … {unit}", unit=pen.words(shape.unit)))
    return spots


def _curve(axes: Axes, side: Side, right: float, pen: Pen, colour: Any, style: Any) -> None:
    curve = side.curve
    if curve is None:
        return
    shown = sum(time <= right for time in curve.times)
    xs = [0.0, *curve.times[:shown], right]
    middle, low, high = (
        _shares(values[:shown]) for values in (curve.survival, curve.high, curve.low)
    )
    axes.fill_between(xs, low, high, step="post", color=colour, alpha=0.13, linewidth=0)
    axes.step(xs, middle, where="post", color=colour, linewidth=1.9 * pen.scale, linestyle=style)
    if side.within is not None and side.median is not None and side.median <= right:
        axes.plot([side.median], [50], marker="o", markersize=5 * pen.scale, zorder=5,
                  markerfacecolor=pen.colours["surface"], markeredgecolor=colour,
                  markeredgewidth=1.5)  # fmt: skip


def _shares(waiting: tuple[float, ...]) -> list[float]:
    """The share answered in per cent from nothing on, the last kept up to the edge."""
    shares = [0.0, *(100 * (1 - share) for share in waiting)]
    return [*shares, shares[-1]]


def _name(axes: Axes, sides: list[tuple[Side, str]], right: float, pen: Pen) -> None:
    """What each curve is, its median and share: the faster one first, as the curves lie."""
    order = sorted(sides, key=lambda pair: pair[0].median or right * 2)
    for place, (side, colour) in enumerate(order):
        days = f"{side.first:%Y-%m-%d} – {side.last:%Y-%m-%d}"
        hours = "–" if side.median is None else pen.words.number(side.median)
        share = pen.words.percent(side.within or 0.0)
        told = pen.words("median {hours}, {share} in time", hours=hours, share=share)
        text = f"{days}\n{told}"
        # in points: two lines are as high in a small panel as in a large one
        up = 0 if place == len(order) - 1 else _TWO_LINES * pen.scale
        write(axes, text, (right, 3), pen, pen.colours[colour], away=(0, up), side="right")


def _cases(axes: Axes, side: Side, row: int, pen: Pen, colour: Any) -> tuple[float, float]:
    """Too few for a curve: each a point of its own on one line."""
    y = 60 - 15 * row
    for wait in side.cases:
        axes.plot([wait.hours], [y], marker="o" if wait.answered else ">", markersize=6 * pen.scale,
                  markerfacecolor=colour if wait.answered else pen.colours["surface"],
                  markeredgecolor=colour)  # fmt: skip
    last = max(wait.hours for wait in side.cases)
    text = pen.words("{n} turns, too few for a curve", n=len(side.cases))
    days = f"{side.first:%Y-%m-%d} – {side.last:%Y-%m-%d}"
    write(axes, pen.words.labelled(days, text), (0, y), pen, colour, away=(4, 8))
    return last, float(y)
