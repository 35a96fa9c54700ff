"""Everything that happened with a client, newest first, however long: narrowed, by thread, read in place."""

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from pmdesk.answers.sifted import IN_TIMELINE, Talk, Waits, looser, sifted, talks, waits
from pmdesk.answers.talk_lines import Line, TalkLines
from pmdesk.answers.timeline import (
    Key,
    TimelineRow,
    place_of,
    rows_for,
    timeline_count,
    timeline_page,
)
from pmdesk.gui.desk import Desk
from pmdesk.gui.latest import Latest
from pmdesk.gui.pages.tab import Tab
from pmdesk.gui.panels.choosing import contacts_of
from pmdesk.gui.sieve_words import told
from pmdesk.gui.widgets.delegates import RowLook, kind_icon
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.nothing_fits import NothingFits
from pmdesk.gui.widgets.parts import EmptyState
from pmdesk.gui.widgets.reading_list import ReadingList
from pmdesk.gui.widgets.sieve_bar import SieveBar
from pmdesk.journal.journal import Journal
from pmdesk.journal.sieve import Sieve
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS

# Beyond so many contacts what passes is found beside the window.
_AT_ONCE = 2_000
_AFTER_PAINT_MS = 50
_INSIDE = 24


class _Line(NamedTuple):
    """A row of the list: what it says, of how many, whether they stand below it or it stands among them."""

    row: TimelineRow
    size: int = 1
    unfolded: bool = False
    inside: bool = False
    waits: Waits | None = None


class _Found(NamedTuple):
    """What passes, and where nothing does, what would without one of the filters."""

    keys: list[Key]
    looser: list[tuple[str, int]]


def _found(journal: Journal, client_id: int, sieve: Sieve, at: Any) -> _Found:
    keys = sifted(journal, client_id, sieve, at=at)
    return _Found(keys, [] if keys else looser(journal, client_id, sieve, at=at))


