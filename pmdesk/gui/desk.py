"""The open journal as the pages see it: acts go in, changes and sentences come out."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from pmdesk.gui.relations import Relations
from pmdesk.gui.settings import Settings
from pmdesk.journal.changes import Changes
from pmdesk.journal.errors import JournalError
from pmdesk.journal.journal import Journal
from pmdesk.tokens import Theme
from pmdesk.words import Words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ZONES: Final = Path("/usr/share/zoneinfo")


class Desk(QObject):
    """One open journal. Every act of the window passes through `do`."""

    changed = Signal(object)
    noticed = Signal(str, str)
    toasted = Signal(str, bool)
    asked = Signal(str, object)

    def __init__(self, journal: Journal, words: Words, settings: Settings, theme: Theme) -> None:
        super().__init__()
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
                self.tell(self.said(changes), undo=True)
        return result

    def said(self, changes: Changes) -> str:
        """A step of the log as a sentence."""
        facts = {k: self.words(v) if isinstance(v, str) else v for k, v in changes.facts.items()}
        return self.words(changes.label, **facts)

    def tell(self, text: str, *, undo: bool = False) -> None:
        """Show what was done; with `undo` the way back stands beside it."""
        self.toasted.emit(text, undo)

    def fail(self, error: JournalError) -> None:
        """Show an expected error."""
        self.noticed.emit("bad", self.words(error.sentence, **error.facts))

    def undo(self) -> None:
        result = self.do(lambda journal: journal.undo())
        if result:
            self.tell(self.words("Undone: {what}", what=self.said(result)))

    def redo(self) -> None:
        result = self.do(lambda journal: journal.redo())
        if result:
            self.tell(self.words("Repeated: {what}", what=self.said(result)))

    def go(self, page: str, target: Any = None) -> None:
        """Ask the window for a page: "client" with an id, "record" with (kind, id)."""
        self.asked.emit(page, target)
