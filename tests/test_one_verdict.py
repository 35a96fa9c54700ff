"""One figure has one value: on the chart, in its table and CSV, on the command line, in PDF and Word."""

import csv
import json
from datetime import date
from io import BytesIO

import pytest
from click.testing import CliRunner
from docx import Document as WordFile
from docx.oxml.ns import qn
from pypdf import PdfReader

from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.kinds import look
from pmdesk.cli import main
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.report.kinds import REPORTS
from pmdesk.report.table_words import TableWords
from tests.conftest import NOW

NAME = "青松制造"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    place = tmp_path_factory.mktemp("verdict") / "sample.pmdesk"
    create_sample(place, at=NOW).close()
    return place


def run(*arguments):
    done = CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def panels(path, name, period=Period()):  # noqa: B008 - a plain value
    with Journal.open(path, writable=False) as journal:
        clients = [one for one in journal.find(Client) if one.name == NAME]
        return look(journal, name, clients, period, at=NOW)


def flat(text):
    return "".join(text.split())


def test_the_verdict_on_drift_is_the_same_everywhere(path, tmp_path):
    at = ("--at", NOW.isoformat())
    shown = panels(path, "we_answer").insights[0]
    (told,) = json.loads(run("insight", "we_answer", "-j", path, "--client", NAME, *at, "--json"))
    assert told["verdict"] == dict(shown.values)
    assert told["verdict"]["n"] == len(shown.items) == len(told["rows"])
    run("insight", "we_answer", "-j", path, "--client", NAME, *at, "--out", tmp_path / "a.csv")
    rows = list(csv.reader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert [row[1:] for row in rows[1:]] == told["rows"]
    figures = json.loads(run("figures", "responsiveness", "-j", path, "--client", NAME, "--json"))
    # its moment is now: what has been open since then has grown older, the change is the same
    for name in ("state", "since", "before_h", "n"):
        assert figures["verdict"][name] == told["verdict"][name]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_tells_the_verdict_of_the_chart_in_pdf_and_word(path, tmp_path, language):
    kind = REPORTS["year"]
    days = Period(date(2025, 11, 24), date(2026, 11, 23))
    title = flat(say(TableWords(language), panels(path, "we_answer", days).insights[0].verdict))
    given = ("report", "year", "-j", path, "--client", NAME, "--at", NOW.isoformat(), "--lang", language,
             "--edition", "internal", "--from", days.first, "--to", days.last, "--out")  # fmt: skip
    run(*given, tmp_path / "y.pdf")
    text = flat("".join(page.extract_text() for page in PdfReader(tmp_path / "y.pdf").pages))
    assert title in text
    if kind.word:
        run(*given, tmp_path / "y.docx")
        made = WordFile(BytesIO((tmp_path / "y.docx").read_bytes()))
        words = flat("".join(node.text or "" for node in made.element.body.iter(qn("w:t"))))
        assert title in words


WORD = [kind for kind in REPORTS.values() if kind.word and kind.of == "client"]


@pytest.mark.parametrize("kind", WORD, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_word_and_pdf_hold_the_same_words(path, tmp_path, kind, language):
    given = ("report", kind.name, "-j", path, "--client", NAME, "--at", NOW.isoformat(), "--lang", language,
             "--out")  # fmt: skip
    run(*given, tmp_path / "a.pdf")
    run(*given, tmp_path / "a.docx")
    text = flat("".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages))
    made = WordFile(BytesIO((tmp_path / "a.docx").read_bytes()))
    cells = [node.text or "" for node in made.element.body.iter(qn("w:t"))]
    missing = [cell for cell in cells if len(flat(cell)) > 1 and flat(cell) not in text]
    # lines that a page of the PDF breaks by its head or foot are found in parts
    assert len(missing) <= len(cells) * 0.05, missing[:10]
