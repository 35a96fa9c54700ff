"""The main window: rail, page, side panel, and what ties them together."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pmdesk.gui.desk import Desk
from pmdesk.gui.menus import build_menus
from pmdesk.gui.text_keys import TextKeys
from pmdesk.gui.widgets.bars import NoticeBar, Toast
from pmdesk.gui.widgets.rail import Rail, RailItem
from pmdesk.records.client import Client
from pmdesk.records.kinds import KINDS
from pmdesk.words import mark

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent  # a name costs Qt the classes of all events

_CAPTURE_MARGINS = (28, 12, 28, 0)
_NARROW_BELOW = 900
_DEFERRED_DELETE = 52  # of QEvent.Type, whose two hundred names are not loaded for it
_PAGES = (
    ("clients", mark("Clients"), "clients", "", False),
    ("journal", mark("Journal"), "journal", "", False),
    ("import", mark("Import mail"), "import", "", False),
    ("inbox", mark("Inbox"), "inbox", "", False),
    ("search", mark("Search"), "search", "Ctrl+F", True),
    ("settings", mark("Settings"), "settings", "", True),
)


class Desktop(QWidget):
    """What the window shows of an open journal."""

    def __init__(self, window: "MainWindow", desk: Desk) -> None:
        super().__init__()
        self.desk, self._window = desk, window
        words = desk.words
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        items = [
            RailItem(page, words(text), icon, key, low) for page, text, icon, key, low in _PAGES
        ]
        self.rail = Rail(items, desk.theme, desk.settings.scale)
        self.rail.chosen.connect(lambda page: self.go(page))
        row.addWidget(self.rail)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        self.notice = NoticeBar(words)
        middle.addWidget(self.notice)
        self._capture_place = QVBoxLayout()
        self._capture_place.setContentsMargins(*_CAPTURE_MARGINS)
        middle.addLayout(self._capture_place)
        self.capture: Any = None
        self.stack = QStackedWidget()
        middle.addWidget(self.stack, 1)
        row.addLayout(middle, 1)
        self._panel_place = QHBoxLayout()
        row.addLayout(self._panel_place)
        self.panel: Any = None
        self._panel_width = 0
        self.pages: dict[Any, QWidget] = {}
        self.current: Any = None
        self.toast = Toast(self)
        desk.noticed.connect(self.notice.say)
        desk.questioned.connect(self.notice.ask)
        desk.toasted.connect(self.toast.say)
        desk.asked.connect(self.go)

    # pages are imported when first shown: the window stands before most of them are read

    def go(self, page: str, target: Any = None) -> None:
        """Show a page, or do what another page asks for."""
        match page:
            case "edit":
                self.edit(target)
            case "record":
                self._open_record(*target)
            case "tab":
                if hasattr(self.page(), "go_to"):
                    self.page().go_to(target)
            case "meeting":
                self._open_panel(self._meeting_panel(target))
            case "passphrase":
                self._window.change_passphrase(target)
            case _:
                self._show((page, target) if target is not None else page)

    def page(self) -> Any:
        """The page that is shown."""
        return self.stack.currentWidget()

    def _show(self, key: Any) -> None:
        old = self.page()
        if old is not None and key != self.current and not old.leave():
            self.rail.check(self._rail_page(self.current))
            return
        if key not in self.pages:
            made = self._make(key)
            if made is None:
                return
            if isinstance(key, tuple):
                # one client at a time: the others are read anew when they are opened again
                for other in [k for k in self.pages if isinstance(k, tuple) and k[0] == key[0]]:
                    gone = self.pages.pop(other)
                    self.stack.removeWidget(gone)
                    gone.deleteLater()
            self.pages[key] = made
            self.stack.addWidget(made)
        self.current = key
        # asked before: a page that goes hands the keyboard on to the rail
        walking_the_rail = self.rail.isAncestorOf(self.window().focusWidget())
        self.stack.setCurrentWidget(self.pages[key])
        if not walking_the_rail:
            self.page().take_focus()
        self.rail.check(self._rail_page(key))
        settings = self.desk.settings
        if isinstance(key, tuple):
            settings.page, settings.client = key[0], key[1]
        else:
            settings.page, settings.client = key, 0
        if key == "search":
            line = self.page().line
            line.setFocus()
            line.selectAll()

    @staticmethod
    def _rail_page(key: Any) -> str:
        return "clients" if isinstance(key, tuple) else str(key)

    def _make(self, key: Any) -> Any:
        desk = self.desk
        if isinstance(key, tuple):
            client = desk.journal.get(Client, key[1])
            if client is None:
                return None
            if key[0] == "report":
                from pmdesk.gui.pages.report_page import ReportPage

                return ReportPage(desk, client)
            from pmdesk.gui.pages.client_page import ClientPage

            return ClientPage(desk, client)
        match key:
            case "journal":
                from pmdesk.gui.pages.journal_page import JournalPage

                return JournalPage(desk)
            case "import":
                from pmdesk.gui.pages.import_page import ImportPage

                return ImportPage(desk)
            case "search":
                from pmdesk.gui.pages.search_page import SearchPage

                return SearchPage(desk)
            case "inbox":
                from pmdesk.gui.pages.inbox_page import InboxPage

                return InboxPage(desk)
            case "about":
                from pmdesk.gui.pages.about_page import AboutPage

                return AboutPage(desk)
            case "settings":
                from pmdesk.gui.pages.settings_page import SettingsPage

                made = SettingsPage(desk)
                made.looks_changed.connect(self._window.dress_later)
                return made
            case "clients":
                from pmdesk.gui.pages.clients_page import ClientsPage

                return ClientsPage(desk)
        raise LookupError(f"no page is called {key!r}")

    def _open_record(self, kind: str, record_id: int) -> None:
        if kind == "attachment":
            from pmdesk.actions.originals import owner_of  # with the first file that is opened

            kind, record_id = owner_of(self.desk.journal, record_id) or (kind, 0)
        if kind == "client":
            self.go("client", record_id)
            return
        record = self.desk.journal.get(KINDS[kind].cls, record_id)
        if record is None:
            return
        if kind == "entry":
            self._show("journal")
            self.page().open_entry(record)
        else:
            self.edit(record)

    def edit(self, record: Any) -> None:
        """Open the side panel on a record; what the one before held is saved first."""
        if not self.close_panel():
            return
        from pmdesk.gui.panels.record_panel import RecordPanel

        panel = RecordPanel(self.desk, record)
        if isinstance(record, Client) and record.id is None:
            panel.saved.connect(self._on_new_client)
        self._open_panel(panel)

    def _meeting_panel(self, client: Client) -> Any:
        from pmdesk.gui.panels.meeting_panel import MeetingPanel

        return MeetingPanel(self.desk, client)

    def _open_panel(self, panel: Any) -> None:
        if not self.close_panel():
            panel.deleteLater()
            return
        self.panel, self._panel_width = panel, panel.minimumWidth()
        panel.closed.connect(self._drop_panel)
        self._panel_place.addWidget(panel)
        self._fit()
        panel.focus_first()

    def _on_new_client(self, client: Client) -> None:
        if self.current != ("client", client.id):
            self._show(("client", client.id))

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
            self.page().setFocus()

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

    def settle(self) -> bool:
        """Save what is being written; False when it cannot be and stays."""
        page = self.page()
        return (page is None or page.leave()) and self.close_panel()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._fit()

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
        self.toast.beside = (self.rail.width(), panel)
        self.toast.place()


class MainWindow(QMainWindow):
    """Holds the start page or an open journal; mail files may be dropped on it."""

    def __init__(self, app: Any) -> None:
        super().__init__()
        self.app = app
        TextKeys(self)
        self.desktop: Desktop | None = None
        self.setWindowTitle("PM Desk")
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self.setMinimumSize(760, 520)
        # no changeEvent: for the first event of any kind Qt would load the classes of them all
        QApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)
        geometry = app.settings.geometry
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def show_start(self, page: QWidget) -> None:
        """The start page instead of a journal."""
        self._drop_desktop()
        build_menus(self)
        self.setCentralWidget(page)

    def show_desk(self, desk: Desk) -> None:
        """An open journal, on the page where it was left."""
        self._drop_desktop()
        self.desktop = Desktop(self, desk)
        self.setCentralWidget(self.desktop)
        build_menus(self)
        self.setWindowTitle(f"{desk.path.stem} – PM Desk")
        settings = desk.settings
        client = int(settings.client)
        found = desk.journal.get(Client, client)
        if found is not None:
            self.desktop.go("client", client)
        else:
            known = {page[0] for page in _PAGES}
            self.desktop.go(settings.page if settings.page in known else "clients")

    def clear(self) -> None:
        """Take down the open journal's pages for good, not only at the next turn of the loop."""
        self._drop_desktop()
        build_menus(self)
        QCoreApplication.sendPostedEvents(None, _DEFERRED_DELETE)

    def _drop_desktop(self) -> None:
        if self.desktop is not None:
            old = self.takeCentralWidget()
            if old is not None:
                old.hide()
                old.deleteLater()
            self.desktop = None

    def dress_later(self) -> None:
        """Change language, theme or size once the widget that asked has returned."""
        QTimer.singleShot(0, self, self.dress)

    def dress(self) -> None:
        """Build the page anew in the language, theme and size of the settings."""
        if self.desktop is None or self.desktop.settle():
            self.app.dress()

    def change_passphrase(self, passphrase: str | None) -> None:
        self.app.change_passphrase(passphrase)

    def dragEnterEvent(self, event) -> None:
        if self.desktop is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and self.desktop is not None:
            event.acceptProposedAction()
            self.desktop.go("import")
            self.desktop.page().add_paths(paths)

    def closeEvent(self, event: "QCloseEvent") -> None:
        if self.desktop is not None and not self.desktop.settle():
            event.ignore()
            return
        self.app.settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.app.remember()
        event.accept()

    def _on_scheme(self) -> None:
        if self.app.settings.theme == "system":
            self.dress_later()
