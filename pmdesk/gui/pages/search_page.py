"""Search over everything, as you type, newest first, with the words marked."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from pmdesk.answers.clients import client_names
from pmdesk.answers.timeline import channels_of
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.page import Page
from pmdesk.gui.widgets.delegates import RowLook, kind_icon, painted_list
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.parts import Card, EmptyState
from pmdesk.journal.codec import moment_of
from pmdesk.journal.dated import Dated
from pmdesk.journal.naming import Names
from pmdesk.journal.search import Hit, Span, named_first, search
from pmdesk.records.kinds import KINDS

_FIRST = 200
_PAUSE_MS = 120


class SearchPage(Page):
    """A line to type in and what it finds."""

    kinds = tuple(KINDS)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        self._known = Names()
        self.head(
            words("Search"),
            words("Every word must occur; a name also in pinyin or initials, a day as 2026-11-20."),
        )
        self.line = QLineEdit()
        self.line.setPlaceholderText(words("Mail, calls, people, projects, journal…"))
        self.line.setAccessibleName(words("Search"))
        self.line.setClearButtonEnabled(True)
        self.column.addWidget(self.line)
        self.stack = QStackedWidget()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        self.table = painted_list(desk, words("Search results"), self._look)
        self.table.opened.connect(self._open)
        card.body.addWidget(self.table)
        self.stack.addWidget(card)
        self.stack.addWidget(
            EmptyState(words("What are you looking for?"), words("Results appear while you type."))
        )
        self.stack.addWidget(
            EmptyState(words("Nothing found"), words("Try fewer or shorter words."))
        )
        self.stack.setCurrentIndex(1)
        self.column.addWidget(self.stack, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self.line.textChanged.connect(lambda: self._timer.start(_PAUSE_MS))
        self.line.returnPressed.connect(self._enter)

    def refresh(self) -> None:
        query = self.line.text()
        self._names = client_names(self.desk.journal)
        at = self.desk.local_now()
        self._zone = at.tzinfo
        self.hits = self._found(query, at) if query.strip() else []
        hits = self.hits
        self._channels = channels_of(
            self.desk.journal, [hit.id for hit in hits if hit.kind == "interaction"]
        )
        self.table.setModel(
            WindowedModel(len(hits), lambda o, n: hits[o : o + n], lambda h: h.title)
        )
        more = len(hits) == _FIRST
        text = self.words("the newest {n}; add a word to narrow down", n=_FIRST) if more else ""
        self.remark.setText(
            text
            or (self.words.plural("{n} found", "{n} found", len(hits)) if query.strip() else "")
        )
        self.stack.setCurrentIndex(0 if hits else 2 if query.strip() else 1)

    def _found(self, query: str, at: datetime) -> list[Hit]:
        found = search(self.desk.journal, query, limit=_FIRST, names=self._known, at=at)
        return named_first(found)

    def _enter(self) -> None:
        self._timer.stop()
        self.refresh()
        if self.hits:
            self.table.setFocus()
            self.table.setCurrentIndex(self.table.model().index(0, 0))

    def arrive(self) -> None:
        """The words of the last search, ready to be typed over."""
        self.line.setFocus()
        self.line.selectAll()

    def held(self) -> dict[str, Any]:
        return {"line": self.line.text()} if self.line.text() else {}

    def take_up(self, held: dict[str, Any]) -> None:
        self.line.setText(held["line"])

    def _open(self, hit: Hit) -> None:
        if hit.kind == "client":
            self.desk.open_client(hit.id)
        else:
            self.desk.show_record(hit.kind, hit.id)

    def _look(self, hit: Hit) -> RowLook:
        words = self.words
        channel = self._channels.get(hit.id) if hit.kind == "interaction" else None
        kind = words(channel.label if channel else KINDS[hit.kind].one)
        client = self._names.get(hit.client_id or 0, "")
        own_day = hit.dated is not None and hit.dated.field == KINDS[hit.kind].date
        right = [
            (self._day(hit.at or ""), "mark" if own_day else "muted", 80),
            (client, "mark" if hit.named else "muted", 150),
            (kind, "muted", 150),
        ]
        second, marks = hit.text, hit.text_marks
        if hit.dated and not own_day:
            second, marks = self._other_day(hit, hit.dated)
        return RowLook(
            hit.title or words("(no subject)"),
            second,
            icon=channel.value if channel else kind_icon(KINDS[hit.kind]),
            right=right,
            title_marks=hit.title_marks,
            second_marks=marks,
        )

    def _other_day(self, hit: Hit, dated: Dated) -> tuple[str, list[Span]]:
        """The second line of a record that names the day asked for elsewhere than in its list."""
        day, label = self._day(dated.day), KINDS[hit.kind].field(dated.field).meta.label
        named = self.words.labelled(self.words(label), day)
        start = len(named) - len(day)
        before = f"{named} · " if hit.text else named
        later = [(a + len(before), b + len(before)) for a, b in hit.text_marks]
        return before + hit.text, [(start, len(named)), *later]

    def _day(self, at: str) -> str:
        """The day of a day or a moment as it is stored; a moment's in the zone of the lists."""
        return at if len(at) <= 10 else moment_of(at).astimezone(self._zone).date().isoformat()
