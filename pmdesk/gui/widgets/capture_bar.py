"""The capture line (Ctrl+N): one line in, what was understood below it, Enter saves."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pmdesk.actions.capture import capture
from pmdesk.answers.text.capturing.line import Captured, Promised, understand
from pmdesk.answers.text.capturing.people import Known, known
from pmdesk.gui.desk import Desk
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.parts import badge, clear, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.choices import Channel
from pmdesk.records.trust import Side

_LONGEST = 32  # letters of a promise in its chip


class CaptureBar(QWidget):
    """Captures a call, a meeting, a chat, or a thought for the journal."""

    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("capture")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._known = Known()
        words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 6, 12, 8)
        body.setSpacing(4)
        self.line = QLineEdit()
        self.line.setAccessibleName(words("Capture"))
        self.line.setPlaceholderText(
            words("Pine call: promised the test report by Friday 17:00 #acceptance")
        )
        self.line.textChanged.connect(self._show)
        self.keeper = DraftKeeper(self, desk, "capture", lambda: {"line": self.line.text()})
        self.line.textEdited.connect(self._on_edit)
        self.line.returnPressed.connect(self._save)
        body.addWidget(self.line)
        self.chips = WrappedRow()
        body.addLayout(self.chips)
        escape = QShortcut(QKeySequence("Esc"), self, self.finished.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show()

    def begin(self) -> None:
        self._known = known(self._desk.journal, self._desk.settings.client or None)
        draft = self.keeper.found()
        if draft is not None and not self.line.text():
            self.line.setText(draft.content["line"])
        self.show()
        self._show()
        self.line.setFocus()

    def _on_edit(self, text: str) -> None:
        if text.strip():
            self.keeper.soon()
        else:
            self.keeper.drop()

    def understood(self) -> Captured:
        """What the line says as it stands."""
        return understand(self.line.text(), self._known, at=self._desk.local_now())

    def _show(self) -> None:
        clear(self.chips)
        words = self._desk.words
        if not self.line.text().strip():
            self.chips.addWidget(
                label(words("Who, how, what, when, #tag · Enter saves, Esc closes"), "small")
            )
            return
        for text, state in self._told(self.understood()):
            self.chips.addWidget(badge(text, state))

    def _told(self, note: Captured) -> Iterator[tuple[str, str]]:
        """What Enter will save, a chip each."""
        words, zone = self._desk.words, self._desk.zone()
        if note.client_name:
            yield note.client_name, "info"
        if note.who:
            yield note.who, "muted"
        planned = note.planned if note.client_id is not None else None
        if note.channel is None and note.promised is not None and note.client_id is not None:
            pass  # the promise alone is kept
        elif planned is not None:
            yield f"{words('Key date')} · {words.date(planned.date())} · {note.text}", "info"
        else:
            yield words(note.channel.label) if note.channel else words("Journal entry"), "info"
            if note.channel and note.channel is not Channel.MEETING:
                yield words(note.direction.label), "muted"
            yield words.short_moment(note.when, zone) if note.when else words("now"), "muted"
        if note.promised is not None and note.client_id is not None:
            yield self._promise(note.promised), "info"
        for tag in note.tags:
            yield f"#{tag}", "muted"
        if note.client_id is None and (note.channel or note.promised):
            yield words("no client recognised"), "warn"

    def _promise(self, promised: Promised) -> str:
        words = self._desk.words
        who = words("We promise") if promised.by is Side.US else words("The client promises")
        due = words("by {day}", day=words.date(promised.due)) if promised.due else words("no day")
        what = promised.what if len(promised.what) <= _LONGEST else f"{promised.what[:_LONGEST]}…"
        return f"{who}: {what} · {due}"

    def _save(self) -> None:
        if not self.line.text().strip():
            return
        done = self._desk.do(capture, self.understood(), at=self._desk.local_now(), say=True)
        if done is not None:
            self.line.setText("")  # not cleared: Ctrl+Z takes the act back, not the clearing
            self.keeper.drop()
            self.finished.emit()
