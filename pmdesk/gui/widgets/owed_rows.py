"""Rows of what is owed with the acts of the chosen one under them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.answers.owed.rules import BY_NAME
from pmdesk.answers.owed.today import Lookers, Row
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.today.acts import Act
from pmdesk.gui.widgets.owed_list import Look, OwedList
from pmdesk.gui.widgets.parts import button, clear, label, rule
from pmdesk.gui.widgets.put_off import PutOff
from pmdesk.gui.widgets.wrapped_row import WrappedRow

_PUT_OFF = "S"


class OwedRows(QWidget):
    """The list; Enter does the first act of a row, a letter another, S puts it off."""

    def __init__(self, desk: Desk, name: str, acts_of: Callable[[Row], list[Act]]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._acts_of = desk, acts_of
        self._lookers: Lookers | None = None
        self._looks: dict[int, Look] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.list = OwedList(desk, name, self._look, self._spoken)
        self.list.acted.connect(self._on_acted)
        self.list.chosen.connect(self._show_acts)
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 4)
        self.reason = label("", "small", wrap=True)
        foot.addWidget(self.reason)
        self.acts = WrappedRow(gap=8)
        foot.addLayout(self.acts)
        self.put_off = PutOff(desk)
        self.put_off.ended.connect(self.list.setFocus)
        foot.addWidget(self.put_off)
        column.addLayout(foot)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown."""
        return self.list.entries.items

    def use(self, rows: Sequence[Row], lookers: Lookers) -> None:
        """Show these, the keyboard on the row it was on, else on what came into its place."""
        table = self.list
        place = table.currentIndex().row()
        about = self.rows[place].owed.about if 0 <= place < len(self.rows) else ""
        self._lookers, self._looks = lookers, {}
        scrolled = table.verticalScrollBar().value()
        table.delegate.measure(sorted({self._desk.words(row.rule.badge) for row in rows}))
        table.use(rows)
        same = next((n for n, row in enumerate(rows) if row.owed.about == about), None)
        table.choose_near(max(0, place) if same is None else same)
        table.verticalScrollBar().setValue(scrolled)
        if not rows:
            self._show_acts(None)

    def _look(self, row: Row) -> Look:
        if id(row) not in self._looks and self._lookers is not None:
            words, one = self._desk.words, row.owed
            parts = (row.client, self._lookers.reason(one, words))
            self._looks[id(row)] = Look(
                words(row.rule.badge), "bad" if row.late else "info",
                one.what or words("(no subject)"), " · ".join(part for part in parts if part),
                words(self._acts_of(row)[0].text),
            )  # fmt: skip
        return self._looks[id(row)]

    def _spoken(self, row: Row) -> str:
        """A row as a screen reader tells it."""
        look, late = self._look(row), self._desk.words("late") if row.late else ""
        return ", ".join(part for part in (look.badge, late, look.title, look.second) if part)

    def _show_acts(self, row: Row | None) -> None:
        clear(self.acts)
        self.put_off.hide()
        self.reason.setText("" if row is None else self._look(row).second)
        if row is None:
            return
        words = self._desk.words
        for n, act in enumerate(self._acts_of(row)):
            key = words("Enter") if n == 0 else act.key
            do = partial(act.run, self._desk, row)
            self.acts.addWidget(button(f"{words(act.text)}  {key}", do, primary=n == 0))
        if row.rule.name in BY_NAME:
            ask = partial(self.put_off.ask, row.owed)
            self.acts.addWidget(button(f"{words('Put off…')}  {_PUT_OFF}", ask, quiet=True))

    def _on_acted(self, row: Row, key: str) -> None:
        if key == _PUT_OFF and row.rule.name in BY_NAME:
            self.put_off.ask(row.owed)
            return
        acts = self._acts_of(row)
        wanted = acts[0] if not key else next((act for act in acts if act.key == key), None)
        if wanted is not None:
            wanted.run(self._desk, row)
