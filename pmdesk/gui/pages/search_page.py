"""Search over everything, as you type, newest or best first, with the words marked, read in place."""

from datetime import datetime
from functools import partial
from typing import Any, Final, NamedTuple

from PySide6.QtWidgets import QStackedWidget

from pmdesk.answers.clients import client_names
from pmdesk.answers.timeline import channels_of
from pmdesk.gui.announcing import announce
from pmdesk.gui.desk import Desk
from pmdesk.gui.latest import Latest
from pmdesk.gui.pages.page import Page
from pmdesk.gui.panels.choosing import people_of
from pmdesk.gui.sieve_words import told
from pmdesk.gui.widgets.choice import Choice
from pmdesk.gui.widgets.delegates import RowLook, kind_icon
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.nothing_fits import NothingFits
from pmdesk.gui.widgets.parts import EmptyState
from pmdesk.gui.widgets.reading_list import ReadingList
from pmdesk.gui.widgets.sieve_bar import SieveBar
from pmdesk.gui.widgets.typing_line import TypingLine
from pmdesk.journal.codec import moment_of
from pmdesk.journal.dated import SEARCHED, Dated
from pmdesk.journal.journal import Journal
from pmdesk.journal.naming import Names
from pmdesk.journal.search import Hit, Span, named_first, search
from pmdesk.journal.sieve import Sieve
from pmdesk.records.kinds import KINDS

_FIRST = 200
_KEPT = "search"


class _Found(NamedTuple):
    """The hits, and where there are none, what would be without one of the filters, or without all."""

    hits: list[Hit]
    looser: list[tuple[str, int]]
    unsifted: bool = True


def _found(
    journal: Journal, query: str, sieve: Sieve, names: Names, at: datetime, *, by_fit: bool
) -> _Found:
    def hits_of(passing: Sieve, limit: int = _FIRST) -> list[Hit]:
        return search(journal, query, limit=limit, names=names, at=at, sieve=passing, by_fit=by_fit)

    hits = hits_of(sieve)
    if hits or not sieve.asked:
        return _Found(hits if by_fit else named_first(hits), [])
    looser = [(name, len(hits_of(sieve.without(name)))) for name in sieve.asked]
    looser = sorted((pair for pair in looser if pair[1]), key=lambda pair: -pair[1])
    return _Found([], looser, bool(looser) or bool(hits_of(Sieve(), 1)))


_NOTHING: Final = _Found([], [], unsifted=False)


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
        self._beside = Names()  # what beside the window knows of them is its own
        self._latest = Latest(desk, self)
        self.hits: list[Hit] = []
        self.line = TypingLine(words("Search"), words("Mail, calls, people, projects, journal…"))
        self.column.addWidget(self.line)
        self.bar = SieveBar(desk, SEARCHED, lambda: people_of(desk.journal), with_text=False)
        self.order = Choice()
        self.order.setAccessibleName(words("Sort by"))
        self.order.addItems([words("Newest first"), words("Best fit first")])
        self.bar.add_beside(self.order)
        self.column.addWidget(self.bar)
        self.stack = QStackedWidget()
        self.list = ReadingList(desk, words("Search results"), self._look, _key_of)
        self.table = self.list.table
        self.stack.addWidget(self.list)
        self.stack.addWidget(
            EmptyState(words("What are you looking for?"), words("Results appear while you type."))
        )
        self.stack.addWidget(
            EmptyState(words("Nothing found"), words("Try fewer or shorter words."))
        )
        self.none = NothingFits(words)
        self.stack.addWidget(self.none)
        self.stack.setCurrentIndex(1)
        self.column.addWidget(self.stack, 1)
        sieve, by_fit = desk.sieves.get(_KEPT, (Sieve(), False))
        self.bar.use(sieve)
        self.order.setCurrentIndex(int(by_fit))
        self.line.typed.connect(self.refresh)
        self.line.entered.connect(self._enter)
        self.line.left.connect(self.list.take_focus)
        self.bar.left.connect(self.list.take_focus)
        self.bar.changed.connect(self._sift)
        self.order.currentIndexChanged.connect(lambda: self._sift())
        self.none.loosened.connect(self.bar.loosen)
        self.none.cleared.connect(self.bar.clear)
        self.list.opened.connect(self._open)
        self.list.answered.connect(self._answer)
        self.list.covered.connect(lambda covered: self.bar.setVisible(not covered))

    def _sift(self) -> None:
        self.desk.sieves[_KEPT] = (self.bar.sieve, bool(self.order.currentIndex()))
        self.refresh()

    def refresh(self) -> None:
        query, sieve, at = self.line.text(), self.bar.sieve, self.desk.local_now()
        by_fit = bool(self.order.currentIndex())
        self._names = client_names(self.desk.journal)
        self._zone = at.tzinfo
        self._latest.drop()
        if not query.strip() and not sieve.asked:
            self._show(_NOTHING)
        elif not sieve.asked and not by_fit:
            self._show(_found(self.desk.journal, query, sieve, self._known, at, by_fit=False))
        else:
            # what passes may be far back, what fits best anywhere
            find = partial(
                _found, query=query, sieve=sieve, names=self._beside, at=at, by_fit=by_fit
            )
            self._latest.ask(find, self._show)

    def _show(self, found: _Found) -> None:
        before = None if self.list.current is None else _key_of(self.list.current)
        hits, words, sieve = found.hits, self.words, self.bar.sieve
        self.hits = hits
        self._channels = channels_of(
            self.desk.journal, [hit.id for hit in hits if hit.kind == "interaction"]
        )
        place = next((n for n, hit in enumerate(hits) if _key_of(hit) == before), None)
        if place is None and self.list.is_reading:
            place = 0
        model = WindowedModel(len(hits), lambda o, n: hits[o : o + n], lambda h: h.title)
        self.list.use(model, place if hits else None)
        asked = bool(self.line.text().strip()) or bool(sieve.asked)
        self.bar.say(self._counted() if asked else "")
        announce(self.line, self._counted() if asked else "")
        if hits:
            self.stack.setCurrentIndex(0)
        elif sieve.asked and found.unsifted:
            looser = [(name, f"{n}+" if n == _FIRST else f"{n}") for name, n in found.looser]
            self.none.show_filters(told(words, sieve), looser)
            self.stack.setCurrentIndex(3)
        else:
            self.stack.setCurrentIndex(2 if asked else 1)

    def _counted(self) -> str:
        words, n = self.words, len(self.hits)
        if n < _FIRST:
            return words.plural("{n} found", "{n} found", n)
        if self.order.currentIndex():
            return words("the best {n}; add a word to narrow down", n=n)
        return words("the newest {n}; add a word to narrow down", n=n)

    def _enter(self) -> None:
        self.refresh()
        if self.hits:
            self.list.choose(0)
            self.list.take_focus()

    def arrive(self) -> None:
        """The words of the last search, ready to be typed over."""
        self.line.setFocus()
        self.line.selectAll()

    def held(self) -> dict[str, Any]:
        return {"line": self.line.text()} if self.line.text() else {}

    def take_up(self, held: dict[str, Any]) -> None:
        self.line.setText(held["line"])

    def _answer(self, pane: Any) -> None:
        from pmdesk.gui.leading import write_message  # with the first answer

        write_message(self.desk, pane.record)

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
        if self.list.is_narrow:
            del right[1:]
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


def _key_of(hit: Hit) -> tuple[str, int]:
    return hit.kind, hit.id
