"""What stands beside the writing: days, and below them entries of the day, days before it, tags."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pmdesk.answers.writing import amounts, first_line
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.journaling.days_card import DaysCard
from pmdesk.gui.pages.journaling.on_this_day import OnThisDay
from pmdesk.gui.pages.journaling.tag_list import TagList
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import Card
from pmdesk.records.entry import Entry

_DAYS: Final = 3  # the tab of the days
_LEAST_BELOW: Final = 130  # pixels at 100 % for the tabs and a row or two of a list


class Aside(QWidget):
    """`day_chosen` and `row_chosen` are of the calendar and the entries, `asked` of a kind and an id."""

    day_chosen = Signal(object)
    row_chosen = Signal(int)
    asked = Signal(str, int)

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        self.setObjectName("plain")
        words = desk.words
        self._desk, self._words = desk, words
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.days = DaysCard(desk, today)
        self.days.chosen.connect(self.day_chosen)
        column.addWidget(self.days)
        below = Card()
        below.body.setContentsMargins(8, 6, 8, 8)
        below.setFixedWidth(self.days.minimumWidth())
        self.tabs = QTabBar()
        for name in (words("Entries"), words("On this day"), words("Tags"), words("Calendar")):
            self.tabs.addTab(name)
        self.tabs.setTabVisible(_DAYS, False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setExpanding(False)
        below.body.addWidget(self.tabs)
        self.stack = QStackedWidget()
        self.entries = QListWidget()
        self.entries.setAccessibleName(words("Entries of the day"))
        self.entries.currentRowChanged.connect(self.row_chosen)
        self.on_this_day = OnThisDay(desk, today)
        self.on_this_day.opened.connect(self.asked)
        self.tag_list = TagList(desk)
        self.tag_list.opened.connect(lambda id_: self.asked.emit("entry", id_))
        for part in (self.entries, self.on_this_day, self.tag_list):
            self.stack.addWidget(part)
        # where the days come to stand when they have no room of their own
        self._empty = QWidget()
        self.stack.addWidget(self._empty)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        below.body.addWidget(self.stack, 1)
        column.addWidget(below, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.days.sizeHint().height() + current_theme().px(_LEAST_BELOW)
        is_tight = self.height() < room
        if is_tight != self.tabs.isTabVisible(_DAYS):
            self._arrange(is_tight=is_tight)

    def _arrange(self, *, is_tight: bool) -> None:
        """The days over the lists, or where the window is low behind a tab of their own."""
        if is_tight:
            self.stack.removeWidget(self._empty)
            self._column.removeWidget(self.days)
            self.stack.insertWidget(_DAYS, self.days)
        else:
            self.stack.insertWidget(_DAYS, self._empty)
            self._column.insertWidget(0, self.days)
        self.days.stand(alone=not is_tight)
        self.tabs.setTabVisible(_DAYS, is_tight)
        self.tabs.setCurrentIndex(_DAYS if is_tight else 0)
        self.stack.setCurrentIndex(self.tabs.currentIndex())

    def mark_days(self) -> int:
        """Mark the days written; how many there are."""
        found = amounts(self._desk.journal)
        self.days.mark(found)
        return len(found)

    def show_day(self, day: date) -> None:
        """Stand on a day."""
        self.days.show_day(day)
        self.on_this_day.show_day(day)

    def list_entries(self, entries: Sequence[Entry], chosen: int) -> None:
        """The entries of the day; `chosen` is the row of the one that is written, -1 of a new one."""
        self.entries.blockSignals(True)
        self.entries.clear()
        self.entries.addItems([first_line(one.text) or self._words("(empty)") for one in entries])
        self.entries.setCurrentRow(chosen)
        self.entries.blockSignals(False)
