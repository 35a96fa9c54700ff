"""Panels drawn into a figure: one client in all of it, several as small multiples on one scale."""

from functools import reduce
from math import ceil
from typing import Any

from matplotlib.figure import Figure  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.values import Insight, Panels
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.heads import Head, HeadLine, draw_head, set_heads
from pmdesk.charts.insights.kinds import BY_NAME
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.sizes import panels_across
from pmdesk.charts.style import chart_style
from pmdesk.tokens import Theme
from pmdesk.words import Words


def draw_panels(
    figure: Figure,
    panels: Panels,
    words: Words,
    theme: Theme = "light",
    scale: float = 1,
    *,
    heads: bool = False,
) -> list[Spot]:
    """Draw `panels` into `figure`, which is cleared first; where its items stand.

    Each panel tells its client and verdict where there are several, or where `heads` asks for it:
    a picture of its own has no window around it that says so.
    """
    kind = BY_NAME[panels.kind]
    with chart_style(theme, scale) as colours:
        figure.clear()
        figure.set_facecolor(colours["surface"])
        heads = heads or len(panels.insights) > 1
        shared = _shared(kind.drawing, panels.insights)
        parts = _parts(figure, panels, scale)
        lines, head = _heads(panels, parts, words, scale) if heads else ([], 0.0)
        pen = Pen(words, theme, colours, scale, shared, head)
        spots: list[Spot] = []
        done = 0
        for n, (part, insight) in enumerate(zip(parts, panels.insights, strict=True)):
            part.set_facecolor(colours["surface"])
            if heads:
                draw_head(part, lines[n], pen)
            if insight.enough:
                found = kind.drawing.draw(part, insight, pen)
                spots += [spot._replace(item=spot.item + done) for spot in found]
            else:
                text = words("Nothing to draw yet")
                part.text(0.5, 0.5, text, ha="center", color=colours["muted"])
            done += len(insight.items)
        return spots


def _shared(drawing: Any, insights: tuple[Insight, ...]) -> Limits | None:
    """The scale that holds all panels; None for one alone, or a kind that knows none."""
    known = [insight for insight in insights if insight.enough]
    if len(known) < 2 or not hasattr(drawing, "limits"):
        return None
    shared: Limits = reduce(Limits.joined, map(drawing.limits, known))
    return shared


def _parts(figure: Figure, panels: Panels, scale: float) -> list[Any]:
    """A part of the figure for each panel, in rows."""
    n = len(panels.insights)
    if n < 2:
        return [figure] * n
    across = panels_across(n, figure.get_size_inches()[0], scale)
    return list(figure.subfigures(ceil(n / across), across, squeeze=False).flat)[:n]


def _heads(
    panels: Panels, parts: list[Any], words: Words, scale: float
) -> tuple[list[list[HeadLine]], float]:
    """The lines of the heads, and their height: what a window around them does not say."""
    heads = [
        Head(name, say(words, one.verdict), say(words, one.evidence) if one.evidence else "")
        for name, one in zip(panels.names, panels.insights, strict=True)
    ]
    inches = min((p.bbox.width / p.figure.dpi / scale for p in parts), default=0.0)
    return set_heads(heads, inches)
