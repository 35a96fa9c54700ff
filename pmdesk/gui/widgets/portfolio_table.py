"""The portfolio as a table: as many columns as there is room for, sorted by their titles."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QHeaderView

from pmdesk.answers.owed.figures import ClientFigures
from pmdesk.answers.owed.portfolio import (
    DEFAULT_SORT,
    Count,
    Line,
    Scale,
    Silence,
    scale_of,
    sort_of,
)
from pmdesk.answers.owed.portfolio_words import (
    COLUMNS,
    Cell,
    last_said,
    parts_of,
    remarks,
    sentence_of,
)
from pmdesk.answers.text.said import say
from pmdesk.gui.icons import pixmap
from pmdesk.gui.theme import pixels
from pmdesk.gui.widgets.delegates import row_height
from pmdesk.gui.widgets.long_table import ROW, LongTable
from pmdesk.gui.widgets.portfolio_paint import PAD, Piece, PortfolioDelegate
from pmdesk.records.choices import ClientStatus, Tier
from pmdesk.words import Words

if TYPE_CHECKING:
    from pmdesk.gui.desk import Desk

# The columns in the order in which they are given room: the last go first where it is narrow.
KEPT = ("owed", "open", "silent", "median", "weeks", "untold", "promises", "gaps", "health")
# What a column without room says in the second line, in this order, the most pressing first.
_FOLDED = ("untold", "promises", "open", "silent")
_NAME_WIDTH = 220
_WEEKS_WIDTH = 116
_ARROW = 12
_PENDING = ("…", "muted")
_EMPTY = ("", "muted")
# A line whose cells are as wide as they usually become.
_WIDE = Line(
    0, "", "", Tier.KEY, ClientStatus.ACTIVE,
    ClientFigures("", (), 12.4, 10.2, 14.8, 188, 8.0, 88.0, 8.0, -12.0, None, None, ""),
    owed=Count(288, 88), open=Count(288, 288), silence=Silence(188, 28, "late"),
    promises=Count(28, 18), untold=Count(18, 18), gaps=88,
    waiting_since=datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip


class PortfolioModel(QAbstractTableModel):
    """Lines as they stand on the page, with the words of their cells."""

    columns = ("name", *COLUMNS)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: list[Line] = []
        self.scale: Scale = scale_of(())
        self.by = DEFAULT_SORT
        self.folded: tuple[str, ...] = ()
        self._said: dict[tuple[int, str], Any] = {}

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def use(self, rows: Sequence[Line], scale: Scale, sort: str) -> None:
        """Show these lines, all sparklines on one scale."""
        self.beginResetModel()
        self.rows, self.scale, self.by = list(rows), scale, sort
        self._said.clear()
        self.endResetModel()

    def renew(self, rows: Sequence[Line], scale: Scale) -> None:
        """Show the same clients in the same order with what has become known of them."""
        self.rows, self.scale = list(rows), scale
        self._said.clear()
        if rows:
            last = self.index(len(rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def fold(self, names: tuple[str, ...]) -> None:
        """Say in the second line what the columns `names` have no room for."""
        if names != self.folded:
            self.folded = names
            self._said.clear()

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        line, name = self.rows[index.row()], self.columns[index.column()]
        if role == ROW:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name if name == "name" else self.texts(index.row(), name)[0][0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(line, name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                "\n".join([line.name, *parts_of(line, self._words)])
                if name == "name"
                else self.spoken(line, name)
            )
        return None

    def spoken(self, line: Line, name: str) -> str:
        """A cell in words; of the name, the whole line."""
        if name == "name":
            return sentence_of(line, self._words)
        return say(self._words, COLUMNS[name].cell(line).sentence) if line.figures else ""

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if orientation != Qt.Orientation.Horizontal:
            return None
        words, name = self._words, self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignLeft
                if name in ("name", "weeks")
                else Qt.AlignmentFlag.AlignRight
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words("Sort by name") if name == "name" else words(COLUMNS[name].about)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(name)
        by, turned = sort_of(self.by)
        if role == Qt.ItemDataRole.DecorationRole and sort_by(name) == by:
            return pixmap("chevron_up" if turned else "chevron_down", "accent", _ARROW)
        return None

    def title(self, name: str) -> str:
        """The title of a column; that of the weeks tells the hours between which they are drawn."""
        words = self._words
        if name == "weeks" and any(line.figures for line in self.rows):
            low, high = f"{self.scale.low:.2g}", f"{self.scale.high:.2g}"
            return words("26 weeks · {low}–{high} h", low=low, high=high)
        return words("Client") if name == "name" else words(COLUMNS[name].title)

    def texts(self, row: int, name: str) -> tuple[Piece, Piece]:
        """A cell's figure and its note, each with its colour."""
        line = self.rows[row]
        key = (line.id, name)
        if key not in self._said:
            # one sign that more is to come, not a field of them
            self._said[key] = (_PENDING if name == "owed" else _EMPTY, _EMPTY)
            if line.figures is not None:
                self._said[key] = shown(self._words, COLUMNS[name].cell(line), muted=line.resting)
        texts: tuple[Piece, Piece] = self._said[key]
        return texts

    def pieces(self, row: int) -> tuple[Sequence[Piece], Sequence[Piece]]:
        """The client's name with what stands behind it, and its second line."""
        line = self.rows[row]
        key = (line.id, "name")
        if key not in self._said:
            words = self._words
            first = [(line.name, "muted" if line.resting else "text")]
            first += [(say(words, remark), tone) for remark, tone in remarks(line)]
            self._said[key] = (first, self._second(line))
        pieces: tuple[Sequence[Piece], Sequence[Piece]] = self._said[key]
        return pieces

    def _second(self, line: Line) -> list[Piece]:
        words = self._words
        if line.figures is None:
            return [(" · ".join(filter(None, (line.industry, words(line.tier.label)))), "muted")]
        second = []
        for name in self.folded:
            cell = COLUMNS[name].cell(line)
            (upper, tone), (lower, note_tone) = shown(words, cell)
            if not say(words, cell.sentence) or (name == "silent" and not line.silence.state):
                continue
            text = f"{words(COLUMNS[name].title)} {upper}"
            if lower:
                text, tone = words("{what} ({state})", what=text, state=lower), note_tone
            second.append((text, "muted" if tone == "text" else tone))
        if last := say(words, last_said(line)):
            second.append((last, "muted"))
        return second


