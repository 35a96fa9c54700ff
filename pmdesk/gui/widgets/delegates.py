"""Painted rows: the timeline's, the client list's, and search results with their marks."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate

from pmdesk.gui.icons import pixmap
from pmdesk.gui.theme import pixels
from pmdesk.gui.widgets.long_table import ROW, LongTable
from pmdesk.records.declare import Kind
from pmdesk.tokens import Theme, palette

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

Span = tuple[int, int]
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


_ICONS = {
    "client": "clients",
    "contact": "person",
    "project": "report",
    "stage": "stage",
    "entry": "entry",
    "interaction": "mail",
    "transparency": "warning",
    "trust": "check",
    "communication": "clock",
    "expectations": "person",
    "feedback": "report",
    "crisis": "crisis",
    "long_term": "calendar",
}


def kind_icon(kind: Kind) -> str:
    """The icon of a kind: its own, else that of its practice."""
    return _ICONS.get(kind.name) or _ICONS.get(str(kind.practice), "note")


def row_height(scale: int) -> int:
    """The height of a list row at a scale in per cent."""
    return round(44 * scale / 100) + 4


class RowDelegate(QStyledItemDelegate):
    """Paints a row: icon, title over second line, and words on the right."""

    def __init__(self, theme: Theme, scale: int, look: Any, parent=None) -> None:
        """`look(row)` gives a `RowLook`."""
        super().__init__(parent)
        self._scale, self._look = scale, look
        # a screen of rows asks a hundred times, always in one theme and scale
        self._values = palette(theme)
        self._colours = {name: QColor(value) for name, value in self._values.items()}
        self._fonts: dict[tuple[str, bool], QFont] = {}

    def sizeHint(self, option, index) -> QSize:
        return QSize(200, row_height(self._scale))

    def paint(self, painter: QPainter, option, index) -> None:
        row = index.data(ROW)
        if row is None:
            return
        look = self._look(row)
        painter.save()
        box: QRect = option.rect
        view = option.widget
        chosen = view.selectionModel().isSelected(index)
        if chosen:
            painter.fillRect(box, self._colours["soft"])
        elif view.hovered == index.row():
            painter.fillRect(box, self._colours["hover"])
        painter.setPen(self._colours["line"])
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if chosen and view.hasFocus():
            painter.setPen(self._colours["accent"])
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        inner = box.adjusted(12 + round(look.indent * self._scale / 100), 4, -12, -4)
        if look.icon:
            picture = pixmap(look.icon, self._values[look.icon_colour])
            side = round(20 * self._scale / 100)
            top = inner.top() + (inner.height() - side) // 2
            painter.drawPixmap(QRect(inner.left(), top, side, side), picture)
            inner.setLeft(inner.left() + side + 12)
        right = self._paint_right(painter, inner, look)
        inner.setRight(right - 16)
        self._paint_texts(painter, inner, look)
        painter.restore()

    def _paint_right(self, painter: QPainter, inner: QRect, look: "RowLook") -> int:
        right = inner.right()
        for text, colour, width in look.right:
            painter.setFont(self._font("small", bold=colour in ("good", "warn", "bad", "accent")))
            wide = round(width * self._scale / 100)
            place = QRect(right - wide, inner.top(), wide, inner.height())
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
            if colour == "mark":
                self._fill_mark(painter, place, place.right() - metrics.horizontalAdvance(shown))
            painter.setPen(self._colours["text" if colour == "mark" else colour])
            painter.drawText(place, _RIGHT, shown)
            right -= wide + 12
        return right

    def _paint_texts(self, painter: QPainter, inner: QRect, look: "RowLook") -> None:
        half = inner.height() // 2
        upper = QRect(
            inner.left(), inner.top(), inner.width(), half if look.second else inner.height()
        )
        painter.setFont(self._font("body", bold=look.strong))
        ink = "muted" if look.faint else "text"
        self._marked(painter, upper, look.title, look.title_marks, ink)
        if look.second:
            lower = QRect(inner.left(), inner.top() + half, inner.width(), half)
            painter.setFont(self._font("small"))
            self._marked(painter, lower, look.second, look.second_marks, "muted")

    def _marked(
        self, painter: QPainter, box: QRect, text: str, marks: Sequence[Span], colour: str
    ) -> None:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        for start, end in marks:
            if start >= len(shown):
                break
            left = metrics.horizontalAdvance(shown[:start])
            wide = metrics.horizontalAdvance(shown[start : min(end, len(shown))])
            self._fill_mark(painter, box, box.left() + left, wide)
        painter.setPen(self._colours[colour])
        painter.drawText(box, _LEFT, shown)

    def _fill_mark(self, painter: QPainter, box: QRect, left: int, wide: int | None = None) -> None:
        """The ground of what was found: of one line, up to the end of the box without `wide`."""
        height = painter.fontMetrics().height()
        top = box.top() + (box.height() - height) // 2
        wide = box.right() + 1 - left if wide is None else wide
        painter.fillRect(QRect(left, top, wide, height), self._colours["mark"])

    def _font(self, name: str, *, bold: bool = False) -> QFont:
        if (name, bold) not in self._fonts:
            font = QFont(QApplication.font())
            font.setPixelSize(pixels(name, self._scale))
            font.setBold(bold)
            self._fonts[name, bold] = font
        return self._fonts[name, bold]


class RowLook:
    """What a row shows; `right` holds (text, colour, width) from the right edge inwards.

    `indent` is how far it stands to the right of the others, in pixels at 100 %. The colour "mark" is
    that of what was found. `said` is what its icon and arrow mean, in words.
    """

    __slots__ = (
        "faint",
        "icon",
        "icon_colour",
        "indent",
        "right",
        "said",
        "second",
        "second_marks",
        "strong",
        "title",
        "title_marks",
    )

    def __init__(
        self,
        title: str,
        second: str = "",
        *,
        icon: str = "",
        icon_colour: str = "muted",
        right: Sequence[tuple[str, str, int]] = (),
        title_marks: Sequence[Span] = (),
        second_marks: Sequence[Span] = (),
        strong: bool = False,
        indent: int = 0,
        faint: bool = False,
        said: str = "",
    ) -> None:
        self.title, self.second, self.icon, self.icon_colour = title, second, icon, icon_colour
        self.right, self.title_marks, self.second_marks = right, title_marks, second_marks
        self.strong, self.indent, self.faint, self.said = strong, indent, faint, said

    def spoken(self) -> str:
        """All of the row in one sentence, from left to right."""
        right = (text for text, _, _ in reversed(self.right))
        return " · ".join(filter(None, (self.said, self.title, self.second, *right)))


def painted_list(desk: "Desk", name: str, look: Callable[[Any], RowLook]) -> LongTable:
    """A list of any length whose rows are painted as `look` says of each."""
    table = LongTable(row_height(desk.settings.scale), name)
    paint_rows(table, desk, look)
    return table


def paint_rows(table: LongTable, desk: "Desk", look: Callable[[Any], RowLook]) -> None:
    """Have the rows of a list painted, and spoken, as `look` says of each."""
    table.setItemDelegate(RowDelegate(desk.theme, desk.settings.scale, look, table))
    table.speak(lambda row: look(row).spoken())
