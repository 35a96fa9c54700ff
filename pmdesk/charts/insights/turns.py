"""One dot a turn on a log scale: the open ones at their age, medians on either side of a change."""

from math import ceil
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may
from matplotlib.ticker import FixedLocator, NullLocator  # noqa: TID253

from pmdesk.answers.insights.slower import Dot, Dots
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.times import label_days, place_of_moment
from pmdesk.charts.style import bare

# Below this many hours a wait is drawn at the lower edge: three minutes.
_LEAST: Final = 0.05
_TICKS: Final = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 40, 80, 160, 400, 1000, 4000)
_MANY: Final = 400
_LABEL: Final = 0.24


def limits(insight: Insight) -> Limits:
    """The times and waits of the turns of an insight."""
    shape: Dots = insight.shape
    waits = [max(_LEAST, dot.hours) for dot in shape.dots]
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
    margin = max((known.last - known.first) * 0.015, 0.5)
    first, last = known.first - margin, known.last + margin
    axes.set_yscale("log")
    axes.set_ylim(known.low / 1.5, known.high * 1.6)
    places = [(place_of_moment(dot.at), max(_LEAST, dot.hours)) for dot in shape.dots]
    _dots(axes, shape.dots, places, pen)
    _target(axes, shape, first, pen)
    _medians(axes, shape, first, last, pen)
    ticks = _ticks(axes, pen.size(part)[1] - pen.head - 0.5)
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    label_days(axes, first, last, pen.size(part)[0])
    bare(axes)
    axes.set_ylabel(pen.words("working hours"))
    return [Spot.point(axes, n, x, y) for n, (x, y) in enumerate(places)]


def _ticks(axes: Axes, height: float) -> list[float]:
    """Hours that people think in, no closer than their labels in so many inches."""
    low, high = axes.get_ylim()
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    return ticks[:: max(1, ceil(len(ticks) * _LABEL / max(height, _LABEL)))]


def _dots(axes: Axes, dots: tuple[Dot, ...], places: list[tuple[float, float]], pen: Pen) -> None:
    answered = [place for dot, place in zip(dots, places, strict=True) if dot.answered]
    waiting = [place for dot, place in zip(dots, places, strict=True) if not dot.answered]
    many = len(dots) > _MANY
    if answered:
        axes.plot(
            [x for x, _ in answered], [y for _, y in answered], linestyle="", marker="o",
            markersize=(2.6 if many else 4) * pen.scale, color=pen.colours["accent"],
            alpha=0.4 if many else 0.6, markeredgewidth=0,
        )  # fmt: skip
    if waiting:
        axes.plot(
            [x for x, _ in waiting], [y for _, y in waiting], linestyle="", marker="^",
            markersize=6 * pen.scale, markerfacecolor=pen.colours["surface"],
            markeredgecolor=pen.colours["bad"], markeredgewidth=1.3, clip_on=False, zorder=5,
        )  # fmt: skip


def _target(axes: Axes, shape: Dots, first: float, pen: Pen) -> None:
    axes.axhline(
        shape.target_hours, color=pen.colours["warn"], linewidth=1.1, linestyle=(0, (4, 3))
    )
    _say(axes, pen.words("target {hours}", hours=f"{shape.target_hours:g}"),
         (first, shape.target_hours), pen, pen.colours["warn"], (3, 3), "left")  # fmt: skip


def _medians(axes: Axes, shape: Dots, first: float, last: float, pen: Pen) -> None:
    """A line for each stretch between changes, its value in the margin."""
    change = None if shape.changed_at is None else place_of_moment(shape.changed_at)
    if shape.before_h:
        _median(axes, (first, last if change is None else change), shape.before_h, pen)
    if change is None:
        return
    axes.axvline(change, color=pen.colours["muted"], linewidth=0.9, linestyle=":")
    if shape.after_h:
        _median(axes, (change, last), shape.after_h, pen)


def _median(axes: Axes, ends: tuple[float, float], hours: float, pen: Pen) -> None:
    axes.plot(ends, (hours, hours), color=pen.colours["text"], linewidth=2.2 * pen.scale,
              solid_capstyle="butt", zorder=4)  # fmt: skip
    at_end = ends[1] >= axes.get_xlim()[1]
    text = pen.words.number(hours)
    if at_end:
        _say(axes, text, (ends[1], hours), pen, pen.colours["text"], (5, -3), "left")
    else:
        _say(axes, text, (ends[1], hours), pen, pen.colours["text"], (-3, 4), "right")


def _say(
    axes: Axes, text: str, at: tuple[float, float], pen: Pen, colour: Any,
    away: tuple[float, float], side: Any,
) -> None:  # fmt: skip
    """A word beside what it names, readable over dots."""
    from matplotlib.patheffects import withStroke

    axes.annotate(
        text, at, xytext=away, textcoords="offset points", ha=side, color=colour, zorder=6,
        annotation_clip=False,
        path_effects=[withStroke(linewidth=2.5, foreground=pen.colours["surface"])],
    )  # fmt: skip
