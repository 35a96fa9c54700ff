"""How far files have been read, so that the next look reads only what was added.

A file of the size and change of before is left alone. A mailbox that has grown is read from where
it ended, if what stands there is as it was; an Outlook data file by the numbers of its items.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

_TAIL: Final = 2_048
# What mail programs write over in place: whether a mail was read, its labels.
_STATUS: Final = re.compile(rb"^(X-Mozilla-(?:Status2?|Keys):)[^\r\n]*", re.MULTILINE)
_MAILDIR: Final = frozenset(("cur", "new"))


class Mark(NamedTuple):
    """A file as it was when it was read: size in bytes, its change in ns since 1970.

    `state` says of a mailbox where its end and its last message stood, of a data file which items
    it held.
    """

    size: int
    changed: int
    state: Mapping[str, Any] = {}


@dataclass
class Marks:
    """The marks of the last look and those of this one, by path; `read` counts bytes."""

    before: Mapping[str, Mark] = field(default_factory=dict)
    after: dict[str, Mark] = field(default_factory=dict)
    read: int = 0

    def is_read(self, path: Path, size: int, changed: int) -> bool:
        """Whether a file is as it was when it was read; then its mark holds on."""
        key = key_of(path)
        known = self.before.get(key)
        if known is None or (known.size, known.changed) != (size, changed):
            return False
        self.after[key] = known
        return True

    def keep(self, path: Path, size: int, changed: int, state: Mapping[str, Any]) -> None:
        """Note a file as read."""
        self.after[key_of(path)] = Mark(size, changed, state)

    def state(self, path: Path) -> Mapping[str, Any]:
        """What was noted of a file beside its size, nothing where it was not read yet."""
        known = self.before.get(key_of(path))
        return known.state if known else {}


def key_of(path: Path) -> str:
    """The name under which a file is known: a mail of a Maildir keeps its own when it is read."""
    whole = str(path)  # as text: a store may have a hundred thousand files
    folder, _, name = whole.rpartition(os.sep)
    above, _, last = folder.rpartition(os.sep)
    return f"{above}{os.sep}{name.partition(':2,')[0]}" if last in _MAILDIR else whole


def box_state(file: BinaryIO, last: int, end: int) -> dict[str, Any]:
    """What must hold of a mailbox whose last message stands from `last` to `end`."""
    return {"last": last, "end": end, "tail": _tail(file, end)}


def box_start(file: BinaryIO, state: Mapping[str, Any]) -> int:
    """Where the messages begin that a mailbox did not hold before; 0 where it is another one.

    The last one is read again if it went on, as one does that was being written.
    """
    last, end = state.get("last"), state.get("end")
    if not isinstance(last, int) or not isinstance(end, int) or not 0 <= last <= end:
        return 0
    if _tail(file, end) != state.get("tail"):
        return 0
    file.seek(end)
    following = file.read(64)
    goes_on = following and not following.lstrip(b"\r\n").startswith(b"From ")
    return last if goes_on and following.strip() else end


def _tail(file: BinaryIO, end: int) -> str:
    """A digest of what stands before `end`; empty where the file is shorter."""
    start = max(end - _TAIL, 0)
    file.seek(start)
    data = file.read(end - start)
    if len(data) < end - start:
        return ""
    return sha256(_STATUS.sub(rb"\1", data)).hexdigest()[:32]


@dataclass
class StoreMark:
    """What an Outlook data file held when it was read: its own key and the numbers of its items."""

    key: str = ""
    numbers: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> "StoreMark":
        """The mark that `state` was made of; an empty one of anything else."""
        try:
            return cls(str(state["key"]), numbers_of(str(state["items"])))
        except (KeyError, ValueError):
            return cls()

    def state(self) -> dict[str, Any]:
        """Itself as it is kept."""
        return {"key": self.key, "items": ranges(self.numbers)}

    def meet(self, key: str) -> None:
        """Forget what was in another file that lay in the same place."""
        if key != self.key:
            self.key, self.numbers = key, set()


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as text, in runs: "1-3,7"; those of one kind follow each other in a data file."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    breaks = [n for n, (a, b) in enumerate(pairwise(ordered), 1) if b - a not in _STEPS]
    runs = zip([0, *breaks], [*breaks, len(ordered)], strict=True)
    return ",".join(_run(ordered[start:end]) for start, end in runs)


# The numbers of messages in a data file grow by 32 (MS-PST 2.2.2.1: five bits tell the kind).
_STEPS: Final = frozenset((32,))


def _run(numbers: list[int]) -> str:
    return f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def numbers_of(text: str) -> set[int]:
    """The numbers of such a text; raises ValueError."""
    found: set[int] = set()
    for run in filter(None, text.split(",")):
        first, _, last = run.partition("-")
        found.update(range(int(first), int(last or first) + 1, 32))
    return found
