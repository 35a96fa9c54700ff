"""One dot a turn on a log scale: the open ones at their age, medians on either side of a change."""

from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.slower import Dot, Dots
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.strokes import LEAST_HOURS, draw_levels, draw_target, label_hours
from pmdesk.charts.insights.times import days_across, place_of_moment
from pmdesk.charts.style import bare

_MANY: Final = 400


def limits(insight: Insight) -> Limits:
    """The times and waits of the turns of an insight."""
    shape: Dots = insight.shape
    waits = [max(LEAST_HOURS, dot.hours) for dot in shape.dots]
    return Limits(
        place_of_moment(shape.dots[0].at), place_of_moment(shape.dots[-1].at),
        min(*waits, shape.target_hours), max(*waits, shape.target_hours),
    )  # fmt: skip


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the turns of an insight into a figure or a part of one."""
    shape: Dots = insight.shape
    axes: Axes = part.subplots()
    pen.room(part, right=0.55)
    known = pen.limits or limits(insight)
    bare(axes)
    axes.set_yscale("log")
    axes.set_ylim(known.low / 1.5, known.high * 1.6)
    first, last = days_across(axes, known, pen.size(part)[0])
    places = [(place_of_moment(dot.at), max(LEAST_HOURS, dot.hours)) for dot in shape.dots]
    _dots(axes, shape.dots, places, pen)
    draw_target(axes, shape.target_hours, first, pen)
    draw_levels(axes, shape.levels, (first, last), pen)
    label_hours(axes, pen.size(part)[1] - pen.head - 0.5)
    axes.set_ylabel(pen.words(shape.unit))
    return [Spot.point(axes, n, x, y) for n, (x, y) in enumerate(places)]


def _dots(axes: Axes, dots: tuple[Dot, ...], places: list[tuple[float, float]], pen: Pen) -> None:
    answered = [place for dot, place in zip(dots, places, strict=True) if dot.answered]
    waiting = [place for dot, place in zip(dots, places, strict=True) if not dot.answered]
    many = len(dots) > _MANY
    if answered:
        axes.plot(
            [x for x, _ in answered], [y for _, y in answered], linestyle="", marker="o",
            markersize=(2.6 if many else 4) * pen.scale, color=pen.colours["accent"],
            alpha=pen.alpha(0.4 if many else 0.6), markeredgewidth=0,
        )  # fmt: skip
    if waiting:
        axes.plot(
            [x for x, _ in waiting], [y for _, y in waiting], linestyle="", marker="^",
            markersize=6 * pen.scale, markerfacecolor=pen.colours["surface"],
            markeredgecolor=pen.colours["bad"], markeredgewidth=1.3, clip_on=False, zorder=5,
        )  # fmt: skip
