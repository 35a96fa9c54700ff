"""Asks until when something owed can wait, and why; what is not understood is said at the field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pmdesk.actions.put_off import put_off
from pmdesk.actions.refusals import Refused
from pmdesk.answers.owed.row import Owed
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import spoken
from pmdesk.gui.widgets.day_lines import help_with_day
from pmdesk.gui.widgets.parts import button, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.records.problems import NO_DAY
from pmdesk.typed.days import day


class PutOff(QWidget):
    """One line: until when, why, Put off."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._words = desk, desk.words
        self._one: Owed | None = None
        words = desk.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = WrappedRow(gap=8)
        self.until, self.why = QLineEdit(), QLineEdit()
        for text, field, wide in (
            (words("Put off until"), self.until, 144),
            (words("because"), self.why, 260),
        ):
            caption = label(text, "")
            caption.setBuddy(field)
            field.setAccessibleName(text)
            field.setFixedWidth(round(wide * max(1.0, desk.settings.scale / 100)))
            field.returnPressed.connect(self._keep)
            row.addWidget(caption)
            row.addWidget(field)
        self.until.setPlaceholderText(words("fri, +3, 12-03"))
        help_with_day(self.until, desk, ahead=True)
        row.addWidget(button(words("Put off"), self._keep, primary=True))
        row.addWidget(button(words("Cancel"), self.end, quiet=True))
        column.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        column.addWidget(self.problem)
        escape = QShortcut(QKeySequence("Esc"), self, self.end)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def ask(self, one: Owed, *, until: str = "", why: str = "") -> None:
        """Ask of something owed; what is known already stands there."""
        self._one = one
        self._tell("")
        self.until.setText(until)
        self.why.setText(why)
        self.show()
        first = self.why if until and not why else self.until
        first.setFocus()
        first.selectAll()

    def end(self) -> None:
        """Let it be."""
        self.hide()
        self.ended.emit()

    def _tell(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        for field in (self.until, self.why):
            field.setAccessibleDescription(sentence)

    def _keep(self) -> None:
        text = self.until.text().strip()
        until = None
        if text:
            try:
                until = day(text, today=self._desk.local_now().date(), ahead=True)
            except ValueError:
                self._tell(self._words(NO_DAY, text=text))
                self.until.setFocus()
                return
        if self._one is None:
            return
        try:
            done = self._desk.do(
                put_off, self._one, why=self.why.text(), until=until, at=self._desk.now(), say=True
            )
        except Refused as refused:
            self._tell(" ".join(spoken(self._words, problem) for problem in refused.problems))
            at_day = any(problem.field == "until" for problem in refused.problems)
            (self.until if at_day else self.why).setFocus()
            return
        if done is not None:
            self.end()
