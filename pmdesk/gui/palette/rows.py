"""The palette's list: headings, and rows that say what they are on their right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate

from pmdesk.answers.palette.entries import Entry
from pmdesk.gui.icons import pixmap
from pmdesk.gui.theme import current_theme

if TYPE_CHECKING:
    from pmdesk.gui.theme import Theme

ROW: Final = Qt.ItemDataRole.UserRole
_HEIGHT, _HEADING = 38, 28
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_RIGHT = Qt.AlignmentFlag.AlignRight | _MIDDLE
_CENTRE = Qt.AlignmentFlag.AlignCenter
_SHARE = 0.4  # of a row, at most, for whose it is
_GAP, _ICON, _RADIUS = 10, 18, 6


class Row(NamedTuple):
    """A row; one without an entry is a heading. `client` is whom its act concerns."""

    title: str
    entry: Entry | None = None
    client: Entry | None = None
    detail: str = ""
    marks: Sequence[tuple[int, int]] = ()

    @property
    def said(self) -> str:
        """The row as it is read out."""
        entry = self.entry
        parts = (self.title, self.detail, entry.word, entry.key) if entry else (self.title,)
        return ", ".join(part for part in parts if part)


class Rows(QAbstractListModel):
    """The rows as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def use(self, rows: list[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def add(self, rows: list[Row]) -> None:
        """Show these below."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.said
        return None

    def flags(self, index: Any) -> Qt.ItemFlag:
        usable = self.rows[index.row()].entry is not None
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if usable else Qt.ItemFlag.NoItemFlags


class RowList(QListView):
    """The rows in view; the keyboard stays in the line above. A click takes a row."""

    taken = Signal()

    def __init__(self, theme: "Theme", name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("paletteList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model_ = Rows()
        self.setModel(self.model_)
        self.setItemDelegate(RowPainter(theme, self))
        self._ground = QColor(theme.color("surface"))
        # it paints all of itself: the pages behind it are not painted anew with each key
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._on_click)

    def paintEvent(self, event: Any) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._ground)
        painter.end()
        super().paintEvent(event)

    def row(self) -> Row | None:
        """The row that is chosen; None where there is none."""
        number = self.currentIndex().row()
        return self.model_.rows[number] if number >= 0 else None

    def use(self, rows: list[Row]) -> None:
        """Show these rows, the first of them chosen."""
        self.model_.use(rows)
        self.scrollToTop()
        self.choose_first()

    def choose_first(self) -> None:
        """Choose the first row that is no heading."""
        for number, row in enumerate(self.model_.rows):
            if row.entry is not None:
                self._choose(number)
                return

    def step(self, by: int) -> None:
        """Go so many rows on, headings left out; from the end one step goes round."""
        usable = [n for n, row in enumerate(self.model_.rows) if row.entry is not None]
        if not usable:
            return
        here = self.currentIndex().row()
        place = usable.index(here) if here in usable else -1
        wanted = place + by
        if abs(by) > 1:
            wanted = min(max(wanted, 0), len(usable) - 1)
        self._choose(usable[wanted % len(usable)])

    def page(self) -> int:
        """How many rows a page goes on."""
        return max(1, self.viewport().height() // current_theme().px(_HEIGHT) - 1)

    def _choose(self, number: int) -> None:
        index = self.model_.index(number)
        self.setCurrentIndex(index)
        if number and self.model_.rows[number - 1].entry is None:
            self.scrollTo(self.model_.index(number - 1))  # its heading with it
        self.scrollTo(index)

    def _on_click(self, index: QModelIndex) -> None:
        if self.model_.rows[index.row()].entry is not None:
            self.setCurrentIndex(index)
            # Qt goes on with the click, and the rows may be gone by then
            QTimer.singleShot(0, self, self.taken.emit)


class RowPainter(QStyledItemDelegate):
    """Paints a row: icon, title and whose it is; on the right what it is, and its key."""

    def __init__(self, theme: "Theme", parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        names = ("text", "muted", "accent", "soft", "hover", "surface", "edge")
        self._colours = {name: theme.color(name) for name in names}
        self._body, self._small = theme.font("body"), theme.font("small")
        self._bold = theme.font("small", bold=True)

    def sizeHint(self, _option: Any, index: Any) -> QSize:
        heading = index.data(ROW).entry is None
        return QSize(200, self._theme.px(_HEADING if heading else _HEIGHT))

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        row: Row = index.data(ROW)
        box: QRect = option.rect
        px, edge = self._theme.px, self._theme.px(18)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.entry is None:
            heading = box.adjusted(edge, px(4), -edge, 0)
            self._write(painter, heading, row.title, self._bold, "muted")
        else:
            chosen = option.widget.currentIndex() == index
            ground = box.adjusted(6, 1, -6, -1)
            if chosen:
                self._fill(painter, ground, "soft", _RADIUS)
                bar = QRect(ground.left(), ground.top() + px(8), 3, ground.height() - px(16))
                self._fill(painter, bar, "accent", 1)
            elif option.state & QStyle.StateFlag.State_MouseOver:
                self._fill(painter, ground, "hover", _RADIUS)
            inner = box.adjusted(edge, 0, -edge, 0)
            inner.setLeft(self._paint_icon(painter, inner, row.entry, chosen=chosen))
            inner.setRight(self._paint_right(painter, inner, row.entry) - px(_GAP))
            self._paint_title(painter, inner, row)
        painter.restore()

    def _fill(self, painter: QPainter, box: QRect, colour: str, radius: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours[colour])
        painter.drawRoundedRect(box, radius, radius)

    def _paint_icon(self, painter: QPainter, box: QRect, entry: Entry, *, chosen: bool) -> int:
        """Where the title begins behind it."""
        side = self._theme.px(_ICON)
        place = QRect(box.left(), box.center().y() - side // 2 + 1, side, side)
        colour = "accent" if chosen else "muted"
        painter.drawPixmap(place, pixmap(entry.icon, colour, _ICON, theme=self._theme))
        return place.right() + self._theme.px(12)

    def _paint_right(self, painter: QPainter, box: QRect, entry: Entry) -> int:
        """What the entry is, and its key before it; the left edge of both."""
        px, right = self._theme.px, box.right()
        metrics = QFontMetrics(self._small)
        wide = metrics.horizontalAdvance(entry.word)
        self._write(painter, QRect(right - wide, box.top(), wide + 1, box.height()), entry.word,
                    self._small, "muted")  # fmt: skip
        right -= wide
        if entry.key:
            wide = metrics.horizontalAdvance(entry.key) + px(10)
            high = px(18)
            chip = QRect(right - px(_GAP) - wide, box.center().y() - high // 2 + 1, wide, high)
            painter.setPen(QPen(self._colours["edge"], 1))
            painter.setBrush(self._colours["surface"])
            painter.drawRoundedRect(chip, 4, 4)
            self._write(painter, chip, entry.key, self._small, "muted", _CENTRE)
            right = chip.left()
        return right

    def _paint_title(self, painter: QPainter, box: QRect, row: Row) -> None:
        """The title, what was typed in it marked, and whose it is, for which there is always room."""
        metrics, small = QFontMetrics(self._body), QFontMetrics(self._small)
        gap, wide = self._theme.px(_GAP), small.horizontalAdvance(row.detail)
        kept = min(wide + gap, round(box.width() * _SHARE)) if row.detail else 0
        elide = Qt.TextElideMode.ElideRight
        shown = metrics.elidedText(row.title, elide, box.width() - kept)
        self._write(painter, box, shown, self._body, "text")
        for start, end in row.marks:
            if end <= len(shown):
                left = box.left() + metrics.horizontalAdvance(shown[:start])
                part = QRect(left, box.top(), box.right() - left, box.height())
                self._write(painter, part, shown[start:end], self._body, "accent")
        used = metrics.horizontalAdvance(shown) + gap
        place = box.adjusted(used, self._theme.px(1), 0, self._theme.px(1))
        detail = small.elidedText(row.detail, elide, place.width())
        self._write(painter, place, detail, self._small, "muted")

    def _write(
        self, painter: QPainter, box: QRect, text: str, font: QFont, colour: str, where: Any = _LEFT
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._colours[colour])
        painter.drawText(box, where, text)
