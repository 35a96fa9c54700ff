"""Menus of what a report is made of, its parts and its charts: left out, taken in, moved up."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from pmdesk.gui.desk import Desk
from pmdesk.gui.widgets.parts import button
from pmdesk.gui.widgets.report_question import Question
from pmdesk.report.asks import Chosen, Request
from pmdesk.report.declare import ReportKind
from pmdesk.report.insight_charts import offered
from pmdesk.words import Words


class Choices(NamedTuple):
    """What there is to choose from, by name and title, and what stands there unasked."""

    titles: dict[str, str]
    usual: tuple[str, ...]


def choices(kind: ReportKind[Any] | None, ask: Chosen, words: Words, wanted: Request) -> Choices:
    """The parts of a report, or the insights that its reader may see, each as its question."""
    if kind is None:
        return Choices({}, ())
    if ask.field == "charts" and kind.charts is not None:
        titles = {one.name: words(one.question) for one in offered(wanted)}
        return Choices(titles, tuple(n for n in kind.charts.usual(wanted) if n in titles))
    parts = [part for part in kind.parts if part.name and part.when(wanted)]
    return Choices({part.name: words(part.title) for part in parts}, tuple(p.name for p in parts))


class ChosenMenu(Question):
    """A menu of parts or charts; where nobody chose, it is as the kind of report has it."""

    def __init__(
        self,
        ask: Chosen,
        choices_for: Callable[[Request], Choices],
        desk: Desk,
        changed: Callable[[], Any],
    ) -> None:
        self.box = button(f"{desk.words(ask.label)} ▾", self._show)
        super().__init__(ask.field, self.box)
        self._desk, self._changed, self._choices_for = desk, changed, choices_for
        self._choices = Choices({}, ())
        self._order: list[str] = []
        self._out: set[str] = set()
        self._own = False

    def offer(self, wanted: Request) -> None:
        before, self._choices = self._choices, self._choices_for(wanted)
        known, usual = list(self._choices.titles), self._choices.usual
        if not self._own:
            self._take_up(usual)
            return
        new = [name for name in known if name not in before.titles]
        self._out |= {name for name in new if name not in usual}
        self._order = [name for name in self._order if name in known]
        self._order += [name for name in known if name not in self._order]

    def answer(self) -> tuple[str, ...] | None:
        wanted = tuple(name for name in self._order if name not in self._out)
        return None if wanted == self._choices.usual else wanted

    def use(self, given: tuple[str, ...] | None) -> None:
        known = self._choices.titles
        self._own = given is not None
        self._take_up(
            self._choices.usual if given is None else tuple(n for n in given if n in known)
        )

    def _take_up(self, wanted: tuple[str, ...]) -> None:
        left = [name for name in self._choices.titles if name not in wanted]
        self._order, self._out = [*wanted, *left], set(left)

    def _show(self) -> None:
        menu = QMenu(self.box)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        titles = self._choices.titles
        for name in self._order:
            act = menu.addAction(titles[name])
            act.setCheckable(True)
            act.setChecked(name not in self._out)
            act.toggled.connect(lambda wanted, name=name: self._take(name, wanted=wanted))
        menu.addSeparator()
        upwards = menu.addMenu(self._desk.words("Move up"))
        later = [name for name in self._order if name not in self._out][1:]
        upwards.setEnabled(bool(later))
        for name in later:
            act = upwards.addAction(titles[name])
            act.triggered.connect(lambda _=False, name=name: self._move(name))
        menu.popup(self.box.mapToGlobal(self.box.rect().bottomLeft()))

    def _take(self, name: str, *, wanted: bool) -> None:
        self._own = True
        self._out = self._out - {name} if wanted else self._out | {name}
        self._changed()

    def _move(self, name: str) -> None:
        """Put one before that which is seen above it."""
        self._own = True
        seen = [one for one in self._order if one not in self._out]
        above = seen[seen.index(name) - 1]
        self._order.remove(name)
        self._order.insert(self._order.index(above), name)
        self._changed()
