"""A tab of a client's workspace: the figures of one or two practices and their records."""

from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.answers.practices.figures import Figure
from pmdesk.answers.practices.nine import ASKED
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.kinds import of_tab
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.tab import Tab
from pmdesk.gui.widgets.insight_card import InsightCard
from pmdesk.gui.widgets.keyboard_place import go_back, place_in
from pmdesk.gui.widgets.parts import FigureTile, Flow, clear, label, scrolled
from pmdesk.gui.widgets.pending import show_pending
from pmdesk.gui.widgets.record_list import RecordList
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.records.practices import Practice


def tile(words: Any, figure: Figure) -> FigureTile:
    """A figure of a practice as a tile."""
    state = figure.state if figure.state in ("warn", "bad") else ""
    return FigureTile(words(figure.label), say(words, figure.shown), say(words, figure.note), state)


class PracticeTab(Tab):
    """Figures over the records of `practices`; a tab of its own adds what it shows besides."""

    practices: tuple[Practice, ...] = ()
    # its name among the tabs, by which insights are declared to stand in it
    name: ClassVar[str] = ""
    # whether figures or what stands with them rest on the conversation, which may be long
    asks_talk: ClassVar[bool] = False

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk, client)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 4, 8, 8)
        body.setSpacing(16)
        self.area = scrolled(content)
        outer.addWidget(self.area)
        scale = desk.settings.scale / 100
        self.tiles = Flow(round(190 * scale), 4)
        body.addWidget(self.tiles)
        self.above = QVBoxLayout()
        self.above.setSpacing(16)
        body.addLayout(self.above)
        kinds = of_tab(self.name)
        self.insight = InsightCard(desk, kinds) if kinds else None
        if self.insight is not None:
            body.addWidget(self.insight)
        self.columns = Flow(round(430 * scale), 2)
        body.addWidget(self.columns)
        body.addStretch(1)
        self.stands = False
        self.refresh()

    def refresh(self) -> None:
        """Read and show anew, keeping the place."""
        if self.desk.journal.get(Client, int(self.client.id or 0)) is None:
            return
        if not self.asks_talk:
            rel = self.desk.relations.of(self.client)
            self._show(rel, self.figures(rel))
        elif not self.desk.relations.ask(self, self.client, self.figures, self._show):
            if not self.stands:
                clear(self.above)
                self.above.addWidget(label(self.words("Being computed…"), "muted"))
            show_pending(self.area, pending=True)

    def figures(self, rel: Relationship) -> list[Figure]:
        """The figures of its practices, and whatever else rests on a conversation."""
        return [figure for practice in self.practices for figure in ASKED[practice](rel).figures]

    def _show(self, rel: Relationship, figures: list[Figure]) -> None:
        self.stands = True
        show_pending(self.area, pending=False)
        place = self.area.verticalScrollBar().value()
        inside = self.isAncestorOf(self.window().focusWidget())
        focus = place_in(self)
        self.tiles.use([tile(self.words, figure) for figure in figures])
        clear(self.above)
        for widget in self.extras(rel):
            self.above.addWidget(widget)
        self.columns.use(self._two_columns(self.cards(rel)))
        if self.insight is not None:
            self.insight.show_of(rel)
        if inside:
            self.setFocus()  # the old buttons go; a key must not fall elsewhere

        def go_on() -> None:
            # what was put in only now counts as shown
            self.area.verticalScrollBar().setValue(place)
            if focus is not None and self.hasFocus():
                go_back(self, focus)

        QTimer.singleShot(0, self, go_on)

    def extras(self, rel: Relationship) -> list[QWidget]:
        """What stands between figures and records."""
        del rel
        return []

    def cards(self, rel: Relationship) -> list[QWidget]:
        """A list for each kind of these practices."""
        kinds = [kind for kind in KINDS.values() if kind.practice in self.practices]
        return [RecordList(self.desk, kind, rel, opened=self.opened) for kind in kinds]

    @staticmethod
    def _two_columns(cards: list[QWidget]) -> list[QWidget]:
        """Cards in two columns of about the same length, so that no gap stays below a short one."""
        lengths = [0] * min(2, len(cards))
        stacks = [QVBoxLayout() for _ in lengths]
        for card in cards:
            shorter = lengths.index(min(lengths))
            stacks[shorter].addWidget(card)
            lengths[shorter] += 2 + len(getattr(card, "rows", ()))
        columns = []
        for stack in stacks:
            stack.setContentsMargins(0, 0, 0, 0)
            stack.setSpacing(16)
            stack.addStretch(1)
            column = QWidget()
            column.setObjectName("plain")
            column.setLayout(stack)
            columns.append(column)
        return columns
