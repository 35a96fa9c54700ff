"""What lies on record beside a path: the message that fits now, and the records that belong to it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.answers.paths.path import Facts
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.rows.messages import (
    addressee,
    breach_of,
    language_for,
    message_for,
    situations_of,
)
from pmdesk.answers.text.difficult import SITUATIONS
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.leading import write_message
from pmdesk.gui.widgets.parts import Card, TwoLineRow, button, clear, label, rule


class PathFacts(QWidget):
    """A card for the message, and one for each group of records that says something."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self._shown: Any = None
        self.cards = QVBoxLayout(self)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(12)

    def show_of(self, rel: Relationship, record: Any, facts: list[Facts]) -> None:
        """Show what belongs to a record now; what has not changed stays as it is."""
        wanted = (record, facts)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self.cards)
        self._add_message(rel, record)
        for group in facts:
            if group.rows:
                self.cards.addWidget(self._group(group))
        self.cards.addStretch(1)

    def _add_message(self, rel: Relationship, record: Any) -> None:
        situations = situations_of(rel, record)
        if not situations or record.id is None:
            return
        words = self._desk.words
        to = addressee(rel, record)
        language = language_for(rel, record, to)
        made = message_for(
            rel, record, situations[0], to=to, language=language, breach=breach_of(record)
        )
        card = Card(words("The message"), words(SITUATIONS[situations[0]].text))
        text = label(made.text, "small", wrap=True)
        card.body.addWidget(text)
        write = partial(write_message, self._desk, record)
        card.body.addWidget(button(words("Write the message"), write))
        self.cards.addWidget(card)

    def _group(self, group: Facts) -> Card:
        words = self._desk.words
        card = Card(words(group.title))
        for row in group.rows:
            second = " · ".join(filter(None, (say(words, part) for part in row.second)))
            if row.badge:
                second = " · ".join(filter(None, (words(row.badge[0]), second)))
            show = partial(self._desk.show_record, *row.key)
            open_ = button(words("Open"), show, quiet=True)
            open_.setAccessibleName(words("Open {what}", what=row.title))
            card.body.addWidget(rule())
            card.body.addWidget(TwoLineRow(row.title or words("(no subject)"), second, [open_]))
        return card
