"""Whose mail it is: own addresses, those left out, senders that are clients."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from pmdesk.actions.import_values import MailPreview
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.exchange.mail.addresses import PatternNotUnderstood, parse_pattern
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.own_proposals import OwnProposals
from pmdesk.gui.widgets.parts import Card, label
from pmdesk.gui.widgets.sender_table import SenderTable
from pmdesk.records.choices import IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity
from pmdesk.typed.lists import items


class PeopleCard(Card):
    """Asks whose mail it is; `changed` when something else was said."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(words("2 Whose mail it is"))
        self._desk = desk
        self.own = self._line(
            words("My addresses, or @domain for everyone of my company"),
            "me@company.com, @company.com",
            IdentityRole.OWN,
        )
        self.proposed = OwnProposals(desk, after=self.own)
        self.own_problem = label("", "problem", wrap=True)
        self.own_problem.hide()
        self.body.addWidget(self.own_problem)
        self.proposed.changed.connect(self.changed)
        self.body.addWidget(self.proposed)
        self.ignored = self._line(
            words("Leave out mail from"),
            "noreply@example.com, @lists.example.com",
            IdentityRole.IGNORED,
        )
        self.ignored_problem = label("", "problem", wrap=True)
        self.ignored_problem.hide()
        self.body.addWidget(self.ignored_problem)
        text = words("Senders no client claims yet: tick those that are clients, and name them")
        self.unclear_caption = label(text, "", wrap=True)
        self.body.addWidget(self.unclear_caption)
        self.unclear = SenderTable(words, text)
        self.unclear.ticked_or_named.connect(self.changed)
        self.body.addWidget(self.unclear)
        self.mass = label("", "small", wrap=True)
        self.body.addWidget(self.mass)
        self.unclear_problem = label("", "problem", wrap=True)
        self.unclear_problem.hide()
        self.body.addWidget(self.unclear_problem)
        self.everybody = QCheckBox(words("Also take mail that concerns none of my clients"))
        self.everybody.clicked.connect(self.changed)
        self.body.addWidget(self.everybody)
        self._show_table()
        self.setProperty("said", (self.own.text(), self.ignored.text()))

    def _line(self, text: str, example: str, role: IdentityRole) -> QLineEdit:
        caption = label(text, "")
        line = QLineEdit()
        line.setPlaceholderText(example)
        line.setAccessibleName(text)
        caption.setBuddy(line)
        line.setText(", ".join(self._identities(role)))
        line.editingFinished.connect(self._on_finished)
        self.body.addWidget(caption)
        self.body.addWidget(line)
        return line

    def _identities(self, role: IdentityRole) -> list[str]:
        identities = self._desk.journal.find(Identity, "role = ?", [role.value])
        return [identity.pattern for identity in identities]

    def _on_finished(self) -> None:
        # a field that is only left says nothing new
        texts = (self.own.text(), self.ignored.text())
        if texts != self.property("said"):
            self.setProperty("said", texts)
            self.changed.emit()

    def setup(self) -> MailSetup | None:
        """What was said of addresses; None when something is not understood, which is shown."""
        own = self._patterns(self.own, self.own_problem)
        ignored = self._patterns(self.ignored, self.ignored_problem)
        self._tell(self.unclear_problem, "")
        if own is None or ignored is None:
            return None
        clients: dict[str, list[str]] = {}
        for pattern, name in self.unclear.ticked().items():
            if name:
                clients.setdefault(name, []).append(pattern)
        own += [address for address in self.proposed.ticked() if address not in own]
        return MailSetup(own, ignored, clients, everybody=self.everybody.isChecked())

    def _patterns(self, line: QLineEdit, problem: Any) -> list[str] | None:
        try:
            patterns = [parse_pattern(part) for part in items(line.text())]
        except PatternNotUnderstood as error:
            sentence = self._desk.words(
                "“{text}” is no mail address. Write a@b.com, or @b.com for a whole domain.",
                text=str(error),
            )
            self._tell(problem, sentence, line)
            return None
        self._tell(problem, "", line)
        return patterns

    def ask_for_own(self) -> None:
        """Say that without own addresses nobody knows who wrote to whom."""
        sentence = self._desk.words(
            "Say which addresses are your own: they decide who wrote to whom."
        )
        self._tell(self.own_problem, sentence, self.own)
        self.own.setFocus()

    def ask_for_clients(self) -> None:
        """Say that of all this mail none is a client's yet."""
        sentence = self._desk.words(
            "No new mail of a client in these files. Tick the senders that are clients, or take"
            " all mail."
        )
        self._tell(self.unclear_problem, sentence)
        (self.unclear if self.unclear.rowCount() else self.everybody).setFocus()

    @staticmethod
    def _tell(problem: Any, sentence: str, line: QLineEdit | None = None) -> None:
        problem.setText(f"⚠ {sentence}" if sentence else "")
        problem.setVisible(bool(sentence))
        if line is not None:
            line.setProperty("problem", bool(sentence))
            line.setAccessibleDescription(sentence)
            line.style().unpolish(line)
            line.style().polish(line)

    def show_seen(self, seen: MailPreview) -> None:
        """The senders and the own addresses that a look through the files brought up."""
        # who has clients already gets no ticks unasked
        begins = not self._desk.journal.count(Client)
        self.proposed.proposing = self.unclear.proposing = begins
        self.proposed.show_proposed(seen.own_proposed)
        self.unclear.show_senders(seen.unclear)
        self._show_table(seen.mass)

    def clear_seen(self) -> None:
        """Nothing was looked through any more."""
        self.unclear.clear_senders()
        self.proposed.clear_proposed()
        self._show_table()

    def _show_table(self, mass: int = 0) -> None:
        words, shown = self._desk.words, bool(self.unclear.rowCount())
        self.mass.setText(words("Mass senders left out of this list: {n}", n=words.number(mass, 0)))
        self.mass.setVisible(bool(mass))
        self.unclear_caption.setVisible(shown)
        self.unclear.setVisible(shown)

    def refresh(self) -> None:
        """What the journal knows, where nothing was typed."""
        if not self.own.text().strip():
            self.own.setText(", ".join(self._identities(IdentityRole.OWN)))
            self.setProperty("said", (self.own.text(), self.ignored.text()))
