"""An open journal as the window shows it: rail, page, side panel, and the ways between them."""

from typing import TYPE_CHECKING, Any, NamedTuple

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pmdesk.gui.beginning import offer_own
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import (
    CLIENT,
    CLIENTS,
    CRISIS,
    EVIDENCE,
    INSIGHTS,
    JOURNAL,
    PLACES,
    REPORT,
    TODAY,
    Place,
)
from pmdesk.gui.widgets.bars import NoticeBar, Toast
from pmdesk.gui.widgets.rail import Rail
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of
from pmdesk.records.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent  # a name costs Qt the classes of all events

    from pmdesk.answers.palette.entries import Key
    from pmdesk.gui.commands import Command
    from pmdesk.gui.palette.panel import Palette
    from pmdesk.gui.window import MainWindow
    from pmdesk.report.asks import Request

_CAPTURE_MARGINS = (28, 12, 28, 0)
_NARROW_BELOW = 900
# What is owed is counted once the page that was asked for stands.
_AFTER_PAINT_MS = 200


class Shown(NamedTuple):
    """The page that is open, and whose: the id of its client or record, 0 for a page of nobody."""

    place: Place
    of_id: int = 0


class Desktop(QWidget):
    """What the window shows of an open journal."""

    def __init__(self, window: "MainWindow", desk: Desk) -> None:
        super().__init__()
        self.desk: Desk = desk
        self.main: MainWindow = window
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        on_rail = [place for place in PLACES.values() if place.rail]
        self.rail = Rail(on_rail, desk)
        self.rail.chosen.connect(lambda name: self.show_page(PLACES[name]))
        self.rail.palette_asked.connect(self.open_palette)
        row.addWidget(self.rail)
        offer_own(self)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        self.notice = NoticeBar(desk.words)
        middle.addWidget(self.notice)
        self._capture_place = QVBoxLayout()
        self._capture_place.setContentsMargins(*_CAPTURE_MARGINS)
        self._middle = middle
        self.work_bar: Any = None
        middle.addLayout(self._capture_place)
        self.capture: Any = None
        self.stack = QStackedWidget()
        middle.addWidget(self.stack, 1)
        row.addLayout(middle, 1)
        self._panel_place = QHBoxLayout()
        row.addLayout(self._panel_place)
        self.panel: Any = None
        self._panel_width = 0
        self._before_panel: QWidget | None = None
        self.pages: dict[Shown, QWidget] = {}
        self.current: Shown | None = None
        self.goto: Palette | None = None
        self.toast = Toast(self)
        desk.noticed.connect(self.notice.say)
        desk.questioned.connect(self.notice.ask)
        desk.toasted.connect(self.toast.say)
        desk.work.begun.connect(self._show_work)
        desk.page_asked.connect(self.show_page)
        desk.edit_asked.connect(self.edit)
        desk.record_asked.connect(self.show_record)
        desk.tab_asked.connect(self.show_tab)
        desk.meeting_asked.connect(self.write_minutes)
        desk.crisis_asked.connect(self.show_crisis)
        desk.report_asked.connect(self.show_report)
        desk.insight_asked.connect(self.show_insight)
        desk.evidence_asked.connect(self.show_evidence)
        desk.panel_asked.connect(self.open_panel)
        desk.capture_asked.connect(self.begin_capture)
        desk.owing.changed.connect(self._count_owed)
        QTimer.singleShot(_AFTER_PAINT_MS, self, desk.owing.ensure)
        desk.passphrase_asked.connect(window.change_passphrase)
        desk.restore_asked.connect(window.app.restoring.begin)
        desk.dress_asked.connect(window.dress_later)
        desk.command_asked.connect(self.run_command)

    def page(self) -> Any:
        """The page that is shown."""
        return self.stack.currentWidget()

    def client(self) -> Client | None:
        """The client whose page is shown."""
        if self.current is None or not (self.current.place.of_client or self.current.place.of):
            return None
        shown: Client = self.page().client
        return shown

    def show_page(self, place: Place, of_id: int | None = None, new: Any = None) -> None:
        """Show a page, made when it is first asked for; nothing where whose it is has gone.

        One of a record also takes a `new` one, which is not stored yet.
        """
        if place.of and not self.close_panel():
            return  # it may hold the same record
        wanted, before = Shown(place, of_id or 0), self.page()
        going = wanted != self.current or new is not None
        if before is not None and going and not before.leave():
            self._check_rail()
            return
        if (wanted not in self.pages or new is not None) and not self._make(wanted, new):
            return
        self.current = wanted
        # asked before: a page that goes hands the keyboard on to the rail
        walking_the_rail = self.rail.isAncestorOf(self.window().focusWidget())
        self.stack.setCurrentWidget(self.pages[wanted])
        if not walking_the_rail:
            self.page().take_focus()
        self._check_rail()
        settings = self.desk.settings
        settings.page, settings.client = place.name, wanted.of_id
        self.desk.recent.note(*self.shown_key())
        self.page().arrive()

    def shown_key(self) -> "Key":
        """What is shown: a page of nobody by its name, else whose it is."""
        place, of_id = self.current or Shown(TODAY)
        kind = "client" if place.of_client else place.of
        return (kind, of_id) if kind else ("page", place.name)

    def run_command(self, command: "Command") -> None:
        """Do one of the window's commands; over the palette it closes that first."""
        if self.goto is not None and command.name != "palette":
            self.goto.dismiss()
        self.desk.recent.count(command.name)
        command.run(self)

    def open_palette(self) -> None:
        """Go to anything; the same key closes it again."""
        self.desk.tips.end("clients")
        if self.goto is None:
            from pmdesk.gui.palette.panel import Palette  # with the first key

            self.goto = Palette(self)
        if self.goto.isVisible():
            self.goto.dismiss()
        else:
            self.goto.begin()

    def _make(self, wanted: Shown, new: Any = None) -> bool:
        """Whether the page could be made: there must be whose it is."""
        place = wanted.place
        kind = "client" if place.of_client else place.of
        if kind:
            record = new or self.desk.journal.get(KINDS[kind].cls, wanted.of_id)
            if record is None:
                return False
            page = place.make(self.desk, record)
            # one at a time: the others are read anew when they are opened again
            for other in [shown for shown in self.pages if shown.place == place]:
                gone = self.pages.pop(other)
                self.stack.removeWidget(gone)
                gone.deleteLater()
        else:
            page = place.make(self.desk)
        self.pages[wanted] = page
        self.stack.addWidget(page)
        return True

    def _check_rail(self) -> None:
        if self.current is not None:
            place = self.current.place
            self.rail.check((CLIENTS if place.of_client or place.of else place).name)

    def open_client(self, client_id: int) -> None:
        """Show a client's page."""
        self.show_page(CLIENT, client_id)

    def show_crisis(self, crisis_id: int) -> None:
        """Show the room of a crisis."""
        self.show_page(CRISIS)
        if self.current is not None and self.current.place is CRISIS:
            self.page().open_crisis(crisis_id)

    def show_report(
        self, form: str, client_id: int, about: int, wanted: "Request | None" = None
    ) -> None:
        """Show a kind of report of a client, or about one of its records, as it is `wanted`."""
        self.show_page(REPORT, client_id)
        if self.current is not None and self.current.place is REPORT:
            self.page().use(form, about, wanted)

    def show_insight(self, name: str, client_id: int, about: int) -> None:
        """Show the page of insights with a question about one client, or about one of its records."""
        self.show_page(INSIGHTS)
        if self.current is not None and self.current.place is INSIGHTS:
            self.page().choose(name, client_id, about)

    def show_evidence(self, client_id: int, kind: str, record_id: int) -> None:
        """Show the evidence pack of a record with what belongs to it."""
        self.show_page(EVIDENCE, client_id)
        if self.current is not None and self.current.place is EVIDENCE:
            self.page().use((kind, record_id))

    def show_owed(self, about: str) -> None:
        """Show Today with the row chosen that is called `about`, where it still stands there."""
        self.show_page(TODAY)
        if self.current is not None and self.current.place is TODAY:
            self.page().choose(about)

    def show_tab(self, name: str) -> None:
        """Show a tab of the client whose page is open."""
        if self.current is not None and self.current.place is CLIENT:
            self.page().go_to(name)

    def show_record(self, kind: str, record_id: int) -> None:
        """Show a stored record where its kind is shown; nothing where it has gone."""
        if kind == "attachment":
            from pmdesk.actions.originals import owner_of  # with the first file that is opened

            kind, record_id = owner_of(self.desk.journal, record_id) or (kind, 0)
        if kind == "client":
            self.open_client(record_id)
            return
        record = self.desk.journal.get(KINDS[kind].cls, record_id)
        if record is None:
            return
        if kind == "entry":
            self.show_page(JOURNAL)
            self.desk.recent.note(kind, record_id)
            self.page().open_entry(record)
        else:
            self.edit(record)

    def edit(self, record: Any) -> None:
        """Open the side panel on a record; what the one before held is saved first."""
        if not self.close_panel():
            return
        from pmdesk.gui.panels.record_panel import RecordPanel

        if record.id is not None:
            self.desk.recent.note(kind_of(record).name, record.id)
        panel = RecordPanel(self.desk, record)
        if isinstance(record, Client) and record.id is None:
            panel.saved.connect(self._on_new_client)
        self._open_panel(panel)

    def write_minutes(self, client: Client, origin: Any = None) -> None:
        """Open the minutes of a meeting with a client, of what was planned or is recorded."""
        if not self.close_panel():
            return
        from pmdesk.gui.panels.meeting_panel import MeetingPanel

        self._open_panel(MeetingPanel(self.desk, client, origin))

    def open_panel(self, make: "Callable[[], QWidget]") -> None:
        """Open a side panel, made once the one before has gone."""
        if self.close_panel():
            self._open_panel(make())

    def _count_owed(self) -> None:
        """The rail says how much is owed, and how much of it is late."""
        today, words = self.desk.owing.today, self.desk.words
        if today is not None:
            n, late = len(today.rows), today.late
            said = words("{n} owed, {late} late", n=n, late=late) if n else ""
            self.rail.count("today", n, said, late=late > 0)
            ids = {row.owed.key.id for row in today.rows if row.rule.name.startswith("crisis_")}
            said = words("crises with something owed: {n}", n=len(ids)) if ids else ""
            self.rail.count("crisis", len(ids), said, late=True)

    def _open_panel(self, panel: Any) -> None:
        if not self.close_panel():
            panel.deleteLater()
            return
        self._before_panel = self.window().focusWidget()
        self.panel, self._panel_width = panel, panel.minimumWidth()
        panel.closed.connect(self._drop_panel)
        self._panel_place.addWidget(panel)
        self._fit()
        panel.focus_first()

    def _on_new_client(self, client: Client) -> None:
        if self.current != Shown(CLIENT, client.id or 0):
            self.open_client(client.id or 0)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Esc closes the side panel wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.panel is not None:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def close_panel(self) -> bool:
        """Whether no panel is open any more."""
        if self.panel is not None:
            self.panel.close_panel()
        return self.panel is None

    def _drop_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self._panel_place.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel, self._panel_width = None, 0
            self._fit()
            before, self._before_panel = self._before_panel, None
            if before is not None and shiboken6.isValid(before) and before.isVisible():
                before.setFocus()  # a list goes on at the row it was on
            else:
                self.page().take_focus()

    def begin_capture(self) -> None:
        """The capture line, ready to type in."""
        if self.capture is None:
            from pmdesk.gui.widgets.capture_bar import CaptureBar

            self.capture = CaptureBar(self.desk)
            self.capture.finished.connect(self._end_capture)
            self._capture_place.addWidget(self.capture)
        self.capture.begin()

    def _end_capture(self) -> None:
        self.capture.hide()
        self.page().setFocus()

    def _show_work(self, sentence: str) -> None:
        if self.work_bar is None:
            from pmdesk.gui.widgets.work_bar import WorkBar

            self.work_bar = WorkBar(self.desk.words, self.desk.work)
            self._middle.insertWidget(1, self.work_bar)
            self.work_bar.begin(sentence)

    def settle(self) -> bool:
        """Save what is being written; False when it cannot be and stays."""
        page = self.page()
        return (page is None or page.leave()) and self.close_panel()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()
        if self.goto is not None:
            self.goto.place()

    def _fit(self) -> None:
        """The rail gives way to the page when there is little room, more so beside a panel.

        A panel beside which no page has room stands in its place.
        """
        room, panel = self.width() - self._panel_width, self._panel_width
        self.rail.narrow(room < _NARROW_BELOW * max(1.0, self.desk.settings.scale / 125))
        room -= self.rail.width()
        covered = self.panel is not None and room < self.page().minimumSizeHint().width()
        self.stack.setVisible(not covered)
        # room kept for the capture line would push the panel over the edge
        self._capture_place.setContentsMargins(*((0,) * 4 if covered else _CAPTURE_MARGINS))
        if self.panel is not None:
            panel = self.width() - self.rail.width() if covered else panel
            self.panel.setFixedWidth(panel)
        # where the panel stands in the page's place the toast stands over it
        self.toast.beside = (self.rail.width(), 0 if covered else panel)
        self.toast.place()
