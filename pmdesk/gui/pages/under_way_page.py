"""Paths under way over all clients: what comes next on each, the late ones first."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pmdesk.answers.paths.under_way import UnderWay, under_way
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.leading import follow_path
from pmdesk.gui.pages.page import Page
from pmdesk.gui.widgets.parts import (
    Card,
    EmptyState,
    TwoLineRow,
    badge,
    button,
    clear,
    in_line,
    rule,
    scrolled,
)
from pmdesk.records.kinds import KINDS


class UnderWayPage(Page):
    """One row a path; its button leads to where it was left."""

    kinds = ("client", "complaint", "talk", "expectation", "calendar")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self.head(words("Paths under way"))
        self.stack = QStackedWidget()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 8)
        self.card = Card()
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.card.body.addLayout(self.rows)
        column.addWidget(self.card)
        column.addStretch(1)
        self.stack.addWidget(scrolled(holder))
        self.stack.addWidget(
            EmptyState(
                words("No path is under way"),
                words("An unhappy client or a gap to be talked about begins one: from its row, or by Ctrl+Shift+U."),
            )
        )  # fmt: skip
        self.column.addWidget(self.stack, 1)
        self.refresh()

    def take_focus(self) -> None:
        """The first path, else the page."""
        first = self.card.findChildren(QWidget, "go_on")[:1]
        (first[0] if first else self).setFocus()

    def refresh(self) -> None:
        found = under_way(self.desk.journal, at=self.desk.now())
        inside = self.isAncestorOf(self.window().focusWidget())
        clear(self.rows)
        rows = [self._row(one) for one in found]
        for n, row in enumerate(rows):
            if n:
                self.rows.addWidget(rule())
            self.rows.addWidget(row)
        in_line(rows)
        self.stack.setCurrentIndex(0 if found else 1)
        late = sum(one.next.late for one in found)
        parts = [self.words.plural("{n} path", "{n} paths", len(found))]
        if late:
            parts.append(self.words("{n} past the day of the next step", n=late))
        self.remark.setText(" · ".join(parts) if found else "")
        if inside:
            self.take_focus()

    def _row(self, one: UnderWay) -> TwoLineRow:
        words = self.words
        record = self.desk.journal.get(KINDS[one.key.kind].cls, one.key.id)
        go_on = button(words("Take the next step"), partial(follow_path, self.desk, record))
        go_on.setObjectName("go_on")
        open_ = button(words("Open"), partial(self.desk.edit, record), quiet=True)
        parts = [
            one.client,
            words("next: {step}", step=words(one.next.step.text)),
            say(words, one.next.day) if one.next.day else "",
            words("{n} of {all} steps done", n=one.done, all=one.of),
        ]
        second = " · ".join(part for part in parts if part)
        tone = "bad" if one.next.late else "info"
        return TwoLineRow(one.what, second, [go_on, open_], badge(words(one.path.text), tone))
