"""The side panel with a reminder of what we asked: to be changed, copied, or kept as unsent mail."""

from datetime import datetime, timedelta
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.actions.originals import file_name
from pmdesk.actions.put_off import put_off
from pmdesk.actions.unsent import save_unsent
from pmdesk.answers.calendars import calendar_of, rules
from pmdesk.answers.owed.row import Owed
from pmdesk.answers.text.asking import asking_sentences
from pmdesk.answers.text.chase import Chase, addresses_of, chase, language_of, plain_name
from pmdesk.answers.text.greeting import Greeting
from pmdesk.answers.tongues import tongue_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import save_path
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import button, label, rule, scrolled
from pmdesk.journal import drafts
from pmdesk.journal.errors import shown
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.words import Language, mark

_LANGUAGES: dict[Language, str] = {"en": "English", "zh": "中文"}
# How many working days the reminder gives.
_GIVEN = 2
_MOST_LINES = 40
_CHASED = mark("reminded on {day}")


class ChasePanel(QWidget):
    """Subject and text; nothing is sent, and nothing is written down but where it is put off.

    What a person changes is kept as a draft, of each language its own.
    """

    closed = Signal()
    head = mark("Reminder")

    def __init__(self, desk: Desk, one: Owed) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(round(420 * max(1.0, desk.settings.scale / 125)))
        self._desk, self._one, self._words = desk, one, desk.words
        is_asked = one.key.kind == "interaction"
        self._asked = desk.journal.get(Interaction, one.key.id) if is_asked else None
        self._contact = self._find_contact()
        self._own: dict[str, list[str]] = {}
        self._filling = False
        self._draft_key = f"chase:{one.about}"
        self.keeper = DraftKeeper(self, desk, self._draft_key, lambda: {"own": self._own})
        draft = self.keeper.found()
        if draft is not None:
            self._own = draft.content["own"]
        words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(words(self.head), "head"), 1)
        head.addWidget(button(words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        holder = QWidget()
        holder.setObjectName("panelBody")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addWidget(self._whom())
        self.language = Choice()
        self.language.setAccessibleName(words("Language"))
        for code, name in _LANGUAGES.items():
            self.language.addItem(name, code)
        begun: str = self._language()
        if self._own and begun not in self._own:
            begun = next((code for code in _LANGUAGES if code in self._own), begun)
        self.language.setCurrentIndex(self.language.findData(begun))
        self.language.currentIndexChanged.connect(self._write)
        column.addWidget(self.language)
        self.subject = QLineEdit()
        self.subject.setAccessibleName(words("Subject"))
        column.addWidget(self.subject)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words("Text"))
        self.text.setTabChangesFocus(True)
        grow_with_text(self.text, 12, _MOST_LINES)
        column.addWidget(self.text)
        column.addStretch(1)
        body.addWidget(scrolled(holder), 1)
        body.addWidget(rule())
        state = QHBoxLayout()
        self.status = label("" if draft is None else self.keeper.moment(draft), "small", wrap=True)
        state.addWidget(self.status, 1)
        self.again = button(words("From the records again"), self._begin_again, quiet=True)
        state.addWidget(self.again)
        body.addLayout(state)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(words("Save as unsent mail…"), self._save, quiet=True))
        copy = button(words("Copy the text"), self._copy, primary=True)
        copy.setToolTip(f"{copy.text()} (Ctrl+Enter)")
        foot.addWidget(copy)
        body.addLayout(foot)
        for key, act in (("Esc", self.close_panel), ("Ctrl+Return", self._copy)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._write()
        self.subject.textEdited.connect(lambda _text: self._on_edit())
        self.text.textChanged.connect(self._on_edit)

    def _whom(self) -> QWidget:
        """To whom it goes."""
        return label(self._words("To {who}", who=self._who()), "muted", wrap=True)

    def _slot(self) -> str:
        """Under which name what is written by hand is kept."""
        return str(self.language.currentData())

    def focus_first(self) -> None:
        self.text.setFocus()

    def close_panel(self) -> None:
        """Close; what was written by hand stays as a draft."""
        if not self._keep():
            self.status.setText(
                self._words("The journal is busy: this cannot be kept yet. Try again.")
            )
            return
        self.closed.emit()

    def _keep(self) -> bool:
        """Whether what was written by hand is kept, or there is nothing of it."""
        if self._own:
            return self.keeper.keep()
        self.keeper.drop()
        return True

    def _find_contact(self) -> Contact | None:
        asked = self._asked
        if asked is None or asked.contact_id is None:
            return None
        return self._desk.journal.get(Contact, asked.contact_id)

    def _who(self) -> str:
        if self._contact is not None:
            return self._contact.name
        return plain_name(str(self._one.facts.get("who", "")))

    def _language(self) -> Language:
        """The contact's where somebody has set it, else that of what was asked."""
        known = self._contact
        if known is not None and tongue_of(self._desk.journal, known) == "zh":
            return "zh"
        return language_of(str(self._one.facts.get("ask", "")), self._one.what)

    def _asks(self) -> str:
        """What we asked, a sentence a line."""
        told = asking_sentences(self._asked.text) if self._asked is not None else []
        return "\n".join(told) or str(self._one.facts.get("ask", ""))

    def _make(self) -> Chase | Greeting:
        desk, one = self._desk, self._one
        client = desk.journal.get(Client, one.client_id)
        calendar, today = rules(calendar_of(desk.journal, client)), desk.local_now().date()
        by = today
        for _ in range(_GIVEN):
            by = calendar.next_workday(by + timedelta(days=1))
        self._by = by
        asked = datetime.fromisoformat(str(one.facts["asked_at"])).astimezone(desk.zone())
        language: Language = self.language.currentData()
        return chase(subject=one.what, ask=self._asks(), who=self._who(),
                     asked_on=asked.date(), by=by, language=language)  # fmt: skip

    def _write(self) -> None:
        """Show the reminder in the language chosen, as a person wrote it or else made anew."""
        made = self._make()
        own = self._own.get(self._slot())
        subject, text = own or (made.subject, made.text)
        self._filling = True
        self.subject.setText(subject)
        self.text.setPlainText(text)
        self._filling = False
        self.again.setVisible(own is not None)

    def _on_edit(self) -> None:
        if self._filling:
            return
        self._own[self._slot()] = [self.subject.text(), self.text.toPlainText()]
        self.again.show()
        self.keeper.soon()

    def _begin_again(self) -> None:
        """Let go what was written here by hand."""
        self._own.pop(self._slot(), None)
        self._keep()
        self.status.setText("")
        self._write()
        self.text.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._offer_to_wait(self._copied())

    def _copied(self) -> str:
        return self._words("Copied. It waits until they answer.")

    def _save(self) -> None:
        words = self._words
        name = file_name(self.subject.text() or words(self.head), suffix=".eml")
        target = save_path(self, words("Save as unsent mail…"), name)
        if target is None:
            return
        to = addresses_of(
            self._contact.addresses if self._contact else (), str(self._one.facts.get("who", ""))
        )
        try:
            save_unsent(target, subject=self.subject.text(), to=to, text=self.text.toPlainText())
        except OSError as error:
            self._desk.show_failure(error)
            return
        self._offer_to_wait(words("Saved {path}", path=shown(target)))

    def _offer_to_wait(self, sentence: str) -> None:
        """Whoever was reminded is given time: the row may go until then."""
        words = self._words
        text = words("Show it again {day}", day=words.date(self._by))
        self._desk.tell(sentence, offer=(text, partial(self._wait)))

    def _wait(self) -> None:
        words, now = self._words, self._desk.now()
        why = words(_CHASED, day=words.date(self._desk.local_now().date()))
        done = self._desk.do(put_off, self._one, why=why, until=self._by, at=now, say=True)
        if done is None:
            return
        if shiboken6.isValid(self):  # it may have been closed since it was offered
            self._own.clear()
            self.close_panel()
        else:
            drafts.drop(self._desk.journal, self._draft_key)
