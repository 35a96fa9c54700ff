"""Insights: a question on the left, its answer over clients and days on the right, chart or table."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QMenu

from pmdesk.answers.clients import in_order
from pmdesk.answers.insights.values import Panels
from pmdesk.answers.kept import KeptClients
from pmdesk.answers.relationship import Relationship
from pmdesk.charts.insights.kinds import BY_NAME, INSIGHTS, look_at
from pmdesk.charts.insights.sizes import MOST_PANELS
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.tasks import Task, run_task
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.insight_periods import PeriodChoice
from pmdesk.gui.widgets.insight_view import InsightView
from pmdesk.gui.widgets.parts import Card, button
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS

# Below this width at 100 % the questions are a box above the chart.
_WIDE: Final = 900
_LIST_WIDTH: Final = 268


class InsightsPage(Page):
    """The verdict stands over the chart; a click on a point opens its record."""

    kinds = tuple(set(KINDS) - {"report", "attachment"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._kept = KeptClients()
        self._task: Task | None = None
        self.view = InsightView(desk)
        self.head(words("Insights"), "", (self.view.export,))
        self.name = INSIGHTS[0].name
        self.clients: list[Client] = []
        self._unchosen: set[int] = set()
        self.about = 0  # the record that is asked about, where it is of one
        body = QHBoxLayout()
        body.setSpacing(16)
        self.questions = self._make_questions()
        body.addWidget(self.questions)
        card = self._make_card()
        body.addWidget(card, 1)
        self.column.addLayout(body, 1)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self.refresh()

    def _make_questions(self) -> QListWidget:
        listed = QListWidget()
        listed.setObjectName("questions")
        listed.setAccessibleName(self.words("Questions"))
        listed.setFixedWidth(round(_LIST_WIDTH * max(1.0, self.desk.settings.scale / 115)))
        listed.setWordWrap(True)
        listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in INSIGHTS:
            item = QListWidgetItem(self.words(kind.question))
            item.setData(Qt.ItemDataRole.UserRole, kind.name)
            listed.addItem(item)
        listed.setCurrentRow(0)
        listed.currentItemChanged.connect(self._on_question)
        return listed

    def _make_card(self) -> Card:
        words = self.words
        row = WrappedRow(gap=8)
        self.narrow = Choice()
        self.narrow.setAccessibleName(words("Questions"))
        for kind in INSIGHTS:
            self.narrow.addItem(words(kind.question), kind.name)
        self.narrow.currentIndexChanged.connect(self._on_narrow)
        self.who = button(words("All clients"), self._choose_clients)
        self.when = PeriodChoice(self.desk)
        self.when.currentIndexChanged.connect(self._on_period)
        for widget in (self.narrow, self.who, self.when, self.view.turn):
            row.addWidget(widget)
        card = Card("", "")
        card.body.addLayout(row)
        self.view.chosen.connect(self.view.open)
        self.view.canvas.drawn.connect(self._say_done)
        self.view.exporting.connect(self._offer_reports)
        card.body.addWidget(self.view, 1)
        return card

    def take_focus(self) -> None:
        (self.questions if self.questions.isVisible() else self.narrow).setFocus()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE * self.desk.settings.scale / 100
        self.questions.setVisible(wide)
        self.narrow.setVisible(not wide)

    def _on_question(self, item: QListWidgetItem) -> None:
        self._use(str(item.data(Qt.ItemDataRole.UserRole)))

    def _on_narrow(self) -> None:
        self._use(str(self.narrow.currentData()))

    def _on_period(self) -> None:
        self.about = 0
        self.refresh()

    def _use(self, name: str) -> None:
        """Ask another question; both choosers show it."""
        if name == self.name:
            return
        self.name, self.about = name, 0
        place = [kind.name for kind in INSIGHTS].index(name)
        self.questions.setCurrentRow(place)
        self.narrow.setCurrentIndex(place)
        self._soon.start()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _choose_clients(self) -> None:
        menu = self._menu()
        every = menu.addAction(self.words("All clients"))
        every.triggered.connect(lambda: self._only(None))
        menu.addSeparator()
        for client in self.clients:
            action = menu.addAction(client.name)
            action.setCheckable(True)
            action.setChecked(client.id not in self._unchosen)
            id_ = int(client.id or 0)
            action.toggled.connect(lambda wanted, id_=id_: self._toggle(id_, wanted=wanted))
        if len(self.clients) > 1:
            alone = menu.addMenu(self.words("Only"))
            for client in self.clients:
                act = alone.addAction(client.name)
                act.triggered.connect(lambda _=False, id_=client.id: self._only(id_))
        menu.popup(self.who.mapToGlobal(self.who.rect().bottomLeft()))

    def _toggle(self, id_: int, *, wanted: bool) -> None:
        self._unchosen = self._unchosen - {id_} if wanted else self._unchosen | {id_}
        self.about = 0
        self.refresh()

    def _only(self, id_: int | None) -> None:
        """Show one client, or without an id all of them."""
        others = {int(client.id or 0) for client in self.clients if client.id != id_}
        self._unchosen = set() if id_ is None else others
        self.about = 0
        self.refresh()

    def choose(self, name: str, client_id: int | None = None, about: int = 0) -> None:
        """Ask a question of one client, or of all; of one of its records where it is `about` one."""
        self._use(name)
        self._only(client_id)
        self.about = about

    def chosen(self) -> list[Client]:
        """The clients that are asked about."""
        return [client for client in self.clients if client.id not in self._unchosen][:MOST_PANELS]

    @property
    def panels(self) -> Panels | None:
        """What is shown; None before it is known."""
        return self.view.panels

    def refresh(self, *_: Any) -> None:
        self.clients = in_order(self.desk.journal.find(Client))
        self._soon.start()

    def _ask(self) -> None:
        """Have the question answered beside the window; what was shown stays until then.

        One at a time: what is not wanted any more is left at its next client.
        """
        if self._task is not None:
            self._task.cancel()
            return
        words, clients, period = self.words, self.chosen(), self.when.period()
        n = len(self.clients) - len(self._unchosen)
        whole = n == len(self.clients)
        alone = (
            clients[0].name if len(clients) == 1 else words.plural("{n} client", "{n} clients", n)
        )
        self.who.setText(f"{words('All clients') if whole and n != 1 else alone} ▾")
        self.remark.setText(words("Being computed…"))
        journal, kept, name, now = self.desk.journal, self._kept, self.name, self.desk.now()
        about = self.about

        def work(task: Task) -> Panels:
            with journal.again(writable=False) as reader:

                def relationship_with(client: Client) -> Relationship:
                    task.check()
                    return kept.of(reader, client, at=now)

                return look_at(name, clients, period, relationship_with, about)

        self._task = run_task(
            self, work, done=self._show, failed=self._fail, cancelled=self._ask_again
        )
        self.destroyed.connect(self._task.cancel)

    def _ask_again(self) -> None:
        """Another question was asked while this one was being answered."""
        self._task = None
        self._soon.start()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self.desk.show_failure(error)

    def _show(self, panels: Panels) -> None:
        if self._task is not None and self._task.cancelled():
            self._ask_again()
            return
        self._task = None
        self.view.show_panels(panels)
        self._say_done()
        if not panels.insights:
            self.view.tell_evidence(self.words("Insights come with a first client."))

    def _say_done(self) -> None:
        """Being computed… stands until the picture is there."""
        panels = self.view.panels
        if self._task is None and panels is not None and not self.view.canvas.is_drawing:
            self.remark.setText(self._asked(panels.kind))

    def _asked(self, name: str) -> str:
        """The question; of one record what it is called."""
        kind = BY_NAME[name]
        if self.about and kind.of:
            of = KINDS[kind.of]
            record = self.desk.journal.get(of.cls, self.about)
            if record is not None:
                return f"{self.words(kind.named)} · {getattr(record, of.title)}"
        return self.words(kind.question)

    def _offer_reports(self, menu: QMenu) -> None:
        """A report of a client is another place for what is shown."""
        words, clients = self.words, self.chosen()
        menu.addSeparator()
        if len(clients) == 1:
            menu.addAction(words("Into a report…"), partial(self._into_report, clients[0]))
        elif clients:
            of = menu.addMenu(words("Into a report of"))
            for client in clients:
                of.addAction(client.name, partial(self._into_report, client))

    def _into_report(self, client: Client) -> None:
        """Show a client's summary with the chart that is shown, in the edition that may hold it."""
        from pmdesk.report.asks import Request

        reader = BY_NAME[self.name].reader
        wanted = Request(
            self.words.language, self.when.period(), "internal" if reader == "us" else "client",
            response=reader == "response", charts=(self.name,),
        )  # fmt: skip
        self.desk.show_report("client", int(client.id or 0), wanted=wanted)
