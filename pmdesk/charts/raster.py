"""Charts drawn as pixels: without a display, and in whatever thread asks."""

from itertools import groupby
from operator import attrgetter
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: TID253 - charts is the package that may
from matplotlib.figure import Figure  # noqa: TID253

from pmdesk.answers.insights.values import Panels
from pmdesk.charts.insights.panels import draw_panels
from pmdesk.charts.insights.pen import Spot
from pmdesk.charts.picture import Area, ChartPicture, Frame, SpotMap
from pmdesk.charts.style import chart_style
from pmdesk.tokens import Theme
from pmdesk.words import Words

_DPI: Final = 100


def chart_picture(
    panels: Panels, words: Words, *, frame: Frame, theme: Theme = "light", scale: float = 1
) -> ChartPicture:
    """Draw panels; every figure is its own, and one is drawn at a time."""
    with chart_style(theme, scale):
        figure = Figure(figsize=(frame.width / _DPI, frame.height / _DPI), dpi=_DPI * frame.ratio)
        canvas = FigureCanvasAgg(figure)
        spots = draw_panels(figure, panels, words, theme, scale)
        canvas.draw()  # type: ignore[no-untyped-call] # matplotlib types neither
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call] # as above
        width, height = canvas.get_width_height(physical=True)
        hover = _spots(panels, spots, frame, height) if spots else None
        return ChartPicture(panels, frame, width, height, pixels, hover)


def _spots(panels: Panels, spots: list[Spot], frame: Frame, height: int) -> SpotMap:
    """Where the items stand, in pixels of the window."""
    areas: list[Area] = []
    # all of some axes at once: a year of turns are a thousand of them
    for axes, some in groupby(spots, key=attrgetter("axes")):
        ends = [end for spot in some for end in ((spot.left, spot.low), (spot.right, spot.high))]
        places = iter(axes.transData.transform(ends).tolist())
        for (left, low), (right, high) in zip(places, places, strict=True):
            top, bottom = height - max(low, high), height - min(low, high)
            areas.append(Area(*(side / frame.ratio for side in (left, top, right, bottom))))
    return SpotMap(panels, tuple(spot.item for spot in spots), tuple(areas), frame.height)