class TimelineTab(Tab):
    """A client's timeline."""

    apart = frozenset({"client", "identity", "calendar"})
    clocked = False

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk, client)
        words = self.words
        self._keys: list[Key] | None = None
        self._by_talk: TalkLines | None = None
        self._waits: dict[int, Waits] = {}
        self._asked: dict[int, Waits] = {}
        self._knows_waits = self._next_wanted = False
        self._unfolded: set[int] = set()
        self._latest = Latest(desk, self)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 4, 0, 0)
        body.setSpacing(8)
        self.bar = SieveBar(
            desk, IN_TIMELINE, lambda: contacts_of(desk.journal, self.client), with_text=True
        )
        self.by_thread = QPushButton(words("By thread"))
        self.by_thread.setCheckable(True)
        self.by_thread.setToolTip(words("One row for each conversation; → unfolds it"))
        self.bar.add_beside(self.by_thread)
        body.addWidget(self.bar)
        self.stack = QStackedWidget()
        self.list = ReadingList(desk, words("Timeline"), self._look, _key_of, waiting=True)
        self.table = self.list.table
        self.stack.addWidget(self.list)
        new = Interaction(client_id=client.id, at=desk.now())
        self.stack.addWidget(
            EmptyState(
                words("Nothing has happened yet"),
                words("Mail, calls, meetings and journal entries with this client stand here."),
                (words("Write down a contact"), lambda: desk.edit(new)),
            )
        )
        self.none = NothingFits(words)
        self.stack.addWidget(self.none)
        body.addWidget(self.stack, 1)
        sieve, grouped = desk.sieves.get(self._kept_as, (Sieve(), False))
        self.bar.use(sieve)
        self.by_thread.setChecked(grouped)
        self.by_thread.toggled.connect(self._sift)
        self.bar.changed.connect(self._sift)
        self.bar.left.connect(self.list.take_focus)
        self.none.loosened.connect(self.bar.loosen)
        self.none.cleared.connect(self.bar.clear)
        self.list.opened.connect(self._open)
        self.list.answered.connect(self._answer)
        self.list.folded.connect(self._fold)
        self.list.covered.connect(lambda covered: self.bar.setVisible(not covered))
        self.list.next_asked.connect(self._next_waiting)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_PAINT_MS)
        self._soon.timeout.connect(self._ask_who_waits)
        self.refresh()

    @property
    def _kept_as(self) -> str:
        return f"timeline:{self.client.id}"

    def _sift(self) -> None:
        self.desk.sieves[self._kept_as] = (self.bar.sieve, self.by_thread.isChecked())
        self.refresh()

    def refresh(self) -> None:
        """Read anew, keeping the place."""
        journal, id_, sieve = self.desk.journal, int(self.client.id or 0), self.bar.sieve
        self._zone = self.desk.zone()
        self._total = timeline_count(journal, id_)
        self.bar.setVisible(self._total > 0 and not self.list.card.isHidden())
        self._soon.start()
        self._latest.drop()
        if not self._total or not (sieve.asked or self.by_thread.isChecked()):
            self._show(None)
            return
        find = partial(_found, client_id=id_, sieve=sieve, at=self.desk.local_now())
        if self._total <= _AT_ONCE:
            self._show(find(journal))
        else:
            self._latest.ask(find, self._show)

    def _show(self, found: _Found | None) -> None:
        """Show what passes; without it all rows, a page at a time."""
        before = None if self.list.current is None else _key_of(self.list.current)
        self._keys = None if found is None else found.keys
        grouped = found is not None and self.by_thread.isChecked()
        self._by_talk = TalkLines(talks(found.keys), self._unfolded) if found and grouped else None
        place = None if before is None else self._place(*before)
        if place is None and self.list.is_reading:
            place = 0
        self._use(place)
        counted = self._counted()
        self.bar.say(counted)
        if found is not None and not found.keys:
            others = [(name, f"{n:,}") for name, n in found.looser]
            self.none.show_filters(told(self.words, self.bar.sieve), others)
            self.stack.setCurrentIndex(2)
        else:
            self.stack.setCurrentIndex(0 if self._total else 1)

    def _counted(self) -> str:
        words, total = self.words, f"{self._total:,}"
        if self._keys is None:
            return words("{n} in all", n=total)
        n = len(self._keys)
        counted = words("{n} of {total}", n=f"{n:,}", total=total)
        if not self.bar.sieve.asked:
            counted = words("{n} in all", n=total)
        if self._by_talk is not None and n:
            rows = sum(not line.inside for line in self._by_talk.lines)
            counted += " · " + words.plural("in {n} row", "in {n} rows", rows)
        return counted

    def _use(self, place: int | None) -> None:
        if self._by_talk is not None:
            count = len(self._by_talk.lines)
        else:
            count = self._total if self._keys is None else len(self._keys)
        self.list.use(WindowedModel(count, self._read, self._spoken), place)

    def _read(self, offset: int, limit: int) -> list[_Line]:
        journal, end = self.desk.journal, offset + limit
        if self._by_talk is not None:
            lines = self._by_talk.lines[offset:end]
            rows = {(r.kind, r.id): r for r in rows_for(journal, [line.key[:2] for line in lines])}
            return [
                _Line(
                    rows[line.key[:2]], line.size, self._by_talk.is_unfolded(offset + n),
                    line.inside, self._who_waits(line.key, line.talk, inside=line.inside),
                )
                for n, line in enumerate(lines) if line.key[:2] in rows
            ]  # fmt: skip
        if self._keys is not None:
            found = rows_for(journal, [key[:2] for key in self._keys[offset:end]])
        else:
            found = timeline_page(journal, int(self.client.id or 0), offset=offset, limit=limit)
        return [_Line(row, waits=self._waiting_row(row)) for row in found]

    def _who_waits(self, key: Key, talk: Talk, *, inside: bool) -> Waits | None:
        if inside or talk.thread is None:
            return self._asked.get(key.id) if key.kind == "interaction" else None
        return self._waits.get(talk.thread)

    def _waiting_row(self, row: TimelineRow) -> Waits | None:
        return self._asked.get(row.id) if row.kind == "interaction" else None

    def _place(self, kind: str, record_id: int) -> int | None:
        """Where a record stands in what is shown."""
        if self._by_talk is not None:
            return self._by_talk.place_of(kind, record_id)
        if self._keys is None:
            return place_of(self.desk.journal, int(self.client.id or 0), kind, record_id)
        wanted = (kind, record_id)
        return next((n for n, key in enumerate(self._keys) if key[:2] == wanted), None)

    def _ask_who_waits(self) -> None:
        if self.isVisible() and self._total:
            self.desk.relations.ask(self, self.client, waits, self._show_waits)

    def _show_waits(self, _rel: object, found: dict[int, Waits]) -> None:
        self._knows_waits = True
        if found != self._waits:
            self._waits = found
            self._asked = {one.first_id: one for one in found.values()}
            self.list.read_anew()
        if self._next_wanted:
            self._next_waiting()

    def _next_waiting(self) -> None:
        """Go to the next one below that waits for us, from the end on to the first."""
        self._next_wanted = not self._knows_waits  # pressed before it is known: once it is
        if self._next_wanted:
            return
        place = self._next_place(self.table.currentIndex().row())
        if place is None:
            self.desk.tell(self.words("Nobody waits for our answer here."))
        else:
            self.list.choose(place)
            self.list.read()

    def _next_place(self, here: int) -> int | None:
        if self._by_talk is not None:
            lines = enumerate(self._by_talk.lines)
            all_ = [n for n, line in lines if not line.inside and self._is_for_us(line)]
        elif self._keys is not None:
            ids = {one.first_id for one in self._waits.values() if one.for_us}
            keys = enumerate(self._keys)
            all_ = [n for n, key in keys if key.kind == "interaction" and key.id in ids]
        else:
            return self._next_of_all(here)
        return next((place for place in all_ if place > here), next(iter(all_), None))

    def _is_for_us(self, line: Line) -> bool:
        waiting = self._who_waits(line.key, line.talk, inside=False)
        return waiting is not None and waiting.for_us

    def _next_of_all(self, here: int) -> int | None:
        """The same where rows are read page by page: asked of the moments, not of the rows."""
        waiting = [one for one in self._waits.values() if one.for_us]
        waiting.sort(key=lambda one: (one.since, one.first_id), reverse=True)
        row = self.list.current
        later = 0 if row is None else sum(one.since > row.row.at for one in waiting)
        for one in waiting[later:] + waiting[:later]:
            place = self._place("interaction", one.first_id)
            if place is not None and place != here:
                return place
        return here if waiting and here >= 0 else None

    def _open(self, line: _Line) -> None:
        if line.size > 1:
            self._fold(0)
        else:
            self.desk.show_record(line.row.kind, line.row.id)

    def _fold(self, way: int) -> None:
        place = self.table.currentIndex().row()
        if self._by_talk is None or place < 0:
            return
        at = self._by_talk.turn(place, way)
        if at is not None:
            thread = self._by_talk.lines[at].talk.thread
            if thread is not None:
                turned = (
                    self._unfolded.add if self._by_talk.is_unfolded(at) else self._unfolded.discard
                )
                turned(thread)
            self._use(at)

    def _answer(self, pane: Any) -> None:
        from pmdesk.gui.leading import write_message  # with the first answer

        write_message(self.desk, pane.record)

    def _spoken(self, line: _Line) -> str:
        """A row as it is read out."""
        look = self._look(line)
        parts = (look.title, look.second, *(text for text, _colour, _width in look.right))
        return ", ".join(part for part in parts if part)

    def _look(self, line: _Line) -> RowLook:
        look = self._plain(line.row)
        if line.size > 1:
            look.icon = "chevron_down" if line.unfolded else "chevron_right"
        if line.inside:
            look.indent = _INSIDE
        waits_ = line.waits
        badge = (self._who(waits_), "warn" if waits_ and waits_.for_us else "muted", 80)
        right = list(look.right)
        if self.list.is_narrow:
            day = f"{line.row.at.astimezone(self._zone):%Y-%m-%d}"
            right = [badge if waits_ else (day, "muted", 80)]
        elif waits_:
            right.insert(1, badge)
        if line.size > 1:
            right.append((f"({line.size})", "muted", 32))
        look.right = right
        return look

    def _who(self, waiting: Waits | None) -> str:
        if waiting is None:
            return ""
        return self.words("waits for us") if waiting.for_us else self.words("we wait")

    def _plain(self, item: TimelineRow) -> RowLook:
        words = self.words
        if item.kind == "entry":
            when = f"{item.at:%Y-%m-%d}"
            return RowLook(item.title, item.excerpt, icon="entry", right=[(when, "muted", 110)])
        if item.kind != "interaction":
            kind = KINDS[item.kind]
            right = [(f"{item.at.astimezone(self._zone):%Y-%m-%d}", "muted", 110)]
            right.append((words(kind.one), "muted", 110))
            if item.internal:
                right.append((words("internal"), "warn", 60))
            return RowLook(item.title, item.excerpt, icon=kind_icon(kind), right=right)
        arrow = "←" if item.direction == "inbound" else "→"
        right = [(words.short_moment(item.at, self._zone), "muted", 110)]
        if item.automatic:
            right.append((words("automatic"), "muted", 70))
        if item.internal:
            right.append((words("internal"), "warn", 60))
        who = item.who.partition(" <")[0] if self.list.is_narrow else item.who
        second = " · ".join(part for part in (who, item.excerpt) if part)
        title = f"{arrow} {item.title or words('(no subject)')}"
        channel = Channel(item.channel)
        way = (Direction.INBOUND if arrow == "←" else Direction.OUTBOUND).label
        said = words.clauses([words(channel.label), words(way)])
        return RowLook(title, second, icon=channel.value, right=right, said=said)


def _key_of(line: _Line) -> tuple[str, int]:
    return line.row.kind, line.row.id
