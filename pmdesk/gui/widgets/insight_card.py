"""A card with an insight about one client: a tab's own question, or a few of them to choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.answers.insights.counting import USUAL, Counting
from pmdesk.answers.insights.slower import lately
from pmdesk.answers.insights.values import Panels
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.waiting import conversation
from pmdesk.charts.insights.kinds import InsightKind
from pmdesk.gui.desk import Desk
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.chart_canvas import Drawn
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.insight_periods import PeriodChoice
from pmdesk.gui.widgets.insight_view import InsightView
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.log import last_change
from pmdesk.records.client import Client
from pmdesk.words import mark

# What waits grows older: after this time it is looked at anew though nothing was written.
_FRESH: Final = timedelta(minutes=30)
# Inches at 100 % beyond which a chart in a tab does not grow: more of it is on the page of insights.
_MOST: Final = 4.6
_MOST_BRIEF: Final = 3.7
_MOST_KEPT: Final = 24
_PERIODS: Final = (
    (mark("Weeks or months"), ""), (mark("By week"), "week"), (mark("By month"), "month"),
)  # fmt: skip


class _Asked(NamedTuple):
    """What is asked, and the state of the journal it is asked of."""

    kind: InsightKind
    counting: Counting
    weeks: int | None
    client: Client
    calendar: Any
    at: datetime
    change: int
    talk: Any

    def same(self, other: "_Asked") -> bool:
        """Whether an answer to the other answers this."""
        # of waits the conversation is all that matters: a note is no reason to look for drift anew
        unchanged = self.change == other.change or (
            self.kind.counted and self.talk is not None and self.talk is other.talk
        )
        return unchanged and self[:5] == other[:5] and other.at <= self.at <= other.at + _FRESH


@dataclass
class _Known:
    """An answer with what was asked, and its chart once it was drawn."""

    asked: _Asked
    panels: Panels
    drawn: Drawn | None = None


class KeptInsights(QObject):
    """The insights shown last: a page made anew shows them at once, and asks only what changed."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._kept: dict[Any, Any] = {}

    @staticmethod
    def of(owner: QObject) -> "KeptInsights":
        """Those kept with an owner, which they go with."""
        return owner.findChild(KeptInsights) or KeptInsights(owner)

    def get(self, name: Any) -> Any:
        """What was kept last under that name; None without it."""
        return self._kept.get(name)

    def keep(self, name: Any, known: Any) -> None:
        """Keep it in place of the last of its name; the one unused longest goes."""
        self._kept.pop(name, None)
        self._kept[name] = known
        if len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]


