"""What goes to the client after a meeting: to read, to change, to copy, to save as a mail."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.actions.originals import file_name
from pmdesk.actions.take_offer import take_offer
from pmdesk.actions.unsent import save_unsent
from pmdesk.answers.follow_up import (
    FollowUp,
    follow_up,
    language_of,
    may_be_sent,
    people_named,
)
from pmdesk.answers.rows.offers import BY_NAME
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.gui.widgets.parts import button, label
from pmdesk.journal.errors import shown
from pmdesk.records.minutes import Minutes
from pmdesk.words import LANGUAGES, Language, words_for

_NAMES: Final[dict[Language, str]] = {"en": "English", "zh": "中文"}


class FollowUpText(QWidget):
    """The message that these minutes make, in the language of the client's first person there.

    `gone` is told once there is nothing more to send: they were deleted, or are internal now.
    """

    gone = Signal()

    def __init__(self, desk: Desk, minutes: Minutes) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._minutes = desk, minutes
        # what was changed by hand in one language is still there after a look at the other
        self._written: dict[Language, str] = {}
        words = desk.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.to = label("", "small", wrap=True)
        row.addWidget(self.to, 1)
        self._choice = QButtonGroup(self)
        self.languages = {}
        for language in LANGUAGES:
            choose = button(_NAMES[language], partial(self._show, language))
            choose.setCheckable(True)
            self._choice.addButton(choose)
            self.languages[language] = choose
            row.addWidget(choose)
        column.addLayout(row)
        self.subject = label("", "section", wrap=True)
        column.addWidget(self.subject)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words("Follow-up text"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(320)
        column.addWidget(self.text, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        self.copy = button(words("Copy the text"), self._copy, primary=True)
        self.save = button(words("Save as mail (.eml)…"), self._choose)
        self.sent = button(words("Sent"), self._mark_sent)
        for act in (self.copy, self.save, self.sent):
            acts.addWidget(act)
        acts.addStretch(1)
        column.addLayout(acts)
        self.setFocusProxy(self.text)
        people = people_named(desk.journal, minutes, minutes.present)
        self._language = language_of(desk.journal, people) or words.language
        self.languages[self._language].setChecked(True)
        self._made = self._make(self._language)
        self._tell()
        desk.changed.connect(self._on_changed)

    def _make(self, language: Language) -> FollowUp:
        desk = self._desk
        return follow_up(desk.journal, self._minutes, words_for(language), desk.zone())

    def _show(self, language: Language) -> None:
        """Say it in this language; what was changed in the other is kept."""
        self._written[self._language] = self.text.toPlainText()
        self._language, self._made = language, self._make(language)
        self._tell()

    def _tell(self) -> None:
        words, made = self._desk.words, self._made
        self.to.setText(
            words("To {who}", who=", ".join(made.to)) if made.to else words("No address is known.")
        )
        self.subject.setText(made.subject)
        self.text.setPlainText(self._written.get(self._language, made.text))
        self.sent.setVisible(self._minutes.sent_on is None)

    @property
    def key(self) -> str:
        """By what it is opened again."""
        return f"follow_up:{self._minutes.id}"

    def held(self) -> dict[str, Any]:
        """What was changed by hand, which is kept nowhere."""
        self._written[self._language] = self.text.toPlainText()
        return {"language": self._language, "written": dict(self._written)}

    def take_up(self, held: dict[str, Any]) -> None:
        """Show again what was held."""
        self._written = dict(held["written"])
        self._language = held["language"]
        self.languages[self._language].setChecked(True)
        self._made = self._make(self._language)
        self._tell()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._desk.tell(self._desk.words("Copied"))

    def _choose(self) -> None:
        name = file_name(self._made.subject, suffix=".eml")
        path = save_path(self, self._desk.words("Save as mail (.eml)…"), name, "*.eml")
        if path is not None:
            self.write(path)

    def write(self, target: Path) -> None:
        """Write the message as a file that a mail program opens, not sent yet."""
        desk = self._desk
        try:
            save_unsent(
                target,
                subject=self._made.subject,
                to=self._made.to,
                text=self.text.toPlainText(),
            )
        except OSError as error:
            desk.show_failure(error)
            return
        offer = open_offer(desk.words, target)
        desk.tell(desk.words("Saved {path}", path=shown(target)), offer=offer)

    def _mark_sent(self) -> None:
        self.text.setFocus()  # the button goes; its key must not fall elsewhere
        desk = self._desk
        desk.do(take_offer, self._minutes, BY_NAME["sent"], at=desk.now(), say=True)

    def _on_changed(self, changes: Any) -> None:
        if not changes.touch("minutes", "interaction"):
            return
        now = self._desk.journal.get(Minutes, int(self._minutes.id or 0))
        if now is None or not may_be_sent(self._desk.journal, now):
            self.gone.emit()
            return
        self._minutes = now
        self.sent.setVisible(now.sent_on is None)
