"""The open journal as the pages see it: acts go in, changes and sentences come out."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from pmdesk.gui.navigation import Navigation
from pmdesk.gui.relations import Relations
from pmdesk.gui.settings import Settings
from pmdesk.gui.tasks import Task, run_task
from pmdesk.journal.changes import Changes
from pmdesk.journal.errors import JournalError, shown
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import Step, changed_rows, last_done, last_undone
from pmdesk.tokens import Theme
from pmdesk.words import Words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# What a toast or a bar offers: the words of its button, and what that does.
Offer = tuple[str, Callable[[], None]]
# Whoever presses Ctrl+Z once too often must not lose an import.
_WEIGHTY: Final = 20
_ZONES: Final = Path("/usr/share/zoneinfo")


class Desk(Navigation):
    """One open journal. Every act of the window passes through `do`."""

    changed = Signal(object)
    noticed = Signal(str, str)
    toasted = Signal(str, object)
    questioned = Signal(str, object)

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
        try:
            result = act(self.journal, *given, **more)
        except JournalError as error:
            self.fail(error)
            return None
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes) and changes.kinds:
            self.changed.emit(changes)
            if say:
                self.tell(self.said(changes), undo=changes.action_id)
        return result

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
        result = self.do(lambda journal: journal.undo())
        if result:
            text = self.words("Undone: {what}", what=self.said(result))
            self.tell(text, offer=(self.words("Redo"), self.redo))

    def _is_weighty(self, step: Step) -> bool:
        return step.at < self.since or changed_rows(self.journal.conn, step.id) > _WEIGHTY

    def redo(self) -> None:
        """Repeat the step undone last."""
        if self.next_redo() is None:
            self.tell(self.words("There is nothing to redo."))
            return
        result = self.do(lambda journal: journal.redo())
        if result:
            text = self.words("Repeated: {what}", what=self.said(result))
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

        def failed(error: Exception) -> None:
            if isinstance(error, JournalError):
                self.fail(error)
            elif isinstance(error, OSError) and error.filename is not None:
                path = shown(Path(str(error.filename)))
                self.noticed.emit("bad", self.words("{path} could not be written.", path=path))
            elif otherwise is not None:
                otherwise(error)
            else:
                raise error

        return run_task(owner, work, done=done, failed=failed)
