"""A report goes in one's own words and order, in both languages, on one's own letterhead."""

import json
import time
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from pmdesk.actions.letterhead import choose_logo, remove_logo
from pmdesk.actions.records import save_record
from pmdesk.actions.refusals import Refused
from pmdesk.actions.reports import NoSuchForm, report_file, report_pdf, report_pictures
from pmdesk.answers.client_summary import Period
from pmdesk.answers.letterhead import letterhead, letterhead_record
from pmdesk.report.apart import pages_apart, pdf_apart
from pmdesk.report.asks import Request, begun_from, next_period, request_of, request_text
from pmdesk.report.compiling import ReportFailed
from pmdesk.report.kinds import CLIENT_SUMMARY, Part
from pmdesk.report.values import (
    Document,
    Fields,
    Line,
    Lines,
    Prose,
    Section,
    Signatures,
    data_of,
)
from pmdesk.report.word import word_file

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63d0"
    "8fbf0700022d016d648725c70000000049454e44ae426082"
)
KIND = replace(
    CLIENT_SUMMARY,
    word=True,
    charts=None,
    parts=(
        Part(lambda _f, s: Lines(s.words("Next steps"), (Line("one", "why", "late", "bad"), Line("two")), "nothing"),
             name="next", title="Next steps", open=True),
        Part(lambda _f, s: Section(s.words("Promises"), ("a", "b"), (1, 2), (("x", "y"),), ""),
             name="promises", title="Promises"),
        Part(lambda _f, _s: Fields("Form", (("No.", "CR-1"), ("Why", "because")), 2)),
        Part(lambda _f, _s: Prose("Text", ("A paragraph.", "另一段。"))),
        Part(lambda _f, _s: Signatures("Signed", (("Client", ("Signature", "Date")),))),
    ),
)  # fmt: skip


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def pdf(journal, pine, at, **wanted):
    return text_of(
        report_pdf(journal, KIND, pine, Request(wanted.pop("language", "en"), **wanted), at=at)
    )


def test_every_block_is_set(journal, pine, at):
    text = pdf(journal, pine, at)
    for wanted in (
        "one",
        "why",
        "late",
        "x",
        "CR-1",
        "because",
        "A paragraph.",
        "另一段。",
        "Signature",
    ):
        assert wanted in text


def test_parts_stand_in_the_order_that_is_asked_for_and_what_has_no_name_stays(journal, pine, at):
    text = pdf(journal, pine, at, parts=("promises", "next"))
    assert text.index("Promises") < text.index("Next steps") < text.index("CR-1")
    text = pdf(journal, pine, at, parts=("next",))
    assert "Promises" not in text
    assert "CR-1" in text


def test_points_are_those_that_somebody_wrote(journal, pine, at):
    own = "Sign the plan\n  by Friday\n\nOpen hall 2\n"
    text = pdf(journal, pine, at, texts=(("next", own), ("promises", "no points there")))
    assert "Sign the plan" in text
    assert "by Friday" in text
    assert "two" not in text
    assert "no points there" not in text


def test_nothing_written_is_nothing_to_say(journal, pine, at):
    assert "nothing" in pdf(journal, pine, at, texts=(("next", "  \n"),))


def test_both_languages_come_one_after_the_other_each_with_its_own_pages(journal, pine, at):
    reader = PdfReader(BytesIO(report_pdf(journal, KIND, pine, Request("both"), at=at)))
    first, second = (page.extract_text() for page in reader.pages)
    assert "Next steps" in first
    assert "Page 1 of 1" in first
    assert "下一步" in second
    assert "第 1 页，共 1 页" in second


def test_word_says_what_the_pdf_says_and_names_chinese_fonts(journal, pine, at):
    document = KIND.document(journal, pine, Request("zh"), at=at)
    made = WordFile(BytesIO(word_file([document], at=at)))
    body = "\n".join(node.text for node in made.element.body.iter(qn("w:t")) if node.text)
    for wanted in ("one", "why", "late", "x", "CR-1", "A paragraph.", "另一段。", "Signature"):
        assert wanted in body
    runs = list(made.element.body.iter(qn("w:rFonts")))
    assert runs
    assert all(run.get(qn("w:eastAsia")) for run in runs)
    properties = made.core_properties
    assert (properties.author, properties.last_modified_by) == ("PM Desk", "")


HOSTILE = '# $ * _ @ < > \\ [ ] " ` \x00\x07 \ud800 \ufffe 😀 \u202eabc & ' + "w" * 10_000


def test_hostile_text_is_told_literally_in_word(at):
    blocks = (
        Lines(HOSTILE, (Line(HOSTILE, HOSTILE, HOSTILE, "bad"),), ""),
        Fields(HOSTILE, ((HOSTILE, HOSTILE),)),
        Section(HOSTILE, (HOSTILE,), (1,), ((HOSTILE,),), ""),
        Prose(HOSTILE, (HOSTILE,)),
    )
    document = Document(HOSTILE, HOSTILE, "", "", "", "", "en", sections=blocks)
    made = WordFile(BytesIO(word_file([document], at=at)))
    assert made.paragraphs[1].text.startswith('# $ * _ @ < > \\ [ ] " `')


def test_a_report_is_written_only_as_what_it_can_be(journal, pine, at):
    with pytest.raises(NoSuchForm):
        report_file(journal, CLIENT_SUMMARY, pine, Request("en"), ".docx", at=at)
    with pytest.raises(NoSuchForm):
        report_file(journal, KIND, pine, Request("en"), ".xlsx", at=at)
    assert report_file(journal, KIND, pine, Request("en"), ".DOCX", at=at)[:2] == b"PK"


