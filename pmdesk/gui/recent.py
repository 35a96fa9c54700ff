"""What was opened last and which commands were used most, for the palette.

Kept in the journal, whose clients it concerns, as names of pages and commands and as ids of records.
"""

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from pmdesk.journal import drafts
from pmdesk.journal.engine import SqliteError

if TYPE_CHECKING:
    from pmdesk.answers.palette.entries import Key
    from pmdesk.gui.desk import Desk

_KEY: Final = "recent"
_MOST: Final = 40
_SOON_MS: Final = 20_000  # what a crash may cost is only a place in a list
_LEAST: Final = 2
_LARGEST: Final = 1_000


class Recent(QObject):
    """Notes what is opened, and what of the commands is used."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._opened: list[Key] = []
        self._used: Counter[str] = Counter()
        self._is_read = self._is_new = False
        self._timer = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._timer.timeout.connect(self.keep)

    @property
    def opened(self) -> "list[Key]":
        """What was opened, the last first."""
        self._read()
        return self._opened

    def used(self, most: int) -> list[str]:
        """The names of the commands that were used most, more than once at least."""
        self._read()
        return [name for name, n in self._used.most_common(most) if n >= _LEAST]

    def note(self, kind: str, which: str | int) -> None:
        """A page ("page" and its name) or a record was opened."""
        self._read()
        key = (kind, which)
        if self._opened[:1] != [key]:
            self._opened = [key, *(other for other in self._opened if other != key)][:_MOST]
            self._changed()

    def count(self, command: str) -> None:
        """A command was used."""
        self._read()
        self._used[command] += 1
        if self._used[command] > _LARGEST:  # what was usual once gives way
            self._used = Counter({name: n // 2 for name, n in self._used.items()})
        self._changed()

    def _changed(self) -> None:
        self._is_new = True
        if not self._timer.isActive():
            self._timer.start()

    def _read(self) -> None:
        if self._is_read:
            return
        self._is_read = True
        draft = drafts.read(self._desk.journal, _KEY)
        if draft is None:
            return
        opened, used = draft.content.get("opened"), draft.content.get("used")
        if isinstance(opened, list) and isinstance(used, dict):  # whoever wrote it there
            self._opened = [(str(one[0]), one[1]) for one in opened if _is_key(one)][:_MOST]
            self._used = Counter({name: n for name, n in used.items() if isinstance(n, int)})

    def keep(self) -> None:
        """Write it into the journal, where something is new."""
        self._timer.stop()
        if self._is_new:
            content = {"opened": self._opened, "used": dict(self._used)}
            now = self._desk.now()
            with suppress(SqliteError):  # a file that fails may not keep the window from closing
                self._is_new = not drafts.keep(self._desk.journal, _KEY, content, at=now)


def _is_key(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[1], str | int)
