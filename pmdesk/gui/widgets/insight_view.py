"""An insight as it is shown anywhere: its verdict, what that rests on, and its chart or its table."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pmdesk.answers.insights.values import Panels
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.kinds import BY_NAME
from pmdesk.charts.insights.sizes import height_of
from pmdesk.gui.chart_files import offer_formats, write_chart
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.chart_canvas import ChartCanvas
from pmdesk.gui.widgets.insight_table import InsightTable
from pmdesk.gui.widgets.parts import button, label, scrolled

_DPI: Final = 100
# Inches at 100 % of most charts.
_USUAL: Final = 2.7


class InsightView(QWidget):
    """Shows panels; of one alone its verdict is the title, of several each says its own.

    With `most`, inches at 100 %, the chart grows up to that height, and it is the page that is
    scrolled; without it the chart is as high as it needs, and scrolled in the room that there is.
    """

    # the place of an item among all of the panels
    chosen = Signal(int)
    # the menu of what can be done with the chart, as it is shown
    exporting = Signal(object)

    def __init__(self, desk: Desk, *, most: float = 0.0) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        self.panels: Panels | None = None
        self._most = most
        self.turn = button(self.words("Show as table"), self._turn, quiet=bool(most))
        self.export = button(self.words("Export"), self._show_export, quiet=bool(most))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.verdict = label("…", "section", wrap=True)
        self.evidence = label("", "muted", wrap=True)
        self.canvas = ChartCanvas(self.words, desk.theme, desk.settings.scale, 120)
        self.canvas.item_chosen.connect(self.chosen)
        self.table = InsightTable(desk)
        self.table.opened.connect(self.chosen)
        self.room = self.canvas if most else scrolled(self.canvas)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.room)
        self.stack.addWidget(self.table)
        column.addWidget(self.verdict)
        column.addWidget(self.evidence)
        column.addWidget(self.stack, 1)
        if most:
            # what stands below keeps its place when the chart comes
            self.stack.setFixedHeight(round(_USUAL * self.canvas.size_of_text * _DPI))

    def show_panels(self, panels: Panels) -> None:
        """Show these in place of what was shown."""
        words, self.panels = self.words, panels
        question = words(BY_NAME[panels.kind].question)
        alone = panels.insights[0] if len(panels.insights) == 1 else None
        self.verdict.setText(say(words, alone.verdict) if alone else question)
        self.verdict.setVisible(alone is not None)
        evidence = say(words, alone.evidence) if alone and alone.evidence else ""
        self.tell_evidence(evidence)
        self._make_room(panels)
        self.canvas.show_panels(panels, self.verdict.text())
        if self.stack.currentWidget() is self.table:
            self.table.show_panels(panels)

    def wait(self) -> None:
        """Say that something else is being found out than what is shown."""
        self.verdict.setText("…")
        self.tell_evidence(self.words("Being computed…"))
        self.canvas.fade()

    def tell_evidence(self, text: str) -> None:
        """Say what the verdict rests on, or why there is none."""
        self.evidence.setText(text)
        self.evidence.setVisible(bool(text))

    def _make_room(self, panels: Panels) -> None:
        size = self.canvas.size_of_text
        width = (self.width() - 20) / _DPI  # what a scroll bar leaves
        needed = height_of(panels, width, size)
        if not self._most:
            self.canvas.setMinimumHeight(round(needed * _DPI))
            return
        # where there is nothing to draw the verdict says why
        self.stack.setVisible(any(insight.enough for insight in panels.insights))
        self.stack.setFixedHeight(round(min(needed, self._most * size) * _DPI))

    def _turn(self) -> None:
        """Chart or table."""
        as_table = self.stack.currentWidget() is self.room
        if as_table and self.panels is not None:
            self.table.show_panels(self.panels)
        self.stack.setCurrentWidget(self.table if as_table else self.room)
        self.turn.setText(self.words("Show as chart") if as_table else self.words("Show as table"))

    def open(self, place: int) -> None:
        """Show the record behind an item."""
        record = None if self.panels is None else self.panels.record(place)
        if record is not None:
            self.desk.show_record(*record)

    def _show_export(self) -> None:
        if self.panels is not None:
            question = self.words(BY_NAME[self.panels.kind].question)
            names = self.panels.names
            what = f"{names[0]} {question}" if len(names) == 1 else question
            self.exporting.emit(offer_formats(self.desk, self.export, what, self.save_chart))

    def save_chart(self, path: Path) -> None:
        """Write what is shown to a file."""
        if self.panels is not None:
            write_chart(self.desk, self.panels, path)
