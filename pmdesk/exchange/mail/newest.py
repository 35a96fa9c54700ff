"""The newest part of much mail, so that something can be shown before all of it is read.

What is older is marked as if it had been read before (`marks.py`): new mail stands at the end of a
mailbox, and in files that were changed last.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pmdesk.exchange.mail.marks import Mark, Marks, box_state, key_of
from pmdesk.exchange.mail.mbox import looks_like_mbox
from pmdesk.exchange.mail.reading import files_below

NEWEST_BYTES: Final = 24_000_000  # some seconds' work
_HEAD: Final = 4_096
_STEP: Final = 1 << 20
_SEPARATOR: Final = b"\n\nFrom "


def newest_part(paths: Sequence[Path], most: int = NEWEST_BYTES) -> Marks | None:
    """Marks with which about `most` bytes are read, the newest; None where all is little more."""
    files = sorted(files_below(paths), key=lambda file: -file[2])
    if sum(size for _, size, _ in files) <= 2 * most:
        return None
    before: dict[str, Mark] = {}
    left = most
    for path, size, changed in files:
        if size <= left:
            left -= size
            continue
        try:
            begins = _end_of_mailbox(path, size, left) if left else None
        except OSError:  # who reads all of it names the file
            begins = None
        before[key_of(path)] = begins or Mark(size, changed)
        left = 0
    return Marks(before)


def _end_of_mailbox(path: Path, size: int, room: int) -> Mark | None:
    """A mark after which about `room` bytes of a mailbox are left; None where it is none."""
    with path.open("rb") as file:
        if not looks_like_mbox(file.read(_HEAD)):
            return None
        at = size - room
        while at < size:
            file.seek(at)
            data = file.read(_STEP + len(_SEPARATOR))
            found = data.find(_SEPARATOR)
            if found >= 0:
                start = at + found + 2  # a mailbox ends with an empty line
                return Mark(start, 0, box_state(file, start, start))
            at += _STEP
    return None
