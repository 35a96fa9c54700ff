"""A difficult message in the side panel: put together from the records, finished by a person."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.originals import file_name
from pmdesk.actions.unsent import save_unsent
from pmdesk.answers.rows.messages import (
    addressee,
    breach_of,
    language_for,
    message_for,
    situations_of,
)
from pmdesk.answers.text.difficult import ADVICE, SITUATIONS, Message, marked
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import save_path
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import button, label, rule, scrolled
from pmdesk.journal.errors import shown
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import kind_of
from pmdesk.records.recovery import Breach
from pmdesk.words import LANGUAGES

_WIDTH = 440
_MOST_LINES = 40
_CALLED = {"en": "EN", "zh": "中文"}


class MessagePanel(QWidget):
    """The message about a record: for what, to whom, in which language; edited, then copied."""

    closed = Signal()

    def __init__(self, desk: Desk, client: Client, record: Any) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(round(_WIDTH * max(1.0, desk.settings.scale / 125)))
        self._desk, self._client, self._record = desk, client, record
        rel = desk.relations.of(client)
        self._contacts: dict[int, Contact] = {int(c.id or 0): c for c in rel.of(Contact)}
        # what a person wrote, by what it was written for
        self._own: dict[str, list[str]] = {}
        self._made: Message | None = None
        self._greeting = ""
        self.keeper = DraftKeeper(self, desk, f"message:{kind_of(record).name}:{record.id}", self._draft)  # fmt: skip
        to = addressee(rel, record)
        self.language = language_for(rel, record, to)
        self._build(situations_of(rel, record), to)
        self._take_up_draft()
        self._show_message()
        for box in (self.situation, self.breach):
            box.activated.connect(lambda _place: self._show_message())
        self.to.activated.connect(lambda _place: self._on_addressee())
        self.subject.textEdited.connect(lambda _text: self._on_edit())
        self.text.textChanged.connect(self._on_edit)
        desk.changed.connect(self._on_changed)
        for key, act in (("Esc", self.close_panel), ("Ctrl+Return", self.copy)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self, situations: list[str], to: Contact | None) -> None:
        words = self._desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(words("The message"), "head"), 1)
        self.languages = QButtonGroup(self)
        for language in LANGUAGES:
            choose = button(_CALLED[language], partial(self._speak, language))
            choose.setCheckable(True)
            choose.setChecked(language == self.language)
            self.languages.addButton(choose)
            head.addWidget(choose)
        head.addWidget(button(words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(10)
        self.situation, self.breach, self.to = Choice(), Choice(), Choice()
        for name in situations:
            self.situation.addItem(words(SITUATIONS[name].text), name)
        for one in Breach:
            self.breach.addItem(words(one.label), one)
        self.breach.setCurrentIndex(max(0, self.breach.findData(breach_of(self._record))))
        self.to.addItem(words("Nobody by name"), None)
        for id_, contact in self._contacts.items():
            self.to.addItem(" · ".join(filter(None, (contact.name, contact.role))), id_)
        self.to.setCurrentIndex(max(0, self.to.findData(to.id if to else None)))
        self.subject, self.text = QLineEdit(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        grow_with_text(self.text, 12, _MOST_LINES)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._fields = (
            (words("What for"), self.situation),
            (words("Could or would not"), self.breach),
            (words("Addressee"), self.to),
            (words("Subject"), self.subject),
        )
        self._captions = {}
        for row, (text, field) in enumerate(self._fields):
            caption = label(text)
            caption.setBuddy(field)
            field.setAccessibleName(text)
            field.setMinimumWidth(0)
            self._captions[field] = caption
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
        column.addLayout(grid)
        self.advice = label("", "advice", wrap=True)
        column.addWidget(self.advice)
        self.text.setAccessibleName(words("Text of the message"))
        column.addWidget(self.text)
        self.missing = label("", "small", wrap=True)
        column.addWidget(self.missing)
        column.addStretch(1)
        holder.setObjectName("panelBody")
        body.addWidget(scrolled(holder), 1)
        body.addWidget(rule())
        foot = QHBoxLayout()
        self.status = label("", "small", wrap=True)
        foot.addWidget(self.status, 1)
        self.again = button(words("From the records again"), self._begin_again, quiet=True)
        foot.addWidget(self.again)
        foot.addWidget(button(words("Save as unsent mail…"), self._choose, quiet=True))
        copy = button(words("Copy"), self.copy, primary=True)
        copy.setToolTip("Ctrl+Enter")
        foot.addWidget(copy)
        body.addLayout(foot)

    def focus_first(self) -> None:
        """Go to the text, before its first word."""
        self.text.setFocus()

    def _key(self) -> str:
        """What the message that is shown is written for."""
        situation = str(self.situation.currentData() or "")
        asks = situation in SITUATIONS and SITUATIONS[situation].asks_breach
        breach = str(self.breach.currentData()) if asks else ""
        return f"{situation}/{breach}/{self.language}"

    def _draft(self) -> dict[str, Any]:
        return {"own": self._own, "shown": self._key(), "to": self.to.currentData()}

    def _take_up_draft(self) -> None:
        """Go on where this message was left, as far as it still fits the record."""
        draft = self.keeper.found()
        if draft is None:
            return
        situation, breach, language = draft.content["shown"].split("/")
        if self.situation.findData(situation) < 0:
            return
        self._own = draft.content["own"]
        self.situation.setCurrentIndex(self.situation.findData(situation))
        if breach:
            self.breach.setCurrentIndex(self.breach.findData(Breach(breach)))
        self.to.setCurrentIndex(max(0, self.to.findData(draft.content["to"])))
        self._choose_language(language)
        self.status.setText(self.keeper.moment(draft))

    def _choose_language(self, language: Any) -> None:
        self.language = language
        for choose in self.languages.buttons():
            choose.setChecked(choose.text() == _CALLED[language])

    def _speak(self, language: Any) -> None:
        self._choose_language(language)
        self._show_message()

    def _addressee(self) -> Contact | None:
        return self._contacts.get(self.to.currentData() or 0)

    def _show_message(self) -> None:
        """The message for what is chosen: as a person left it, else from the records."""
        words, situation = self._desk.words, self.situation.currentData()
        if situation is None:
            self._made = None
            self._put("", "")
            self.missing.setText(words("There is nothing to be written about this now."))
            self.missing.show()
            self.again.hide()
            return
        asks = SITUATIONS[situation].asks_breach
        breach = Breach(self.breach.currentData())
        for part in (self.breach, self._captions[self.breach], self.advice):
            part.setVisible(asks)
        self.advice.setText(words(ADVICE[breach]))
        rel = self._desk.relations.of(self._client)
        self._made = message_for(
            rel,
            self._record,
            situation,
            to=self._addressee(),
            language=self.language,
            breach=breach,
        )
        self._greeting = self._made.text.partition("\n")[0]
        self._put(*self._own.get(self._key(), (self._made.subject, self._made.text)))
        self._show_missing()

    def _put(self, subject: str, text: str) -> None:
        for field in (self.subject, self.text):
            field.blockSignals(True)
        self.subject.setText(subject)
        self.subject.setCursorPosition(0)
        self.text.setPlainText(text)
        for field in (self.subject, self.text):
            field.blockSignals(False)

    def _show_missing(self) -> None:
        left = marked(f"{self.subject.text()}\n{self.text.toPlainText()}")
        told = self._desk.words(
            "Not on record, marked in the text: {what}", what=self._desk.words.listed(left)
        )
        self.missing.setText(told)
        self.missing.setVisible(bool(left))
        self.again.setVisible(self._key() in self._own)

    def _on_addressee(self) -> None:
        """Another greeting; what a person wrote below it stays."""
        own, before = self._own.get(self._key()), self._greeting
        self._show_message()
        if own is not None and own[1].startswith(before):
            own[1] = self._greeting + own[1].removeprefix(before)
            self._put(*own)
            self.keeper.soon()

    def _on_edit(self) -> None:
        self._own[self._key()] = [self.subject.text(), self.text.toPlainText()]
        self._show_missing()
        self.keeper.soon()

    def _begin_again(self) -> None:
        """Let go what was written here by hand."""
        self._own.pop(self._key(), None)
        self._keep()
        self._show_message()
        self.text.setFocus()

    def _on_changed(self, _changes: Any) -> None:
        """A fact may have come in: what a person wrote stays as it is."""
        now = self._desk.journal.get(type(self._record), self._record.id)
        if now is None:
            self.closed.emit()
        elif self._key() not in self._own:
            self._record = now
            self._show_message()

    def _keep(self) -> bool:
        """Whether what was written by hand is kept, or there is nothing of it."""
        if self._own:
            return self.keeper.keep()
        self.keeper.drop()
        return True

    def copy(self) -> None:
        """Put the text on the clipboard, and say what is still marked in it."""
        words, text = self._desk.words, self.text.toPlainText()
        QGuiApplication.clipboard().setText(text)
        left = words.listed(marked(text))
        told = words("Copied. Still marked: {what}", what=left) if left else words("Copied")
        self.status.setText(told)
        self._desk.tell(told)

    def _choose(self) -> None:
        words = self._desk.words
        name = file_name(self.subject.text() or words("The message"), suffix=".eml")
        target = save_path(self, words("Save as unsent mail…"), name)
        if target is not None:
            self.save(target)

    def save(self, target: Path) -> None:
        """Write a mail that a mail program opens to be sent by hand."""
        to = self._addressee()
        try:
            save_unsent(
                target,
                subject=self.subject.text(),
                to=to.addresses[:1] if to else (),
                text=self.text.toPlainText(),
            )
        except OSError as error:
            self._desk.show_failure(error)
            return
        self._desk.tell(self._desk.words("Saved {path}", path=shown(target)))

    def close_panel(self) -> None:
        """Close; what was written by hand stays as a draft."""
        if not self._keep():
            self.status.setText(
                self._desk.words("The journal is busy: this cannot be kept yet. Try again.")
            )
            return
        self.closed.emit()
