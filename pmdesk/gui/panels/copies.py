"""Files kept with a record, each to be saved somewhere."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.keep_report import copies_of
from pmdesk.actions.originals import file_name, save_kept
from pmdesk.actions.refusals import Refused
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import save_path
from pmdesk.gui.forms import spoken
from pmdesk.gui.widgets.parts import TwoLineRow, button, clear
from pmdesk.journal import errors
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
        kept = copies_of(self._desk.journal, kind, record_id)
        for one in kept:
            size = words("{n} kB", n=words.number(one.size / 1024, 0))
            save = button(words("Save a copy"), partial(self._save, one), quiet=True)
            self.rows.addWidget(TwoLineRow(one.name, size, [save]))
        self.setVisible(bool(kept))

    def _save(self, kept: Attachment) -> None:
        title = self._desk.words("Save a copy")
        path = save_path(self, title, file_name(kept.name), overwrite=False)
        if path is not None:
            self.write(kept, path)

    def write(self, kept: Attachment, target: Path) -> None:
        """Write a kept file outside the journal."""
        words = self._desk.words
        try:
            save_kept(self._desk.journal, kept, target)
        except Refused as refused:
            self._desk.noticed.emit("bad", " ".join(spoken(words, p) for p in refused.problems))
            return
        self._desk.tell(words("Saved {path}", path=errors.shown(target)))
