"""Names to choose from below a line in which people are named."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from pmdesk.gui.people import Person, meant, part_at
from pmdesk.gui.widgets.floating import float_at
from pmdesk.typed.lists import items
from pmdesk.words import Words

_MOST = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeopleHelp(QObject):
    """Offers whom the letters mean. Down goes into the names, Enter or a click takes one, Esc leaves.

    Nothing is chosen by itself: whoever is not among them is typed as before.
    """

    taken = Signal()

    def __init__(
        self,
        line: QLineEdit,
        words: Words,
        people: Callable[[], list[Person]],
        *,
        called: str = "",
    ) -> None:
        """`called` is what the names are of (people, without it)."""
        super().__init__(line)
        self._called = called or words("People")
        self._line, self._people = line, people
        self._made: QListWidget | None = None
        line.textEdited.connect(self._offer)
        line.installEventFilter(self)

    @property
    def names(self) -> QListWidget:
        """The list of those who are offered, made when it is first asked for."""
        if self._made is None:
            names = self._made = QListWidget(self._line.parentWidget())
            names.setObjectName("names")
            names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            names.setTextElideMode(Qt.TextElideMode.ElideRight)
            names.setAccessibleName(self._called)
            names.itemPressed.connect(self._take)
            names.hide()
        return self._made

    @property
    def _is_open(self) -> bool:
        return self._made is not None and self._made.isVisible()

    def _part(self) -> tuple[str, int]:
        return part_at(self._line.text(), self._line.cursorPosition())

    def _offer(self) -> None:
        """Show whom the letters at the cursor may mean."""
        typed, _start = self._part()
        self._show(meant(self._left(), typed) if typed else [])

    def _left(self) -> list[Person]:
        """Those who can be named and are not yet."""
        text, (typed, start) = self._line.text(), self._part()
        named = {*items(text[:start]), *items(text[start + len(typed) :])}
        return [one for one in self._people() if one.name not in named]

    def _show(self, people: list[Person]) -> None:
        if not people or not self._line.isVisible():
            self._hide()
            return
        self.names.clear()
        for one in people:
            item = QListWidgetItem(f"{one.name} · {one.role}" if one.role else one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            self.names.addItem(item)
        self.names.setCurrentRow(-1)
        self.names.ensurePolished()
        rows = min(len(people), _MOST)
        frame = 2 * self.names.frameWidth() + 2
        self.names.setFixedSize(
            max(self._line.width(), 160), rows * self.names.sizeHintForRow(0) + frame
        )
        float_at(self.names, self._line)

    def _take(self, item: QListWidgetItem) -> None:
        """Write the name in the place of the letters."""
        typed, start = self._part()
        self._hide()
        self._line.setFocus()
        self._line.setSelection(start, len(typed))
        before = self._line.text()[:start]
        space = " " if before.endswith((",", ";")) else ""
        self._line.insert(space + item.data(Qt.ItemDataRole.UserRole))
        self.taken.emit()

    def eventFilter(self, _line: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._hide()
        elif kind is QEvent.Type.ShortcutOverride and self._chosen() is not None:
            if cast("QKeyEvent", event).key() == Qt.Key.Key_Escape:
                event.accept()  # who is among the names leaves them, not what they stand in
                return True
        elif kind is QEvent.Type.KeyPress:
            return self._key(cast("QKeyEvent", event))
        return False

    def _chosen(self) -> QListWidgetItem | None:
        """The name that one has gone to; None where the names are only offered."""
        shown = self._is_open and self.names.currentRow() >= 0
        return self.names.currentItem() if shown else None

    def _hide(self) -> None:
        if self._made is not None:
            self._made.hide()

    def _key(self, event: QKeyEvent) -> bool:
        """Whether a key was meant for the names."""
        key, item = event.key(), self._chosen()
        if key == Qt.Key.Key_Down and not event.modifiers():
            if not self._is_open:
                self._show(meant(self._left(), ""))
            self._go(1)
            return True
        if not self._is_open:
            return False
        if key == Qt.Key.Key_Up:
            self._go(-1)
        elif key == Qt.Key.Key_Escape and item is not None:
            self._hide()
        elif key in _ENTER and item is not None:
            self._take(item)
        else:
            return False
        return True

    def _go(self, step: int) -> None:
        if self._is_open and (count := self.names.count()):
            self.names.setCurrentRow((self.names.currentRow() + step) % count)
