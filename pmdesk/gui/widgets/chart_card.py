"""Cards with a chart: trust over time, expected and actual."""

from collections.abc import Callable
from functools import partial

from pmdesk.answers.practices.expectations import expectation_gaps
from pmdesk.answers.practices.trust import counting
from pmdesk.answers.relationship import Relationship
from pmdesk.charts.series import gap_series, trust_series
from pmdesk.charts.values import Series
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.chart_canvas import ChartCanvas, KeptPictures
from pmdesk.gui.widgets.parts import Card

_ROW = 34
_MOST_ROWS = 10


class ChartCard(Card):
    """A title over a chart; `series` is asked for beside the window, and reads no journal.

    `client` is whose chart it is: one of the same title made anew begins with its last picture.
    """

    def __init__(
        self,
        desk: Desk,
        client: int | None,
        title: str,
        remark: str,
        series: Callable[[], Series],
        height: int = 260,
    ) -> None:
        super().__init__(title, remark)
        self.setFixedHeight(round((height + 60) * max(1.0, desk.settings.scale / 110)))
        self.canvas = ChartCanvas(desk.words, desk.theme, desk.settings.scale, height=120)
        self.body.addWidget(self.canvas, 1)
        self.canvas.show_series(series, title, (KeptPictures.of(desk), (client, title)))


def trust_card(desk: Desk, rel: Relationship) -> ChartCard | None:
    """Trust over time with its interval and the signals that moved it; None without a signal."""
    if not counting(rel):
        return None

    words = desk.words
    remark = words("our conduct, 95% interval, signals below")
    return ChartCard(
        desk,
        rel.client.id,
        words("Do we earn trust?"),
        remark,
        partial(trust_series, rel),
        height=200,
    )


def gaps_card(desk: Desk, rel: Relationship) -> ChartCard | None:
    """Expected against actual; None where no actual value is known."""
    known = sum(of.gap is not None for of in expectation_gaps(rel))
    if not known:
        return None

    words = desk.words
    height = 90 + _ROW * min(known, _MOST_ROWS)
    return ChartCard(
        desk,
        rel.client.id,
        words("Expected and actual"),
        words("green: within tolerance"),
        partial(gap_series, rel, words),
        height,
    )
