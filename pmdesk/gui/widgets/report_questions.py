"""The questions of a report as the window asks them: a list, two days, a box to tick."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMenu, QWidget

from pmdesk.answers.client_summary import Period
from pmdesk.gui.desk import Desk
from pmdesk.gui.forms import Unclear, spoken
from pmdesk.gui.theme import current_theme, mark_widget
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.parts import button, shortened
from pmdesk.records.client import Client
from pmdesk.records.problems import NO_DAY, Problem
from pmdesk.records.project import Project
from pmdesk.report.asks import Ask, Chosen, Days, OneOf, OneProject, Request, YesOrNo
from pmdesk.typed.days import day
from pmdesk.words import mark

_LONGEST = 30


class Question(ABC):
    """A question with the widgets that ask it; `field` is that of the request."""

    def __init__(self, field: str, *widgets: QWidget) -> None:
        self.field, self.widgets = field, widgets

    @abstractmethod
    def answer(self) -> Any:
        """What is chosen; raises Unclear."""

    @abstractmethod
    def use(self, given: Any) -> None:
        """Take up an answer given before, without telling anybody."""

    def show_for(self, request: Request) -> None:  # noqa: B027 - most are always asked
        """Ask it only where it makes a difference."""

    def offer(self, parts: list[tuple[str, str]]) -> None:  # noqa: B027 - one asks for parts
        """The parts that there are to choose from, by name and title."""


def asked(
    ask: Ask, desk: Desk, changed: Callable[[], Any], client: Client | None = None
) -> Question:
    """The question in the window; `changed` is called with each new answer. `client` is whose report it is."""
    match ask:
        case OneOf():
            return _OneOf(ask, desk, changed)
        case Days():
            return _Days(ask, desk, changed)
        case YesOrNo():
            return _YesOrNo(ask, desk, changed)
        case Chosen():
            return _Chosen(ask, desk, changed)
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
            for project in desk.journal.find(Project, "client_id = ?", [client.id], order="name"):
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


class _Chosen(Question):
    """A menu of the parts: each can be left out, or moved up."""

    def __init__(self, ask: Chosen, desk: Desk, changed: Callable[[], Any]) -> None:
        self.box = button(f"{desk.words(ask.label)} ▾", self._show)
        super().__init__(ask.field, self.box)
        self._desk, self._changed = desk, changed
        self._offered: list[tuple[str, str]] = []
        self._order: list[str] = []
        self._out: set[str] = set()

    def offer(self, parts: list[tuple[str, str]]) -> None:
        """The parts that there are, by name and title."""
        self._offered = parts
        known = [name for name, _ in parts]
        self._order = [name for name in self._order if name in known]
        self._order += [name for name in known if name not in self._order]

    def answer(self) -> tuple[str, ...] | None:
        wanted = tuple(name for name in self._order if name not in self._out)
        return None if wanted == tuple(name for name, _ in self._offered) else wanted

    def use(self, given: tuple[str, ...] | None) -> None:
        known = [name for name, _ in self._offered]
        wanted = known if given is None else [name for name in given if name in known]
        left = [name for name in known if name not in wanted]
        self._order, self._out = [*wanted, *left], set(left)

    def _show(self) -> None:
        menu = QMenu(self.box)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        titles = dict(self._offered)
        for name in self._order:
            act = menu.addAction(titles[name])
            act.setCheckable(True)
            act.setChecked(name not in self._out)
            act.toggled.connect(lambda wanted, name=name: self._take(name, wanted=wanted))
        menu.addSeparator()
        upwards = menu.addMenu(self._desk.words("Move up"))
        for name in [name for name in self._order if name not in self._out][1:]:
            act = upwards.addAction(titles[name])
            act.triggered.connect(lambda _=False, name=name: self._move(name))
        menu.popup(self.box.mapToGlobal(self.box.rect().bottomLeft()))

    def _take(self, name: str, *, wanted: bool) -> None:
        self._out = self._out - {name} if wanted else self._out | {name}
        self._changed()

    def _move(self, name: str) -> None:
        """Put a part before the one that is seen above it."""
        seen = [one for one in self._order if one not in self._out]
        above = seen[seen.index(name) - 1]
        self._order.remove(name)
        self._order.insert(self._order.index(above), name)
        self._changed()


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
