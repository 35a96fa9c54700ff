"""What the window shows of a locked journal: one field for its passphrase, and nothing of what it holds."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pmdesk.gui.dialogs import open_path
from pmdesk.gui.icons import pixmap
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.gui.widgets.secret_field import SecretField
from pmdesk.tokens import OPPOSITE
from pmdesk.words import Words, mark

_WIDTH: Final = 420
_ICON: Final = 28
_LANGUAGES: Final = (("English", "en"), ("简体中文", "zh"))
_THEMES: Final = (
    (mark("Like the system"), "system"),
    (mark("Light"), "light"),
    (mark("Dark"), "dark"),
    (mark("Light, high contrast"), "light_contrast"),
    (mark("Dark, high contrast"), "dark_contrast"),
)


class LockedPage(QWidget):
    """It only asks: who locked acts. Not even the name of the file is shown."""

    unlock_asked = Signal(str)
    other_asked = Signal(object)
    look_chosen = Signal(str, str)

    def __init__(self, words: Words, theme: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = words
        # there are no menus that would hold the keys
        for key, act in (
            ("Ctrl+Q", lambda: self.window().close()),
            ("Ctrl+Shift+L", self._turn_language),
            ("Ctrl+Shift+D", self._turn_colours),
        ):
            QShortcut(QKeySequence(key), self, act)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 20, 28, 16)
        outer.addLayout(self._looks(theme))
        outer.addStretch(2)
        middle = QHBoxLayout()  # aligned, the card would not grow with what is told in it
        middle.addStretch(1)
        middle.addWidget(self._card(), 100)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setFocusProxy(self.field.line)

    def _looks(self, theme: str) -> QHBoxLayout:
        """Language and colours, which say nothing of the journal."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.language, self.theme = Choice(), Choice()
        self.language.setAccessibleName("Language / 语言")
        for text, value in _LANGUAGES:
            self.language.addItem(text, value)
        self.language.setCurrentIndex(self.language.findData(self.words.language))
        self.theme.setAccessibleName(self.words("Colours"))
        for text, value in _THEMES:
            self.theme.addItem(self.words(text), value)
        self.theme.setCurrentIndex(max(0, self.theme.findData(theme)))
        for box in (self.language, self.theme):
            box.activated.connect(self._on_look)
            row.addWidget(box)
        return row

    def _on_look(self) -> None:
        self.look_chosen.emit(self.language.currentData(), self.theme.currentData())

    def _turn_language(self) -> None:
        other = "en" if self.words.language == "zh" else "zh"
        self.look_chosen.emit(other, self.theme.currentData())

    def _turn_colours(self) -> None:
        self.look_chosen.emit(self.language.currentData(), OPPOSITE[current_theme().name])

    def _card(self) -> Card:
        words, theme = self.words, current_theme()
        card = Card()
        card.setMaximumWidth(theme.px(_WIDTH))
        card.body.setContentsMargins(24, 24, 24, 20)
        card.body.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        sign = QLabel()
        sign.setPixmap(pixmap("lock", "accent", _ICON))
        head.addWidget(sign)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(words("This journal is locked"), "head"))
        texts.addWidget(label(words("What was typed is kept in it."), "muted", wrap=True))
        head.addLayout(texts, 1)
        card.body.addLayout(head)
        self.field = SecretField(words("Passphrase"))
        self.field.entered.connect(self._unlock)
        card.body.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.unlock_button = button(words("Unlock"), self._unlock, primary=True)
        self.other_button = button(
            words("Another journal…"), self._choose_other, quiet=True, key="Ctrl+O"
        )
        row.addWidget(self.unlock_button)
        row.addStretch(1)
        row.addWidget(self.other_button)
        card.body.addLayout(row)
        self.told = label("", "muted", wrap=True)
        self.told.hide()
        card.body.addWidget(self.told)
        return card

    def take_focus(self) -> None:
        """The keyboard goes to the one field."""
        self.field.line.setFocus()

    def _unlock(self) -> None:
        if self.field.text():
            self.unlock_asked.emit(self.field.text())
        else:
            self.field.say(self.words("Type the passphrase."))

    def _choose_other(self) -> None:
        path = open_path(self, self.words("Open another journal"), "*.pmdesk")
        if path is not None:
            self.other_asked.emit(path)

    def wait(self) -> None:
        """Rest while a key is made."""
        self.setEnabled(False)
        self.unlock_button.setText(self.words("Unlocking…"))

    def go_on(self, sentence: str) -> None:
        """It was not opened: the reason, and the keyboard where one types anew."""
        self.setEnabled(True)
        self.unlock_button.setText(self.words("Unlock"))
        self.field.say(sentence)

    def say(self, sentence: str) -> None:
        """What there is to be told besides, below the field; nothing with an empty sentence."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
