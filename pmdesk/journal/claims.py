"""Who has a journal open where there is no write-ahead log: a file beside it, locked as long.

With a log SQLite knows whether anybody else has the file open. Without one it knows only of who reads
or writes at this moment, and a file put in its place would take from the others what they save next.
The file names the computer, for a cloud carries it to the next one; it holds nothing else.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from pmdesk.journal.places_on_disk import OddPlace
from pmdesk.private import OWN_FILE

_LONGEST: Final = 255


def this_computer() -> str:
    """Its name in a network."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


class Claim:
    """One opening of a journal. `other` is the computer that has it open, too; "" where none is known.

    A place that takes no file or no lock has no claims: everybody is alone there.
    """

    def __init__(self, path: Path, place: OddPlace, computer: str = "") -> None:
        """Claim the journal at `path` for this `computer`."""
        self._path = path.with_name(f".{path.name}.open")
        self._file: int | None = None
        self.other = ""
        with suppress(OSError):
            self._take(place, (computer or this_computer()).encode()[:_LONGEST])

    def _take(self, place: OddPlace, computer: bytes) -> None:
        file = self._opened()
        first = _lock(file, alone=True)
        found = os.read(file, _LONGEST)
        # a lock tells more than a name, but a cloud carries no locks
        if found not in {b"", computer} and (not first or place.kind == "cloud"):
            self.other = found.decode("utf-8", "replace")
        if first:
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, computer)
        _lock(file, alone=False)
        self._file = file

    def _opened(self) -> int:
        """The file, locked against those who would take it away meanwhile."""
        while True:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
            file = os.open(self._path, flags, OWN_FILE)
            _lock(file, alone=False)
            with suppress(OSError):
                if os.fstat(file).st_ino == self._path.stat().st_ino:
                    return file
            os.close(file)

    def alone(self) -> bool:
        """Whether nobody else has the journal open; nobody can begin to until `together`."""
        return self._file is None or _lock(self._file, alone=True)

    def together(self) -> None:
        """Let others open it again."""
        if self._file is not None:
            _lock(self._file, alone=False)

    def leave(self) -> None:
        """Claim it no more; who leaves last takes the file away."""
        if self._file is None:
            return
        last = _lock(self._file, alone=True)
        if sys.platform == "win32":  # which keeps a file that somebody else has open
            os.close(self._file)
        with suppress(OSError):
            if last:
                self._path.unlink(missing_ok=True)
        if sys.platform != "win32":
            os.close(self._file)
        self._file = None


def _lock(file: int, *, alone: bool) -> bool:
    """Whether the file is locked so, at once; a place without locks says yes."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        if alone:  # who asks for more has given up what there was
            _lock(file, alone=False)
        return False
    except OSError:
        return True
    return True
