"""Waits of both directions as a mirror: theirs for us upwards, ours for them downwards."""

from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.mirror import THEY_WAITED, WE_WAITED, Direction, Mirror
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.strokes import LEAST_HOURS, label_hours, strokes, write
from pmdesk.charts.insights.times import days_across, place_of, place_of_moment
from pmdesk.charts.style import bare

_MANY: Final = 400
# Shorter waits than this many hours stand on the middle line.
_FROM: Final = 0.12


def limits(insight: Insight) -> Limits:
    """The times and waits of both directions."""
    shape: Mirror = insight.shape
    dots = [*shape.ours.dots, *shape.theirs.dots]
    times = [place_of_moment(dot.at) for dot in dots]
    return Limits(min(times), max(times), _FROM, max(2.0, *(dot.hours for dot in dots)))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw both directions into a figure or a part of one."""
    shape: Mirror = insight.shape
    upper, lower = part.subplots(2, 1, sharex=True)
    pen.room(part, right=0.55)
    part.subplots_adjust(hspace=0)
    lower.patch.set_visible(False)  # the line between both would lie under it
    known = pen.limits or limits(insight)
    first, last = days_across(lower, known, pen.size(part)[0])
    height = (pen.size(part)[1] - pen.head - 0.5) / 2
    spots: list[Spot] = []
    for axes, side, colour, name in (
        (upper, shape.ours, "accent", THEY_WAITED),
        (lower, shape.theirs, "warn", WE_WAITED),
    ):
        bare(axes)
        axes.set_yscale("log")
        up, far = axes is upper, known.high * 1.9
        axes.set_ylim((_FROM, far) if up else (far, _FROM))
        spots += _dots(axes, side, pen, pen.colours[colour], len(spots))
        _months(axes, side, last, pen, pen.colours[colour])
        label_hours(axes, height)
        write(axes, pen.words(name), (first, far), pen, pen.colours[colour],
              away=(3, -3 if up else 4), level="top" if up else "baseline")  # fmt: skip
        axes.spines["bottom"].set_visible(up)
        axes.spines["bottom"].set_color(pen.colours["muted"])
    upper.set_ylabel(pen.words(shape.unit))
    return spots


def _dots(axes: Axes, side: Direction, pen: Pen, colour: Any, before: int) -> list[Spot]:
    places = [(place_of_moment(dot.at), max(_FROM, LEAST_HOURS, dot.hours)) for dot in side.dots]
    many = len(places) > _MANY
    for answered, sign in ((True, "o"), (False, "^" if axes.get_ylim()[0] < 1 else "v")):
        chosen = [p for p, dot in zip(places, side.dots, strict=True) if dot.answered is answered]
        axes.plot(
            [x for x, _ in chosen], [y for _, y in chosen], linestyle="", marker=sign,
            markersize=(6 if not answered else 2.4 if many else 3.6) * pen.scale,
            markerfacecolor=colour if answered else pen.colours["surface"],
            markeredgecolor=colour if answered else pen.colours["bad"],
            markeredgewidth=0 if answered else 1.3, alpha=pen.alpha(0.32) if answered else 1,
            zorder=2 if answered else 5,
        )  # fmt: skip
    return [Spot.point(axes, before + n, x, y) for n, (x, y) in enumerate(places)]


def _months(axes: Axes, side: Direction, last: float, pen: Pen, colour: Any) -> None:
    """The median of each month with turns enough; that of all at the edge."""
    levels = [
        (place_of(m.first), max(_FROM, m.median), min(place_of(m.end), last)) for m in side.months
    ]
    strokes(axes, [((x, y), (end, y)) for x, y, end in levels], colour, 2.4 * pen.scale, zorder=4)
    if side.median:
        axes.axhline(side.median, color=colour, linewidth=0.9, linestyle=(0, (1, 2)))
        write(axes, pen.words.number(side.median), (last, max(_FROM, side.median)), pen,
              pen.colours["text"], away=(5, 0), level="center")  # fmt: skip
