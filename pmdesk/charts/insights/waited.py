"""Days waited for the client as they add up, against the delay of the project; below, day by day."""

from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.values import Insight
from pmdesk.answers.insights.waited_days import Waited
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import fitted, width_of
from pmdesk.charts.insights.strokes import Bar, bars, write
from pmdesk.charts.insights.times import days_across, place_of
from pmdesk.charts.style import bare, say_last

# A day is drawn at least so many inches wide.
_LEAST: Final = 0.012


def limits(insight: Insight) -> Limits:
    """The days looked at, and the larger of days waited and days late."""
    shape: Waited = insight.shape
    late = max(0, shape.slip.days_late) if shape.slip else 0
    high = max(len(shape.days), late, 1)
    return Limits(place_of(shape.first), place_of(shape.last) + 1, 0.0, float(high))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the days of an insight into a figure or a part of one."""
    shape: Waited = insight.shape
    upper, lower = part.subplots(2, 1, sharex=True, height_ratios=(2.4, 1))
    pen.room(part, right=0.55)
    bare(upper)
    bare(lower, grid=False)
    known = pen.limits or limits(insight)
    first, last = days_across(lower, known, pen.size(part)[0])
    upper.set_ylim(0, known.high * 1.18)
    _sum(upper, shape, pen)
    _slip(upper, shape, (first, last), pen, pen.size(part)[0] - 1.2)
    upper.locator_params(axis="y", nbins=4, integer=True)
    upper.spines["bottom"].set_visible(False)
    upper.set_ylabel(pen.words("working days"))
    wide = max(1.0, _LEAST * (last - first) / max(0.5, pen.size(part)[0] - 1.1))
    return _days(lower, shape, wide, pen)


def _sum(axes: Axes, shape: Waited, pen: Pen) -> None:
    xs = [place_of(shape.first), *(place_of(one.day) for one in shape.days)]
    xs.append(place_of(shape.last) + 1)
    ys = [*range(len(shape.days) + 1), len(shape.days)]
    axes.step(xs, ys, where="post", color=pen.colours["accent"], linewidth=1.9 * pen.scale)
    axes.fill_between(xs, ys, step="post", color=pen.colours["accent"], alpha=0.1, linewidth=0)
    say_last(axes, str(len(shape.days)), (xs[-1], ys[-1]), pen.colours)


def _slip(axes: Axes, shape: Waited, ends: tuple[float, float], pen: Pen, inches: float) -> None:
    if shape.slip is None or shape.slip.days_late <= 0:
        return
    late = shape.slip.days_late
    axes.plot(ends, (late, late), color=pen.colours["bad"], linewidth=1.3, linestyle=(0, (5, 3)))

    def said(project: str) -> str:
        return pen.words("{project}: late by {n} working days", project=project, n=late)

    text = said(fitted(shape.slip.name, inches - width_of(said(""))))
    # where the curve ends near the line its word stands at the beginning
    near = abs(len(shape.days) - late) < 0.2 * axes.get_ylim()[1]
    write(axes, text, (ends[0] if near else ends[1], late), pen, pen.colours["bad"],
          away=(4 if near else -4, 4), side="left" if near else "right")  # fmt: skip


def _days(axes: Axes, shape: Waited, wide: float, pen: Pen) -> list[Spot]:
    """How many questions and, on top of them, late promises were open on each day."""
    asks, promises, spots = [], [], []
    for n, one in enumerate(shape.days):
        middle, high = place_of(one.day) + 0.5, one.asks + one.promises
        left, right = middle - wide / 2, middle + wide / 2
        asks.append(Bar(left, 0, right, one.asks))
        promises.append(Bar(left, one.asks, right, high))
        spots.append(Spot(axes, n, left, 0, right, high))
    bars(axes, [bar for bar in asks if bar.high], color=pen.colours["accent"], alpha=0.75)
    bars(axes, [bar for bar in promises if bar.high > bar.low], color=pen.colours["warn"])
    most = max(one.asks + one.promises for one in shape.days)
    axes.set_ylim(0, most * 1.45)
    axes.set_yticks([0, most])
    axes.set_ylabel(pen.words("open"))
    x = axes.get_xlim()[0]
    for row, (text, colour) in enumerate(((pen.words("questions"), "accent"),
                                          (pen.words("late promises"), "warn"))):  # fmt: skip
        write(axes, f"■ {text}", (x, most * 1.45), pen, pen.colours[colour],
              away=(4 + 70 * row * pen.scale, -1), level="top", small=True)  # fmt: skip
    return spots
