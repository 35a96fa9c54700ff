"""The days written: a month to go through day by day, or the whole year at a glance."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from pmdesk.answers.writing import levels
from pmdesk.gui.desk import Desk
from pmdesk.gui.icons import icon
from pmdesk.gui.pages.journaling.month import WrittenMonth
from pmdesk.gui.pages.journaling.year import WrittenYear
from pmdesk.gui.theme import current_theme, pixels
from pmdesk.gui.widgets.parts import Card, button, label

_WIDTH: Final = 300
_AROUND: Final = 18  # margins and frame
_LARGEST: Final = 130  # beyond it the calendar would leave no room to write


class DaysCard(Card):
    """`chosen` is told each day that is gone to."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        words = desk.words
        self._words, self._today = words, today
        self._amounts: Mapping[date, int] = {}
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.setSpacing(2)
        scale = min(desk.settings.scale, _LARGEST)
        width = round(_WIDTH * scale / 100)
        self.month = WrittenMonth(words, today, pixels("body", scale), width)
        self.month.selectionChanged.connect(self._on_month)
        self.year = WrittenYear(words, today, self.told)
        self.year.opened.connect(self._on_year)
        self._year_head = label("", "section")
        shown = QWidget()
        shown.setObjectName("plain")
        column = QVBoxLayout(shown)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._turn("chevron_left", words("Year before"), -1))
        head.addStretch(1)
        head.addWidget(self._year_head)
        head.addStretch(1)
        head.addWidget(self._turn("chevron_right", words("Year after"), 1))
        column.addLayout(head)
        column.addWidget(self.year, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.month)
        self.stack.addWidget(shown)
        self.body.addWidget(self.stack)
        foot = QHBoxLayout()
        self.today_button = button(words("Today"), lambda: self._go(self._today), quiet=True)
        self.view_button = button(words("Year"), self._turn_over, quiet=True)
        foot.addWidget(self.today_button)
        foot.addStretch(1)
        foot.addWidget(self.view_button)
        self.body.addLayout(foot)
        self.year.moved.connect(self._say_year)
        self._say_year()
        self._width = width
        self.setFixedWidth(width + _AROUND)

    def stand(self, *, alone: bool) -> None:
        """As a card, or without its frame within another."""
        margin = _AROUND // 2 - 1 if alone else 0
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.setFixedWidth(self._width + _AROUND if alone else self._width)
        self.setObjectName("card" if alone else "plain")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _turn(self, name: str, text: str, by: int) -> QToolButton:
        side = current_theme().px(16)
        turn = QToolButton()
        turn.setIcon(icon(name))
        turn.setIconSize(QSize(side, side))
        turn.setToolTip(text)
        turn.setAccessibleName(text)
        turn.clicked.connect(lambda: self.year.go_years(by))
        return turn

    def told(self, day: date) -> str:
        """A day with how much was written on it."""
        words, amount = self._words, self._amounts.get(day, 0)
        wrote = words("{n} characters written", n=words.number(amount, 0)) if amount else ""
        return words.clauses(filter(None, (f"{words.date(day)} {words.weekday(day)}", wrote)))

    def mark(self, amounts: Mapping[date, int]) -> None:
        """Mark the days on which something was written, by how much it was."""
        self._amounts = amounts
        found = levels(amounts)
        self.month.mark(found)
        self.year.mark(found)

    def show_day(self, day: date) -> None:
        """Choose a day without telling of it."""
        self.month.show_day(day)
        self.year.go(day)

    def _go(self, day: date) -> None:
        self.show_day(day)
        self.chosen.emit(day)

    def _on_month(self) -> None:
        chosen = self.month.selectedDate()
        self.year.go(day := date(chosen.year(), chosen.month(), chosen.day()))
        self.chosen.emit(day)

    def _on_year(self, day: date) -> None:
        self._go(day)

    def _turn_over(self) -> None:
        words, is_month = self._words, self.stack.currentIndex() == 0
        self.stack.setCurrentIndex(1 if is_month else 0)
        self.view_button.setText(words("Month") if is_month else words("Year"))
        (self.year if is_month else self.month).setFocus()

    def _say_year(self) -> None:
        self.month.setAccessibleDescription(self.told(self.year.day))
        year = self.year.day.year
        self._year_head.setText(f"{year}年" if self._words.language == "zh" else str(year))
