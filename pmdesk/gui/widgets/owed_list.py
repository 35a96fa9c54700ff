"""The list of Today: rows with their state, reason and one act, under the heads of their groups."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate

from pmdesk.gui.theme import pixels
from pmdesk.gui.widgets.isolated import isolated
from pmdesk.gui.widgets.long_table import ROW, LongTable
from pmdesk.tokens import Theme, palette

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_ROW: Final = 52
_HEAD: Final = 34
_SIDE: Final = 12


class Head(NamedTuple):
    """The head of a group: its title and a quiet remark on its right."""

    title: str
    remark: str = ""


class Look(NamedTuple):
    """How a row reads: its state in a word and its tone, two lines, and the act of Enter."""

    badge: str
    tone: str
    title: str
    second: str
    act: str


class OwedModel(QAbstractTableModel):
    """Heads and rows in one column."""

    def __init__(self, text: Callable[[Any], str]) -> None:
        super().__init__()
        self.items: Sequence[Any] = ()
        self._text = text

    def use(self, items: Sequence[Any]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def flags(self, index):
        if isinstance(self.items[index.row()], Head):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ROW:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return item.title if isinstance(item, Head) else self._text(item)
        return None


class OwedDelegate(QStyledItemDelegate):
    """Paints heads and rows; tells where the act of a row stands."""

    def __init__(self, theme: Theme, scale: int, look: Callable[[Any], Look], parent=None) -> None:
        super().__init__(parent)
        self._scale, self._look = scale, look
        self._colours = {name: QColor(value) for name, value in palette(theme).items()}
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self.badge_width = 0

    def _px(self, length: int) -> int:
        return round(length * self._scale / 100)

    def sizeHint(self, option, index) -> QSize:
        return QSize(200, self._px(_ROW))

    def _font(self, name: str, *, bold: bool = False) -> QFont:
        if (name, bold) not in self._fonts:
            font = QFont(QApplication.font())
            font.setPixelSize(pixels(name, self._scale))
            font.setBold(bold)
            self._fonts[name, bold] = font
        return self._fonts[name, bold]

    def act_box(self, painter_font_width: int, box: QRect) -> QRect:
        """Where the act of a row stands in its `box`, given the width of its words."""
        wide = painter_font_width + self._px(24)
        high = self._px(28)
        return QRect(box.right() - wide - _SIDE, box.center().y() - high // 2, wide, high)

    def act_at(self, item: Any, box: QRect, point: QPoint) -> bool:
        """Whether `point` lies on the act of a row."""
        look = self._look(item)
        wide = QFontMetrics(self._font("small")).horizontalAdvance(look.act)
        return bool(look.act) and self.act_box(wide, box).contains(point)

    def paint(self, painter: QPainter, option, index) -> None:
        item = index.data(ROW)
        if item is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Head):
            self._paint_head(painter, option.rect, item)
        else:
            view = option.widget
            chosen = view.selectionModel().isSelected(index)
            self._paint_row(painter, option.rect, self._look(item), chosen=chosen,
                            focused=chosen and view.hasFocus(),
                            hovered=view.hovered == index.row())  # fmt: skip
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRect, head: Head) -> None:
        inner = box.adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setFont(self._font("body", bold=True))
        painter.setPen(self._colours["text"])
        painter.drawText(inner, _LEFT, head.title)
        painter.setFont(self._font("small"))
        painter.setPen(self._colours["muted"])
        painter.drawText(inner, _RIGHT, head.remark)
        painter.setPen(self._colours["line"])
        painter.drawLine(box.left() + _SIDE, box.bottom(), box.right() - _SIDE, box.bottom())

    def _paint_row(
        self,
        painter: QPainter,
        box: QRect,
        look: Look,
        *,
        chosen: bool,
        focused: bool,
        hovered: bool,
    ) -> None:
        if chosen:
            painter.fillRect(box, self._colours["soft"])
        elif hovered:
            painter.fillRect(box, self._colours["hover"])
        painter.setPen(self._colours["line"])
        painter.drawLine(box.left() + _SIDE, box.bottom(), box.right() - _SIDE, box.bottom())
        if focused:
            painter.setPen(self._colours["accent"])
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        inner = box.adjusted(_SIDE, self._px(5), -_SIDE, -self._px(5))
        left = inner.left() + self._paint_badge(painter, inner, look) + _SIDE
        right = self._paint_act(painter, box, look, chosen=chosen)
        half = inner.height() // 2
        for font, colour, text, top in (
            (self._font("body"), "text", look.title, inner.top()),
            (self._font("small"), "muted", look.second, inner.top() + half),
        ):
            painter.setFont(font)
            painter.setPen(self._colours[colour])
            place = QRect(left, top, max(0, right - _SIDE - left), half)
            shown = painter.fontMetrics().elidedText(
                isolated(text), Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, _LEFT, shown)

    def _paint_badge(self, painter: QPainter, inner: QRect, look: Look) -> int:
        painter.setFont(self._font("small", bold=True))
        wide, high = self.badge_width, self._px(20)
        box = QRect(inner.left(), inner.center().y() - high // 2 + 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = {"bad": "soft_bad", "warn": "soft_warn", "info": "soft"}.get(look.tone, "soft")
        painter.setBrush(self._colours[ground])
        painter.drawRoundedRect(box, high / 2, high / 2)
        ink = {"bad": "bad", "warn": "warn", "info": "accent"}.get(look.tone, "muted")
        painter.setPen(self._colours[ink])
        painter.drawText(box, _MIDDLE, look.badge)
        return wide

    def _paint_act(self, painter: QPainter, box: QRect, look: Look, *, chosen: bool) -> int:
        if not look.act:
            return box.right() - _SIDE
        painter.setFont(self._font("small"))
        place = self.act_box(painter.fontMetrics().horizontalAdvance(look.act), box)
        painter.setPen(self._colours["accent" if chosen else "edge"])
        painter.setBrush(self._colours["accent" if chosen else "surface"])
        painter.drawRoundedRect(place, 6, 6)
        painter.setPen(self._colours["on_accent" if chosen else "text"])
        painter.drawText(place, _MIDDLE, look.act)
        return place.left()

    def measure(self, badges: Sequence[str]) -> None:
        """Give the states of all rows one width, so that their titles begin at one line."""
        metrics = QFontMetrics(self._font("small", bold=True))
        self.badge_width = max(map(metrics.horizontalAdvance, badges), default=0) + self._px(18)


class OwedList(LongTable):
    """The list; a click on an act, Enter or a letter does it, another click chooses the row."""

    acted = Signal(object, str)
    chosen = Signal(object)

    def __init__(self, desk: "Desk", name: str, look: Callable[[Any], Look], text) -> None:
        self._scale = scale = desk.settings.scale
        super().__init__(round(_ROW * scale / 100), name)
        self.verticalHeader().setMinimumSectionSize(round(_HEAD * scale / 100))
        self.entries = OwedModel(text)
        self.setModel(self.entries)
        self.delegate = OwedDelegate(desk.theme, scale, look, self)
        self.setItemDelegate(self.delegate)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda index: self._emit(index, "O"))

    def _open(self, index) -> None:
        """A click chooses a row; only one on its act does it, see mouseReleaseEvent."""

    def mouseReleaseEvent(self, event) -> None:
        """The place of the click itself, not of the cursor: a press may come from a test or a touch."""
        index = self.indexAt(event.position().toPoint())
        item = index.data(ROW) if index.isValid() else None
        super().mouseReleaseEvent(event)
        if item is not None and not isinstance(item, Head):
            box = self.visualRect(index)
            if self.delegate.act_at(item, box, event.position().toPoint()):
                self._emit(index, "")

    def keyPressEvent(self, event) -> None:
        index = self.currentIndex()
        letter = event.text().upper()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._emit(index, "")
        elif len(letter) == 1 and letter.isalpha() and not event.modifiers():
            self._emit(index, letter)
        else:
            super().keyPressEvent(event)

    def use(self, items: Sequence[Any]) -> None:
        """Show these; heads are lower than rows."""
        self.entries.use(items)
        for n, item in enumerate(items):
            if isinstance(item, Head):
                self.setRowHeight(n, round(_HEAD * self._scale / 100))

    def _emit(self, index, key: str) -> None:
        item = index.data(ROW) if index.isValid() else None
        if item is not None and not isinstance(item, Head):
            self.acted.emit(item, key)

    def _on_current(self, current, _before) -> None:
        item = current.data(ROW) if current.isValid() else None
        if isinstance(item, Head):
            item = None
        self.chosen.emit(item)

    def moveCursor(self, action, modifiers):
        """Heads are passed over; from one at the very top the way is down again."""
        before = self.currentIndex().row()
        index = super().moveCursor(action, modifiers)
        step = 1 if index.row() >= before else -1
        items = self.entries.items
        for by in (step, -step):
            row = index.row()
            while 0 <= row < len(items) and isinstance(items[row], Head):
                row += by
            if 0 <= row < len(items):
                return self.entries.index(row, 0)
        return self.currentIndex()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        if isinstance(self.currentIndex().data(ROW), Head):
            self.choose_near(self.currentIndex().row())

    def choose_near(self, row: int) -> None:
        """Choose the row at this place, or the nearest one after it, else before."""
        items = self.entries.items
        rows = [n for n, item in enumerate(items) if not isinstance(item, Head)]
        if rows:
            after = [n for n in rows if n >= row]
            self.setCurrentIndex(self.entries.index(after[0] if after else rows[-1], 0))
