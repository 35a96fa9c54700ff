"""The head of a table: the first row that names columns, whatever titles stand above it."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from pmdesk.exchange.tables.values import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Table,
    is_empty,
    plain,
)

_LOOKED_AT: Final = 40
_FEWEST: Final = 2
_LONGEST: Final = 120
# A head fills this share of what the widest of the first rows fills.
_SHARE: Final = 0.6
_FIGURE: Final = re.compile(r"[\d\s.,:/%¥$€+-]+")
_SPACE: Final = re.compile(r"\s+")

Known = Callable[[str], bool]


def table_of(name: str, rows: Sequence[Row], known: Known, *, cut: bool = False) -> Table | None:
    """The rows below the first one that looks like a head; None where none does.

    `known` tells whether a text is the name of a column: a row that holds several is a head before
    any other.
    """
    place = _head_place(rows, known)
    if place is None:
        return None
    width = min(max(len(row.cells) for row in rows[place:]), MOST_COLUMNS)
    cells = rows[place].cells
    head = tuple(_named(cells[n]) if n < len(cells) else "" for n in range(width))
    below = rows[place + 1 :]
    most = min(MOST_ROWS, MOST_CELLS // max(width, 1))
    filled = [Row(row.number, row.cells[:width]) for row in below[:most] if not is_empty(row.cells)]
    return Table(name, head, tuple(filled), cut or len(below) > most)


def _named(cell: Cell) -> str:
    return _SPACE.sub(" ", plain(cell))[:_LONGEST]


def _head_place(rows: Sequence[Row], known: Known) -> int | None:
    first = rows[:_LOOKED_AT]
    for place, row in enumerate(first):
        if sum(known(_named(cell)) for cell in row.cells[:MOST_COLUMNS]) >= _FEWEST and _names(row):
            return place
    widest = max((_filled(row) for row in first), default=0)
    for place, row in enumerate(first):
        if _filled(row) >= max(_FEWEST, _SHARE * widest) and _names(row):
            return place
    return None


def _filled(row: Row) -> int:
    return sum(bool(plain(cell)) for cell in row.cells[:MOST_COLUMNS])


def _names(row: Row) -> bool:
    """Whether a row holds names and no values: texts, none of them a figure, most of them once."""
    texts = [plain(cell) for cell in row.cells[:MOST_COLUMNS] if plain(cell)]
    if any(cell is not None and not isinstance(cell, str) for cell in row.cells[:MOST_COLUMNS]):
        return False
    figures = sum(bool(_FIGURE.fullmatch(text)) for text in texts)
    return (
        len(texts) >= _FEWEST
        and figures * 4 <= len(texts)
        and len(set(texts)) * 2 >= len(texts)
        and all(len(text) <= _LONGEST for text in texts)
    )
