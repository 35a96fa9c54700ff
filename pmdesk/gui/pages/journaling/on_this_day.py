"""On this day: entries of the same day before, and what the journal holds of the day itself."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from pmdesk.answers.writing import Happened, Written, earlier, happened
from pmdesk.gui.desk import Desk
from pmdesk.gui.seen import Seen
from pmdesk.gui.widgets.delegates import RowLook, kind_icon, painted_list
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.parts import label
from pmdesk.records.kinds import KINDS


class _Row(NamedTuple):
    """A row of the list: what it opens, and its two lines."""

    kind: str
    id: int
    title: str
    second: str


class OnThisDay(Seen):
    """`opened` is told the kind and the id of what is pressed."""

    opened = Signal(str, int)

    def __init__(self, desk: Desk, day: date) -> None:
        super().__init__(desk)
        self.setObjectName("plain")
        words = desk.words
        self.day = day
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        self.table = painted_list(desk, words("On this day"), self._look)
        self.table.opened.connect(lambda row: self.opened.emit(row.kind, row.id))
        self.stack.addWidget(self.table)
        nothing = label(
            words("Nothing on this day, a week or a month before, or in other years."),
            "muted",
            wrap=True,
        )
        self.stack.addWidget(nothing)
        column.addWidget(self.stack)
        self._stale = True

    def show_day(self, day: date) -> None:
        """Show another day."""
        if day != self.day:
            self.day = day
            self.refresh_when_seen()

    def refresh(self) -> None:
        """Read anew."""
        journal = self.desk.journal
        rows = [self._earlier(one) for one in earlier(journal, self.day)]
        rows += [self._happened(one) for one in happened(journal, self.day, self.desk.zone())]
        self._model = WindowedModel(
            len(rows),
            lambda offset, limit: rows[offset : offset + limit],
            lambda row: f"{row.title}, {row.second}",
        )
        self.table.setModel(self._model)
        self.stack.setCurrentIndex(0 if rows else 1)

    def _earlier(self, one: Written) -> _Row:
        words = self.words
        when = [words(one.label), words.near_day(one.day)] if one.label else [words.date(one.day)]
        return _Row("entry", one.id, one.title or words("(empty)"), " · ".join(when))

    def _happened(self, one: Happened) -> _Row:
        words = self.words
        second = (words(one.word), *map(words, one.day_words), one.client)
        title = one.title or words("(no subject)")
        return _Row(one.kind, one.id, title, " · ".join(part for part in second if part))

    @staticmethod
    def _look(row: _Row) -> RowLook:
        return RowLook(row.title, row.second, icon=kind_icon(KINDS[row.kind]))
