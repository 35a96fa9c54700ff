"""Whether the search index holds just the words that the records give: both as one sum."""

import re
from binascii import crc32
from collections.abc import Iterator
from itertools import count
from operator import mul
from typing import Final, NamedTuple

from pmdesk.journal import index
from pmdesk.journal.engine import Connection

# What FTS5's tokenizer "ascii" takes for a word: letters and digits of ASCII, and all beyond.
_WORD: Final = re.compile(r"[0-9a-z\x80-\U0010ffff]+")
_LOWER: Final = str.maketrans({chr(n): chr(n + 32) for n in range(ord("A"), ord("Z") + 1)})
_BODY: Final = 1 << 31  # beyond the number of any word of a title
_COLUMNS: Final = {"title": 0, "body": _BODY}
_SPREAD: Final = 0x9E3779B97F4A7C15  # so that neither record nor place can stand for the other
_SEVEN_BITS: Final = 0x7F


class Held(NamedTuple):
    """What an index holds: one sum of all words and where they stand, and each record's sizes."""

    sum: int
    sizes: dict[int, tuple[int, int]]


class _Weights(dict[str, int]):
    """A number for each word, such that no flipped bit leaves it the same."""

    def __missing__(self, word: str) -> int:
        self[word] = weight = crc32(word.encode()) | 1 << 32
        return weight


def expected(conn: Connection) -> Held:
    """What the index is to hold of the records."""
    weight = _Weights().__getitem__
    total, sizes = 0, {}
    for address, (title, body) in index.texts(conn):
        heads = _WORD.findall(title.translate(_LOWER))
        words = _WORD.findall(body.translate(_LOWER))
        first = address * _SPREAD
        total += sum(map(mul, map(weight, heads), count(first)))
        total += sum(map(mul, map(weight, words), count(first + _BODY)))
        sizes[address] = (len(heads), len(words))
    return Held(total, sizes)


def held(conn: Connection) -> Held:
    """What the index holds: its words, and the sizes that it tells of each record."""
    conn.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, search, instance)"
    )
    weight = _Weights()
    total = sum(
        weight[word] * (address * _SPREAD + _COLUMNS[column] + n)
        for word, address, column, n in conn.execute("SELECT term, doc, col, offset FROM temp.word")
    )
    rows = conn.execute("SELECT id, sz FROM search_docsize")
    return Held(total, {address: _two(sizes) for address, sizes in rows})


def _two(sizes: bytes) -> tuple[int, int]:
    """The sizes of a record's title and body, as FTS5 wrote them."""
    title, body, *_ = [*_numbers(sizes), -1, -1]
    return title, body


def _numbers(data: bytes) -> Iterator[int]:
    """Numbers that SQLite wrote one behind the other, of up to 56 bits (varint, fileformat2.html)."""
    number = 0
    for byte in data:
        number = number << 7 | byte & _SEVEN_BITS
        if byte <= _SEVEN_BITS:
            yield number
            number = 0
