"""Days in touch as a strip for each way, unusual silences behind, free days below."""

from datetime import date
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.contact import WAYS, Silence, Strip
from pmdesk.answers.insights.values import Insight
from pmdesk.charts.insights.labels import words_beside
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.strokes import Bar, bars, write
from pmdesk.charts.insights.times import label_days, place_of
from pmdesk.charts.style import bare
from pmdesk.words import mark

_HALF: Final = 0.34
_OURS: Final = ("mail_out",)
_SPOKEN: Final = ("call", "video", "meeting", "visit")
# A day is drawn at least this many inches wide; a silence is named from so many on.
_LEAST: Final = 0.012
_NAMED: Final = 0.32


def limits(insight: Insight) -> Limits:
    """The days of the contacts of an insight."""
    shape: Strip = insight.shape
    first = min(one.day for one in shape.touched)
    return Limits(place_of(first), place_of(shape.last) + 1, 0.0, 1.0)


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the contacts of an insight into a figure or a part of one."""
    shape: Strip = insight.shape
    axes: Axes = part.subplots()
    bare(axes, grid=False)
    pen.room(part, left=1.3, right=0.3)
    known = pen.limits or limits(insight)
    margin = max((known.last - known.first) * 0.01, 0.5)
    first, last = known.first - margin, known.last + margin
    present = {one.way for one in shape.touched}
    ways = [way for way in WAYS if way in present]
    rows = {way: len(ways) - n for n, way in enumerate(ways)}
    label_days(axes, first, last, pen.size(part)[0] - 1.3)
    inch = (last - first) / max(0.5, pen.size(part)[0] - 1.6)
    wide = max(1.0, _LEAST * inch)
    top = len(ways) + 0.6
    names = [(rows[way], WAYS[way]) for way in ways]
    places = (
        (0.0, mark("Holidays"), shape.holidays, pen.colours["good"]),
        (-1.0, mark("Make-up workdays"), shape.workdays, pen.colours["warn"]),
    )
    low = 0.5
    for y, name, days, colour in places:
        if days:
            bars(axes, [_bar(day, wide, y, 0.2) for day in days], color=colour, alpha=0.75)
            names.append((int(y), name))
            low = y - 0.5
    axes.set_ylim(low, top)
    _silences(axes, shape.silences, (0.5, top), inch, pen)
    spots = []
    for n, one in enumerate(shape.touched):
        place = _bar(one.day, wide, rows[one.way], _HALF)
        spots.append(Spot(axes, n, *place))
    for colour, chosen in (("accent", {*_OURS}), ("text", {*_SPOKEN}), ("muted", present)):
        kept = [
            _bar(one.day, wide, rows[one.way], _HALF)
            for one in shape.touched
            if one.way in chosen and (colour != "muted" or one.way not in {*_OURS, *_SPOKEN})
        ]
        bars(axes, kept, color=pen.colours[colour], zorder=3)
    for n, silence in enumerate(shape.silences, len(spots)):
        since, until = place_of(silence.since) + 1, place_of(silence.until)
        spots.append(Spot(axes, n, since, top - 0.3, max(since, until), top))
    words_beside(axes, [(y, pen.words(name)) for y, name in names])
    return spots


def _bar(day: date, wide: float, row: float, half: float) -> Bar:
    middle = place_of(day) + 0.5
    return Bar(middle - wide / 2, row - half, middle + wide / 2, row + half)


def _silences(
    axes: Axes, silences: tuple[Silence, ...], ends: tuple[float, float], inch: float, pen: Pen
) -> None:
    """A band from contact to contact; its days over it where there is room, that which lasts always."""
    low, top = ends
    named: float | None = None
    for colour, lasting in (("soft_warn", False), ("soft_bad", True)):
        chosen = [one for one in silences if one.lasts is lasting]
        bands = [Bar(place_of(o.since) + 1, low, place_of(o.until), top) for o in chosen]
        bars(axes, bands, color=pen.colours[colour], zorder=1)
    for one in sorted(silences, key=lambda silence: silence.until, reverse=True):
        middle = (place_of(one.since) + 1 + place_of(one.until)) / 2
        if named is not None and named - middle < _NAMED * inch:
            continue
        named = middle
        text = pen.words("{n} d", n=one.days)
        colour = pen.colours["bad" if one.lasts else "warn"]
        write(axes, text, (middle, top), pen, colour, away=(0, 2), side="center", small=True)
