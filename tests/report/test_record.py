"""The record of expectations: who expects what, who confirmed it when, what was agreed anew, places to sign."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from pmdesk.actions.records import save_record
from pmdesk.actions.reports import report_file, report_pdf
from pmdesk.records.expectations import Confirmation, Dimension, Expectation, Outcome, Talk
from pmdesk.records.needs import Need
from pmdesk.records.project import Project, Stage
from pmdesk.report.asks import Request
from pmdesk.report.kinds import REPORTS
from pmdesk.words import words_for

RECORD = REPORTS["record"]
TODAY = date(2026, 11, 23)
HOSTILE = ('# $x^2$ *a* _b_ @ref <tag> \\ [x] ] " ` #panic("x")', "😀 שלום", "W" * 10_000)


def day(n):
    return TODAY + timedelta(days=n)


def text_of(journal, client, at, language="en", **more):
    pdf = report_pdf(journal, RECORD, client, Request(language, **more), at=at)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def told(journal, pine, at):
    """Two expectations, a need, confirmations at a stage, one agreed anew."""
    c = {"client_id": pine.id}
    with journal.action("Add", at=at) as act:
        project = act.save(Project(**c, name="Line 2")).id
        stage = act.save(Stage(project_id=project, name="Trial")).id
        late = act.save(
            Expectation(**c, project_id=project, statement="Runs on Monday", said_by="Zhou", said_on=day(-60),
                        dimension=Dimension.SCHEDULE, expected_day=day(7), forecast_day=day(7))
        )  # fmt: skip
        act.save(Expectation(**c, project_id=project, statement="Reports on Fridays", said_by="Xu"))
        need = act.save(Need(**c, statement="Fewer stops", goal="Output"))
        act.save(
            Confirmation(
                **c, expectation_id=late.id, stage_id=stage, day=day(-5), by="Zhou", note="by phone"
            )
        )
        act.save(Confirmation(**c, need_id=need.id, day=day(-9), by="Xu"))
    save_record(
        journal,
        Talk(**c, expectation_id=late.id, day=day(-1), outcome=Outcome.AGREED, agreed="Monday", agreed_by="Fang",
             new_day=day(21), internal=False),
        at=at,
    )  # fmt: skip
    return pine


def test_it_tells_who_expects_what_and_who_confirmed_it(journal, told, at):
    text = text_of(journal, told, at)
    for word in (
        "Schedule: Runs on Monday Zhou 24 Sept 2026", "14 Dec 2026 30 Nov 2026", "18 Nov 2026 Zhou Trial Runs on Monday by phone",
        "14 Nov 2026 Xu – Fewer stops –", "22 Nov 2026 Runs on Monday 30 Nov 2026 14 Dec 2026 Fang",
        "Confirm: Reports on Fridays", "The client's side", "Our side", "Signature",
    ):  # fmt: skip
        assert word in text, (word, text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_parts_stand_there_also_where_nothing_is_known(journal, pine, at, language):
    words = words_for(language)
    document = RECORD.document(journal, pine, Request(language), at=at)
    assert [b.title for b in document.sections][:3] == [words(p.title) for p in RECORD.parts][:3]
    text = text_of(journal, pine, at, language)
    assert all(block.title in text for block in document.sections)


def test_the_client_reads_nothing_internal(journal, pine, at):
    c = {"client_id": pine.id}
    with journal.action("Add", at=at) as act:
        mine = act.save(Expectation(**c, statement="SECRET", said_by="x", internal=True)).id
        open_ = act.save(Expectation(**c, statement="Open", said_by="x")).id
        act.save(Confirmation(**c, expectation_id=mine, day=TODAY, by="x"))
        act.save(Confirmation(**c, expectation_id=open_, day=TODAY, by="SECRET", internal=True))
        act.save(Talk(**c, expectation_id=open_, day=TODAY, outcome=Outcome.AGREED, agreed="SECRET",
                      agreed_by="SECRET", proposal="SECRET"))  # fmt: skip
        act.save(Talk(**c, expectation_id=mine, day=TODAY, outcome=Outcome.AGREED, agreed="x",
                      agreed_by="SECRET", proposal="x", internal=False))  # fmt: skip
    assert "SECRET" not in text_of(journal, pine, at)
    assert text_of(journal, pine, at, edition="internal").count("SECRET") >= 5


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_printed_and_never_run(journal, pine, at, text):
    with journal.action("Add", at=at) as act:
        made = act.save(Expectation(client_id=pine.id, statement=text, said_by=text)).id
        act.save(
            Confirmation(client_id=pine.id, expectation_id=made, day=TODAY, by=text, note=text)
        )
    assert text_of(journal, pine, at)
    assert report_file(journal, RECORD, pine, Request("zh"), ".docx", at=at)[:2] == b"PK"


def test_word_has_the_places_to_sign(journal, told, at):
    import docx

    written = docx.Document(
        BytesIO(report_file(journal, RECORD, told, Request("en"), ".docx", at=at))
    )
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert "The client's side" in cells
    assert "Signature: ____________" in cells
    assert "Fewer stops" in cells
