"""What lies in an archive (.zip, .tar, .tgz, .gz): one member after the other, within bounds.

Nothing is unpacked under its own name: a member is a stream, and its path only a name.
"""

import gzip
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from pmdesk.exchange.mail.charsets import decode
from pmdesk.exchange.mail.refusals import ReadProblem

if TYPE_CHECKING:
    from io import BufferedReader

_MOST_MEMBERS: Final = 2_000_000
_MOST_BYTES: Final = 1 << 40
# Mail packs to a tenth; what unpacks to 200 times its size beyond the first is made to fill a disk.
_FREE_BYTES: Final = 32_000_000
_DENSEST: Final = 200
_HEAD_OF_TAR: Final = 512
_LONGEST_NAME: Final = 1_000_000
_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_NAMED_AS_ARCHIVE: Final = frozenset((".zip", ".gz", ".tgz", ".tar", "", ".mbox", ".mbx"))
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP: Final = b"\x1f\x8b"
# How an archive of Outlook for Mac names its folders, whatever it is called itself.
_OF_OUTLOOK_MAC: Final = "com.microsoft.__"
_OF_OFFICE: Final = "[Content_Types].xml"


class Member(NamedTuple):
    """A member: the folders within the archive and its name, a stream of its bytes or why it has none.

    `reached` bytes of the archive lie before it, and it takes `packed`.
    """

    folders: tuple[str, ...]
    name: str
    reached: int
    stream: "Bounded | None" = None
    problem: ReadProblem | None = None
    packed: int = 0

    @property
    def path(self) -> str:
        """The whole path within the archive."""
        return "/".join((*self.folders, self.name))


class ArchiveBroken(Exception):
    """The archive is read no further."""

    def __init__(self, reason: ReadProblem) -> None:
        super().__init__(reason.value)
        self.reason = reason


def archive_form(name: str, head: bytes) -> str | None:
    """Whether a file that begins so is a "zip", "gz" or "tar" that may hold mail; None if not."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix not in _NAMED_AS_ARCHIVE:
        return None
    if head.startswith(_ZIPS):
        return "zip"
    if head.startswith(_GZIP):
        return "gz"
    return "tar" if _is_tar(head) or (suffix == ".tar" and len(head) >= _HEAD_OF_TAR) else None


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def members(file: IO[bytes], name: str, form: str, size: int) -> Iterator[Member]:
    """The files in an archive of `size` bytes.

    Raises ArchiveBroken, and what the standard library raises on damaged archives.
    """
    if form == "zip":
        yield from _of_zip(file, size)
    elif form == "tar":
        yield from _of_tar(Bounded(cast("BufferedReader", file), lambda: _MOST_BYTES), file.tell)
    else:
        yield from _of_gzip(file, name, size)


class _Readable(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class Bounded:
    """A stream that ends with ArchiveBroken where it gives more bytes than are allowed by then.

    Where it is damaged it ends as well, and `failure` says why: what came before is not lost.
    """

    def __init__(self, stream: _Readable, allowed: Callable[[], int]) -> None:
        self._stream, self._allowed = stream, allowed
        self.taken = 0
        self.failure: Exception | None = None

    def read(self, size: int, /) -> bytes:
        """Some bytes, at most `size`; none at the end."""
        if self.failure is not None:
            return b""
        try:
            data = self._stream.read1(size)
        except ArchiveBroken:
            raise
        except Exception as error:  # noqa: BLE001 - damaged archives raise anything; whoever reads is told
            self.failure = error
            return b""
        self.taken += len(data)
        if self.taken > self._allowed():
            raise ArchiveBroken(ReadProblem.ARCHIVE_DENSE)
        return data


def _allowed(packed: int) -> int:
    """How many bytes that many packed ones may become."""
    return min(_FREE_BYTES + _DENSEST * packed, _MOST_BYTES)


def _split(path: str) -> tuple[tuple[str, ...], str]:
    """Folders and name; steps out of the archive lead nowhere."""
    parts = [p for p in path.replace("\\", "/").split("/") if p not in {"", ".", ".."}]
    return tuple(parts[:-1]), parts[-1] if parts else ""


def _of_zip(file: IO[bytes], size: int) -> Iterator[Member]:
    with zipfile.ZipFile(file) as packed:
        listed = packed.infolist()
        names = [info.filename for info in listed]
        if any(_OF_OUTLOOK_MAC in each for each in names):
            raise ArchiveBroken(ReadProblem.OUTLOOK_MAC)
        if _OF_OFFICE in names:
            raise ArchiveBroken(ReadProblem.DOCUMENT)
        if len(listed) > _MOST_MEMBERS:
            raise ArchiveBroken(ReadProblem.ARCHIVE_DENSE)
        reached, left = 0, _allowed(size)
        for info in listed:
            folders, name = _split(_name_in_zip(info))
            if info.is_dir() or not name:
                continue
            problem = _problem_in_zip(info)
            if problem is not None:
                yield Member(folders, name, reached, problem=problem)
                continue
            with packed.open(info) as stream:
                # members may share their packed bytes: all are bounded by the archive's own size
                most = min(_allowed(info.compress_size), left)
                bounded = Bounded(cast("zipfile.ZipExtFile", stream), partial(int, most))
                yield Member(folders, name, reached, bounded, packed=info.compress_size)
            left -= bounded.taken
            reached = min(reached + info.compress_size, size)


def _name_in_zip(info: zipfile.ZipInfo) -> str:
    """The path; Chinese Windows writes its own charset where the standard has IBM's."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        return decode(info.filename.encode("cp437"))
    except UnicodeError:
        return info.filename


