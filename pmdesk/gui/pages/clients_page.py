"""The portfolio: every client in a line, the most pressing first."""

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget

from pmdesk.answers.owed.portfolio import (
    SORTS,
    Line,
    names,
    narrowed,
    ordered,
    portfolio,
    scale_of,
    sort_of,
)
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import IMPORT, JOURNAL_REPORT
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import Card, EmptyState, button
from pmdesk.gui.widgets.portfolio_table import PortfolioTable
from pmdesk.records.client import Client

# Names are painted before anything is asked that would hold them up.
_AFTER_PAINT_MS = 150


class ClientsPage(Page):
    """All clients by what is owed to them, or in another order.

    What was done puts them in order anew; a clock that runs on does not move them.
    """

    kinds = ("client", "calendar")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[Line] = []
        self._moved = True
        words = self.words
        new = button(words("New client"), self._add, primary=True)
        take = button(words("Import"), lambda: desk.show(IMPORT))
        reports = button(words("Reports…"), lambda: desk.show(JOURNAL_REPORT))
        self.head(words("Clients"), "", (reports, take, new))
        self.add_tip("clients")
        row = QHBoxLayout()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(words("Find a client by name or industry"))
        self.filter.setAccessibleName(words("Find a client by name or industry"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda: self._show_lines())
        self.filter.returnPressed.connect(self._open_first)
        self.sort = Choice()
        self.sort.setAccessibleName(words("Sort by"))
        for key, order in SORTS.items():
            self.sort.addItem(words(order.text), key)
        self.turned = button("", self._turn)
        self.turned.setToolTip(words("The other way round"))
        self.turned.setAccessibleName(words("The other way round"))
        self._show_order(*sort_of(desk.settings.clients_by))
        self.sort.currentIndexChanged.connect(lambda: self._order_by(self.sort.currentData()))
        row.addWidget(self.filter, 1)
        row.addWidget(self.sort)
        row.addWidget(self.turned)
        self.column.addLayout(row)
        self.stack = QStackedWidget()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        self.table = PortfolioTable(desk, words("Clients"))
        self.model = self.table.lines
        self.table.opened.connect(lambda line: desk.open_client(line.id))
        self.table.sort_asked.connect(self._on_title)
        card.body.addWidget(self.table)
        self.stack.addWidget(card)
        self._empty: dict[bool, EmptyState] = {}
        self.column.addWidget(self.stack, 1)
        self._later = QTimer(self, singleShot=True, interval=_AFTER_PAINT_MS)
        self._later.timeout.connect(desk.owing.ensure)
        desk.owing.changed.connect(self.refresh_when_seen)
        desk.changed.connect(self._on_act)
        self.refresh()

    def take_focus(self) -> None:
        self.table.setFocus()

    def arrive(self) -> None:
        self._show_lines(anew=True)

    def _on_act(self, _changes: object) -> None:
        self._moved = True

    def refresh(self) -> None:
        owing, journal = self.desk.owing, self.desk.journal
        if owing.today is None:
            self._lines = names(journal)
            self._later.start()
        else:
            at = owing.today.at
            self._lines = portfolio(journal, owing.standings, at=at, seen=owing.today)
        self._show_lines(anew=self._moved and not owing.left)
        # while clients are still looked at, their order waits for the last of them
        self._moved = any(line.figures is None for line in self._lines)
        QTimer.singleShot(0, self, self._expect_more)

    def _expect_more(self) -> None:
        self._moved = self._moved or self.desk.owing.busy or self.desk.owing.left > 0

    def _show_lines(self, *, anew: bool = False) -> None:
        """Show what is known of the clients that are looked for, in the order they stand in."""
        found = narrowed(self._lines, self.filter.text())
        scale, sort = scale_of(self._lines), self.desk.settings.clients_by
        shown = {line.id: place for place, line in enumerate(self.model.rows)}
        if anew or shown.keys() != {line.id for line in found}:
            self.table.use(ordered(found, sort), scale, sort)
        else:
            self.table.renew(sorted(found, key=lambda line: shown[line.id]), scale)
        self._say_how_many()
        if found:
            self.stack.setCurrentIndex(0)
        else:
            self.stack.setCurrentWidget(self._nothing(any_client=bool(self._lines)))

    def _say_how_many(self) -> None:
        words, n = self.words, len(self._lines)
        parts = [words.plural("{n} client", "{n} clients", n)] if n else []
        if self.desk.owing.today is not None and n:
            owed, late = (sum(line.owed[k] for line in self._lines) for k in (0, 1))
            parts.append(words("{n} owed, {late} late", n=f"{owed:,}", late=f"{late:,}"))
        if left := self.desk.owing.left:
            parts.append(words("{n} still to be looked at", n=left))
        self.remark.setText(" · ".join(parts))

    def _nothing(self, *, any_client: bool) -> EmptyState:
        """What stands in the place of the list: no client yet, or none of that name."""
        if any_client not in self._empty:
            words = self.words
            empty = (
                EmptyState(words("Nobody of that name"), words("Try fewer letters."))
                if any_client
                else EmptyState(
                    words("No client yet"),
                    words("Drop a mailbox on this window, or write the first client down by hand."),
                    (words("Import"), lambda: self.desk.show(IMPORT)),
                )
            )
            self._empty[any_client] = empty
            self.stack.addWidget(empty)
        return self._empty[any_client]

    def _on_title(self, by: str) -> None:
        """A title sorts by itself, and pressed again the other way round."""
        now, turned = sort_of(self.desk.settings.clients_by)
        self._order_by(by, turned=by == now and not turned)

    def _turn(self) -> None:
        by, turned = sort_of(self.desk.settings.clients_by)
        self._order_by(by, turned=not turned)

    def _order_by(self, by: str, *, turned: bool = False) -> None:
        self.desk.settings.clients_by = f"-{by}" if turned else by
        self._show_order(by, turned)
        self._show_lines(anew=True)
        self.table.go_to_first()

    def _show_order(self, by: str, turned: bool) -> None:
        with QSignalBlocker(self.sort):
            self.sort.setCurrentIndex(self.sort.findData(by))
        self.turned.setText("↑" if turned else "↓")

    def _open_first(self) -> None:
        if self.model.rows:
            self.desk.open_client(self.model.rows[0].id)

    def _add(self) -> None:
        self.desk.edit(Client())
