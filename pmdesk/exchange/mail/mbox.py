"""mbox files, one message at a time whatever their size."""

from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
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
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        start = 0 if data[:5] == b"From " else data.find(b"\nFrom ") + 1
        while start or data[:5] == b"From ":
            begins = data.find(b"\n", start) + 1 or len(data)
            following = data.find(b"\nFrom ", begins - 1) + 1
            end = following or len(data)
            envelope = data[start:begins].decode("latin-1").strip()
            yield Slice(start, end, envelope, data[begins:end])
            if not following:
                return
            start = following


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    return head.lstrip(b"\r\n\xef\xbb\xbf").startswith(b"From ")
