"""The side panel for what a crisis taught: facts from its log, causes, what is done, what changes."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pmdesk.actions.crisis import keep_post_mortem
from pmdesk.actions.refusals import Refused
from pmdesk.answers.crisis_room import room
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.widgets.growing import grow_with_text
from pmdesk.gui.widgets.parts import button, label, rule, scrolled
from pmdesk.records.crisis import Crisis
from pmdesk.words import mark

_FIELDS: Final = {
    "facts": mark("Facts and timeline"),
    "causes": mark("Causes *"),
    "actions": mark("What we do now *"),
    "plan_change": mark("What changes in the plan, a line each: who | within | what"),
}


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
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 10, 0)
        self.fields: dict[str, QPlainTextEdit] = {}
        self.problems = {}
        for name, text in _FIELDS.items():
            field = QPlainTextEdit()
            caption = label(words(text), "", wrap=True)
            caption.setBuddy(field)
            field.setAccessibleName(words(text).rstrip(" *"))
            field.setTabChangesFocus(True)
            field.setMinimumHeight(72)
            grow_with_text(field)
            field.setPlainText(getattr(self._crisis, name))
            problem = label("", "problem", wrap=True)
            problem.hide()
            for part in (caption, field, problem):
                column.addWidget(part)
            self.fields[name], self.problems[name] = field, problem
        self.to_risk_log = QCheckBox(words("Put the cause into the risk log"))
        self.to_risk_log.setChecked(True)
        column.addWidget(self.to_risk_log)
        column.addStretch(1)
        body.addWidget(scrolled(holder), 1)
        body.addWidget(rule())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(words("Keep it"), self._keep, primary=True))
        body.addLayout(foot)
        if not self.fields["facts"].toPlainText():
            self.fields["facts"].setPlainText(self._timeline())
        self.keeper = DraftKeeper(self, desk, f"post_mortem:{self._crisis.id}", self._typed)
        if draft := self.keeper.found():
            for name, field in self.fields.items():
                field.setPlainText(draft.content.get(name, ""))
        for field in self.fields.values():
            field.textChanged.connect(self.keeper.soon)
        for key, act in (("Esc", self.close_panel), ("Ctrl+S", self._keep)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def focus_first(self) -> None:
        self.fields["causes"].setFocus()

    def close_panel(self) -> None:
        self.closed.emit()

    def _typed(self) -> dict[str, str]:
        return {name: field.toPlainText() for name, field in self.fields.items()}

    def _timeline(self) -> str:
        """The log as lines with their times, the oldest first: facts to begin with."""
        seen = room(self._desk.journal, self._crisis)
        if seen is None:
            return ""
        lines = []
        for one in reversed(seen.log):
            at = one.at.astimezone(seen.zone) if one.at else None
            who = f"{one.who}: " if one.who and one.who != one.text else ""
            lines.append(f"{at:%m-%d %H:%M}  {who}{one.text}" if at else one.text)
        return "\n".join(lines)

    def _keep(self) -> None:
        desk = self._desk
        for problem in self.problems.values():
            problem.hide()
        try:
            done = desk.do(keep_post_mortem, self._crisis, **self._typed(),
                           to_risk_log=self.to_risk_log.isChecked(), at=desk.now(), say=True)  # fmt: skip
        except Refused as refused:
            for found in refused.problems:
                place = self.problems[found.field]
                place.setText(f"⚠ {spoken(self._words, found)}")
                place.show()
            self.fields[refused.problems[0].field].setFocus()
            return
        if done is not None:
            self.keeper.drop()
            self.close_panel()
