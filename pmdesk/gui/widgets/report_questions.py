"""The questions of a report as the window asks them: a list, two days, a box to tick."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, NoReturn

from PySide6.QtWidgets import QCheckBox, QLineEdit

from pmdesk.answers.client_summary import Period
from pmdesk.gui.desk import Desk
from pmdesk.gui.field_texts import Unclear
from pmdesk.gui.forms import spoken
from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.day_lines import help_with_day
from pmdesk.gui.widgets.parts import shortened
from pmdesk.gui.widgets.report_choosing import ChosenMenu, choices
from pmdesk.gui.widgets.report_question import Question
from pmdesk.records.client import Client
from pmdesk.records.problems import NO_DAY, Problem
from pmdesk.records.project import Project
from pmdesk.report.asks import Ask, Chosen, Days, OneOf, OneProject, Request, YesOrNo
from pmdesk.report.declare import ReportKind
from pmdesk.typed.days import day
from pmdesk.typed.spelled import sort_key
from pmdesk.words import mark

_LONGEST = 30


def asked(
    ask: Ask,
    desk: Desk,
    changed: Callable[[], Any],
    client: Client | None = None,
    kind: ReportKind[Any] | None = None,
) -> Question:
    """The question in the window; `changed` is called with each new answer.

    `client` is whose report it is, `kind` what its parts and charts are chosen from.
    """
    match ask:
        case OneOf():
            return _OneOf(ask, desk, changed)
        case Days():
            return _Days(ask, desk, changed)
        case YesOrNo():
            return _YesOrNo(ask, desk, changed)
        case Chosen():
            return ChosenMenu(ask, partial(choices, kind, ask, desk.words), desk, changed)
        case OneProject():
            return _OneProject(ask, desk, changed, client)


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

    def use(self, given: Any) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(given)))


class _OneProject(Question):
    """A list of the client's projects; not asked where the client has none."""

    def __init__(
        self, ask: OneProject, desk: Desk, changed: Callable[[], Any], client: Client | None
    ) -> None:
        self.box = Choice()
        super().__init__(ask.field, self.box)
        self.box.setAccessibleName(desk.words(ask.label))
        self.box.addItem(desk.words("All projects"), 0)
        if client is not None:
            projects = desk.journal.find(Project, "client_id = ?", [client.id])
            for project in sorted(projects, key=lambda one: sort_key(one.name)):
                self.box.addItem(shortened(project.name, _LONGEST), project.id)
        self.box.activated.connect(lambda _index: changed())

    def answer(self) -> int:
        return int(self.box.currentData())

    def use(self, given: int) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(given)))

    def show_for(self, _request: Request) -> None:
        self.box.setVisible(self.box.count() > 1)


class _YesOrNo(Question):
    def __init__(self, ask: YesOrNo, desk: Desk, changed: Callable[[], Any]) -> None:
        self.box = QCheckBox(desk.words(ask.label))
        super().__init__(ask.field, self.box)
        self._when = ask.when
        self.box.clicked.connect(lambda _ticked: changed())

    def answer(self) -> bool:
        return self.box.isChecked()

    def use(self, given: bool) -> None:
        self.box.setChecked(given)

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
            box.setFixedWidth(theme.px(190))
            box.editingFinished.connect(changed)
            help_with_day(box, desk, ahead=False).taken.connect(changed)

    def use(self, given: Period) -> None:
        for box, known in zip((self.first, self.last), given, strict=True):
            box.setText(known.isoformat() if known else "")

    def answer(self) -> Period:
        days = [self._day(box) for box in (self.first, self.last)]
        if days[0] and days[1] and days[1] < days[0]:
            self._refuse(
                self.last, Problem(self.field, mark("The last day lies before the first."))
            )
        return Period(*days)

    def _day(self, box: QLineEdit) -> date | None:
        """The day that stands in a box, written as dates are; None of an empty one."""
        self._mark(box, "")
        text = box.text().strip()
        if not text:
            return None
        try:
            typed = day(text, today=self._desk.local_now().date(), ahead=False)
        except ValueError:
            self._refuse(box, Problem(self.field, NO_DAY, {"text": text}))
        box.setText(typed.isoformat())
        return typed

    def _refuse(self, box: QLineEdit, problem: Problem) -> NoReturn:
        self._mark(box, spoken(self._desk.words, problem))
        raise Unclear(problem)

    def _mark(self, box: QLineEdit, sentence: str) -> None:
        """Show at the box that something is wrong with it; the page says the sentence."""
        box.setAccessibleDescription(sentence)
        mark_widget(box, "problem", bool(sentence))
