"""What stands beside the writing: days, and below them entries of the day, days before it, tags."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pmdesk.answers.writing import amounts, first_line
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.journaling.days_card import DaysCard
from pmdesk.gui.pages.journaling.on_this_day import OnThisDay
from pmdesk.gui.pages.journaling.tag_list import TagList
from pmdesk.gui.widgets.parts import Card
from pmdesk.records.entry import Entry


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.days = DaysCard(desk, today)
        self.days.chosen.connect(self.day_chosen)
        column.addWidget(self.days)
        below = Card()
        below.body.setContentsMargins(8, 6, 8, 8)
        below.setFixedWidth(self.days.minimumWidth())
        self.tabs = QTabBar()
        for name in (words("Entries"), words("On this day"), words("Tags")):
            self.tabs.addTab(name)
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
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        below.body.addWidget(self.stack, 1)
        column.addWidget(below, 1)

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
