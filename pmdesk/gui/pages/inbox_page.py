"""Contacts without a client: each is given one, or left out."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from pmdesk.actions.assign_mail import give_to_client, leave_out
from pmdesk.actions.refusals import Refused
from pmdesk.actions.unclaimed import Unclaimed, count_unclaimed, unclaimed
from pmdesk.answers.clients import clients_by_name
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.pages.page import Page
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import Card, EmptyState, button, label
from pmdesk.gui.widgets.sender_table import name_for
from pmdesk.journal.changes import Changes

_MOST = 500
_AFTER_PAINT_MS = 30
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class InboxPage(Page):
    """One row a domain or address, or a contact typed by hand; ticked ones are acted on."""

    kinds = ("client", "interaction", "identity")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.rows: list[Unclaimed] = []
        self._number = 0
        self.head(words("Inbox"))
        self.acts = QWidget()
        self.acts.setObjectName("plain")
        acts = QHBoxLayout(self.acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(8)
        self.client = Choice()
        self.client.setAccessibleName(words("Client"))
        self.client.setMinimumWidth(220)
        self.client.activated.connect(lambda _place: self._show_acts())
        self.name = QLineEdit()
        self.name.setAccessibleName(words("Name of the new client"))
        self.name.setPlaceholderText(words("Name of the new client"))
        self.name.returnPressed.connect(self._give)
        self.give = button(words("Give to this client"), self._give, primary=True)
        self.leave_out = button(words("Leave out"), self._leave_out)
        for widget in (self.client, self.name, self.give, self.leave_out):
            acts.addWidget(widget)
        acts.addStretch(1)
        self.column.addWidget(self.acts)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.stack = QStackedWidget()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        self.table = self._table()
        card.body.addWidget(self.table)
        self.stack.addWidget(card)
        self.stack.addWidget(
            EmptyState(
                words("Every contact has its client"),
                words("What comes in without one is found here."),
            )
        )
        self.column.addWidget(self.stack, 1)
        self.refresh()

    def _table(self) -> QTableWidget:
        words = self.words
        table = QTableWidget(0, 4)
        table.setAccessibleName(words("Without a client"))
        titles = (words("Sender"), words("Messages"), words("Last contact"), words("Subject"))
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT if column == 1 else _LEFT)
            table.setHorizontalHeaderItem(column, item)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.itemChanged.connect(lambda _item: self._show_acts())
        table.doubleClicked.connect(lambda index: self._open(index.row()))
        return table

    def take_focus(self) -> None:
        self.table.setFocus()

    def refresh(self) -> None:
        n = count_unclaimed(self.desk.journal)
        self.remark.setText(
            self.words.plural("{n} contact without a client", "{n} contacts without a client", n)
            if n
            else ""
        )
        self._fill_clients()
        if not n:
            self._show([])
            return
        # gathering reads who wrote each of them: the page stands first
        self._number += 1
        QTimer.singleShot(_AFTER_PAINT_MS, self, self._gather)

    def _gather(self) -> None:
        source, number = self.desk.journal, self._number

        def work(_task: Task) -> list[Unclaimed]:
            with source.again(writable=False) as journal:
                return unclaimed(journal)

        self.desk.background(
            self, work, lambda rows: self._show(rows) if number == self._number else None
        )

    def _fill_clients(self) -> None:
        chosen = self.client.currentData()
        self.client.clear()
        self.client.addItem(self.words("A new client"), None)
        for id_, name in clients_by_name(self.desk.journal):
            self.client.addItem(name, id_)
        self.client.setCurrentIndex(max(0, self.client.findData(chosen)))

    def ticked(self) -> list[Unclaimed]:
        """The rows that are ticked."""
        rows = []
        for place, row in enumerate(self.rows):
            item = self.table.item(place, 0)
            if item is not None and item.checkState() == Qt.CheckState.Checked:
                rows.append(row)
        return rows

    def _show(self, rows: list[Unclaimed]) -> None:
        ticked = {(row.pattern, row.newest if not row.pattern else 0) for row in self.ticked()}
        self.rows = rows[:_MOST]
        table = self.table
        table.blockSignals(True)
        table.setRowCount(len(self.rows))
        for place, row in enumerate(self.rows):
            key = (row.pattern, row.newest if not row.pattern else 0)
            self._fill(place, row, ticked=key in ticked)
        table.blockSignals(False)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.acts.setVisible(bool(rows))
        self._show_acts()

    def _fill(self, place: int, row: Unclaimed, *, ticked: bool) -> None:
        who = row.pattern or row.who or self.words(row.channel.label)
        if row.pattern and row.name:
            who = f"{row.pattern} · {row.name}"
        last = "" if row.last is None else f"{row.last.astimezone(self.desk.zone()):%Y-%m-%d}"
        texts = (who, str(row.messages), last, row.subject)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setTextAlignment(_RIGHT if column == 1 else _LEFT)
            if column == 0:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.table.setItem(place, column, item)

    def _show_acts(self) -> None:
        ticked = self.ticked()
        new = self.client.currentData() is None
        for widget in (self.client, self.name, self.give, self.leave_out):
            widget.setEnabled(bool(ticked))
        self.name.setVisible(new)
        if new and ticked and not self.name.isModified():
            self.name.setText(_proposed(ticked[0]))
        elif not ticked:
            self.name.clear()
        self._tell("")

    def _tell(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        self.name.setAccessibleDescription(sentence)

    def _give(self) -> None:
        ticked = self.ticked()
        if not ticked:
            return
        try:
            done = self.desk.do(
                give_to_client,
                [row.pattern for row in ticked if row.pattern],
                self.client.currentData(),
                self.name.text(),
                contacts=[id_ for row in ticked for id_ in row.contacts],
                at=self.desk.now(),
                say=True,
            )
        except Refused as refused:
            self._tell(" ".join(spoken(self.words, problem) for problem in refused.problems))
            self.name.setFocus()
            return
        self._done(done)

    def _leave_out(self) -> None:
        ticked = self.ticked()
        self._done(
            self.desk.do(
                leave_out,
                [row.pattern for row in ticked if row.pattern],
                contacts=[id_ for row in ticked for id_ in (*row.contacts, *row.ours)],
                at=self.desk.now(),
                say=True,
            )
        )

    def _done(self, changes: Changes | None) -> None:
        if changes is None:
            return
        self.name.clear()
        self.name.setModified(False)
        self.table.setFocus()

    def keyPressEvent(self, event) -> None:
        """Enter opens the newest contact of the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._open(self.table.currentRow())
            return
        super().keyPressEvent(event)

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self.desk.show_record("interaction", self.rows[place].newest)


def _proposed(row: Unclaimed) -> str:
    """A name for the client: what the domain or the sender says."""
    return name_for(row.pattern, row.name) if row.pattern else row.who
