"""Several clients chosen by name: each as a chip, and a line in which the next one is typed."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from pmdesk.gui.people import Person
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import clear
from pmdesk.gui.widgets.people_help import PeopleHelp
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.typed.fold import folded
from pmdesk.words import Words, mark

_WIDTH = 180
_UNKNOWN = mark("There is no client “{name}”.")


class ClientsField(QWidget):
    """Letters offer names, Enter takes one; Backspace in the empty line takes the last one back.

    `unclear` is told a sentence where a name that was typed is nobody's.
    """

    edited = Signal()
    unclear = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = words
        self._names: dict[int, str] = {}
        self.chosen: tuple[int, ...] = ()
        self._row = WrappedRow(self, gap=6)
        self.line = QLineEdit()
        self.line.setFixedWidth(current_theme().px(_WIDTH))
        self.line.setPlaceholderText(words("Add a client"))
        self.line.setAccessibleName(words("Clients"))
        self.setFocusProxy(self.line)
        help_ = PeopleHelp(self.line, words, self._offered)
        help_.taken.connect(self._take)
        self.line.returnPressed.connect(self._take)
        self.line.editingFinished.connect(self._take)
        self.line.installEventFilter(self)
        self._chips: list[QPushButton] = []
        self._row.addWidget(self.line)

    def offer(self, names: dict[int, str]) -> None:
        """The clients there are, by id; who is no more among them goes."""
        self._names = names
        self.show_chosen(id_ for id_ in self.chosen if id_ in names)

    def show_chosen(self, chosen: Iterable[int]) -> None:
        """Show these clients as chosen."""
        self.chosen = tuple(dict.fromkeys(chosen))
        self._row.takeAt(self._row.count() - 1)  # the line stays, behind the chips
        clear(self._row)
        self._chips = [self._chip(id_) for id_ in self.chosen]
        for part in (*self._chips, self.line):
            self._row.addWidget(part)
            part.show()
        if self._chips:
            QWidget.setTabOrder(self._chips[-1], self.line)
        self.updateGeometry()

    def _chip(self, id_: int) -> QPushButton:
        name = self._names.get(id_, "")
        chip = QPushButton(f"{name}  ✕")
        chip.setProperty("choice", True)
        chip.setAccessibleName(f"{self._words('Remove')}: {name}")
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(partial(self._remove, id_))
        return chip

    def _offered(self) -> list[Person]:
        return [Person(name) for id_, name in self._names.items() if id_ not in self.chosen]

    def _take(self) -> None:
        """Add the client whose name stands in the line."""
        typed = self.line.text().strip()
        if not typed:
            return
        known = (id_ for id_, name in self._names.items() if folded(name) == folded(typed))
        id_ = next(known, None)
        if id_ is None:
            self.unclear.emit(self._words(_UNKNOWN, name=typed))
            return
        self.line.clear()
        self._set((*self.chosen, id_))

    def _remove(self, id_: int) -> None:
        self._set(one for one in self.chosen if one != id_)
        self.line.setFocus()

    def _set(self, chosen: Iterable[int]) -> None:
        self.show_chosen(chosen)
        self.edited.emit()

    def eventFilter(self, _line: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            back = event.key() == Qt.Key.Key_Backspace and not self.line.text()
            if back and self.chosen:
                self._set(self.chosen[:-1])
                return True
        return False
