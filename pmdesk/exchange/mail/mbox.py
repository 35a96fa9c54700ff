"""mbox files, one message at a time whatever their size."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Slice(NamedTuple):
    """One message's bytes without its "From " line, where it began, where the next begins."""

    start: int
    end: int
    envelope: str
    data: bytes


def slices(path: Path) -> Iterator[Slice]:
    """The messages of an mbox, split at each line that begins with "From "."""
    with path.open("rb") as file:
        lines: list[bytes] = []
        envelope, start, place = "", 0, 0
        inside = False
        for line in file:
            if line.startswith(b"From "):
                if inside:
                    yield Slice(start, place, envelope, b"".join(lines))
                envelope = line.decode("latin-1").strip()
                lines, start, inside = [], place, True
            elif inside:
                lines.append(line)
            place += len(line)
        if inside:
            yield Slice(start, place, envelope, b"".join(lines))


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    return head.lstrip(b"\r\n\xef\xbb\xbf").startswith(b"From ")
