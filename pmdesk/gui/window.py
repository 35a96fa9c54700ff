"""The main window: the start page, or the desktop of an open journal under its menus."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.desktop import Desktop
from pmdesk.gui.menus import build_menus
from pmdesk.gui.pages.places import IMPORT, MERGE, PLACES, TODAY
from pmdesk.gui.presence import Presence
from pmdesk.gui.text_keys import TextKeys
from pmdesk.records.client import Client

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent  # a name costs Qt the classes of all events
    from PySide6.QtWidgets import QSystemTrayIcon

NAME = "PM Desk"
_DEFERRED_DELETE = 52  # of QEvent.Type, whose two hundred names are not loaded for it


class MainWindow(QMainWindow):
    """Holds the start page or an open journal; mail files may be dropped on it."""

    def __init__(self, app: Any, tray: "type[QSystemTrayIcon] | None" = None) -> None:
        """`tray` is the kind of icon in the desktop's tray, Qt's own without it."""
        super().__init__()
        self.app: Any = app
        self.presence: Presence = Presence(self, tray)
        TextKeys(self)
        self.desktop: Desktop | None = None
        self.setWindowTitle(NAME)
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
        desk.reminders.due.connect(self.presence.remind)
        desk.reminders.missed.connect(self.presence.tell_missed)
        desk.has_tray = self.presence.has_tray
        build_menus(self)
        self._name(desk)
        settings = desk.settings
        place, of_id = PLACES.get(settings.page, TODAY), int(settings.client)
        if place.of:
            self.desktop.show_page(place, of_id)
        elif desk.journal.get(Client, of_id) is not None:
            self.desktop.open_client(of_id)
        if self.desktop.current is None:
            self.desktop.show_page(place if place.rail or place.key else TODAY)

    def cover(self, page: QWidget) -> Desktop | None:
        """A page that tells nothing of the journal; what stood there goes on unseen, for `uncover`."""
        desktop, self.desktop = self.desktop, None
        if desktop is not None:
            self.takeCentralWidget()
            desktop.hide()
        self.setWindowTitle(NAME)
        build_menus(self)
        self.setCentralWidget(page)
        page.setFocus()
        return desktop

    def uncover(self, desktop: Desktop) -> None:
        """Show the pages again that were covered."""
        self.desktop = desktop
        self.setCentralWidget(desktop)
        desktop.show()
        self._name(desktop.desk)
        build_menus(self)

    def _name(self, desk: Desk) -> None:
        self.setWindowTitle(f"{desk.path.stem} – {NAME}")

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
        desk = self.app.desk
        if self.app.locking.is_locked:
            self.app.locking.dress()
        elif desk is not None and desk.work.running:
            desk.work.ended.connect(self.dress_later)  # the pages that saw it begin hear its end
        elif self.desktop is None or self.desktop.settle():
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
            self._take_files(self.desktop, paths)

    @staticmethod
    def _take_files(desktop: Desktop, paths: list[Path]) -> None:
        """Each to its page: a whole journal, or an archive of one, is merged, all else imported."""
        from pmdesk.gui.pages.merging.looked import is_whole  # with the first file that is dropped

        whole = [path for path in paths if is_whole(path)]
        for place, given in ((IMPORT, [p for p in paths if p not in whole]), (MERGE, whole)):
            if given:
                desktop.show_page(place)
                # the page before may have kept itself
                if desktop.current is not None and desktop.current.place is place:
                    desktop.page().add_paths(given)

    def closeEvent(self, event: "QCloseEvent") -> None:
        shown = self.desktop or self.app.locking
        if not shown.settle():
            event.ignore()
            return
        self.app.settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.app.remember()
        if self.presence.stays():
            event.ignore()
            self.presence.hide()
        else:
            event.accept()

    def _on_scheme(self) -> None:
        if self.app.settings.theme == "system":
            self.dress_later()
