"""What came of a salvage: how much of each kind was read and lost, and the way into the new journal."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.parts import Card, button, label, scrolled
from pmdesk.journal.errors import shown
from pmdesk.records.kinds import KINDS
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from pmdesk.journal.salvage import Salvaged

_WIDEST: Final = 720
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_COLUMNS: Final = (mark("Read"), mark("Lost"))


class SalvagedPage(QWidget):
    """`opening_asked` tells that the new journal is to be opened."""

    opening_asked = Signal()

    def __init__(self, words: Words, target: Path, salvaged: "Salvaged") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = words
        outer = QHBoxLayout(self)
        outer.setContentsMargins(28, 20, 28, 16)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(label(words("What could be read"), "title", wrap=True))
        about = words("It stands in a new journal, {path}. The damaged file is as it was.",
                      path=shown(target))  # fmt: skip
        column.addWidget(label(about, "muted", wrap=True))
        for sentence, facts in salvaged.sentences:
            column.addWidget(label(words(sentence, **facts), "", wrap=True))
        card = Card()
        card.body.addWidget(scrolled(self._table(salvaged)))
        column.addWidget(card, 1)
        self.open_button = button(
            words("Open the new journal"), self.opening_asked.emit, primary=True
        )
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        holder = QWidget()
        holder.setObjectName("plain")
        holder.setLayout(column)
        holder.setMaximumWidth(current_theme().px(_WIDEST))
        outer.addWidget(holder, 8)
        outer.addStretch(1)

    def take_focus(self) -> None:
        """Where one goes on."""
        self.open_button.setFocus()

    def _table(self, salvaged: "Salvaged") -> QWidget:
        words = self._words
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for column, text in enumerate(_COLUMNS, 1):
            head = label(words(text), "small")
            head.setAlignment(_RIGHT)
            grid.addWidget(head, 0, column)
        kinds = [
            each for each in salvaged.tables if each.table in KINDS and (each.read or each.lost)
        ]
        for row, each in enumerate(kinds, 1):
            grid.addWidget(label(words(KINDS[each.table].many), "", gives_way=True), row, 0)
            for column, n in enumerate((each.read, each.lost), 1):
                figure = label(words.number(n, 0) if n else "–")
                mark_widget(figure, "role", "bad" if column == 2 and n else "" if n else "muted")
                figure.setAlignment(_RIGHT)
                grid.addWidget(figure, row, column)
        grid.setRowStretch(len(kinds) + 1, 1)
        return content
