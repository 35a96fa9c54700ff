"""Reading the beginning of a file that this process may have open as a journal.

A process that closes any handle of a file loses all of its locks on it (fcntl(2)), those that SQLite
holds for another connection among them: somebody else could then write in the middle of our act. Such a
handle is closed only when no connection to the file is open any more.
"""

import os
import threading
from collections import Counter, defaultdict
from pathlib import Path

Named = tuple[int, int]  # the device and the number of a file on it


def named(path: Path) -> Named | None:
    """Which file is at a path; None where there is none. Raises OSError where that is unknown."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


class Handles:
    """Which files are open as journals, and the handles that wait for their end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Counter[Named] = Counter()
        self._waiting: defaultdict[Named, list[int]] = defaultdict(list)

    def enter(self, path: Path) -> Named | None:
        """Note that a connection to the file is about to open; what `leave` is told, later."""
        try:
            name = named(path)
        except OSError:
            return None  # opening it tells why
        if name is not None:
            with self._lock:
                self._open[name] += 1
        return name

    def leave(self, name: Named) -> None:
        """Note that a connection was closed."""
        with self._lock:
            self._open[name] -= 1
            if not self._open[name]:
                del self._open[name]
                for handle in self._waiting.pop(name, ()):
                    os.close(handle)

    def head(self, path: Path, size: int) -> bytes:
        """The first bytes of a file, at most `size`; raises OSError."""
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        # closed within the lock, so that no connection can begin between the look and the closing
        with self._lock:
            found = os.fstat(handle)
            name = (found.st_dev, found.st_ino)
            # Windows takes no lock away, but would not let the file be replaced
            if os.name != "nt" and self._open[name]:
                self._waiting[name].append(handle)
                return os.read(handle, size)
            try:
                return os.read(handle, size)
            finally:
                os.close(handle)


HANDLES = Handles()
