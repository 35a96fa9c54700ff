"""What is ready for a crisis: the plans of all clients, a way to begin one, what is still to be learned."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.crisis import begin
from pmdesk.answers.clients import client_names
from pmdesk.answers.crisis_ready import PlanLine, crisis_of, plan_lines, to_learn_from
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.crisis.begin_form import BeginForm
from pmdesk.gui.pages.crisis.doing import attempt
from pmdesk.gui.widgets.parts import (
    Card,
    TwoLineRow,
    badge,
    button,
    clear,
    in_line,
    label,
    rule,
    scrolled,
)
from pmdesk.records.crisis import Crisis, CrisisPlan
from pmdesk.words import mark

# What a plan lacks, in a word each.
_PARTS: Final = {
    "trigger": mark("trigger"),
    "owner": mark("owner"),
    "deputy": mark("deputy"),
    "notices": mark("whom to tell"),
    "statement_en": mark("text in English"),
    "statement_zh": mark("text in Chinese"),
    "steps": mark("steps"),
    "fix": mark("fix"),
    "criteria": mark("when it is over"),
}


class Ready(QWidget):
    """Begin, plans, post-mortems that are due. `begun` is told the crisis that runs."""

    def __init__(self, desk: Desk, begun: Callable[[Crisis], None]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._words, self._begun = desk, desk.words, begun
        words = desk.words
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(16)
        self._due = Card(
            words("To be learned from"), words("over, and nothing written down of why")
        )
        self._due_rows = QVBoxLayout()
        self._due.body.addLayout(self._due_rows)
        body.addWidget(self._due)
        self.form = BeginForm(desk, begun)
        body.addWidget(self.form)
        self._plans = Card(words("Crisis plans"), " ")
        self._plan_rows = QVBoxLayout()
        self._plans.body.addLayout(self._plan_rows)
        body.addWidget(self._plans)
        body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(holder))

    def show_ready(self) -> None:
        """What is ready now."""
        self.form.show_clients()
        self._show_due()
        self._show_plans()

    def _show_due(self) -> None:
        clear(self._due_rows)
        words, desk = self._words, self._desk
        names, due = client_names(desk.journal), to_learn_from(desk.journal)
        for n, crisis in enumerate(due):
            if n:
                self._due_rows.addWidget(rule())
            write = button(words("Post-mortem…"), partial(self._post_mortem, crisis))
            parts = [names.get(crisis.client_id or 0, ""), crisis.level.value]
            if crisis.stood_down_at is not None:
                over = words.short_moment(crisis.stood_down_at, desk.zone())
                parts.append(words("stood down {moment}", moment=over))
            self._due_rows.addWidget(TwoLineRow(crisis.title, " · ".join(parts), [write]))
        self._due.setVisible(bool(due))

    def _show_plans(self) -> None:
        clear(self._plan_rows)
        words, lines = self._words, plan_lines(self._desk.journal, self._desk.now())
        if not lines:
            self._plans.remark.setText("")
            text = words(
                "No plan yet. A client's Crisis tab makes one, from a template or for a risk."
            )
            self._plan_rows.addWidget(label(text, "muted", wrap=True))
            return
        ready = sum(line.ready for line in lines)
        self._plans.remark.setText(words("{n} of {all} ready", n=ready, all=len(lines)))
        rows = [self._row(line) for line in lines]
        for n, row in enumerate(rows):
            if n:
                self._plan_rows.addWidget(rule())
            self._plan_rows.addWidget(row)
        in_line(rows)

    def _row(self, line: PlanLine) -> TwoLineRow:
        words, desk, plan = self._words, self._desk, line.plan
        right: list[QWidget] = [
            button(words("It has happened"), partial(self._begin, plan, False)),
            button(words("Rehearse"), partial(self._begin, plan, True)),
            button(words("Open"), partial(desk.edit, plan), quiet=True),
        ]
        second = [line.client, plan.level.value, plan.owner]
        if line.missing:
            lacks = words(", ").join(words(_PARTS[name]) for name in line.missing)
            second.append(words("lacks: {what}", what=lacks))
        if line.rehearsed_on is None:
            second.append(words("never rehearsed"))
        else:
            second.append(words("rehearsed {day}, next by {due}",
                                day=words.date(line.rehearsed_on), due=words.date(line.rehearse_by)))  # fmt: skip
        if line.ready:
            state = badge(words("Ready"), "good")
        elif line.missing:
            state = badge(words("Incomplete"), "bad")
        else:
            state = badge(words("Rehearse"), "warn")
        return TwoLineRow(plan.scenario, " · ".join(part for part in second if part), right, state)

    def _begin(self, plan: CrisisPlan, rehearsal: bool) -> None:
        desk = self._desk
        crisis = crisis_of(plan, client_id=int(plan.client_id or 0), title=plan.scenario, at=desk.now(),
                           rehearsal=rehearsal)  # fmt: skip
        done = attempt(desk, begin, crisis)
        if done is not None:
            self._begun(done.crisis)

    def _post_mortem(self, crisis: Crisis) -> None:
        from pmdesk.gui.panels.post_mortem_panel import PostMortemPanel

        self._desk.open_panel(partial(PostMortemPanel, self._desk, crisis))
