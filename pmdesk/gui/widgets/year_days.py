"""A year whose days are chosen by mouse or keys: days off, make-up workdays, or as usual."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pmdesk.gui.theme import current_theme
from pmdesk.words import Words, mark

_DAY: Final = timedelta(days=1)
_MOST_COLUMNS: Final = 4
# Lines of a month: its name, and six weeks.
_LINES: Final = 7
_GAP: Final = 14
_KEYS: Final = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
}  # fmt: skip


class Mark(Enum):
    """What a day is made."""

    OFF = mark("Days off")
    WORK = mark("Make-up workdays")
    USUAL = mark("as usual")


class YearDays(QWidget):
    """Twelve months. A click, a drag or Space makes days what `brush` says; Shift and arrows go over several."""

    changed = Signal()

    def __init__(self, words: Words, year: int, is_workday: Callable[[date], bool]) -> None:
        super().__init__()
        self._words, self._is_workday = words, cache(is_workday)
        self.year, self.brush = year, Mark.OFF
        self.off: set[date] = set()
        self.work: set[date] = set()
        self._cursor = self._from = date(year, 1, 1)
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words("Calendar"))
        self._tell()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(760), self._height(_MOST_COLUMNS))

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * self._cell().width(), self._height(self._columns()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many months side by side as have room; the rest is scrolled to."""
        self.setMinimumHeight(self._height(self._columns()))
        super().resizeEvent(event)

    def _cell(self) -> QSize:
        """The least room of a day."""
        metrics = QFontMetrics(current_theme().font("small"))
        return QSize(metrics.horizontalAdvance("00") + 8, metrics.height() + 4)

    def _columns(self) -> int:
        month = 7 * self._cell().width() + _GAP
        return next(
            n for n in (_MOST_COLUMNS, 3, 2, 1) if n == 1 or n * month - _GAP <= self.width()
        )

    def _height(self, columns: int) -> int:
        rows = 12 // columns
        return rows * _LINES * self._cell().height() + (rows - 1) * _GAP

    def show_year(self, year: int) -> None:
        """Show another year, the cursor on the same day."""
        self.year = year
        day = min(self._cursor.day, 28) if self._cursor.month == 2 else self._cursor.day
        self._cursor = self._from = date(year, self._cursor.month, day)
        self._tell()
        self.update()

    def make(self, first: date, last: date) -> None:
        """Make the days from one to another what the brush says, whichever comes first."""
        first, last = sorted((first, last))
        days = {first + _DAY * n for n in range((last - first).days + 1)}
        self.off -= days
        self.work -= days
        if self.brush is Mark.OFF:
            self.off |= days
        elif self.brush is Mark.WORK:
            self.work |= days
        self._tell()
        self.update()
        self.changed.emit()

    def _tell(self) -> None:
        """Say which day the cursor is on and what it is, for whoever hears the window."""
        day, words = self._cursor, self._words
        what = Mark.OFF if day in self.off else Mark.WORK if day in self.work else Mark.USUAL
        self.setAccessibleDescription(f"{words.near_day(day)} {day.year}: {words(what.value)}")

    def _month_box(self, month: int) -> QRect:
        columns = self._columns()
        row, column = divmod(month - 1, columns)
        width = (self.width() - _GAP * (columns - 1)) // columns
        height = _LINES * self._cell().height()
        return QRect(column * (width + _GAP), row * (height + _GAP), width, height)

    def box_of(self, day: date) -> QRect:
        """Where a day is drawn."""
        month = self._month_box(day.month)
        width, height = month.width() // 7, month.height() // _LINES
        place = day.day - 1 + date(day.year, day.month, 1).weekday()
        week, weekday = divmod(place, 7)
        return QRect(
            month.x() + weekday * width, month.y() + (week + 1) * height, width, height
        )  # fmt: skip

    def _day_at(self, event: QMouseEvent) -> date | None:
        spot = event.position().toPoint()
        for month in range(1, 13):
            if self._month_box(month).contains(spot):
                day = date(self.year, month, 1)
                while day.month == month:
                    if self.box_of(day).contains(spot):
                        return day
                    if day == date.max:
                        return None
                    day += _DAY
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event)
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self._from = self._cursor = day
            self._dragging = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event)
        if self._dragging and day is not None and day != self._cursor:
            self._cursor = day
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and event.button() is Qt.MouseButton.LeftButton:
            self._dragging = False
            self.make(self._from, self._cursor)
            self._from = self._cursor
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is not None:
            going = self._cursor + step * _DAY
            if going.year == self.year:
                self._cursor = going
                if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    self._from = going
                self._tell()
                self.update()
        elif event.key() == Qt.Key.Key_Space:
            self.make(self._from, self._cursor)
            self._from = self._cursor
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme.font("small")
        chosen = sorted((self._from, self._cursor))
        for month in range(1, 13):
            box = self._month_box(month)
            head = QRect(box.x(), box.y(), box.width(), box.height() // _LINES)
            painter.setFont(theme.font("small", bold=True))
            painter.setPen(theme.color("text"))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, self._month_name(month))
            painter.setFont(small)
            day = date(self.year, month, 1)
            while day.month == month:
                is_chosen = chosen[0] <= day <= chosen[1] and (self._dragging or self.hasFocus())
                self._paint_day(painter, day, small, is_chosen=is_chosen)
                if day == date(self.year, 12, 31):
                    break
                day += _DAY

    def _month_name(self, month: int) -> str:
        from babel.dates import format_skeleton  # loads locale data: not at start

        return str(format_skeleton("MMM", date(self.year, month, 1), locale=self._words.locale))

    def _paint_day(self, painter: QPainter, day: date, font: QFont, *, is_chosen: bool) -> None:
        theme = current_theme()
        box = self.box_of(day).adjusted(1, 1, -1, -1)
        fill, ink = QColor(Qt.GlobalColor.transparent), theme.color("text")
        edge = QPen(Qt.PenStyle.NoPen)
        if day in self.off:
            fill, ink = theme.color("accent"), theme.color("on_accent")
        elif day in self.work:
            edge = QPen(theme.color("accent"), 1.5)
        elif not self._is_workday(day):
            ink = theme.color("muted")
            fill = theme.color("page")
        painter.setBrush(fill)
        painter.setPen(edge)
        painter.drawRoundedRect(box, 4, 4)
        if is_chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))
