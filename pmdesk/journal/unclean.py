"""Whether the last who had a journal open went without closing it, and whether that left damage."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pmdesk.journal import errors

if TYPE_CHECKING:
    from pmdesk.journal.reading import Reading

# Whoever has a journal open holds a lock on this byte of its -shm (os_unix.c and os_win.c of SQLite).
_IN_USE: Final = 128
OF_INDEX: Final = "fts5"
_SHOWN: Final = 20
_LOG_HEAD: Final = 32
_FRAME_HEAD: Final = 24


def left_open(path: Path) -> str:
    """What an unclean end left beside the journal: "-wal", "-journal", or nothing.

    Whoever closes a journal last folds the log in and removes it. One that is there while nobody
    has the file open was left by a program that was killed, or by a power cut.
    """
    if _filled(path, "-wal") and not _in_use(path.with_name(f"{path.name}-shm")):
        return "-wal"
    return "-journal" if _filled(path, "-journal") else ""


def _filled(path: Path, suffix: str) -> bool:
    try:
        return path.with_name(path.name + suffix).stat().st_size > 0
    except OSError:
        return False


def _in_use(shm: Path) -> bool:
    """Whether another process holds the lock of those who have the journal open."""
    try:
        handle = os.open(shm, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    except OSError:
        return False
    if os.name == "nt":
        return _held_on_windows(handle)
    # Never closed: closing would let go of every lock that this process has on the file, also those
    # of other connections. One handle for each unclean end is all that this costs.
    return _held(handle)


def _held(handle: int) -> bool:
    import fcntl
    import struct
    import sys

    ask = (fcntl.F_WRLCK, os.SEEK_SET)
    if sys.platform == "darwin":
        form, there = "qqihh", 3
        wanted = struct.pack(form, _IN_USE, 1, 0, *ask)
    else:
        form, there = "hhqqi", 0
        wanted = struct.pack(form, *ask, _IN_USE, 1, 0)
    told = struct.unpack(form, fcntl.fcntl(handle, fcntl.F_GETLK, wanted))
    return bool(told[there] != fcntl.F_UNLCK)


def _held_on_windows(handle: int) -> bool:
    import msvcrt

    try:
        os.lseek(handle, _IN_USE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined] # Windows only
        os.lseek(handle, _IN_USE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined] # Windows only
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def look_through(journal: "Reading") -> None:
    """Read every page that is in use, and so the seal of each in an encrypted file; raises Damaged.

    Writes nothing. What is wrong with the search index alone is left to `check`: it is made anew.
    """
    for (line,) in journal.rows(f"PRAGMA quick_check({_SHOWN})"):
        if line != "ok" and OF_INDEX not in line.lower():
            raise errors.Damaged(path=errors.shown(journal.path), detail=line)


def pages_in_log(path: Path) -> set[int]:
    """The pages that stand in the write-ahead log: what the file holds of them may be half written.

    The log is a head of 32 bytes and frames, each a head of 24 bytes and a page; a frame that is
    valid repeats the salt of the log's head (fileformat2.html, 4.1).
    """
    pages = set()
    try:
        with path.with_name(f"{path.name}-wal").open("rb") as file:
            head = file.read(_LOG_HEAD)
            size = int.from_bytes(head[8:12], "big")
            while (
                len(frame := file.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == head[16:24]
            ):
                pages.add(int.from_bytes(frame[:4], "big"))
                file.seek(size, os.SEEK_CUR)
    except OSError:
        return set()
    return pages
