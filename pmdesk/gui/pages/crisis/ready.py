"""What is ready for a crisis: the plans of all clients, a way to begin one, what is still to be learned."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pmdesk.actions.crisis import begin, crisis_of
from pmdesk.actions.refusals import Refused
from pmdesk.answers.clients import client_names
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import Card, TwoLineRow, badge, button, clear, in_line, label, rule
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.crisis import Crisis, CrisisPlan


class Ready(QWidget):
    """Begin, plans, post-mortems that are due."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._words = desk, desk.words
        words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        start = Card(words("A crisis without a plan"), words("it can be given one later"))
        row = WrappedRow(gap=8)
        self.client = Choice()
        self.client.setAccessibleName(words("Client"))
        self.what = QLineEdit()
        self.what.setAccessibleName(words("What happened"))
        self.what.setPlaceholderText(words("What happened"))
        self.what.setMinimumWidth(round(260 * desk.settings.scale / 100))
        self.what.returnPressed.connect(self._begin_bare)
        row.addWidget(self.client)
        row.addWidget(self.what)
        row.addWidget(button(words("It has happened"), self._begin_bare, primary=True))
        start.body.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        start.body.addWidget(self.problem)
        body.addWidget(start)
        self._due = Card(
            words("To be learned from"), words("over, and nothing written down of why")
        )
        self._due_rows = QVBoxLayout()
        self._due.body.addLayout(self._due_rows)
        body.addWidget(self._due)
        self._plans = Card(words("Plans"))
        self._plan_rows = QVBoxLayout()
        self._plans.body.addLayout(self._plan_rows)
        body.addWidget(self._plans)

    def show_ready(self, *, compact: bool) -> None:
        """What is ready now; `compact` leaves the plans out while something runs."""
        names = client_names(self._desk.journal)
        chosen = self.client.currentData()
        self.client.clear()
        for id_, name in names.items():
            self.client.addItem(name, id_)
        self.client.setCurrentIndex(max(0, self.client.findData(chosen)))
        self._show_due(names)
        self._plans.setVisible(True)
        self._show_plans(names, compact=compact)

    def _show_due(self, names: dict[int, str]) -> None:
        clear(self._due_rows)
        words, desk = self._words, self._desk
        over = desk.journal.find(
            Crisis, "stood_down_at IS NOT NULL AND rehearsal = 0", order="stood_down_at DESC, id"
        )
        due = [c for c in over if not (c.causes.strip() and c.actions.strip())]
        for crisis in due:
            write = button(words("Post-mortem…"), partial(self._post_mortem, crisis))
            name = names.get(crisis.client_id or 0, "")
            self._due_rows.addWidget(TwoLineRow(crisis.title, name, [write]))
        self._due.setVisible(bool(due))

    def _show_plans(self, names: dict[int, str], *, compact: bool) -> None:
        clear(self._plan_rows)
        words, desk = self._words, self._desk
        plans = desk.journal.find(CrisisPlan, order="client_id, level, id")
        self._plans.remark.setText(words.number(len(plans), 0) if plans else "")
        if not plans:
            text = words(
                "No plan yet. A client's Crisis tab makes one, from a template or for a risk."
            )
            self._plan_rows.addWidget(label(text, "muted", wrap=True))
            return
        rows = []
        for plan in plans:
            missing = len(plan.missing)
            state = (
                badge(words("missing parts: {n}", n=missing), "warn")
                if missing
                else badge(words("complete"), "good")
            )
            right: list[QWidget] = [
                button(words("It has happened"), partial(self._begin_planned, plan, False)),
                button(words("Rehearse"), partial(self._begin_planned, plan, True), quiet=True),
            ]
            if not compact:
                right.append(button(words("Open"), partial(desk.edit, plan), quiet=True))
            second = " · ".join(
                p for p in (names.get(plan.client_id or 0, ""), plan.level.value, plan.owner) if p
            )
            rows.append(TwoLineRow(plan.scenario, second, right, state))
        for n, row in enumerate(rows):
            if n:
                self._plan_rows.addWidget(rule())
            self._plan_rows.addWidget(row)
        in_line(rows)

    def _begin_bare(self) -> None:
        desk = self._desk
        client = self.client.currentData()
        if client is None:
            self._tell(self._words("There is no client yet."))
            return
        crisis = crisis_of(
            None, client_id=int(client), title=self.what.text().strip(), at=desk.now()
        )
        if self._begin(crisis):
            self.what.clear()

    def _begin_planned(self, plan: CrisisPlan, rehearsal: bool) -> None:
        desk = self._desk
        crisis = crisis_of(plan, client_id=int(plan.client_id or 0), title=plan.scenario, at=desk.now(),
                           rehearsal=rehearsal)  # fmt: skip
        self._begin(crisis)

    def _begin(self, crisis: Crisis) -> bool:
        self._tell("")
        try:
            done = self._desk.do(begin, crisis, at=self._desk.now(), say=True)
        except Refused as refused:
            self._tell(" ".join(spoken(self._words, problem) for problem in refused.problems))
            return False
        return done is not None

    def _tell(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))

    def _post_mortem(self, crisis: Crisis) -> None:
        from pmdesk.gui.panels.post_mortem_panel import PostMortemPanel

        self._desk.open_panel(partial(PostMortemPanel, self._desk, crisis))
