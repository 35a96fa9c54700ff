"""Beside the turns: what perhaps needs no reply, what was taken for automatic, when a call was."""

from collections.abc import Sequence
from datetime import UTC
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.actions.no_reply import Proposal, accept
from pmdesk.actions.refusals import Refused
from pmdesk.actions.replies import answer_by, count_as_question
from pmdesk.answers.automatic import AutomaticMail
from pmdesk.answers.rows.waiting import TurnRow
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.widgets.day_lines import help_with_moment
from pmdesk.gui.widgets.parts import Card, TwoLineRow, button, clear, in_line, label, rule
from pmdesk.records.choices import Channel
from pmdesk.records.problems import NO_MOMENT
from pmdesk.typed.moments import moment

_SHOWN = 5
_WORDS = 90


class _Listed(Card):
    """A card with a few rows and the way to all of them; hidden while there is none."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(title)
        self.desk, self.words, self._title = desk, desk.words, title
        self._all = False
        self._rows: Sequence[Any] = ()
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.body.addLayout(self.rows)
        self.hide()

    def show_rows(self, rows: Sequence[Any]) -> None:
        self._rows = rows
        clear(self.rows)
        self.setVisible(bool(rows))
        self.remark.setText(self.words.number(len(rows), 0) if rows else "")
        shown = [self.row(one) for one in self.seen]
        for row in shown:
            self.rows.addWidget(rule())
            self.rows.addWidget(row)
        in_line(shown)
        if len(self.seen) < len(rows):
            text = self.words("Show all {n}", n=len(rows))
            self.rows.addWidget(button(text, self._show_all, quiet=True))
        self.finish()

    @property
    def seen(self) -> Sequence[Any]:
        """The rows that are on the screen."""
        return self._rows if self._all else self._rows[:_SHOWN]

    def _show_all(self) -> None:
        self._all = True
        self.show_rows(self._rows)

    def row(self, one: Any) -> TwoLineRow:
        """One of the rows: each card has its own."""
        raise NotImplementedError  # a widget cannot be an ABC: Qt's classes have a metaclass

    def finish(self) -> None:
        """What stands under the rows."""

    def _open(self, interaction_id: int) -> QWidget:
        go = partial(self.desk.show_record, "interaction", interaction_id)
        return button(self.words("Open"), go, quiet=True)


class ProposalsCard(_Listed):
    """Waiting turns that perhaps need no reply, each with the reason; a person accepts them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words("Perhaps no reply needed"))

    def row(self, one: Proposal) -> TwoLineRow:
        words = self.words
        text = " ".join(one.text.split())[:_WORDS]
        second = " · ".join(part for part in (words(one.reason.value), one.who, text) if part)
        done = button(words("No reply needed"), partial(self._accept, [one]))
        return TwoLineRow(
            one.subject or words("(no subject)"), second, [done, self._open(one.turn.first_id)]
        )

    def finish(self) -> None:
        if len(self.seen) > 1:
            text = self.words("None of these {n} needs a reply", n=len(self.seen))
            self.rows.addWidget(button(text, lambda: self._accept(self.seen)))

    def _accept(self, proposals: Sequence[Proposal]) -> None:
        self.desk.do(accept, list(proposals), at=self.desk.now(), say=True)


class AutomaticCard(_Listed):
    """Mail taken for automatic, which starts no clock; what a person wrote is put right here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words("Taken for automatic: no clock runs"))

    def row(self, one: AutomaticMail) -> TwoLineRow:
        words = self.words
        when = words.short_moment(one.at, self.desk.zone())
        ask = button(words("It is a question"), partial(self._ask, one.id))
        return TwoLineRow(
            one.subject or words("(no subject)"), f"{when} · {one.who}", [ask, self._open(one.id)]
        )

    def _ask(self, interaction_id: int) -> None:
        self.desk.do(count_as_question, interaction_id, at=self.desk.now(), say=True)


class CallMoment(QWidget):
    """Asks when a turn was answered by a call; what cannot be is said at the field."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        self._turn: TurnRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        caption = label(self.words("When was the call?"), "")
        self.when = QLineEdit()
        self.when.setAccessibleName(caption.text())
        self.when.setMaximumWidth(220)
        self.when.returnPressed.connect(self._keep)
        help_with_moment(self.when, desk, ahead=False)
        caption.setBuddy(self.when)
        row.addWidget(caption)
        row.addWidget(self.when)
        row.addWidget(button(self.words("Keep"), self._keep, primary=True))
        row.addWidget(button(self.words("Cancel"), self._end, quiet=True))
        row.addStretch(1)
        column.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        column.addWidget(self.problem)
        self.hide()

    def ask(self, turn: TurnRow) -> None:
        """Ask for a turn: now stands there to begin with."""
        self._turn = turn
        self._tell("")
        now = self.desk.local_now()
        self.when.setText(f"{now:%Y-%m-%d %H:%M}")
        self.show()
        self.when.setFocus()
        self.when.selectAll()

    def _end(self) -> None:
        self.hide()
        self.ended.emit()

    def _tell(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        self.when.setAccessibleDescription(sentence)

    def _keep(self) -> None:
        text = self.when.text().strip()
        try:
            when = moment(text, now=self.desk.local_now(), ahead=False).astimezone(UTC)
        except ValueError:
            self._tell(self.words(NO_MOMENT, text=text))
            return
        if self._turn is None:
            return
        try:
            done = self.desk.do(
                answer_by,
                self._turn.message_ids,
                Channel.CALL,
                when=when,
                at=self.desk.now(),
                say=True,
            )
        except Refused as refused:
            self._tell(" ".join(spoken(self.words, problem) for problem in refused.problems))
            return
        if done is not None:
            self._end()
