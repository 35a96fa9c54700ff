"""Senders that no client claims yet: tick those that are clients, and name them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from pmdesk.actions.import_values import Unclear
from pmdesk.exchange.mail.companies import name_of_domain
from pmdesk.gui.theme import current_theme
from pmdesk.words import Words

_MOST = 200
_NUMBERS = (2, 3)
_WIDEST = 220
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SenderTable(QTableWidget):
    """One row a domain or address; what was ticked and named stays over a new look.

    `proposing` ticks those that are likely clients when they are first seen.
    """

    ticked_or_named = Signal()

    def __init__(self, words: Words, name: str) -> None:
        super().__init__(0, 6)
        self._words = words
        self.proposing = False
        self.setAccessibleName(name)
        titles = (
            words("Client"),
            words("Name"),
            words("Messages"),
            words("People"),
            words("Last contact"),
            words("Such as"),
        )
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column in _NUMBERS else _LEFT)
            self.setHorizontalHeaderItem(column, item)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab goes on to the next field, not through all cells
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        header.setMaximumSectionSize(current_theme().px(_WIDEST))
        self.setMinimumHeight(190)
        self._known: dict[str, Unclear] = {}
        self._order: list[str] = []
        self.itemChanged.connect(lambda _item: self.ticked_or_named.emit())

    def ticked(self) -> dict[str, str]:
        """The names given to ticked senders, by pattern."""
        names: dict[str, str] = {}
        for row in range(self.rowCount()):
            tick, name = self.item(row, 0), self.item(row, 1)
            if tick and name and tick.checkState() == Qt.CheckState.Checked:
                names[tick.data(Qt.ItemDataRole.UserRole)] = name.text().strip()
        return names

    def show_senders(self, senders: Sequence[Unclear]) -> None:
        """Fill the table. Who was ticked stays, though the sender belongs to a client now.

        Rows keep their places, and nothing is written anew where only the counts differ.
        """
        ticked = self.ticked()
        if self.proposing:
            new = (s for s in senders if s.likely and s.pattern not in self._known)
            ticked |= {s.pattern: _name_for(s) for s in new}
        self._known |= {sender.pattern: sender for sender in senders}
        unclaimed = dict.fromkeys(s.pattern for s in senders[:_MOST])
        wanted = [p for p in self._order if p in ticked or p in unclaimed]
        wanted += [p for p in unclaimed if p not in self._order]
        self.blockSignals(True)
        if wanted != self._order:
            self._order = wanted
            self.setRowCount(len(wanted))
            for row, pattern in enumerate(wanted):
                self._fill(row, self._known[pattern], ticked.get(pattern))
        for row, pattern in enumerate(wanted):
            for column, text in self._figures(self._known[pattern]):
                if figure := self.item(row, column):
                    figure.setText(text)
        self.blockSignals(False)

    def clear_senders(self) -> None:
        """No senders, and nothing said of any."""
        self._order, self._known = [], {}
        self.setRowCount(0)

    def _fill(self, row: int, sender: Unclear, named: str | None) -> None:
        tick = QTableWidgetItem(sender.pattern)
        tick.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
        tick.setCheckState(Qt.CheckState.Unchecked if named is None else Qt.CheckState.Checked)
        tick.setData(Qt.ItemDataRole.UserRole, sender.pattern)
        self.setItem(row, 0, tick)
        self.setItem(row, 1, QTableWidgetItem(_name_for(sender) if named is None else named))
        example = f"{sender.name} <{sender.example}>" if sender.name else sender.example
        for column, text in (*self._figures(sender), (5, example)):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setTextAlignment(_RIGHT if column in _NUMBERS else _LEFT)
            item.setToolTip(text)
            self.setItem(row, column, item)

    def _figures(self, sender: Unclear) -> tuple[tuple[int, str], ...]:
        words = self._words
        return (
            (2, words.number(sender.messages + sender.ours, 0)),
            (3, words.number(sender.people, 0)),
            (4, words.date(sender.last.date()) if sender.last else ""),
        )


def name_for(pattern: str, name: str, company: str = "") -> str:
    """A name to begin with: what the mail calls the company, its domain, or what a person is called."""
    if not pattern.startswith("@"):
        return name or pattern
    return company or name_of_domain(pattern[1:])


def _name_for(sender: Unclear) -> str:
    return name_for(sender.pattern, sender.name, sender.company)
