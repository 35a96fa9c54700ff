"""The capture line (Ctrl+N): one line in, what was understood below it, Enter saves."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from pmdesk.actions.capture import capture
from pmdesk.answers.calendars import calendar_of, rules
from pmdesk.answers.text.capturing.asked import About, Question
from pmdesk.answers.text.capturing.chips import chips, question_said
from pmdesk.answers.text.capturing.known import Known, known
from pmdesk.answers.text.capturing.line import Understood, understand
from pmdesk.answers.text.capturing.making import records_of
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.panels.drafting import DraftKeeper
from pmdesk.gui.tips import Tip
from pmdesk.gui.widgets.parts import badge, button, clear, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.changes import Changes

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pmdesk.insight.worktime import CalendarRules

_MOST_KEYS = 9


class CaptureBar(QWidget):
    """Captures a contact, a plan, a promise, a problem, a need, or a thought for the journal.

    What the line leaves open is asked below it: Alt and a number choose, or Down and Enter.
    """

    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("capture")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._known = Known()
        self._calendar: CalendarRules | None = None
        self._chosen: dict[tuple[About, str], str] = {}
        self.choices: list[QPushButton] = []
        words = desk.words
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 6, 12, 8)
        body.setSpacing(4)
        self.line = QLineEdit()
        self.line.setAccessibleName(words("Capture"))
        self.line.setPlaceholderText(
            words("Pine call: promised the test report by Friday 17:00 #acceptance")
        )
        self.line.textChanged.connect(self._show)
        self.keeper = DraftKeeper(self, desk, "capture", lambda: {"line": self.line.text()})
        self.line.textEdited.connect(self._on_edit)
        self.line.returnPressed.connect(self._save)
        body.addWidget(self.line)
        self.tip = Tip(desk, "capture")
        body.addWidget(self.tip)
        self.chips = WrappedRow()
        body.addLayout(self.chips)
        self.questions = QVBoxLayout()
        self.questions.setSpacing(4)
        body.addLayout(self.questions)
        self._shortcut("Esc", self.finished.emit)
        for number in range(1, _MOST_KEYS + 1):
            self._shortcut(f"Alt+{number}", partial(self._choose_number, number))
        desk.changed.connect(self._on_changed)
        self._show()

    def _shortcut(self, key: str, act) -> None:
        shortcut = QShortcut(QKeySequence(key), self, act)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self) -> None:
        self._learn()
        draft = self.keeper.found()
        if draft is not None and not self.line.text():
            self.line.setText(draft.content["line"])
        self.show()
        self.tip.offer()
        self._show()
        self.line.setFocus()

    def _learn(self) -> None:
        """Whom the journal knows now, and when work is done."""
        journal = self._desk.journal
        self._known = known(journal, self._desk.settings.client or None)
        self._calendar = rules(calendar_of(journal, None))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch("client", "contact", "calendar"):
            self._learn()
            self._show()

    def _on_edit(self, text: str) -> None:
        if text.strip():
            self.keeper.soon()
        else:
            self.keeper.drop()
            self._chosen.clear()

    def understood(self) -> Understood:
        """What the line says as it stands, with what was chosen."""
        return understand(
            self.line.text(),
            self._known,
            at=self._desk.local_now(),
            calendar=self._calendar,
            chosen=self._chosen,
        )

    def _show(self) -> None:
        clear(self.chips)
        clear(self.questions)
        self.choices = []
        words = self._desk.words
        if not self.line.text().strip():
            self.chips.addWidget(
                label(words("Who, how, what, when, #tag · Enter saves, Esc closes"), "small")
            )
            return
        note = self.understood()
        read = [(say(words, chip.text), chip.state) for chip in chips(note, records_of(note))]
        for text, state in read:
            self.chips.addWidget(badge(text, state))
        self.line.setAccessibleDescription(words.clauses([text for text, _ in read]))
        for question in sorted(note.questions, key=lambda asked: asked.taken is not None):
            self._ask(question)
        if self.choices:
            self.questions.addWidget(
                label(words("Alt and the number, or ↓ and Enter, choose"), "small")
            )

    def _ask(self, question: Question) -> None:
        """A question with its readings; the one that holds is marked."""
        words = self._desk.words
        row = WrappedRow()
        asked = say(words, question_said(question))
        if question.taken is None:
            row.addWidget(badge(asked, "warn"))
        else:
            row.addWidget(label(asked, "small"))
        for option in question.options:
            number = len(self.choices) + 1
            text = say(words, option.text)
            choice = button(
                f"{number}  {text}" if number <= _MOST_KEYS else text,
                partial(self._choose, question, option.key),
            )
            choice.setProperty("choice", True)
            choice.setCheckable(True)
            choice.setChecked(option.key == question.taken)
            choice.setAccessibleName(f"{asked} {text}")
            if number <= _MOST_KEYS:
                choice.setToolTip(f"Alt+{number}")
            self.choices.append(choice)
            row.addWidget(choice)
        self.questions.addLayout(row)

    def _choose_number(self, number: int) -> None:
        if number <= len(self.choices):
            self.choices[number - 1].click()

    def _choose(self, question: Question, key: str) -> None:
        self._chosen[question.about, question.phrase] = key
        self._show()
        self.line.setFocus()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Down goes from the line to what it asks."""
        if event.key() == Qt.Key.Key_Down and self.choices and self.line.hasFocus():
            self._go_to_choices()
        else:
            super().keyPressEvent(event)

    def _go_to_choices(self) -> None:
        self.choices[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self) -> None:
        if not self.line.text().strip():
            return
        note = self.understood()
        if note.open:
            self._go_to_choices()  # the open questions stand first
            return
        done = self._desk.do(capture, note, at=note.at, say=True)
        if done is not None:
            self.line.setText("")  # not cleared: Ctrl+Z takes the act back, not the clearing
            self._chosen.clear()
            self.keeper.drop()
            self._desk.tips.end("capture")
            self.finished.emit()
