"""A damaged file read tree by tree and page by page, whatever its first page says.

The copy that is worked on gets a first page of our own, whose schema holds one table. That table is
then said to begin at the page that is to be read: so SQLite itself reads each tree and each page,
encrypted or not, and nothing of the file's own schema is ever looked at.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmdesk.journal import engine
from pmdesk.journal.foreign import Entry
from pmdesk.journal.partial import partial_of
from pmdesk.private import new_file

PAGE: Final = 4096
SALT: Final = 16
_MOST: Final = 64  # columns that are read; no table of ours has as many
_LACKING: Final = b"\xf0\x0d"  # what a column holds that a row was made without
_IN_VAIN: Final = 200  # looks into a gap that find nothing before it is given up
_HIGH: Final = 1 << 26  # beyond the numbers of rows
_ROW: Final = 2
_LEAST, _GREATEST = -(2**63), 2**63 - 1
_LOG_HEAD: Final = 32
_FRAME_HEAD: Final = 24


class Row(NamedTuple):
    """A row as a page holds it; `values` are as many as it was made with."""

    id: int
    values: tuple[Any, ...]


class Pages:
    """A copy of a damaged file, its pages read one by one."""

    def __init__(self, work: Path, passphrase: str | None, salt: bytes) -> None:
        """Give the file at `work` a first page of our own; raises JournalError."""
        self.count = -(-work.stat().st_size // PAGE)
        self._work = work
        self._key = engine.raw_key(passphrase, salt) if passphrase else None
        _give_first_page(work, self._key, self.count)
        self._connect()

    def _connect(self) -> None:
        self._conn = engine.with_key(self._work, self._key)
        self._conn.isolation_level = None
        self._conn.text_factory = _text
        for setting in ("journal_mode = OFF", "synchronous = OFF", "writable_schema = ON"):
            self._conn.execute(f"PRAGMA {setting}").fetchall()

    def close(self) -> None:
        """Close the copy."""
        self._conn.close()

    def page(self, number: int) -> list[Row]:
        """The rows at and below a page; none of one that cannot be read or holds no rows."""
        return list(self.tree(number).ends())

    def tree(self, root: int) -> "Tree":
        """The rows of the table that begins at the page `root`."""
        return Tree(self, root)

    def _begin_at(self, number: int) -> None:
        try:
            self._point_to(number)
        except engine.SqliteError:
            self._anew()  # a page with a broken seal is the last that a connection reads
            self._point_to(number)

    def _point_to(self, number: int) -> None:
        self._conn.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 's'", (number,))
        self._conn.execute("PRAGMA writable_schema = RESET")
        self._conn.execute("PRAGMA writable_schema = ON")

    def _anew(self) -> None:
        self._conn.close()
        self._connect()

    def between(self, low: int, high: int, *, down: bool) -> Iterator[Row]:
        """Rows of the tree begun at whose ids lie between; raises engine.SqliteError."""
        order = "DESC" if down else "ASC"
        sql = f"{_ROWS} WHERE _rowid_ > ? AND _rowid_ < ? ORDER BY _rowid_ {order}"
        cursor = self._conn.cursor()
        try:
            yield from map(_row, cursor.execute(sql, (low, high)))
        except engine.SqliteError:
            cursor.close()
            if self._key:
                self._anew()
            raise
        cursor.close()

    def begin_at(self, number: int) -> bool:
        """Let the rows be those of the tree that begins at a page; False where it cannot be one."""
        if not 1 < number <= self.count:
            return False
        with suppress(engine.SqliteError):
            self._begin_at(number)
            return True
        return False


_ROWS: Final = "SELECT _rowid_, * FROM s"


class Tree:
    """The rows of one table, as far as they can be read; `whole` once all of them were."""

    def __init__(self, pages: Pages, root: int) -> None:
        """Of the table that begins at the page `root`."""
        self._pages = pages
        self.whole = pages.begin_at(root)

    def ends(self) -> Iterator[Row]:
        """From both ends up to what is broken."""
        if self.whole and (yield from self._run(_LEAST, _GREATEST, down=False)) is not None:
            self.whole = False
            yield from self._run(_LEAST, _GREATEST, down=True)

    def rows(self) -> Iterator[Row]:
        """From both ends up to what is broken, then what lies between broken pages."""
        if not self.whole:
            return
        low = yield from self._run(_LEAST, _GREATEST, down=False)
        if low is None:
            return
        self.whole = False
        high = yield from self._run(low, _GREATEST, down=True)
        if (low, high) == (_LEAST, _GREATEST):
            return  # the page where it begins
        gaps = [(low, _GREATEST if high is None else high)]
        in_vain = 0
        while gaps and in_vain < _IN_VAIN:
            low, high = gaps.pop(0)
            if high - low < _ROW:
                continue
            middle = (max(low, -1) + min(high, _HIGH)) // 2
            above = yield from self._run(middle - 1, high, down=False)
            below = yield from self._run(low, middle, down=True)
            in_vain = in_vain + 1 if (above, below) == (middle - 1, middle) else 0
            if above is not None:
                gaps.append((max(above, middle), high))
            if below is not None:
                gaps.append((low, min(below, middle)))

    def _run(self, low: int, high: int, *, down: bool) -> Generator[Row, None, int | None]:
        """Rows from one end of a gap; gives back the last id before what is broken, or None."""
        last = high if down else low
        try:
            for row in self._pages.between(low, high, down=down):
                last = row.id
                yield row
        except engine.SqliteError:
            return last
        return None


def _row(row: tuple[Any, ...]) -> Row:
    values = row[1:]
    while values and values[-1] == _LACKING:
        values = values[:-1]
    return Row(row[0], values)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _give_first_page(work: Path, key: str | None, count: int) -> None:
    """Write a first page that knows of one table and of at least as many pages as there are."""
    first = partial_of(work)
    first.unlink(missing_ok=True)
    new_file(first)
    conn = engine.with_key(first, key)
    try:
        mark = f"x'{_LACKING.hex()}'"
        columns = ", ".join(f"c{n} DEFAULT {mark}" for n in range(_MOST))
        conn.execute(f"CREATE TABLE s({columns})")
        conn.execute("INSERT INTO s(c0) VALUES(zeroblob(?))", (count * PAGE,))
        conn.commit()
    finally:
        conn.close()
    try:
        with first.open("rb") as file, work.open("r+b") as target:
            target.write(file.read(PAGE))
            target.truncate(first.stat().st_size)
    finally:
        first.unlink()


def fold_in_log(work: Path) -> None:
    """Write the pages of a write-ahead log that was committed into the file beside it, and drop it.

    For a file that SQLite does not open any more. A valid frame repeats the salt of the log's head,
    and the last one of a transaction tells the size of the file (fileformat2.html, 4.1).
    """
    log = work.with_name(f"{work.name}-wal")
    if not log.exists():
        return
    data = log.read_bytes()
    size = int.from_bytes(data[8:12], "big")
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    at = _LOG_HEAD
    while size and len(data) >= at + _FRAME_HEAD + size and data[at + 8 : at + 16] == data[16:24]:
        start = at + _FRAME_HEAD
        pending[int.from_bytes(data[at : at + 4], "big")] = data[start : start + size]
        if any(data[at + 4 : at + 8]):
            committed |= pending
            pending = {}
        at = start + size
    with work.open("r+b") as file:
        for number, page in committed.items():
            file.seek((number - 1) * size)
            file.write(page)
    for suffix in ("-wal", "-shm"):
        work.with_name(work.name + suffix).unlink(missing_ok=True)


def schema_rows(rows: Iterable[Row]) -> Iterator[Entry]:
    """Those rows that are of sqlite_master."""
    for row in rows:
        match row.values:
            case (
                ("table" | "index" | "trigger" | "view") as kind,
                str(name),
                str(of),
                int(root),
                sql,
            ):
                yield Entry(kind, name, of, root, sql if isinstance(sql, str) else None)
