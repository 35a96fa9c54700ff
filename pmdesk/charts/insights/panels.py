"""Panels drawn into a figure: one client in all of it, several as small multiples on one scale."""

from collections.abc import Iterator
from functools import reduce
from math import ceil
from typing import Any, Final

from matplotlib.figure import Figure  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.values import Insight, Panels
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.kinds import BY_NAME
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import fitted
from pmdesk.charts.insights.sizes import panels_across
from pmdesk.charts.style import chart_style
from pmdesk.tokens import Theme
from pmdesk.words import Words

_HEAD: Final = 0.42


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
        pen = Pen(words, theme, colours, scale, shared, _HEAD if heads else 0.0)
        spots: list[Spot] = []
        done = 0
        for part, name, insight in _parts(figure, panels, scale):
            part.set_facecolor(colours["surface"])
            if heads:
                _head(part, name, insight, pen)
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


def _parts(figure: Figure, panels: Panels, scale: float) -> Iterator[tuple[Any, str, Insight]]:
    """A part of the figure for each panel, in rows."""
    n = len(panels.insights)
    if not n:
        return
    if n == 1:
        yield figure, panels.names[0], panels.insights[0]
        return
    across = panels_across(n, figure.get_size_inches()[0], scale)
    grid = figure.subfigures(ceil(n / across), across, squeeze=False)
    yield from zip(grid.flat, panels.names, panels.insights, strict=False)


def _head(part: Any, name: str, insight: Insight, pen: Pen) -> None:
    """The client, the verdict and what it rests on, above the axes."""
    width, height = pen.size(part)
    line, left = 0.19 / height, 0.1 / width
    part.text(left, 1 - 0.9 * line, fitted(f"{name} · {say(pen.words, insight.verdict)}", width - 0.2),
              va="center", color=pen.colours["text"], fontsize="medium")  # fmt: skip
    if insight.evidence is not None:
        part.text(left, 1 - 1.9 * line, fitted(say(pen.words, insight.evidence), width - 0.2, small=True),
                  va="center", color=pen.colours["muted"], fontsize="small")  # fmt: skip
