"""How much of each kind a merge would take, as a table."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from pmdesk.actions.carried.counts import Counts
from pmdesk.gui.desk import Desk
from pmdesk.gui.theme import current_theme
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words, mark

_COLUMNS: Final = (
    mark("Added"), mark("Changed"), mark("Deleted"), mark("The same"), mark("Only here"),
    mark("To decide"),
)  # fmt: skip
_SAME: Final = 3
_ROW: Final = 32
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Model(QAbstractTableModel):
    def __init__(self, words: Words, counts: dict[str, Counts]) -> None:
        super().__init__()
        self._words = words
        self._rows = [(words(KINDS[kind].many), counts[kind]) for kind in counts]

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1 + len(_COLUMNS)

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._words(_COLUMNS[section - 1]) if section else self._words("Kind")

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        name, counts = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if not column:
                return name
            number = counts[column - 1]
            return f"{number:,}" if number else "–"
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and column and not counts[column - 1]:
            return current_theme().color("muted")
        return None


class TotalsTable(QTableView):
    """A row for each kind; as high as its rows, up to so many of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        self.setObjectName("totals")
        self.setAccessibleName(desk.words("What a merge would take"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        side = self.verticalHeader()
        side.hide()
        side.setDefaultSectionSize(current_theme().px(_ROW))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def show_counts(self, counts: dict[str, Counts], most: int) -> None:
        """Show what is to be taken of each kind, `most` rows of it at once."""
        before = self.model()
        self.setModel(_Model(self._words, counts))
        if before is not None:
            before.deleteLater()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in range(len(_COLUMNS)):
            # what is nowhere needs no column; what stays the same is told in any case
            told = column == _SAME or any(each[column] for each in counts.values())
            self.setColumnHidden(column + 1, not told)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows = min(len(counts), most) * current_theme().px(_ROW)
        self.setFixedHeight(rows + header.sizeHint().height() + 4)
