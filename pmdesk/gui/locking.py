"""The lock: the window shows nothing of the journal until its passphrase is typed again.

What the journal shows goes at once. What stands unsaved is then kept in the journal, its connection
is closed and its passphrase forgotten; where something still writes, as soon as that is over.
"""

import re
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pmdesk.journal.errors import Damaged, JournalError, WrongPassphraseOrDamaged
from pmdesk.words import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pmdesk.gui.app import App
    from pmdesk.gui.desk import Desk
    from pmdesk.gui.desktop import Desktop
    from pmdesk.gui.idle import Idle
    from pmdesk.gui.left_at import Heard
    from pmdesk.gui.locked_reminders import LockedReminders
    from pmdesk.gui.pages.locked_page import LockedPage
    from pmdesk.gui.screen_watch import ScreenWatch

# The window stands by then: what hears desktop and keys is not loaded for its start.
_BEGIN_MS: Final = 2_500
# How soon it is tried again where the journal cannot be closed yet.
_AGAIN_MS: Final = 100
# For so long what comes is said while it is locked; what comes later, at its opening.
_AHEAD: Final = timedelta(days=7)
_NO_PASSPHRASE: Final = mark("This journal has no passphrase: there is nothing to lock it with.")
_WRITING: Final = mark(
    "Something is still being written. The journal is closed as soon as that is done."
)


