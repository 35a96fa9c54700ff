"""Power against interest, with its four quadrants by name and each contact in their field."""

from collections import defaultdict
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.people import STANCES, PeopleShape, Person
from pmdesk.answers.insights.values import Insight
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.pen import Pen, Spot
from pmdesk.charts.insights.rows import fitted
from pmdesk.charts.style import bare
from pmdesk.insight.stakeholders import Stance

# Between 2 and 3: 3 counts as high.
_CUT: Final = 2.5
# The right edge: beyond 5 there is room for names.
_FIRST, _LAST = 0.45, 6.0
# Above and below the contacts the quadrants are named.
_LOW, _HIGH = 0.2, 6.0
_LINE: Final = 0.15
# Where each quadrant's name stands: interest, power, and from which side.
_NAMES: Final = {
    Stance.MANAGE_CLOSELY: (_LAST - 0.1, _HIGH - 0.08, "right", "top"),
    Stance.KEEP_SATISFIED: (0.55, _HIGH - 0.08, "left", "top"),
    Stance.KEEP_INFORMED: (_LAST - 0.1, _LOW + 0.06, "right", "bottom"),
    Stance.MONITOR: (0.55, _LOW + 0.06, "left", "bottom"),
}


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the contacts of an insight, power upwards and interest to the right."""
    shape: PeopleShape = insight.shape
    axes: Axes = part.subplots()
    bare(axes, grid=False)
    pen.room(part, left=0.55, right=0.2, below=0.5)
    axes.set_xlim(_FIRST, _LAST)
    axes.set_ylim(_LOW, _HIGH)
    axes.fill_between((_CUT, _LAST), _CUT, _HIGH, color=pen.colours["soft"], linewidth=0, zorder=0)
    axes.axhline(_CUT, color=pen.colours["edge"], linewidth=1)
    axes.axvline(_CUT, color=pen.colours["edge"], linewidth=1)
    for quadrant, (x, y, across, down) in _NAMES.items():
        axes.text(x, y, pen.words(STANCES[quadrant]), ha=across, va=down,
                  color=pen.colours["muted"])  # fmt: skip
    axes.set_xticks(range(1, 6))
    axes.set_yticks(range(1, 6))
    axes.set_xlabel(pen.words("Interest"))
    axes.set_ylabel(pen.words("Influence"))
    fields: dict[tuple[int, int], list[int]] = defaultdict(list)
    for item, one in enumerate(shape.people):
        fields[one.interest, one.power].append(item)
    width, height = pen.size(part)
    wide, high = (width - 0.75) / (_LAST - _FIRST), (height - pen.head - 0.66) / (_HIGH - _LOW)
    return [
        _person(
            axes,
            shape.people[item],
            item,
            (place, len(field)),
            (wide * _free(fields, at) - 0.2, high),
            pen,
        )
        for at, field in fields.items()
        for place, item in enumerate(field)
    ]


def _free(fields: dict[tuple[int, int], list[int]], at: tuple[int, int]) -> float:
    """How many fields wide the words of a field may be: up to the next that is taken."""
    taken = [x for x, y in fields if y == at[1] and x > at[0]]
    return min(min(taken, default=7) - at[0], _LAST - at[0] + 0.35, 2.0)


def _person(
    axes: Axes, one: Person, item: int, place: tuple[int, int], room: tuple[float, float], pen: Pen
) -> Spot:
    """A contact in their field, which they may share; words where its lines have room for them."""
    n, of = place
    each = min(0.8 / of, 0.35)
    x, y = one.interest - 0.35, one.power + ((of - 1) / 2 - n) * each
    low = one.steps is not None and one.steps > 0
    colour = pen.colours["muted" if one.steps is None else "warn" if low else "good"]
    axes.plot([x], [y], marker="^" if low else "o", markersize=7 * pen.scale, linestyle="",
              markeredgecolor=colour, markerfacecolor=pen.colours["surface"] if one.steps is None else colour)  # fmt: skip
    two = one.engagement is not None and room[1] / of >= 2 * _LINE
    lines = [(one.name, 6 if two else 0, "text", "medium")] if each * room[1] >= _LINE * 0.9 else []
    if two and one.engagement is not None:
        lines.append((say(pen.words, one.engagement), -6, "muted", "small"))
    for text, up, shade, size in lines:
        axes.annotate(fitted(text, room[0], small=size == "small"), (x, y), va="center",
                      xytext=(8 * pen.scale, up * pen.scale), textcoords="offset points",
                      color=pen.colours[shade], fontsize=size, annotation_clip=False)  # fmt: skip
    return Spot.point(axes, item, x, y)
