"""The part of the settings that sets, changes and removes the journal's passphrase."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.recovery import choose_sheet
from pmdesk.gui.widgets.parts import button, label
from pmdesk.gui.widgets.secret_field import SecretField
from pmdesk.journal.key import key_making
from pmdesk.journal.passphrase import NOT_THE_PASSPHRASE, is_passphrase


class PassphrasePart(QWidget):
    """Asks the passphrase that holds before it is changed or removed."""

    removal_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        words = self.words
        protected = desk.journal.passphrase is not None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        state = (
            words("It is encrypted with a passphrase.")
            if protected
            else words("It has no passphrase: any SQLite tool opens it.")
        )
        self.body.addWidget(label(state, "muted", wrap=True))
        if protected:
            self.body.addWidget(label(self._how(), "small", wrap=True))
        self.old = SecretField(words("Present passphrase"))
        self.new = SecretField(words("New passphrase"))
        self.again = SecretField(words("The same again"))
        self.to_remove = SecretField(words("Present passphrase"))
        fields = (self.old, self.new, self.again) if protected else (self.new, self.again)
        for field in fields:
            self.body.addWidget(field)
            field.entered.connect(self._change)
        self.body.addWidget(
            label(
                words("Nobody can open the journal without it; write it down in a safe place."),
                "small",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        text = words("Change passphrase") if protected else words("Set passphrase")
        row.addWidget(button(text, self._change))
        if protected:
            self.sheet = button(words("Recovery sheet…"), partial(choose_sheet, desk, self))
            self.sheet.setToolTip(
                words(
                    "A page to print and to write the passphrase on, for the day it is forgotten."
                )
            )
            row.addWidget(self.sheet)
            self.ask_removal = button(words("Remove passphrase…"), self._ask_removal, quiet=True)
            row.addWidget(self.ask_removal)
            self.removal = self._removal()
        row.addStretch(1)
        self.body.addLayout(row)
        if protected:
            self.body.addWidget(self.removal)

    def _how(self) -> str:
        """How the file is encrypted."""
        key = key_making(self.desk.journal)
        return self.words(
            "AES-256 by SQLCipher; the key is made of the passphrase by {how}, rounds: {n}.",
            how=key.derivation.replace("_", "-"),
            n=self.words.number(key.rounds, 0),
        )

    def _removal(self) -> QWidget:
        words = self.words
        box = QWidget()
        box.setObjectName("plain")
        body = QVBoxLayout(box)
        body.setContentsMargins(0, 8, 0, 0)
        body.setSpacing(8)
        warning = words(
            "Without a passphrase the file is not encrypted: whoever gets it, or a backup made "
            "from then on, can read everything in it."
        )
        body.addWidget(label(f"⚠ {warning}", "", wrap=True))
        self.to_remove.entered.connect(self._remove)
        body.addWidget(self.to_remove)
        row = QHBoxLayout()
        row.addWidget(button(words("Remove passphrase"), self._remove))
        row.addWidget(button(words("Keep it"), self._keep, quiet=True))
        row.addStretch(1)
        body.addLayout(row)
        box.hide()
        return box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.to_remove.isVisible():
            self._keep()
        else:
            super().keyPressEvent(event)

    def _ask_removal(self) -> None:
        self.removal.show()
        self.removal_asked.emit()
        self.to_remove.line.setFocus()

    def _keep(self) -> None:
        self.removal.hide()
        self.to_remove.line.clear()
        self.to_remove.say("")
        self.ask_removal.setFocus()

    def _is_known(self, field: SecretField) -> bool:
        """Whether the passphrase that holds was typed there; else the field says so."""
        if not field.text():
            field.say(self.words("Type the passphrase the journal has now."))
        elif not is_passphrase(self.desk.journal, field.text()):
            field.say(self.words(NOT_THE_PASSPHRASE))
        else:
            return True
        return False

    def _change(self) -> None:
        words = self.words
        if self.desk.journal.passphrase is not None and not self._is_known(self.old):
            return
        if not self.new.text():
            self.new.say(words("Type the new passphrase twice."))
        elif self.new.text() != self.again.text():
            self.again.say(words("The two are not the same."))
        else:
            self.desk.change_passphrase(self.new.text())

    def _remove(self) -> None:
        if self._is_known(self.to_remove):
            self.desk.change_passphrase(None)
