"""Charts drawn as pixels: without a display, and in whatever thread asks."""

from typing import Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: TID253
from matplotlib.figure import Figure  # noqa: TID253

from pmdesk.answers.insights.values import Panels
from pmdesk.charts.export import draw
from pmdesk.charts.insights.panels import draw_panels
from pmdesk.charts.insights.pen import Spot
from pmdesk.charts.picture import Area, ChartPicture, Frame, HoverMap, SpotMap
from pmdesk.charts.responsiveness import ChartMap, draw_responsiveness
from pmdesk.charts.style import chart_style
from pmdesk.charts.values import ResponsivenessSeries, Series
from pmdesk.tokens import Theme
from pmdesk.words import Words

_DPI: Final = 100


def chart_picture(
    series: Series, words: Words, *, frame: Frame, theme: Theme = "light", scale: float = 1
) -> ChartPicture:
    """Draw a series; every figure is its own, and one is drawn at a time."""
    with chart_style(theme, scale):
        figure = Figure(figsize=(frame.width / _DPI, frame.height / _DPI), dpi=_DPI * frame.ratio)
        canvas = FigureCanvasAgg(figure)
        places: ChartMap | None = None
        spots: list[Spot] = []
        if isinstance(series, ResponsivenessSeries):
            places = draw_responsiveness(figure, series, words, theme, scale)
        elif isinstance(series, Panels):
            spots = draw_panels(figure, series, words, theme, scale)
        else:
            draw(figure, series, words, theme, scale)
        canvas.draw()  # type: ignore[no-untyped-call] # matplotlib types neither
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call] # as above
        width, height = canvas.get_width_height(physical=True)
        hover: HoverMap | SpotMap | None = None
        if places and places.axes:
            hover = _hover(places, frame.ratio, height)
        elif isinstance(series, Panels) and spots:
            hover = _spots(series, spots, frame, height)
        return ChartPicture(series, frame, width, height, pixels, hover)


def _spots(panels: Panels, spots: list[Spot], frame: Frame, height: int) -> SpotMap:
    """Where the items stand, in pixels of the window."""
    areas = []
    for spot in spots:
        (left, low), (right, high) = spot.axes.transData.transform(
            [(spot.left, spot.low), (spot.right, spot.high)]
        )
        top, bottom = height - max(low, high), height - min(low, high)
        areas.append(Area(*(float(side) / frame.ratio for side in (left, top, right, bottom))))
    return SpotMap(panels, tuple(spot.item for spot in spots), tuple(areas), frame.height)


def _hover(places: ChartMap, ratio: float, height: int) -> HoverMap:
    upper = places.axes[0]
    top = upper.get_ylim()[1]
    # a period without a median is told of in the middle
    values = (top * 0.5 if p.median is None else min(p.median, top) for p in places.series.periods)
    spots = upper.transData.transform([(i, value) for i, value in enumerate(values)])
    (origin, _), (following, _) = upper.transData.transform([(0, 0), (1, 0)])
    return HoverMap(
        places.series,
        tuple(_area(axes, ratio, height) for axes in places.axes),
        float(origin) / ratio,
        float(following - origin) / ratio,
        tuple((height - float(y)) / ratio for _, y in spots),
    )


def _area(axes: Axes, ratio: float, height: int) -> Area:
    box = axes.bbox
    return Area(
        box.x0 / ratio, (height - box.y1) / ratio, box.x1 / ratio, (height - box.y0) / ratio
    )
