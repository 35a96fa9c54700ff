"""Probability against impact, the fields by their level, each risk by its rank; the ranks beside it."""

from collections import defaultdict
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.risks import LEVELS, RisksShape
from pmdesk.answers.insights.values import Insight
from pmdesk.answers.text.said import said, say
from pmdesk.charts.insights.pen import Pen, Spot
from pmdesk.charts.insights.rows import fitted
from pmdesk.charts.insights.strokes import Bar, bars
from pmdesk.charts.style import bare
from pmdesk.insight.risk import Risk, level
from pmdesk.records.transparency import IMPACTS, ODDS

_ODDS, _IMPACTS = tuple(ODDS.values()), tuple(IMPACTS.values())
_LINE: Final = 0.33
_ACROSS: Final = 3


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the risks of an insight into the matrix, and tell the first of them beside it."""
    shape: RisksShape = insight.shape
    width, height = pen.size(part)
    axes: Axes = part.subplots()
    bare(axes, grid=False)
    beside = max(width * 0.45, width - 6.5)
    pen.room(part, left=0.62, below=0.5)
    part.subplots_adjust(right=1 - beside / width)
    fields: dict[str, list[Bar]] = defaultdict(list)
    for across, impact in enumerate(_IMPACTS):
        for up, odds in enumerate(_ODDS):
            risk = Risk(0, odds, impact)
            tone = LEVELS[level(risk.score)][1]
            fields[tone].append(Bar(across - 0.48, up - 0.47, across + 0.48, up + 0.47))
            axes.text(across + 0.44, up - 0.42, f"{risk.score:.2f}".lstrip("0"), ha="right",
                      va="bottom", color=pen.colours["muted"], fontsize="x-small")  # fmt: skip
    for shade, places in fields.items():
        bars(axes, places, color=pen.colours[f"soft_{shade}"])
    axes.set_xlim(-0.55, 4.55)
    axes.set_ylim(-0.55, 4.55)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks(range(5), [f"{impact:g}" for impact in _IMPACTS])
    axes.set_yticks(range(5), [f"{odds:.0%}" for odds in _ODDS])
    axes.set_xlabel(pen.words("Impact"))
    axes.set_ylabel(pen.words("Probability"))
    _list(axes, shape, pen, beside, height - pen.head - 0.66)
    return _marks(axes, shape, pen)


def _marks(axes: Axes, shape: RisksShape, pen: Pen) -> list[Spot]:
    """Each risk by its rank, several of a field side by side."""
    fields: dict[tuple[int, int], list[int]] = defaultdict(list)
    for item, one in enumerate(shape.risks):
        fields[_IMPACTS.index(one.impact), _ODDS.index(one.probability)].append(item)
    spots = []
    for (across, up), items in fields.items():
        rows = -(-len(items) // _ACROSS)
        for n, item in enumerate(items):
            row, place = divmod(n, _ACROSS)
            in_row = min(_ACROSS, len(items) - row * _ACROSS)
            x = across + (place - (in_row - 1) / 2) * 0.3
            y = up + ((rows - 1) / 2 - row) * min(0.34, 0.9 / rows)
            colour = pen.colours[LEVELS[shape.risks[item].level][1]]
            axes.plot([x], [y], marker="o", markersize=13 * pen.scale, color=colour, linestyle="")
            axes.text(x, y, f"{item + 1}", ha="center", va="center_baseline", fontsize="small",
                      color=pen.colours["surface"])  # fmt: skip
            spots.append(Spot.point(axes, item, x, y))
    return spots


def _list(axes: Axes, shape: RisksShape, pen: Pen, inches: float, height: float) -> None:
    """Rank, statement, level, score and expected loss of as many as there is room for."""
    most = max(1, int(height / _LINE))
    shown = shape.risks[: most if len(shape.risks) <= most else most - 1]
    for n, one in enumerate(shown):
        name, tone = LEVELS[one.level]
        told = f"{pen.words(name)} {one.score:.2f}"
        if one.loss is not None:
            told += " · " + say(pen.words, said("expected loss {money}", money=one.loss))
        top = 1 - n * _LINE / height
        _line(axes, pen, top, fitted(f"{n + 1}  {one.what}", inches - 0.3), "text", "medium")
        _line(axes, pen, top - 0.16 / height, fitted(told, inches - 0.3, small=True), tone, "small")
    if left := len(shape.risks) - len(shown):
        _line(
            axes,
            pen,
            1 - len(shown) * _LINE / height,
            pen.words("and {n} more", n=left),
            "muted",
            "small",
        )


def _line(axes: Axes, pen: Pen, height: float, text: str, colour: str, size: str) -> None:
    axes.annotate(text, (1, height), xycoords="axes fraction", xytext=(12 * pen.scale, 0), va="top",
                  textcoords="offset points", color=pen.colours[colour], fontsize=size,
                  annotation_clip=False)  # fmt: skip
