"""A crisis on a line for each event: after how long, on a scale that shows the first hour best."""

from typing import Any, Final

from matplotlib.ticker import NullLocator  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.past_crisis import CrisisShape, Shown, after_said, state_said
from pmdesk.answers.insights.values import Insight
from pmdesk.answers.text.said import Said, say
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import Rows, rows_in

# What happened within the first minutes is drawn here.
_LEAST: Final = 2.0
_DAY: Final = 1440
_TICKS: Final = (5, 15, 60, 240, _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY, 90 * _DAY)
_LABEL: Final = 0.6


def limits(insight: Insight) -> Limits:
    """The minutes up to the last event of a crisis or its last limit."""
    shape: CrisisShape = insight.shape
    known = [m for one in shape.events for m in (one.minutes, one.due_minutes) if m is not None]
    return Limits(_LEAST, max(60.0, *known), 0, len(shape.events))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the events of a crisis, the first at the top; a bar across is the limit of each."""
    shape: CrisisShape = insight.shape
    rows = rows_in(part, pen, len(shape.events), left=3.3, right=1.5)
    axes, last = rows.axes, (pen.limits or limits(insight)).last * 1.35
    axes.set_xscale("log")
    axes.set_xlim(_LEAST / 1.1, last)
    axes.xaxis.set_minor_locator(NullLocator())
    room = max(1, int(axes.get_position().width * pen.size(part)[0] / _LABEL))
    ticks = [tick for tick in _TICKS if tick < last]
    ticks = ticks[:: -(-len(ticks) // room)]
    axes.set_xticks(ticks, [say(pen.words, after_said(tick)) for tick in ticks])
    axes.grid(axis="x", color=pen.colours["grid"], linewidth=0.8)
    return [_event(rows, one, item) for item, one in enumerate(shape.events)]


def _event(rows: Rows, one: Shown, item: int) -> Spot:
    pen, axes, y = rows.pen, rows.axes, rows.place(item)
    done = None if one.minutes is None else max(_LEAST, one.minutes)
    due = None if one.due_minutes is None else max(_LEAST, one.due_minutes)
    tone = {True: "good", False: "bad", None: "accent" if one.kind in _MAIN else "muted"}[
        one.in_time
    ]
    colour = pen.colours[tone]
    if done is None:
        colour = pen.colours["warn"]
    place = done or due or axes.get_xlim()[1] / 1.35
    if due is not None:
        axes.plot((due, place), (y, y), color=colour, linewidth=1.8 * pen.scale)
        axes.plot([due], [y], marker="|", markersize=11 * pen.scale, color=pen.colours["text"])
    filled = done is not None
    axes.plot([place], [y], marker="s" if not filled else "D" if one.in_time is False else "o",
              linestyle="", markersize=6.5 * pen.scale, markeredgecolor=colour, clip_on=False,
              markerfacecolor=colour if filled else pen.colours["surface"])  # fmt: skip
    what = say(pen.words, one.what) if isinstance(one.what, Said) else one.what
    rows.say_left(item, what)
    after = "" if not one.minutes else say(pen.words, after_said(one.minutes))
    if one.in_time is not None or not filled:
        state = say(pen.words, state_said(one.in_time, done=filled))
        after = f"{after} {state}".strip()
    rows.say_right(
        item, after, colour="warn" if not filled else tone if one.in_time is False else "text"
    )
    ends = (place, place if due is None else due)
    return Spot(axes, item, min(ends), y - 0.3, max(ends), y + 0.3)


_MAIN: Final = frozenset({"Found", "Client told", "Stood down"})
