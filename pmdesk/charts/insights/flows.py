"""Opened above and closed below a line for each stretch; under it each one from its first to its last day."""

from datetime import date
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.flows import FlowShape
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import fitted
from pmdesk.charts.insights.times import day_at, label_days, place_of
from pmdesk.charts.style import bare
from pmdesk.insight.flow import Lived, Stretch, flow, lanes, unit_of

# More lanes than this leave no room for words.
_MOST_WORDS: Final = 9
_WIDE: Final = 6.0
# Bars of so many inches have room for their number.
_NUMBERED: Final = 0.13


def limits(insight: Insight) -> Limits:
    """The days and the largest count of an insight."""
    shape: FlowShape = insight.shape
    stretches = _stretches(shape, shape.first, shape.last)
    most = max(max(s.opened, s.closed, s.open) for s in stretches)
    return Limits(place_of(shape.first), place_of(shape.last) + 1, 0, most)


def _stretches(shape: FlowShape, first: date, last: date) -> list[Stretch]:
    lived = [Lived(life.opened, life.closed) for life in shape.lives]
    return flow(lived, first, last, unit_of(first, last))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the counts of an insight and, below them, how long each lay open."""
    shape: FlowShape = insight.shape
    known = pen.limits or limits(insight)
    counts, lives = part.subplots(2, 1, gridspec_kw={"height_ratios": (1, 1)})
    bare(counts, grid=False)
    bare(lives, grid=False)
    wide = pen.size(part)[0] >= _WIDE
    pen.room(part, left=0.75, right=2.3 if wide else 1.0)
    # all panels count in the stretches of the longest of them
    stretches = _stretches(shape, day_at(known.first), shape.last)
    first, last = place_of(stretches[0].first), max(place_of(stretches[-1].last) + 1, known.last)
    span = (first, last + (last - first) * 0.01)
    width = pen.size(part)[0] - (3.05 if wide else 1.75)
    _bars(counts, shape, stretches, pen, width / (last - first))
    _open_line(counts, shape, first, pen)
    top = max(3.0, known.high, *(max(s.opened, s.closed) for s in stretches))
    counts.set_ylim(-top * 1.25, top * 1.25)
    counts.set_xlim(*span)
    spots = _lives(lives, shape, span, pen, 2.1 if wide else 0.85)
    label_days(lives, *span, width)
    return spots


def _bars(
    axes: Axes, shape: FlowShape, stretches: list[Stretch], pen: Pen, inches: float
) -> None:  # fmt: skip
    """What was opened upwards, what was closed downwards; a stretch that is not over is hollow."""
    for stretch in stretches:
        begins, days = place_of(stretch.first), (stretch.last - stretch.first).days + 1
        for count, way, name in ((stretch.opened, 1, "warn"), (stretch.closed, -1, "good")):
            if not count:
                continue
            colour = pen.colours[name]
            hollow = stretch.last > shape.last
            axes.bar(begins + days / 2, way * count, days * 0.72, edgecolor=colour, linewidth=1.1,
                     facecolor=pen.colours["surface"] if hollow else colour)  # fmt: skip
            if days * inches > _NUMBERED:
                axes.annotate(
                    f"{count}", (begins + days / 2, way * count), ha="center",
                    xytext=(0, way * 3 * pen.scale), textcoords="offset points",
                    va="bottom" if way > 0 else "top", color=colour, fontsize="small",
                )  # fmt: skip
    axes.axhline(0, color=pen.colours["muted"], linewidth=0.8)
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    _beside(axes, pen, 0.75, pen.words("opened"), "warn")
    _beside(axes, pen, 0.25, pen.words("closed"), "good")


def _open_line(axes: Axes, shape: FlowShape, first: float, pen: Pen) -> None:
    """How many lay open, day by day."""
    steps = [(max(place_of(life.opened), first), 1) for life in shape.lives]
    steps += [(place_of(life.closed), -1) for life in shape.lives if life.closed is not None]
    xs, ys = [first], [0]
    for day, change in sorted(steps):
        xs.append(day)
        ys.append(ys[-1] + change)
    axes.plot([*xs, place_of(shape.last) + 1], [*ys, ys[-1]], color=pen.colours["text"],
              linewidth=1.4 * pen.scale, drawstyle="steps-post", zorder=4)  # fmt: skip
    axes.annotate(
        pen.words("open: {n}", n=ys[-1]), (1, ys[-1]), xycoords=("axes fraction", "data"),
        xytext=(6 * pen.scale, 0), textcoords="offset points", va="center",
        color=pen.colours["text"], annotation_clip=False,
    )  # fmt: skip


def _beside(axes: Axes, pen: Pen, height: float, text: str, colour: str) -> None:
    axes.annotate(
        text, (0, height), xycoords="axes fraction", xytext=(-6 * pen.scale, 0), ha="right",
        textcoords="offset points", va="center", color=pen.colours[colour], fontsize="small",
        annotation_clip=False,
    )  # fmt: skip


def _lives(
    axes: Axes, shape: FlowShape, span: tuple[float, float], pen: Pen, room: float
) -> list[Spot]:
    """A line for each, in the lowest lane that is free; those that are open with their age."""
    placed = lanes([Lived(life.opened, life.closed) for life in shape.lives])
    n = max(placed) + 1
    spots = []
    for item, (life, lane) in enumerate(zip(shape.lives, placed, strict=True)):
        first, now = max(place_of(life.opened), span[0]), place_of(shape.last) + 1
        end = now if life.closed is None else max(place_of(life.closed) + 1, first + 1)
        colour = pen.colours["accent" if life.closed is None else "muted"]
        axes.plot((first, end), (lane, lane), color=colour, solid_capstyle="butt",
                  linewidth=(2.6 if life.closed is None else 1.8) * pen.scale)  # fmt: skip
        axes.plot([first], [lane], marker="o", markersize=4 * pen.scale, color=colour, linestyle="")
        if life.closed is None:
            axes.plot([end], [lane], marker=">", markersize=6 * pen.scale, linestyle="",
                      markeredgecolor=colour, markerfacecolor=pen.colours["surface"], clip_on=False)  # fmt: skip
            if n <= _MOST_WORDS:
                days = pen.words("{n} d", n=life.days)
                axes.annotate(
                    fitted(f"{days} · {life.what}" if room > 1 else days, room, small=True),
                    (1, lane), xycoords=("axes fraction", "data"), xytext=(6 * pen.scale, 0),
                    textcoords="offset points", va="center", color=colour, fontsize="small",
                    annotation_clip=False,
                )  # fmt: skip
        spots.append(Spot(axes, item, first, lane - 0.3, end, lane + 0.3))
    axes.set_ylim(-0.7, max(n, 4) - 0.3)
    axes.set_yticks([])
    _beside(axes, pen, 0.5, pen.words("each one"), "muted")
    return spots
