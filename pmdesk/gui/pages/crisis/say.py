"""What to say to the client in both languages, and in which posture."""

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.actions.crisis import see_as, write_statement
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_room import Room, blank_names
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.crisis.doing import attempt, tell_why
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.insight.blanks import blanks_in
from pmdesk.records.crisis import CauseOf, Crisis
from pmdesk.words import Language

_PAUSE_MS: Final = 700
_RETRY_MS: Final = 3000
_LANGUAGES: Final[dict[Language, str]] = {"en": "EN", "zh": "中文"}


class SayCard(QWidget):
    """The text is changed in place and saved as it is typed; copied it goes into mail or chat."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        self.room: Room | None = None
        self.language: Language = desk.words.language
        words = self.words
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        card = Card(words("Say"), " ")
        self._group = QButtonGroup(self)
        self.languages = {}
        for code, text in _LANGUAGES.items():
            one = button(text, partial(self._speak, code))
            one.setCheckable(True)
            one.setProperty("choice", True)
            one.setChecked(code == self.language)
            self._group.addButton(one)
            self.languages[code] = one
            card.head.addWidget(one)
        seen = QHBoxLayout()
        seen.setSpacing(8)
        caption = label(words("Seen as"), "small")
        self.cause = Choice()
        for cause in CauseOf:
            self.cause.addItem(words(cause.label), cause)
        self.cause.activated.connect(self._see_as)
        caption.setBuddy(self.cause)
        self.cause.setAccessibleName(words("Seen as"))
        seen.addWidget(caption)
        seen.addWidget(self.cause, 1)
        card.body.addLayout(seen)
        self.posture = label("", "muted", wrap=True)
        card.body.addWidget(self.posture)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words("What is said to the client"))
        self.text.setPlaceholderText(words("What is known, what is not, what you do, when the next word comes"))  # fmt: skip
        self.text.setToolTip(
            words("Filled in by itself: {blanks}. Other blanks in [ ] or braces stay to be seen.",
                  blanks=" ".join(f"{{{name}}}" for name in blank_names(words.language)))
        )  # fmt: skip
        self.text.setTabChangesFocus(True)
        grow_with_text(self.text, least=5)
        card.body.addWidget(self.text)
        self.blanks = label("", "", wrap=True)
        self.blanks.setProperty("role", "warn")
        card.body.addWidget(self.blanks)
        foot = QHBoxLayout()
        self.copy = button(words("Copy"), self._copy)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        card.body.addLayout(foot)
        body.addWidget(card)
        self._unsaved: dict[tuple[int, Language], tuple[Crisis, str]] = {}
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.save)
        self.text.textChanged.connect(self._on_typed)

    def show_room(self, room: Room) -> None:
        """The posture and the texts of a crisis; what is typed and not saved yet stays."""
        self.room = room
        self.cause.setCurrentIndex(self.cause.findData(room.crisis.cause))
        self.posture.setText(say(self.words, room.posture_said()))
        self._show_text()

    def _speak(self, language: Language) -> None:
        self.save()
        self.language = language
        self._show_text()

    def _see_as(self) -> None:
        if self.room is not None:
            cause = CauseOf(self.cause.currentData())
            if cause is not self.room.crisis.cause:
                attempt(self.desk, see_as, self.room.crisis, cause)

    def _key(self) -> tuple[int, Language]:
        return (int(self.room.crisis.id or 0) if self.room else 0), self.language

    def _show_text(self) -> None:
        """The text as it is typed, else stored; where nothing differs the cursor stays."""
        stored = self.room.statement(self.language, self.desk.now()) if self.room else ""
        _, text = self._unsaved.get(self._key(), (None, stored))
        if self.text.toPlainText() != text:
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
        self._show_blanks()

    def _on_typed(self) -> None:
        if self.room is not None:
            self._unsaved[self._key()] = (self.room.crisis, self.text.toPlainText())
            self._pause.start(_PAUSE_MS)
        self._show_blanks()

    def _show_blanks(self) -> None:
        left = blanks_in(self.text.toPlainText())
        self.blanks.setText(self._told_blanks(left))
        self.blanks.setVisible(bool(left))

    def _told_blanks(self, blanks: tuple[str, ...]) -> str:
        return self.words("⚠ Still to be filled in: {what}", what=" ".join(blanks))

    def save(self) -> bool:
        """Whether what was typed is kept; where another writer is at work it is tried again."""
        self._pause.stop()
        for (id_, language), (crisis, text) in list(self._unsaved.items()):
            try:
                done = self.desk.do(write_statement, crisis, language, text, at=self.desk.now())
            except Refused as refused:
                tell_why(self.desk, refused)
            else:
                if done is None:
                    self._pause.start(_RETRY_MS)
                    return False
            self._unsaved.pop((id_, language), None)
        return True

    def _copy(self) -> None:
        self.save()
        text = self.text.toPlainText()
        QGuiApplication.clipboard().setText(text)
        left = blanks_in(text)
        self.desk.tell(self._told_blanks(left) if left else self.words("Copied."))
