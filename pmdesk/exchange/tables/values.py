"""What a file of tables holds, as plain values."""

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Final, NamedTuple

from pmdesk.words import mark

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 500
MOST_CELLS: Final = 2_000_000
MOST_CELL: Final = 1_000_000

# What a cell holds: CSV knows texts only, a workbook knows numbers and days.
Cell = str | int | float | bool | date | datetime | time | None


class Row(NamedTuple):
    """A row below the head: the number that a spreadsheet gives it, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, place: int) -> Cell:
        """The cell of a column; a row may end early."""
        return self.cells[place] if place < len(self.cells) else None


class Table(NamedTuple):
    """A table: the name of its sheet (none in CSV), its head by position, its rows.

    Names of columns may repeat; `cut` where it goes on past what is read.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    cut: bool = False


class Why(Enum):
    """Why a file or a part of it is not read, in a sentence."""

    DAMAGED = mark("The table is damaged and cannot be read.")
    LOCKED = mark("The workbook is protected by a password. Save it without one and take that.")
    OLD = mark("This is a workbook in Excel’s old form. Save it as .xlsx and take that.")
    TOO_LARGE = mark("Unpacked, the workbook is too large.")
    TOO_MANY = mark("The table goes on; only its first rows were read.")
    NO_TABLE = mark("No table was found here: a head of named columns, and rows below it.")


class Refused(Exception):
    """A file that gives no table at all, with its reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.name)
        self.why = why


def plain(cell: Cell) -> str:
    """A cell as text, without space around it; a whole number without its fraction."""
    match cell:
        case None:
            return ""
        case str():
            return cell.strip()
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}" if cell.time() != time() else f"{cell:%Y-%m-%d}"
        case date():
            return cell.isoformat()
    return str(cell)


def is_empty(cells: Sequence[Cell]) -> bool:
    """Whether nothing stands in any of these cells."""
    return not any(plain(cell) for cell in cells)
