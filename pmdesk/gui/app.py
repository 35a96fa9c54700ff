"""The application: settings, looks and language, and which journal is open."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pmdesk.gui import qt_loading  # noqa: F401 - before anything of Qt

# isort: split
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from pmdesk.collector import calm_collector
from pmdesk.gui.backing import Backing
from pmdesk.gui.beginning import create, create_sample
from pmdesk.gui.collecting import Collecting
from pmdesk.gui.damage import DamagedJournals
from pmdesk.gui.desk import Desk
from pmdesk.gui.icons import app_icon
from pmdesk.gui.language import set_language, system_language
from pmdesk.gui.listening import Listening
from pmdesk.gui.locking import Locking
from pmdesk.gui.looking import look_at_start
from pmdesk.gui.place_of_journal import tell_once
from pmdesk.gui.restoring import Restoring
from pmdesk.gui.settings import Settings
from pmdesk.gui.tasks import run_task, settle_tasks
from pmdesk.gui.theme import STYLE, ThemeChoice, apply_theme
from pmdesk.gui.window import MainWindow
from pmdesk.journal.errors import JournalError, PassphraseNeeded
from pmdesk.journal.journal import Journal
from pmdesk.journal.opening import Opening, environment_passphrase, takes_long
from pmdesk.log_file import tell_crashes
from pmdesk.tokens import OPPOSITE
from pmdesk.words import Language, Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon

_SCALES = (100, 250)
_LOOK_AFTER_MS = 2_000  # the first page stands by then


class App:
    """One application with one window."""

    def __init__(self, qt: QApplication, tray: "type[QSystemTrayIcon] | None" = None) -> None:
        """`tray` is the kind of icon in the desktop's tray, Qt's own without it."""
        self.qt = qt
        self.settings = Settings.load()
        self.desk: Desk | None = None
        self.page: Any = None
        self.words = self.wear()
        self.known: Path | None = None
        self._wants_capture = False
        self.window = MainWindow(self, tray)
        self.locking = Locking(self)
        Collecting(self.window)
        self.backing = Backing(self)
        self.restoring = Restoring(self)
        self.damaged = DamagedJournals(self)
        # drawn in four sizes: after the window
        QTimer.singleShot(0, qt, lambda: qt.setWindowIcon(app_icon()))

    def wear(self) -> Words:
        chosen = self.settings.language
        language: Language = (
            "zh" if chosen == "zh" else "en" if chosen == "en" else system_language()
        )
        words = set_language(self.qt, language).words  # first: the fonts are those of the language
        choice = cast("ThemeChoice", self.settings.theme)
        look = apply_theme(self.qt, choice, self.settings.scale / 100)
        self.theme = look.theme.name
        return words

    def start(self, path: Path | None, opening: Opening | None = None) -> None:
        """Open the journal that was named or open last, else the start page.

        `opening` is that journal where somebody has begun to open it.
        """
        known = path or self.settings.last_path()
        if known is None:
            self.show_start()
            return
        if opening is None and takes_long(known, passphrase := environment_passphrase()):
            opening = Opening(known, str(passphrase), self.settings.backup_folder)
        if opening is not None and not opening.ended:
            self._await(opening)
            return
        try:
            self.use(opening.wait() if opening else self._opened(known, environment_passphrase()))
        except JournalError as error:
            self._start_failed(known, error)

    def _opened(self, path: Path, passphrase: str | None) -> Journal:
        return Journal.open(path, passphrase, backups_in=self.settings.backup_folder)

    def _await(self, opening: Opening) -> None:
        """Let the window stand while the key is made."""
        from pmdesk.gui.pages.opening_page import OpeningPage

        self.show_waiting(OpeningPage(self.words, opening.path), opening.path)
        self.use_later(opening, partial(self._start_failed, opening.path))

    def show_waiting(self, page: Any, path: Path) -> None:
        """A page in the place of the journal at a path, which is on its way."""
        self.known, self.page = path, page
        self.window.show_start(page)

    def _start_failed(self, known: Path, error: JournalError) -> None:
        refused = partial(self._start_refused, known, error)
        self.damaged.take(known, environment_passphrase(), error, refused)

    def _start_refused(self, known: Path, error: JournalError) -> None:
        if isinstance(error, PassphraseNeeded):
            self.show_start(known)
            return
        self.show_start(known if known.exists() else None)
        self.page.say(self.words(error.sentence, **error.facts))

    def use_later(self, opening: Opening, refused: Callable[[JournalError], None]) -> None:
        """Use a journal once it is open."""

        def use(journal: Journal) -> None:
            try:
                self.use(journal)
            except JournalError as error:
                refused(error)

        def failed(error: Exception) -> None:
            if not isinstance(error, JournalError):
                raise error
            refused(error)

        run_task(self.window, lambda _task: opening.wait(), done=use, failed=failed)

    def show_start(self, known: Path | None = None, *, private: bool = False) -> None:
        """The start page, which asks for what is needed; a `private` one names no other journals."""
        from pmdesk.gui.pages.start_page import StartPage

        others = [] if private else self.settings.recent(without=known)
        self.page = StartPage(self.words, _documents(), known, others)
        self.page.language_chosen.connect(self._on_language)
        self.page.creation_asked.connect(partial(create, self))
        self.page.opening_asked.connect(self._on_open)
        self.page.sample_asked.connect(partial(create_sample, self))
        self.known = known
        self.window.show_start(self.page)
        self.page.take_focus()

    def use(self, journal: Journal) -> None:
        """Show an open journal."""
        self.close_journal()
        before = self.settings.last_journal
        self.settings.opened(journal.path)
        if before != self.settings.last_journal:
            self.settings.page, self.settings.client, self.settings.tab = "today", 0, 0
        self.since = Desk.now()
        desk = Desk(journal, self.words, self.settings, self.theme, self.since)
        self._show(desk)
        tell_once(desk)
        self.remember()
        if journal.rows("SELECT 1 FROM source WHERE at_start = 1 LIMIT 1"):
            QTimer.singleShot(_LOOK_AFTER_MS, self.window, partial(self._look_at_sources, desk))
        if self._wants_capture:
            self.capture()

    def _look_at_sources(self, desk: Desk) -> None:
        if self.desk is desk:  # not closed meanwhile
            look_at_start(desk)

    def _show(self, desk: Desk) -> None:
        self.desk = desk
        desk.wished.connect(self._follow)
        self.backing.follow(desk.journal)
        desk.backing = self.backing
        self.window.show_desk(desk)
        self.locking.opened()
        self.window.presence.follow()

    def _follow(self) -> None:
        """Do as the settings say, which have changed."""
        self.remember()
        self.locking.follow()
        self.window.presence.follow()
        self.backing.renew()
        if self.desk is not None:
            self.desk.reminders.renew()

    def capture(self) -> None:
        """Begin a captured line, once a journal is open."""
        self._wants_capture = self.window.desktop is None
        if self.window.desktop is not None:
            self.window.desktop.begin_capture()

    def journal_path(self) -> Path | None:
        """The journal that is open, or that the start page asks for; any thread may ask."""
        desk = self.desk
        return desk.path if desk is not None else self.known

    def attempt(self, make: Callable[[], Journal]) -> bool:
        """Use the journal that is made; False where the start page says why there is none."""
        try:
            self.use(make())
        except JournalError as error:
            self.page.say(self.words(error.sentence, **error.facts))
            return False
        return True

    def _on_language(self, language: str) -> None:
        self.settings.language = language
        QTimer.singleShot(0, self.window, self._speak_anew)

    def _speak_anew(self) -> None:
        self.words = self.wear()
        self.show_start(self.known)

    def _on_open(self, path: Path, passphrase: str | None) -> None:
        passphrase = passphrase or environment_passphrase()
        refused = partial(self._open_failed, path, passphrase)
        if takes_long(path, passphrase):
            self.page.wait_for(path)
            self.use_later(Opening(path, str(passphrase), self.settings.backup_folder), refused)
            return
        try:
            self.use(self._opened(path, passphrase))
        except JournalError as error:
            refused(error)

    def open_other(self, path: Path, passphrase: str | None = None) -> None:
        """Open a journal from a page where none is open, which is not the start's."""
        self.show_start(path)
        self._on_open(path, passphrase)

    def _open_failed(self, path: Path, passphrase: str | None, error: JournalError) -> None:
        refused = partial(self._open_refused, path, error)
        self.damaged.take(path, passphrase, error, refused)

    def _open_refused(self, path: Path, error: JournalError) -> None:
        if isinstance(error, PassphraseNeeded) and self.known != path:
            self.show_start(path)
            return
        self.page.go_on(self.words(error.sentence, **error.facts))

    def lock(self) -> None:
        """Show nothing of the journal until its passphrase is typed again."""
        self.locking.lock()

    def close_journal(self) -> None:
        """Let go of the open journal, its pages first: what they put off asks it no more."""
        if self.desk is not None:
            self.desk.leave()
            self.window.presence.forget()
            self.window.clear()
            self.desk.watching.leave()
            self.backing.leave()
            self.desk.journal.close()
            # what listens to it knows it, too: Python alone would never let go of the two
            self.desk.deleteLater()
            self.desk = None
            from pmdesk.typed.spelled import forget_names  # what it kept of names goes with it

            forget_names()

    def leave_journal(self, other: Path | None = None) -> None:
        """Back to the start page, to open another; at once where it is named."""
        desktop = self.window.desktop
        if desktop is None or not desktop.settle() or self.desk is None:
            return
        path = self.desk.path
        self.close_journal()
        self.show_start(path)
        if other is not None:
            self._on_open(other, None)

    def change_passphrase(self, passphrase: str | None) -> None:
        """Set, change or remove the passphrase of the open journal."""
        from pmdesk.gui.new_passphrase import change_passphrase

        change_passphrase(self, passphrase)

    def dress(self) -> None:
        """Wear the looks and the language of the settings, keeping the place."""
        # the old pages go first: a style change walks every widget, those about to go included
        self.window.clear()
        self.words = self.wear()
        self.remember()
        if self.desk is not None:
            self.desk.reminders.leave()
            self.desk.recent.keep()
            self.lay(self.desk.journal, self.desk.owing.leave())

    def lay(self, journal: Journal, known: Any) -> None:
        """A new desk for a journal of which something is known already."""
        desk = Desk(journal, self.words, self.settings, self.theme, self.since)
        desk.owing.come_back(known)
        before = self.desk
        desk.reminders.private = before is not None and before.reminders.private
        self._show(desk)
        if before is not None:
            before.deleteLater()

    def resize_text(self, step: int) -> None:
        self.settings.scale = max(_SCALES[0], min(_SCALES[1], self.settings.scale + step))
        self.window.dress_later()

    def toggle_theme(self) -> None:
        self.settings.theme = OPPOSITE[self.theme]
        self.window.dress_later()

    def toggle_language(self) -> None:
        self.settings.language = "en" if self.words.language == "zh" else "zh"
        self.window.dress_later()

    def tell_crash(self, details: str) -> None:
        """Say that something went wrong that nothing expected, and offer its details."""
        words = self.words
        sentence = words(
            "Something went wrong here. What is saved is safe; the rest may be retried."
        )
        if self.desk is None:
            self.page.say(sentence)
            return

        def copy() -> None:
            QApplication.clipboard().setText(details)
            if self.desk is not None:
                self.desk.tell(words("Copied"))

        self.desk.questioned.emit(sentence, (words("Copy details"), copy))

    def remember(self) -> None:
        self.settings.save()


