"""All mail in files and folders, one after the other; one bad message never stops the rest."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from email.parser import BytesParser
from email.policy import compat32
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.exchange.mail.mbox import looks_like_mbox, slices
from pmdesk.exchange.mail.message import MailMessage, NotMail, message_of, parts_of
from pmdesk.exchange.mail.plain import plain_parts
from pmdesk.words import Words, mark

_LOG: Final = logging.getLogger(__name__)
_SUFFIXES: Final = frozenset((".eml", ".mbox", ".mbx", ".msg", ".emlx"))
FILE_PATTERNS: Final[tuple[str, ...]] = tuple(
    f"*{suffix}" for suffix in (".eml", ".mbox", ".mbx", ".msg", ".emlx")
)
_PARSER: Final = BytesParser(policy=compat32)
_HEAD: Final = 4_096
_OLE: Final = b"\xd0\xcf\x11\xe0"


class ReadProblem(Enum):
    """Why something was not taken, as a sentence of the catalogue."""

    EMPTY = mark("The file is empty.")
    NOT_MAIL = mark("This is not mail.")
    UNREADABLE = mark("The file cannot be opened.")
    DAMAGED = mark("The message is damaged and could not be read.")


class Unreadable(NamedTuple):
    """Something that was not taken: where it stands and why."""

    source: str
    reason: ReadProblem
    detail: str = ""

    def sentence(self, words: Words) -> str:
        """The reason in the language of `words`, with the detail."""
        said = words(self.reason.value)
        return f"{said} ({self.detail})" if self.detail else said


class Keep(NamedTuple):
    """What is held beside the text: attachments up to so many bytes each, the original bytes."""

    attachments_up_to: int = 0
    originals: bool = False


_NOTHING: Final = Keep()


def read_mail(
    paths: Sequence[Path],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    keep: Keep = _NOTHING,  # noqa: ARG001 - held once bodies are read so
) -> Iterator[MailMessage | Unreadable]:
    """Every message below `paths`; stops early when `cancelled`. Progress is in bytes."""
    files = list(_files(paths))
    total = sum(size for _, size in files)
    done = 0
    for path, size in files:
        for place, found in _read_file(path):
            if cancelled():
                return
            yield found
            progress(done + min(place, size), total)
        done += size
        progress(done, total)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, int]]:
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                for name in sorted(names):
                    yield _sized(Path(folder) / name)
        else:
            yield _sized(path)


def _sized(path: Path) -> tuple[Path, int]:
    try:
        return path, path.stat().st_size
    except OSError:
        return path, 0


def _read_file(path: Path) -> Iterator[tuple[int, MailMessage | Unreadable]]:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if not head.strip():
            yield 0, Unreadable(str(path), ReadProblem.EMPTY)
        elif path.suffix.lower() == ".msg" or head.startswith(_OLE):
            yield 0, _one(path)
        elif looks_like_mbox(head):
            yield from _mbox(path)
        elif path.suffix.lower() in _SUFFIXES or _looks_like_mail(head):
            yield 0, _eml(path)
        else:
            yield 0, Unreadable(str(path), ReadProblem.NOT_MAIL)
    except OSError as error:
        yield 0, Unreadable(str(path), ReadProblem.UNREADABLE, error.strerror or str(error))


def _mbox(path: Path) -> Iterator[tuple[int, MailMessage | Unreadable]]:
    for piece in slices(path):
        source = f"{path.name}:{piece.start}"
        yield piece.end, _parsed(piece.data, source, piece.envelope)


def _eml(path: Path) -> MailMessage | Unreadable:
    data = path.read_bytes()
    if path.suffix.lower() == ".emlx":
        # Apple Mail writes the length before the message and a property list behind it
        length, _, rest = data.partition(b"\n")
        if length.strip().isdigit():
            data = rest[: int(length)]
    return _parsed(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), str(path), None)


def _one(path: Path) -> MailMessage | Unreadable:
    from pmdesk.exchange.mail.msg import read_msg

    return _guarded(lambda: read_msg(path), str(path))


def _parsed(data: bytes, source: str, envelope: str | None) -> MailMessage | Unreadable:
    def read() -> MailMessage:
        parts = plain_parts(data) or parts_of(_PARSER.parsebytes(data))
        return message_of(
            parts, source=source, envelope=envelope, unquote_from=envelope is not None
        )

    return _guarded(read, source)


def _guarded(read: Callable[[], MailMessage], source: str) -> MailMessage | Unreadable:
    """The one place where a message that breaks its reader is set aside and named."""
    try:
        return read()
    except NotMail:
        return Unreadable(source, ReadProblem.NOT_MAIL)
    except Exception as error:  # noqa: BLE001 - real files raise anything; it is reported, not hidden
        _LOG.info("not read: %s", source, exc_info=True)
        return Unreadable(source, ReadProblem.DAMAGED, f"{type(error).__name__}: {error}"[:200])


def _looks_like_mail(head: bytes) -> bool:
    first = head.lstrip(b"\r\n\xef\xbb\xbf").splitlines()[:60]
    names = {line.partition(b":")[0].strip().lower() for line in first if b":" in line[:40]}
    wanted = {b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version"}
    return len(names & wanted) >= 2
