"""The brief before a talk: one screen of what to know, every line the way to its record."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.actions.originals import file_name
from pmdesk.actions.reports import write_report
from pmdesk.answers.brief import Brief, BriefLine, brief, planned_said
from pmdesk.answers.relationship import Relationship
from pmdesk.answers.text.said import say
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_offer, save_path
from pmdesk.gui.pages.page import Page
from pmdesk.gui.pages.places import CLIENTS
from pmdesk.gui.tasks import Task
from pmdesk.gui.widgets.line_row import LineButton
from pmdesk.gui.widgets.lines_card import LinesCard
from pmdesk.gui.widgets.parts import Flow, button, label, scrolled
from pmdesk.gui.widgets.pending import show_pending
from pmdesk.journal.errors import shown
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.report.asks import Request
from pmdesk.report.kinds import BRIEF as BRIEF_PDF

# How many lines of a part are shown at once; of what is not named here a few.
_MOST: Final = {"since": 8, "contacts": 5, "promises": 5}
_FEW: Final = 4
# Which parts stand on the left: what happened; on the right how things stand.
_LEFT: Final = ("since", "who", "contacts", "turns")


class BriefPage(Page):
    """A client before a call or a meeting."""

    kinds = tuple(KINDS)

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__(desk)
        self.client = client
        words, id_ = self.words, int(client.id or 0)
        back = button(words("Back"), lambda: desk.open_client(id_))
        self.minutes = button(words("Write the minutes"), self._write_minutes)
        self.save_button = button(words("Save PDF"), self._choose, primary=True)
        self.head(words("Brief"), client.name, (back, self.minutes, self.save_button))
        self.cards: dict[str, LinesCard] = {}
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 4, 8, 8)
        body.setSpacing(12)
        self.pending = label(words("Being computed…"), "muted")
        body.addWidget(self.pending)
        self.columns = Flow(round(360 * desk.settings.scale / 100), 2)
        body.addWidget(self.columns)
        body.addStretch(1)
        self.area = scrolled(content)
        self.column.addWidget(self.area, 1)
        self.shown: Brief | None = None
        self.refresh()

    def take_focus(self) -> None:
        self.minutes.setFocus()

    def refresh(self) -> None:
        now = self.desk.journal.get(Client, int(self.client.id or 0))
        if now is None:
            self.desk.show(CLIENTS)
            return
        self.client = now
        if not self.desk.relations.ask(self, now, brief, self._show):
            show_pending(self.area, pending=True)

    def _show(self, rel: Relationship, found: Brief) -> None:
        words, self.shown = self.words, found
        show_pending(self.area, pending=False)
        self.pending.hide()
        planned = found.planned
        told = say(words, planned_said(rel.zone, planned)) if planned else ""
        self.remark.setText(" · ".join(part for part in (found.client.name, told) if part))
        if not self.cards:
            self._make_cards(found)
        for section in found.sections:
            remark = say(words, section.remark) if section.remark else ""
            self.cards[section.name].show_lines(
                section.lines, self._row, words(section.empty), remark
            )

    def _make_cards(self, found: Brief) -> None:
        columns = [QVBoxLayout(), QVBoxLayout()]
        for section in found.sections:
            most = _MOST.get(section.name, _FEW)
            card = LinesCard(self.desk, self.words(section.title), most, dense=True)
            self.cards[section.name] = card
            columns[section.name not in _LEFT].addWidget(card)
        holders = []
        for column in columns:
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
            column.addStretch(1)
            holder = QWidget()
            holder.setObjectName("plain")
            holder.setLayout(column)
            holders.append(holder)
        self.columns.use(holders)

    def _row(self, line: BriefLine) -> LineButton:
        words = self.words
        more = " · ".join(filter(None, (say(words, part) for part in line.more)))
        return LineButton(self.desk, line.key, line.badge, line.title, more)

    def _write_minutes(self) -> None:
        planned = self.shown.planned if self.shown else None
        today = self.desk.local_now().date()
        # one that is still to come is no matter of today's minutes
        has_come = (
            planned is not None
            and planned.at is not None
            and (planned.at.astimezone(self.desk.zone()).date() <= today)
        )
        self.desk.write_minutes(self.client, planned if has_come else None)

    def _choose(self) -> None:
        words = self.words
        name = f"{words('Brief')} {self.client.name} {self.desk.local_now():%Y-%m-%d}"
        path = save_path(self, words("Save PDF"), file_name(name, suffix=".pdf"), "*.pdf")
        if path is not None:
            self.write(path)

    def write(self, target: Path) -> None:
        """Write the printed page in the background."""
        journal, client, now = self.desk.journal, self.client, self.desk.now()
        request = Request(self.words.language)

        def work(_task: Task) -> Any:
            with journal.again(writable=False) as opened:
                write_report(opened, BRIEF_PDF, client, target, request, at=now)

        self.desk.background(self, work, partial(self._on_written, target), self._on_failed)

    def _on_written(self, target: Path, _nothing: Any) -> None:
        offer = open_offer(self.words, target)
        self.desk.tell(self.words("Saved {path}", path=shown(target)), offer=offer)

    def _on_failed(self, error: Exception) -> None:
        from pmdesk.report.compiling import ReportFailed

        if not isinstance(error, ReportFailed):
            raise error
        self.desk.noticed.emit(
            "bad", self.words("The report could not be set: {detail}", detail=error.detail)
        )
