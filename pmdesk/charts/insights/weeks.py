"""Medians of weeks or months with their intervals over time; below how many turns, how many open."""

from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.values import Insight
from pmdesk.answers.insights.weekly import Stretch, Weeks
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.strokes import Bar, bars, draw_levels, draw_target, strokes
from pmdesk.charts.insights.times import days_across, place_of
from pmdesk.charts.style import bare

# More of them stand too close for a bar each: their intervals are a band.
_MANY: Final = 80
# What reaches beyond this many times the highest median is cut off at the edge.
_CUT: Final = 1.6


def limits(insight: Insight) -> Limits:
    """The days of the weeks of an insight, and hours up to a little above the highest median."""
    shape: Weeks = insight.shape
    medians = [one.median for one in shape.stretches if one.median is not None]
    cases = sorted(w.hours for one in shape.stretches for w in one.cases if w.answered)
    known = medians or cases[: len(cases) * 3 // 4 + 1] or [shape.target_hours]
    highs = [one.high for one in shape.stretches if one.high is not None and one.median is not None]
    top = max(shape.target_hours * 1.1, min(max(highs, default=0.0), max(known) * _CUT), *known)
    first, last = shape.stretches[0].first, shape.stretches[-1].end
    return Limits(place_of(first), place_of(last), 0.0, top * 1.08)


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the weeks of an insight into a figure or a part of one."""
    shape: Weeks = insight.shape
    upper, lower = part.subplots(2, 1, sharex=True, height_ratios=(4.2, 1))
    pen.room(part, right=0.55)
    bare(upper)
    bare(lower, grid=False)
    known = pen.limits or limits(insight)
    upper.set_ylim(0, known.high)
    first, last = days_across(lower, known, pen.size(part)[0])
    _intervals(upper, shape.stretches, known.high, pen)
    spots = _points(upper, shape.stretches, known.high, pen)
    draw_target(upper, shape.target_hours, first, pen)
    draw_levels(upper, shape.levels, (first, last), pen)
    upper.locator_params(axis="y", nbins=5)
    upper.spines["bottom"].set_visible(False)
    upper.set_ylabel(pen.words(shape.unit))
    _counts(lower, shape.stretches, pen)
    return spots


def _middle(one: Stretch) -> float:
    return (place_of(one.first) + place_of(one.end)) / 2


def _intervals(axes: Axes, stretches: tuple[Stretch, ...], top: float, pen: Pen) -> None:
    known = [one for one in stretches if one.median is not None]
    if len(stretches) <= _MANY:
        ends = [
            ((x, one.low or 0.0), (x, top if one.high is None else min(top, one.high)))
            for one, x in zip(known, map(_middle, known), strict=True)
        ]
        strokes(axes, ends, pen.colours["accent"], 3 * pen.scale, alpha=0.35)
        return
    axes.fill_between(
        [_middle(one) for one in known], [one.low or 0.0 for one in known],
        [min(top, top if one.high is None else one.high) for one in known],
        color=pen.colours["accent"], alpha=0.16, linewidth=0,
    )  # fmt: skip


def _points(axes: Axes, stretches: tuple[Stretch, ...], top: float, pen: Pen) -> list[Spot]:
    """Medians filled, those so far and single cases hollow, medians not reached at the edge."""
    colours, edge = pen.colours, top * 0.97
    size = (4.5 if len(stretches) <= _MANY else 2.2) * pen.scale
    looks: dict[str, tuple[list[tuple[float, float]], str, Any, Any]] = {
        "median": ([], "o", colours["accent"], colours["accent"]),
        "so far": ([], "o", colours["surface"], colours["accent"]),
        "case": ([], ".", colours["muted"], colours["muted"]),
        "open": ([], "^", colours["surface"], colours["muted"]),
        "never": ([], "^", colours["bad"], colours["bad"]),
    }
    spots = []
    for n, one in enumerate(stretches):
        x, y = _middle(one), edge
        if one.median is not None:
            y = min(one.median, edge)
            looks["so far" if one.so_far else "median"][0].append((x, y))
        elif one.cases:
            places = [(x, min(wait.hours, edge)) for wait in one.cases]
            for place, wait in zip(places, one.cases, strict=True):
                looks["case" if wait.answered else "open"][0].append(place)
            y = places[0][1]
        else:
            looks["open" if one.so_far else "never"][0].append((x, y))
        spots.append(Spot.point(axes, n, x, y))
    line = [(_middle(o), min(o.median, edge)) for o in stretches if o.median is not None]
    axes.plot([x for x, _ in line], [y for _, y in line], color=colours["accent"], linewidth=0.8,
              alpha=0.6)  # fmt: skip
    for places, sign, face, rim in looks.values():
        axes.plot([x for x, _ in places], [y for _, y in places], linestyle="", marker=sign,
                  markersize=size, markerfacecolor=face, markeredgecolor=rim,
                  markeredgewidth=1.1 * pen.scale, clip_on=False, zorder=3)  # fmt: skip
    return spots


def _counts(axes: Axes, stretches: tuple[Stretch, ...], pen: Pen) -> None:
    """How many turns began; what of them is still open stands on top."""
    answered: list[Bar] = []
    waiting: list[Bar] = []
    coming: list[Bar] = []
    for one in stretches:
        first, end = place_of(one.first), place_of(one.end)
        gap, done = (end - first) * 0.14, one.n - one.open
        answered.append(Bar(first + gap, 0, end - gap, done))
        # what began a moment ago is no reproach
        (coming if one.so_far else waiting).append(Bar(first + gap, done, end - gap, one.n))
    bars(axes, answered, color=pen.colours["muted"], alpha=0.45)
    bars(axes, [bar for bar in waiting if bar.high > bar.low], color=pen.colours["bad"])
    bars(axes, [bar for bar in coming if bar.high > bar.low], facecolor=pen.colours["surface"],
         edgecolor=pen.colours["muted"], linewidth=0.8)  # fmt: skip
    most = max(one.n for one in stretches)
    axes.set_ylim(0, most * 1.1)
    axes.set_yticks([0, most])
    axes.set_ylabel(pen.words("turns"))
