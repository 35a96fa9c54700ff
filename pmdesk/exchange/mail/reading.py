"""All mail in files and folders, one after the other; one bad message never stops the rest."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

from pmdesk.exchange.archive import HEAD as ARCHIVE_HEAD
from pmdesk.exchange.mail.apple import beside, is_attachment, joined, read_emlx, without_mail
from pmdesk.exchange.mail.archive import ArchiveBroken, Member, archive_form, members
from pmdesk.exchange.mail.found import (
    Again,
    Item,
    Keep,
    Reader,
    Unreadable,
    guarded,
    narrow,
    once,
    parsed,
)
from pmdesk.exchange.mail.marks import Marks, StoreMark, box_start, box_state
from pmdesk.exchange.mail.mbox import looks_like_mbox, slices
from pmdesk.exchange.mail.message import MailMessage
from pmdesk.exchange.mail.refusals import (
    ReadProblem,
    is_outlook_file,
    lies_beside,
    refused,
    refused_at_once,
)
from pmdesk.exchange.mail.states import MailState, Place, place_of
from pmdesk.exchange.mail.unpacked import Unpacked

__all__ = [
    "FILE_PATTERNS",
    "Again",
    "Keep",
    "Unreadable",
    "files_below",
    "read_each",
    "read_mail",
]

_LOG: Final = logging.getLogger(__name__)
FILE_PATTERNS: Final[tuple[str, ...]] = (
    "*.eml", "*.mbox", "*.mbx", "*.msg", "*.emlx", "*.mbs", "INBOX*", "Inbox*", "Sent*", "mbox",
    "*.pst", "*.ost", "*.zip", "*.tgz", "*.tar", "*.gz",
)  # fmt: skip
_SUFFIXES: Final = frozenset((".eml", ".mbox", ".mbx", ".msg", ".emlx"))
_SINGLE: Final = frozenset((".eml", ".msg", ".emlx"))
_HEAD: Final = 4_096
_DEEPEST: Final = 2  # an archive within an archive, none within that
_NOTHING: Final = Keep()


class _File(NamedTuple):
    """A file to read, its size in bytes, when it was changed (ns since 1970), what its place says.

    One that lies in an archive has its name there, `shown`, and may have its bytes in `data`;
    `depth` counts the archives around it.
    """

    path: Path
    size: int
    place: Place
    changed: int = 0
    shown: str = ""
    data: bytes | None = None
    depth: int = 0

    @property
    def source(self) -> str:
        """Where the file stands, as people are told."""
        return self.shown or str(self.path)

    @property
    def name(self) -> str:
        return self.source.rpartition("/")[2] if self.shown else self.path.name

    def opened(self) -> BinaryIO:
        return self.path.open("rb") if self.data is None else BytesIO(self.data)

    def whole(self) -> bytes:
        return self.path.read_bytes() if self.data is None else self.data


# How far a file has been read, in bytes, and what was found there: nothing where that takes long.
_Found = Iterator[tuple[int, Item | None]]


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
    marks: Marks | None = None,
) -> Iterator[Item]:
    """The same as `read_mail`, but a message whose id has come before is left unread.

    With `marks` only what was added since they were made is read.
    """
    reader = Reader(keep, {}, cancelled, marks)
    files = [file for file in _files(paths) if not (marks and _is_read(file, marks))]
    total = sum(file.size for file in files)
    done = 0
    for file in files:
        for place, item in _read_file(file, reader):
            if cancelled():
                return
            if item is not None:
                yield item
            progress(done + min(place, file.size), total)
        done += file.size
        progress(done, total)


def files_below(paths: Sequence[Path]) -> Iterator[tuple[Path, int, int]]:
    """The files that `read_each` would read, each with its size in bytes and its change in ns."""
    return ((file.path, file.size, file.changed) for file in _files(paths))


def _is_read(file: _File, marks: Marks) -> bool:
    return marks.is_read(file.path, file.size, file.changed)


def _files(paths: Sequence[Path]) -> Iterator[_File]:
    for path in paths:
        if path.is_dir():
            root = path.absolute().parent
            for folder, folders, names in os.walk(path):
                for name in without_mail(Path(folder).name, folders):
                    folders.remove(name)
                folders.sort()
                above = Path(folder).absolute().relative_to(root).parts
                for name in sorted(names):
                    file = _sized(Path(folder) / name, above)
                    if (
                        file.size
                        and not lies_beside(file.path)
                        and not is_attachment((*above, name))
                    ):
                        yield file
        else:
            yield _sized(path, _folders_of(path))


def _folders_of(path: Path) -> tuple[str, ...]:
    """The folders of a file that was chosen by itself: its own, and mailboxes that are folders."""
    *above, folder = ("", *path.absolute().parts[1:-1])
    return (*(name for name in above if name.lower().endswith((".mbox", ".sbd"))), folder)


def _sized(path: Path, folders: Sequence[str]) -> _File:
    place = place_of(folders, path.name, is_mailbox=path.suffix.lower() not in _SINGLE)
    try:
        told = path.stat()
        return _File(path, told.st_size, place, told.st_mtime_ns)
    except OSError:
        return _File(path, 1, place)  # not of size 0: those in folders are passed over


def _within(place: Place, folders: Sequence[str], name: str = "") -> Place:
    """The place of what lies in folders within a file of this place."""
    is_mailbox = Path(name).suffix.lower() not in _SINGLE
    inner = place_of(folders, name, is_mailbox=is_mailbox)
    state = inner.state if place.state is MailState.TAKEN else place.state
    return Place(state, place.in_sent or inner.in_sent)


def _read_file(file: _File, reader: Reader) -> _Found:
    path = Path(file.name)
    try:
        with file.opened() as opened:
            head = opened.read(_HEAD)
        form = archive_form(file.name, head) if file.depth < _DEEPEST else None
        problem = refused_at_once(path, head)
        if not head.strip():
            yield 0, Unreadable(file.source, ReadProblem.EMPTY)
        elif form is not None:
            yield from _archive(file, form, reader)
        elif problem is ReadProblem.OUTLOOK_DATA:
            yield from _store(file, reader)
            return
        elif problem is not None:
            yield 0, Unreadable(file.source, problem)
        elif is_outlook_file(path, head):
            yield 0, _outlook(file, reader.keep)
        elif looks_like_mbox(head):
            yield from _grown(file, reader) if _is_marked(file, reader) else _mbox(file, reader)
            return
        elif path.suffix.lower() in _SUFFIXES or _looks_like_mail(narrow(head)):
            yield 0, _eml(file, reader)
        else:
            yield 0, Unreadable(file.source, refused(path, head))
        _note_read(file, reader, {})
    except OSError as error:
        # Outlook lets nobody else open what it has open
        locked = path.suffix.lower() in {".pst", ".ost"} and isinstance(error, PermissionError)
        problem = ReadProblem.OUTLOOK_DATA if locked else ReadProblem.UNREADABLE
        yield 0, Unreadable(file.source, problem, error.strerror or str(error))


def _is_marked(file: _File, reader: Reader) -> bool:
    return reader.marks is not None and file.depth == 0


def _state_of(file: _File, reader: Reader) -> Mapping[str, Any]:
    return reader.marks.state(file.path) if reader.marks is not None and file.depth == 0 else {}


def _note_read(
    file: _File, reader: Reader, state: Mapping[str, Any], read: int | None = None
) -> None:
    """Note a file of the disk as read, so many bytes of it, all of them without a number."""
    if reader.marks is not None and file.depth == 0:
        reader.marks.read += file.size if read is None else read
        reader.marks.keep(file.path, file.size, file.changed, state)


def _grown(file: _File, reader: Reader) -> _Found:
    """The messages that a mailbox did not hold when it was read last."""
    marks = cast("Marks", reader.marks)  # asked for before
    known = marks.state(file.path)
    with file.opened() as opened:
        start = box_start(opened, known)
        last, end = int(known.get("last", 0)) if start else 0, start
        for piece in slices(file.path, start):
            last, end = piece.start, piece.end
            source = f"{file.name}:{piece.start}"
            yield piece.end, parsed(piece.data, source, piece.envelope, file.place, reader)
        marks.read += end - start
        marks.keep(file.path, file.size, file.changed, box_state(opened, last, end))


def _mbox(file: _File, reader: Reader) -> _Found:
    for piece in slices(file.path if file.data is None else file.data):
        source = f"{file.name}:{piece.start}"
        yield piece.end, parsed(piece.data, source, piece.envelope, file.place, reader)


def _eml(file: _File, reader: Reader) -> Item:
    data, place = file.whole(), file.place
    if not file.name.lower().endswith(".emlx"):
        return parsed(data, file.source, None, place, reader)
    data, place = read_emlx(data, place)
    item = parsed(data, file.source, None, place, reader)
    files = [] if file.shown else beside(file.path)
    if files and isinstance(item, MailMessage):
        up_to = reader.keep.attachments_up_to
        return item._replace(attachments=joined(item.attachments, files, up_to=up_to))
    return item


def _outlook(file: _File, keep: Keep) -> MailMessage | Unreadable:
    from pmdesk.exchange.mail.msg import read_msg

    opened = file.path if file.data is None else BytesIO(file.data)
    source, place, up_to = file.source, file.place, keep.attachments_up_to
    return guarded(lambda: read_msg(opened, source=source, place=place, up_to=up_to), source)


def _store(file: _File, reader: Reader) -> _Found:
    """The messages of an Outlook data file."""
    from pmdesk.exchange.mail.outlook import message_id_of, outlook_message
    from pmdesk.exchange.mail.store import StoreBroken, stored

    up_to, found = reader.keep.attachments_up_to, False
    mark = StoreMark.of(_state_of(file, reader))
    known, held = bool(mark.numbers), 0
    try:
        for each in stored(file.path, up_to=up_to, cancelled=reader.cancelled, mark=mark):
            source = f"{file.name}:{'/'.join(each.folders[1:])}:{each.number}"
            place, item, found = _within(file.place, each.folders), each.item, True
            done = int(each.read * file.size)
            if isinstance(item, str):
                _LOG.info("not read: %s: %s", source, item)
                yield done, Unreadable(source, ReadProblem.DAMAGED)
                continue
            held += item.held()
            read = partial(outlook_message, item, source=source, place=place, up_to=up_to)
            yield done, once(message_id_of(item), item.held(), read, source, reader)
        if not (found or known or reader.cancelled()):
            yield file.size, Unreadable(file.source, ReadProblem.EMPTY)
        _note_read(file, reader, mark.state(), held)
    except StoreBroken as broken:
        yield file.size, Unreadable(file.source, broken.reason, broken.detail)


def _archive(file: _File, form: str, reader: Reader) -> _Found:
    """What lies in an archive, as if it lay in a folder."""
    reached, found = 0, False
    try:
        with file.opened() as opened:
            for member in members(opened, file.name, form, file.size):
                reached, found = member.reached, True
                if member.path == ARCHIVE_HEAD and file.depth == 0:
                    yield file.size, Unreadable(file.source, ReadProblem.JOURNAL)
                    return
                for part, item in _member(member, file, reader):
                    yield min(reached + int(part * member.packed), file.size), item
                    if reader.cancelled():
                        return
        if not found:
            yield file.size, Unreadable(file.source, ReadProblem.EMPTY)
    except ArchiveBroken as broken:
        yield reached, Unreadable(file.source, broken.reason)
    except Exception:  # noqa: BLE001 - damaged archives raise anything; it is reported, not hidden
        _LOG.info("not read: %s", file.source, exc_info=True)
        yield reached, Unreadable(file.source, ReadProblem.ARCHIVE_DAMAGED)


def _member(member: Member, file: _File, reader: Reader) -> Iterator[tuple[float, Item | None]]:
    """What is in a member of an archive, with the part of it that has been read."""
    path, shown = Path(member.name), f"{file.source}/{member.path}"
    if lies_beside(path) or is_attachment((*member.folders, member.name)):
        return
    if member.problem is not None or member.stream is None:
        yield 1, Unreadable(shown, member.problem or ReadProblem.ARCHIVE)
        return
    unpacked = Unpacked(member.stream, path.suffix[:20])
    try:
        for _ in unpacked.fill():
            yield 0, None
        inner = _File(
            unpacked.path or path, unpacked.size, _within(file.place, member.folders, member.name),
            0, shown, unpacked.data, file.depth + 1,
        )  # fmt: skip
        if unpacked.size and (not unpacked.failure or _is_mailbox(inner)):
            for place, item in _read_file(inner, reader):
                yield place / inner.size, item
        if unpacked.failure:
            _LOG.info("not read: %s: %s", shown, unpacked.failure)
            yield 1, Unreadable(shown, ReadProblem.ARCHIVE_DAMAGED)
    finally:
        unpacked.close()


def _is_mailbox(file: _File) -> bool:
    """Whether what there is of a damaged file is worth reading: a part of a message is not."""
    with file.opened() as opened:
        return looks_like_mbox(opened.read(_HEAD))


def _looks_like_mail(head: bytes) -> bool:
    first = head.lstrip(b"\r\n").splitlines()[:60]
    names = {line.partition(b":")[0].strip().lower() for line in first if b":" in line[:40]}
    wanted = {b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version"}
    return len(names & wanted) >= 2
