"""The history of acts: what was done, by whom, what is undone; back to before any of it at one press."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.going_back import amount, go_to, on_the_way
from pmdesk.gui.pages.page import Page
from pmdesk.gui.widgets.delegates import RowLook, painted_list
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.parts import Card, EmptyState, button, label
from pmdesk.journal.acts_done import ActDone, acts_done
from pmdesk.journal.log import BY_COMMAND_LINE, BY_IMPORT
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.tasks import Task

_MOST: Final = 1000
_WHO: Final = {BY_COMMAND_LINE: mark("Command line"), BY_IMPORT: mark("Import")}
_STATES: Final = {"undone": mark("undone"), "over": mark("undone")}


class ActsPage(Page):
    """Enter or the button goes to the act that is chosen; the keyboard stays on it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._acts: list[ActDone] = []
        self.acts: list[ActDone] = []
        self.head(words("History of acts"), "")
        self.line = QLineEdit()
        self.line.setPlaceholderText(words("Find an act by its words…"))
        self.line.setAccessibleName(words("Find an act by its words…"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._show)
        self.line.returnPressed.connect(self._to_list)
        self.column.addWidget(self.line)
        # above the list: a toast stands over the page's foot
        row = QHBoxLayout()
        row.setSpacing(12)
        self.go = button("", self._go)
        self.about = label("", "muted", wrap=True, spoken=True)
        row.addWidget(self.go)
        row.addWidget(self.about, 1)
        self.column.addLayout(row)
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        self.table = painted_list(desk, words("History of acts"), self._look)
        self.table.clicked.disconnect()  # a click only chooses
        self.table.opened.connect(lambda _act: self._go())
        card.body.addWidget(self.table, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(card)
        self.stack.addWidget(
            EmptyState(words("Nothing found"), words("Try fewer or shorter words."))
        )
        self.stack.addWidget(
            EmptyState(
                words("Nothing was done yet"),
                words("Each act of this journal stands here, and can be undone."),
            )
        )
        self.column.addWidget(self.stack, 1)
        self.refresh()

    def concerns(self, _changes: Any) -> bool:
        """Every act is one more."""
        return True

    def take_focus(self) -> None:
        (self.table if self.acts else self).setFocus()

    def refresh(self) -> None:
        """Read the log anew, beside the window: to count the records of an import takes a while."""
        journal = self.desk.journal

        def work(_task: "Task") -> list[ActDone]:
            with journal.again(writable=False) as reader:
                return acts_done(reader.conn, _MOST)

        self.desk.background(self, work, self._use)

    def _use(self, acts: list[ActDone]) -> None:
        self._acts = acts
        waited = self.hasFocus()
        self._show()
        if waited:
            self.take_focus()

    def _show(self) -> None:
        chosen = self._chosen()
        asked = self.line.text().casefold().split()
        self.acts = [act for act in self._acts if all(w in self._told(act) for w in asked)]
        acts = self.acts
        model = WindowedModel(len(acts), lambda o, n: acts[o : o + n], self.desk_said)
        self.table.setModel(model)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_act())
        if acts:
            same = (n for n, act in enumerate(acts) if chosen and act.done.id == chosen.done.id)
            self.table.setCurrentIndex(model.index(next(same, 0), 0))
        self.stack.setCurrentIndex(0 if acts else 1 if self._acts else 2)
        n = len(self._acts)
        text = self.words.plural("{n} act", "{n} acts", n)
        if n == _MOST:
            text = self.words("the last {n}", n=n)
        self.remark.setText(text if n else "")
        self._show_act()

    def desk_said(self, act: ActDone) -> str:
        """An act in words."""
        return self.desk.said(act.done)

    def _told(self, act: ActDone) -> str:
        return f"{self.desk.said(act.done)} {self._second(act)}".casefold()

    def _second(self, act: ActDone) -> str:
        """When, by whom, how much."""
        words = self.words
        return " · ".join(
            (
                words.short_moment(act.done.at, self.desk.zone()),
                words(_WHO.get(str(act.done.facts.get("by", "")), mark("Window"))),
                words.plural("{n} record", "{n} records", act.records),
            )
        )

    def _look(self, act: ActDone) -> RowLook:
        state = _STATES.get(act.state)
        right = [(self.words(state), "muted", 80)] if state else []
        return RowLook(self.desk_said(act), self._second(act), right=right, faint=state is not None)

    def _chosen(self) -> ActDone | None:
        row = self.table.currentIndex().row()
        return self.acts[row] if 0 <= row < len(self.acts) else None

    def _show_act(self) -> None:
        """What the button would do."""
        words, chosen = self.words, self._chosen()
        along = on_the_way(self._acts, chosen) if chosen else []
        forth = chosen is not None and chosen.state != "stands"
        self.go.setText(words("Repeat up to here") if forth else words("Undo up to here"))
        self.go.setEnabled(bool(along))
        if along:
            told = amount(words, along)
        else:
            told = words("Undone, and cannot be repeated: something else was done since.")
        self.about.setText(told if chosen else "")

    def _go(self) -> None:
        chosen = self._chosen()
        if chosen and (along := on_the_way(self._acts, chosen)):
            go_to(self.desk, along)

    def _to_list(self) -> None:
        if self.acts:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
