"""Expectations on a line each: the gap in tolerances around what was agreed, right of it is worse."""

from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.gaps import GapLine, GapLines
from pmdesk.answers.insights.values import Insight
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.pen import Pen, Spot
from pmdesk.charts.insights.rows import Rows, rows_in

# What lies further out is drawn here with an arrow.
_EDGE: Final = 4.0
_MARKS: Final = {"good": "o", "warn": "s", "bad": "D", "none": "o"}


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the gaps of an insight, those to be explained at the top."""
    shape: GapLines = insight.shape
    rows = rows_in(part, pen, len(shape.lines), left=3.1, right=1.75, below=0.5)
    axes = rows.axes
    axes.axvspan(-1, 1, color=pen.colours["soft_good"], linewidth=0, zorder=0)
    axes.axvline(0, color=pen.colours["muted"], linewidth=0.9, zorder=1)
    axes.set_xlim(-_EDGE - 0.25, _EDGE + 0.25)
    axes.set_xticks([0], [pen.words("as agreed")])
    axes.set_xlabel(pen.words("better ← tolerance → worse"))
    return [_gap(rows, line, item) for item, line in enumerate(shape.lines)]


def _gap(rows: Rows, line: GapLine, item: int) -> Spot:
    pen, axes, y = rows.pen, rows.axes, rows.place(item)
    expected, actual = say(pen.words, line.expected), say(pen.words, line.actual)
    below = f"{expected} → {actual}" if line.known else expected
    rows.say_left(item, line.statement, below)
    state = say(pen.words, line.state)
    if not line.known:
        rows.say_right(item, state, colour="muted" if line.tone == "good" else line.tone)
        if line.tone != "good":
            axes.plot([0], [y], marker="o", markersize=6 * pen.scale, linestyle="",
                      markerfacecolor=pen.colours["surface"], markeredgecolor=pen.colours["muted"])  # fmt: skip
        return Spot.point(axes, item, 0, y)
    rows.say_right(item, say(pen.words, line.gap), state, colour=_text(line))
    return _bar(axes, line, item, y, pen)


def _text(line: GapLine) -> str:
    return "text" if line.tone == "good" else line.tone


def _bar(axes: Axes, line: GapLine, item: int, y: float, pen: Pen) -> Spot:
    """From what was agreed to the actual; an arrow where it lies beyond the edge."""
    end = line.tolerances if line.tolerances is not None else _EDGE * 2 * (1 if line.worse else -1)
    shown = max(-_EDGE, min(_EDGE, end))
    colour = pen.colours[line.tone if line.tone != "none" else "muted"]
    axes.plot((0, shown), (y, y), color=colour, linewidth=3 * pen.scale, solid_capstyle="butt")
    mark = _MARKS[line.tone] if shown == end else ">" if shown > 0 else "<"
    axes.plot([shown], [y], marker=mark, markersize=6.5 * pen.scale, linestyle="", color=colour,
              clip_on=False)  # fmt: skip
    return Spot(axes, item, min(0, shown), y - 0.3, max(0, shown), y + 0.3)
