"""Connections of their own to one journal that stand by: none waits for a key once the first is open."""

import threading
from pathlib import Path

from pmdesk.journal.journal import Journal


class Standby:
    """Gives connections to whichever thread asks; one at most is kept until the next."""

    def __init__(self, path: Path, passphrase: str | None) -> None:
        self._path, self._passphrase = path, passphrase
        self._kept: Journal | None = None
        self._closed = False
        self._lock = threading.Lock()

    def take(self) -> Journal:
        """A connection for one thread at a time, opened where none stands by. Raises JournalError.

        It may write, so that the last to close folds the write-ahead log in.
        """
        with self._lock:
            kept, self._kept = self._kept, None
        if kept is not None and kept.displaced:
            kept.close()
            kept = None
        return kept or Journal.open(self._path, self._passphrase, movable=True, known=True)

    def give(self, connection: Journal) -> None:
        """Take one back: it stands by, or is closed where another does or nobody is to ask again."""
        with self._lock:
            keeps = self._kept is None and not self._closed
            if keeps:
                self._kept = connection
        if not keeps:
            connection.close()

    def close(self) -> None:
        """Close what stands by; what is taken closes when it is given back."""
        with self._lock:
            self._closed = True
            kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()
