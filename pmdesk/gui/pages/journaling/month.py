"""A month of the journal: each day marked by how much was written on it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, QRect, Qt
from PySide6.QtGui import QFont, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QTableView

from pmdesk.answers.writing import LEVELS
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.month_head import year_first
from pmdesk.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_ROUND: Final = 6
_SATURDAY: Final = 5


class WrittenMonth(QCalendarWidget):
    """A bar under a day is as long as much was written there: a quarter of its width a level."""

    def __init__(self, words: Words, today: date, pixel_size: int, width: int) -> None:
        super().__init__()
        self._today = today
        self._levels: Mapping[date, int] = {}
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setGridVisible(False)
        self.setDateEditEnabled(False)  # what is typed is meant for the page
        self.setLocale(QLocale())
        self.show_day(today)
        year_first(self, words)
        font = QFont(self.font())
        font.setPixelSize(pixel_size)
        self.setFont(font)
        self._font = font
        grid = self.findChild(QTableView)
        if grid is not None:
            # Qt takes the least width of a day from the style; seven of them must fit
            grid.horizontalHeader().setMinimumSectionSize(8)
        head = QTextCharFormat()
        head.setForeground(current_theme().color("muted"))
        for number in range(1, 8):
            self.setWeekdayTextFormat(Qt.DayOfWeek(number), head)
        self.setAccessibleName(words("Days written"))
        self.setFixedWidth(width)

    def show_day(self, day: date) -> None:
        """Choose a day without telling of it."""
        self.blockSignals(True)
        self.setSelectedDate(QDate(day.year, day.month, day.day))
        self.blockSignals(False)

    def mark(self, levels: Mapping[date, int]) -> None:
        """Mark these days."""
        self._levels = levels
        self.updateCells()

    def paintCell(self, painter: "QPainter", rect: QRect, date_: QDate | date) -> None:
        day = date_ if isinstance(date_, date) else date(date_.year(), date_.month(), date_.day())
        theme = current_theme()
        selected = self.selectedDate()
        chosen = day == date(selected.year(), selected.month(), selected.day())
        level = self._levels.get(day, 0)
        box = rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.color("surface"))
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or level:
            painter.setBrush(theme.color("accent" if chosen else "soft"))
            painter.drawRoundedRect(box, _ROUND, _ROUND)
        if day == self._today and not chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        inside = day.month == self.monthShown()
        quiet = (day.weekday() >= _SATURDAY and not level) or (level and not inside)
        outside = not inside and not level
        ink = "on_accent" if chosen else "edge" if outside else "muted" if quiet else "text"
        font = QFont(self._font)
        font.setBold(day == self._today)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        painter.drawText(box.adjusted(0, 0, 0, -2), Qt.AlignmentFlag.AlignCenter, str(day.day))
        if level:
            most = box.width() - 8
            bar = QRect(0, 0, max(3, most * level // LEVELS), 3)
            bar.moveCenter(box.center())
            bar.moveBottom(box.bottom() - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("on_accent" if chosen else "accent"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.restore()
