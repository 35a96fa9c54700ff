"""The bytes of an archive's member: in memory, large ones in a private file that is removed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmdesk.exchange.mail.archive import Bounded
from pmdesk.exchange.mail.leftovers import own_folder

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_IN_MEMORY: Final = 8_000_000
_PIECE: Final = 256_000
_STEP: Final = 16
_STORE: Final = b"!BDN"  # an Outlook data file is read by another process


class Unpacked:
    """A member under way: `data`, or the `path` of a file."""

    def __init__(self, stream: Bounded, suffix: str) -> None:
        self._stream, self._suffix = stream, suffix
        self._folder: TemporaryDirectory[str] | None = None
        self.data: bytes | None = None
        self.path: Path | None = None
        self.size = 0

    @property
    def failure(self) -> Exception | None:
        """What ended it too early."""
        return self._stream.failure

    def fill(self) -> Iterator[None]:
        """Take all bytes, with a step for each piece of some MB; raises ArchiveBroken and OSError."""
        held, more = bytearray(), self._stream.read(_PIECE)
        while more and len(held) < _IN_MEMORY:
            held += more
            more = self._stream.read(_PIECE)
        data, self.size = bytes(held), len(held)
        if not more and not data.startswith(_STORE):
            self.data = data
            return
        self._folder = own_folder()
        self.path = Path(self._folder.name) / f"member{self._suffix}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(self.path, flags, 0o600), "wb") as file:  # noqa: PTH123 - no other way to its rights
            file.write(data)
            pieces = 0
            while more:
                file.write(more)
                self.size += len(more)
                pieces += 1
                if pieces % _STEP == 0:
                    yield
                more = self._stream.read(_PIECE)

    def close(self) -> None:
        """Remove the file."""
        if self._folder is not None:
            self._folder.cleanup()
