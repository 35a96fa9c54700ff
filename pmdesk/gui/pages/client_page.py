"""A client's workspace: who it is, its next acts, and a tab for each side of the relationship."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from pmdesk.gui.commands import COMMANDS
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import BRIEF, CLIENTS, REPORT, TABS
from pmdesk.gui.widgets.health_badge import HealthBadge
from pmdesk.gui.widgets.parts import button, label, rule
from pmdesk.records.client import Client

# As much of a name, at 100 %, has room beside health and acts, else they stand below it.
_NAME_WIDTH = 160
_PLACES = {tab.name: place for place, tab in enumerate(TABS)}


class ClientPage(Page):
    """One client. Tabs are made when first looked at."""

    kinds = ("client",)

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk)
        self.client = client
        words = self.words
        self._head = QGridLayout()
        self._head.setColumnStretch(0, 1)
        self._head.setHorizontalSpacing(12)
        self._name = QWidget()
        self._name.setObjectName("plain")
        texts = QVBoxLayout(self._name)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(2)
        self.title = label(client.name, "title", gives_way=True)
        self.second = label("", "muted", gives_way=True)
        texts.addWidget(self.title)
        texts.addWidget(self.second)
        self.health = HealthBadge(desk)
        self._acts = QWidget()
        self._acts.setObjectName("plain")
        row = QHBoxLayout(self._acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        add = button(words("Add"), self._show_add)
        self._add_button = add
        for widget in (
            add,
            button(words("Edit"), lambda: desk.edit(self.client)),
            button(words("Brief"), lambda: desk.show(BRIEF, self.client.id)),
            button(words("Reports…"), lambda: desk.show(REPORT, self.client.id), primary=True),
        ):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._place_head(1)
        self.column.addLayout(self._head)
        self.add_tip("client")
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(words("Sides of the relationship"))
        self.stack = QStackedWidget()
        for tab in TABS:
            self.tabs.addTab(words(tab.text).replace("&", "&&"))
            self.stack.addWidget(QWidget())
        self._made: dict[int, Any] = {}
        self.column.addWidget(self.tabs)
        self.column.addWidget(rule())
        self.column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.show_tab)
        self._show_client()
        self.tabs.setCurrentIndex(min(desk.settings.tab, len(TABS) - 1))
        self.show_tab(self.tabs.currentIndex())

    def _place_head(self, lines: int) -> None:
        """Health and acts beside the name; under it, or each in a line, where there is no room."""
        self._lines, top = lines, Qt.AlignmentFlag.AlignTop
        for part in (self._name, self.health, self._acts):
            self._head.removeWidget(part)
        self._head.addWidget(self._name, 0, 0, 1, 1 if lines == 1 else 3)
        if lines < 3:
            self._head.addWidget(self.health, lines - 1, 1, top)
            self._head.addWidget(self._acts, lines - 1, 2, top)
        else:
            right = top | Qt.AlignmentFlag.AlignRight
            self._head.addWidget(self.health, 1, 0, 1, 3, right)
            self._head.addWidget(self._acts, 2, 0, 1, 3, right)

    def _lines_for(self, width: int) -> int:
        """How many lines the head takes in that width."""
        parts = (self.health, self._acts)
        beside = sum(part.minimumSizeHint().width() for part in parts)
        beside += self._head.horizontalSpacing() * 2 + self._beside_head()
        # the name is what the page is about: it has room, or a line of its own
        name = self.title.fontMetrics().horizontalAdvance(self.title.text()) + 2
        room = width - beside
        if room >= min(name, round(_NAME_WIDTH * self.desk.settings.scale / 100)):
            return 1
        return 2 if room >= 0 else 3

    def _beside_head(self) -> int:
        margins = self.column.contentsMargins()
        return margins.left() + margins.right()

    def minimumSizeHint(self) -> QSize:
        """Its head gives way line by line: what it needs is room for the widest part of it."""
        parts = (self.health, self._acts, self.tabs, self.stack)
        widest = max(part.minimumSizeHint().width() for part in parts)
        usual = super().minimumSizeHint()
        return QSize(min(usual.width(), widest + self._beside_head()), usual.height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def event(self, event) -> bool:
        # what health says comes after the page, and may take more room
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_head()
        return super().event(event)

    def _fit_head(self) -> None:
        lines = self._lines_for(self.width())
        if lines != self._lines:
            self._place_head(lines)
            self.column.activate()  # inside a resize nobody else would

    def show_tab(self, index: int) -> None:
        """Make the tab if it is new, and show it."""
        if index not in self._made:
            tab = TABS[index].make(self.desk, self.client)
            old = self.stack.widget(index)
            self.stack.insertWidget(index, tab)
            if old is not None:
                self.stack.removeWidget(old)
                old.deleteLater()
            self._made[index] = tab
        self.stack.setCurrentIndex(index)
        self.desk.settings.tab = index

    def take_focus(self) -> None:
        self.tabs.setFocus()

    def go_to(self, name: str) -> None:
        """Show the tab of that name."""
        self.tabs.setCurrentIndex(_PLACES[name])

    def step(self, by: int) -> None:
        """Go so many tabs on, round the end."""
        self.desk.tips.end("client")
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def refresh(self) -> None:
        now = self.desk.journal.get(Client, int(self.client.id or 0))
        if now is None:
            # not in the midst of being shown, which is when a page that was hidden finds out
            QTimer.singleShot(0, self, lambda: self.desk.show(CLIENTS))
            return
        self.client = now
        self._show_client()
        for tab in self._made.values():
            tab.use_client(now)

    def _show_client(self) -> None:
        client, words = self.client, self.words
        self.title.setText(client.name)
        since = words("client since {day}", day=words.date(client.since)) if client.since else ""
        target = words("response target {hours}", hours=words.hours(client.target_hours))
        parts = (client.industry, words(client.tier.label), since, target)
        self.second.setText(" · ".join(part for part in parts if part))
        self.health.show_client(client)

    def _show_add(self) -> None:
        words, desk = self.words, self.desk
        menu = QMenu(self)
        for command in COMMANDS:
            if command.of_client:
                menu.addAction(words(command.text), partial(desk.run_command, command))
        from pmdesk.gui.widgets.record_list import kinds_of_client, new_record

        rel = desk.relations.of(self.client)
        menu.addSeparator()
        for kind in kinds_of_client():
            draft = partial(new_record, desk, rel, kind)
            menu.addAction(words(kind.one), partial(self._begin, draft))
        menu.popup(self._add_button.mapToGlobal(self._add_button.rect().bottomLeft()))

    def _begin(self, draft: Callable[[], Any]) -> None:
        self.desk.edit(draft())
