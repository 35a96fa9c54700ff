"""Files kept with a record, each to be saved somewhere."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from pmdesk.actions.keep_report import copies_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.parts import TwoLineRow, button, clear
from pmdesk.journal import blobs, errors
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
        words = self._desk.words
        path, _ = QFileDialog.getSaveFileName(self, words("Save a copy"), kept.name)
        if path:
            self.write(kept, Path(path))

    def write(self, kept: Attachment, target: Path) -> None:
        """Write a kept file outside the journal."""
        words, data = self._desk.words, blobs.read(self._desk.journal, kept.hash)
        try:
            target.write_bytes(data or b"")
        except OSError:
            text = words("{path} could not be written.", path=errors.shown(target))
            self._desk.noticed.emit("bad", text)
            return
        self._desk.tell(words("Saved {path}", path=errors.shown(target)))
