"""All mail in files and folders, one after the other; one bad message never stops the rest."""

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path
from typing import Final, NamedTuple

from pmdesk.exchange.mail.fields import head_of
from pmdesk.exchange.mail.mbox import looks_like_mbox, slices
from pmdesk.exchange.mail.message import (
    MailMessage,
    NotMail,
    SavedPage,
    message_of,
    parts_of,
)
from pmdesk.exchange.mail.pieces import cut_parts
from pmdesk.exchange.mail.refusals import (
    ReadProblem,
    is_outlook_file,
    lies_beside,
    refused,
    refused_at_once,
)
from pmdesk.exchange.mail.states import MailState, Place, emlx_state, place_of
from pmdesk.words import Words

_LOG: Final = logging.getLogger(__name__)
FILE_PATTERNS: Final[tuple[str, ...]] = (
    "*.eml", "*.mbox", "*.mbx", "*.msg", "*.emlx", "*.mbs", "INBOX*", "Inbox*", "Sent*", "mbox",
)  # fmt: skip
_SUFFIXES: Final = frozenset((".eml", ".mbox", ".mbx", ".msg", ".emlx"))
_PARSER: Final = BytesParser(policy=compat32)
_HEAD: Final = 4_096
_EMLX_FLAGS: Final = re.compile(rb"<key>flags</key>\s*<integer>(\d{1,15})</integer>")
_WIDE: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Unreadable(NamedTuple):
    """Something that was not taken: where it stands and why."""

    source: str
    reason: ReadProblem
    detail: str = ""

    def sentence(self, words: Words) -> str:
        """The reason in the language of `words`, with the detail."""
        said = words(self.reason.value)
        return f"{said} ({self.detail})" if self.detail else said


class Again(NamedTuple):
    """A message of `size` bytes with the id of one that came before it, read only where it must be."""

    message_id: str
    size: int
    read: Callable[[], "MailMessage | Unreadable"]


class Keep(NamedTuple):
    """What is held beside the text: attachments up to so many bytes each, the original bytes."""

    attachments_up_to: int = 0
    originals: bool = False


_NOTHING: Final = Keep()


class _File(NamedTuple):
    """A file to read, its size in bytes, and what its place says."""

    path: Path
    size: int
    place: Place


class _Reader(NamedTuple):
    """How messages are read, and the ids of those that were, as written in their heads."""

    keep: Keep
    ids: dict[str, str]


def read_mail(
    paths: Sequence[Path],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    keep: Keep = _NOTHING,
) -> Iterator[MailMessage | Unreadable]:
    """Every message below `paths`; stops early when `cancelled`. Progress is in bytes.

    Indexes and settings that mail programs keep in their folders are passed over. With the usual
    `keep` neither attachments nor original bytes are held.
    """
    for item in read_each(paths, cancelled=cancelled, progress=progress, keep=keep):
        yield item.read() if isinstance(item, Again) else item


def read_each(
    paths: Sequence[Path],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    keep: Keep = _NOTHING,
) -> Iterator[MailMessage | Again | Unreadable]:
    """The same as `read_mail`, but a message whose id has come before is left unread."""
    reader = _Reader(keep, {})
    files = list(_files(paths))
    total = sum(file.size for file in files)
    done = 0
    for file in files:
        for place, item in _read_file(file, reader):
            if cancelled():
                return
            yield item
            progress(done + min(place, file.size), total)
        done += file.size
        progress(done, total)


def _files(paths: Sequence[Path]) -> Iterator[_File]:
    for path in paths:
        if path.is_dir():
            root = path.absolute().parent
            for folder, folders, names in os.walk(path):
                folders.sort()
                above = Path(folder).absolute().relative_to(root).parts
                for name in sorted(names):
                    file = _sized(Path(folder) / name, above)
                    if file.size and not lies_beside(file.path):
                        yield file
        else:
            yield _sized(path, _folders_of(path))


def _folders_of(path: Path) -> tuple[str, ...]:
    """The folders of a file that was chosen by itself: its own, and mailboxes that are folders."""
    *above, folder = ("", *path.absolute().parts[1:-1])
    return (*(name for name in above if name.lower().endswith((".mbox", ".sbd"))), folder)


def _sized(path: Path, folders: Sequence[str]) -> _File:
    single = path.suffix.lower() in {".eml", ".msg", ".emlx"}
    place = place_of(folders, path.name, is_mailbox=not single)
    try:
        return _File(path, path.stat().st_size, place)
    except OSError:
        return _File(path, 1, place)  # not of size 0: those in folders are passed over


