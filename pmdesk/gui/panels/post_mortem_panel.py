"""The side panel for what a crisis taught: facts from its log, causes, what is done, what changes."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pmdesk.actions.post_mortem import PLAN_FIELDS, Lessons, keep_post_mortem, timeline
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_room import room
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import button, label, rule, scrolled
from pmdesk.gui.widgets.revealing import reveal
from pmdesk.records.crisis import Crisis, CrisisPlan
from pmdesk.words import mark

_FIELDS: Final = {
    "facts": mark("Facts and timeline"),
    "causes": mark("Causes *"),
    "actions": mark("What we do now *"),
    "plan_change": mark("What changes in the plan, and why"),
}
_PLAN: Final = {
    "trigger": mark("Trigger, measurable"),
    "notices": mark("Whom to tell, a line each: whom | channel | within"),
    "steps": mark("Steps, a line each: who | within | what"),
    "criteria": mark("Recovered when"),
}
_LONGEST: Final = 200


class PostMortemPanel(QWidget):
    """Nothing is kept before “Keep it” is pressed; what is typed survives as a draft."""

    closed = Signal()

    def __init__(self, desk: Desk, crisis: Crisis) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(round(420 * max(1.0, desk.settings.scale / 125)))
        self._desk, self._words = desk, desk.words
        stored = desk.journal.get(Crisis, int(crisis.id or 0))
        self._crisis = stored or crisis
        plan_id = self._crisis.plan_id
        self._plan = None if plan_id is None else desk.journal.get(CrisisPlan, plan_id)
        words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 16, 12, 12)
        body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(words("Post-mortem"), "head"), 1)
        head.addWidget(button(words("Close"), self.close_panel, quiet=True))
        body.addLayout(head)
        body.addWidget(label(self._crisis.title, "muted", wrap=True))
        holder = QWidget()
        holder.setObjectName("panelBody")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 10, 0)
        self.fields: dict[str, QPlainTextEdit] = {}
        self.problems: dict[str, QLabel] = {}
        for name, text in _FIELDS.items():
            self._add(name, text, getattr(self._crisis, name))
        self._add_risk()
        if self._plan is not None:
            self._column.addSpacing(8)
            self._column.addWidget(label(words("The plan from now on"), "section"))
            for name, text in _PLAN.items():
                value = getattr(self._plan, name)
                self._add(name, text, value if isinstance(value, str) else "\n".join(value))
        self._column.addStretch(1)
        self.area = scrolled(holder)
        holder.setObjectName("panelBody")
        body.addWidget(self.area, 1)
        body.addWidget(rule())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(words("Keep it"), self._keep, primary=True))
        body.addLayout(foot)
        self._take_up()
        for key, act in (("Esc", self.close_panel), ("Ctrl+S", self._keep)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _add(self, name: str, text: str, value: str) -> None:
        field = QPlainTextEdit()
        caption = label(self._words(text), "", wrap=True)
        caption.setBuddy(field)
        field.setAccessibleName(self._words(text).rstrip(" *"))
        field.setTabChangesFocus(True)
        field.setMinimumHeight(72)
        grow_with_text(field)
        field.setPlainText(value)
        problem = label("", "problem", wrap=True)
        problem.hide()
        for part in (caption, field, problem):
            self._column.addWidget(part)
        self.fields[name], self.problems[name] = field, problem

    def _add_risk(self) -> None:
        """The cause as a risk, in words that can be changed; it follows the causes until then."""
        self.to_risk_log = QCheckBox(self._words("Put the cause into the risk log"))
        self.to_risk_log.setChecked(True)
        self.risk = QLineEdit()
        self.risk.setAccessibleName(self._words("Risk"))
        self.risk.setPlaceholderText(self._words("What may happen again"))
        self._risk_typed = False
        self.risk.textEdited.connect(self._on_risk)
        self.to_risk_log.toggled.connect(self.risk.setVisible)
        self._column.addWidget(self.to_risk_log)
        self._column.addWidget(self.risk)
        self.fields["causes"].textChanged.connect(self._follow_causes)
        self._follow_causes()

    def _on_risk(self) -> None:
        self._risk_typed = True

    def _follow_causes(self) -> None:
        if not self._risk_typed:
            first = self.fields["causes"].toPlainText().strip().partition("\n")[0]
            self.risk.setText(first[:_LONGEST])
            self.risk.setCursorPosition(0)

    def _take_up(self) -> None:
        """Facts to begin with, and what was typed here before and not kept."""
        seen = room(self._desk.journal, self._crisis)
        if seen is not None and not self.fields["facts"].toPlainText():
            self.fields["facts"].setPlainText(timeline(seen))
        self.keeper = DraftKeeper(self, self._desk, f"post_mortem:{self._crisis.id}", self._typed)
        if draft := self.keeper.found():
            for name, field in self.fields.items():
                field.setPlainText(draft.content.get(name, field.toPlainText()))
            self._risk_typed = bool(draft.content.get("risk"))
            if self._risk_typed:
                self.risk.setText(draft.content["risk"])
            self.to_risk_log.setChecked(bool(draft.content.get("to_risk_log", True)))
        for field in self.fields.values():
            field.textChanged.connect(self.keeper.soon)
        self.risk.textEdited.connect(self.keeper.soon)
        self.to_risk_log.toggled.connect(self.keeper.soon)

    def focus_first(self) -> None:
        self.fields["causes"].setFocus()

    def close_panel(self) -> None:
        self.closed.emit()

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {name: field.toPlainText() for name, field in self.fields.items()}
        risk = self.risk.text() if self._risk_typed else ""
        return typed | {"risk": risk, "to_risk_log": self.to_risk_log.isChecked()}

    def _lessons(self) -> Lessons:
        text = {name: field.toPlainText() for name, field in self.fields.items()}
        plan: dict[str, Any] = {}
        for name in PLAN_FIELDS if self._plan is not None else ():
            lines = tuple(line.strip() for line in text[name].splitlines() if line.strip())
            plan[name] = lines if name in ("notices", "steps") else text[name].strip()
        risk = self.risk.text() if self.to_risk_log.isChecked() else ""
        return Lessons(**{name: text[name] for name in _FIELDS}, risk=risk, plan=plan)

    def _keep(self) -> None:
        desk = self._desk
        for name, problem in self.problems.items():
            problem.hide()
            mark_widget(self.fields[name], "problem", False)
        try:
            done = desk.do(keep_post_mortem, self._crisis, self._lessons(), at=desk.now(), say=True)
        except Refused as refused:
            for found in refused.problems:
                place = self.problems[found.field]
                place.setText(f"⚠ {spoken(self._words, found)}")
                place.show()
                mark_widget(self.fields[found.field], "problem", True)
            first = refused.problems[0].field
            reveal(self.fields[first], self.problems[first])
            return
        if done is not None:
            self.keeper.drop()
            self.close_panel()
