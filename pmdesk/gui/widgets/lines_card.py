"""A card of lines, each a record: the first of them, the rest on demand."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.line_row import LineButton, LineRow
from pmdesk.gui.widgets.parts import Card, button, clear, in_line, label, rule

Make = Callable[[Any], LineRow | LineButton]


class LinesCard(Card):
    """The first `most` lines; once all of them were asked for it stays so over every new look.

    A `dense` one has many beside it on its page: no rules, and little around.
    """

    def __init__(self, desk: Desk, title: str, most: int, *, dense: bool = False) -> None:
        super().__init__(title)
        self._dense = dense
        if dense:
            self.body.setContentsMargins(8, 8, 8, 8)
            self.body.setSpacing(2)
            self.head.setContentsMargins(4, 0, 4, 0)
        self.setAccessibleName(title)
        self._desk, self._most = desk, most
        self._all = False
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0 if dense else 4)
        self.body.addLayout(self.rows)
        self.shown: list[LineRow | LineButton] = []

    def show_lines(self, lines: Sequence[Any], make: Make, empty: str, remark: str = "") -> None:
        """Show these lines, each as `make` makes it, instead of what was there."""
        self.remark.setText(remark)
        clear(self.rows)
        self.shown = []
        n = len(lines) if self._all else min(self._most, len(lines))
        self._add(lines[:n], make)
        if not lines:
            self.rows.addWidget(label(empty, "muted", wrap=True))
        if len(lines) > n:
            self._rest, self._make = lines[n:], make
            text = self._desk.words("Show all {n}", n=len(lines))
            self._more = button(text, self._show_all, quiet=True)
            self.rows.addWidget(self._more)

    def _add(self, lines: Sequence[Any], make: Make) -> None:
        for line in lines:
            row = make(line)
            if not self._dense:
                self.rows.addWidget(rule())
            self.rows.addWidget(row)
            self.shown.append(row)
        in_line(self.shown)

    def _show_all(self) -> None:
        self._all, before = True, len(self.shown)
        self._more.hide()
        self._add(self._rest, self._make)
        # the keyboard goes on to the first of what was asked for
        first = self.shown[before]
        (first if isinstance(first, LineButton) else first.open).setFocus()
