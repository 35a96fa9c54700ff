"""Tables of CSV in every writing and of workbooks: the head found, cells as what they are, bounds kept."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.exchange.tables import values
from pmdesk.exchange.tables.delimited import beginning_of
from pmdesk.exchange.tables.reading import first_table, read_tables
from pmdesk.exchange.tables.values import Refused, Row, Why, plain

ROWS = [
    ["编号", "风险描述", "状态"],
    ["R-1", '泵"坏"了,两行\n描述', "关闭"],
    ["R-2", "Pump; late", ""],
]
NAMES = frozenset(("编号", "风险描述", "状态"))


def known(text):
    return text in NAMES


def csv(sign=","):
    quoted = [sign.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
    return "\r\n".join(quoted)


def book(*sheets, **parts):
    """A workbook of these sheets, each a name and its rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    out = BytesIO()
    made.save(out)
    if not parts:
        return out.getvalue()
    changed = BytesIO()
    with ZipFile(out) as whole, ZipFile(changed, "w", ZIP_DEFLATED) as packed:
        for name in whole.namelist():
            packed.writestr(name, parts.get(name.rpartition("/")[2], whole.read(name)))
    return changed.getvalue()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_writing(charset, sign):
    [table] = read_tables(csv(sign).encode(charset), known)
    assert table.head == tuple(ROWS[0])
    assert [row.cells for row in table.rows] == [tuple(row) for row in ROWS[1:]]
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_a_beginning_that_cuts_a_character_tells_the_head(charset):
    data = (csv() + "\r\n" + "描述" * 500).encode(charset)
    for end in range(150, 156):
        assert first_table(data[:end], known).head == tuple(ROWS[0])
    assert "编号" in beginning_of(data[:151])


def test_a_size_that_is_told_too_small_is_not_believed():
    data = book(("S", ROWS))
    with ZipFile(BytesIO(data)) as whole:
        sheet = whole.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:C3"', b'ref="A1:A1"')
    assert b"A1:A1" in sheet
    [table] = read_tables(book(("S", ROWS), **{"sheet1.xml": sheet}), known)
    assert (table.head, len(table.rows)) == (tuple(ROWS[0]), 2)


def test_a_sign_that_excel_tells_is_believed():
    data = b"sep=;\nID,x;Name\n1,1;2;3\n"
    assert read_tables(data, known)[0].head == ("ID,x", "Name", "")


@pytest.mark.parametrize(
    "above",
    [[], [["风险登记册"]], [["Register", None, None], [], ["Project:", "Pine"]], [["x", None, 5]]],
    ids=["none", "a title", "title and project", "a figure"],
)
def test_titles_above_the_head_are_passed_over(above):
    [table] = read_tables(book(("S", [*above, *ROWS])), known)
    assert (table.name, table.head, len(table.rows)) == ("S", tuple(ROWS[0]), 2)
    assert table.rows[0].number == len(above) + 2


def test_a_head_of_names_that_nobody_knows_is_found_by_its_width():
    head = ["Alpha", "Beta", "Gamma", "Delta"]
    rows = [["Title of it"], ["Project:", "Pine"], head, [1, 2, 3, 4]]
    [table] = read_tables(book(("S", rows)), lambda _: False)
    assert table.head == tuple(head)


def test_a_workbook_gives_days_as_days_and_what_a_formula_gave():
    made = openpyxl.Workbook()
    made.active.append(["编号", "风险描述", "状态"])
    made.active.append([1, date(2026, 11, 3), datetime(2026, 11, 3, 15, 30)])
    made.active.append([0.5, "=1+1", "#REF!"])
    made.create_sheet("hidden").append(["编号", "状态"])
    made["hidden"].sheet_state = "hidden"
    out = BytesIO()
    made.save(out)
    [table] = read_tables(out.getvalue(), known)
    first, second = table.rows
    assert first.cells == (1, date(2026, 11, 3), datetime(2026, 11, 3, 15, 30))
    assert second.cells[0] == 0.5
    assert [plain(cell) for cell in second.cells[1:]] == ["", ""]  # never computed; an error


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04 no more", Why.DAMAGED),
        (book(("S", ROWS))[:-200], Why.DAMAGED),
        (book(("S", ROWS), **{"workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), Why.DAMAGED),
        (book(("S", ROWS), **{"sheet1.xml": b"<worksheet><sheetData><row"}), Why.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Why.OLD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Why.LOCKED),
        (book(("S", [["only"]])), Why.NO_TABLE),
        (b"just a line", Why.NO_TABLE),
        (b"", Why.NO_TABLE),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_a_sentence(data, why):
    with pytest.raises(Refused) as refused:
        read_tables(data, known)
    assert refused.value.why is why


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"\0" * 160_000_000)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(Refused) as refused:
        read_tables(out.getvalue(), known)
    assert refused.value.why is Why.TOO_LARGE


def test_a_table_that_goes_on_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr("pmdesk.exchange.tables.workbook.MOST_ROWS", 5)
    monkeypatch.setattr("pmdesk.exchange.tables.reading.MOST_ROWS", 5)
    rows = [["编号", "状态"], *([n, "x"] for n in range(9))]
    for data in (book(("S", rows)), "\n".join(f"{a},{b}" for a, b in rows).encode()):
        [table] = read_tables(data, known)
        assert table.cut
        assert 3 < len(table.rows) < 6


def test_a_reading_can_be_stopped():
    class StoppedError(Exception):
        pass

    def stop(_share):
        raise StoppedError

    for data in (csv().encode(), book(("S", ROWS))):
        with pytest.raises(StoppedError):
            read_tables(data, known, stop)


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (" a ", "a"), (3.0, "3"), (0.3, "0.3"), (True, "1"), (date(2026, 1, 2), "2026-01-02"),
     (datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04")],
)  # fmt: skip
def test_a_cell_as_text(cell, text):
    assert plain(cell) == text


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_end_a_reading(data):
    for beginning in (b"", b"PK\x03\x04", b"\xff\xfe", "编号,状态\n".encode()):
        try:
            tables = read_tables(beginning + data, known)
        except Refused:
            continue
        assert all(isinstance(row, Row) for table in tables for row in table.rows)


def test_a_wrong_size_in_a_sheet_is_not_believed():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ID</t>'
        b'</is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c></row><row r="1048576">'
        b'<c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    [table] = read_tables(book(("S", ROWS), **{"sheet1.xml": sheet}), known)
    assert (table.head, len(table.rows)) == (("ID", "Name"), 0)
    assert values.MOST_ROWS < 1_048_576
