"""The side panel with a greeting: to whom, in which language; to be changed, copied, or kept as mail."""

from functools import partial

import shiboken6
from PySide6.QtWidgets import QWidget

from pmdesk.actions.put_off import greeted
from pmdesk.answers.text.chase import language_of
from pmdesk.answers.text.greeting import Greeting, greeting
from pmdesk.answers.text.salutation import addressed
from pmdesk.answers.tongues import tongue_of
from pmdesk.gui.panels.chase_panel import ChasePanel
from pmdesk.gui.widgets.choice import Choice
from pmdesk.journal import drafts
from pmdesk.records.contact import Contact
from pmdesk.typed.spelled import sort_key
from pmdesk.words import Language, mark


class GreetingPanel(ChasePanel):
    """A greeting to one of the people of a client; the row goes once somebody says that it went out."""

    head = mark("Greeting")

    def _whom(self) -> QWidget:
        """The people that it may go to, who weighs most first; one alone on a birthday."""
        people = self._people()
        if len(people) < 2:
            return super()._whom()
        self.person = Choice()
        self.person.setAccessibleName(self._words("Contact"))
        for one in people:
            text = self._words("To {who}", who=one.name)
            self.person.addItem(f"{text} · {one.role}" if one.role else text, one)
        self.person.currentIndexChanged.connect(self._choose)
        return self.person

    def _people(self) -> list[Contact]:
        one, journal = self._one, self._desk.journal
        if one.key.kind == "contact":
            found = journal.get(Contact, one.key.id)
            return [found] if found else []
        people = journal.find(Contact, "client_id = ?", [one.client_id])
        return sorted(people, key=lambda c: (-(c.influence or 0), sort_key(c.name)))

    def _find_contact(self) -> Contact | None:
        return next(iter(self._people()), None)

    def _choose(self) -> None:
        self._contact = self.person.currentData()
        self.language.setCurrentIndex(self.language.findData(self._language()))
        self._write()

    def _who(self) -> str:
        return self._contact.name if self._contact else self._one.what

    def _language(self) -> Language:
        if self._contact is None:
            return language_of(self._one.what)
        return tongue_of(self._desk.journal, self._contact)

    def _slot(self) -> str:
        return f"{self._contact.id if self._contact else ''}/{self.language.currentData()}"

    def _make(self) -> Greeting:
        who, language = self._contact, self.language.currentData()
        name = addressed(who.name, who.role, language, who.honorific) if who else ""
        return greeting(self._one.facts["occasion"], name=name, language=language)

    def _offer_to_wait(self, sentence: str) -> None:
        self._desk.tell(sentence, offer=(self._words("Greeted"), partial(self._greeted)))

    def _copied(self) -> str:
        return self._words("Copied.")

    def _greeted(self) -> None:
        desk = self._desk
        if desk.do(greeted, self._one, desk.words, at=desk.now(), say=True) is None:
            return
        if shiboken6.isValid(self):  # it may have been closed since it was offered
            self._own.clear()
            self.close_panel()
        else:
            drafts.drop(desk.journal, self._draft_key)
