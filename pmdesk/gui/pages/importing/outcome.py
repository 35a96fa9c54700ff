"""What an import would bring, one by one: its state, what it is, and why it is unclear or not taken."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from pmdesk.actions.incoming.values import Seen, State
from pmdesk.answers.text.said import say
from pmdesk.words import Words, mark

_SHOWN_ROWS: Final = 8
_MOST_NOT_TAKEN: Final = 200
_COUNTS: Final = (
    mark("{n} new"),
    mark("changed {n}"),
    mark("already here {n}"),
    mark("unclear {n}"),
    mark("left out {n}"),
    mark("not taken {n}"),
)
# what a person has to look at comes first
_ORDER: Final = (State.UNCLEAR, State.CHANGED, State.NEW, State.THERE)


def counted(words: Words, seen: Seen) -> str:
    """How much of everything, in one line; what there is none of is not named, but for the new."""
    numbers = (
        seen.new, seen.changed, seen.there, seen.unclear, seen.left_out.total(),
        len(seen.not_taken),
    )  # fmt: skip
    return " · ".join(
        words(text, n=words.number(n, 0))
        for place, (text, n) in enumerate(zip(_COUNTS, numbers, strict=True))
        if n or place == 0
    )


class OutcomeTable(QTableWidget):
    """Bounded: of what is left over stands how much it is. Hidden where there is nothing."""

    def __init__(self, words: Words, name: str) -> None:
        super().__init__(0, 3)
        self._words = words
        self.setAccessibleName(name)
        for column, title in enumerate((words("State"), words("What"), words("More about it"))):
            item = QTableWidgetItem(title)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.hide()

    def show_seen(self, seen: Seen) -> None:
        """What a look through files or an import tells."""
        rows = list(self._rows(seen))
        self.setRowCount(len(rows))
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(number, column, item)
        height = self.verticalHeader().defaultSectionSize()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + height * min(len(rows), _SHOWN_ROWS) + 2 * self.frameWidth() + 4)
        self.setVisible(bool(rows))

    def _rows(self, seen: Seen) -> Iterator[tuple[str, str, str]]:
        words = self._words
        for problem in seen.not_taken[:_MOST_NOT_TAKEN]:
            yield words("Not taken"), problem.source, problem.sentence(words)
        yield from self._rest(words("Not taken"), len(seen.not_taken) - _MOST_NOT_TAKEN)
        for item in sorted(seen.items, key=lambda item: _ORDER.index(item.state)):
            more = item.why or item.more
            yield words(item.state.value), item.what, say(words, more) if more else ""
        total = seen.new + seen.changed + seen.there + seen.unclear
        yield from self._rest("", total - len(seen.items))
        for text, n in seen.left_out.most_common():
            yield words("Left out"), words(text), words.number(n, 0)

    def _rest(self, state: str, n: int) -> Iterator[tuple[str, str, str]]:
        if n > 0:
            yield state, self._words("and {n} more", n=self._words.number(n, 0)), ""
