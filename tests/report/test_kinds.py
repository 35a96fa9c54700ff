"""A kind of report is one declaration: command line and window ask what it asks."""

from dataclasses import replace

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pmdesk.cli import main
from pmdesk.records.client import Client
from pmdesk.records.transparency import ChangeRequest
from pmdesk.report import shared_sections
from pmdesk.report.asks import LANGUAGE, PERIOD, RESPONSE, Request
from pmdesk.report.declare import Part
from pmdesk.report.kinds import CLIENT_SUMMARY, REPORTS

NEXT = replace(
    CLIENT_SUMMARY,
    name="next",
    title="Next steps",
    explained="Write what comes next as PDF.",
    asks=(LANGUAGE, PERIOD),
    charts=None,
    parts=(Part(shared_sections.next_steps), Part(shared_sections.needs, lambda r: r.internal)),
)


@pytest.fixture
def another(monkeypatch):
    """A kind besides, as the next one will be."""
    monkeypatch.setitem(REPORTS, NEXT.name, NEXT)
    return NEXT


def test_a_kind_has_a_command_that_asks_what_it_asks(another):
    told = CliRunner().invoke(main, ["report", "--help"]).output
    assert "Write what comes next as PDF." in told
    assert "Write a client's summary as PDF." in told
    options = CliRunner().invoke(main, ["report", "next", "--help"]).output
    assert "--lang" in options
    assert "--from" in options
    assert "--edition" not in options
    assert "--with-response-figures" not in options


def test_its_command_writes_its_parts(another, journal, pine, tmp_path):
    journal.close()
    target = tmp_path / "next.pdf"
    given = ["--journal", str(journal.path), "--client", pine.name, "--out", str(target)]
    result = CliRunner().invoke(
        main, ["report", "next", *given, "--lang", "zh", "--to", "2026-11-30"]
    )
    assert (result.exit_code, result.output.strip()) == (0, str(target))
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    assert "下一步" in text
    assert "需求与备选方案" not in text


def test_no_other_report_has_a_command():
    assert CliRunner().invoke(main, ["report", "other"]).exit_code == 2


def test_the_language_of_the_command_line_is_that_of_the_report(journal, pine, tmp_path):
    journal.close()
    target = tmp_path / "s.pdf"
    given = ["--journal", str(journal.path), "--client", pine.name, "--out", str(target)]
    CliRunner().invoke(main, ["--lang", "zh", "report", "client", *given], catch_exceptions=False)
    assert "合作情况简报" in PdfReader(target).pages[0].extract_text()


def test_every_question_is_a_field_of_the_request():
    fields = set(Request.__dataclass_fields__)
    for kind in REPORTS.values():
        assert {ask.field for ask in kind.asks} <= fields
        assert {"language"} <= {ask.field for ask in kind.asks}


def test_our_response_figures_are_asked_for_only_where_they_are_not_told_anyway():
    assert RESPONSE.when(Request("en"))
    assert not RESPONSE.when(Request("en", edition="internal"))
    assert Request("en", edition="internal").tells_response


def test_the_window_asks_what_the_kind_asks(another, qtbot, journal, pine):
    from PySide6.QtCore import QThreadPool

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.pages.report_page import ReportPage
    from pmdesk.gui.settings import Settings
    from pmdesk.words import words_for

    desk = Desk(journal, words_for("en"), Settings(), "light")
    page = ReportPage(desk, journal.get(Client, pine.id))
    page.use(another.name)
    qtbot.addWidget(page)
    assert [question.field for question in page.questions] == ["language", "period"]
    assert page.title.text() == "Next steps"
    qtbot.waitUntil(lambda: page.pages.count == 1)
    QThreadPool.globalInstance().waitForDone()


def test_the_window_says_that_a_record_stays_with_us(qtbot, journal, pine, at):
    from PySide6.QtCore import QThreadPool

    from pmdesk.gui.desk import Desk
    from pmdesk.gui.pages.report_page import ReportPage
    from pmdesk.gui.settings import Settings
    from pmdesk.words import words_for

    desk = Desk(journal, words_for("en"), Settings(), "light")
    with journal.action("Add", at=at) as act:
        change = act.save(ChangeRequest(client_id=pine.id, title="Printer", internal=True))
    page = ReportPage(desk, journal.get(Client, pine.id))
    qtbot.addWidget(page)
    page.use("change", change.id)
    said = "⚠ This record is internal: choose the internal edition."
    qtbot.waitUntil(lambda: page.problem.text() == said)
    assert not page.problem.isHidden()
    QThreadPool.globalInstance().waitForDone()
