"""Which column of a table holds what: a field a line, with its column and what stands in it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pmdesk.actions.incoming.values import Asked
from pmdesk.answers.text.said import Said, say
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.importing.answers import fill_choice
from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import button, label
from pmdesk.words import Words, mark

_WIDEST: Final = 240
_HEADS: Final = (mark("Field"), mark("Column of the table"), mark("What it holds"))


class ColumnLine:
    """One field: its name, the list of columns, an example of what the chosen one holds."""

    def __init__(self, desk: Desk, asked: Asked, changed: Callable[[], Any]) -> None:
        self._words: Words = desk.words
        self._changed = changed
        self._given = ""
        self.caption = label("", "", wrap=True)
        self.caption.setMinimumWidth(0)
        self.box = Choice()
        self.box.setMaximumWidth(current_theme().px(_WIDEST))
        self.box.activated.connect(lambda _index: self._take(self.box.currentData()))
        self.caption.setBuddy(self.box)
        self.example = label("", "muted", gives_way=True)
        self.show_asked(asked)

    @property
    def widgets(self) -> tuple[QWidget, QWidget, QWidget]:
        """Its widgets in the order of the line."""
        return self.caption, self.box, self.example

    @property
    def answer(self) -> str:
        """What the person chose; nothing where the proposal holds."""
        return self._given

    @property
    def is_open(self) -> bool:
        """Whether a column must be chosen and none has been."""
        return self.asked.required and not self._given

    has_problem = False

    @property
    def is_taken(self) -> bool:
        """Whether some column fills the field."""
        return bool(self.asked.examples.get(self._holds) or self.is_open)

    @property
    def _holds(self) -> str:
        return self._given or ("" if self.asked.required else self.asked.proposed)

    def show_asked(self, asked: Asked) -> None:
        """Take up what is asked and proposed now."""
        self.asked = asked
        if self._given and self._given not in dict(asked.choices):
            self._given = ""
        name = say(self._words, asked.label) if isinstance(asked.label, Said) else asked.key
        self.caption.setText(name)
        self.box.setAccessibleName(say(self._words, asked.sentence))
        fill_choice(self.box, asked, self._holds, self._words)
        self.example.setText(asked.examples.get(self._holds, ""))
        self._mark(bad=False)

    def insist(self) -> None:
        """Show that nothing goes on without it."""
        self._mark(bad=True)
        self.box.setFocus()

    def _mark(self, *, bad: bool) -> None:
        sentence = self._words("This needs an answer.") if self.is_open else ""
        if sentence:
            self.example.setText(f"⚠ {sentence}" if bad else sentence)
        self.box.setAccessibleDescription(sentence)
        mark_widget(self.box, "problem", bad and bool(sentence))

    def _take(self, answer: str) -> None:
        if answer == self._holds:
            return
        self._given = answer
        self.example.setText(self.asked.examples.get(answer, ""))
        self._changed()


class ColumnGrid(QWidget):
    """The fields of one table.

    Those that no column fills wait behind a button, all of them where several tables come in.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self._lines: Sequence[ColumnLine] = ()
        self._is_all = False
        self._is_alone = True
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 4, 0, 4)
        body.setSpacing(6)
        self.title = label("", "", gives_way=True)
        self.more_button = button("", self._toggle, quiet=True)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.more_button)
        body.addLayout(top)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        for column, stretch in enumerate((3, 4, 5)):
            self._grid.setColumnStretch(column, stretch)
        body.addLayout(self._grid)
        self._heads = [label(desk.words(text), "muted") for text in _HEADS]
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)

    def show_lines(self, lines: Sequence[ColumnLine], *, alone: bool) -> None:
        """Show these fields in their order; `alone`: theirs is the only table."""
        self._lines, self._is_alone = tuple(lines), alone
        for row, line in enumerate(self._lines, start=1):
            for column, widget in enumerate(line.widgets):
                self._grid.addWidget(widget, row, column)
        self._show()

    def _toggle(self) -> None:
        self._is_all = not self._is_all
        self._show()

    def _show(self) -> None:
        words, lines = self._desk.words, self._lines
        taken = [line for line in lines if line.is_taken]
        shown = (
            lines if self._is_all else taken if self._is_alone else [x for x in taken if x.is_open]
        )
        for line in lines:
            for widget in line.widgets:
                widget.setVisible(line in shown)
        for head in self._heads:
            head.setVisible(bool(shown))
        part = lines[0].asked.part if lines else ""
        self.title.setText(
            words("Columns of “{name}”, taken: {n}", name=part, n=words.number(len(taken), 0))
        )
        hidden = len(lines) - len(shown)
        self.more_button.setVisible(bool(hidden) or self._is_all)
        if self._is_all:
            text = words("Show fewer fields")
        elif shown:
            text = words("More fields: {n}", n=words.number(hidden, 0))
        else:
            text = words("Show the columns")
        self.more_button.setText(text)
