"""Everything that happened with a client, newest first, however long."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from pmdesk.answers.timeline import TimelineRow, timeline_count, timeline_page
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.tab import Tab
from pmdesk.gui.widgets.delegates import RowLook, kind_icon, painted_list
from pmdesk.gui.widgets.long_table import WindowedModel
from pmdesk.gui.widgets.parts import Card, EmptyState
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS


class TimelineTab(Tab):
    """A client's timeline."""

    apart = frozenset({"client", "identity", "calendar"})
    clocked = False

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk, client)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 4, 0, 0)
        self.stack = QStackedWidget()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        self.table = painted_list(desk, self.words("Timeline"), self._look)
        self.table.opened.connect(lambda row: desk.show_record(row.kind, row.id))
        card.body.addWidget(self.table)
        self.stack.addWidget(card)
        new = Interaction(client_id=client.id, at=desk.now())
        self.stack.addWidget(
            EmptyState(
                self.words("Nothing has happened yet"),
                self.words(
                    "Mail, calls, meetings and journal entries with this client stand here."
                ),
                (self.words("Write down a contact"), lambda: desk.edit(new)),
            )
        )
        body.addWidget(self.stack)
        self.refresh()

    def refresh(self) -> None:
        """Read anew, keeping the place."""
        journal, id_ = self.desk.journal, int(self.client.id or 0)
        count = timeline_count(journal, id_)
        place = self.table.verticalScrollBar().value()
        row = self.table.currentIndex().row()

        def read(offset: int, limit: int) -> list[TimelineRow]:
            return timeline_page(journal, id_, offset=offset, limit=limit)

        self._zone = self.desk.zone()
        self._model = WindowedModel(count, read, lambda row: row.title)
        self.table.setModel(self._model)
        if 0 <= row < count:
            self.table.setCurrentIndex(self._model.index(row, 0))
        self.table.verticalScrollBar().setValue(place)
        self.stack.setCurrentIndex(0 if count else 1)

    def _look(self, item: TimelineRow) -> RowLook:
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
        second = " · ".join(part for part in (item.who, item.excerpt) if part)
        title = f"{arrow} {item.title or words('(no subject)')}"
        return RowLook(title, second, icon=Channel(item.channel).value, right=right)
