"""Milestones from the agreed day to the actual or forecast one, and money as a share of the budget."""

from typing import Any, Final

from pmdesk.answers.insights.plan import (
    Milestone,
    Money,
    PlanShape,
    money_said,
    state_said,
)
from pmdesk.answers.insights.values import Insight
from pmdesk.answers.text.said import Said, say
from pmdesk.charts.insights.labels import words_below
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import Rows, lined, side_rooms
from pmdesk.charts.insights.times import label_days, place_of

_BELOW: Final = 0.34
# Between milestones and money lies the axis of the days.
_BETWEEN: Final = 0.45


def limits(insight: Insight) -> Limits:
    """The days of the milestones and the largest share of a budget."""
    shape: PlanShape = insight.shape
    days = [place_of(shape.today)]
    days += [place_of(day) for one in shape.milestones for day in (one.agreed, one.now) if day]
    return Limits(min(days), max(days), 0, max([1.0, *(one.share for one in shape.money)]))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the milestones of an insight, and under them the money."""
    shape: PlanShape = insight.shape
    known = pen.limits or limits(insight)
    n, m = len(shape.milestones), len(shape.money)
    width, height = pen.size(part)
    room = side_rooms(width, left=2.4, right=1.75)
    parts = [count for count in (n, m) if count]
    grids = part.subplots(len(parts), 1, squeeze=False, gridspec_kw={"height_ratios": parts})
    pen.room(part, left=room[0], right=room[1], below=_BELOW)
    whole = height - pen.head - 0.16 - _BELOW - (_BETWEEN if n and m else 0)
    each = whole / (n + m)
    if n and m:
        # hspace is a share of the mean height of the axes
        part.subplots_adjust(hspace=_BETWEEN / (whole / 2))
    spots = []
    if n:
        rows = lined(grids[0][0], pen, n, room, each)
        spots += _days(rows, shape, known, width - sum(room))
    if m:
        rows = lined(grids[-1][0], pen, m, room, each)
        spots += _amounts(rows, shape, known, n)
    return spots


def _days(rows: Rows, shape: PlanShape, known: Limits, width: float) -> list[Spot]:
    axes, pen = rows.axes, rows.pen
    margin = max((known.last - known.first) * 0.04, 3)
    axes.axvline(place_of(shape.today), color=pen.colours["muted"], linewidth=0.8, linestyle=":")
    axes.annotate(pen.words("today"), (place_of(shape.today), 1), xycoords=("data", "axes fraction"),
                  xytext=(0, 1), textcoords="offset points", ha="center",
                  color=pen.colours["muted"], fontsize="small", annotation_clip=False)  # fmt: skip
    label_days(axes, known.first - margin, known.last + margin, width)
    return [_milestone(rows, one, item, shape) for item, one in enumerate(shape.milestones)]


def _milestone(rows: Rows, one: Milestone, item: int, shape: PlanShape) -> Spot:
    pen, axes, y = rows.pen, rows.axes, rows.place(item)
    agreed, now = place_of(one.agreed), place_of(one.now or one.agreed)
    tone = "muted" if one.days is None else "bad" if one.days > 0 else "good"
    colour = pen.colours[tone]
    axes.plot([agreed], [y], marker="|", markersize=11 * pen.scale, color=pen.colours["text"])
    axes.plot((agreed, now), (y, y), color=colour, linewidth=2.4 * pen.scale)
    if one.now is not None:
        axes.plot([now], [y], marker="D" if one.days and one.days > 0 else "o", linestyle="",
                  markersize=6 * pen.scale, markeredgecolor=colour,
                  markerfacecolor=colour if one.done else pen.colours["surface"])  # fmt: skip
    what = say(pen.words, one.what) if isinstance(one.what, Said) else one.what
    days = f"{one.agreed.isoformat()} → {one.now.isoformat() if one.now else '–'}"
    rows.say_left(item, what, f"{one.project} · {days}" if shape.several else days)
    rows.say_right(item, say(pen.words, state_said(one)), "" if one.done or one.now is None
                   else pen.words("forecast"), colour="bad" if tone == "bad" else "text")  # fmt: skip
    return Spot(axes, item, min(agreed, now), y - 0.3, max(agreed, now), y + 0.3)


def _amounts(rows: Rows, shape: PlanShape, known: Limits, before: int) -> list[Spot]:
    axes, pen = rows.axes, rows.pen
    axes.set_xlim(0, known.high * 1.06)
    axes.axvline(1, color=pen.colours["text"], linewidth=1.2)
    words_below(axes, [(0, "0"), (1, pen.words("Budget"))])
    return [_amount(rows, one, n, shape, before + n) for n, one in enumerate(shape.money)]


def _amount(rows: Rows, one: Money, n: int, shape: PlanShape, item: int) -> Spot:
    pen, axes, y = rows.pen, rows.axes, rows.place(n)
    tone = "bad" if one.share > 1 else "accent"
    colour = pen.colours[tone]
    axes.barh(y, one.share, height=0.42, linewidth=1.2, edgecolor=colour,
              facecolor=pen.colours["surface"] if one.estimate else colour)  # fmt: skip
    what = pen.words(one.what)
    rows.say_left(
        n, what, one.project if shape.several else pen.words("BAC/CPI") if one.estimate else ""
    )
    rows.say_right(n, pen.words.percent(one.share), say(pen.words, money_said(one)),
                   colour="bad" if tone == "bad" else "text")  # fmt: skip
    return Spot(axes, item, 0, y - 0.25, one.share, y + 0.25)
