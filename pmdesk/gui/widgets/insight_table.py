"""The table of an insight: the same rows as the chart, each opening its record."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from pmdesk.answers.insights.values import Panels, told
from pmdesk.gui.desk import Desk
from pmdesk.words import Words

# Columns are as wide as so many rows need: to measure thousands would hold the window up.
_MEASURED: Final = 60


class _Model(QAbstractTableModel):
    """The rows of all panels, with a column for the client where there are several."""

    def __init__(self, panels: Panels, words: Words) -> None:
        super().__init__()
        self._panels, self._words = panels, words
        self._several = len(panels.names) > 1
        self._columns = panels.insights[0].columns if panels.insights else ()
        self._count = sum(len(insight.items) for insight in panels.insights)

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns) + self._several

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if self._several and section == 0:
            return self._words("Client")
        column = self._columns[section - self._several]
        return self._words(column.title)

    def data(self, index, role=Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        panel, n = self._panels.item(index.row())
        if self._several and index.column() == 0:
            return self._panels.names[panel] if role == Qt.ItemDataRole.DisplayRole else None
        place = index.column() - self._several
        cell = self._panels.insights[panel].items[n].cells[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return told(cell, self._columns[place], self._words)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(cell, int | float):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class InsightTable(QTableView):
    """Enter or a double click opens the record behind a row."""

    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self.setAccessibleName(desk.words("Table"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(32 * desk.settings.scale / 100))
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def show_panels(self, panels: Panels) -> None:
        """Show the rows of an insight."""
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setResizeContentsPrecision(_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.setModel(_Model(panels, self._words))

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
