"""Whether the search index holds just the words that the records give, each at its place.

The index is contentless: FTS5 can only tell whether it hangs together, not whether it is right. So a
copy of it is laid in memory beside the words of the records, as an index of them, and FTS5 compares
the two: words, places, the indexes of prefixes, and sizes.
"""

from collections.abc import Iterator
from typing import Final

from pmdesk.journal import index
from pmdesk.journal.engine import Connection, SqliteError, sqlite_code

_MAKE: Final = (
    "CREATE TEMP TABLE words(id INTEGER PRIMARY KEY, title, body)",
    (
        "CREATE VIRTUAL TABLE temp.beside USING fts5(title, body, content='words', content_rowid='id',"
        " tokenize='ascii', prefix='1 2 3')"
    ),
)
_COPY: Final = (
    "DELETE FROM temp.beside_data",
    "INSERT INTO temp.beside_data SELECT id, block FROM main.search_data",
    "INSERT INTO temp.beside_idx SELECT segid, term, pgno FROM main.search_idx",
    "INSERT INTO temp.beside_docsize(id, sz) SELECT id, sz FROM main.search_docsize",
)
_DROP: Final = ("DROP TABLE IF EXISTS temp.beside", "DROP TABLE IF EXISTS temp.words")
_TOTALS: Final = 1  # the row that tells how much is indexed: for ranks, which we do not ask for
_SEVEN_BITS: Final = 0x7F


def sound(conn: Connection) -> bool:
    """Whether the index is that of the records; takes memory for the words of them all."""
    try:
        for statement in _MAKE:
            conn.execute(statement)
        rows = ((address, *pair) for address, pair in index.texts(conn))
        conn.executemany("INSERT INTO temp.words VALUES(?, ?, ?)", rows)
        for statement in _COPY:
            conn.execute(statement)
        totals = b"".join(map(_varint, _totals(conn)))
        conn.execute("UPDATE temp.beside_data SET block = ? WHERE id = ?", (totals, _TOTALS))
        conn.execute("INSERT INTO temp.beside(beside, rank) VALUES('integrity-check', 1)")
    except SqliteError as error:
        if error.sqlite_errorcode & 0xFF != sqlite_code("SQLITE_CORRUPT"):
            raise
        return False
    finally:
        for statement in _DROP:
            conn.execute(statement)
    return True


def _totals(conn: Connection) -> list[int]:
    """Records, words of titles, words of bodies, as the records' own sizes tell."""
    totals = [0, 0, 0]
    for (sizes,) in conn.execute("SELECT sz FROM main.search_docsize"):
        for n, number in enumerate([1, *_numbers(sizes)][:3]):
            totals[n] += number
    return totals


def _numbers(data: bytes) -> Iterator[int]:
    """Numbers that SQLite wrote one behind the other, of up to 56 bits (varint, fileformat2.html)."""
    number = 0
    for byte in data:
        number = number << 7 | byte & _SEVEN_BITS
        if byte <= _SEVEN_BITS:
            yield number
            number = 0


def _varint(number: int) -> bytes:
    """A number as SQLite writes it."""
    parts = [number & _SEVEN_BITS]
    while number := number >> 7:
        parts.append(number & _SEVEN_BITS | _SEVEN_BITS + 1)
    return bytes(reversed(parts))
