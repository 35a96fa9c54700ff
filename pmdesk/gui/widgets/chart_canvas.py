"""The one widget that shows a chart: hover tells the figures, a click opens what is behind."""

from collections.abc import Callable
from typing import Any

from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg  # noqa: TID253 - loaded with a chart
from matplotlib.figure import Figure  # noqa: TID253
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from pmdesk.charts.export import Series, draw
from pmdesk.charts.responsiveness import ChartMap, draw_responsiveness
from pmdesk.charts.style import DRAWING, chart_style
from pmdesk.charts.values import ResponsivenessSeries, SurvivalSeries
from pmdesk.tokens import Theme
from pmdesk.words import Words


class ChartCanvas(FigureCanvasQTAgg):
    """Draws a series in the window's theme and tells of the period under the pointer."""

    period_chosen = Signal(int)

    def __init__(self, words: Words, theme: Theme, scale: int, height: int = 260) -> None:
        super().__init__(Figure())
        self._words, self._theme, self._scale = words, theme, scale / 100 * 1.05
        self._map: ChartMap | None = None
        self._draw: Callable[[], None] | None = None
        self._ground: Any = None
        self._shown: int | None = None
        self._tip: Any = None
        self.setMinimumHeight(round(height * max(1.0, scale / 140)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.mpl_connect("motion_notify_event", self._on_move)
        self.mpl_connect("figure_leave_event", lambda _event: self._hide())
        self.mpl_connect("button_press_event", self._on_press)
        self.mpl_connect("draw_event", self._on_drawn)

    def show_responsiveness(self, series: ResponsivenessSeries) -> None:
        def draw() -> None:
            self._map = draw_responsiveness(
                self.figure, series, self._words, self._theme, self._scale
            )

        self._use(draw)
        figures = [p.median for p in series.periods if p.median is not None]
        self.setAccessibleName(
            self._words("Responsiveness over {n} periods", n=len(series.periods))
            + (f", {figures[-1]:.1f}" if figures else "")
        )

    def show_survival(self, series: SurvivalSeries) -> None:
        self.show_series(series, self._words("Share answered over time"))

    def show_series(self, series: Series, name: str) -> None:
        """Draw a series that has nothing to point at."""

        def redraw() -> None:
            self._map = None
            draw(self.figure, series, self._words, self._theme, self._scale)

        self._use(redraw)
        self.setAccessibleName(name)

    def _use(self, draw: Callable[[], None]) -> None:
        self._draw = draw
        self._redraw()

    def _redraw(self) -> None:
        if self._draw is None:
            return
        self._tip = None
        self._shown = None
        self._draw()
        if self._map and self._map.axes:
            with chart_style(self._theme, self._scale) as colours:
                self._tip = self._map.axes[0].annotate(
                    "",
                    xy=(0, 0),
                    xytext=(10, 10),
                    textcoords="offset points",
                    bbox={
                        "boxstyle": "round,pad=0.5",
                        "fc": colours["surface"],
                        "ec": colours["line"],
                    },
                    color=colours["text"],
                    animated=True,
                    annotation_clip=False,
                    zorder=10,
                )
        self.draw_idle()

    def draw(self, *args: Any, **how: Any) -> None:
        with DRAWING:
            super().draw(*args, **how)

    def wheelEvent(self, event) -> None:
        # matplotlib would take it for itself; here it turns the page
        event.ignore()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        # the labels keep their size, so their margins change with the figure's
        self._redraw()

    def _on_drawn(self, _event) -> None:
        self._ground = self.copy_from_bbox(self.figure.bbox)

    def _index(self, event) -> int | None:
        if not self._map or event.xdata is None or event.inaxes not in self._map.axes:
            return None
        return self._map.period_at(event.xdata)

    def _on_move(self, event) -> None:
        index = self._index(event)
        if index is None:
            self._hide()
        elif index != self._shown:
            self.show_tip(index)

    def show_tip(self, index: int) -> None:
        """Tell the figures of a period beside its point."""
        if self._tip is None or self._map is None or self._ground is None:
            return
        self._shown = index
        period = self._map.series.periods[index]
        upper = self._map.axes[0]
        top = upper.get_ylim()[1]
        value = min(period.median if period.median is not None else top * 0.5, top)
        self._tip.set_text("\n".join(self._map.hover_lines(index, self._words)))
        self._tip.xy = (index, value)
        left_half = index <= len(self._map.series.periods) / 2
        self._tip.set_position((12 if left_half else -12, -10 if value > top / 2 else 12))
        self._tip.set_horizontalalignment("left" if left_half else "right")
        self._tip.set_verticalalignment("top" if value > top / 2 else "bottom")
        self.restore_region(self._ground)
        upper.draw_artist(self._tip)
        self.blit(self.figure.bbox)

    def _hide(self) -> None:
        if self._shown is not None and self._ground is not None:
            self._shown = None
            self.restore_region(self._ground)
            self.blit(self.figure.bbox)

    def _on_press(self, event) -> None:
        index = self._index(event)
        if index is not None:
            self.period_chosen.emit(index)

    def keyPressEvent(self, event) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())
        if self._map and self._map.series.periods and step is not None:
            last = len(self._map.series.periods) - 1
            now = self._shown if self._shown is not None else last + (1 if step < 0 else 0)
            self.show_tip(max(0, min(last, now + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown is not None:
            self.period_chosen.emit(self._shown)
        else:
            super().keyPressEvent(event)
