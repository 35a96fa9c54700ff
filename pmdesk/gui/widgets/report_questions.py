"""The questions of a report as the window asks them: a list, two days, a box to tick."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pmdesk.answers.client_summary import Period
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import Unclear
from pmdesk.gui.theme import current_theme
from pmdesk.gui.widgets.choice import Choice
from pmdesk.records.problems import NO_DAY, Problem
from pmdesk.report.asks import Ask, Days, OneOf, Request, YesOrNo
from pmdesk.typed.days import day
from pmdesk.words import mark


class Question(ABC):
    """A question with the widgets that ask it; `field` is that of the request."""

    def __init__(self, field: str, *widgets: QWidget) -> None:
        self.field, self.widgets = field, widgets

    @abstractmethod
    def answer(self) -> Any:
        """What is chosen; raises Unclear."""

    def show_for(self, request: Request) -> None:  # noqa: B027 - most are always asked
        """Ask it only where it makes a difference."""


def asked(ask: Ask, desk: Desk, changed: Callable[[], Any]) -> Question:
    """The question in the window; `changed` is called with each new answer."""
    match ask:
        case OneOf():
            return _OneOf(ask, desk, changed)
        case Days():
            return _Days(ask, desk, changed)
        case YesOrNo():
            return _YesOrNo(ask, desk, changed)


class _OneOf(Question):
    def __init__(self, ask: OneOf, desk: Desk, changed: Callable[[], Any]) -> None:
        self.box = Choice()
        super().__init__(ask.field, self.box)
        words = desk.words
        self.box.setAccessibleName(words(ask.label))
        for value, text in ask.choices:
            self.box.addItem(words(text), value)
        # the language of the window is that of the report, until another is chosen
        start = getattr(Request(words.language), ask.field)
        self.box.setCurrentIndex(self.box.findData(start))
        self.box.activated.connect(lambda _index: changed())

    def answer(self) -> Any:
        return self.box.currentData()


class _YesOrNo(Question):
    def __init__(self, ask: YesOrNo, desk: Desk, changed: Callable[[], Any]) -> None:
        self.box = QCheckBox(desk.words(ask.label))
        super().__init__(ask.field, self.box)
        self._when = ask.when
        self.box.clicked.connect(lambda _ticked: changed())

    def answer(self) -> bool:
        return self.box.isChecked()

    def show_for(self, request: Request) -> None:
        self.box.setVisible(self._when(request))


class _Days(Question):
    def __init__(self, ask: Days, desk: Desk, changed: Callable[[], Any]) -> None:
        self.first, self.last = QLineEdit(), QLineEdit()
        super().__init__(ask.field, self.first, self.last)
        self._desk, theme = desk, current_theme()
        for box, label in zip((self.first, self.last), ask.labels, strict=True):
            text = desk.words(label)
            box.setPlaceholderText(f"{text} 2026-01-31")
            box.setAccessibleName(text)
            box.setFixedWidth(theme.px(170))
            box.editingFinished.connect(changed)

    def answer(self) -> Period:
        today = self._desk.local_now().date()
        days = []
        for box in (self.first, self.last):
            text = box.text().strip()
            try:
                typed = day(text, today=today, ahead=False) if text else None
            except ValueError as error:
                raise Unclear(Problem(self.field, NO_DAY, {"text": text})) from error
            if typed is not None:
                box.setText(typed.isoformat())
            days.append(typed)
        if days[0] and days[1] and days[1] < days[0]:
            raise Unclear(Problem(self.field, mark("The last day lies before the first.")))
        return Period(*days)