class InsightCard(Card):
    """Its verdict is its title; it is found, and drawn, beside the window.

    With `choose` one of several is chosen in it, how far back it looks, and in which periods.
    `opens` takes an item that was chosen and tells whether it has shown what is behind it; else its
    record is opened. `newest` shows of waits the last half year alone, whatever the verdict rests on.
    A `brief` one leaves table and files to the page of insights; a `spare` one is there only where there is something to draw.
    """

    def __init__(
        self,
        desk: Desk,
        kinds: Sequence[InsightKind],
        *,
        choose: bool = False,
        opens: Callable[[int], bool] | None = None,
        newest: bool = False,
        brief: bool = False,
        spare: bool = False,
    ) -> None:
        super().__init__()
        self.desk, self.words = desk, desk.words
        self.kinds, self.kind = kinds, kinds[0]
        self.heading = self.words(self.kind.question)
        self.counting = USUAL
        self._opens, self._newest, self._brief, self._spare = opens, newest, brief, spare
        self._rel: Relationship | None = None
        self._known: _Known | None = None
        self._asked: _Asked | None = None
        self._number = 0
        self.view = InsightView(desk, most=_MOST_BRIEF if brief else _MOST)
        self.view.chosen.connect(self._open)
        self.view.canvas.drawn.connect(self._keep)
        self.body.addLayout(self._make_head(choose=choose))
        self.body.addWidget(self.view, 1)
        if spare:
            self.hide()

    def _make_head(self, *, choose: bool) -> QHBoxLayout:
        words = self.words
        head, left = QHBoxLayout(), WrappedRow(gap=8)
        head.setSpacing(8)
        self.questions, self.when, self.by = Choice(), PeriodChoice(self.desk), Choice()
        self.questions.setAccessibleName(words("Questions"))
        self.by.setAccessibleName(words("Periods"))
        for text, value in _PERIODS:
            self.by.addItem(words(text), value)
        self._list_questions()
        self.questions.activated.connect(self._on_question)
        for box in (self.by, self.when):
            box.currentIndexChanged.connect(self._on_choice)
        if choose:
            for box in (self.questions, self.by, self.when):
                left.addWidget(box)
            head.addLayout(left, 1)
        else:
            head.addWidget(label(self.heading, "small", gives_way=True), 1)
        if not self.kind.periods:
            self.by.hide()
        self.further = button(words("Open in Insights"), self._show_insights, quiet=True)
        for act in (self.view.turn, self.view.export, self.further):
            act.setAccessibleDescription(self.heading)
            head.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        if self._brief:
            self.view.turn.hide()
            self.view.export.hide()
        return head

    @property
    def verdict(self) -> QWidget:
        """The title of the card."""
        return self.view.verdict

    @property
    def evidence(self) -> QWidget:
        """What it rests on."""
        return self.view.evidence

    @property
    def canvas(self) -> Any:
        """The chart."""
        return self.view.canvas

    @property
    def panels(self) -> Panels | None:
        """What is shown; None before it is known."""
        return self.view.panels

    def use(self, kinds: Sequence[InsightKind], counting: Counting) -> None:
        """Offer these instead, that at the same place chosen, and count waits in that way."""
        place = self.kinds.index(self.kind)
        self.kinds, self.kind, self.counting = kinds, kinds[place], counting
        self._list_questions()

    def _list_questions(self) -> None:
        self.questions.clear()
        for kind in self.kinds:
            self.questions.addItem(self.words(kind.question), kind.name)
        self.questions.setCurrentIndex(self.kinds.index(self.kind))

    def _on_question(self) -> None:
        self.kind = self.kinds[self.questions.currentIndex()]
        self.by.setVisible(self.kind.periods)
        self._on_choice()

    def _on_choice(self) -> None:
        if self._rel is not None:
            self.show_of(self._rel)

    def show_of(self, rel: Relationship) -> None:
        """Tell of a relationship, unless what is told holds for it."""
        self._rel = rel
        counting = self.counting._replace(by=self.by.currentData() or "")
        counting = counting if self.kind.counted else USUAL
        # of a client whose history is long it is read beside the window
        talk = rel.__dict__.get("talk")
        asked = _Asked(self.kind, counting, self.when.weeks, rel.client, rel.calendar, rel.at,
                       last_change(self.desk.journal.conn), talk)  # fmt: skip
        if self._asked is not None and asked.same(self._asked):
            return
        self._asked = asked
        self._number += 1
        before = self._known
        known = KeptInsights.of(self.desk).get(self._name(asked))
        if known is not None and (before is None or asked.same(known.asked)):
            self._begin_with(known)
            if asked.same(known.asked):
                return
        if self._known is not None and (before is None or before.asked[:3] != asked[:3]):
            self.view.wait()  # what is shown answers something else, or held earlier
        self._find(rel, asked)

    def _name(self, asked: _Asked) -> tuple[Any, ...]:
        return (asked.client.id, asked.kind.name, asked.counting, asked.weeks, self._newest)

    def _begin_with(self, known: _Known) -> None:
        self._known = known
        if known.drawn is not None:
            self.view.canvas.begin_with(known.drawn)
        self._tell(known.panels)

    def _find(self, rel: Relationship, asked: _Asked) -> None:
        if self.view.panels is None:
            self.view.tell_evidence(self.words("Being computed…"))
        journal, id_, talk = self.desk.journal, int(rel.client.id or 0), asked.talk
        period, newest = self.when.period(), self._newest

        def work(task: Task) -> Panels:
            task.check()
            with journal.again(writable=False) as reader:
                read = partial(conversation, reader, id_) if talk is None else lambda: talk
                beside = replace(rel, journal=reader, read_talk=read)
                found = asked.kind.insight(beside, period, asked.counting)
            return Panels(
                asked.kind.name, (rel.client.name,), (lately(found) if newest else found,)
            )

        self.desk.background(self, work, partial(self._show, self._number, asked))

    def _show(self, number: int, asked: _Asked, panels: Panels) -> None:
        if number != self._number:
            return  # something newer is being found
        self._known = _Known(asked, panels)
        KeptInsights.of(self.desk).keep(self._name(asked), self._known)
        self._tell(panels)

    def _tell(self, panels: Panels) -> None:
        self.view.show_panels(panels)
        enough = panels.insights[0].enough
        if self._spare:
            self.setVisible(enough)
        for act in () if self._brief else (self.view.turn, self.view.export):
            act.setVisible(enough)

    def _keep(self) -> None:
        """The next card of that name begins with the chart as it was drawn last."""
        drawn = self.view.canvas.drawing
        if drawn is not None and self._known is not None and drawn[0].panels == self._known.panels:
            self._known.drawn = drawn

    def _open(self, item: int) -> None:
        if self._opens is None or not self._opens(item):
            self.view.open(item)

    def _show_insights(self) -> None:
        if self._rel is not None:
            self.desk.show_insight(self.kind.name, int(self._rel.client.id or 0))
