"""Packs: a ZIP with a list of the SHA-256 of each of its files, the same bytes whenever it is made."""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pmdesk.words import mark

# As sha256sum writes and checks it.
# What zipfile raises of a damaged file, one packed in a way that it does not know
# (NotImplementedError), and one with a password (RuntimeError).
DAMAGED: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
MANIFEST: Final = "SHA256SUMS"
MOST_FILES: Final = 100_000
MOST_BYTES: Final = 16 * 2**30
MOST_MANIFEST: Final = 64 * 2**20
# What unpacks to more than that many times its size was made to fill a disk; none of ours is.
MOST_RATIO: Final = 200
_SMALL: Final = 2**20
_CHUNK: Final = 2**20
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o100644 << 16

Tell = Callable[[int, int], None]
What = Literal["changed", "missing", "added"]
SAID: Final[dict[What, str]] = {
    "changed": mark("{name}: changed since the pack was made"),
    "missing": mark("{name}: missing"),
    "added": mark("{name}: was not in the pack when it was made"),
}
_NO_PACK: Final = mark("{path} is no pack of PM Desk, or damaged beyond reading.")
_TOO_LARGE: Final = mark("{path} was not read: it would unpack to more than any pack holds.")


class Finding(NamedTuple):
    """A file of a pack that is not as it was."""

    name: str
    what: What

    @property
    def shown(self) -> str:
        """Its name without what would move a cursor: it may be of somebody else's making."""
        plain = self.name.isprintable()
        return self.name if plain else self.name.encode("unicode_escape").decode()


class NoPack(Exception):
    """A file that cannot be read as a pack; `sentence` says why, its {path} is the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def write_pack(target: Path, files: Iterable[tuple[str, bytes]]) -> str:
    """Write a pack of names and contents with its list; its own SHA-256.

    Raises ValueError for a name that is not safe or there twice, and OSError.
    """
    sums: dict[str, str] = {}
    taken: set[str] = set()
    with ZipFile(target, "w") as archive:
        for name, data in files:
            if not is_safe(name) or name == MANIFEST or name.casefold() in taken:
                raise ValueError(name)
            taken.add(name.casefold())
            sums[name] = sha256(data).hexdigest()
            _add(archive, name, data)
        listed = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
        _add(archive, MANIFEST, listed.encode())
    return file_sum(target)


def file_sum(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece; raises OSError."""
    total = sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            total.update(piece)
    return total.hexdigest()


def _add(archive: ZipFile, name: str, data: bytes) -> None:
    info = ZipInfo(name, _FIRST_DAY)
    info.create_system, info.external_attr = _UNIX, _MODE
    dense = len(data) > _SMALL and len(zlib.compress(data, 6)) * MOST_RATIO <= len(data)
    archive.writestr(info, data, ZIP_STORED if dense else ZIP_DEFLATED, 6)


def is_safe(name: str) -> bool:
    """Whether a path stays inside the folder it is unpacked to, on every system."""
    parts = name.split("/")
    return (
        bool(name)
        and not any(part in {"", ".", ".."} or part != part.rstrip(". ") for part in parts)
        and not any(c in '\\:*?"<>|' or unicodedata.category(c) in {"Cc", "Cs"} for c in name)
    )


def _unwatched(_done: int, _total: int) -> None:
    """The progress of a check that nobody watches."""


def verify_pack(
    path: Path,
    *,
    most_files: int = MOST_FILES,
    most_bytes: int = MOST_BYTES,
    progress: Tell = _unwatched,
) -> tuple[list[Finding], int]:
    """What is not as it was when the pack was made, and how many files its list names.

    `progress` is told how many bytes are read, of how many; what it raises ends the check.
    Raises NoPack, also for what would unpack to more than is ever read, and OSError. Nothing is
    written, and never more than a piece of a file is held.
    """
    try:
        with ZipFile(path) as archive:
            _within_bounds(archive, most_files, most_bytes)
            return _verified(archive, progress)
    except (BadZipFile, NotImplementedError, EOFError, UnicodeDecodeError, ValueError) as error:
        raise NoPack(_NO_PACK) from error


def _within_bounds(archive: ZipFile, most_files: int, most_bytes: int) -> None:
    entries = archive.infolist()
    if len(entries) > most_files or sum(one.file_size for one in entries) > most_bytes:
        raise NoPack(_TOO_LARGE)
    for one in entries:
        if one.file_size > _SMALL and one.file_size > MOST_RATIO * max(one.compress_size, 1):
            raise NoPack(_TOO_LARGE)


def _verified(archive: ZipFile, progress: Tell) -> tuple[list[Finding], int]:
    there = Counter(one.filename for one in archive.infolist())
    if MANIFEST not in there or archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise NoPack(_NO_PACK)
    text = _read(archive, MANIFEST)
    if text is None:
        return [Finding(MANIFEST, "changed")], 0
    sums = dict(_listed(b"".join(text).decode()))
    findings = []
    done, size = 0, sum(one.file_size for one in archive.infolist())

    def read(n: int) -> None:
        nonlocal done
        done += n
        progress(done, size)

    for name, wanted in sums.items():
        if name not in there:
            findings.append(Finding(name, "missing"))
        elif there[name] == 1 and _sum(archive, name, read) != wanted:
            findings.append(Finding(name, "changed"))
    known = {*sums, MANIFEST}
    # one that is there twice: which of them is read depends on the program
    findings += [Finding(name, "added") for name, n in there.items() if name not in known or n > 1]
    return findings, len(sums)


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """Names with their sums; raises NoPack where the list is none of ours."""
    seen: set[str] = set()
    for line in text.split("\n")[:-1]:
        found = _LINE.fullmatch(line)
        if found is None or not is_safe(found[2]) or found[2] in seen:
            raise NoPack(_NO_PACK)
        seen.add(found[2])
        yield found[2], found[1]


_UNREADABLE: Final = (*DAMAGED, OSError)


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        while piece := file.read(_CHUNK):
            yield piece


def _read(archive: ZipFile, name: str) -> list[bytes] | None:
    """The pieces of a small file; None where it cannot be read."""
    try:
        return list(_pieces(archive, name))
    except _UNREADABLE:
        return None


def _sum(archive: ZipFile, name: str, read: Callable[[int], None]) -> str:
    """The SHA-256 of a file of the pack, empty where it cannot be read."""
    total, pieces = sha256(), _pieces(archive, name)
    while True:
        try:
            piece = next(pieces, b"")
        except _UNREADABLE:
            return ""
        if not piece:
            return total.hexdigest()
        total.update(piece)
        read(len(piece))
