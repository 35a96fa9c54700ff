"""Sheets of an .xlsx file: days as days, what formulas gave when it was saved, all within bounds."""

import logging
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from pmdesk.exchange.blocks import Check
from pmdesk.exchange.tables.heads import Known, table_of
from pmdesk.exchange.tables.values import (
    MOST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Refused,
    Row,
    Table,
    Why,
)

_LOG: Final = logging.getLogger(__name__)
_MOST_UNPACKED: Final = 150_000_000
_MOST_PARTS: Final = 5_000
_MOST_SHEETS: Final = 60
_BEGINNING: Final = 4_096
_ERRORS: Final = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
)
_DOCTYPE: Final = b"<!DOCTYPE"


def read_workbook(data: bytes, known: Known, check: Check) -> list[Table]:
    """The tables of its sheets that are seen; raises Refused where there is none."""
    _refuse_bombs(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library tells of what it leaves out
        tables = list(_tables(data, known, check))
    if not tables:
        raise Refused(Why.NO_TABLE)
    return tables


def _refuse_bombs(data: bytes) -> None:
    """Raise Refused for what would unpack to too much, and for entities that XML would blow up."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            why = _why_not(packed)
    except Exception as error:  # damaged archives raise anything
        raise Refused(Why.DAMAGED) from error
    if why is not None:
        raise Refused(why)


def _why_not(packed: zipfile.ZipFile) -> Why | None:
    parts = packed.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        return Why.TOO_LARGE
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with packed.open(part) as file:
                if _DOCTYPE in file.read(_BEGINNING):
                    return Why.DAMAGED
    return None


def _tables(data: bytes, known: Known, check: Check) -> Iterator[Table]:
    import openpyxl

    cells = 0
    try:
        book = openpyxl.load_workbook(
            BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheets = [one for one in book.worksheets if one.sheet_state == "visible"][:_MOST_SHEETS]
    except Exception as error:  # damaged workbooks raise anything
        _LOG.info("no workbook", exc_info=True)
        raise Refused(Why.DAMAGED) from error
    for sheet in sheets:
        rows: list[Row] = []
        cut = False
        for row in _rows(sheet):
            check(cells / MOST_CELLS)
            cells += len(row.cells)
            cut = len(rows) >= MOST_ROWS or cells > MOST_CELLS
            if cut:
                break
            rows.append(row)
        table = table_of(str(sheet.title), rows, known, cut=cut)
        if table is not None:
            yield table


def _rows(sheet: Any) -> Iterator[Row]:
    """The rows of a sheet; raises Refused where it is damaged."""
    try:
        sheet.reset_dimensions()  # what a file tells of its size may be wrong
        rows = sheet.iter_rows(max_row=MOST_ROWS + 1, values_only=True)
        for number, row in enumerate(rows, start=1):
            yield Row(number, _cells(row[:MOST_COLUMNS]))
    except Exception as error:  # damaged sheets raise anything
        _LOG.info("a sheet ends early", exc_info=True)
        raise Refused(Why.DAMAGED) from error


def _cells(values: Sequence[Any]) -> tuple[Cell, ...]:
    """The cells of a row up to the last one that holds something."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return tuple(_cell(value) for value in values[:end])


def _cell(value: Any) -> Cell:
    match value:
        case None | bool() | int() | float() | time():
            return value
        case str():
            return "" if value in _ERRORS else value[:MOST_CELL]
        case datetime():
            return value.date() if value.time() == time() else value
        case date():
            return value
    return str(value)[:MOST_CELL]
