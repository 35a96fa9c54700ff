"""What several charts draw alike: bars in one go, hours that people think in, a target, words."""

from collections.abc import Iterable
from math import ceil
from typing import Any, Final, Literal, NamedTuple

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may
from matplotlib.ticker import FixedLocator, NullLocator  # noqa: TID253

from pmdesk.answers.insights.slower import Levels
from pmdesk.charts.insights.pen import Pen
from pmdesk.charts.insights.times import place_of_moment

# Below this many hours a wait is drawn at the edge: three minutes.
LEAST_HOURS: Final = 0.05
_TICKS: Final = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 40, 80, 160, 400, 1000, 4000)
_LABEL: Final = 0.24


class Bar(NamedTuple):
    """A rectangle in the data of its axes."""

    left: float
    low: float
    right: float
    high: float


def bars(axes: Axes, places: Iterable[Bar], **looks: Any) -> None:
    """Rectangles as one artist: years of days are thousands of them."""
    from matplotlib.collections import PolyCollection

    corners = [((a, low), (a, high), (b, high), (b, low)) for a, low, b, high in places]
    if corners:
        axes.add_collection(PolyCollection(corners, **{"linewidth": 0, **looks}), autolim=False)


def strokes(
    axes: Axes,
    ends: Iterable[tuple[tuple[float, float], tuple[float, float]]],
    colour: Any,
    width: float,
    **looks: Any,
) -> None:
    """Lines between two places each as one artist, so many points wide, cut off at their ends."""
    from matplotlib.collections import LineCollection

    lines = LineCollection(list(ends), colors=[colour], linewidths=width, capstyle="butt", **looks)
    axes.add_collection(lines, autolim=False)


def label_hours(axes: Axes, height: float) -> None:
    """Label the y axis with hours that people think in, no closer than fit so many inches."""
    low, high = sorted(axes.get_ylim())
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    ticks = ticks[:: max(1, ceil(len(ticks) * _LABEL / max(height, _LABEL)))]
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks])


def draw_target(axes: Axes, hours: float, first: float, pen: Pen) -> None:
    """The target across the axes, its word at the place `first`."""
    axes.axhline(hours, color=pen.colours["warn"], linewidth=1.1, linestyle=(0, (4, 3)))
    text = pen.words("target {hours}", hours=f"{hours:g}")
    write(axes, text, (first, hours), pen, pen.colours["warn"], away=(3, 3))


def draw_levels(axes: Axes, levels: Levels, ends: tuple[float, float], pen: Pen) -> None:
    """The median of each stretch between changes as a line, its value at the end of it."""
    first, last = ends
    change = None if levels.changed_at is None else place_of_moment(levels.changed_at)
    if levels.before_h:
        _level(axes, (first, last if change is None else change), levels.before_h, pen)
    if change is None:
        return
    axes.axvline(change, color=pen.colours["muted"], linewidth=0.9, linestyle=":")
    if levels.after_h:
        _level(axes, (change, last), levels.after_h, pen)


def _level(axes: Axes, ends: tuple[float, float], hours: float, pen: Pen) -> None:
    axes.plot(ends, (hours, hours), color=pen.colours["text"], linewidth=2.2 * pen.scale,
              solid_capstyle="butt", zorder=4)  # fmt: skip
    at_end = ends[1] >= axes.get_xlim()[1]
    away: tuple[float, float] = (5, -3) if at_end else (-3, 4)
    write(axes, pen.words.number(hours), (ends[1], hours), pen, pen.colours["text"], away=away,
          side="left" if at_end else "right")  # fmt: skip


def write(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    pen: Pen,
    colour: Any,
    *,
    away: tuple[float, float] = (0, 0),
    side: Literal["left", "center", "right"] = "left",
    level: Literal["baseline", "center", "top"] = "baseline",
    small: bool = False,
) -> None:
    """A word beside what it names, `away` from it in points, readable over what lies there."""
    from matplotlib.patheffects import withStroke

    axes.annotate(
        text, at, xytext=away, textcoords="offset points", ha=side, va=level, color=colour, zorder=6,
        annotation_clip=False, fontsize="small" if small else None,
        path_effects=[withStroke(linewidth=2.5, foreground=pen.colours["surface"])],
    )  # fmt: skip
