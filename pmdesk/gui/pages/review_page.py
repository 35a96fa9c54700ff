"""The weekly review: step by step through all that lies open, left and taken up, kept in the journal."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pmdesk.actions.records import save_record
from pmdesk.answers.owed.today import Row
from pmdesk.answers.review import STEPS, Looking, Reasons, Review, review, week_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import INBOX
from pmdesk.gui.pages.today.acts import ACTS, Act, acts_of
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.owed_rows import OwedRows
from pmdesk.gui.widgets.parts import Card, EmptyState, button, label, rule, scrolled
from pmdesk.gui.widgets.step_list import ShownStep, State, StepList
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.words import mark

if TYPE_CHECKING:
    from datetime import date

_STEPS_WIDTH = 214
_SORT: Final = Act(mark("Sort it in the inbox"), "I", lambda desk, _row: desk.show(INBOX))
_STATES = {"done": mark("seen"), "now": mark("next"), "later": mark("not seen yet")}


def _acts(row: Row) -> list[Act]:
    """What can be done with a row; mail of no client is given one in the inbox."""
    return [_SORT, ACTS["open"]] if row.rule.name == "unclaimed" else acts_of(row)


class ReviewPage(Page):
    """Eight steps, each with its rows; “Seen” goes on. How far one has come is a draft of the week."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._found: Review | None = None
        self._number = 0
        self._task: Task | None = None
        self._reasons = Reasons(desk.journal, desk.now())
        self._load(week_of(desk.journal, desk.now()))
        self.present = self._first_unseen()
        self.head("")
        row = QHBoxLayout()
        row.setSpacing(16)
        self.steps = StepList(words("Steps"))
        self.steps.chosen.connect(self._turn_to)
        steps = scrolled(self.steps)
        steps.setFixedWidth(round(_STEPS_WIDTH * max(1.0, desk.settings.scale / 100 * 0.95)))
        row.addWidget(steps)
        self.stack = QStackedWidget()
        self._pending = label(words("Looking at what is owed…"), "muted")
        self._pending.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.stack.addWidget(self._pending)
        self.stack.addWidget(self._step_card())
        self.stack.addWidget(self._end_card())
        row.addWidget(self.stack, 1)
        self.column.addLayout(row, 1)
        for key, act in (
            ("Ctrl+Return", self.see),
            ("Ctrl+Enter", self.see),
            ("Alt+Left", self.go_back),
        ):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        desk.owing.changed.connect(self.refresh_when_seen)
        self.refresh()

    def _step_card(self) -> QWidget:
        words = self.words
        card = Card()
        card.body.setContentsMargins(4, 14, 4, 10)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 4)
        head.setSpacing(2)
        self.step_title = label("", "head")
        self.why = label("", "muted", wrap=True)
        head.addWidget(self.step_title)
        head.addWidget(self.why)
        card.body.addLayout(head)
        self.rows = OwedRows(self.desk, words("What is owed"), _acts, self._second)
        self.nothing = EmptyState(
            words("Nothing to look at here"), words("Go on to the next step.")
        )
        self.inner = QStackedWidget()
        self.inner.addWidget(self.rows)
        self.inner.addWidget(self.nothing)
        card.body.addWidget(self.inner, 1)
        card.body.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 2, 10, 0)
        self.back = button(words("Step before"), self.go_back)
        self.back.setToolTip("Alt+Left")
        self.seen_button = button(words("Seen"), self.see, primary=True)
        self.seen_button.setToolTip("Ctrl+Enter")
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.seen_button)
        card.body.addLayout(foot)
        return card

    def _end_card(self) -> QWidget:
        words = self.words
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card()
        self.end_title = label("", "head", wrap=True)
        self.told = label("", wrap=True)
        card.body.addWidget(self.end_title)
        card.body.addWidget(self.told)
        card.body.addWidget(rule())
        foot = QHBoxLayout()
        self.end_status = label("", "small", wrap=True)
        foot.addWidget(button(words("Look at it again"), partial(self._turn_to, 0), quiet=True))
        foot.addWidget(self.end_status, 1)
        self.keep_button = button(words("Write it into the journal"), self.keep_entry, primary=True)
        foot.addWidget(self.keep_button)
        card.body.addLayout(foot)
        column.addWidget(card)
        column.addStretch(1)
        return holder

    def _load(self, week: str) -> None:
        """Go on with this week where it was left."""
        self.week = week
        self.keeper = DraftKeeper(self, self.desk, f"review:{week}", self._content)
        draft = self.keeper.found()
        content = draft.content if draft else {"seen": {}, "entry": None}
        self.seen: dict[str, list[int]] = content["seen"]
        self.entry_id: int | None = content["entry"]

    def _content(self) -> dict[str, Any]:
        return {"seen": self.seen, "entry": self.entry_id}

    def _first_unseen(self) -> int:
        return next((n for n, step in enumerate(STEPS) if step.name not in self.seen), len(STEPS))

    def concerns(self, changes: Any) -> bool:
        """What is owed tells by itself when it has changed."""
        del changes
        return False

    def arrive(self) -> None:
        # the page is painted before what it needs is read
        QTimer.singleShot(0, self, self.desk.owing.ensure)

    def take_focus(self) -> None:
        """The rows of the step, else the way on."""
        if self._found is None:
            self.setFocus()
        elif self.stack.currentIndex() == 2:
            self.keep_button.setFocus()
        elif self.inner.currentIndex() == 0:
            self.rows.list.setFocus()
        else:
            self.seen_button.setFocus()

    def leave(self) -> bool:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        return True

    def refresh(self) -> None:
        """Find out beside the window what lies open now."""
        if self.desk.owing.today is None or (self._found is None and not self._all_known()):
            self._show()  # half of what is owed is no review
            return
        self._number += 1
        number, journal, now = self._number, self.desk.journal, self.desk.now()
        known = list(self.desk.owing.standings.values())

        def work(_task: Task) -> Review:
            with journal.again(writable=False) as opened:
                return review(opened, known, at=now)

        def show(found: Review) -> None:
            if number == self._number:
                self._task = None
                self._on_found(found)

        self._task = self.desk.background(self, work, show)

    def _all_known(self) -> bool:
        """Whether every client has been looked at; some may have to be looked at anew."""
        return len(self.desk.owing.standings) >= self.desk.journal.count(Client)

    def _on_found(self, found: Review) -> None:
        first = self._found is None
        if found.week != self.week:
            self._load(found.week)
            self.present = self._first_unseen()
        self._found = found
        self._show()
        if first and self.window().focusWidget() in {self, None}:
            self.take_focus()

    def _looking(self) -> Looking | None:
        if self._found is None or self.present >= len(STEPS):
            return None
        return self._found.steps[self.present]

    def _show(self) -> None:
        words = self.words
        self.title.setText(words("Weekly review, week {n}", n=int(self.week.partition("-W")[2])))
        parts = [words("{n} of {all} steps seen", n=len(self.seen), all=len(STEPS))]
        if self.desk.owing.left:
            parts.append(words("{n} still to be looked at", n=self.desk.owing.left))
        self.remark.setText(" · ".join(parts))
        self._show_steps()
        looking = self._looking()
        if self._found is None:
            self.stack.setCurrentIndex(0)
        elif looking is None:
            self._show_end()
        else:
            self._show_step(looking)

    def _show_steps(self) -> None:
        words, first = self.words, self._first_unseen()
        shown = []
        for n, step in enumerate(STEPS):
            second = ""
            if self._found is not None:
                looking = self._found.steps[n]
                second = self._how_many(len(looking.rows), looking.late)
            state: State = "done" if step.name in self.seen else "now" if n == first else "later"
            shown.append(ShownStep(words(step.text), second, state, words(_STATES[state])))
        self.steps.show_steps(shown, self.present)

    def _how_many(self, rows: int, late: int) -> str:
        if not rows:
            return self.words("nothing open")
        if not late:
            return self.words("{n} open", n=self.words.number(rows, 0))
        return self.words("{n} open, {late} late", n=self.words.number(rows, 0),
                          late=self.words.number(late, 0))  # fmt: skip

    def _show_step(self, looking: Looking) -> None:
        words = self.words
        self.stack.setCurrentIndex(1)
        self.step_title.setText(f"{self.present + 1}. {words(looking.step.text)}")
        self.why.setText(words(looking.step.why))
        self.back.setEnabled(self.present > 0)
        in_rows = self.rows.list.hasFocus()
        self._reasons = Reasons(self.desk.journal, self.desk.now())
        self.rows.use(looking.rows)
        self.inner.setCurrentIndex(0 if looking.rows else 1)
        if in_rows and not looking.rows:
            self.seen_button.setFocus()

    def _second(self, row: Row) -> str:
        """Whose a row is, and why it stands there."""
        parts = (row.client, self._reasons.reason(row.owed, self.words))
        return " · ".join(part for part in parts if part)

    def _show_end(self) -> None:
        words = self.words
        self.stack.setCurrentIndex(2)
        self.end_title.setText(words("The week is looked through"))
        self.told.setText("\n".join(self._lines()))
        kept = self._entry() is not None
        self.keep_button.setEnabled(not kept)
        self.end_status.setText(words("It stands in the journal.") if kept else "")

    def _lines(self) -> list[str]:
        """What was looked at in each step, as it was then."""
        return [
            self.words(
                "{name}: {what}",
                name=self.words(step.text),
                what=self._how_many(*self.seen[step.name]),
            )
            for step in STEPS
            if step.name in self.seen
        ]

    def _turn_to(self, n: int) -> None:
        self.present = n
        self._show()
        self.take_focus()

    def go_back(self) -> None:
        """The step before."""
        if self.present > 0:
            self._turn_to(self.present - 1)

    def see(self) -> None:
        """The step is looked through: on to the next that is not, at last to the end."""
        looking = self._looking()
        if looking is None:
            return
        self.seen[looking.step.name] = [len(looking.rows), looking.late]
        self.keeper.keep()
        later = [n for n in range(self.present + 1, len(STEPS)) if STEPS[n].name not in self.seen]
        self._turn_to(later[0] if later else self._first_unseen())

    def _entry(self) -> Entry | None:
        """What the journal holds of this review; None where it was not written, or taken back."""
        return None if self.entry_id is None else self.desk.journal.get(Entry, self.entry_id)

    def keep_entry(self) -> None:
        """Write the review into the journal, as one step that can be undone."""
        if self._entry() is not None:
            return
        words = self.words
        lines = "\n".join(f"- {line}" for line in self._lines())
        day: date = self.desk.local_now().date()
        entry = Entry(
            day=day, text=f"{self.title.text()}\n\n{lines}", tags=(words("Weekly review"),)
        )
        saved = self.desk.do(save_record, entry, at=self.desk.now(), say=True)
        if saved is not None:
            self.entry_id = saved.record.id
            self.keeper.keep()
            self._show()
