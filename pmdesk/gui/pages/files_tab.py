"""The files of a client: found in one list, saved, and the way back to what they came with."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from pmdesk.actions.originals import file_name
from pmdesk.answers.files import FileRow, files_count, files_page
from pmdesk.answers.rows.offers import offers_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.tab import Tab
from pmdesk.gui.saving import choose_and_save
from pmdesk.gui.widgets.delegates import RowLook, painted_list
from pmdesk.gui.widgets.long_table import ROW, WindowedModel
from pmdesk.gui.widgets.parts import Card, EmptyState, button, clear
from pmdesk.gui.widgets.record_list import offer_button
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client


class FilesTab(Tab):
    """All files of a client, the newest first."""

    clocked = False

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk, client)
        words = self.words
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 4, 0, 0)
        self.stack = QStackedWidget()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 8)
        self.table = painted_list(desk, words("Files"), self._look)
        self.table.opened.connect(self._show_source)
        card.body.addWidget(self.table, 1)
        self.save = button(words("Save as…"), self._choose)
        self._offers = QHBoxLayout()
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 0, 8, 0)
        bar.addWidget(self.save)
        bar.addLayout(self._offers)
        bar.addStretch(1)
        card.body.addLayout(bar)
        self.stack.addWidget(card)
        self.stack.addWidget(
            EmptyState(
                words("No files yet"),
                words("Attachments of this client's mail and reports that were sent stand here."),
            )
        )
        body.addWidget(self.stack)
        self.refresh()

    def refresh(self) -> None:
        """Read anew, keeping the place."""
        journal, id_ = self.desk.journal, int(self.client.id or 0)
        count = files_count(journal, id_)
        row = max(0, self.table.currentIndex().row())

        def read(offset: int, limit: int) -> list[FileRow]:
            return files_page(journal, id_, offset=offset, limit=limit)

        self._zone = self.desk.zone()
        self._model = WindowedModel(count, read, lambda file: file.name)
        self.table.setModel(self._model)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.stack.setCurrentIndex(0 if count else 1)
        if count:
            self.table.setCurrentIndex(self._model.index(min(row, count - 1), 0))

    def current(self) -> Attachment | None:
        """The file that is chosen; None where it has gone."""
        row = self.table.currentIndex().data(ROW)
        return self.desk.journal.get(Attachment, row.id) if row is not None else None

    def _on_current(self) -> None:
        clear(self._offers)
        file = self.current()
        self.save.setEnabled(file is not None and bool(file.hash))
        if file is not None:
            rel = self.desk.relations.of(self.client)
            for offer in offers_of(rel, file):
                self._offers.addWidget(offer_button(self.desk, rel, file, offer))

    def _show_source(self, row: FileRow) -> None:
        self.desk.show_record("attachment", row.id)

    def _choose(self) -> None:
        file = self.current()
        if file is not None:
            choose_and_save(self, self.desk, file, file_name(file.name))

    def _look(self, row: FileRow) -> RowLook:
        words = self.words
        second = " · ".join(part for part in (row.subject, row.who) if part)
        when = words.short_moment(row.at, self._zone) if row.at else ""
        right = [(when, "muted", 110), (words.size(row.size), "muted", 80)]
        return RowLook(row.name or words("(no name)"), second, icon="import", right=right)
