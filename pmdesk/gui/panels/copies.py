"""Files kept with a record, each to be saved somewhere."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.keep_report import copies_of
from pmdesk.actions.originals import file_name
from pmdesk.gui.desk import Desk
from pmdesk.gui.saving import choose_and_save
from pmdesk.gui.widgets.parts import TwoLineRow, button, clear
from pmdesk.records.attachment import Attachment


class Copies(QWidget):
    """The files of one record; nothing where there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_of(self, kind: str, record_id: int) -> None:
        """Show the files of a record."""
        clear(self.rows)
        words = self._desk.words
        files = copies_of(self._desk.journal, kind, record_id)
        for one in files:
            save = button(words("Save a copy"), partial(self._save, one), quiet=True)
            self.rows.addWidget(TwoLineRow(one.name, words.size(one.size), [save]))
        self.setVisible(bool(files))

    def _save(self, file: Attachment) -> None:
        choose_and_save(self, self._desk, file, file_name(file.name))
