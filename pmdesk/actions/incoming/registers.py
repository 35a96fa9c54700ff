"""Registers of other programs come in: tables of problems, risks, changes, promises, expectations.

CSV and workbooks, what trackers export, and what this program wrote itself.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pmdesk.actions.incoming.opened import Along, opened
from pmdesk.actions.incoming.register_asking import (
    Sheet,
    columns_asked,
    days_asked,
    register_asked,
    scales_asked,
    sheet_of,
)
from pmdesk.actions.incoming.register_fields import LEAVE, columns_of, is_name, own_kind
from pmdesk.actions.incoming.register_rows import Rows
from pmdesk.actions.incoming.register_whose import Known, Owners, known_of, owners_asked
from pmdesk.actions.incoming.values import Asked, LeftOut, Read, Reading, Untaken
from pmdesk.answers.registers import REGISTERS
from pmdesk.answers.text.said import said
from pmdesk.exchange.tables.reading import first_table, is_workbook, read_tables
from pmdesk.exchange.tables.values import Refused, Table, Why
from pmdesk.records.kinds import KINDS
from pmdesk.words import LANGUAGES, mark, words_for

_DELIMITED: Final = (".csv", ".tsv")
_BOOKS: Final = (".xlsx", ".xlsm", ".xls")


def recognises(path: Path, head: bytes) -> bool:
    """Whether a file is a workbook, or begins as a table with named columns."""
    suffix = path.suffix.lower()
    if suffix in _BOOKS:
        return is_workbook(head)
    return suffix in _DELIMITED and first_table(head, is_name) is not None


def read(reading: Reading) -> Iterator[Read]:
    """The records of all tables, behind the questions that must be answered first."""
    known = known_of(reading.journal)
    sheets: list[Sheet] = []
    for one in _sheets(reading):
        if isinstance(one, Sheet):
            sheets.append(one)
        else:
            yield one
    projects = frozenset(project.name.strip().casefold() for project in known.projects)
    for sheet in sheets:
        yield from register_asked(reading, sheet)
    taken = [sheet for sheet in sheets if sheet.register != LEAVE]
    for sheet in taken:
        yield from columns_asked(reading, sheet, projects)
        yield from scales_asked(reading, sheet)
        yield from days_asked(reading, sheet)
    yield from _drafts(reading, taken, known)


def _drafts(reading: Reading, sheets: Sequence[Sheet], known: Known) -> Iterator[Read]:
    if not sheets:
        return
    owners = Owners(known)
    for asked in owners_asked(reading, sheets, known):
        if isinstance(asked, Asked):
            yield asked
        else:
            owners = asked
    for sheet in sheets:
        yield from Rows(reading, sheet, owners, known).drafts()


def _sheets(reading: Reading) -> Iterator[Sheet | LeftOut | Untaken]:
    """The tables of all files that may be registers; of the others it is said why not."""
    found: list[tuple[Path, Table]] = []
    along = Along(reading)
    for path, data in opened(reading, along):
        if isinstance(data, Untaken):
            yield data
            continue
        try:
            tables = read_tables(data, is_name, along)
        except Refused as error:
            yield Untaken(str(path), said(error.why.value))
            continue
        for table in tables:
            if table.cut:
                yield Untaken(f"{path.name} · {table.name}", said(Why.TOO_MANY.value))
            if _is_other_of_ours(table, path):
                yield LeftOut(mark("Tables of other kinds of records"))
            else:
                found.append((path, table))
    for path, table in found:
        yield sheet_of(reading, table, path, several=len(found) > 1)


def _is_other_of_ours(table: Table, path: Path) -> bool:
    """Whether this program wrote a table of records that stand in no register."""
    columns = columns_of(table)
    if own_kind(columns) is not None:
        return False
    if {"id", "uuid"} <= set(columns.plain) and path.stem in KINDS:
        return True
    others = {"Sheet", *(one.title for one in REGISTERS if own_kind_of(one.name) is None)}
    return any(
        table.name == words_for(language)(title) or table.head[:1] == (words_for(language)(title),)
        for language in LANGUAGES
        for title in others
    )


def own_kind_of(name: str) -> str | None:
    """The register of ours that comes in again; the others stand in it for reading only."""
    return name if name in {"raid", "expectations", "promises", "changes"} else None
