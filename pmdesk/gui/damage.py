"""A journal that does not open although it should: shown with its backups and the ways out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pmdesk.gui.desk import Desk
from pmdesk.gui.tasks import Task, run_task
from pmdesk.journal import errors
from pmdesk.journal.errors import JournalError, shown
from pmdesk.journal.journal import Journal
from pmdesk.words import mark

if TYPE_CHECKING:
    from pmdesk.gui.app import App
    from pmdesk.gui.pages.damaged_page import Damage
    from pmdesk.journal.backups.manifest import Backup

_NOT_PLAIN: Final = mark(
    "{path} cannot be read without a passphrase, and its last backup had none. It is damaged, or it"
    " was given a passphrase after that backup."
)
_OPENS_BACKUPS: Final = mark(
    "The passphrase opens the backups, but not {path}. It is damaged, or its passphrase was changed"
    " after the last backup."
)
_UNREADABLE: Final = mark("{path} cannot be read as a journal: it is damaged.")
_DAMAGED: Final = mark("{path} is damaged ({detail}).")


class DamagedJournals:
    """Shows the page of a journal that is damaged, and goes the ways that it offers."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def take(
        self, path: Path, passphrase: str | None, error: JournalError, otherwise: Callable[[], None]
    ) -> None:
        """Show the page where the error of opening tells of damage, else do `otherwise`."""
        found = self._backups(path, error)
        facts = {"path": shown(path), **error.facts}
        match error:
            case errors.Damaged():
                self.show(path, _DAMAGED, facts, found, passphrase)
            case errors.NotAJournal() if found:
                self.show(path, _UNREADABLE, facts, found, passphrase)
            case errors.PassphraseNeeded() if found and not found[0].encrypted:
                self.show(path, _NOT_PLAIN, facts, found, None)
            case errors.WrongPassphraseOrDamaged() if found:
                self._try(path, passphrase, found, otherwise)
            case _:
                otherwise()

    def _backups(self, path: Path, error: JournalError) -> "list[Backup]":
        kinds = (
            errors.Damaged, errors.NotAJournal, errors.PassphraseNeeded,
            errors.WrongPassphraseOrDamaged,
        )  # fmt: skip
        if not isinstance(error, kinds):
            return []
        from pmdesk.journal.backups.shelf import shelf_of

        try:
            return shelf_of(path, self._app.settings.backup_folder).all()
        except (JournalError, OSError):
            return []  # then nothing can be restored, and the error of opening says what is wrong

    def _try(
        self,
        path: Path,
        passphrase: str | None,
        found: "list[Backup]",
        otherwise: Callable[[], None],
    ) -> None:
        """A passphrase that opens the newest encrypted backup is the right one: the file is not."""
        newest = next((backup for backup in found if backup.encrypted), None)

        def opens(_task: Task) -> bool:
            if newest is None:
                return False
            try:
                with Journal(newest.path, passphrase, writable=False) as copy:
                    copy.recognised()
            except JournalError:
                return False
            return True

        def done(*, right: bool) -> None:
            facts = {"path": shown(path)}
            if right:
                self.show(path, _OPENS_BACKUPS, facts, found, passphrase)
                return
            otherwise()
            if hasattr(self._app.page, "offer"):
                show = partial(
                    self.show, path, errors.WrongPassphraseOrDamaged.sentence, facts, found
                )
                self._app.page.offer(self._app.words("Restore a backup…"), show)

        run_task(self._app.window, opens, done=lambda right: done(right=right), failed=_raise)

    def show(
        self,
        path: Path,
        sentence: str,
        facts: dict[str, Any],
        backups: "list[Backup]",
        passphrase: str | None = None,
    ) -> None:
        """Show the page of a damaged journal."""
        from pmdesk.gui.pages.damaged_page import Damage

        said = self._app.words(sentence, **facts)
        asks = sentence not in {_DAMAGED, _UNREADABLE}
        self._show(Damage(path, said, tuple(backups), passphrase, asks=asks))

    def _show(self, damage: "Damage", problem: str = "") -> None:
        from pmdesk.gui.pages.damaged_page import DamagedPage

        app = self._app
        app.locking.end()
        page = DamagedPage(app.words, app.settings.backup_folder, damage)
        page.restore_asked.connect(partial(self._restore, damage))
        page.salvage_asked.connect(partial(self._salvage, damage))
        page.opening_asked.connect(app.open_other)
        page.passphrase_asked.connect(partial(app.show_start, damage.path))
        app.show_waiting(page, damage.path)
        page.say(problem)
        page.take_focus()

    def _restore(self, damage: "Damage", backup: "Backup", passphrase: str | None) -> None:
        again = damage._replace(chosen=backup.path, passphrase=passphrase)
        self._app.restoring.begin_for_damaged(
            backup, damage.path, passphrase, partial(self._show, again)
        )

    def _salvage(self, damage: "Damage", target: Path, passphrase: str | None) -> None:
        from pmdesk.gui.pages.salvaged_page import SalvagedPage
        from pmdesk.gui.pages.waiting_page import WaitingPage

        app, at = self._app, Desk.now()
        # each only once: a key takes long to make
        salts = [*dict.fromkeys(backup.key for backup in damage.backups if backup.key)]

        def work(task: Task) -> Any:
            from pmdesk.journal.salvage import salvage

            return salvage(
                damage.path, target, passphrase, at=at, progress=task.report, salts=salts
            )

        def done(salvaged: Any) -> None:
            page = SalvagedPage(app.words, target, salvaged)
            page.opening_asked.connect(lambda: app.open_other(target, passphrase))
            app.show_waiting(page, target)
            page.take_focus()

        def failed(error: Exception) -> None:
            if isinstance(error, JournalError):
                self._show(again, app.words(error.sentence, **error.facts))
            elif isinstance(error, OSError):
                self._show(again, app.words("{path} could not be written.", path=shown(target)))
            else:
                raise error

        again = damage._replace(passphrase=passphrase)
        said = app.words("Reading what can be read of {path}…", path=shown(damage.path))
        waiting = WaitingPage(app.words, said, lambda: task.cancel())
        app.show_waiting(waiting, damage.path)
        task = run_task(
            app.window,
            work,
            done=done,
            failed=failed,
            progressed=waiting.show_progress,
            cancelled=partial(self._show, again),
        )


def _raise(error: Exception) -> None:
    raise error
