"""The files that an importer is given, each read whole within bounds, or named with its reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pmdesk.actions.incoming.values import Reading, Untaken
from pmdesk.answers.text.said import said
from pmdesk.exchange.mail.charsets import clean, decode
from pmdesk.words import mark

_MOST_BYTES: Final = 50_000_000
_PIECE: Final = 2_000_000
TOO_LARGE: Final = said(mark("The file is too large."))


class Along:
    """How far all files are read: called with the share of the one that is read now, 0 to 1.

    Tells the job in bytes, and raises ImportCancelled once it is to stop.
    """

    def __init__(self, reading: Reading) -> None:
        self._job = reading.job
        self._sizes = {path: _size(path) for path in reading.given.paths}
        self._total = sum(self._sizes.values())
        self._before, self._size, self._told = 0, 0, -1.0

    def __call__(self, share: float = 0.0) -> None:
        """Tell how far the file is read, where that is worth telling."""
        self._job.check()
        done = self._before + min(max(share, 0.0), 1.0) * self._size
        if self._total and done - self._told >= self._total / 500:
            self._told = done
            self._job.progress(int(done), self._total)

    def begin(self, path: Path) -> None:
        """The file that is read now."""
        self._before += self._size
        self._size = self._sizes.get(path, 0)
        self(0.0)

    def text(self, data: bytes) -> str:
        """Bytes as clean text, with a look between the steps at whether to stop."""
        self()
        text = decode(data)
        self()
        return clean(text)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def opened(reading: Reading, along: Along | None = None) -> Iterator[tuple[Path, bytes | Untaken]]:
    """Each file with its bytes, or with why it is not taken; raises ImportCancelled."""
    along = along or Along(reading)
    for path in reading.given.paths:
        along.begin(path)
        try:
            if path.stat().st_size > _MOST_BYTES:
                yield path, Untaken(str(path), TOO_LARGE)
                continue
            data = _read(path, along)
        except OSError:
            yield path, Untaken(str(path), said(mark("The file cannot be opened.")))
            continue
        yield path, data
        along(1.0)


def _read(path: Path, along: Along) -> bytes:
    found = bytearray()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found += piece
            along()
    return bytes(found)
