"""Begin a crisis that no plan was made for: what happened, to whom, how bad, when it was found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from pmdesk.actions.crisis import begin
from pmdesk.actions.refusals import Refused
from pmdesk.answers.clients import clients_by_name
from pmdesk.answers.crisis_ready import crisis_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.day_lines import help_with_moment
from pmdesk.gui.widgets.parts import Card, button, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.crisis import Crisis
from pmdesk.records.problems import NO_MOMENT, Problem
from pmdesk.records.transparency import Severity
from pmdesk.typed.moments import moment

_WHAT_WIDTH: Final = 208
_FOUND_WIDTH: Final = 180


class BeginForm(Card):
    """What is wrong is said below, its field marked; `begun` is told the crisis that runs."""

    def __init__(self, desk: Desk, begun: Callable[[Crisis], None]) -> None:
        words = desk.words
        super().__init__(words("A crisis without a plan"), words("it can be given one later"))
        self._desk, self._words, self._begun = desk, words, begun
        self.what, self.found = QLineEdit(), QLineEdit()
        self.client, self.level = Choice(), Choice()
        self.client.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.client.setPlaceholderText(words("Client"))
        for level in Severity:
            self.level.addItem(words(level.label), level)
        self.level.setCurrentIndex(self.level.findData(Severity.S2))
        self.what.setPlaceholderText(words("What happened"))
        self.found.setPlaceholderText(words("found now, or: 08:48"))
        help_with_moment(self.found, desk, ahead=False)
        self._fields: dict[str, QWidget] = {
            "title": self.what, "client_id": self.client, "level": self.level, "found_at": self.found,
        }  # fmt: skip
        names = (words("What happened"), words("Client"), words("Level"), words("Found"))
        row = WrappedRow(gap=8)
        for field, name in zip(self._fields.values(), names, strict=True):
            field.setAccessibleName(name)
            field.setToolTip(name)
            row.addWidget(field)
        self.what.setMinimumWidth(round(_WHAT_WIDTH * desk.settings.scale / 100))
        self.found.setMinimumWidth(round(_FOUND_WIDTH * desk.settings.scale / 100))
        self.start = button(words("It has happened"), self.begin, primary=True)
        row.addWidget(self.start)
        self.body.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.what.returnPressed.connect(self.begin)
        self.found.returnPressed.connect(self.begin)

    def show_clients(self) -> None:
        """Every client to choose from; the one chosen stays. Of several none is taken for granted."""
        chosen = self.client.currentData() if self.client.count() > 1 else None
        self.client.clear()
        for id_, name in clients_by_name(self._desk.journal):
            self.client.addItem(name, id_)
        only = 0 if self.client.count() == 1 else -1
        self.client.setCurrentIndex(only if chosen is None else self.client.findData(chosen))

    def begin(self) -> None:
        """Begin it, or say what is missing."""
        desk, words = self._desk, self._words
        if self.client.currentData() is None:
            missing = (
                words("This cannot stay empty.")
                if self.client.count()
                else words("There is no client yet.")
            )
            self._tell("client_id", missing)
            return
        now, typed = desk.now(), self.found.text().strip()
        try:
            at = moment(typed, now=desk.local_now(), ahead=False).astimezone(UTC) if typed else now
        except ValueError:
            self._tell("found_at", spoken(words, Problem("found_at", NO_MOMENT, {"text": typed})))
            return
        crisis = crisis_of(None, client_id=int(self.client.currentData()), title=self.what.text().strip(),
                           at=at.replace(microsecond=0))  # fmt: skip
        try:
            done = desk.do(
                begin, replace(crisis, level=Severity(self.level.currentData())), at=now, say=True
            )
        except Refused as refused:
            first = refused.problems[0]
            self._tell(first.field, spoken(words, first))
            return
        if done is not None:
            self._tell("", "")
            self.what.clear()
            self.found.clear()
            self._begun(done.crisis)

    def _tell(self, name: str, sentence: str) -> None:
        """Say what is wrong with the field of this name; with "" nothing is."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        for each, field in self._fields.items():
            mark_widget(field, "problem", each == name)
            field.setAccessibleDescription(sentence if each == name else "")
        if name in self._fields:
            self._fields[name].setFocus()
