"""Marks over time, one dot each: would recommend above, satisfied below."""

from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.marks import Mark, MarksShape
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import fitted
from pmdesk.charts.insights.times import label_days, place_of
from pmdesk.charts.style import bare

# So many marks have room for the names of those who gave them, in a part this wide.
_MOST_NAMED: Final = 9
_WIDE: Final = 6.0
# A longer name, in inches, would lie on its neighbours.
_NAME: Final = 1.3
# More marks than this to an inch have no room for their figures.
_FIGURES: Final = 4


@dataclass(frozen=True)
class _Scale:
    """A scale of marks: its ends, and from where they are good and up to where bad."""

    low: int
    high: int
    good: float
    bad: float


_NPS, _CSAT = _Scale(0, 10, 8.5, 6.5), _Scale(1, 5, 3.5, 2.5)


def limits(insight: Insight) -> Limits:
    """The days of the marks of an insight."""
    shape: MarksShape = insight.shape
    days = [place_of(one.day) for one in shape.marks]
    return Limits(min(days), max(days), 0, 10)


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the marks of an insight; each is pointed at on the first scale that it has."""
    shape: MarksShape = insight.shape
    known = pen.limits or limits(insight)
    margin = max((known.last - known.first) * 0.06, 5)
    upper, lower = part.subplots(2, 1, gridspec_kw={"height_ratios": (1, 1)})
    pen.room(part, left=1.15, right=1.05)
    part.subplots_adjust(hspace=0.22)
    span = (known.first - margin, known.last + margin)
    _scale(upper, _NPS, pen, pen.words("would recommend"))
    _scale(lower, _CSAT, pen, pen.words("satisfied"))
    named = len(shape.marks) <= _MOST_NAMED and pen.size(part)[0] >= _WIDE
    told = len(shape.marks) <= _FIGURES * (pen.size(part)[0] - 2.2)
    spots = [
        _marked((upper, lower), one, item, (one.by if named else "") if told else None, pen)
        for item, one in enumerate(shape.marks)
    ]
    if shape.nps:
        _score(
            upper,
            pen,
            f"NPS {_whole(shape.nps.value)}",
            f"{_whole(shape.nps.low)} – {_whole(shape.nps.high)}",
        )
    if shape.csat:
        percent = pen.words.percent
        _score(
            lower,
            pen,
            percent(shape.csat.value),
            f"{percent(shape.csat.low)} – {percent(shape.csat.high)}",
        )
    upper.set_xlim(*span)
    upper.set_xticks([])
    upper.spines["bottom"].set_visible(False)
    label_days(lower, *span, pen.size(part)[0] - 2.2)
    return spots


def _marked(axes: tuple[Axes, Axes], one: Mark, item: int, name: str | None, pen: Pen) -> Spot:
    """The dots of an answer, on either scale; without a `name` they stand alone."""
    x, spots = place_of(one.day), []
    for on, scale, mark in zip(axes, (_NPS, _CSAT), (one.nps, one.csat), strict=True):
        if mark is not None:
            _dot(on, scale, (x, mark), name, pen)
            spots.append(Spot.point(on, item, x, mark))
    return spots[0]


def _scale(axes: Axes, scale: _Scale, pen: Pen, name: str) -> None:
    room = (scale.high - scale.low) * 0.09
    axes.set_ylim(scale.low - room, scale.high + room)
    axes.axhspan(scale.good, scale.high + room, color=pen.colours["soft_good"], linewidth=0)
    axes.axhspan(scale.low - room, scale.bad, color=pen.colours["soft_bad"], linewidth=0)
    bare(axes, grid=False)
    axes.set_yticks([scale.low, scale.high])
    axes.annotate(name, (0, 0.5), xycoords="axes fraction", xytext=(-8 * pen.scale, 0), ha="right",
                  va="center", textcoords="offset points", color=pen.colours["muted"],
                  fontsize="small", annotation_clip=False)  # fmt: skip


def _dot(axes: Axes, scale: _Scale, at: tuple[float, float], name: str | None, pen: Pen) -> None:
    tone = "good" if at[1] > scale.good else "bad" if at[1] < scale.bad else "warn"
    axes.plot([at[0]], [at[1]], marker={"good": "o", "warn": "s", "bad": "D"}[tone], linestyle="",
              markersize=(4 if name is None else 6) * pen.scale, color=pen.colours[tone])  # fmt: skip
    if name is None:
        return
    below = at[1] > (scale.low + scale.high) / 2
    axes.annotate(fitted(f"{at[1]:g} {name}", _NAME), at, xytext=(0, (-6 if below else 6) * pen.scale),
                  textcoords="offset points", ha="center", va="top" if below else "bottom",
                  color=pen.colours["text"], fontsize="small")  # fmt: skip


def _whole(value: float) -> str:
    return f"{value:.0f}".replace("-", "\N{MINUS SIGN}")


def _score(axes: Axes, pen: Pen, text: str, interval: str) -> None:
    for line, up, size, colour in ((text, 7, "large", "text"), (interval, -7, "small", "muted")):
        axes.annotate(line, (1, 0.5), xycoords="axes fraction", xytext=(8 * pen.scale, up * pen.scale),
                      textcoords="offset points", va="center", color=pen.colours[colour],
                      fontsize=size, annotation_clip=False)  # fmt: skip
