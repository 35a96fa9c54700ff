"""The questions of an import as the window asks them: a list, a line, a day."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.actions.incoming.values import Asked
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.answers import fill_choice, named
from pmdesk.gui.pages.importing.columns import ColumnGrid, ColumnLine
from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import button, label
from pmdesk.records.problems import NO_DAY
from pmdesk.typed.days import day

_WIDEST: Final = 320
_DOWN: Final = 6


class QuestionRow(QWidget):
    """One question with its answer; what is proposed and must be said stands beside it to be taken."""

    def __init__(self, desk: Desk, asked: Asked, changed: Callable[[], Any]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._changed = desk, changed
        self.asked = asked
        self._given = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.caption = label("", "", wrap=True)
        left = QVBoxLayout()
        left.setContentsMargins(0, current_theme().px(_DOWN), 0, 0)  # on the line of the field
        left.addWidget(self.caption)
        left.addStretch(1)
        row.addLayout(left, 2)
        right = QVBoxLayout()
        right.setSpacing(3)
        fields = QHBoxLayout()
        self.box: Choice | QLineEdit = self._choice() if asked.choices else self._line()
        self.box.setMaximumWidth(current_theme().px(_WIDEST))
        self.caption.setBuddy(self.box)
        self.accept_button = button("", self._accept, quiet=True)
        fields.addWidget(self.box, 1)
        fields.addWidget(self.accept_button)
        fields.addStretch(0)
        right.addLayout(fields)
        self.problem = label("", "small", wrap=True)
        right.addWidget(self.problem)
        row.addLayout(right, 3)
        self.show_asked(asked)

    def _choice(self) -> Choice:
        box = Choice()
        box.activated.connect(lambda _index: self._take(box.currentData()))
        return box

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        line.editingFinished.connect(lambda: self._take(line.text().strip()))
        return line

    @property
    def answer(self) -> str:
        """What the person answered; nothing where the proposal holds."""
        return self._given

    @property
    def is_open(self) -> bool:
        """Whether it must be answered and has not been."""
        return self.asked.required and not self._given

    def show_asked(self, asked: Asked) -> None:
        """Take up what is asked and proposed now; an answer that is none any more is forgotten."""
        words = self._desk.words
        self.asked = asked
        today = self._desk.local_now().date()
        if self._given and not asked.takes(self._given, today):
            self._given = ""
        sentence = say(words, asked.sentence)
        self.caption.setText(sentence)
        self.box.setAccessibleName(sentence)
        holds = self._given or ("" if asked.required else asked.proposed)
        if isinstance(self.box, Choice):
            fill_choice(self.box, asked, holds, words)
        elif not self.box.hasFocus() and not self.has_problem:
            self.box.setText(holds)
            self.box.setPlaceholderText("2026-01-31" if asked.kind == "day" else "")
        proposed = asked.proposed if self.is_open else ""
        self.accept_button.setVisible(bool(proposed))
        self.accept_button.setText(words("Yes, {answer}", answer=named(asked, proposed, words)))
        if not self.has_problem:
            self._say(words("This needs an answer.") if self.is_open else "")

    @property
    def has_problem(self) -> bool:
        """Whether what stands in its line is no answer."""
        return bool(self.box.property("wrong"))

    def _accept(self) -> None:
        if isinstance(self.box, QLineEdit):
            self.box.setText(self.asked.proposed)
        self._take(self.asked.proposed)

    def _take(self, answer: str) -> None:
        if answer and self.asked.kind == "day":
            try:
                found = day(answer, today=self._desk.local_now().date())
            except ValueError:
                self.box.setProperty("wrong", True)
                self._given = ""
                self._say(self._desk.words(NO_DAY, text=answer), bad=True)
                return
            answer = found.isoformat()
        was_wrong = self.has_problem
        self.box.setProperty("wrong", False)
        holds = self._given or ("" if self.asked.required else self.asked.proposed)
        if isinstance(self.box, QLineEdit) and answer:
            self.box.setText(answer)
        if answer == holds and not was_wrong:
            return  # a field that is only left says nothing new
        self._given = answer
        self._say(self._desk.words("This needs an answer.") if self.is_open else "")
        self._changed()

    def insist(self) -> None:
        """Show that nothing goes on without it."""
        if not self.has_problem:
            self._say(self._desk.words("This needs an answer."), bad=True)
        self.box.setFocus()

    def _say(self, sentence: str, *, bad: bool = False) -> None:
        self.problem.setText(f"⚠ {sentence}" if bad else sentence)
        self.problem.setVisible(bool(sentence))
        self.problem.setObjectName("problem" if bad else "small")
        self.problem.style().unpolish(self.problem)
        self.problem.style().polish(self.problem)
        self.box.setAccessibleDescription(sentence)
        mark_widget(self.box, "problem", bad)


class Questions(QWidget):
    """All questions of an import in their order; a row stays as long as its question is asked."""

    def __init__(self, desk: Desk, changed: Callable[[], Any]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._changed = desk, changed
        self.rows: dict[str, QuestionRow | ColumnLine] = {}
        self.grids: dict[str, ColumnGrid] = {}
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(8)
        self.hide()

    def answers(self) -> Mapping[str, str]:
        """What the person answered, by the keys of the questions."""
        return {key: row.answer for key, row in self.rows.items() if row.answer}

    def show_asked(self, asked: Sequence[Asked]) -> None:
        """Ask these, and none beside them; those for the columns of a table stand together."""
        wanted = {one.key: one for one in asked}
        for key, row in list(self.rows.items()):
            now = wanted.get(key)
            if now is None or bool(now.choices) != bool(row.asked.choices):
                gone = self.rows.pop(key)
                for widget in (gone,) if isinstance(gone, QuestionRow) else gone.widgets:
                    _remove(widget)
        parts = {one.part: "" for one in asked if one.kind == "column"}
        for part in self.grids.keys() - parts.keys():
            _remove(self.grids.pop(part))
        rows: list[QWidget] = []
        grids: dict[QWidget, None] = {}
        for key, one in wanted.items():
            if key in self.rows:
                self.rows[key].show_asked(one)
            else:
                make = ColumnLine if one.kind == "column" else QuestionRow
                self.rows[key] = make(self._desk, one, self._changed)
            row = self.rows[key]
            if isinstance(row, QuestionRow):
                rows.append(row)
            else:
                grids[self._grid(row.asked.part)] = None
        for place, widget in enumerate((*rows, *grids)):
            self._body.insertWidget(place, widget)
        self.rows = {key: self.rows[key] for key in wanted}
        for part, grid in self.grids.items():
            grid.show_lines(self._lines(part), alone=len(self.grids) == 1)
        self.setVisible(bool(wanted))

    def _grid(self, part: str) -> ColumnGrid:
        """The columns of one table: they stand below what concerns all of it."""
        if part not in self.grids:
            self.grids[part] = ColumnGrid(self._desk)
        return self.grids[part]

    def _lines(self, part: str) -> Sequence[ColumnLine]:
        return [
            row
            for row in self.rows.values()
            if isinstance(row, ColumnLine) and row.asked.part == part
        ]

    def insist(self) -> bool:
        """Whether all that is needed is answered; what is not is marked, the first has the keyboard."""
        missing = [row for row in self.rows.values() if row.is_open or row.has_problem]
        for row in reversed(missing):
            row.insist()
        return not missing


def _remove(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
