"""A year of the journal: a row for each month, a place for each day, filled as much as was written."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from pmdesk.answers.writing import LEVELS, month_before
from pmdesk.gui.theme import current_theme
from pmdesk.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

_MONTHS: Final = 12
_DAYS: Final = 31
_LABEL: Final = 30  # pixels at 100 % for the name of a month
_HEAD: Final = 18


class WrittenYear(QWidget):
    """Arrows go by days and months, Page Up and Page Down by years, Enter opens a day.

    How much was written is told by the height of what fills a day's place.
    """

    opened = Signal(object)
    moved = Signal()

    def __init__(self, words: Words, day: date, told: "Callable[[date], str]") -> None:
        """`told` says a day as a sentence."""
        super().__init__()
        self._words, self._told = words, told
        self._locale = QLocale()
        self._levels: Mapping[date, int] = {}
        self.day = day
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words("Days written in the year"))
        self.go(day)

    def mark(self, levels: Mapping[date, int]) -> None:
        """Mark these days."""
        self._levels = levels
        self.update()

    def go(self, day: date) -> None:
        """Stand on a day, whose year is shown."""
        self.day = day
        self.setAccessibleDescription(self._told(day))
        self.moved.emit()
        self.update()

    def _place(self, month: int, day: int) -> QRectF:
        label, head = current_theme().px(_LABEL), current_theme().px(_HEAD)
        wide, high = (self.width() - label) / _DAYS, (self.height() - head) / _MONTHS
        return QRectF(label + (day - 1) * wide, head + (month - 1) * high, wide, high)

    def _day_at(self, place: QPointF) -> date | None:
        label, head = current_theme().px(_LABEL), current_theme().px(_HEAD)
        wide, high = (self.width() - label) / _DAYS, (self.height() - head) / _MONTHS
        day, month = int((place.x() - label) // wide) + 1, int((place.y() - head) // high) + 1
        if not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(self.day.year, month)[1]:
            return None
        return date(self.day.year, month, day)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("small")
        font.setPixelSize(min(font.pixelSize(), round(self._place(1, 1).height())))
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        short = QLocale.FormatType.ShortFormat
        for n in (1, 10, 20, 31):
            head = self._place(1, n).translated(0, -theme.px(_HEAD)).adjusted(-12, 0, 12, 0)
            head.setHeight(theme.px(_HEAD))
            head.moveRight(min(head.right(), self.width()))
            side = Qt.AlignmentFlag.AlignRight if n == _DAYS else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(head, side | Qt.AlignmentFlag.AlignVCenter, str(n))
        for month in range(1, _MONTHS + 1):
            painter.setPen(theme.color("muted"))
            row = self._place(month, 1)
            label = QRectF(0, row.top(), row.left() - 4, row.height())
            end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(label, end, self._locale.standaloneMonthName(month, short))
            for n in range(1, monthrange(self.day.year, month)[1] + 1):
                self._paint_day(painter, date(self.day.year, month, n))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme = current_theme()
        box = self._place(day.month, day.day).adjusted(0.75, 1, -0.75, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("soft_muted"))
        painter.drawRoundedRect(box, 1.5, 1.5)
        if level := self._levels.get(day, 0):
            filled = QRectF(box)
            filled.setTop(box.bottom() - box.height() * level / LEVELS)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(filled, 1.5, 1.5)
        if day == self.day:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), 2 if self.hasFocus() else 1.2))
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        key = event.key()
        try:
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.go(self.day + timedelta(days=1 if key == Qt.Key.Key_Right else -1))
            elif key == Qt.Key.Key_Up:
                self.go(month_before(self.day))
            elif key == Qt.Key.Key_Down:
                self.go(_month_after(self.day))
            elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                self.go_years(1 if key == Qt.Key.Key_PageDown else -1)
            elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self.opened.emit(self.day)
            else:
                super().keyPressEvent(event)
        except (OverflowError, ValueError):
            return  # the first and the last day that there is

    def go_years(self, by: int) -> None:
        """The same day of another year."""
        last = monthrange(self.day.year + by, self.day.month)[1]
        self.go(self.day.replace(year=self.day.year + by, day=min(self.day.day, last)))

    def mousePressEvent(self, event: "QMouseEvent") -> None:
        if event.button() == Qt.MouseButton.LeftButton and (day := self._day_at(event.position())):
            self.go(day)
            self.opened.emit(day)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            day = self._day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._told(day) if day else "", self)
            return True
        return super().event(event)


def _month_after(day: date) -> date:
    """The same day of the month after, or its last where it is shorter."""
    first = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
