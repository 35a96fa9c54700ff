"""Archives of a journal: a pack of JSON tables with the bytes of its files beside, within bounds."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZipFile

from pmdesk.exchange.pack import DAMAGED, NoPack, Tell, verify_pack, write_pack
from pmdesk.exchange.placing import placed
from pmdesk.words import mark

HEAD: Final = "archive.json"
TABLES: Final = "tables"
FILES: Final = "files"
VERSION: Final = 1
_BEGINS: Final = b"PK\x03\x04"
_NAME_AT: Final = 30
_MOST_FILES: Final = 2_000_000
_MOST_TABLE: Final = 2 * 2**30

NO_ARCHIVE: Final = mark("{path} is no archive of a journal, or damaged. Nothing was changed.")
NEWER: Final = mark(
    "{path} was written by a newer PM Desk. Install that version to read it; nothing was changed."
)
CHANGED: Final = mark("{path} was changed since it was made: {name}. Nothing was taken from it.")


class NotTaken(Exception):
    """An archive that cannot be taken; `sentence` says why, `facts` fill all of it but {path}."""

    def __init__(self, sentence: str = NO_ARCHIVE, **facts: object) -> None:
        super().__init__(sentence)
        self.sentence, self.facts = sentence, facts


def begins_as_archive(path: Path) -> bool:
    """Whether a file begins as an archive that this program wrote: the first file in it tells what it is."""
    try:
        with path.open("rb") as file:
            head = file.read(_NAME_AT + len(HEAD))
    except OSError:
        return False  # who takes it as a file says why it cannot be read
    return head.startswith(_BEGINS) and head[_NAME_AT:] == HEAD.encode()


def write_archive(
    target: Path,
    head: Mapping[str, Any],
    tables: Iterable[tuple[str, Iterable[Any]]],
    files: Iterable[tuple[str, bytes]],
) -> None:
    """Write an archive: its head, tables by name, files by the SHA-256 of their bytes.

    It stands at `target` only when it is whole. Raises NotWritten.
    """

    def members() -> Iterator[tuple[str, bytes]]:
        yield HEAD, _json({"archive": VERSION, **head})
        for name, rows in tables:
            yield f"{TABLES}/{name}.json", b"".join(_rows_json(rows))
        for name, data in files:
            yield f"{FILES}/{name}", data

    with placed(target) as partial:
        write_pack(partial, members())


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "surrogatepass")


def _rows_json(rows: Iterable[Any]) -> Iterator[bytes]:
    # a line for each row: what changed between two archives can be seen in any editor
    begin = "[\n"
    for row in rows:
        text = f"{begin}{json.dumps(row, ensure_ascii=False)}"
        yield text.encode("utf-8", "surrogatepass")
        begin = ",\n"
    yield b"[]\n" if begin == "[\n" else b"\n]\n"


class Table:
    """The rows of one table, read one by one each time they are gone through; raises NotTaken.

    `size` is its length in bytes, `read` how much of it was read by now.
    """

    def __init__(self, path: Path, member: str, size: int) -> None:
        self._path, self._member, self.size, self.read = path, member, size, 0

    def __iter__(self) -> Iterator[Any]:
        try:
            with ZipFile(self._path) as archive, archive.open(self._member) as file:
                n = 0
                for row in self._lines(file):
                    n += 1
                    yield row
                if n or self.read == self.size:
                    return
            yield from self._whole()
        except DAMAGED as error:
            raise NotTaken from error

    def _lines(self, file: IO[bytes]) -> Iterator[Any]:
        """The rows as we write them, each a line of its own; none where they are written otherwise."""
        self.read = 0
        if file.readline() != b"[\n":
            return
        self.read, goes_on = 2, True
        for line in file:
            row = line.rstrip()
            if row == b"]":
                if file.read().strip() or (goes_on and self.read > 2):
                    raise NotTaken
                self.read = self.size
                return
            if not goes_on or not row.startswith(b"{"):
                raise NotTaken
            if self.read == 2 and row == b"{":
                return
            goes_on = row.endswith(b",")
            yield _parsed(row.removesuffix(b","))
            self.read += len(line)
        raise NotTaken

    def _whole(self) -> Iterator[Any]:
        with ZipFile(self._path) as archive:
            rows = _parsed(archive.read(self._member))
        if not isinstance(rows, list):
            raise NotTaken
        self.read = self.size
        yield from rows


def read_archive(
    path: Path, progress: Tell = lambda _done, _total: None
) -> tuple[dict[str, Any], dict[str, Table], frozenset[str]]:
    """Head and tables of an archive, and the names of its files. Raises NotTaken and OSError.

    Every file is held to the list of sums before anything is read; `progress` is told how many
    bytes of them are, and what it raises ends it.
    """
    try:
        findings, _ = verify_pack(path, most_files=_MOST_FILES, progress=progress)
        if findings:
            raise NotTaken(CHANGED, name=findings[0].shown)
        with ZipFile(path) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
            if HEAD not in sizes:
                raise NotTaken
            if any(size > _MOST_TABLE for name, size in sizes.items() if name.endswith(".json")):
                raise NotTaken
            head = _parsed(archive.read(HEAD))
            if not isinstance(head, dict) or type(head.get("archive")) is not int:
                raise NotTaken
            if head["archive"] > VERSION:
                raise NotTaken(NEWER)
            tables = {}
            for name, size in sizes.items():
                folder, _, rest = name.partition("/")
                if folder == TABLES and rest.endswith(".json"):
                    table = Table(path, name, size)
                    tables[rest.removesuffix(".json")] = table
            files = {n.removeprefix(f"{FILES}/") for n in sizes if n.startswith(f"{FILES}/")}
            return head, tables, frozenset(files)
    except (NoPack, *DAMAGED) as error:
        raise NotTaken from error


def read_file(path: Path, name: str) -> bytes | None:
    """The bytes of a file of an archive, None where it holds none of that name. Raises NotTaken."""
    try:
        with ZipFile(path) as archive:
            member = f"{FILES}/{name}"
            return archive.read(member) if member in archive.namelist() else None
    except DAMAGED as error:
        raise NotTaken from error


def _refused(text: str) -> float:
    raise ValueError(text)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise NotTaken from error
