"""A list that is read in place: what is chosen stands beside it, and its keys are a mail program's."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.panels.reading_pane import ReadingPane
from pmdesk.gui.widgets.delegates import RowLook, paint_rows, row_height
from pmdesk.gui.widgets.long_table import ROW, LongTable, WindowedModel
from pmdesk.gui.widgets.parts import Card

_BESIDE = 620  # pixels at 100 %: below it the pane stands in the list's place
_LIST, _PANE = 2, 3  # shares of the width
_NARROW = 640  # pixels at 100 %: a row in less shows one word on its right alone
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class _KeyTable(LongTable):
    """The list itself; a click reads, and every key is asked of `pressed` first."""

    pressed = Signal(object)
    read_asked = Signal()

    def _on_click(self, index: QModelIndex) -> None:
        self.read_asked.emit()

    def keyPressEvent(self, event: Any) -> None:
        event.setAccepted(False)
        self.pressed.emit(event)
        if not event.isAccepted():
            event.setAccepted(True)
            super().keyPressEvent(event)


class ReadingList(QWidget):
    """Rows and, beside them, the one that is read.

    `folded` asks that a row of several be folded (-1), unfolded (1) or turned (0); `covered` tells
    that what is read stands in the place of the list.
    """

    opened = Signal(object)
    answered = Signal(object)
    next_asked = Signal()
    folded = Signal(int)
    covered = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        name: str,
        look: Callable[[Any], RowLook],
        key_of: Callable[[Any], tuple[str, int]],
        *,
        waiting: bool = False,
    ) -> None:
        """`key_of` gives kind and id of a row's record; `waiting`: N goes to the next that waits."""
        super().__init__()
        self.setObjectName("plain")
        self.desk, self._key_of, self._waiting = desk, key_of, waiting
        self._scale = desk.settings.scale / 100
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(12)
        self.card = Card()
        self.card.body.setContentsMargins(4, 4, 4, 4)
        self.table = _KeyTable(row_height(desk.settings.scale), name)
        paint_rows(self.table, desk, look)
        self.table.pressed.connect(self._on_key)
        self.table.read_asked.connect(self.read)
        self.card.body.addWidget(self.table)
        self.row.addWidget(self.card, _LIST)
        self.pane: ReadingPane | None = None
        self.count = 0

    @property
    def is_reading(self) -> bool:
        """Whether something stands beside the list."""
        return self.pane is not None and not self.pane.isHidden()

    @property
    def is_narrow(self) -> bool:
        """Whether a row has little room."""
        return self.table.width() < _NARROW * self._scale

    @property
    def current(self) -> Any:
        """The row that is chosen, None without one."""
        return self.table.currentIndex().data(ROW)

    def use(self, model: WindowedModel, place: int | None) -> None:
        """Show other rows with that one chosen; the list rolls no further than it must."""
        rolled, before = self.table.verticalScrollBar().value(), self.table.currentIndex().row()
        self.table.setModel(model)
        self.count = model.rowCount()
        self.table.selectionModel().currentChanged.connect(self._on_chosen)
        if place is not None and self.count:
            self.choose(min(place, self.count - 1))
            if place != before:
                return  # it was brought into view
        elif self.is_reading:
            self.stop_reading()
        self.table.verticalScrollBar().setValue(rolled)

    def read_anew(self) -> None:
        """Show the same rows as they stand now."""
        model = self.table.model()
        if isinstance(model, WindowedModel):
            model.forget()
            self.table.viewport().update()

    def choose(self, place: int) -> None:
        """Choose a row, and read it where one is being read."""
        self.table.setCurrentIndex(self.table.model().index(place, 0))

    def take_focus(self) -> None:
        """Give the keyboard to the list, at the row that is chosen or else the first."""
        if self.count and not self.table.currentIndex().isValid():
            self.choose(0)
        if self.card.isHidden() and self.pane is not None:
            self.pane.setFocus()
        else:
            self.table.setFocus()

    def read(self) -> None:
        """Show the chosen record beside the list."""
        row = self.current
        if row is None:
            return
        if self.pane is None:
            self.pane = ReadingPane(self.desk, waiting=self._waiting)
            self.pane.pressed.connect(self._on_key)
            self.pane.closed.connect(self.stop_reading)
            self.pane.record_asked.connect(lambda: self.opened.emit(self.current))
            self.pane.answer_asked.connect(lambda: self.answered.emit(self.pane))
            self.pane.next_asked.connect(self.next_asked)
            self.row.addWidget(self.pane, _PANE)
        words, place = self.desk.words, self.table.currentIndex().row() + 1
        told = words("{n} of {total}", n=f"{place:,}", total=f"{self.count:,}")
        if self.pane.show_record(*self._key_of(row), told):
            self.pane.show()
            self._fit()

    def stop_reading(self) -> None:
        """The list alone again, the keyboard in it."""
        if self.pane is not None:
            self.pane.hide()
            self._fit()
            self.table.setFocus()
            self.table.scrollTo(self.table.currentIndex())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Both side by side, or what is read in the place of the list where there is no room."""
        covered = self.is_reading and self.width() < _BESIDE * self._scale
        had = self.card.isAncestorOf(self.window().focusWidget() or self)
        if covered == self.card.isHidden():
            return
        self.card.setVisible(not covered)
        self.covered.emit(covered)
        if covered and had and self.pane is not None:
            self.pane.setFocus()

    def _on_chosen(self, index: QModelIndex) -> None:
        if self.is_reading and index.isValid():
            self.read()

    def _on_key(self, event: Any) -> None:
        key, plain = event.key(), event.modifiers() in _PLAIN
        acts: dict[Any, Callable[[], object]] = {
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
            Qt.Key.Key_R: self._answer,
            Qt.Key.Key_N: self.next_asked.emit,
            Qt.Key.Key_Right: lambda: self.folded.emit(1),
            Qt.Key.Key_Left: lambda: self.folded.emit(-1),
        }
        if key == Qt.Key.Key_Space and (plain or event.modifiers() == _SHIFT):
            self._roll(1 if plain else -1)
        elif not plain or (key == Qt.Key.Key_Escape and not self.is_reading):
            return
        elif key == Qt.Key.Key_Escape:
            self.stop_reading()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in acts:
            acts[key]()
        else:
            return
        event.accept()

    def _step(self, by: int) -> bool:
        here = self.table.currentIndex()
        place = here.row() + by if here.isValid() else 0
        if not 0 <= place < self.count:
            return False
        self.choose(place)
        return True

    def _roll(self, way: int) -> None:
        """A screen on in what is read, then the next of the list; what is read nowhere begins."""
        if not self.is_reading:
            self.read()
        elif self.pane is not None and not self.pane.roll(way):
            self._step(way)

    def _enter(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _answer(self) -> None:
        self.read()
        if self.pane is not None and self.pane.answers:
            self.answered.emit(self.pane)
        elif self.current is not None:
            self.desk.tell(self.desk.words("There is nothing here to reply to."))
