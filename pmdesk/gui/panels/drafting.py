"""What is typed in an editor and not saved yet, kept as it stands until it is saved or let go."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from pmdesk.gui.desk import Desk
from pmdesk.journal import drafts

PAUSE_MS = 700


class DraftKeeper(QObject):
    """Keeps the draft of one editor under `key`; `content` tells what stands in it."""

    def __init__(
        self, owner: QObject, desk: Desk, key: str, content: Callable[[], dict[str, Any]]
    ) -> None:
        super().__init__(owner)
        self._desk, self.key, self._content = desk, key, content
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.keep)

    def found(self) -> drafts.Draft | None:
        """What was typed here and not saved the last time."""
        return drafts.read(self._desk.journal, self.key)

    def soon(self) -> None:
        """Keep it once the typing pauses."""
        self._timer.start()

    def within_pause(self) -> None:
        """Keep it at the latest when a pause would be over, however long the typing goes on."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> bool:
        """Keep it now; where another writer is at work it is tried again."""
        is_kept = drafts.keep(self._desk.journal, self.key, self._content(), at=self._desk.now())
        if is_kept or not self._desk.journal.writable:
            self._timer.stop()
        else:
            self._timer.start()
        return is_kept

    def settle(self) -> bool:
        """Whether nothing waits to be kept any more: what does is kept now."""
        return not self._timer.isActive() or self.keep()

    def drop(self) -> None:
        """It was saved, or let go on purpose."""
        self._timer.stop()
        drafts.drop(self._desk.journal, self.key)

    def moment(self, draft: drafts.Draft) -> str:
        """When a draft was written, as a sentence."""
        when = self._desk.words.short_moment(draft.at, self._desk.zone())
        return self._desk.words("Your draft of {when}, not saved yet", when=when)
