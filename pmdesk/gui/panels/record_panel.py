"""The side panel that edits one record of any kind: it saves as you go, Esc closes it."""

from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.records import delete_record, open_parts_of, parts_of, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.answers.beginnings import Beginning, Begun
from pmdesk.answers.rows.confirm import SAVE, confirm_text
from pmdesk.gui.asked_first import LATER
from pmdesk.gui.desk import Desk
from pmdesk.gui.field_texts import Unclear
from pmdesk.gui.form_loading import load_form
from pmdesk.gui.forms import Binder, spoken
from pmdesk.gui.icons import icon
from pmdesk.gui.known import known_to
from pmdesk.gui.panels.beginnings_row import BeginningsRow
from pmdesk.gui.panels.copies import Copies
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.panels.history import history_of
from pmdesk.gui.panels.reading import reading_above
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.parts import button, clear, label, rule, scrolled
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.declare import kind_of
from pmdesk.records.kinds import KINDS

_PAUSE_MS = 700
_TOLD = 2  # changes that the foot names


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
        self._stored = self._as_stored()
        self._pending = self._asked_to_delete = False
        # a change prepared from what is known: it is kept only when the person says so
        self._prepared = self._stored is not None and self._stored != record
        self._wanted = record
        self.keeper = DraftKeeper(self, desk, self._key(), self._draft)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._save_or_keep)
        self.binder.show_record(record)
        self._take_up_draft()
        self.binder.edited.connect(self._on_edit)
        desk.changed.connect(self._on_changed)
        self._held_up = False  # a save that must wait for longer work
        desk.work.ended.connect(self._on_work_ended)
        keys = (
            ("Esc", self.close_panel),
            ("Ctrl+S", lambda: self.save(explicit=True)),
            ("Alt+M", self._ask_all),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _as_stored(self) -> Any:
        """The record as the journal holds it; None for a new one."""
        if self._record.id is None:
            return None
        return self._desk.journal.get(type(self._record), self._record.id)

    def _key(self) -> str:
        """Under which a draft of this editor lies."""
        if self._record.id is not None:
            return f"edit:{self._kind.name}:{self._record.id}"
        return f"new:{self._kind.name}:{getattr(self._record, 'client_id', None)}"

    def _draft(self) -> dict[str, Any]:
        return {"fields": self.binder.raw(), "prepared": self._prepared}

    def _take_up_draft(self) -> None:
        """Go on where the editor was left; what was prepared anew comes before an old draft."""
        draft = None if self._prepared else self.keeper.found()
        if draft is not None:
            self.binder.restore(draft.content["fields"])
            self._prepared = bool(draft.content["prepared"])
            with suppress(Unclear):  # what is told at its field once it is to be saved
                self._wanted = self.binder.read(self._record)
            self._pending = True
            self._show_status()
            self.status.setText(self.keeper.moment(draft))
        self.discard_button.setVisible(draft is not None)

    def _discard(self) -> None:
        """Let the draft go: the record stands as it is stored, a new one is not made."""
        self._timer.stop()
        self.keeper.drop()
        self._pending = self._prepared = False
        if self._stored is None:
            self.closed.emit()
            return
        self._record = self._stored
        self.binder.show_record(self._record)
        self.discard_button.hide()
        self._show_status()

    def _build(self) -> None:
        words = self._desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        new = self._record.id is None
        text = words("New: {kind}", kind=words(self._kind.one)) if new else words(self._kind.one)
        if self._kind.field(self._kind.title).meta.hidden:
            # no field of the form says whose it is
            text = f"{text} · {getattr(self._record, self._kind.title)}"
        self.head = label(text, "head")
        head.addWidget(self.head, 1)
        head.addWidget(button(words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        self.acts = WrappedRow(gap=8)
        body.addLayout(self.acts)
        self.beginnings = BeginningsRow(self._record, words)
        self.beginnings.chosen.connect(self._begin)
        body.addWidget(self.beginnings)
        self.form = QWidget()
        load_form(self._kind.name, self.form)
        self.form.setObjectName("form")
        self._known = known_to(self._desk, lambda: self._record)
        self.binder = Binder(self.form, type(self._record), words, self._known)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(self.form)
        self.more = button(words("More"), self._ask_all, quiet=True)
        self.more.setProperty("line", True)  # begins where the fields do
        self.more.setIcon(icon("chevron_down", colour="accent", side=16))
        self.more.setIconSize(QSize(current_theme().px(16), current_theme().px(16)))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.binder.asked.connect(self._show_more)
        if new:
            self.binder.leave_for_later(LATER.get(self._kind.name, ()))
        else:
            self.more.hide()
        self.reading = reading_above(self._desk, self._record, column, self.form)
        self.copies = Copies(self._desk)
        column.addWidget(self.copies)
        self.history = QVBoxLayout()
        column.addLayout(self.history)
        column.addStretch(1)
        self.area = scrolled(holder)
        holder.setObjectName("panelBody")
        body.addWidget(self.area, 1)
        body.addWidget(rule())
        foot = QHBoxLayout()
        self.status = label("", "small", wrap=True, spoken=True)
        foot.addWidget(self.status, 1)
        self.undo_button = button(words("Undo"), self._undo, quiet=True)
        self.undo_button.hide()
        foot.addWidget(self.undo_button)
        self.discard_button = button(words("Discard draft"), self._discard, quiet=True)
        self.discard_button.hide()
        foot.addWidget(self.discard_button)
        self.save_button = button(words("Save"), self._save_by_hand, primary=True)
        foot.addWidget(self.save_button)
        self.history_button = button(words("History"), self._show_history, quiet=True)
        self.delete_button = button(words("Delete"), self._delete, quiet=True)
        foot.addWidget(self.history_button)
        foot.addWidget(self.delete_button)
        body.addLayout(foot)
        self._show_status()

    def focus_first(self) -> None:
        """Go to the title, where a key changes nothing by itself; never to a list of choices."""
        if self.reading is not None:
            self.reading.setFocus()
            return
        names = self.binder.names
        wanted = [self._kind.title, *names] if self._kind.title in names else names
        texts = (self.form.findChild(QWidget, name) for name in wanted)
        first = next((w for w in texts if isinstance(w, QLineEdit | QPlainTextEdit)), None)
        if first is not None:
            first.setFocus()

    def _on_edit(self, _name: str) -> None:
        self._pending = True
        self.undo_button.hide()
        self.status.setText(self._desk.words("Not saved yet"))
        self._timer.start(_PAUSE_MS)

    def _save_or_keep(self) -> None:
        """Save as you go; what cannot be saved yet is kept as a draft."""
        if not self.save(explicit=False):
            self.keeper.keep()

    def save(self, *, explicit: bool) -> bool:
        """Save what the form says; False when something stands against it.

        A new record stays quiet about what is missing until it is closed or saved by hand; what
        was prepared is saved by hand alone.
        """
        self._timer.stop()
        if not self._pending and not self._prepared and self._record.id is not None:
            return True
        if self._prepared and not explicit:
            return False
        before = self._stored
        try:
            wanted = self.binder.read(self._record)
            result = self._desk.do(save_record, wanted, at=self._desk.now())
        except Unclear as unclear:
            self._tell([unclear.problem], explicit=True)
            return False
        except Refused as refused:
            self._tell(refused.problems, explicit=explicit or self._record.id is not None)
            return False
        self._held_up = result is None and self._desk.work.running
        if result is None:
            return False
        self._record = self._stored = result.record
        self._pending = self._prepared = False
        self.keeper.drop()
        self.keeper.key = self._key()
        self.discard_button.hide()
        self.binder.show_followed(wanted, result.record)
        self.binder.show_problems(result.remarks)
        if before is None:
            self.head.setText(self._desk.words(self._kind.one))
        if explicit:
            self.binder.leave_for_later(())  # else nothing moves below what one types
        self._show_status()
        self._show_saved(before, result.changes.action_id)
        if result.changes.facts.get("moved"):
            # an address named now sorts mail that is already in: what moved is seen, and undone
            sentence = self._desk.said(result.changes)
            self._desk.tell(sentence, undo=result.changes.action_id)
        self.saved.emit(self._record)
        return True

    def _show_saved(self, before: Any, step: int | None) -> None:
        """Say what was saved, with the way back beside it."""
        changed = self.binder.changed(before, self._record) if before is not None else []
        self._step = step
        if changed:
            what = self._desk.words.clauses(changed[:_TOLD])
            self.status.setText(self._desk.words("Saved: {what}", what=what))
        self.undo_button.setVisible(bool(changed) and step is not None)

    def _undo(self) -> None:
        self.undo_button.hide()
        self._desk.undo(on_purpose=self._step)

    def _save_by_hand(self) -> None:
        self.save(explicit=True)

    def _begin(self, beginning: Beginning) -> None:
        """Fill the form as such records often begin, around what is typed."""
        try:
            typed = self.binder.read(self._record)
        except Unclear as unclear:
            self._tell([unclear.problem], explicit=True)
            return
        begun = Begun(self._known.now(), self._known.is_workday)
        self.binder.show_record(beginning.of(typed, begun, self._desk.words))
        self.focus_first()
        self._on_edit("")

    def _show_more(self) -> None:
        """Offer what was left for later, by its names."""
        left = self.binder.left
        self.more.setVisible(bool(left))
        self.more.setToolTip(f"{self._desk.words.listed(left)} (Alt+M)")
        self.more.setAccessibleDescription(self._desk.words.listed(left))

    def _ask_all(self) -> None:
        self.binder.ask_all()

    def _tell(self, problems: Any, *, explicit: bool) -> None:
        if explicit:
            self.binder.show_problems(problems)
        self.status.setText(self._desk.words("Not saved yet"))

    def _show_status(self) -> None:
        new = self._record.id is None
        self.delete_button.setVisible(not new)
        self.history_button.setVisible(not new)
        self.save_button.setVisible(new or self._prepared)
        self.beginnings.setVisible(new and not self.beginnings.is_empty)
        text = confirm_text(self._stored, self._wanted) if self._prepared else SAVE
        self.save_button.setText(self._desk.words(text))
        self._show_acts()
        if self.reading is None:  # it shows them itself
            self.copies.show_of(self._kind.name, self._record.id or 0)
        words = self._desk.words
        if self._prepared:
            self.status.setText(words("Prepared, not saved: fill it in, then confirm"))
        else:
            self.status.setText(words("Fields with * are needed") if new else words("Saved"))

    def _show_acts(self) -> None:
        """What can be done with the record besides editing it."""
        focus = self.window().focusWidget()
        acted = (
            focus is not None and focus.parentWidget() is self and not self.form.isAncestorOf(focus)
        )
        clear(self.acts)
        if acted:
            self.focus_first()  # the button that was pressed goes; its key must not fall elsewhere
        if self._record.id is not None:
            from pmdesk.gui.panels.record_acts import record_acts  # with the first that is stored

            for act in record_acts(self._desk, self._kind, self._record):
                self.acts.addWidget(act)

    def close_panel(self) -> None:
        """Save and close; what cannot be saved yet is kept as a draft, and nothing is asked."""
        touched = self._pending or self._prepared
        if touched and not self.save(explicit=False):
            if not self._pending or self.keeper.keep():
                self.closed.emit()
                if self._pending:
                    again = partial(self._desk.edit, self._stored or self._record)
                    words = self._desk.words
                    self._desk.tell(words("Draft kept"), offer=(words("Open again"), again))
                return
            self.status.setText(
                self._desk.words("The journal is busy: this cannot be kept yet. Try again.")
            )
            return
        self.closed.emit()

    def _delete(self) -> None:
        self._timer.stop()
        words = self._desk.words
        parts = parts_of(self._desk.journal, self._record)
        open_ = open_parts_of(self._desk.journal, self._record)
        if open_ and not self._asked_to_delete:
            self._asked_to_delete = True
            still = words.listed(f"{words(KINDS[kind].many)} {n}" for kind, n in open_.items())
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
        what = self._desk.said(changes)
        if parts:
            along = words.listed(f"{words(KINDS[kind].many)} {n}" for kind, n in parts.items())
            what = words("{what} (with {parts})", what=what, parts=along)
        self._pending = False
        self.keeper.drop()
        self._desk.tell(what, undo=changes.action_id)
        self.closed.emit()

    def _show_history(self) -> None:
        if self.history.count():
            clear(self.history)
            return
        self.history.addWidget(label(self._desk.words("History"), "section"))
        for line in history_of(self._desk, self._kind.name, int(self._record.id)):
            self.history.addWidget(label(line, "small", wrap=True))

    def _on_work_ended(self) -> None:
        if self._held_up:
            self._timer.start(_PAUSE_MS)

    def _on_changed(self, changes: Any) -> None:
        if not changes.touch(self._kind.name) or self._record.id is None or self._pending:
            return
        now = self._desk.journal.get(type(self._record), self._record.id)
        if now is None:
            self.closed.emit()
        elif now != self._record and not self._prepared:
            self._record = self._stored = now
            self.binder.show_record(now)
            self._show_status()
