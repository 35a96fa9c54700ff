"""The client list: find one, sort, see who waits."""

from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget

from pmdesk.answers.clients import ClientRow, client_rows, last_contacts
from pmdesk.answers.text.said import waited
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import IMPORT
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.delegates import RowLook, painted_list
from pmdesk.gui.widgets.long_table import ROW
from pmdesk.gui.widgets.parts import Card, EmptyState, button
from pmdesk.records.choices import ClientStatus, Tier
from pmdesk.records.client import Client
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.answers.waiting_list import Waiting  # the figures behind it load after the list

_SORTS = {
    "name": mark("Name"),
    "last": mark("Last contact"),
    "waiting": mark("Longest waiting"),
    "tier": mark("Tier"),
}
_TIERS = list(Tier)
_AFTER_PAINT_MS = 150
_STRETCH = 40


class _Clients(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ClientRow] = []

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        return row.name if role == Qt.ItemDataRole.DisplayRole else None

    def use(self, rows: list[ClientRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class ClientsPage(Page):
    """All clients; what waits at each is counted in the background."""

    kinds = ("client", "interaction", "calendar")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: list[ClientRow] = []
        self._waiting: Any = {}
        self._task: Task | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._count_waiting)
        words = self.words
        new = button(words("New client"), self._add, primary=True)
        take = button(words("Import mail"), lambda: desk.show(IMPORT))
        self.head(words("Clients"), "", (take, new))
        row = QHBoxLayout()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(words("Find a client by name or industry"))
        self.filter.setAccessibleName(words("Find a client by name or industry"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda: self._show_lines())
        self.filter.returnPressed.connect(self._open_first)
        self.sort = Choice()
        self.sort.setAccessibleName(words("Sort by"))
        for key, text in _SORTS.items():
            self.sort.addItem(words(text), key)
        self.sort.setCurrentIndex(max(0, self.sort.findData(desk.settings.sort)))
        self.sort.currentIndexChanged.connect(self._on_sort)
        row.addWidget(self.filter, 1)
        row.addWidget(self.sort)
        self.column.addLayout(row)
        self.stack = QStackedWidget()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        self.table = painted_list(desk, words("Clients"), self._look)
        self.model = _Clients()
        self.table.setModel(self.model)
        self.table.opened.connect(lambda row: desk.open_client(row.id))
        card.body.addWidget(self.table)
        self.stack.addWidget(card)
        self._empty: dict[bool, EmptyState] = {}
        self.column.addWidget(self.stack, 1)
        self.refresh()

    def take_focus(self) -> None:
        self.table.setFocus()

    def refresh(self) -> None:
        self._rows = client_rows(self.desk.journal, contacts=False)
        self._last: dict[int, datetime | None] = {}
        self._zone = self.desk.zone()
        self._show_lines()
        # the list is painted first; what loads for the counting would hold it up
        self._later.start(_AFTER_PAINT_MS)

    def _show_lines(self) -> None:
        wanted = self.filter.text().strip().casefold()
        rows = [n for n in self._rows if wanted in f"{n.name} {n.industry}".casefold()]
        rows.sort(key=self._sort_key)
        keep = self.table.currentIndex().row()
        self.model.use(rows)
        if 0 <= keep < len(rows):
            self.table.setCurrentIndex(self.model.index(keep, 0))
        n = len(self._rows)
        self.remark.setText(self.words.plural("{n} client", "{n} clients", n) if n else "")
        if rows:
            self.stack.setCurrentIndex(0)
        else:
            self.stack.setCurrentWidget(self._nothing(any_client=n > 0))

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
                    (words("Import mail"), lambda: self.desk.show(IMPORT)),
                )
            )
            self._empty[any_client] = empty
            self.stack.addWidget(empty)
        return self._empty[any_client]

    def _last_of(self, row: ClientRow) -> datetime | None:
        """The last contact, read for a stretch of the list when its first row is seen."""
        if row.id not in self._last:
            shown = self.model.rows or self._rows
            place = next((n for n, other in enumerate(shown) if other.id == row.id), 0)
            ids = [other.id for other in shown[place : place + _STRETCH]]
            self._last |= last_contacts(self.desk.journal, {row.id, *ids})
        return self._last[row.id]

    def _sort_key(self, row: ClientRow) -> Any:
        match self.sort.currentData():
            case "last":
                last = self._last_of(row)
                return inf if last is None else -last.timestamp()
            case "waiting":
                waiting = self._waiting.get(row.id)
                return (-waiting.hours if waiting else 0.0, row.name.casefold())
            case "tier":
                return (_TIERS.index(row.tier), row.name.casefold())
        return row.name.casefold()

    def _on_sort(self) -> None:
        self.desk.settings.sort = self.sort.currentData()
        self._show_lines()

    def _look(self, row: ClientRow) -> RowLook:
        words = self.words
        right: list[tuple[str, str, int]] = []
        last = self._last_of(row)
        contact_text = words("no contact yet")
        if last:
            contact_text = words(
                "last contact {day}", day=f"{last.astimezone(self._zone):%Y-%m-%d}"
            )
        right.append((contact_text, "muted", 150))
        waiting = self._waiting.get(row.id)
        text = ""
        if waiting:
            how_long = waited(words, waiting.hours, waiting.since)
            text = words("{n} waiting, {how_long}", n=waiting.turns, how_long=how_long)
        right.append((text, "warn", 210))
        status = words(row.status.label) if row.status is not ClientStatus.ACTIVE else ""
        right.append((status, "muted", 70))
        second = " · ".join(part for part in (row.industry, words(row.tier.label)) if part)
        return RowLook(row.name, second, right=right)

    def _count_waiting(self) -> None:
        if self._task:
            self._task.cancel()
        source = self.desk.journal
        ids = [row.id for row in self._rows]
        if not ids:
            return

        def work(task: Task) -> "dict[int, Waiting]":
            from pmdesk.answers.waiting_list import waiting_by_client  # once the list is painted

            with source.again(writable=False) as journal:
                return waiting_by_client(journal, ids, at=self.desk.now(), stop=task.cancelled)

        self._task = self.desk.background(self, work, self._on_counted)

    def _on_counted(self, waiting: "dict[int, Waiting]") -> None:
        self._waiting = waiting
        if self.sort.currentData() == "waiting":
            self._show_lines()
        self.table.viewport().update()

    def _open_first(self) -> None:
        if self.model.rows:
            self.desk.open_client(self.model.rows[0].id)

    def _add(self) -> None:
        self.desk.edit(Client())
