"""Backups by themselves while a journal is open: made beside the window, told only when one fails."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pmdesk.gui.desk import Desk
from pmdesk.gui.tasks import Task, run_task
from pmdesk.journal.errors import JournalBusy, JournalError, NoJournal
from pmdesk.journal.standby import Standby

if TYPE_CHECKING:
    from pmdesk.gui.app import App
    from pmdesk.journal.backups.manifest import Backup
    from pmdesk.journal.backups.reason import Reason
    from pmdesk.journal.backups.shelf import Shelf
    from pmdesk.journal.journal import Journal
    from pmdesk.journal.progress import Progress

_LOG: Final = logging.getLogger(__name__)
# The first look: the window stands, and what the last close could not keep is kept soon.
_FIRST: Final = timedelta(seconds=20)
# When another program, or another window, makes one just now.
_BUSY: Final = timedelta(minutes=1)
_GIGABYTE: Final = 1 << 30


class Backing(QObject):
    """Keeps copies of the journal that is open, on connections of its own, and of one just closed.

    `kept` tells of each look, with the backup that came of it or None; `failed` why one failed, in
    words; `busy` is whether one is made by hand, `progressed` how far it is.
    """

    kept = Signal(object)
    failed = Signal(str)
    progressed = Signal(object)

    def __init__(self, app: "App") -> None:
        super().__init__()  # no part of the window, which may go first
        self._app = app
        self._window_thread = threading.get_ident()
        self._one = threading.Lock()
        self._journal: Journal | None = None
        self._standby: Standby | None = None
        self._tasks: list[tuple[Task, Reason]] = []
        self._told: type[Exception] | None = None
        self.busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def follow(self, journal: "Journal") -> None:
        """Keep copies of this journal from now on."""
        if journal is self._journal:
            return
        self.leave(copied=False)  # the same journal, under another passphrase
        self._journal, self._told = journal, None
        self._standby = Standby(journal.path, journal.passphrase)
        journal.before = self._before
        if self._app.settings.backups:
            self._look_in(_FIRST)

    def renew(self) -> None:
        """Do as the settings say, which have changed."""
        self._told = None
        if self._journal is None:
            return
        if self._app.settings.backups:
            self._look_in(min(_FIRST, self._between()))
        else:
            self._timer.stop()

    def rest(self) -> None:
        """Let go of the file, which is about to be replaced; what is being copied is waited for."""
        self._stop()
        self.wait()
        if self._standby is not None and self._journal is not None:
            self._standby.close()
            self._standby = Standby(self._journal.path, self._journal.passphrase)

    def leave(self, *, copied: bool = True) -> None:
        """Hear no more of the journal, which is about to be closed.

        Its last backup goes on beside whatever the window shows next, unless it is not to be `copied`.
        """
        from pmdesk.journal.backups.reason import Reason

        if self._journal is None or self._standby is None:
            return
        self._timer.stop()
        self._stop()
        if copied and self._app.settings.backups:
            self._begin(Reason.CLOSED)
        self._standby.close()
        self._journal.before = None
        self._journal = self._standby = None

    def wait(self) -> None:
        """Stand still until every copy that was begun is whole, for who ends the program."""
        for task, _ in self._tasks:
            task.wait()

    def by_hand(self) -> None:
        """Make a backup now, whether or not anything has changed."""
        from pmdesk.journal.backups.reason import Reason

        if not self.busy and self._journal is not None:
            self.busy = True
            self._begin(Reason.HAND)

    @contextmanager
    def borrowed(self) -> "Iterator[Journal]":
        """A connection of its own to the open journal, for a look in a thread. Raises JournalError."""
        standby = self._standby
        if standby is None:
            raise NoJournal(path="")
        connection = standby.take()
        try:
            yield connection
        finally:
            standby.give(connection)

    def alone(self) -> threading.Lock:
        """Held while nobody copies."""
        return self._one

    def before_passphrase(self, change: Callable[[], None]) -> None:
        """Have a backup made beside the window, then change the passphrase; not where it failed."""
        desk = self._app.desk
        if desk is None or not self._app.settings.backups:
            change()
        elif desk.work.running:
            desk.work.say_busy()
        else:
            desk.work.begin(
                desk.words("Backing up before the passphrase is changed…"),
                self._keep_for_passphrase,
                lambda _kept: change(),
            )

    def shelf(self) -> "Callable[[], Shelf]":
        """How to find the backups of the open journal, in any thread."""
        from pmdesk.journal.backups.shelf import shelf_of

        if self._journal is None:
            raise RuntimeError("no journal is open")
        return partial(shelf_of, self._journal.path, self._app.settings.backup_folder)

    def _between(self) -> timedelta:
        return timedelta(minutes=self._app.settings.backup_minutes)

    def _look_in(self, time: timedelta) -> None:
        self._timer.start(round(time / timedelta(milliseconds=1)))

    def _look(self) -> None:
        from pmdesk.journal.backups.reason import Reason  # with the first backup

        self._look_in(self._between())
        self._begin(Reason.CHANGED)

    def _stop(self) -> None:
        """Stop what was begun by the clock alone: nothing is lost with it."""
        for task, reason in self._tasks:
            if reason == "changed":
                task.cancel()

    def _limit(self) -> int:
        return self._app.settings.backup_gb * _GIGABYTE

    def _begin(self, reason: "Reason", *, pinned: bool = False) -> None:
        """Make a copy in a thread. `pinned` is one of this very moment, whatever is written meanwhile."""
        standby = self._standby
        if standby is None:
            return
        find, at, limit, held = self.shelf(), Desk.now(), self._limit(), ExitStack()
        taken: Journal | None = None
        if pinned:
            taken = standby.take()
            held.enter_context(taken.snapshot())

        def work(task: Task) -> "Backup | None":
            with self._one:
                connection = taken or standby.take()
                try:
                    with held:
                        return find().keep(
                            connection, reason, at=at, limit_bytes=limit, progress=task.report
                        )
                finally:
                    standby.give(connection)

        self._tasks = [pair for pair in self._tasks if pair[0].running]
        by_hand = self.progressed.emit if reason == "hand" else None
        task = run_task(
            self,
            work,
            done=partial(self._ended, reason, self._on_kept),
            failed=partial(self._ended, reason, self._on_failed),
            progressed=by_hand,
        )
        self._tasks.append((task, reason))

    def _before(self, journal: "Journal", reason: "Reason") -> None:
        """What a large act asks for; raises JournalError where it is not to be done without.

        One in the window's thread is small enough for Undo, and does not wait for its copy.
        """
        if not self._app.settings.backups:
            return
        if threading.get_ident() != self._window_thread:
            self._keep_here(journal, reason)
        elif reason == "passphrase":
            return  # the window has made that one beside itself
        elif journal.place is None:
            self._begin(reason, pinned=True)
        else:  # without a log, a state that is held would hold up the act
            self._keep_here(journal, reason)

    def _keep_here(self, journal: "Journal", reason: "Reason", **more: Any) -> None:
        from pmdesk.journal.backups.guard import keep_before

        folder, limit = self._app.settings.backup_folder, self._limit()
        with self._one:
            keep_before(journal, reason, folder, at=Desk.now(), limit_bytes=limit, **more)

    def _keep_for_passphrase(self, journal: "Journal", progress: "Progress") -> None:
        from pmdesk.journal.backups.reason import Reason

        self._keep_here(journal, Reason.PASSPHRASE, progress=progress)

    def _ended(self, reason: "Reason", tell: Callable[[Any], None], outcome: Any) -> None:
        self.busy = self.busy and reason != "hand"
        tell(outcome)

    def _on_kept(self, backup: "Backup | None") -> None:
        self._told = None
        self.kept.emit(backup)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            raise error
        _LOG.info("no backup", exc_info=error)
        words = self._app.words
        sentence = words(error.sentence, **error.facts)
        self.failed.emit(sentence)
        if isinstance(error, JournalBusy):
            self._look_in(_BUSY)
        elif self._told is not type(error):  # once, until one was made again
            self._told = type(error)
            self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        """Say it above the page, where the keyboard stays; on the start page where no journal is open."""
        desktop = self._app.window.desktop
        if self._app.locking.is_locked:
            # the sentence names the file; it is told when the next one fails
            self._told = None
            words = self._app.words
            self._app.page.say(
                words("No backup could be made. It is tried again once this is open.")
            )
        elif desktop is not None and self._journal is not None:
            desktop.notice.say("bad", sentence, (self._app.words("Try again"), self._look))
        elif hasattr(self._app.page, "say"):
            self._app.page.say(sentence)
