"""All tables of a file: one of CSV, one for each sheet of a workbook."""

from pmdesk.exchange.blocks import Check, unwatched
from pmdesk.exchange.tables.delimited import beginning_of, rows_of, sign_of, text_of
from pmdesk.exchange.tables.heads import Known, table_of
from pmdesk.exchange.tables.values import MOST_ROWS, Refused, Row, Table, Why

_ZIP: tuple[bytes, ...] = (b"PK\x03\x04", b"PK\x05\x06")
# A compound file: Excel's old form, or a workbook behind a password.
_COMPOUND: bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: bytes = "EncryptedPackage".encode("utf-16-le")


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook."""
    return head.startswith((*_ZIP, _COMPOUND))


def read_tables(data: bytes, known: Known, check: Check = unwatched) -> list[Table]:
    """The tables of a file; raises Refused with the reason where there is none.

    `known` tells whether a text names a column, `check` is told how far it is and may raise.
    """
    if data.startswith(_COMPOUND):
        raise Refused(Why.LOCKED if _LOCKED in data else Why.OLD)
    if is_workbook(data):
        from pmdesk.exchange.tables.workbook import read_workbook  # with the first workbook

        return read_workbook(data, known, check)
    table = _delimited(text_of(data), known, check)
    if table is None:
        raise Refused(Why.NO_TABLE)
    return [table]


def first_table(head: bytes, known: Known) -> Table | None:
    """The table that a file of CSV begins with."""
    return _delimited(beginning_of(head), known, unwatched)


def _delimited(text: str, known: Known, check: Check) -> Table | None:
    rows: list[Row] = []
    sign = sign_of(text)
    for number, row in enumerate(rows_of(text, sign, check), start=1):
        if row is not None:
            rows.append(Row(number, row.cells))  # as a spreadsheet counts
        if len(rows) > MOST_ROWS:
            break
    return table_of("", rows, known, cut=len(rows) > MOST_ROWS)