class Locking(QObject):
    """Locks and unlocks the journal of the window; `page` is there as long as it is locked."""

    def __init__(self, app: "App") -> None:
        super().__init__(app.window)
        self._app = app
        self.page: LockedPage | None = None
        self.idle: Idle | None = None
        self.screen: ScreenWatch | None = None
        self._reminders: LockedReminders | None = None
        # the pages of a journal that could not be closed yet
        self._covered: Desktop | None = None
        self._anew = False
        self._heard: Heard | None = None
        self._since: datetime | None = None
        self._later = QTimer(self, singleShot=True, interval=_BEGIN_MS)
        self._later.timeout.connect(self._watch)
        self._close_soon = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._close_soon.timeout.connect(self._close)

    @property
    def is_locked(self) -> bool:
        """Whether the window shows the locked page."""
        return self.page is not None

    @property
    def is_closed(self) -> bool:
        """Whether the journal is closed as well, and its passphrase forgotten."""
        return self.is_locked and self._covered is None

    # When it locks

    def follow(self) -> None:
        """Do as the settings say with the journal that is open now."""
        if self.idle is not None:
            self._watch()
        elif self._may_lock():
            self._later.start()

    def _may_lock(self) -> bool:
        desk = self._app.desk
        return desk is not None and desk.journal.passphrase is not None and not self.is_locked

    def _watch(self) -> None:
        """Listen to keys and to the desktop, or no more."""
        wanted, settings = self._may_lock(), self._app.settings
        if self.idle is None or self.screen is None:
            if not wanted:
                return
            from pmdesk.gui.idle import Idle
            from pmdesk.gui.screen_watch import ScreenWatch

            self.idle, self.screen = Idle(self), ScreenWatch(self)
            self.idle.passed.connect(self.leave)
            self.screen.left.connect(self.leave)
        self.idle.watch(settings.lock_minutes if wanted else 0)
        self.screen.watch(on=wanted and settings.lock_with_screen)

    def leave(self) -> None:
        """The person has left: lock what can be locked."""
        if self._may_lock():
            self.lock()
            self._app.window.repaint()  # the machine may be about to sleep

    # Locking

    def lock(self) -> None:
        """Lock the journal; of one without a passphrase say that it has none, and offer to set one."""
        desk = self._app.desk
        if desk is None or self.is_locked:
            return
        if desk.journal.passphrase is None:
            words = desk.words
            desk.tell(words(_NO_PASSPHRASE), offer=(words("Set a passphrase"), self._offer))
            return
        self._cover(desk)

    def _offer(self) -> None:
        from pmdesk.gui.pages.places import SETTINGS

        desktop = self._app.window.desktop
        if desktop is not None:
            desktop.show_page(SETTINGS)
            desktop.page().ask_for_passphrase()

    def _cover(self, desk: "Desk") -> None:
        """Take everything of the journal off the screen, at once."""
        from pmdesk.gui.leaving import end_typing, forget_copied
        from pmdesk.gui.left_at import Heard

        window = self._app.window
        end_typing(window)
        self._close_dialogs()
        forget_copied()
        desk.reminders.private, self._since = True, desk.since
        self._app.known = desk.path  # the journal that is asked for
        self._heard = Heard(desk)
        self._covered = window.cover(self._make_page())
        self._watch()
        self._close_soon.start(0)

    def _make_page(self) -> "LockedPage":
        from pmdesk.gui.pages.locked_page import LockedPage

        page = LockedPage(self._app.words, self._app.settings.theme)
        page.unlock_asked.connect(self._unlock)
        page.other_asked.connect(self._open_other)
        page.look_chosen.connect(self._on_look)
        self.page = self._app.page = page
        return page

    def _close_dialogs(self) -> None:
        from pmdesk.gui.leaving import close_dialogs

        close_dialogs(self._app.window)

    def _close(self) -> None:
        """Close the journal once all is kept in it and nobody writes; else try again."""
        from pmdesk.gui.leaving import is_held_up
        from pmdesk.journal.opening import forget_passphrase

        desktop, page = self._covered, self.page
        if desktop is None or page is None:
            return
        self._close_dialogs()  # what was under way may have opened one
        busy = desktop.desk.work.running
        if self._heard is not None and not busy:
            self._heard.stop()
        told = self._heard.texts if self._heard is not None else {}
        if busy or is_held_up() or not self._is_kept(desktop, told):
            page.say(page.words(_WRITING) if busy else "")
            page.other_button.setEnabled(False)
            self._close_soon.start(_AGAIN_MS)
            return
        page.say("")
        page.other_button.setEnabled(True)
        ahead = desktop.desk.reminders.ahead(_AHEAD)
        journal, self._covered, self._heard = desktop.desk.journal, None, None
        desktop.deleteLater()
        self._app.close_journal()
        journal.passphrase = None
        forget_passphrase()
        self._remind(ahead)

    def _remind(self, ahead: list[float]) -> None:
        """Say that something became due as long as it is locked, if that is wanted."""
        if not ahead:
            return
        from pmdesk.gui.locked_reminders import LockedReminders

        if self._reminders is None:
            self._reminders = LockedReminders(self)
            self._reminders.come.connect(self._on_due)
        self._reminders.begin(ahead)

    def _on_due(self, n: int) -> None:
        if self.page is None:
            return
        words = self.page.words
        text = words("Something became due") if n == 1 else words("{n} things became due", n=n)
        self.page.say(text)
        self._app.window.presence.remind_locked(text)

    @staticmethod
    def _is_kept(desktop: "Desktop", told: "Mapping[str, list[str]]") -> bool:
        from pmdesk.gui.left_at import keep_place

        return keep_place(desktop, told)

    def settle(self) -> bool:
        """Whether nothing that stands unsaved behind the locked page would be lost at a quit."""
        if self._covered is None or self.page is None or self._is_kept(self._covered, {}):
            return True
        self.page.say(self.page.words(_WRITING))
        return False

    # Unlocking

    def _unlock(self, passphrase: str) -> None:
        from pmdesk.journal.opening import Opening
        from pmdesk.journal.passphrase import NOT_THE_PASSPHRASE, is_passphrase

        page, desktop = self.page, self._covered
        if page is None:
            return
        if desktop is None:
            path = self._app.known
            if path is None:
                return
            page.wait()
            opening = Opening(path, passphrase, self._app.settings.backup_folder)
            refused = partial(self._refused, path, passphrase)
            self._app.use_later(opening, refused)
        elif is_passphrase(desktop.desk.journal, passphrase):
            self._uncover(desktop)
        else:
            page.go_on(page.words(NOT_THE_PASSPHRASE))

    def _refused(self, path: Path, passphrase: str, error: JournalError) -> None:
        """Show the backups where the passphrase is right and the file is not, else say why."""
        say = partial(self._say_refused, error)
        if isinstance(error, Damaged | WrongPassphraseOrDamaged):
            self._app.damaged.take(path, passphrase, error, say)
        else:
            say()

    def _say_refused(self, error: JournalError) -> None:
        """Say why it was not opened, without the name of the file."""
        if self.page is None:
            return
        words = self.page.words
        sentence = words(error.sentence, **{**error.facts, "path": words("the journal")})
        # Chinese puts the space around a path, not around a word
        sentence = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", sentence)
        self.page.go_on(sentence[:1].upper() + sentence[1:])

    def _uncover(self, desktop: "Desktop") -> None:
        """Show the pages again that were never closed."""
        self._close_soon.stop()
        self._covered = self.page = None
        desktop.desk.reminders.private = False
        self._app.window.uncover(desktop)
        if self._anew:
            self._anew = False
            self._app.window.dress_later()
        self._watch()

    def end(self) -> None:
        """The locked page has gone: a journal is open, or this one is shown as damaged."""
        self.page, self._anew = None, False
        if self._reminders is not None:
            self._reminders.end()

    def opened(self) -> None:
        """A journal is open: one goes on where one was."""
        self.end()
        self.follow()
        desktop = self._app.window.desktop
        if desktop is None:
            return
        if self._since is not None and desktop.desk.path == self._app.known:
            # what was done before is no act of another day
            desktop.desk.since = self._app.since = self._since
        self._since = None
        if desktop.desk.journal.passphrase is not None:
            from pmdesk.gui.left_at import take_up_place

            take_up_place(desktop)

    def _open_other(self, path: Path) -> None:
        """Open another journal; where that cannot be, this one stays locked."""
        from pmdesk.gui.leaving import open_from_lock

        if self.is_closed:
            open_from_lock(self._app, path)

    # Looks

    def _on_look(self, language: str, theme: str) -> None:
        self._app.settings.language, self._app.settings.theme = language, theme
        # once the widget that asked has returned
        QTimer.singleShot(0, self, self.dress)

    def dress(self) -> None:
        """The locked page in the language and colours of the settings; what is typed stays."""
        before = self.page
        if before is None:
            return
        self._anew = self._covered is not None
        self._app.words = self._app.wear()  # as its pages are dressed
        self._app.remember()
        self._app.window.presence.follow()  # the tray speaks it, too
        page = self._make_page()
        page.field.line.setText(before.field.text())
        page.say(before.told.text())
        self._app.window.cover(page)
        if before.isEnabled():
            page.take_focus()
        else:
            page.wait()  # for the key that is being made