def _problem_in_zip(info: zipfile.ZipInfo) -> ReadProblem | None:
    if info.flag_bits & _ENCRYPTED:
        return ReadProblem.ARCHIVE_LOCKED
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return ReadProblem.ARCHIVE_LINK
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return ReadProblem.ARCHIVE
    return None


class _Header(tarfile.TarInfo):
    """A header of a tar; one that would be read into memory whole is no name any more."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        header = super().frombuf(buf, encoding, errors)
        if header.size > _LONGEST_NAME and not (header.isreg() or header.type == b"\0"):
            raise ArchiveBroken(ReadProblem.ARCHIVE_DENSE)
        return header


def _of_tar(stream: Bounded, reached: Callable[[], int]) -> Iterator[Member]:
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", tarinfo=_Header, errors="surrogateescape") as packed:  # fmt: skip
        for number, info in enumerate(packed):
            if number >= _MOST_MEMBERS:
                raise ArchiveBroken(ReadProblem.ARCHIVE_DENSE)
            packed.members = []  # type: ignore[attr-defined] # it would remember them all
            raw = info.name.encode("utf-8", "surrogateescape")
            folders, name = _split(decode(raw))
            if info.isdir() or not name:
                continue
            if not info.isreg() or info.issparse():
                problem = ReadProblem.ARCHIVE_DENSE if info.issparse() else ReadProblem.ARCHIVE_LINK
                yield Member(folders, name, reached(), problem=problem)
                continue
            inner = packed.extractfile(info)
            if inner is not None:
                # what a tar holds is bounded by the stream it comes from
                yield Member(
                    folders,
                    name,
                    reached(),
                    Bounded(cast("BufferedReader", inner), lambda: _MOST_BYTES),
                )

    if stream.failure is not None:
        raise stream.failure


def _of_gzip(file: IO[bytes], name: str, size: int) -> Iterator[Member]:
    with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
        head = unpacked.peek(_HEAD_OF_TAR)
        stream = Bounded(unpacked, lambda: _allowed(file.tell()))
        path = PurePosixPath(name)
        inner = path.stem if path.suffix.lower() == ".gz" else path.name
        if _is_tar(head) or inner.lower().endswith((".tar", ".tgz")):
            yield from _of_tar(stream, file.tell)
        else:
            yield Member((), inner, 0, stream, packed=size)
