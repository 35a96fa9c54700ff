"""The list of backups: date and reason over what has changed since, state and size on the right."""

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate

from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.long_table import ROW, LongTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pmdesk.journal.backups.manifest import Backup
    from pmdesk.words import Words

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW: Final = 52
_SIDE: Final = 12


class Look(NamedTuple):
    """How a backup reads; `tone` is the colour of its state."""

    title: str
    reason: str
    second: str
    state: str
    tone: str
    size: str

    def spoken(self) -> str:
        """All of it in one sentence."""
        return " · ".join(
            filter(None, (self.title, self.reason, self.state, self.second, self.size))
        )


class _Model(QAbstractTableModel):
    def __init__(self, look: "Callable[[Backup], Look]") -> None:
        super().__init__()
        self.backups: Sequence[Backup] = ()
        self._look = look

    def use(self, backups: "Sequence[Backup]") -> None:
        self.beginResetModel()
        self.backups = backups
        self.endResetModel()

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.backups)

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if not index.isValid():
            return None
        backup = self.backups[index.row()]
        if role == ROW:
            return backup
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._look(backup).spoken()
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: "Callable[[Backup], Look]", parent: "BackupRows") -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option, index) -> QSize:
        return QSize(200, current_theme().px(_ROW))

    def paint(self, painter: QPainter, option, index) -> None:
        backup = index.data(ROW)
        if backup is None:
            return
        view, look, theme = option.widget, self._look(backup), current_theme()
        box: QRect = option.rect
        chosen = view.selectionModel().isSelected(index)
        painter.save()
        if chosen or view.hovered == index.row():
            painter.fillRect(box, theme.color("soft" if chosen else "hover"))
        painter.setPen(theme.color("line"))
        painter.drawLine(box.left() + _SIDE, box.bottom(), box.right() - _SIDE, box.bottom())
        if chosen and view.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        inner = box.adjusted(_SIDE, theme.px(6), -_SIDE, -theme.px(6))
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        body, bold, small = _font("body"), _font("body", bold=True), _font("small")
        state = _font("small", bold=look.tone != "muted")
        room = self._right(painter, upper, state, theme.color(look.tone), look.state)
        used = self._left(painter, room, bold, theme.color("text"), look.title)
        room.setLeft(room.left() + used + theme.px(8))
        self._left(painter, room, body, theme.color("muted"), look.reason)
        room = self._right(painter, lower, small, theme.color("muted"), look.size)
        self._left(painter, room, small, theme.color("muted"), look.second)
        painter.restore()

    @staticmethod
    def _left(painter: QPainter, room: QRect, font: QFont, colour: QColor, text: str) -> int:
        """The width that a text took."""
        painter.setFont(font)
        painter.setPen(colour)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)
        return painter.fontMetrics().horizontalAdvance(shown)

    @staticmethod
    def _right(painter: QPainter, line: QRect, font: QFont, colour: QColor, text: str) -> QRect:
        """What a text at the right leaves of its line."""
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(line, _RIGHT, text)
        wide = painter.fontMetrics().horizontalAdvance(text) + (_SIDE if text else 0)
        return line.adjusted(0, 0, -wide, 0)


def _font(size: str, *, bold: bool = False) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(current_theme().size(size))
    font.setBold(bold)
    return font


class BackupRows(LongTable):
    """`chosen` tells the backup whose row is the current one; Enter tells `opened`."""

    chosen = Signal(object)

    def __init__(self, words: "Words", look: "Callable[[Backup], Look]") -> None:
        super().__init__(current_theme().px(_ROW), words("Backups"))
        self.entries = _Model(look)
        self.setModel(self.entries)
        self.setItemDelegate(_Delegate(look, self))
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current()))

    def _on_click(self, index: QModelIndex) -> None:
        """A click only chooses."""

    def current(self) -> "Backup | None":
        """The backup that is chosen."""
        row = self.currentIndex().row()
        return self.entries.backups[row] if 0 <= row < len(self.entries.backups) else None

    def use(self, backups: "Sequence[Backup]") -> None:
        """Show these; the one that was chosen stays so, else the first is."""
        before = self.current()
        self.entries.use(backups)
        if backups:
            self.choose(before.path if before is not None else backups[0].path)

    def choose(self, path: "Path") -> None:
        """Choose the backup at this path, the first where it has gone."""
        rows = (n for n, backup in enumerate(self.entries.backups) if backup.path == path)
        self.setCurrentIndex(self.entries.index(next(rows, 0), 0))

    def tell(self, path: "Path") -> None:
        """More is known of the backup at this path."""
        for row, backup in enumerate(self.entries.backups):
            if backup.path == path:
                index = self.entries.index(row, 0)
                self.entries.dataChanged.emit(index, index)
