"""A guided path: its steps on the left, the present one in the middle, what is on record beside it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.answers.paths.path import Standing, missing, now_at
from pmdesk.answers.paths.under_way import path_of
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.field_texts import Unclear
from pmdesk.gui.form_loading import load_form
from pmdesk.gui.forms import Binder, spoken
from pmdesk.gui.known import known_to
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import UNDER_WAY, tab_of
from pmdesk.gui.panels.autosave import Autosave
from pmdesk.gui.widgets.parts import Card, Flow, button, label, rule, scrolled
from pmdesk.gui.widgets.path_facts import PathFacts
from pmdesk.gui.widgets.step_list import ShownStep, StepList
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.kinds import KINDS
from pmdesk.records.practices import Practice
from pmdesk.records.problems import Problem
from pmdesk.words import mark

_STEPS_WIDTH, _PART_WIDTH = 226, 290
_MINUTE_MS = 60_000
_TITLE_LETTERS = 90
_STATES = {"done": mark("done"), "now": mark("now"), "later": mark("later")}
_FIRST = mark("First comes “{step}”, then “{later}”.")


class PathPage(Page):
    """One record on its path. Everything is saved as it is typed; no step is skipped."""

    kinds = ("client", "interaction", *(kind.name for kind in KINDS.values() if kind.practice))

    def __init__(self, desk: Desk, record: Any) -> None:
        """`record` is stored, or new: it is stored with the first thing typed."""
        super().__init__(desk)
        words = self.words
        self.path, self.kind = path_of(record), kind_of(record)
        self.client: Any = desk.journal.get(Client, record.client_id)
        self.present = 0
        self.standings: list[Standing] = []
        self._over = self.path.is_over(record)
        leave = button(words("Leave"), self._go_to_client)
        leave.setToolTip(words("What is typed stays; take it up again whenever you like."))
        under_way = button(words("Paths under way"), lambda: desk.show(UNDER_WAY), quiet=True)
        self.head(words(self.path.text), "", (under_way, leave))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.steps = StepList(words("Steps"))
        self.steps.chosen.connect(self.open_step)
        steps = scrolled(self.steps)
        scale = desk.settings.scale / 100
        steps.setFixedWidth(round(_STEPS_WIDTH * max(1.0, scale * 0.95)))
        row.addWidget(steps)
        self.facts = PathFacts(desk)
        self.flow = Flow(round(_PART_WIDTH * scale), 2, (3, 2))
        self.area = scrolled(self.flow)
        self.flow.use([self._middle(record), self.facts])
        row.addWidget(self.area, 1)
        self.column.addLayout(row, 1)
        steps_of_it = [s.step for s in self.path.standings(self._rel(), record)]
        held = [name for step in steps_of_it if step.decides for name in step.fields]
        self.auto = Autosave(self, desk, self.binder, record, held)
        self.auto.saved.connect(self._on_saved)
        self.auto.edited.connect(self._on_edited)
        self.auto.refused.connect(self._tell)
        self.binder.show_record(record)
        draft = self.auto.take_up()
        self._look()
        self.present = now_at(self.standings) if record.id is not None else 0
        self._show_step()
        if draft is not None:
            self.status.setText(self.auto.keeper.moment(draft))
        clock = QTimer(self, interval=_MINUTE_MS)
        clock.timeout.connect(self._on_minute)
        clock.start()

    def _middle(self, record: Any) -> QWidget:
        """The present step: what it is, why, its fields, and the way on."""
        words = self.words
        card = Card()
        self.step_title = label("", "head", wrap=True)
        self.why = label("", "muted", wrap=True)
        self.advice = label("", "advice", wrap=True)
        for part in (self.step_title, self.why, self.advice):
            card.body.addWidget(part)
        self.form = QWidget()
        load_form(self.kind.name, self.form)
        self.form.setObjectName("form")
        self.binder = Binder(self.form, type(record), words, known_to(self.desk, lambda: record))
        card.body.addWidget(self.form)
        self.log_cause = button(words("Put the cause into the risk log"), self._log_cause)
        self.log_cause.hide()
        card.body.addWidget(self.log_cause, 0, Qt.AlignmentFlag.AlignLeft)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        card.body.addWidget(self.problem)
        card.body.addWidget(rule())
        foot = QHBoxLayout()
        self.back = button(words("Step before"), self.go_back)
        self.back.setToolTip("Alt+Left")
        self.status = label("", "small", wrap=True, spoken=True)
        self.next = button(words("Next step"), self.go_on, primary=True)
        self.next.setToolTip("Ctrl+Enter")
        foot.addWidget(self.back)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.next)
        card.body.addLayout(foot)
        # not the buttons' own keys, which press a moment later
        keys = (
            ("Ctrl+Return", self.go_on),
            ("Ctrl+Enter", self.go_on),
            ("Alt+Left", self.go_back),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        return holder

    @property
    def record(self) -> Any:
        """The record as it is stored, or as it was begun."""
        return self.auto.record

    def _rel(self) -> Relationship:
        return self.desk.relations.of(self.client)

    def _typed(self) -> Any:
        """The record as the form says it, as far as that is understood."""
        with suppress(Unclear):
            return self.auto.read()
        return self.record

    def take_focus(self) -> None:
        """The first field of the present step."""
        names = [name for name in self.binder.names if name in self._step().fields]
        fields = (self.form.findChild(QWidget, name) for name in names)
        first = next((f for f in fields if isinstance(f, QLineEdit | QPlainTextEdit)), None)
        (first or self.form.findChild(QWidget, names[0]) or self.next).setFocus()

    def leave(self) -> bool:
        """Keep what is typed, saved or as a draft."""
        if self.auto.settle():
            return True
        self._say(self.words("The journal is busy: this cannot be kept yet. Try again."))
        return False

    def _step(self) -> Any:
        return self.standings[self.present].step

    def _look(self) -> None:
        """See how far the record has come."""
        self.standings = self.path.standings(self._rel(), self.record)
        self._over = self.path.is_over(self.record)

    def refresh(self) -> None:
        now = self.desk.journal.get(Client, self.client.id)
        if "issue_id" in self.binder.names:
            self.binder.offer_anew("issue_id")  # a risk may have come in that is linked now
        if now is None or not self.auto.follow():
            # not in the midst of being shown, which is when a page that was hidden finds out
            QTimer.singleShot(0, self, self._go_to_client)
            return
        self.client = now
        self._look()
        self.present = min(self.present, now_at(self.standings))
        self._show_step(anew=False)

    def _on_minute(self) -> None:
        if self.isVisible() and not self.auto.pending:
            self.refresh()

    def open_step(self, n: int) -> None:
        """Go to a step that was taken or is next; why not, where it comes later."""
        if self.standings[n].state == "later":
            now = self.standings[now_at(self.standings)]
            later = self.standings[n].step
            self._say(
                self.words(_FIRST, step=self.words(now.step.text), later=self.words(later.text))
            )
            return
        self._turn_to(n)

    def go_back(self) -> None:
        """The step before."""
        if self.present > 0:
            self._turn_to(self.present - 1)

    def _turn_to(self, n: int) -> None:
        """Another step, once what is typed here is kept."""
        if not self.leave():
            return
        self.present = n
        self._show_step()
        self.take_focus()

    def go_on(self) -> None:
        """The next step, once this one says all it must."""
        step = self._step()
        try:
            wanted = self.auto.read()
        except Unclear as unclear:
            self._tell([unclear.problem])
            return
        if problems := missing(self.path, wanted, step):
            self._tell(problems)
            return
        self.auto.pending |= wanted != self.record
        if not self.auto.save(decided=step.decides):
            return
        last = self.present == len(self.standings) - 1
        if last and self._over:
            self._end()
        elif not last and self.standings[self.present].state == "done":
            self.present += 1
            self._show_step()
            self.take_focus()
        else:
            self._say(self.words("It stays open until it is agreed anew or declined."))

    def _end(self) -> None:
        """Say that the path is over, and go to where its records lie."""
        self.desk.tell(self.words(self.path.ended(self.record)))
        self._go_to_client()

    def _go_to_client(self) -> None:
        practice = self.kind.practice
        self.desk.open_client(int(self.client.id or 0))
        if isinstance(practice, Practice):
            self.desk.show_tab(tab_of(practice).name)

    def _on_saved(self) -> None:
        self._look()
        self._show_steps()
        self.status.setText(self.words("Saved"))
        self._say("")
        self._show_facts()

    def _on_edited(self) -> None:
        self.status.setText(self.words("Not saved yet"))
        self._show_advice()

    def _tell(self, problems: list[Problem]) -> None:
        """Each problem at its field; one of another step below all fields."""
        here = set(self._step().fields)
        self.binder.show_problems(problems)
        others = [p for p in problems if p.field not in here]
        self._say(" ".join(dict.fromkeys(spoken(self.words, p) for p in others)))
        self.status.setText(self.words("Not saved yet"))

    def _say(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    def _log_cause(self) -> None:
        from pmdesk.actions.refusals import Refused
        from pmdesk.actions.risk_log import log_cause

        try:
            self.desk.do(log_cause, self.record, at=self.desk.now(), say=True)
        except Refused as refused:
            self._tell(list(refused.problems))

    def _show_step(self, *, anew: bool = True) -> None:
        """Show the present step; its fields only where it is another one than before."""
        words, step = self.words, self._step()
        self.step_title.setText(f"{self.present + 1}. {words(step.text)}")
        self.why.setText(words(step.why))
        if anew:
            self.binder.ask_only(step.fields)
            self._mark_needed(step.needs)
            self._say("")
            self.status.setText("" if self.record.id is None else words("Saved"))
        last = self.present == len(self.standings) - 1
        self.next.setText(words("Finish") if last else words("Next step"))
        self.back.setEnabled(self.present > 0)
        wanted = step.decides and self.kind.name == "complaint"
        self.log_cause.setVisible(wanted and self.record.issue_id is None)
        self._show_advice()
        self._show_steps()
        self._show_facts()

    def _mark_needed(self, names: Sequence[str]) -> None:
        """Say of each field that the step needs it, as forms do."""
        for name in names:
            caption = self.form.findChild(QLabel, f"{name}_label")
            if caption is not None and not caption.text().endswith("*"):
                caption.setText(f"{caption.text()} *")

    def _show_advice(self) -> None:
        text = self.path.advice(self._typed(), self._step())
        self.advice.setText(self.words(text) if text else "")
        self.advice.setVisible(bool(text))

    def _show_steps(self) -> None:
        words = self.words
        shown = [
            ShownStep(words(s.step.text), say(words, s.day) if s.day else "", s.state,
                      words(_STATES[s.state]), s.late)
            for s in self.standings
        ]  # fmt: skip
        self.steps.show_steps(shown, self.present)
        what = self.path.title(self._rel(), self.record)
        short = what if len(what) <= _TITLE_LETTERS else f"{what[:_TITLE_LETTERS]}…"
        done = sum(s.state == "done" for s in self.standings)
        progress = words("{n} of {all} steps done", n=done, all=len(shown))
        self.remark.setText(
            " · ".join(part for part in (self.client.name, progress, short) if part)
        )

    def _show_facts(self) -> None:
        rel = self._rel()
        self.facts.show_of(rel, self.record, self.path.facts(rel, self.record))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.binder.fit_texts)

    def keyPressEvent(self, event) -> None:
        """Enter in a field of one line goes on."""
        focus = self.window().focusWidget()
        in_form = focus is not None and self.form.isAncestorOf(focus)
        if (
            in_form
            and isinstance(focus, QLineEdit | QComboBox)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.go_on()
        else:
            super().keyPressEvent(event)
