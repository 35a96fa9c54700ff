"""The capture line (Ctrl+N): one line in, what was understood below it, Enter saves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.actions.capture import capture
from pmdesk.answers.capture import Captured, understand
from pmdesk.answers.clients import client_names
from pmdesk.gui.desk import Desk
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.parts import badge, clear, label


class CaptureBar(QWidget):
    """Captures a call, a meeting, a chat, or a thought for the journal."""

    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("capture")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
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
        self.chips = QHBoxLayout()
        self.chips.setSpacing(6)
        body.addLayout(self.chips)
        escape = QShortcut(QKeySequence("Esc"), self, self.finished.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show()

    def begin(self) -> None:
        self._clients = list(client_names(self._desk.journal).items())
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
        names = getattr(self, "_clients", [])
        return understand(self.line.text(), names, at=self._desk.now(), zone=self._desk.zone())

    def _show(self) -> None:
        clear(self.chips)
        words, said = self._desk.words, self.understood()
        if not self.line.text().strip():
            self.chips.addWidget(
                label(words("Who, how, what, when, #tag · Enter saves, Esc closes"), "small")
            )
            self.chips.addStretch(1)
            return
        if said.client_name:
            self.chips.addWidget(badge(said.client_name, "info"))
        kind = words(said.channel.label) if said.channel else words("Journal entry")
        self.chips.addWidget(badge(kind, "info"))
        if said.channel:
            self.chips.addWidget(badge(words(said.direction.label), "muted"))
        when = words.short_moment(said.when, self._desk.zone()) if said.when else words("now")
        self.chips.addWidget(badge(when, "muted"))
        for tag in said.tags:
            self.chips.addWidget(badge(f"#{tag}", "muted"))
        if said.channel and said.client_id is None:
            self.chips.addWidget(badge(words("no client recognised"), "warn"))
        self.chips.addStretch(1)

    def _save(self) -> None:
        if not self.line.text().strip():
            return
        done = self._desk.do(capture, self.understood(), at=self._desk.now(), say=True)
        if done is not None:
            self.line.clear()
            self.keeper.drop()
            self.finished.emit()
