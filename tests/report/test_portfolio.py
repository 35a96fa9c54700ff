"""The portfolio on paper: a row a client with the window's figures, what is owed, what is due soon."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pmdesk.actions.reports import report_pdf
from pmdesk.actions.sample import create_sample
from pmdesk.answers.owed.portfolio import ordered, portfolio
from pmdesk.answers.owed.portfolio_words import COLUMNS
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.text.said import say
from pmdesk.cli import main
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise, Side
from pmdesk.report.asks import Request
from pmdesk.report.kinds import REPORTS
from pmdesk.words import words_for

PORTFOLIO = REPORTS["portfolio"]
TODAY = date(2026, 11, 23)
HOSTILE = ('# $x^2$ *a* _b_ @ref <tag> \\ [x] ] " ` #panic("x")', "😀 שלום", "W" * 10_000)


def day(n):
    return TODAY + timedelta(days=n)


def text_of(journal, at, language="en"):
    pdf = report_pdf(journal, PORTFOLIO, None, Request(language), at=at)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_its_rows_say_what_the_page_of_clients_says(tmp_path, at):
    with create_sample(tmp_path / "s.pmdesk", at=at) as journal:
        standings = Standings()
        standings.bring_up_to_date(journal, at=at)
        lines = ordered(portfolio(journal, standings.known, at=at))
        clients, owed, _ = PORTFOLIO.document(journal, None, Request("en"), at=at).sections
        words = words_for("en")
        assert [row[0].splitlines()[0] for row in clients.rows] == [line.name for line in lines]
        for row, line in zip(clients.rows, lines, strict=True):
            assert row[1].splitlines()[0] == say(words, COLUMNS["owed"].cell(line).upper)
            assert row[7].splitlines()[0] == say(words, COLUMNS["median"].cell(line).upper)
        assert len(owed.rows) == 25
        assert sum(line.owed.n for line in lines) == 25 + int(owed.more.split()[1])


def test_what_is_due_lies_within_two_weeks(journal, pine, at):
    with journal.action("Add", at=at) as act:
        for n in (-1, 0, 14, 15):
            act.save(Promise(client_id=pine.id, what=f"Promise {n}", to_whom="x", due=day(n)))
        act.save(Promise(client_id=pine.id, by=Side.CLIENT, what="Theirs", due=day(3)))
    _, owed, soon = PORTFOLIO.document(journal, None, Request("en"), at=at).sections
    assert [(row[2], row[4]) for row in soon.rows] == [
        ("Promise 0", "We"), ("Theirs", "The client"), ("Promise 14", "We"),
    ]  # fmt: skip
    assert any("Promise -1" in row[1] and row[3] == "late" for row in owed.rows)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Portfolio", "No client yet.", "Nothing is owed.", "internal, not for the client"]),
     ("zh", ["内部"])],
)  # fmt: skip
def test_an_empty_journal_makes_a_page_of_it(journal, at, language, words):
    text = text_of(journal, at, language)
    assert all(word in text for word in words)


def test_it_stays_with_us_whatever_is_asked(journal, pine, at):
    request = Request("en", edition="client")
    assert (
        PORTFOLIO.document(journal, None, request, at=at).edition == "internal, not for the client"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_printed_and_never_run(journal, at, text):
    with journal.action("Add", at=at) as act:
        client = act.save(Client(name=text)).id
        act.save(Promise(client_id=client, what=text, to_whom="x", due=day(-1)))
        act.save(Promise(client_id=client, what=text, to_whom="x", due=day(3)))
        act.save(
            Interaction(
                client_id=client, at=at - timedelta(days=9), thread=1, who=text, subject=text
            )
        )
    assert "Portfolio" in text_of(journal, at)


def test_its_command_asks_for_no_client(journal, pine, tmp_path, at):
    journal.close()
    target = tmp_path / "p.pdf"
    result = CliRunner().invoke(
        main, ["report", "portfolio", "--journal", str(journal.path), "--out", str(target)]
    )
    assert (result.exit_code, result.output.strip()) == (0, str(target))
    assert pine.name in PdfReader(target).pages[0].extract_text()
