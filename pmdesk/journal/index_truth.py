"""Whether the search index holds just the words that the records give, each at its place.

The index is contentless: FTS5 can only tell whether it hangs together, not whether it is right. So a
copy of it is laid in memory beside the words of the records, as an index of them, and FTS5 compares
the two: words, places, the indexes of prefixes, and sizes. It adds up what it finds in a way in which
two mistakes may cancel out, so that the copy is held against an index made anew, too: each word and
each beginning of one, by where it stands.
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
_ANEW: Final = (
    (
        "CREATE VIRTUAL TABLE temp.anew USING fts5(title, body, content='words', content_rowid='id',"
        " tokenize='ascii', prefix='1 2 3')"
    ),
    "INSERT INTO temp.anew(anew) VALUES('rebuild')",
    "CREATE VIRTUAL TABLE temp.beside_words USING fts5vocab(temp, beside, instance)",
    "CREATE VIRTUAL TABLE temp.anew_words USING fts5vocab(temp, anew, instance)",
)
# small enough that no sum of them is too large
_PLACES: Final = (
    "SELECT term, count(*), sum(doc % 1000003), sum(doc % 1000003 * (doc % 8191)),"
    " sum((offset + 1) * (doc % 8191)), sum(col = 'title') FROM temp.{}_words GROUP BY term"
)
_BEGUN: Final = (
    "SELECT count(*), sum(rowid % 1000003), sum(rowid % 1000003 * (rowid % 8191))"
    " FROM temp.{0} WHERE {0} MATCH ?"
)
_LONGEST: Final = 3  # of the beginnings that have an index of their own
_COPY: Final = (
    "DELETE FROM temp.beside_data",
    "INSERT INTO temp.beside_data SELECT id, block FROM main.search_data",
    "INSERT INTO temp.beside_idx SELECT segid, term, pgno FROM main.search_idx",
    "INSERT INTO temp.beside_docsize(id, sz) SELECT id, sz FROM main.search_docsize",
)
_DROP: Final = tuple(
    f"DROP TABLE IF EXISTS temp.{name}"
    for name in ("beside_words", "anew_words", "beside", "anew", "words")
)
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
        for statement in _ANEW:
            conn.execute(statement)
        return _same_words(conn) and _same_beginnings(conn)
    except SqliteError as error:
        if error.sqlite_errorcode & 0xFF != sqlite_code("SQLITE_CORRUPT"):
            raise
        return False
    finally:
        for statement in _DROP:
            conn.execute(statement)


def _same_words(conn: Connection) -> bool:
    ours, anew = (_PLACES.format(name) for name in ("beside", "anew"))
    differs = f"SELECT EXISTS ({ours} EXCEPT {anew}) OR EXISTS ({anew} EXCEPT {ours})"
    return not conn.execute(differs).fetchone()[0]


def _same_beginnings(conn: Connection) -> bool:
    for length in range(1, _LONGEST + 1):
        sql = "SELECT DISTINCT substr(term, 1, ?) FROM temp.anew_words WHERE length(term) >= ?"
        for (begun,) in conn.execute(sql, (length, length)).fetchall():
            asked = (f'"{begun}" *',)
            ours, anew = (
                conn.execute(_BEGUN.format(name), asked).fetchone() for name in ("beside", "anew")
            )
            if ours != anew:
                return False
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
