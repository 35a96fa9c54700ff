"""The filters of a list in a row, and below them in a line what they leave."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.people import Person
from pmdesk.gui.sieve_words import OWN_DAYS, PERIODS, SIDES, days_back, kinds_offered, told
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.day_lines import help_with_day
from pmdesk.gui.widgets.parts import button, label
from pmdesk.gui.widgets.people_help import PeopleHelp
from pmdesk.gui.widgets.typing_line import TypingLine
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.sieve import Sieve
from pmdesk.records.problems import NO_DAY
from pmdesk.typed.days import day

_TEXT, _KIND, _PERSON, _DAY = 170, 152, 130, 116  # widths at 100 %
_ROOM = 40


class SieveBar(QWidget):
    """Filters of one list. `changed` tells of another sieve, `left` that the list is to go on."""

    changed = Signal()
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        kinds: Iterable[str],
        people: Callable[[], list[Person]],
        *,
        with_text: bool,
    ) -> None:
        """`people()` are those who can be named; without a text there is another line for it."""
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.words = desk, desk.words
        words = desk.words
        self.sieve = Sieve()
        self._counted = ""
        self._with_text = with_text
        self._beside: QWidget | None = None
        self._folded = False
        self._offered: dict[Choice, list[Any]] = {}
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        self.row = WrappedRow(gap=8)
        self.text = self._line(words("Words in it"), _TEXT)
        if not with_text:
            self.text.hide()
        self.kind = self._choice(words("Kind"), kinds_offered(words, kinds))
        self.person = self._line(words("Person"), _PERSON)
        PeopleHelp(self.person, words, people).taken.connect(self._read)
        self.side = self._choice(words("Direction"), [(words(text), way) for text, way in SIDES])
        periods = [(words(text), days) for text, days in PERIODS]
        self.period = self._choice(words("Period"), periods)
        self.first = self._line(words("First day"), _DAY, words("from: 1 Oct"))
        self.last = self._line(words("Last day"), _DAY, words("to: today"))
        for line in (self.first, self.last):
            help_with_day(line, desk, ahead=False).taken.connect(self._read)
        self.more = QPushButton(words("Filters"))
        self.more.setCheckable(True)
        self.more.toggled.connect(lambda: self._fit())
        parts = (self.kind, self.person, self.side, self.period, self.first, self.last)
        for part in (self.text, self.more, *parts):
            self.row.addWidget(part)
        self._hidden = parts
        body.addLayout(self.row)
        self.below = QHBoxLayout()
        self.below.setSpacing(8)
        self.told = label("", gives_way=True)
        self.clear_all = button(words("Clear filters"), self.clear, quiet=True)
        self.below.addWidget(self.told, 1)
        self.below.addWidget(self.clear_all)
        body.addLayout(self.below)
        self._show()

    def _line(self, name: str, width: int, hint: str = "") -> TypingLine:
        line = TypingLine(name, hint)
        line.setFixedWidth(self._px(width))
        line.typed.connect(self._read)
        line.entered.connect(self._enter)
        line.left.connect(self.left)
        return line

    def _choice(self, name: str, offered: list[tuple[str, Any]]) -> Choice:
        choice = Choice()
        choice.setAccessibleName(name)
        choice.addItems([text for text, _data in offered])
        wide = min(choice.sizeHint().width(), self._px(_KIND))
        choice.setFixedWidth(wide)  # the longest name of a kind is cut, the list shows it whole
        choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0) + self._px(_ROOM))
        # kept here: Qt would hand a pair back as a list
        self._offered[choice] = [data for _text, data in offered]
        choice.currentIndexChanged.connect(lambda: self._read())
        return choice

    def _px(self, length: int) -> int:
        return round(length * self.desk.settings.scale / 100)

    def _chosen(self, choice: Choice) -> Any:
        return self._offered[choice][choice.currentIndex()]

    def use(self, sieve: Sieve) -> None:
        """Stand as that sieve says, without telling anybody."""
        self.sieve = sieve
        self._show()

    def clear(self) -> None:
        """Ask for nothing any more."""
        self.loosen(*self.sieve.asked)

    def loosen(self, *filters: str) -> None:
        """Let go of some filters."""
        self.use(self.sieve.without(*filters))
        self.changed.emit()

    def say(self, counted: str) -> None:
        """Tell how many there are, and behind it by what they were chosen."""
        self._counted = counted
        parts = told(self.words, self.sieve).values()
        self.told.setText(" · ".join([counted, *parts] if counted else parts))
        mark_widget(self.told, "role", "muted")

    def _enter(self) -> None:
        self._read()
        self.left.emit()

    def _read(self) -> None:
        kind, channel = self._chosen(self.kind)
        first, last = self._days()
        new = Sieve(
            self.text.text(),
            kind,
            channel,
            self.person.text(),
            self._chosen(self.side),
            first,
            last,
        )
        self._fit()
        if new != self.sieve:
            self.sieve = new
            self.clear_all.setVisible(bool(new.asked))
            self.changed.emit()
        self._show_problem()

    def _days(self) -> tuple[date | None, date | None]:
        back, today = self._chosen(self.period), self.desk.local_now().date()
        if back is None:
            return None, None
        if back != OWN_DAYS:
            return today - timedelta(days=back), None
        return self._day(self.first), self._day(self.last)

    def _day(self, line: TypingLine) -> date | None:
        with suppress(ValueError, OverflowError):
            return day(line.text(), today=self.desk.local_now().date(), ahead=False)
        return None

    def _show_problem(self) -> None:
        """Where a day is typed that is none, say so: the rest is narrowed all the same."""
        self.say(self._counted)
        for line in (self.last, self.first):
            wrong = not line.isHidden() and bool(line.text().strip()) and self._day(line) is None
            mark_widget(line, "problem", wrong)
            if wrong:
                self.told.setText(self.words(NO_DAY, text=line.text().strip()))
                mark_widget(self.told, "role", "bad")

    def _show(self) -> None:
        sieve = self.sieve
        back = days_back(sieve, self.desk.local_now().date())
        self.text.show_text(sieve.text)
        self.person.show_text(sieve.person)
        for box, value in (
            (self.kind, (sieve.kind, sieve.channel)),
            (self.side, sieve.direction),
            (self.period, back),
        ):
            held = QSignalBlocker(box)
            box.setCurrentIndex(self._offered[box].index(value))
            held.unblock()
        for line, own in ((self.first, sieve.since), (self.last, sieve.until)):
            line.show_text(own.isoformat() if own and back == OWN_DAYS else "")
            mark_widget(line, "problem", False)
        self.clear_all.setVisible(bool(sieve.asked))
        self._fit()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def add_beside(self, widget: QWidget) -> None:
        """Put something of the list itself at the end of the line that tells what is left."""
        self._beside = widget
        self.below.addWidget(widget)
        self._fit()

    def _fit(self) -> None:
        """All in one line, or all but the text behind a button where they take more."""
        days = (self.first, self.last)
        base = [part for part in self._hidden if part not in days]
        shown = [self.text, *base] if self._with_text else base
        wide = sum(part.minimumWidth() + self.row.spacing() for part in shown)
        folds = wide - self.row.spacing() > self.width()
        if self._beside is not None and folds != self._folded:
            self._folded = folds
            self._move(self._beside, folds=folds)
        self.more.setVisible(folds)
        own = self._chosen(self.period) == OWN_DAYS
        for part in self._hidden:
            wanted = own or part not in days
            part.setVisible(wanted and (not folds or self.more.isChecked()))
        self.row.invalidate()
        if (layout := self.layout()) is not None:
            # pressed for room Qt would take the lines of a row for one
            self.setMinimumHeight(layout.heightForWidth(max(self.width(), 1)))

    def _move(self, widget: QWidget, *, folds: bool) -> None:
        """Save its line where there is little room."""
        self.row.removeWidget(widget)
        self.below.removeWidget(widget)
        if folds:
            self.row.addWidget(widget)
        else:
            self.below.addWidget(widget)
