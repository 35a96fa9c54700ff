"""All conflicts: a list of them, the one that is chosen beside it, and a choice for all at once."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHeaderView,
    QTableView,
)

from pmdesk.actions.carried.compare import Conflict, Which
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.merging.conflict_detail import ConflictDetail
from pmdesk.gui.pages.merging.looked import Looked
from pmdesk.gui.pages.merging.showing import Showing
from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.words import Words, mark

_ROW: Final = 32
_LEAST: Final = 300
_BESIDE: Final = 620
_SAID: Final[dict[Which | None, str]] = {
    None: mark("undecided"), "here": mark("Here"), "there": mark("There"),
}  # fmt: skip
_KEYS: Final[dict[int, Which]] = {
    Qt.Key.Key_Left.value: "here",
    Qt.Key.Key_Right.value: "there",
}


class _Model(QAbstractTableModel):
    def __init__(self, words: Words, choices: dict[str, Which]) -> None:
        super().__init__()
        self._words, self._choices = words, choices
        self.conflicts: list[Conflict] = []
        self.showing: Showing | None = None

    def use(self, conflicts: list[Conflict], showing: Showing) -> None:
        """Show these."""
        self.beginResetModel()
        self.conflicts, self.showing = conflicts, showing
        self.endResetModel()

    def tell(self) -> None:
        """What is chosen has changed."""
        if self.conflicts:
            last = self.index(len(self.conflicts) - 1, 1)
            self.dataChanged.emit(self.index(0, 1), last)

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.conflicts)

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        conflict = self.conflicts[index.row()]
        choice = self._choices.get(conflict.uuid)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() and choice is None:
            return current_theme().color("warn")
        if role != Qt.ItemDataRole.DisplayRole or self.showing is None:
            return None
        return self._words(_SAID[choice]) if index.column() else self.showing.title(conflict)


class _List(QTableView):
    """Up and down go through the conflicts, left and right choose a side."""

    chosen = Signal(str)

    def __init__(self, words: Words, model: _Model) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(words("Changed on both sides"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header, side = self.horizontalHeader(), self.verticalHeader()
        header.hide()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        widest = max(self.fontMetrics().horizontalAdvance(words(text)) for text in _SAID.values())
        header.resizeSection(1, widest + current_theme().px(24))
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(current_theme().px(_ROW))

    def keyPressEvent(self, event) -> None:
        which = _KEYS.get(event.key())
        if which is None:
            super().keyPressEvent(event)
        else:
            self.chosen.emit(which)


class ConflictsCard(Card):
    """`decided` tells that a choice was made; the choices themselves are whose who gave them."""

    decided = Signal()

    def __init__(self, desk: Desk, choices: dict[str, Which]) -> None:
        words = desk.words
        super().__init__(words("Changed on both sides"), " ")
        self._desk, self._choices = desk, choices
        self._shown = ""
        self.remark.setObjectName("")  # it wears the colour of what it says
        row = WrappedRow(gap=8)
        row.addWidget(label(words("For all")))
        self.newer_button = button(words("The newer"), self._choose_newer)
        self.here_button = button(words("Here"), lambda: self._choose_all("here"))
        self.there_button = button(words("There"), lambda: self._choose_all("there"))
        for each in (self.newer_button, self.here_button, self.there_button):
            row.addWidget(each)
        row.addWidget(label(words("↑ ↓ next, ← here, → there"), "small"))
        self.body.addLayout(row)
        self.model = _Model(words, choices)
        self.list = _List(words, self.model)
        self.detail = ConflictDetail(words)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(16)
        self._both.addWidget(self.list, 2)
        self._both.addWidget(self.detail, 5)
        self.body.addLayout(self._both, 1)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.list.chosen.connect(self._choose)
        self.detail.chosen.connect(self._choose)

    @property
    def left(self) -> int:
        """How many are not decided."""
        return sum(one.uuid not in self._choices for one in self.model.conflicts)

    def say_left(self, sentence: str) -> None:
        """Say how many are not decided; that nothing is left when it is empty."""
        mark_widget(self.remark, "role", "warn" if sentence else "good")
        self.remark.setText(sentence or self._desk.words("✓ All are decided"))

    def show_looked(self, looked: Looked) -> None:
        """Show the conflicts of a look; the one that was chosen stays so."""
        conflicts = looked.conflicts
        shown = self._shown
        self.model.use(conflicts, Showing(self._desk.words, self._desk.zone(), looked.found))
        places = {one.uuid: place for place, one in enumerate(conflicts)}
        self._shown = ""
        if conflicts:
            self.list.setCurrentIndex(self.model.index(places.get(shown, 0), 0))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        way, theme = QBoxLayout.Direction, current_theme()
        beside = self.width() >= theme.px(_BESIDE)
        self._both.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self.list.setMinimumHeight(theme.px(_ROW * 4))
        self.detail.setMinimumHeight(theme.px(_LEAST))

    def _current(self) -> Conflict | None:
        row = self.list.currentIndex().row()
        return self.model.conflicts[row] if 0 <= row < len(self.model.conflicts) else None

    def _show_current(self) -> None:
        conflict, showing = self._current(), self.model.showing
        if conflict is None or showing is None:
            return
        self._shown = conflict.uuid
        self.detail.show_conflict(showing, conflict, self._choices.get(conflict.uuid))

    def _choose(self, which: Which) -> None:
        conflict = self._current()
        if conflict is not None:
            self._choices[conflict.uuid] = which
            self._tell()

    def _choose_all(self, which: Which) -> None:
        self._choices.update((one.uuid, which) for one in self.model.conflicts)
        self._tell()

    def _choose_newer(self) -> None:
        self._choices.update(
            (one.uuid, "there" if one.there_at > one.here_at else "here")
            for one in self.model.conflicts
        )
        self._tell()

    def _tell(self) -> None:
        self.model.tell()
        if (conflict := self._current()) is not None:
            self.detail.show_choice(self._choices.get(conflict.uuid))
        self.decided.emit()
