"""Registers as Excel: dates and numbers as what they are, no formula, nothing internal, in bounds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pypdf import PdfReader

from pmdesk.actions.reports import report_file, report_pdf
from pmdesk.cli import main
from pmdesk.records.choices import Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.declare import kind_of
from pmdesk.records.expectations import Confirmation, Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import ChangeRequest, Decision, Issue, Raid
from pmdesk.records.trust import Promise
from pmdesk.report.asks import Request
from pmdesk.report.kinds import REPORTS
from pmdesk.report.registers import REGISTERS_KIND
from pmdesk.report.sheets import Book, Column, Sheet, book_file, clean

SECRET = "INTERNALMARK"
DAY = date(2026, 11, 20)
NAMES = {
    "en": ["About this file", "RAID log", "Expectations", "Promises", "Change requests",
           "Stakeholders", "Contact log"],
    "zh": 7,
}  # fmt: skip


@pytest.fixture
def full(journal, pine, at):
    """A record of each register that its client may read, and one that it may not."""
    own = {"client_id": pine.id}
    with journal.action("Add", at=at) as act:
        act.save(Issue(**own, statement="Pump stands", found_at=at, told_at=at, cost_minor=123456,
                       cause=SECRET, fix_date=DAY))  # fmt: skip
        act.save(Issue(**own, statement=SECRET, found_at=at))
        act.save(Issue(**own, raid=Raid.RISK, statement=SECRET, found_at=at, internal=True))
        wish = act.save(Expectation(**own, statement="Line 2 runs", said_by="Xu", expected_day=DAY,
                                    dimension=Dimension.SCHEDULE))  # fmt: skip
        act.save(Confirmation(**own, expectation_id=wish.id, day=DAY, by="Zhou"))
        act.save(Confirmation(**own, expectation_id=wish.id, day=DAY + timedelta(days=1), by=SECRET,
                              internal=True))  # fmt: skip
        act.save(Promise(**own, what="Send it", to_whom="Xu", due=DAY))
        act.save(Promise(**own, what=SECRET, to_whom="Xu", due=DAY, internal=True))
        act.save(ChangeRequest(**own, title="Two shifts", asked_on=DAY))
        act.save(ChangeRequest(**own, title=SECRET, asked_on=DAY, decision=Decision.REJECTED))
        act.save(Contact(**own, name="Xu", role="Buyer", influence=4, interest=2, notes=SECRET))
        act.save(Interaction(**own, at=at, subject="Hello", who="Xu", text=SECRET))
        act.save(Interaction(**own, at=at, subject=SECRET, internal=True))
        act.save(
            Interaction(**own, at=at, subject=SECRET, direction=Direction.OUTBOUND, reached=False)
        )
    return journal.get(Client, pine.id)


def made(journal, client, at, language="en", edition="client", **wanted):
    request = Request(language, edition=edition, **wanted)
    data = report_file(journal, REGISTERS_KIND, client, request, ".xlsx", at=at)
    return load_workbook(BytesIO(data)), data


def cell(sheet, row, head):
    """The cell of a row under a head."""
    place = [one.value for one in sheet[1]].index(head)
    return sheet[row][place]


def texts(book):
    return [
        str(one.value) for sheet in book for row in sheet for one in row if one.value is not None
    ]


def test_a_sheet_for_each_register_in_the_language(journal, full, at):
    book, _ = made(journal, full, at)
    assert book.sheetnames == NAMES["en"]
    chinese, _ = made(journal, full, at, "zh")
    assert len(chinese.sheetnames) == NAMES["zh"]
    assert chinese.sheetnames[2:5] == ["期望", "承诺", "变更请求"]


def test_dates_and_numbers_are_what_they_are(journal, full, at):
    book, _ = made(journal, full, at)
    raid = book["RAID log"]
    # 04:00 UTC is noon in Shanghai, where the journal's calendar is
    assert cell(raid, 2, "Found").value == datetime(2026, 11, 23, 12, 0)
    assert cell(raid, 2, "To be fixed by").value == datetime(2026, 11, 20)
    assert cell(raid, 2, "To be fixed by").number_format == "yyyy-mm-dd"
    assert cell(raid, 2, "Money at stake").value == 1234.56
    assert cell(book["Expectations"], 2, "Importance (points)").value == 20
    assert "All times are those of Asia/Shanghai." in texts(book)


def test_heads_stay_in_sight_and_filter(journal, full, at):
    book, _ = made(journal, full, at)
    for name in NAMES["en"][1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width > 9


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("whole", [False, True])
def test_a_client_reads_nothing_internal(journal, full, at, language, whole):
    client = None if whole else full
    _, data = made(journal, client, at, language)
    with ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            assert SECRET.encode() not in parts.read(name), name
    ours, _ = made(journal, client, at, language, "internal")
    # cause, two issues, two promises' worth, notes and mails: each of them is ours to read
    assert sum(SECRET in text for text in texts(ours)) == 9
    pdf = report_pdf(journal, REGISTERS_KIND, client, Request(language), at=at)
    assert SECRET not in "".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages)


def test_what_we_think_of_people_stands_in_our_edition_alone(journal, full, at):
    heads = {
        edition: [
            one.value for one in made(journal, full, at, edition=edition)[0]["Stakeholders"][1]
        ]
        for edition in ("client", "internal")
    }
    assert "Influence (1–5)" in heads["internal"]
    assert not {"Influence (1–5)", "Interest (1–5)", "Engagement now"} & set(heads["client"])


def test_an_expectation_names_its_last_confirmation(journal, full, at):
    book, _ = made(journal, full, at)
    assert cell(book["Expectations"], 2, "Confirmed by").value == "Zhou"
    ours, _ = made(journal, full, at, edition="internal")
    assert cell(ours["Expectations"], 2, "Confirmed by").value == SECRET


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-5", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_what_looks_like_a_formula_stays_text(journal, pine, at, text):
    with journal.action("Add", at=at) as act:
        act.save(Promise(client_id=pine.id, what=text, to_whom=text))
        act.save(replace(pine, name=text))
    book, data = made(journal, None, at)
    found = cell(book["Promises"], 2, "What was promised")
    assert (found.value, found.data_type, found.quotePrefix) == (text, "s", True)
    with ZipFile(BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1bc", "abc"),
        ("two\r\nlines\tx", "two\nlines x"),
        ("\ud800lone", "lone"),
        ("not\ufffe a character", "not a character"),
        ("cod\u202egpj.exe", "codgpj.exe"),
        ("👩‍🔧 and é", "👩‍🔧 and é"),
        ("_x0041_", "_x0041_"),
    ],
)
def test_what_xml_cannot_hold_is_left_out(text, shown, at):
    assert clean(text) == shown
    sheet = Sheet("S", (Column("A", "text", 9),), lambda _n: iter([(text,)]), 1, "")
    data = book_file(Book("T", "W", (), (sheet,), "en"), at=at)
    with ZipFile(BytesIO(data)) as parts:
        strings = parts.read("xl/sharedStrings.xml").decode()
    # a text that looks like an escape is itself escaped
    assert shown.replace("_x0041_", "_x005F_x0041_") in strings
    assert load_workbook(BytesIO(data))["S"]["A2"].value is not None


def test_what_excel_cannot_hold_is_said(at):
    long = "排" * 9 + "👩" * 9
    sheet = Sheet("S", (Column("A", "text", 9),), lambda most: iter([(long,)] * most), 7, "")
    data = book_file(Book("T", "W", (), (sheet,), "en"), at=at, most_rows=3, most_in_cell=12)
    book = load_workbook(BytesIO(data))
    assert book["S"].max_row == 4
    assert book["S"]["A2"].value == "排" * 9 + "👩…"
    said = texts(book)
    assert "“S” holds the first 3 of 7 rows: Excel takes no more in one sheet." in said
    assert any(
        text.startswith("“S”: texts that were cut") and text.endswith(": 3") for text in said
    )


def test_limits_are_those_of_excel(at):
    from pmdesk.report.sheets import MOST_IN_CELL, MOST_SHEET_ROWS

    assert (MOST_SHEET_ROWS, MOST_IN_CELL) == (1_048_575, 32_767)
    text = "x" * MOST_IN_CELL
    sheet = Sheet("S", (Column("A", "text", 9),), lambda _n: iter([(text,), (text + "y",)]), 2, "")
    book = load_workbook(BytesIO(book_file(Book("T", "W", (), (sheet,), "en"), at=at)))
    assert [len(row[0].value) for row in book["S"].iter_rows(2)] == [MOST_IN_CELL, MOST_IN_CELL]
    assert book["S"]["A3"].value[-1] == "…"


def test_a_day_before_excel_begins_is_text(at):
    sheet = Sheet("S", (Column("A", "day", 9),), lambda _n: iter([(date(1899, 5, 1),)]), 1, "")
    book = load_workbook(BytesIO(book_file(Book("T", "W", (), (sheet,), "en"), at=at)))
    assert book["S"]["A2"].value == "1899-05-01"


@pytest.mark.parametrize("title", ["a/b:c*d?e[f]g\\h", "'quoted'", "x" * 60, "", "History"])
def test_a_sheet_has_a_name_that_excel_takes(title, at):
    sheet = Sheet(title, (Column("A", "text", 9),), lambda _n: iter(()), 0, "Nothing")
    data = book_file(Book("T", "W", (), (sheet, sheet), "en"), at=at)
    names = load_workbook(BytesIO(data)).sheetnames
    assert len({name.casefold() for name in names}) == 3
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert "history" not in {name.casefold() for name in names}


def test_the_file_names_neither_person_nor_machine_and_is_the_same_again(journal, full, at):
    book, data = made(journal, full, at)
    known = book.properties
    assert (known.creator, known.lastModifiedBy) == ("PM Desk", "PM Desk")
    assert known.created.replace(tzinfo=UTC) == at
    assert known.title == "Registers – Pine Manufacturing"
    assert made(journal, full, at)[1] == data


def test_the_contact_log_is_whole_and_the_newest_stands_first(journal, pine, at):
    with journal.action("Add", at=at) as act:
        # several at one moment, more than are read at a time
        act.save_new(
            [
                Interaction(
                    client_id=pine.id, at=at - timedelta(minutes=n // 3), subject=f"Mail {n}"
                )
                for n in range(4500)
            ]
        )
    book, _ = made(journal, pine, at, parts=("contacts",))
    assert book.sheetnames == ["About this file", "Contact log"]
    subjects = [row[0].value for row in book["Contact log"].iter_rows(2)]
    assert len(subjects) == len(set(subjects)) == 4500
    assert subjects[0] == "Mail 2"


def test_each_row_of_the_whole_journal_names_its_client(journal, full, at):
    with journal.action("Add", at=at) as act:
        other = act.save(Client(name="Alder"))
        act.save(Promise(client_id=other.id, what="Call back", to_whom="Li"))
    book, _ = made(journal, None, at)
    rows = [(row[0].value, row[1].value) for row in book["Promises"].iter_rows(2)]
    assert rows == [("Alder", "Call back"), ("Pine Manufacturing", "Send it")]


def test_an_empty_journal_says_so(journal, at):
    book, _ = made(journal, None, at)
    assert book["Promises"]["A2"].value == "No promise is written down."
    pdf = report_pdf(journal, REGISTERS_KIND, None, Request("en"), at=at)
    assert "No promise is written down." in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_every_field_that_a_register_leaves_out_is_one_of_its_kind():
    from pmdesk.answers.registers import REGISTERS

    for one in REGISTERS:
        assert {*one.ours, *one.never} <= {field.name for field in kind_of(one.cls).fields}


def test_the_command_writes_it_for_one_and_for_all(journal, full, tmp_path):
    journal.close()
    given = ["report", "registers", "-j", str(journal.path), "--at", "2026-11-24T12:00+08:00"]
    for options, name in ((["--client", full.name], "Pine Manufacturing"), ([], "All clients")):
        target = tmp_path / f"{name}.xlsx"
        result = CliRunner().invoke(main, [*given, *options, "--out", str(target)])
        assert (result.exit_code, result.output.strip()) == (0, str(target))
        assert load_workbook(target)["About this file"]["A2"].value == name
    refused = CliRunner().invoke(main, [*given, "--out", str(tmp_path / "x.docx")])
    assert refused.exit_code == 2
    assert "This report is not written as .docx." in refused.output


def test_only_registers_are_workbooks():
    assert [name for name, kind in REPORTS.items() if kind.sheets] == ["registers"]


def test_the_window_saves_it_as_excel(qtbot, journal, full, tmp_path):
    from PySide6.QtCore import QThreadPool

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.pages.report_page import ReportPage
    from pmdesk.gui.settings import Settings
    from pmdesk.words import words_for

    page = ReportPage(Desk(journal, words_for("en"), Settings(), "light"), full)
    qtbot.addWidget(page)
    assert page.excel_button.isHidden()
    assert page.which.findData("registers") > 0
    page.use("registers")
    assert not page.excel_button.isHidden()
    target = tmp_path / "registers.xlsx"
    page.write(target)
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert load_workbook(target).sheetnames == NAMES["en"]
    QThreadPool.globalInstance().waitForDone()
