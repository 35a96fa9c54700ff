"""Today: everything owed, the most pressing first; one key for each."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import IMPORT, REVIEW
from pmdesk.gui.pages.today.beside import Beside
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.owed_list import Head
from pmdesk.gui.widgets.owed_rows import OwedRows
from pmdesk.gui.widgets.parts import Card, EmptyState, button, label
from pmdesk.words import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pmdesk.answers.owed.today import Aside, Lookers, Row, Today
    from pmdesk.gui.pages.today.acts import Act

_OWED: Final = "urgency"
_GROUPS: Final = {
    _OWED: mark("by urgency"),
    "client": mark("by client"),
    "aside": mark("put off"),
}
# Below this width at 100 % what stands beside the list goes.
_WIDE: Final = 980
# The page is painted before what it needs is read.
_AFTER_PAINT_MS: Final = 30


class TodayPage(Page):
    """The list with the acts of the chosen row under it; beside it, where there is room, the day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._shown: Today | None = None
        self._wanted = ""
        self._lookers: Lookers | None = None
        self._aside: dict[int, Aside] = {}
        self.group = Choice()
        self.group.setAccessibleName(words("Group by"))
        for name, text in _GROUPS.items():
            self.group.addItem(words(text), name)
        self.group.setCurrentIndex(max(0, self.group.findData(desk.settings.today_by)))
        self.group.currentIndexChanged.connect(self._on_group)
        capture = button(words("Capture"), desk.capture)
        capture.setToolTip(f"{capture.text()} (Ctrl+N)")
        week = button(words("Weekly review"), lambda: desk.show(REVIEW), quiet=True)
        week.setToolTip(f"{week.text()} ({REVIEW.key})")
        self.head(words("Today"), "", (week, capture, self.group))
        self.add_tip("today")
        self.stack = QStackedWidget()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.stack, 5)
        self.beside = Beside(desk)
        row.addWidget(self.beside, 2)
        self.column.addLayout(row, 1)
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 8)
        self.rows = OwedRows(
            desk, words("What is owed"), self._acts_of, self._second, self._aside_of
        )
        card.body.addWidget(self.rows)
        self.stack.addWidget(card)
        self._empty: QWidget | None = None
        self._empty_says: tuple[str, ...] = ()
        desk.owing.changed.connect(self.refresh_when_seen)
        self._pending = label(words("Looking at what is owed…"), "muted")
        self.stack.addWidget(self._pending)
        self.stack.setCurrentWidget(self._pending)
        self.refresh()

    def concerns(self, changes: Any) -> bool:
        """What is owed tells by itself when it has changed."""
        del changes
        return False

    def arrive(self) -> None:
        QTimer.singleShot(_AFTER_PAINT_MS, self, self.desk.owing.ensure)

    def take_focus(self) -> None:
        """The list, else what can be done without it, else the page, which hands the keyboard on."""
        if self.stack.currentIndex() == 0:
            self.rows.list.setFocus()
        elif self._empty is not None and self.stack.currentWidget() is self._empty:
            (self._empty.findChild(QAbstractButton) or self).setFocus()
        else:
            self.setFocus()

    def choose(self, about: str) -> None:
        """Put the keyboard on the row that is called `about`, at once or when it is there."""
        self._wanted = about
        if not self._put_off_shown:
            self._find_wanted()
        else:
            self.group.setCurrentIndex(0)  # shows all rows anew

    def _find_wanted(self) -> None:
        for n, item in enumerate(self.rows.items):
            if not isinstance(item, Head) and item.owed.about == self._wanted:
                self._wanted = ""
                self.rows.list.choose_near(n)
                self.take_focus()
                return

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.beside.setVisible(self.width() >= _WIDE * self.desk.settings.scale / 100)

    def refresh(self) -> None:
        today = self.desk.owing.today
        if today is None:
            return
        self._shown = today
        from pmdesk.answers.owed.today import Lookers  # the page is painted before

        self._lookers = Lookers(self.desk.journal, today.at)
        self._say_how_much(today)
        self.beside.show_day(today.at)
        if today.aside if self._put_off_shown else today.rows:
            self.stack.setCurrentIndex(0)
            self._show_rows(today)
            if self.window().focusWidget() in {self, None}:
                self.take_focus()
        elif not self.desk.owing.busy:
            self._show_nothing()

    @property
    def _put_off_shown(self) -> bool:
        return bool(self.group.currentData() == "aside")

    def _say_how_much(self, today: "Today") -> None:
        words, n = self.words, len(today.rows)
        day = today.at.astimezone(self.desk.zone()).date()
        parts = []  # the day goes last: where it is narrow the end is cut
        if today.late:
            parts.append(words("{n} owed, {late} late", n=f"{n:,}", late=f"{today.late:,}"))
        elif n:
            parts.append(words("{n} owed", n=f"{n:,}"))
        if today.aside:
            parts.append(words("{n} put off", n=len(today.aside)))
        if self.desk.owing.left:
            parts.append(words("{n} still to be looked at", n=self.desk.owing.left))
        parts.append(words("{weekday}, {day}", weekday=words.weekday(day), day=words.date(day)))
        self.remark.setText(" · ".join(parts))

    def _show_rows(self, today: "Today") -> None:
        self._aside = {id(row): aside for row, aside in today.aside}
        self.rows.use(self._grouped(today))
        if self._wanted:
            self._find_wanted()
            self._wanted = ""  # what is not there now has been settled

    def _grouped(self, today: "Today") -> list[Any]:
        words = self.words
        if self._put_off_shown:
            title = words("Put off")
            rows = [row for row, _ in today.aside]
            return [Head(title, words.number(len(rows), 0)), *rows]
        if self.group.currentData() == "client":
            from pmdesk.answers.owed.today import by_client  # as above

            groups = [
                (name, words("{n} owed, {late} late", n=len(rows), late=sum(r.late for r in rows)),
                 rows)
                for name, rows in by_client(today.rows)
            ]  # fmt: skip
        else:
            late = [row for row in today.rows if row.late]
            coming = [row for row in today.rows if not row.late]
            groups = [
                (words("Late"), words.number(len(late), 0), late),
                (words("Next"), words.number(len(coming), 0), coming),
            ]
        items: list[Any] = []
        for title, remark, rows in groups:
            if rows:
                items += [Head(title, remark), *rows]
        return items

    def _second(self, row: "Row") -> str:
        """Whose it is, until when it is put off, why it stands there and its practice."""
        words = self.words
        parts = [] if self.group.currentData() == "client" else [row.client]
        aside = self._aside_of(row)
        if aside is not None:
            parts.append(words("until {day}: {why}", day=words.date(aside.until), why=aside.why))
        if self._lookers is not None:
            parts.append(self._lookers.reason(row.owed, words))
        parts.append(words(row.rule.practice.full))
        return " · ".join(part for part in parts if part)

    def _acts_of(self, row: "Row") -> "Sequence[Act]":
        """What can be done with a row; one that was put off can be brought back."""
        from pmdesk.gui.pages.today.acts import PUT_OFF_ACTS, acts_of  # with the first row

        return acts_of(row) if self._aside_of(row) is None else PUT_OFF_ACTS

    def _aside_of(self, row: "Row") -> "Aside | None":
        """Until when and why a row is put off."""
        return self._aside.get(id(row))

    def _on_group(self) -> None:
        if not self._put_off_shown:  # a look at what was put off is none to come back to
            self.desk.settings.today_by = self.group.currentData()
        self.refresh()

    def _show_nothing(self) -> None:
        """Nothing is owed or put off, or there is nobody yet to owe anything to."""
        said = self._nothing()
        if self._empty is None or said != self._empty_says:
            self._empty_says = said
            title, text, *act = said
            empty = EmptyState(title, text, (act[0], self._go_on) if act else None)
            if self._empty is not None:
                self.stack.removeWidget(self._empty)
                self._empty.deleteLater()
            self._empty = empty
            self.stack.addWidget(empty)
        had = self.window().focusWidget()
        self.stack.setCurrentWidget(self._empty)
        if had is not None and self.rows.isAncestorOf(had):
            self.take_focus()

    def _nothing(self) -> tuple[str, ...]:
        """What is said in the place of the rows, and the words of what can be done then."""
        words, today = self.words, self._shown
        if not self.desk.owing.standings:
            return (
                words("No client yet"),
                words("Drop a mailbox on this window, or write the first client down by hand."),
                words("Import"),
            )
        if self._put_off_shown:
            return (
                words("Nothing is put off"),
                words("What is put off stands here until its day has come."),
                words("See what is owed"),
            )
        if today is not None and today.aside:
            return (
                words("Nothing is owed for now"),
                words(
                    "{n} put off, the first comes back {day}.",
                    n=f"{len(today.aside):,}",
                    day=words.date(today.aside[0][1].until),
                ),
                words("See what is put off"),
            )
        return (
            words("Nothing is owed"),
            words(
                "No reply, promise, problem, report or meeting waits. This page fills by itself"
                " as time passes and records change."
            ),
        )

    def _go_on(self) -> None:
        """From an empty page to mail, or between what is owed and what is put off."""
        if not self.desk.owing.standings:
            self.desk.show(IMPORT)
        else:
            other = _OWED if self._put_off_shown else "aside"
            self.group.setCurrentIndex(self.group.findData(other))
            self.take_focus()