def shown(words: Words, cell: Cell, *, muted: bool = False) -> tuple[Piece, Piece]:
    """The texts of a cell with their colours."""
    upper, lower = say(words, cell.upper), say(words, cell.lower)
    return (upper, "muted" if muted else cell.tone), (lower, "muted" if muted else cell.note_tone)


def sort_by(column: str) -> str:
    """The order that a column's title stands for, "" for none."""
    return "name" if column == "name" else COLUMNS[column].sort


class PortfolioTable(LongTable):
    """Clients with their figures. `sort_asked` tells which order a title stands for."""

    sort_asked = Signal(str)

    def __init__(self, desk: "Desk", name: str) -> None:
        scale = desk.settings.scale
        super().__init__(row_height(scale), name)
        self.lines = PortfolioModel(desk.words)
        self.setModel(self.lines)
        self.setItemDelegate(PortfolioDelegate(desk.theme, scale, None, self))
        self._least = round(_NAME_WIDTH * scale / 100)
        self._widths = {name: self._width(desk.words, name, scale) for name in COLUMNS}
        header = self.horizontalHeader()
        header.show()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(1)
        for column, width in self._widths.items():
            self.setColumnWidth(self.lines.columns.index(column), width)
        header.sectionClicked.connect(self._on_title)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _width(self, words: Words, name: str, scale: int) -> int:
        """As wide as its title and what usually stands below it."""
        title = _advance(self.lines.title(name), "small", scale)
        wide = [title + round((_ARROW + 4) * scale / 100)]
        if name == "weeks":
            wide.append(round(_WEEKS_WIDTH * scale / 100))
        else:
            (upper, _), (lower, _) = shown(words, COLUMNS[name].cell(_WIDE))
            wide += [_advance(upper, "body", scale), _advance(lower, "small", scale)]
        return max(wide) + 2 * PAD

    def _on_title(self, section: int) -> None:
        if sort := sort_by(self.lines.columns[section]):
            self.sort_asked.emit(sort)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the columns there is room for, in their declared order."""
        room, kept = self.viewport().width() - self._least, []
        for name in KEPT:
            room -= self._widths[name]
            if room < 0:
                break
            kept.append(name)
        for name in COLUMNS:
            self.setColumnHidden(self.lines.columns.index(name), name not in kept)
        self.lines.fold(tuple(name for name in _FOLDED if name not in kept))
        self.viewport().update()

    def shown_columns(self) -> list[str]:
        """The columns that are seen, from left to right."""
        return [n for i, n in enumerate(self.lines.columns) if not self.isColumnHidden(i)]

    def keyboardSearch(self, search: str) -> None:
        """Letters look for a name, whichever column the keyboard is in."""
        current = self.currentIndex()
        if current.column() > 0:
            self.setCurrentIndex(current.siblingAtColumn(0))
        super().keyboardSearch(search)

    def use(self, rows: Sequence[Line], scale: Scale, sort: str) -> None:
        """Show these lines; the client that had the keyboard keeps it, and the list its place.

        Whoever stands at the first stays there: it is the next thing.
        """
        bar, current = self.verticalScrollBar(), self.currentIndex().row()
        kept = self.lines.rows[current].id if 0 <= current < len(self.lines.rows) else None
        place = bar.value()
        self.lines.use(rows, scale, sort)
        row = next((n for n, line in enumerate(rows) if line.id == kept), None)
        if current == 0 and rows:
            row = 0
        if row is not None:
            self.setCurrentIndex(self.lines.index(row, 0))
        bar.setValue(place)

    def renew(self, rows: Sequence[Line], scale: Scale) -> None:
        """Show what has become known of the same clients in the order they stand in."""
        self.lines.renew(rows, scale)

    def go_to_first(self) -> None:
        """Give the first client the keyboard."""
        if self.lines.rows:
            self.setCurrentIndex(self.lines.index(0, 0))
            self.scrollToTop()


def _advance(text: str, size: str, scale: int) -> int:
    font = QFont(QApplication.font())
    font.setPixelSize(pixels(size, scale))
    font.setBold(True)
    return QFontMetrics(font).horizontalAdvance(text)
