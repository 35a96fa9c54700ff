"""A month to choose a day from: today and the days without work are marked."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPen, QShortcut, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pmdesk.gui.announcing import announce
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.month_head import year_first
from pmdesk.gui.widgets.parts import button, label
from pmdesk.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_WIDTH, _HEIGHT = 300, 232
_ROUND = 6
_FRIDAY = 4


class MonthGrid(QCalendarWidget):
    """A month in the user's language, its weeks from Monday.

    A working day at a weekend and a free one in the week carry a word in their corner.
    """

    def __init__(self, words: Words, today: date, is_workday: Callable[[date], bool]) -> None:
        super().__init__()
        self._words, self._today = words, today
        self._is_workday = cache(is_workday)  # asked for each day of a month with every painting
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setGridVisible(False)
        self.setDateEditEnabled(False)
        self.setLocale(QLocale())
        theme = current_theme()
        grid = self.findChild(QTableView)
        if grid is not None:
            # Qt takes the least width of a day from the style; seven of them must fit
            grid.horizontalHeader().setMinimumSectionSize(8)
        for turn in self.findChildren(QToolButton):
            turn.setIconSize(QSize(theme.px(16), theme.px(16)))
        head = QTextCharFormat()
        head.setForeground(theme.color("muted"))
        for number in range(1, 8):
            self.setWeekdayTextFormat(Qt.DayOfWeek(number), head)
        year_first(self, words)
        self.setAccessibleName(words("Calendar"))
        year_first(self, words)

    def paintCell(self, painter: "QPainter", rect: QRect, date: QDate | date) -> None:
        day = _day(date)
        theme = current_theme()
        chosen = day == _day(self.selectedDate())
        worked = self._is_workday(day)
        inside = day.month == self.monthShown()
        box = rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(theme.color("accent"))
        else:
            painter.setBrush(theme.color("surface" if worked else "page"))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        if day == self._today and not chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        if chosen:
            ink = theme.color("on_accent")
        else:
            ink = theme.color("text" if worked and inside else "muted" if inside else "edge")
        painter.setFont(theme.font(bold=day == self._today))
        painter.setPen(ink)
        is_odd = inside and worked != (day.weekday() <= _FRIDAY)
        below = box.adjusted(0, theme.px(6), 0, 0) if is_odd else box
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if is_odd:
            self._corner(painter, box, ink, worked=worked)
        painter.restore()

    def _corner(self, painter: "QPainter", box: QRect, ink: QColor, *, worked: bool) -> None:
        """What a day is that is not what its weekday says."""
        font = current_theme().font("small")
        font.setPixelSize(round(font.pixelSize() * 0.75))
        painter.setFont(font)
        painter.setPen(ink)
        text = self._words("work") if worked else self._words("off")
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -2, 0), corner, text)


class DayCalendar(QFrame):
    """A month that opens at a field. Arrows, Page Up and Page Down go; Enter takes, Esc leaves."""

    chosen = Signal(object)

    def __init__(
        self,
        words: Words,
        today: date,
        is_workday: Callable[[date], bool],
        told: Callable[[date], str],
        window: QWidget,
    ) -> None:
        """`told` says a day as a sentence for the foot; it opens over `window`."""
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("dayCalendar")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today, self._told = today, told
        theme = current_theme()
        self.setFixedSize(theme.px(_WIDTH), theme.px(_HEIGHT) + theme.px(40))
        body = QVBoxLayout(self)
        body.setContentsMargins(8, 8, 8, 8)
        body.setSpacing(4)
        self.month = MonthGrid(words, today, is_workday)
        body.addWidget(self.month, 1)
        foot = QHBoxLayout()
        self.told = label("", "small", gives_way=True)
        foot.addWidget(self.told, 1)
        self.today = button(words("Today"), self._take_today, quiet=True)
        self.today.setToolTip(f"{words('Today')} (T)")
        foot.addWidget(self.today)
        body.addLayout(foot)
        self.month.selectionChanged.connect(self._tell)
        self.month.clicked.connect(self._take)
        self.month.activated.connect(self._take)
        for key, act in (("Esc", self.close), ("T", self._take_today)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def open_at(self, field: QWidget, day: date | None) -> None:
        """Open below a field, or above it where the screen ends, with a day chosen."""
        shown = day or self._today
        self.month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._tell()
        place = field.mapToGlobal(QPoint(0, field.height() + 2))
        room = field.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place.setY(field.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), place.y()))
        self.move(place)
        self.show()
        grid = self.month.findChild(QTableView)
        (grid or self.month).setFocus()

    def _tell(self) -> None:
        self.told.setText(self._told(_day(self.month.selectedDate())))
        announce(self.told, self.told.text())

    def _take_today(self) -> None:
        self.chosen.emit(self._today)
        self.close()

    def _take(self, day: QDate) -> None:
        self.chosen.emit(_day(day))
        self.close()


def _day(day: QDate | date) -> date:
    return day if isinstance(day, date) else date(day.year(), day.month(), day.day())
