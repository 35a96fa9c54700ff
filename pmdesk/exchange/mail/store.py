"""Outlook's data files (.pst, .ost), read in a process of its own (`store_apart`) and built here."""

import json
import logging
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, BinaryIO, Final, NamedTuple, cast

from pmdesk.exchange.mail.marks import StoreMark
from pmdesk.exchange.mail.outlook_item import OutlookItem, Value, value_of
from pmdesk.exchange.mail.refusals import ReadProblem
from pmdesk.exchange.mail.store_apart import FLAG, LENGTH
from pmdesk.own_program import own_program, without_console

_LOG: Final = logging.getLogger(__name__)
_LOOK_S: Final = 0.1
_SILENCE_S: Final = 120.0  # the first news of a store of 50 GB on a slow disk
_LONGEST: Final = 512_000_000


class Stored(NamedTuple):
    """A message of a store: its folders, outermost first, its number, how much has been read (0..1).

    In place of the message may stand why it could not be read.
    """

    folders: tuple[str, ...]
    number: int
    read: float
    item: OutlookItem | str


class StoreBroken(Exception):
    """The store can be read no further, and why."""

    def __init__(self, reason: ReadProblem, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


def stored(
    path: Path,
    *,
    up_to: int,
    cancelled: Callable[[], bool],
    silence_s: float = _SILENCE_S,
    mark: StoreMark | None = None,
) -> Iterator[Stored]:
    """The messages of a store, those in folders that people see; raises StoreBroken.

    Bytes of attachments of at most `up_to` bytes are held. Ends early when `cancelled`. Messages
    that are in `mark` are passed over; those that are not come into it.
    """
    mark = mark or StoreMark()
    with subprocess.Popen(  # noqa: S603 - our own program
        own_program(FLAG), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        **without_console(),
    ) as process:  # fmt: skip
        # pipes were asked for
        frames = _Frames(cast("BinaryIO", process.stdout))
        try:
            _ask(cast("BinaryIO", process.stdin), path, up_to, mark)
            yield from _messages(frames, cancelled, silence_s, mark)
        finally:
            process.kill()
            frames.end()


def _ask(pipe: BinaryIO, path: Path, up_to: int, mark: StoreMark) -> None:
    wanted = {"path": str(path.absolute()), "up_to": up_to, **mark.state()}
    question = json.dumps(wanted).encode()
    try:
        pipe.write(question)
        pipe.close()
    except OSError as error:
        raise StoreBroken(ReadProblem.OUTLOOK_DATA, str(error)) from error


def _messages(
    frames: "_Frames", cancelled: Callable[[], bool], silence_s: float, mark: StoreMark
) -> Iterator[Stored]:
    total = 0
    while (frame := frames.following(cancelled, silence_s)) is not None:
        try:
            if "end" in frame:
                if frame["damaged"]:
                    raise StoreBroken(ReadProblem.STORE_DAMAGED)
                return
            if "in" not in frame:
                if "failed" in frame:
                    _LOG.info("a store cannot be read: %s", frame["failed"])
                    reason = ReadProblem.STORE_DAMAGED if total else ReadProblem.OUTLOOK_DATA
                    raise StoreBroken(reason)
                total = max(int(frame["total"]), 1)
                mark.meet(str(frame["key"]))
                continue
            item = _item(frame["item"]) if "item" in frame else str(frame["failed"])
            folders = tuple(str(name) for name in frame["in"])
            if "item" in frame:
                mark.numbers.add(int(frame["number"]))
            yield Stored(folders, int(frame["number"]), min(frame["done"] / total, 1.0), item)
        except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
            # the library wrote over what was to be sent
            raise StoreBroken(ReadProblem.STORE_DAMAGED) from error


def _item(told: dict[str, Any]) -> OutlookItem:
    content = told.get("c")
    return OutlookItem(
        _properties(told["p"]),
        tuple(map(_item, told.get("r", ()))),
        tuple(map(_item, told.get("a", ()))),
        content.encode("latin-1") if content is not None else None,
        told.get("s", 0),
        _item(told["w"]) if "w" in told else None,
    )


def _properties(told: dict[str, tuple[int, str]]) -> dict[int, Value]:
    values = {
        int(pid): value_of(kind, data.encode("latin-1")) for pid, (kind, data) in told.items()
    }
    return {pid: value for pid, value in values.items() if value is not None}


class _Frames:
    """What the process writes, taken by a thread: a pipe cannot be waited for on every system."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._queue: Queue[bytes | None] = Queue(maxsize=4)
        self._ended = Event()
        self._thread = Thread(target=self._take, daemon=True)
        self._thread.start()

    def following(self, cancelled: Callable[[], bool], silence_s: float) -> dict[str, Any] | None:
        """The next frame; None when cancelled. Raises StoreBroken."""
        waited = 0.0
        while True:
            try:
                data = self._queue.get(timeout=_LOOK_S)
            except Empty:
                waited += _LOOK_S
                if cancelled():
                    return None
                if waited >= silence_s:
                    raise StoreBroken(ReadProblem.STORE_SILENT) from None
                continue
            if data is None:
                raise StoreBroken(ReadProblem.STORE_DAMAGED)
            try:
                frame = json.loads(data.decode("utf-8", "surrogatepass"))
            except ValueError as error:
                raise StoreBroken(ReadProblem.STORE_DAMAGED) from error
            if not isinstance(frame, dict):
                raise StoreBroken(ReadProblem.STORE_DAMAGED)
            return frame

    def end(self) -> None:
        """Let the thread go; the process has been ended."""
        self._ended.set()
        self._thread.join()

    def _take(self) -> None:
        while not self._ended.is_set():
            data = self._frame()
            while not self._ended.is_set():
                try:
                    self._queue.put(data, timeout=_LOOK_S)
                    break
                except Full:
                    continue
            if data is None:
                return

    def _frame(self) -> bytes | None:
        """The next frame, None where the process ended without saying so."""
        length = int.from_bytes(self._pipe.read(LENGTH), "big")
        if not 0 < length <= _LONGEST:
            return None
        data = self._pipe.read(length)
        return data if len(data) == length else None
