"""What an import leaves out and what it could not read."""

from typing import Final

from PySide6.QtWidgets import QListWidget

from pmdesk.actions.importing import Preview
from pmdesk.gui.widgets.parts import Card
from pmdesk.words import Words

_MOST_ROWS: Final = 6


class NotTakenCard(Card):
    """A list of it; hidden where there is nothing to list."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("4 What was not taken"))
        self._words = words
        self.list = QListWidget()
        self.list.setAccessibleName(words("What was not taken"))
        self.list.setWordWrap(True)
        self.body.addWidget(self.list)
        self.hide()

    def clear(self) -> None:
        """Nothing is known of it any more."""
        self.list.clear()
        self.hide()

    def show_of(self, preview: Preview) -> None:
        """What a look through the files or an import says of it."""
        words = self._words
        self.list.clear()
        for text, n in preview.left_out.most_common():
            what, number = words(text), words.number(n, 0)
            self.list.addItem(words("Left out: {what} {n}", what=what, n=number))
        for problem in preview.not_taken:
            self.list.addItem(words.labelled(problem.source, problem.sentence(words)))
        rows = min(self.list.count(), _MOST_ROWS)
        height = sum(self.list.sizeHintForRow(n) for n in range(rows))
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + 8)
        self.setVisible(bool(rows))
