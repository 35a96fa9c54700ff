"""A text that is pasted, and which importer reads it."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from pmdesk.actions.incoming.importers import BY_NAME, IMPORTERS, Importer
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.words import Words

_LINES: Final = 5
_PAUSE_MS: Final = 300


class PastedCard(Card):
    """A field for text; `changed` when it is another one or is to be read otherwise."""

    changed = Signal()
    removed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words("Pasted text"))
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName(words("Pasted text"))
        self.edit.setPlaceholderText(
            words(
                "Paste here what you copied: a chat with the names and times of its messages, a calendar"
                " or an invitation, cards or a table of contacts"
            )
        )
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * _LINES + 20)
        self.body.addWidget(self.edit)
        row = QHBoxLayout()
        sentence = words("It is not plain what this text is. Choose how to read it.")
        self.hint = label(f"⚠ {sentence}", "problem", wrap=True)
        self.kind = Choice()
        self.kind.setAccessibleName(words("Read as"))
        self.kind.addItem(words("Choose…"), "")
        for importer in IMPORTERS:
            if importer.pasted:
                self.kind.addItem(words(importer.title), importer.name)
        self.kind.activated.connect(lambda _index: self.changed.emit())
        row.addWidget(self.hint, 1)
        row.addWidget(self.kind)
        row.addStretch(0)
        self.body.addLayout(row)
        self.head.addWidget(button(words("Remove"), self.remove, quiet=True))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.edit.textChanged.connect(self._pause.start)
        self.recognised: Importer | None = None
        self.find_importer()
        self.hide()

    @property
    def text(self) -> str:
        """What was pasted; nothing where there are only spaces."""
        written = self.edit.toPlainText()
        return written if written.strip() else ""

    def open_with(self, text: str) -> None:
        """Show the field, with another text where there is one; what it held can be undone to."""
        self.show()
        if text:
            self.edit.selectAll()
            self.edit.insertPlainText(text)
            self._pause.stop()
            self.changed.emit()
        self.edit.setFocus()

    def remove(self) -> None:
        """Nothing is pasted any more."""
        self.edit.clear()
        self._pause.stop()
        self.hide()
        self.removed.emit()

    def find_importer(self) -> Importer | None:
        """The importer whose own the text is, else the one that was chosen for it."""
        text = self.text
        own = (one for one in IMPORTERS if one.pasted and one.code.text_is_own(text))
        self.recognised = next(own, None) if text else None
        asks = bool(text) and self.recognised is None
        chosen = self.kind.currentData()
        self.hint.setVisible(asks and not chosen)
        self.kind.setVisible(asks)
        if not asks:
            self.kind.setCurrentIndex(0)
            return self.recognised
        return BY_NAME.get(chosen)
