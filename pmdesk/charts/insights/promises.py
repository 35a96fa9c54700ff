"""Promises on one line each: from the day first promised to the day they ended."""

from typing import Any, Final

from pmdesk.answers.insights.promises import ENDS, Kept, PromisesShape
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import Rows, rows_in
from pmdesk.charts.insights.times import label_days, place_of
from pmdesk.words import mark

_COLOURS: Final = {
    "kept": "good",
    "late": "warn",
    "moved": "warn",
    "broken": "bad",
    "open": "muted",
}
_MARKS: Final = {"kept": "o", "late": "D", "moved": "s", "broken": "X", "open": ">"}
_OURS, _THEIRS = mark("{end} · ours"), mark("{end} · theirs")
# Room for what was promised, where a part is this wide.
_WORDS: Final = 3.1
_WIDE: Final = 6.0


def limits(insight: Insight) -> Limits:
    """The days of the promises of an insight."""
    shape: PromisesShape = insight.shape
    days = [place_of(one.due) for one in shape.promises]
    ends = [place_of(one.ended or shape.today) for one in shape.promises]
    return Limits(min(days), max(*days, *ends), 0, len(shape.promises))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw promises, the latest at the top, ours filled and theirs hollow."""
    shape: PromisesShape = insight.shape
    wide = pen.size(part)[0] >= _WIDE
    rows = rows_in(part, pen, len(shape.promises), left=_WORDS if wide else 0.2, right=1.45)
    axes, known = rows.axes, pen.limits or limits(insight)
    margin = max((known.last - known.first) * 0.03, 2)
    first, last = known.first - margin, known.last + margin
    _today(rows, place_of(shape.today), (first, last))
    spots = [_promise(rows, one, item, shape) for item, one in enumerate(shape.promises)]
    width = axes.get_position().width * pen.size(part)[0]
    label_days(axes, first, last, width)
    return spots


def _today(rows: Rows, today: float, ends: tuple[float, float]) -> None:
    """The line that parts what has come due from what is still to come."""
    if ends[0] <= today <= ends[1]:
        rows.axes.axvline(today, color=rows.pen.colours["muted"], linewidth=0.8, linestyle=":")
        rows.axes.annotate(rows.pen.words("today"), (today, 1), xycoords=("data", "axes fraction"),
                           xytext=(0, 2 * rows.pen.scale), textcoords="offset points", ha="center",
                           color=rows.pen.colours["muted"], fontsize="small", annotation_clip=False)  # fmt: skip


def _promise(rows: Rows, one: Kept, item: int, shape: PromisesShape) -> Spot:
    pen, axes, y = rows.pen, rows.axes, float(item)
    colour = pen.colours[_COLOURS[one.end]]
    due, end = place_of(one.due), place_of(one.ended or max(shape.today, one.due))
    if end > due:
        axes.plot((due, end), (y, y), color=colour, linewidth=1.6 * pen.scale)
    axes.plot([due], [y], marker="|", markersize=9 * pen.scale, color=pen.colours["muted"])
    axes.plot(
        [end], [y], marker=_MARKS[one.end], markersize=6 * pen.scale, linestyle="",
        markerfacecolor=colour if one.ours else pen.colours["surface"], markeredgecolor=colour,
    )  # fmt: skip
    from matplotlib.patheffects import withStroke

    if not rows.dense:
        axes.annotate(_told(one, pen), (end, y), xytext=(8 * pen.scale, 0), va="center",
                      textcoords="offset points", color=pen.colours["muted"], fontsize="small",
                      annotation_clip=False,
                      path_effects=[withStroke(linewidth=2.5, foreground=pen.colours["surface"])])  # fmt: skip
    if rows.left > _WORDS / 2:
        rows.say_left(rows.n - 1 - item, one.what)
    return Spot(axes, item, min(due, end), y - 0.4, max(due, end), y + 0.4)


def _told(one: Kept, pen: Pen) -> str:
    """How it ended, by how much too late, and whose it was."""
    end = pen.words(ENDS[one.end])
    if one.days_late is not None:
        end = pen.words("{end} +{n} d", end=end, n=one.days_late)
    return pen.words(_OURS if one.ours else _THEIRS, end=end)
