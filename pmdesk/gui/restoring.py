"""A backup put in the place of the journal beside the window, which then shows it; and the way back."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pmdesk.gui.desk import Desk
from pmdesk.gui.tasks import Task, run_task
from pmdesk.journal.errors import JournalError, LockedFile, shown
from pmdesk.journal.journal import Journal
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.app import App
    from pmdesk.journal.backups.manifest import Backup
    from pmdesk.journal.progress import Progress

_LOG: Final = logging.getLogger(__name__)
# What the closed pages still read lets go of the file in a moment.
_PATIENCE_S: Final = 10.0
_PAUSE_S: Final = 0.05
_RESTORED: Final = mark(
    "This is the backup of {moment}. The journal as it was before is kept as “{name}”."
)
_MENDED: Final = mark(
    "This is the backup of {moment}. The file that did not open is kept as “{name}”."
)
_UNDONE: Final = mark(
    "The journal is again as it was before the restore. What was restored is kept as “{name}”."
)


class Way(NamedTuple):
    """A restore: what is put where, with the passphrase that opens it, and what is said at its end.

    `present` opens the journal that is there now; `undoable` is whether it can be put back.
    `backed_up` is whether it gets a backup first; `failed` is told why nothing was restored.
    """

    source: Path
    target: Path
    passphrase: str | None
    present: str | None
    sentence: str
    moment: datetime | None = None
    undoable: bool = False
    backed_up: bool = False
    failed: Callable[[str], None] | None = None


class Restoring:
    """Restores in a thread while the window shows how far it is."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def begin(self, backup: "Backup", passphrase: str | None) -> None:
        """Restore a backup of the open journal."""
        desk = self._app.desk
        if desk is not None:
            self._leave_for(
                Way(
                    backup.path, desk.path, passphrase, desk.journal.passphrase, _RESTORED,
                    moment=backup.at, undoable=True, backed_up=self._app.settings.backups,
                )
            )  # fmt: skip

    def begin_for_damaged(
        self, backup: "Backup", target: Path, passphrase: str | None, failed: Callable[[str], None]
    ) -> None:
        """Restore a backup of a journal that does not open."""
        self._run(
            Way(backup.path, target, passphrase, None, _MENDED, moment=backup.at, failed=failed)
        )

    def _leave_for(self, way: Way) -> None:
        """Close the open journal, what is typed saved first, and restore."""
        desktop, desk = self._app.window.desktop, self._app.desk
        if desktop is None or desk is None or not desktop.settle():
            return
        if desk.work.running:
            desk.work.say_busy()
            return
        self._app.backing.leave(copied=False)
        self._app.close_journal()
        self._run(way)

    def _run(self, way: Way) -> None:
        from pmdesk.gui.pages.waiting_page import WaitingPage

        app, at = self._app, Desk.now()
        folder, limit = app.settings.backup_folder, app.settings.backup_gb << 30

        def work(task: Task) -> tuple[Path | None, Journal]:
            with app.backing.alone():
                if way.backed_up:
                    _keep(way, folder, at, limit)
                aside = _restored(way, task.report)
            return aside, Journal.open(way.target, way.passphrase, movable=True)

        said = app.words("Restoring {path}…", path=shown(way.target))
        page = WaitingPage(app.words, said, lambda: task.cancel())
        app.show_waiting(page, way.target)
        task = run_task(
            app.window,
            work,
            done=partial(self._on_restored, way),
            failed=partial(self._on_failed, way),
            progressed=page.show_progress,
            cancelled=partial(self._go_back, way, ""),
        )

    def _on_restored(self, way: Way, done: tuple[Path | None, Journal]) -> None:
        app, (aside, journal) = self._app, done
        app.use(journal)
        if app.desk is None or app.window.desktop is None:
            return
        words = app.words
        moment = words.moment(way.moment, app.desk.zone()) if way.moment else ""
        sentence = words(way.sentence, moment=moment, name=aside.name if aside else "")
        offer = None
        if way.undoable and aside is not None:
            back = Way(aside, way.target, way.present, way.passphrase, _UNDONE)
            offer = (words("Undo"), partial(self._leave_for, back))
        app.window.desktop.notice.say("good", sentence, offer)

    def _on_failed(self, way: Way, error: Exception) -> None:
        words = self._app.words
        if isinstance(error, JournalError):
            sentence = words(error.sentence, **error.facts)
        elif isinstance(error, OSError):
            sentence = words("{path} could not be written.", path=shown(way.target))
        else:
            raise error
        self._go_back(way, sentence)

    def _go_back(self, way: Way, sentence: str) -> None:
        """Show what was shown before, and why nothing was restored; nothing where it was stopped."""
        if way.failed is not None:
            way.failed(sentence)
            return
        app = self._app

        def use(journal: Journal) -> None:
            app.use(journal)
            if sentence and app.window.desktop is not None:
                app.window.desktop.notice.say("bad", sentence)

        def failed(error: Exception) -> None:
            if not isinstance(error, JournalError):
                raise error
            app.show_start(way.target)
            app.page.say(sentence or app.words(error.sentence, **error.facts))

        run_task(
            app.window,
            lambda _task: Journal.open(way.target, way.present, movable=True),
            done=use,
            failed=failed,
        )


def _keep(way: Way, folder: str, at: datetime, limit: int) -> None:
    """A backup of the journal as it is; where none can be made the file that is set aside has to do."""
    from pmdesk.journal.backups.reason import Reason
    from pmdesk.journal.backups.shelf import shelf_of

    try:
        with Journal.open(way.target, way.present) as journal:
            shelf_of(way.target, folder).keep(journal, Reason.RESTORE, at=at, limit_bytes=limit)
    except JournalError:
        _LOG.info("no backup before the restore", exc_info=True)


def _restored(way: Way, progress: "Progress") -> Path | None:
    """Where the journal that was there is kept; waits for who still reads it."""
    from pmdesk.journal.backup import restore

    ends = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return restore(way.source, way.target, way.passphrase, progress)
        except LockedFile:
            if time.monotonic() > ends:
                raise
            time.sleep(_PAUSE_S)
