"""Cards with a chart that is drawn once the page stands: trust over time, expected and actual."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer

from pmdesk.answers.practices.expectations import expectation_gaps
from pmdesk.answers.practices.trust import counting
from pmdesk.answers.relationship import Relationship
from pmdesk.gui.widgets.parts import Card

_ROW = 34
_MOST_ROWS = 10


class ChartCard(Card):
    """A title over a chart; `series` is asked for when it is drawn."""

    def __init__(
        self, desk: Any, title: str, remark: str, series: Callable[[], Any], height: int = 260
    ) -> None:
        super().__init__(title, remark)
        self._desk, self._series, self._title = desk, series, title
        self.setFixedHeight(round((height + 60) * max(1.0, desk.settings.scale / 110)))
        # matplotlib takes half a second the first time: the page stands before it is asked for
        QTimer.singleShot(0, self, self._draw)

    def _draw(self) -> None:
        from pmdesk.gui.widgets.chart_canvas import ChartCanvas

        desk = self._desk
        canvas = ChartCanvas(desk.words, desk.theme, desk.settings.scale, height=120)
        self.body.addWidget(canvas, 1)
        canvas.show_series(self._series(), self._title)


def trust_card(desk: Any, rel: Relationship) -> ChartCard | None:
    """Trust over time with its interval and the signals that moved it; None without a signal."""
    if not counting(rel):
        return None

    def series() -> Any:
        from pmdesk.charts.trust import trust_series

        return trust_series(rel)

    words = desk.words
    remark = words("our conduct, 95% interval, signals below")
    return ChartCard(desk, words("Do we earn trust?"), remark, series, height=200)


def gaps_card(desk: Any, rel: Relationship) -> ChartCard | None:
    """Expected against actual; None where no actual value is known."""
    known = sum(found.gap is not None for found in expectation_gaps(rel))
    if not known:
        return None

    def series() -> Any:
        from pmdesk.charts.expectations import gap_series

        return gap_series(rel, desk.words)

    words = desk.words
    height = 90 + _ROW * min(known, _MOST_ROWS)
    return ChartCard(
        desk, words("Expected and actual"), words("green: within tolerance"), series, height
    )
