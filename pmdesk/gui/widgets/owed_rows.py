"""Rows of what is owed with the acts of the chosen one under them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.isolated import isolated
from pmdesk.gui.widgets.owed_list import Head, Look, OwedList
from pmdesk.gui.widgets.parts import button, clear, label, rule
from pmdesk.gui.widgets.wrapped_row import WrappedRow

if TYPE_CHECKING:
    from pmdesk.answers.owed.row import Owed
    from pmdesk.answers.owed.today import Aside, Row
    from pmdesk.gui.pages.today.acts import Act
    from pmdesk.gui.widgets.put_off import PutOff

_PUT_OFF: Final = "S"


class OwedRows(QWidget):
    """The list; Enter does the first act of a row, a letter another, S puts it off.

    `acts_of` are the acts of a row, `second` is its second line, `aside_of` tells until when and
    why it is put off. What stands under the list stays
    as it is while its row is the same: somebody may be typing there when the clock runs on.
    """

    def __init__(
        self,
        desk: Desk,
        name: str,
        acts_of: "Callable[[Row], Sequence[Act]]",
        second: "Callable[[Row], str]",
        aside_of: "Callable[[Row], Aside | None]" = lambda _row: None,
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._acts_of, self._second = desk, acts_of, second
        self._aside_of = aside_of
        self._looks: dict[int, Look] = {}
        self._row: Row | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.list = OwedList(desk, name, self._look, self._spoken)
        self.list.acted.connect(self._on_acted)
        self.list.chosen.connect(self._show_acts)
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        foot = QWidget()
        foot.setObjectName("plain")
        self._foot = QVBoxLayout(foot)
        self._foot.setContentsMargins(10, 6, 10, 4)
        self.reason = label("", "small", wrap=True)
        self._foot.addWidget(self.reason)
        self.acts = WrappedRow(gap=8)
        self._foot.addLayout(self.acts)
        self._buttons: list[tuple[str, str]] = []
        self.put_off: PutOff | None = None
        column.addWidget(foot)

    @property
    def items(self) -> Sequence[Any]:
        """The heads and rows that are shown."""
        return self.list.entries.items

    @property
    def rows(self) -> "list[Row]":
        """The rows that are shown."""
        return [item for item in self.items if not isinstance(item, Head)]

    def use(self, items: Sequence[Any]) -> None:
        """Show these, the keyboard on the row it was on, else on what came into its place."""
        table, words = self.list, self._desk.words
        place = table.currentIndex().row()
        had = self.items[place] if 0 <= place < len(self.items) else None
        self._looks = {}
        scrolled = table.verticalScrollBar().value()
        badges = {item.rule.badge for item in items if not isinstance(item, Head)}
        table.delegate.measure(sorted(map(words, badges)))
        table.use(items)
        same = None if had is None or isinstance(had, Head) else self.place_of(had.owed)
        table.choose_near(max(0, place) if same is None else same)
        table.verticalScrollBar().setValue(scrolled)
        if not items:
            self._show_acts(None)

    def place_of(self, one: "Owed") -> int | None:
        """Where a row of the list is about the same."""
        for n, item in enumerate(self.items):
            # a name is only made of what may be the same: there may be many thousand rows
            if isinstance(item, Head) or item.owed.key != one.key:
                continue
            if item.owed.about == one.about:
                return n
        return None

    def _look(self, row: "Row") -> Look:
        if id(row) not in self._looks:
            words = self._desk.words
            self._looks[id(row)] = Look(
                words(row.rule.badge), "bad" if row.late else "info",
                row.owed.what or words("(no subject)"), self._second(row),
                words(self._acts_of(row)[0].text),
            )  # fmt: skip
        return self._looks[id(row)]

    def _spoken(self, row: "Row") -> str:
        """A row as a screen reader tells it."""
        look, late = self._look(row), self._desk.words("late") if row.late else ""
        return ", ".join(part for part in (look.badge, late, look.title, look.second) if part)

    def _show_acts(self, row: "Row | None") -> None:
        had, self._row = self._row, row
        same = row is not None and had is not None and row.owed.about == had.owed.about
        if self.put_off is not None and self.put_off.isVisible() and not same:
            self.put_off.end()
        self.reason.setText("" if row is None else isolated(self._look(row).second))
        words = self._desk.words
        buttons = [] if row is None else [(words(a.text), a.key) for a in self._acts_of(row)]
        if same and buttons == self._buttons:
            return
        self._buttons = buttons
        clear(self.acts)
        if row is None:
            return
        for n, (text, key) in enumerate(buttons):
            shown = words("Enter") if n == 0 else key
            self._add(f"{text}  {shown}", key if n else "", primary=n == 0)
        if _may_wait(row):
            wait = words("Put off…")
            self._add(f"{wait}  {_PUT_OFF}", _PUT_OFF, quiet=True)

    def _add(self, text: str, key: str, *, primary: bool = False, quiet: bool = False) -> None:
        self.acts.addWidget(button(text, partial(self._press, key), primary=primary, quiet=quiet))

    def _press(self, key: str) -> None:
        if self._row is not None:
            self._on_acted(self._row, key)

    def _on_acted(self, row: "Row", key: str) -> None:
        self._desk.tips.end("today")
        if key == _PUT_OFF and _may_wait(row):
            self._ask_how_long(row)
            return
        acts = self._acts_of(row)
        wanted = acts[0] if not key else next((act for act in acts if act.key == key), None)
        if wanted is not None:
            wanted.run(self._desk, row)

    def _ask_how_long(self, row: "Row") -> None:
        if self.put_off is None:
            from pmdesk.gui.widgets.put_off import PutOff  # reads days: not before it is asked

            self.put_off = PutOff(self._desk)
            self.put_off.ended.connect(self.list.setFocus)
            self._foot.addWidget(self.put_off)
        aside = self._aside_of(row)
        if aside is None:
            self.put_off.ask(row.owed)
        else:
            self.put_off.ask(row.owed, until=aside.until.isoformat(), why=aside.why)


def _may_wait(row: "Row") -> bool:
    """Whether a row is one of Today, which alone are put off."""
    from pmdesk.answers.owed.rules import BY_NAME  # the page is painted before

    return row.rule.name in BY_NAME
