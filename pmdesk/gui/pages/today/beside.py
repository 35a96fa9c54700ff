"""Beside what is owed: the meetings of the next days, and what was written down yesterday."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.answers.appointments import upcoming
from pmdesk.answers.clients import client_names
from pmdesk.answers.text.markdown import plain_lines
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import JOURNAL
from pmdesk.gui.widgets.parts import Card, TwoLineRow, button, clear, label, rule
from pmdesk.records.entry import Entry

_AHEAD: Final = timedelta(days=7)
_MEETINGS: Final = 5
_LINES: Final = 400


class Beside(QWidget):
    """Two cards; each says so where there is nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._words = desk, desk.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._meetings = Card(desk.words("Next meetings"), desk.words("7 days"))
        self._rows = QVBoxLayout()
        self._meetings.body.addLayout(self._rows)
        self._page = Card(desk.words("Last page"))
        self._text = label("", "muted", wrap=True)
        self._page.body.addWidget(self._text)
        self._page.add_act(button(desk.words("Open"), partial(desk.show, JOURNAL), quiet=True))
        column.addWidget(self._meetings)
        column.addWidget(self._page)
        column.addStretch(1)

    def show_day(self, at: datetime) -> None:
        """What lies ahead of `at`, and the last entry before today."""
        self._show_meetings(at)
        self._show_entry(at)

    def _show_meetings(self, at: datetime) -> None:
        clear(self._rows)
        desk, words = self._desk, self._words
        found = upcoming(desk.journal, at=at, within=_AHEAD)[:_MEETINGS]
        if not found:
            text = words("None planned. Capture one: “Pine tomorrow 15:00 meeting”.")
            self._rows.addWidget(label(text, "muted", wrap=True))
            return
        names = client_names(desk.journal)
        for n, meeting in enumerate(found):
            if n:
                self._rows.addWidget(rule())
            when = words.short_moment(meeting.at, desk.zone()) if meeting.at else ""
            who = " · ".join(
                part for part in (names.get(meeting.client_id or 0, ""), meeting.who, meeting.place)
                if part
            )  # fmt: skip
            open_ = button(words("Open"), partial(desk.edit, meeting), quiet=True)
            self._rows.addWidget(TwoLineRow(f"{when}  {meeting.what}", who, [open_]))

    def _show_entry(self, at: datetime) -> None:
        today = at.astimezone(self._desk.zone()).date()
        found = self._desk.journal.find(
            Entry, "day < ?", [today.isoformat()], order="day DESC, id DESC", limit=1
        )
        day = found[0].day if found else None
        if day is None:
            self._page.remark.setText("")
            self._text.setText(self._words("Nothing written down yet."))
            return
        entry = found[0]
        self._page.remark.setText(self._words.date(day))
        text = " · ".join(plain_lines(entry.text))
        self._text.setText(text if len(text) <= _LINES else f"{text[:_LINES].rstrip()}…")