def test_set_in_a_process_of_its_own_it_is_the_same(journal, pine, at):
    here = report_pdf(journal, KIND, pine, Request("zh"), at=at)
    asked = []
    there = report_pdf(journal, KIND, pine, Request("zh"), at=at, check=lambda: asked.append(1))
    assert there == here
    assert asked
    pictures = report_pictures(journal, KIND, pine, Request("zh"), at=at, check=lambda: None)
    assert pictures == report_pictures(journal, KIND, pine, Request("zh"), at=at)


class Stopped(Exception):
    """Somebody pressed Cancel."""


def test_cancel_ends_the_process_at_once(at):
    """Pages without end are set until somebody stops it."""
    rows = tuple((str(n),) for n in range(200_000))
    endless = Document("", "", "", "", "", "", "en", sections=(Section("", ("",), (1,), rows, ""),))
    looks = []

    def check():
        looks.append(1)
        if len(looks) > 3:
            raise Stopped

    with pytest.raises(Stopped):
        pdf_apart("report", data_of([endless]), at=at, check=check)


def test_a_report_longer_than_a_pipe_holds_is_set_too(at):
    """What is not read at once must still arrive: the process has yet to start."""
    texts = tuple(Line(f"{n} " + "word " * 40) for n in range(1200))
    long = Document("Long", "", "", "", "", "", "en", sections=(Lines("Texts", texts, ""),))
    ends = time.monotonic() + 60

    def check():
        assert time.monotonic() < ends

    pdf = pdf_apart("report", data_of([long]), at=at, check=check)
    assert "1199 word" in text_of(pdf)


def test_what_cannot_be_set_there_is_told_as_here():
    with pytest.raises(ReportFailed):
        pages_apart("report", {"documents": [{"lang": "en"}]}, ppi=40, check=lambda: None)


def test_the_letterhead_stands_at_the_head(journal, pine, at, tmp_path):
    stored = letterhead_record(journal)
    save_record(journal, replace(stored, sender="Oak Partners\n\n Kiel "), at=at)
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    choose_logo(journal, logo, at=at)
    head = letterhead(journal)
    assert (head.sender, head.logo, head.logo_format) == (("Oak Partners", "Kiel"), PNG, "png")
    data = report_pdf(journal, KIND, pine, Request("en"), at=at)
    assert "Oak Partners" in text_of(data)
    assert b"/Image" in data
    journal.undo()
    assert letterhead(journal).logo == b""
    journal.redo()
    remove_logo(journal, at=at)
    assert letterhead(journal).logo == b""
    with pytest.raises(Refused):
        remove_logo(journal, at=at)


def test_another_logo_takes_the_place_of_the_first(journal, at, tmp_path):
    for name, data in (("a.png", PNG), ("b.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")):
        (tmp_path / name).write_bytes(data)
        choose_logo(journal, tmp_path / name, at=at)
    assert letterhead(journal).logo_format == "svg"
    assert len(journal.rows("SELECT 1 FROM attachment")) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.gif", b"GIF89a"), ("a.png", b"no picture"), ("a.svg", b"<html>"), ("a.jpg", PNG),
     ("a.svg", b"<!DOCTYPE x [<!ENTITY a 'b'>]><svg>&a;</svg>"), ("a.png", PNG + b"0" * 500_000)],
)  # fmt: skip
def test_what_is_no_logo_is_refused(journal, at, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused):
        choose_logo(journal, tmp_path / name, at=at)
    assert letterhead(journal).logo == b""


@pytest.mark.parametrize(
    ("first", "last", "following"),
    [
        ("2026-11-02", "2026-11-08", ("2026-11-09", "2026-11-15")),
        ("2026-11-01", "2026-11-30", ("2026-12-01", "2026-12-31")),
        ("2026-01-01", "2026-03-31", ("2026-04-01", "2026-06-30")),
        ("2026-01-01", "2026-12-31", ("2027-01-01", "2027-12-31")),
        ("2028-02-01", "2028-02-29", ("2028-03-01", "2028-03-31")),
        ("2026-11-05", "2026-11-05", ("2026-11-06", "2026-11-06")),
    ],
)
def test_the_next_period_follows(first, last, following):
    found = next_period(Period(date.fromisoformat(first), date.fromisoformat(last)))
    assert tuple(day.isoformat() for day in found) == following


def test_an_open_period_stays_open():
    assert next_period(Period()) == Period()
    assert next_period(Period(date(2026, 1, 1), None)) == Period(date(2026, 1, 1), None)


DAYS = st.none() | st.dates(max_value=date(9900, 1, 1))
TEXTS = st.text(max_size=20)
REQUESTS = st.builds(
    Request,
    st.sampled_from(["en", "zh", "both"]),
    st.builds(Period, DAYS, DAYS),
    st.sampled_from(["client", "internal"]),
    st.booleans(),
    st.none() | st.lists(TEXTS, max_size=4).map(tuple),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
    st.integers(0, 10**9),
)


@given(REQUESTS)
def test_a_request_is_read_as_it_was_kept(request_):
    assert request_of(request_text(request_)) == request_
    assert begun_from(request_).texts == ()


@pytest.mark.parametrize("text", ["", "{}", "[]", "no JSON", json.dumps({"language": "en"})])
def test_what_is_no_request_is_none(text):
    assert request_of(text) is None
