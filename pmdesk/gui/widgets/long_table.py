"""Lists of any length: a page of rows is read when it comes into view."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

_PAGE = 100
_KEPT = 60
ROW = Qt.ItemDataRole.UserRole


class WindowedModel(QAbstractTableModel):
    """`count` rows of one column; `read(offset, limit)` fetches them a page at a time."""

    def __init__(
        self, count: int, read: Callable[[int, int], Sequence[Any]], text: Callable[[Any], str]
    ):
        super().__init__()
        self._count, self._read, self._text = count, read, text
        self.spoken = text
        self._pages: dict[int, Sequence[Any]] = {}

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def row(self, number: int) -> Any:
        """The row, None where it went away in the meantime."""
        page, place = divmod(number, _PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._read(page * _PAGE, _PAGE)
            if len(self._pages) >= _KEPT:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = rows
        return rows[place] if place < len(rows) else None

    def forget(self) -> None:
        """Read the rows anew that are asked for from now on; there are as many as before."""
        self._pages.clear()

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(index.row())
            if row is None:
                return ""
            return self._text(row) if role == Qt.ItemDataRole.DisplayRole else self.spoken(row)
        return None


class LongTable(QTableView):
    """One column of painted rows of equal height; Enter or a click opens one."""

    opened = Signal(object)
    _said: Callable[[Any], str] | None = None

    def __init__(self, row_height: int, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(row_height)
        side.setMinimumSectionSize(row_height)
        self.clicked.connect(self._on_click)
        self.hovered = -1
        self.entered.connect(lambda index: self._hover(index.row()))
        self.viewportEntered.connect(lambda: self._hover(-1))

    def speak(self, said: Callable[[Any], str]) -> None:
        """Tell who does not see a row all that it shows."""
        self._said = said

    def setModel(self, model: Any) -> None:
        """Show the rows of a model."""
        if self._said is not None and isinstance(model, WindowedModel):
            model.spoken = self._said
        super().setModel(model)

    def leaveEvent(self, event) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        # Qt's own word for it would load a class of enums before the first paint
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        # Qt makes the first row the current one without a sign that could be seen
        index = self.currentIndex()
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)

    def _on_click(self, index) -> None:
        self._open(index)

    def _open(self, index) -> None:
        row = index.data(ROW)
        if row is not None:
            self.opened.emit(row)
