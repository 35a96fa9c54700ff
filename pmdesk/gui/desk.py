"""The open journal as the pages see it: acts go in, changes and sentences come out."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from pmdesk.gui.displaced import Watching, offer_to_put_back
from pmdesk.gui.long_work import LongWork
from pmdesk.gui.navigation import Navigation
from pmdesk.gui.owing import Owing
from pmdesk.gui.recent import Recent
from pmdesk.gui.relations import Relations
from pmdesk.gui.reminders import Reminders
from pmdesk.gui.settings import Settings
from pmdesk.gui.tasks import Task, run_task
from pmdesk.gui.tips import Tips
from pmdesk.journal.changes import Changes
from pmdesk.journal.errors import JournalBusy, JournalError, shown
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import Step, changed_rows, last_done, last_undone, weight
from pmdesk.tokens import Theme
from pmdesk.words import Words, mark

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pmdesk.gui.backing import Backing

# What a toast or a bar offers: the words of its button, and what that does.
Offer = tuple[str, Callable[[], None]]
# Whoever presses Ctrl+Z once too often must not lose an import.
WEIGHTY: Final = 20
# Changes that take the window's thread some 30 ms; more are taken back beside the window.
LARGE: Final = 500
# Another program's short act is over by then; its long import would hold the window up for seconds.
_PATIENCE_MS: Final = 700
_ZONES: Final = Path("/usr/share/zoneinfo")


class Desk(Navigation):
    """One open journal. Every act of the window passes through `do`.

    `wished` tells of settings that the program follows beyond its pages, `looked` that sources were
    looked at; `has_tray` is the window's.
    """

    changed = Signal(object)
    noticed = Signal(str, str)
    toasted = Signal(str, object)
    questioned = Signal(str, object)
    wished = Signal()
    looked = Signal()
    backing: "Backing"  # the window's, which goes on with the copies of a journal that is closed

    def __init__(
        self,
        journal: Journal,
        words: Words,
        settings: Settings,
        theme: Theme,
        since: datetime | None = None,
    ) -> None:
        """`since` is when this window opened the journal (now, without it)."""
        super().__init__()
        self.since = since or self.now()
        self.journal = journal
        self.words = words
        self.settings = settings
        self.theme: Theme = theme
        self.relations = Relations(self)
        self.work = LongWork(self)
        self.owing = Owing(self)
        self.reminders = Reminders(self)
        self.watching = Watching(self)
        self.recent = Recent(self)
        # by what lists are narrowed, as long as the journal is open
        self.sieves: dict[str, Any] = {}
        self.tips = Tips(self)
        self.has_tray: Callable[[], bool] = lambda: False

    @property
    def path(self) -> Path:
        return self.journal.path

    @staticmethod
    def now() -> datetime:
        """The moment of an act: the window is where the clock comes in."""
        return datetime.now(UTC)

    def local_now(self) -> datetime:
        """Now, in the zone of the lists."""
        return self.now().astimezone(self.zone())

    def zone(self) -> "ZoneInfo":
        """The zone in which lists tell times: that of the journal's first calendar."""
        if sys.platform == "linux" and _ZONES.is_dir():
            # Python would look the place up in its build's settings, all of which it loads for that
            os.environ.setdefault("PYTHONTZPATH", str(_ZONES))
        from zoneinfo import ZoneInfo  # not before the first list tells a time

        rows = self.journal.rows("SELECT zone FROM calendar ORDER BY id LIMIT 1")
        return ZoneInfo(rows[0][0]) if rows else ZoneInfo("UTC")

    def do(self, act: Callable[..., Any], *given: Any, say: bool = False, **more: Any) -> Any:
        """Run an act on the journal; None when the person was shown why it failed.

        Its changes are announced; with `say` a toast offers to undo it. Refusals pass through:
        the form that gave the values shows them at its fields.
        """
        # the window never waits for what it has itself begun, and not for long for anybody else
        held = self.work.running
        try:
            with self.journal.at_once() if held else self.journal.at_once(_PATIENCE_MS):
                result = act(self.journal, *given, **more)
        except JournalError as error:
            if held and isinstance(error, JournalBusy):
                self.work.say_busy()
            else:
                self.fail(error)
            return None
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes) and changes.kinds:
            self.changed.emit(changes)
            if say:
                self.tell(self.said(changes), undo=changes.action_id)
        return result

    def leave(self) -> None:
        """Ask nothing more of the journal, which is about to be closed; what is under way is stopped."""
        self.work.leave()
        self.owing.leave()
        self.reminders.leave()
        self.recent.keep()

    def said(self, changes: Changes | Step) -> str:
        """A step of the log as a sentence."""
        facts = {k: self.words(v) if isinstance(v, str) else v for k, v in changes.facts.items()}
        return self.words(changes.label, **facts)

    def tell(self, text: str, *, undo: int | None = None, offer: Offer | None = None) -> None:
        """Show what was done; with `undo`, a step of the log, the way back stands beside it."""
        if undo is not None:
            offer = (self.words("Undo"), partial(self.undo, on_purpose=undo))
        self.toasted.emit(text, offer)

    def fail(self, error: JournalError) -> None:
        """Show an expected error."""
        if self.journal.displaced:
            offer_to_put_back(self)
            return
        self.noticed.emit("bad", self.words(error.sentence, **error.facts))

    def next_undo(self) -> Step | None:
        """The step that Undo takes back next."""
        return last_done(self.journal.conn)

    def next_redo(self) -> Step | None:
        """The step that Redo repeats next."""
        return last_undone(self.journal.conn)

    def undo(self, *, on_purpose: int | None = None) -> None:
        """Take back the last step; a large one, or one of another day, only on purpose.

        `on_purpose` is the step that the person saw named when they asked for it.
        """
        step = self.next_undo()
        if step is None:
            self.tell(self.words("There is nothing to undo."))
            return
        if on_purpose != step.id and self._is_weighty(step):
            what = self.said(step)
            sentence = self.words("Next to be undone: {what}. It changed {n} records.",
                                  what=what, n=changed_rows(self.journal.conn, step.id))  # fmt: skip
            again = partial(self.undo, on_purpose=step.id)
            self.questioned.emit(sentence, (self.words("Undo it"), again))
            return
        self._take_back(Journal.undo, step, mark("Undoing: {what}"), self._on_undone)

    def _on_undone(self, changes: Changes) -> None:
        text = self.words("Undone: {what}", what=self.said(changes))
        self.tell(text, offer=(self.words("Redo"), self.redo))

    def _take_back(
        self,
        way: Callable[..., Changes],
        step: Step,
        sentence: str,
        done: Callable[[Changes], None],
    ) -> None:
        """Undo or repeat a step: at once when it is small, else beside the window."""
        if self.work.running:
            self.work.say_busy()
        elif weight(self.journal.conn, step.id) <= LARGE:
            if changes := self.do(way, only=step.id):
                done(changes)
        else:

            def announce(changes: Changes) -> None:
                self.changed.emit(changes)
                done(changes)

            self.work.begin(
                self.words(sentence, what=self.said(step)),
                lambda journal, progress: way(journal, only=step.id, progress=progress),
                announce,
            )

    def _is_weighty(self, step: Step) -> bool:
        return step.at < self.since or changed_rows(self.journal.conn, step.id) > WEIGHTY

    def redo(self) -> None:
        """Repeat the step undone last."""
        step = self.next_redo()
        if step is None:
            self.tell(self.words("There is nothing to redo."))
            return
        self._take_back(Journal.redo, step, mark("Repeating: {what}"), self._on_repeated)

    def _on_repeated(self, changes: Changes) -> None:
        text = self.words("Repeated: {what}", what=self.said(changes))
        self.tell(text, offer=(self.words("Undo"), self.undo))

    def background(
        self,
        owner: QObject,
        work: Callable[[Task], Any],
        done: Callable[[Any], Any],
        otherwise: Callable[[Exception], Any] | None = None,
    ) -> Task:
        """Run work in a thread; what a journal or a disk refuses is shown, the rest is a bug.

        `otherwise` takes the errors that only this work knows.
        """
        failed = partial(self.show_failure, otherwise=otherwise)
        return run_task(owner, work, done=done, failed=failed)

    def show_failure(
        self, error: Exception, otherwise: Callable[[Exception], Any] | None = None
    ) -> None:
        """Show what a journal or a disk refused; the rest goes to `otherwise`, or is a bug."""
        if isinstance(error, JournalError):
            self.fail(error)
        elif isinstance(error, OSError) and error.filename is not None:
            path = shown(Path(str(error.filename)))
            self.noticed.emit("bad", self.words("{path} could not be written.", path=path))
        elif otherwise is not None:
            otherwise(error)
        else:
            raise error
