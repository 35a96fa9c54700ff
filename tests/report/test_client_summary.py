"""The client summary as PDF: what stands in it, what never does, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from pmdesk.actions.reports import report_pictures, write_report
from pmdesk.answers.client_summary import Period
from pmdesk.charts.printable import printable
from pmdesk.records.choices import Direction, Tier
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.report.asks import Request
from pmdesk.report.compiling import ReportFailed, compile_pdf
from pmdesk.report.kinds import CLIENT_SUMMARY
from pmdesk.report.values import Document, Section, data_of

NASTY = '#panic("x") $x^2$ <b> *star* @ref \\ #read("/etc/passwd")'
SECRET = "INTERNALMARK"


@pytest.fixture
def busy(journal, at):
    """A client with mail on both sides, and every internal field filled with a mark."""
    with journal.action("Add", at=at) as act:
        client = act.save(Client(name="青松 Pine & Co", notes=SECRET, industry=NASTY))
        contact = act.save(Contact(client_id=client.id, name="Zhou", notes=SECRET))
        for n in range(60):
            when = at - timedelta(days=60 - n)
            ask = Interaction(
                client_id=client.id,
                contact_id=contact.id,
                at=when,
                thread=n,
                who="Zhou",
                subject=f"延期 {n}",
            )
            act.save(ask)
            if n % 4:
                act.save(
                    replace(ask, direction=Direction.OUTBOUND, at=when + timedelta(hours=n % 9 + 1))
                )
        act.save(
            Interaction(client_id=client.id, at=at, subject=SECRET, text=SECRET, internal=True)
        )
        act.save(Interaction(client_id=client.id, at=at, thread=99, subject=NASTY, who="😀 Zhu 镕"))
    return client


def made(journal, client, tmp_path, at, **options):
    target = tmp_path / "s.pdf"
    request = Request(**{"language": "en", **options})
    write_report(journal, CLIENT_SUMMARY, client, target, request, at=at)
    reader = PdfReader(target)
    return reader, "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Client summary", "Waiting for our answer", "Page 1 of"]),
        ("zh", ["合作情况简报", "等待我们答复", "工作小时"]),
    ],
)
def test_it_says_what_it_must_in_the_language(journal, busy, tmp_path, at, language, words):
    reader, text = made(journal, busy, tmp_path, at, language=language, response=True)
    for word in words:
        assert word in text
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert busy.name in reader.metadata.title


def test_what_people_write_is_printed_and_never_run(journal, busy, tmp_path, at):
    _, text = made(journal, busy, tmp_path, at)
    flat = text.replace("\n", "").replace(" ", "")
    assert '#panic("x")$x^2$<b>*star*' in flat
    assert "[U+1F600]" in flat
    assert "root:" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_client_edition_holds_nothing_internal(journal, busy, tmp_path, at, language):
    reader, text = made(journal, busy, tmp_path, at, language=language)
    raw = (tmp_path / "s.pdf").read_bytes()
    assert SECRET not in text
    assert SECRET not in str(reader.metadata)
    assert SECRET.encode() not in raw
    _, internal = made(journal, busy, tmp_path, at, language=language, edition="internal")
    assert SECRET in internal


@pytest.mark.parametrize(
    ("language", "ours"),
    [
        ("en", ["Key client", "Active", "Waiting for our answer", "response", "How fast"]),
        ("zh", ["重点客户", "等待我们答复", "响应", "我们多久答复"]),
    ],
)
def test_a_client_reads_neither_our_grading_nor_unasked_how_fast_we_answer(
    journal, busy, tmp_path, at, language, ours
):
    with journal.action("Edit", at=at) as act:
        client = act.save(replace(busy, tier=Tier.KEY))
    _, text = made(journal, client, tmp_path, at, language=language)
    assert [word for word in ours if word in text] == []
    _, internal = made(journal, client, tmp_path, at, language=language, edition="internal")
    assert [word for word in ours if word not in internal] == []
    _, chosen = made(journal, client, tmp_path, at, language=language, response=True)
    assert ours[0] not in chosen
    assert ours[-1] in chosen


def test_every_font_is_embedded(journal, busy, tmp_path, at):
    reader, _ = made(journal, busy, tmp_path, at)
    fonts = [f for page in reader.pages for f in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_days_narrow_what_is_counted(journal, busy, tmp_path, at):
    day = (at - timedelta(days=10)).date()
    _, text = made(journal, busy, tmp_path, at, period=Period(day, day + timedelta(days=2)))
    assert "延期 50" in text
    assert "延期 40" not in text


def test_an_empty_client_says_so(journal, pine, tmp_path, at):
    _, text = made(journal, pine, tmp_path, at, response=True)
    assert "No contact in this time." in text
    assert "Nothing waits for an answer." in text


@pytest.mark.parametrize(
    ("language", "edition", "listed"),
    [
        ("en", "client", ["arrived"]),
        ("en", "internal", ["bounced (did not reach the client)", "arrived"]),
        ("zh", "client", ["arrived"]),
    ],
)
def test_a_message_that_did_not_reach_the_client_is_no_contact_of_theirs(
    journal, pine, at, language, edition, listed
):
    ours = Interaction(client_id=pine.id, at=at, direction=Direction.OUTBOUND)
    with journal.action("Add", at=at) as act:
        act.save(replace(ours, subject="arrived"))
        act.save(replace(ours, subject="bounced", reached=False))
    document = CLIENT_SUMMARY.document(journal, pine, Request(language, edition=edition), at=at)
    heading = {"en": "Recent contacts", "zh": "最近往来"}[language]
    (section,) = [s for s in document.sections if s.title == heading]
    assert [row[-1] for row in section.rows] == listed
    assert section.remark.count(str(len(listed))) == 2  # so many of so many


def test_two_thousand_rows_repeat_their_head_on_every_page(at):
    rows = tuple((str(n), f"row {n}") for n in range(2000))
    summary = Document(
        title="Long", client="Pine", subtitle="", period="", made="", edition="", lang="en",
        sections=(Section("Rows", ("Number", "Words"), (1, 3), rows, ""),),
    )  # fmt: skip
    reader = PdfReader(BytesIO(compile_pdf("report", data_of([summary]), at=at)))
    assert len(reader.pages) > 30
    assert all("Number" in page.extract_text() for page in reader.pages)


def test_the_preview_is_the_document_page_by_page(journal, busy, at):
    pages = report_pictures(
        journal, CLIENT_SUMMARY, busy, Request("zh", edition="internal"), at=at, ppi=40
    )
    assert len(pages) >= 2
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_a_broken_document_is_told_as_such(at):
    with pytest.raises(ReportFailed):
        compile_pdf("report", {"documents": [{"lang": "en"}]}, at=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_report_that_cannot_be_written_leaves_no_half(journal, pine, tmp_path, at):
    (tmp_path / "s.pdf").mkdir()
    with pytest.raises(OSError, match=r"s\.pdf"):
        made(journal, pine, tmp_path, at)
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize(
    ("text", "shown"), [("喆 㛃 ğ", "喆 㛃 ğ"), ("a\u202eb\x07", "ab"), ("𠮷", "[U+20BB7]")]
)
def test_characters_without_a_glyph_become_visible(text, shown):
    assert printable(text) == shown


@pytest.mark.parametrize("response", [False, True])
def test_it_begins_with_what_is_to_be_decided_and_the_gaps(journal, busy, tmp_path, at, response):
    from pmdesk.records.expectations import Dimension, Expectation

    with journal.action("Add", at=at) as act:
        act.save(
            Expectation(client_id=busy.id, statement="Line 2 runs", said_by="Zhou", dimension=Dimension.SCHEDULE,
                        expected_day=at.date(), forecast_day=at.date() + timedelta(days=14))
        )  # fmt: skip
    _, text = made(journal, busy, tmp_path, at, response=response)
    heads = [
        "Decisions wanted",
        "Settle the gap: Line 2 runs",
        "1 of 1 to be explained",
        "What is expected Expected",
    ]
    flat = " ".join(text.split())
    places = [flat.index(head) for head in heads]
    assert places == sorted(places)
    if response:
        assert places[2] < flat.index("How fast we answer")


def test_decisions_may_be_left_out_and_then_charts_come_first(journal, busy, at):
    request = Request("en", parts=("promises", "decisions"))
    assert CLIENT_SUMMARY.document(journal, busy, request, at=at).lead == 0
    assert CLIENT_SUMMARY.document(journal, busy, Request("en"), at=at).lead == 1
