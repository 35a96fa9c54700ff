"""Signals of trust as a list of bars, kept to the right and broken to the left; trust beside it."""

from math import ceil
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.trust_signals import Signals, TrustOn, Weighed
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.labels import words_below, words_beside
from pmdesk.charts.insights.pen import Pen, Spot
from pmdesk.charts.insights.strokes import Bar, bars, write
from pmdesk.charts.insights.times import label_days, place_of
from pmdesk.charts.printable import one_line
from pmdesk.charts.style import bare, say_last

# Inches of a row, of a letter and of a day with what stands around it.
_ROW: Final = 0.19
_LETTER: Final = 0.066
_DATE: Final = 0.72
# So many inches of the list are for the words of its rows.
_WORDS: Final = 3.1


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the signals of an insight, the latest at the top, and the course of trust."""
    shape: Signals = insight.shape
    width, height = pen.size(part)
    left, right = part.subplots(1, 2, width_ratios=(1, 1.15))
    room = min(_WORDS, width * 0.36)
    pen.room(part, left=room, right=0.72)
    part.subplots_adjust(wspace=0.5 / max(1.0, width / 3))
    spots = _list(left, shape.weighed, max(0.5, height - pen.head - 0.5), pen, room)
    _course(right, shape.course, pen, width * 0.33)
    return spots


def _list(
    axes: Axes, weighed: tuple[Weighed, ...], height: float, pen: Pen, room: float
) -> list[Spot]:
    bare(axes, grid=False)
    colours, most = pen.colours, max(one.weight for one in weighed)
    for kept, colour in ((True, "good"), (False, "bad")):
        way = 1 if kept else -1
        chosen = [(row, one) for row, one in enumerate(weighed) if one.kept is kept]
        whole = [_bar(row, way * one.weight) for row, one in chosen]
        now = [_bar(row, way * one.counts) for row, one in chosen]
        bars(axes, whole, facecolor="none", edgecolor=colours["line"], linewidth=0.8)
        bars(axes, now, color=colours[colour], alpha=0.85, zorder=3)
    axes.axvline(0, color=colours["muted"], linewidth=0.9)
    axes.set_xlim(-most * 1.1, most * 1.1)
    axes.set_ylim(-0.7, len(weighed) - 0.3)
    # where rows stand closer than their words only some are named
    step = max(1, ceil(len(weighed) * _ROW / height))
    named = range(len(weighed) - 1, -1, -step)
    letters = int((room - _DATE) / _LETTER)
    words_beside(axes, [(row, _name(weighed[row], letters)) for row in named])
    far = pen.words.number(most, 1)
    words_below(axes, [(-most, far), (0, "0"), (most, far)])
    top = len(weighed) - 0.35
    write(
        axes,
        pen.words("Broken"),
        (-most * 0.04, top),
        pen,
        colours["bad"],
        side="right",
        small=True,
    )
    write(
        axes, pen.words("Kept"), (most * 0.04, top), pen, colours["good"], side="left", small=True
    )
    return [
        Spot(axes, row, *_bar(row, one.counts if one.kept else -one.counts))
        for row, one in enumerate(weighed)
    ]


def _bar(row: int, length: float) -> Bar:
    return Bar(min(0.0, length), row - 0.34, max(0.0, length), row + 0.34)


def _name(one: Weighed, letters: int) -> str:
    # a sign of Chinese is as wide as two letters
    room, shown = letters, ""
    for sign in one_line(one.what):
        room -= 2 if ord(sign) > 0x2E80 else 1
        if room < 0:
            shown = f"{shown.rstrip()}…"
            break
        shown += sign
    return f"{shown}  {one.day:%y-%m-%d}"


def _course(axes: Axes, course: tuple[TrustOn, ...], pen: Pen, width: float) -> None:
    bare(axes)
    xs = [place_of(one.day) for one in course]
    accent = pen.colours["accent"]
    lows, highs = [one.low for one in course], [one.high for one in course]
    axes.fill_between(xs, lows, highs, color=accent, alpha=0.16, linewidth=0)
    alone = len(course) == 1
    if alone:
        axes.plot((xs[0],) * 2, (lows[0], highs[0]), color=accent, alpha=0.3, linewidth=4)
    axes.plot(xs, [one.expected for one in course], color=accent, linewidth=1.8 * pen.scale,
              marker="o" if alone else "")  # fmt: skip
    last = course[-1]
    between = f"{pen.words.number(last.low, 2)}–{pen.words.number(last.high, 2)}"
    say_last(
        axes, pen.words.number(last.expected, 2), (xs[-1], last.expected), pen.colours, between
    )
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    label_days(axes, xs[0] - 1, xs[-1] + 1, width)
