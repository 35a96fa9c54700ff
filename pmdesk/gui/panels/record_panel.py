"""The side panel that edits one record of any kind: it saves as you go, Esc closes it."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.actions.keep_report import copies_of
from pmdesk.actions.records import delete_record, open_parts_of, parts_of, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import Binder, Unclear, load_form, spoken
from pmdesk.gui.panels.reading import reading_above
from pmdesk.gui.widgets.parts import TwoLineRow, button, clear, label, line, scrolled
from pmdesk.journal import blobs, errors, log
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.kinds import KINDS

_PAUSE_MS = 700


class RecordPanel(QWidget):
    """Edits `record`; a new one is saved for the first time as soon as it can be."""

    closed = Signal()
    saved = Signal(object)

    def __init__(self, desk: Desk, record: Any) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(round(420 * max(1.0, desk.settings.scale / 125)))
        self._desk, self._record = desk, record
        self._kind = kind_of(record)
        self._pending = self._warned = self._asked_to_delete = False
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.save(explicit=False))
        self.binder.show_record(record)
        self.binder.edited.connect(self._on_edit)
        desk.changed.connect(self._on_changed)
        for key, act in (("Esc", self.close_panel), ("Ctrl+S", lambda: self.save(explicit=True))):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        words = self._desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        new = self._record.id is None
        text = words("New: {kind}", kind=words(self._kind.one)) if new else words(self._kind.one)
        self.head = label(text, "head")
        head.addWidget(self.head, 1)
        head.addWidget(button(words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(8)
        body.addLayout(self.acts)
        self.form = QWidget()
        load_form(self._kind.name, self.form)
        self.form.setObjectName("form")
        self.binder = Binder(self.form, type(self._record), words, self._options)
        self.binder.use_zone(self._desk.zone())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(self.form)
        self.reading = reading_above(self._desk, self._record, column, self.form)
        self.copies = QVBoxLayout()
        column.addLayout(self.copies)
        self.history = QVBoxLayout()
        column.addLayout(self.history)
        column.addStretch(1)
        self.area = scrolled(holder)
        holder.setObjectName("panelBody")
        body.addWidget(self.area, 1)
        body.addWidget(line())
        foot = QHBoxLayout()
        self.status = label("", "small", wrap=True)
        foot.addWidget(self.status, 1)
        self.save_button = button(words("Save"), self._save_by_hand, primary=True)
        foot.addWidget(self.save_button)
        self.history_button = button(words("History"), self._show_history, quiet=True)
        self.delete_button = button(words("Delete"), self._delete, quiet=True)
        foot.addWidget(self.history_button)
        foot.addWidget(self.delete_button)
        body.addLayout(foot)
        self._show_status()

    def _options(self, name: str) -> list[tuple[int, str]]:
        """Records of a kind to choose from: those of the same client, where they have one."""
        kind = KINDS[name]
        where, values = "1", []
        # a stage knows its client only by its project: all projects are offered
        if kind.client == "client_id" and hasattr(self._record, "client_id"):
            where, values = "client_id IS ?", [self._record.client_id]
        elif name == "stage" and hasattr(self._record, "client_id"):
            where = "project_id IN (SELECT id FROM project WHERE client_id IS ?)"
            values = [self._record.client_id]
        sql = f'SELECT id, substr("{kind.title}", 1, 80) FROM {name} WHERE {where} ORDER BY 2'
        return [(row[0], row[1]) for row in self._desk.journal.rows(sql, values)]

    def focus_first(self) -> None:
        """Go to what is to be written first: the title of a new record, else the first field."""
        if self.reading is not None:
            self.reading.setFocus()
            return
        names = self.binder.names
        first = next((n for n in names if not n.endswith("_id")), names[0])
        if self._record.id is None and self._kind.title in names:
            first = self._kind.title
        widget = self.form.findChild(QWidget, first)
        if widget:
            widget.setFocus()

    def _on_edit(self, _name: str) -> None:
        self._pending, self._warned = True, False
        self.status.setText(self._desk.words("Not saved yet"))
        self._timer.start(_PAUSE_MS)

    def save(self, *, explicit: bool) -> bool:
        """Save what the form says; False when something stands against it.

        A new record stays quiet about what is missing until it is closed or saved by hand.
        """
        self._timer.stop()
        if not self._pending and self._record.id is not None:
            return True
        try:
            wanted = self.binder.read(self._record)
            result = self._desk.do(save_record, wanted, at=self._desk.now())
        except Unclear as unclear:
            self._tell([unclear.problem], explicit=True)
            return False
        except Refused as refused:
            self._tell(refused.problems, explicit=explicit or self._record.id is not None)
            return False
        if result is None:
            return False
        new = self._record.id is None
        self._record, self._pending = result.record, False
        self.binder.show_problems(result.remarks)
        if new:
            self.head.setText(self._desk.words(self._kind.one))
        self._show_status()
        self.saved.emit(self._record)
        return True

    def _save_by_hand(self) -> None:
        self.save(explicit=True)

    def _tell(self, problems: Any, *, explicit: bool) -> None:
        if explicit:
            self.binder.show_problems(problems)
        self.status.setText(self._desk.words("Not saved yet"))

    def _show_status(self) -> None:
        new = self._record.id is None
        self.delete_button.setVisible(not new)
        self.history_button.setVisible(not new)
        self.save_button.setVisible(new)
        self._show_acts()
        self._show_copies()
        words = self._desk.words
        self.status.setText(words("Fields with * are needed") if new else words("Saved"))

    def _show_copies(self) -> None:
        """Files kept with the record, each to be saved somewhere."""
        clear(self.copies)
        if self.reading is not None:
            return  # it shows them itself
        words = self._desk.words
        for kept in copies_of(self._desk.journal, self._kind.name, self._record.id or 0):
            size = words("{n} kB", n=words.number(kept.size / 1024, 0))
            save = button(words("Save a copy"), partial(self._save_copy, kept), quiet=True)
            self.copies.addWidget(TwoLineRow(kept.name, size, [save]))

    def _save_copy(self, kept: Attachment) -> None:
        words = self._desk.words
        path, _ = QFileDialog.getSaveFileName(self, words("Save a copy"), kept.name)
        if path:
            self.write_copy(kept, Path(path))

    def write_copy(self, kept: Attachment, target: Path) -> None:
        """Write a kept file outside the journal."""
        words, data = self._desk.words, blobs.read(self._desk.journal, kept.hash)
        try:
            target.write_bytes(data or b"")
        except OSError:
            text = words("{path} could not be written.", path=errors.shown(target))
            self._desk.noticed.emit("bad", text)
            return
        self._desk.tell(words("Saved {path}", path=errors.shown(target)))

    def _show_acts(self) -> None:
        """What can be done with the record besides editing it."""
        focus = self.window().focusWidget()
        acted = (
            focus is not None and focus.parentWidget() is self and not self.form.isAncestorOf(focus)
        )
        clear(self.acts)
        if acted:
            self.focus_first()  # the button that was pressed goes; its key must not fall elsewhere
        if self._record.id is None or self._kind.practice is None:
            return
        from pmdesk.answers.lines import line_of  # with the first record of a practice
        from pmdesk.gui.widgets.record_list import act_button

        client = self._desk.journal.get(Client, self._record.client_id)
        if client is None:
            return
        rel = self._desk.relations.of(client)
        for act in line_of(rel, self._record).acts:
            self.acts.addWidget(act_button(self._desk, rel, self._record, act))
        self.acts.addStretch(1)

    def close_panel(self) -> None:
        """Save and close; with something unclear ask once by showing it, then let go."""
        untouched = self._record.id is None and not self._pending
        if untouched or self.save(explicit=True) or self._warned:
            self.closed.emit()
            return
        self._warned = True
        self.status.setText(self._desk.words("Not saved. Mend it, or press Esc again to discard."))

    def _delete(self) -> None:
        self._timer.stop()
        words = self._desk.words
        parts = parts_of(self._desk.journal, self._record)
        open_ = open_parts_of(self._desk.journal, self._record)
        if open_ and not self._asked_to_delete:
            self._asked_to_delete = True
            still = ", ".join(f"{words(KINDS[kind].many)} {n}" for kind, n in open_.items())
            self.status.setText(
                words("Still open: {parts}. Press Delete again to delete all.", parts=still)
            )
            return
        try:
            changes = self._desk.do(delete_record, self._record, at=self._desk.now())
        except Refused as refused:
            self.status.setText(" ".join(spoken(words, p) for p in refused.problems))
            return
        if changes is None:
            return
        said = self._desk.said(changes)
        if parts:
            along = ", ".join(f"{words(KINDS[kind].many)} {n}" for kind, n in parts.items())
            said = words("{what} (with {parts})", what=said, parts=along)
        self._pending = False
        self._desk.tell(said, undo=True)
        self.closed.emit()

    def _show_history(self) -> None:
        if self.history.count():
            clear(self.history)
            return
        words = self._desk.words
        self.history.addWidget(label(words("History"), "section"))
        for version in reversed(
            log.versions(self._desk.journal.conn, self._kind.name, self._record.id)
        ):
            step = version.step
            facts = {k: words(v) if isinstance(v, str) else v for k, v in step.facts.items()}
            when = words.short_moment(step.at, self._desk.zone())
            prefix = {"undo": words("Undone") + ": ", "redo": words("Repeated") + ": "}.get(
                step.kind, ""
            )
            self.history.addWidget(
                label(f"{when}  {prefix}{words(step.label, **facts)}", "small", wrap=True)
            )

    def _on_changed(self, changes: Any) -> None:
        if not changes.touch(self._kind.name) or self._record.id is None or self._pending:
            return
        now = self._desk.journal.get(type(self._record), self._record.id)
        if now is None:
            self.closed.emit()
        elif now != self._record:
            self._record = now
            self.binder.show_record(now)
            self._show_status()