def _documents() -> Path:
    from platformdirs import user_documents_path

    return user_documents_path()


def application() -> QApplication:
    """Qt's side of the program, before it is dressed."""
    calm_collector()
    # chosen by name: Qt would hand over the style itself, and Python load its 600 constants
    qt = QApplication([*sys.argv[:1], "-style", STYLE])
    qt.setProperty("style", STYLE)
    qt.setApplicationName("PM Desk")
    qt.setDesktopFileName("pmdesk")
    # Qt's own dialogs would keep the folders they showed in a file that every Qt program shares
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    return qt


def _sweep() -> None:
    from pmdesk.exchange.mail.leftovers import sweep

    sweep()


def run(path: str | None, opening: Opening | None = None, *, capture: bool = False) -> int:
    """Open the window; the exit code when it is closed. `opening` as in `App.start`.

    With `capture` a captured line is begun. Other starts may ask this window to come forward.
    """
    qt = application()
    app = App(qt)
    tell_crashes(app.tell_crash)
    app.start(Path(path) if path else None, opening)
    app.window.show()
    listening = Listening(app)
    listening.door.open()
    if capture:
        app.capture()
    QTimer.singleShot(_LOOK_AFTER_MS, app.window, _sweep)
    code = qt.exec()
    listening.door.close()
    app.close_journal()
    app.backing.wait()
    settle_tasks()  # what is under way tells objects that go with the program
    return int(code)