def _read_file(
    file: _File, reader: _Reader
) -> Iterator[tuple[int, MailMessage | Again | Unreadable]]:
    path = file.path
    try:
        with path.open("rb") as opened:
            head = opened.read(_HEAD)
        problem = refused_at_once(path, head)
        if not head.strip():
            yield 0, Unreadable(str(path), ReadProblem.EMPTY)
        elif problem is not None:
            yield 0, Unreadable(str(path), problem)
        elif is_outlook_file(path, head):
            yield 0, _outlook(file, reader.keep)
        elif looks_like_mbox(head):
            yield from _mbox(file, reader)
        elif path.suffix.lower() in _SUFFIXES or _looks_like_mail(_narrow(head)):
            yield 0, _eml(file, reader)
        else:
            yield 0, Unreadable(str(path), refused(path, head))
    except OSError as error:
        yield 0, Unreadable(str(path), ReadProblem.UNREADABLE, error.strerror or str(error))


def _mbox(file: _File, reader: _Reader) -> Iterator[tuple[int, MailMessage | Again | Unreadable]]:
    for piece in slices(file.path):
        source = f"{file.path.name}:{piece.start}"
        yield piece.end, _parsed(piece.data, source, piece.envelope, file.place, reader)


def _eml(file: _File, reader: _Reader) -> MailMessage | Again | Unreadable:
    data, place = file.path.read_bytes(), file.place
    if file.path.suffix.lower() == ".emlx":
        # Apple Mail writes the length before the message and a property list behind it
        length, _, rest = data.partition(b"\n")
        if length.strip().isdigit():
            data = rest[: int(length)]
            place = _emlx_place(rest[int(length) :], place)
    return _parsed(data, str(file.path), None, place, reader)


def _emlx_place(properties: bytes, place: Place) -> Place:
    flags = _EMLX_FLAGS.search(properties)
    state = emlx_state(int(flags[1])) if flags else MailState.TAKEN
    return place if state is MailState.TAKEN else place._replace(state=state)


def _outlook(file: _File, keep: Keep) -> MailMessage | Unreadable:
    from pmdesk.exchange.mail.msg import read_msg

    path, place, up_to = file.path, file.place, keep.attachments_up_to
    return _guarded(lambda: read_msg(path, source=str(path), place=place, up_to=up_to), str(path))


def _parsed(
    data: bytes, source: str, envelope: str | None, place: Place, reader: _Reader
) -> MailMessage | Again | Unreadable:
    text = data if envelope is not None else _narrow(data).lstrip(b"\r\n")
    head = head_of(text)
    up_to = reader.keep.attachments_up_to
    raw = data if reader.keep.originals else None

    def read() -> MailMessage:
        parts = None if head is None else cut_parts(text, head, up_to=up_to)
        return message_of(
            parts or parts_of(_PARSER.parsebytes(text), up_to=up_to),
            source=source,
            envelope=envelope,
            unquote_from=envelope is not None,
            place=place,
            raw=raw,
        )

    written_id = head.headers.get("message-id", [""])[0] if head is not None else ""
    if written_id in reader.ids:
        return Again(reader.ids[written_id], len(data), lambda: _guarded(read, source))
    item = _guarded(read, source)
    # an id made of the content names no copy
    if isinstance(item, MailMessage) and item.message_id in written_id:
        reader.ids[written_id] = item.message_id
    return item


def _narrow(data: bytes) -> bytes:
    """Mail that an editor saved in UTF-16, or with a byte order mark, as other mail is."""
    for beginning, charset in _WIDE:
        if data.startswith(beginning):
            return data[: len(data) & ~1].decode(charset, "replace").encode("utf-8")
    return data.removeprefix(b"\xef\xbb\xbf")


def _guarded(read: Callable[[], MailMessage], source: str) -> MailMessage | Unreadable:
    """The one place where a message that breaks its reader is set aside and named."""
    try:
        return read()
    except SavedPage:
        return Unreadable(source, ReadProblem.WEB_PAGE)
    except NotMail:
        return Unreadable(source, ReadProblem.NOT_MAIL)
    except Exception as error:  # noqa: BLE001 - real files raise anything; it is reported, not hidden
        _LOG.info("not read: %s", source, exc_info=True)
        return Unreadable(source, ReadProblem.DAMAGED, f"{type(error).__name__}: {error}"[:200])


def _looks_like_mail(head: bytes) -> bool:
    first = head.lstrip(b"\r\n").splitlines()[:60]
    names = {line.partition(b":")[0].strip().lower() for line in first if b":" in line[:40]}
    wanted = {b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version"}
    return len(names & wanted) >= 2
