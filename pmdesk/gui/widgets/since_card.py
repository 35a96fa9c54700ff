"""Since we last spoke, as a card: the first lines, the rest on demand, each opening its record."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pmdesk.answers.relationship import Relationship
from pmdesk.answers.since import Since, SinceLine
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.parts import Card, badge, button, clear, in_line, label, rule, width_of
from pmdesk.gui.widgets.record_list import TONES
from pmdesk.words import Words

SHOWN = 8
_SHORT = 24


class SinceLineRow(QWidget):
    """One line of it: a state, what it is of, what more there is to say, the day, the way there."""

    def __init__(self, desk: Desk, rel: Relationship, line: SinceLine) -> None:
        super().__init__()
        words = desk.words
        self.title = line.title or words("(no subject)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        self.left = badge(words(line.badge[0]), TONES[line.badge[1]])
        row.addWidget(self.left, 0, Qt.AlignmentFlag.AlignVCenter)
        more = " · ".join(filter(None, (say(words, part) for part in line.more)))
        short = width_of(more) <= _SHORT  # what is longer stands below, where it has room
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(self.title, "", gives_way=True))
        if not short:
            texts.addWidget(label(more, "small", wrap=True))
        row.addLayout(texts, 1)
        if more and short:
            row.addWidget(label(more, "small"))
        day = QLabel(day_told(words, rel, line))
        day.setObjectName("small")
        day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(day)
        self.open = button(words("Open"), self._open, quiet=True)
        self.open.setAccessibleName(f"{words('Open')} {self.title}")
        # a record that has gone leaves its place in the column empty
        keeps = self.open.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.open.setSizePolicy(keeps)
        row.addWidget(self.open)
        if line.key is None:
            self.open.hide()
        self._desk, self._key = desk, line.key

    def _open(self) -> None:
        if self._key is not None:
            self._desk.show_record(*self._key)


def day_told(words: Words, rel: Relationship, line: SinceLine) -> str:
    """The day of a line, with its weekday where it is one of this year."""
    day = rel.day_of(line.at) if isinstance(line.at, datetime) else line.at
    return words.near_day(day) if day.year == rel.today.year else words.date(day)


class SinceCard(Card):
    """What changed since the last real contact; once all of it is shown it stays so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words("Since we last spoke"))
        self._desk = desk
        self._all = False
        self.rows = QVBoxLayout()
        self.rows.setSpacing(4)
        self.body.addLayout(self.rows)
        self.shown: list[SinceLineRow] = []

    def show_since(self, rel: Relationship, since: Since) -> None:
        """Show these lines instead of what was there."""
        words = self._desk.words
        self._rel, self._since = rel, since
        self.remark.setText(say(words, since.head))
        clear(self.rows)
        lines = since.lines if self._all else since.lines[:SHOWN]
        self.shown = [SinceLineRow(self._desk, rel, line) for line in lines]
        for row in self.shown:
            self.rows.addWidget(rule())
            self.rows.addWidget(row)
        in_line(self.shown)
        if not lines:
            self.rows.addWidget(label(words("Nothing has changed since."), "muted"))
        if len(since.lines) > len(lines):
            text = words("Show all {n}", n=len(since.lines))
            self.rows.addWidget(button(text, self._show_all, quiet=True))

    def _show_all(self) -> None:
        self._all = True
        before = len(self.shown)
        self.show_since(self._rel, self._since)
        # the keyboard goes on to the first of what was asked for
        for first in self.shown[before].findChildren(QAbstractButton)[:1]:
            first.setFocus()
