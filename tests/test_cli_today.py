"""pmdesk today and pmdesk waiting: what the window's Today says, as lines and as JSON."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner

from pmdesk.actions.openings import create_journal
from pmdesk.actions.put_off import put_off
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import Lookers, row_values, today
from pmdesk.answers.review import review, review_values
from pmdesk.cli import main
from pmdesk.journal import standings
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.transparency import Severity
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for
from tests.answers.owed.making import EVE, asked, asks, problem, wall

AT = wall(10, 9, 16)
AS_TYPED = "2026-10-09T08:00:00+00:00"


@pytest.fixture
def journal(tmp_path):
    """A journal of two clients to whom something is owed, one row of it set aside."""
    with create_journal(tmp_path / "j.pmdesk", at=EVE) as made:
        with made.action("Add", at=EVE) as act:
            act.save(Client(name="青松"))
            act.save(Client(name="Birch"))
            act.save(replace(problem(Severity.S2, EVE), client_id=1))
            act.save(asked(EVE, client_id=2))
            act.save(asks(EVE, client_id=2, thread=2))
            act.save(Promise(client_id=1, what="ID numbers", by=Side.CLIENT, due=date(2026, 9, 30)))
            act.save(Promise(client_id=1, what="Report", to_whom="Xu", due=date(2026, 10, 10)))
            act.save(Promise(client_id=1, what="Aside", to_whom="Xu", due=date(2026, 10, 9)))
            act.save(Promise(client_id=1, what="Aside", by=Side.CLIENT, due=date(2026, 10, 1)))
        for row in seen(made).rows:
            if row.owed.what == "Aside":
                put_off(made, row.owed, why="x", until=date(2026, 12, 1), at=AT)
        yield made


def seen(journal, at=AT):
    """Today as it is asked directly."""
    found = Standings()
    found.bring_up_to_date(journal, at=at)
    return today(journal, found.known.values(), at=at)


@pytest.fixture
def pmdesk(journal):
    """Call a command on the journal; its result."""

    def call(*words, code=0):
        result = CliRunner().invoke(main, [*words, "--journal", str(journal.path)])
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.mark.parametrize("language", ["en", "zh"])
def test_json_says_what_today_says(journal, pmdesk, language):
    of_today, lookers = seen(journal), Lookers(journal, AT)
    told = json.loads(pmdesk("--lang", language, "today", "--json", "--at", AS_TYPED).stdout)
    rows = [row_values(row, lookers, words_for(language)) for row in of_today.rows]
    assert told == {"at": AS_TYPED, "owed": 5, "late": 4, "set_aside": 2, "rows": rows}
    assert (of_today.late, len(of_today.aside)) == (4, 2)
    assert [row["late"] for row in rows].count(True) == 4


def test_waiting_says_what_the_clients_owe_us(journal, pmdesk):
    told = json.loads(pmdesk("waiting", "--json", "--at", AS_TYPED).stdout)
    rules = {"waiting", "their_promise"}
    lookers, words = Lookers(journal, AT), words_for("en")
    rows = [row_values(row, lookers, words) for row in seen(journal).rows if row.owed.rule in rules]
    assert {row["rule"] for row in rows} == rules
    assert told == {"at": AS_TYPED, "owed": 2, "late": 2, "set_aside": 1, "rows": rows}


@pytest.mark.parametrize("days", [0, 1, 70], ids=["that day", "the day after", "two months later"])
def test_the_review_is_of_its_day_whenever_the_clients_were_last_looked_at(journal, pmdesk, days):
    at = AT + timedelta(days=days)
    seen(journal)  # which the journal keeps
    told = json.loads(pmdesk("review", "--json", "--at", at.isoformat()).stdout)
    with Journal.open(journal.path) as other:
        known = Standings()
        known.take_up({})
        known.bring_up_to_date(other, at=at)
        found = review(other, known.known.values(), at=at)
        assert told == review_values(other, found, words_for("en"))


def test_how_much_is_put_off_is_told_in_a_line(pmdesk):
    assert pmdesk("waiting", "--at", AS_TYPED).stdout.splitlines()[-1] == "1 put off"


LINES = {
    "en": (
        "! Untold  青松: Pump fails  (S2 · found 2026-09-30 15:00 · to be told by 2026-09-30 19:00)",
        "  Promise  青松: Report  (due tomorrow · promised to Xu)",
    ),
    "zh": (
        "! 未告知  青松：Pump fails  （S2 · 2026-09-30 15:00 发现 · 须在 2026-09-30 19:00 前告知）",
        "  承诺  青松：Report  （明天到期 · 承诺对象：Xu）",
    ),
}


@pytest.mark.parametrize(("language", "lines"), LINES.items())
def test_lines_are_told_in_both_languages(pmdesk, language, lines):
    told = pmdesk("--lang", language, "today", "--at", AS_TYPED).stdout.splitlines()
    assert len(told) == 6
    assert told[0] == lines[0]
    assert lines[1] in told


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Nothing is owed."), ("zh", words_for("zh")("Nothing is owed."))]
)
def test_where_nothing_is_owed_it_says_so(pmdesk, language, said):
    assert pmdesk("--lang", language, "today", "--at", "2020-03-02").stdout.strip() == said
    assert language == "en" or said != "Nothing is owed."


def test_a_moment_may_be_typed_as_people_do(journal, pmdesk):
    there = datetime(2026, 10, 9, 15, 30).astimezone()
    for typed in (
        "2026-10-09 15:30",
        "2026-10-09T15:30",
        "9 October 2026 15:30",
        "2026年10月9日 15:30",
    ):
        told = json.loads(pmdesk("today", "--json", "--at", typed).stdout)
        assert datetime.fromisoformat(told["at"]) == there, typed


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "“the day after never”"), ("zh", "“the day after never”")],
)
@pytest.mark.parametrize("command", ["today", "waiting"])
def test_what_is_no_moment_is_refused_in_a_sentence(pmdesk, command, language, said):
    result = pmdesk("--lang", language, command, "--at", "the day after never", code=2)
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("pmdesk: ")
    assert said in line
    assert any("\u4e00" <= c <= "\u9fff" for c in line) == (language == "zh")


def test_a_journal_that_is_not_there_is_told_by_its_code(tmp_path):
    result = CliRunner().invoke(main, ["today", "--journal", str(tmp_path / "no.pmdesk")])
    assert result.exit_code == 3
    assert "There is no journal at" in result.stderr


def test_nothing_is_written(journal, pmdesk):
    before = standings.read(journal)
    changed = journal.rows("PRAGMA data_version")
    pmdesk("today", "--json", "--at", "2026-11-30")
    assert (standings.read(journal), journal.rows("PRAGMA data_version")) == (before, changed)


def test_without_a_moment_it_is_now(journal, pmdesk):
    before = datetime.now(UTC)
    told = json.loads(pmdesk("waiting", "--json").stdout)
    assert before <= datetime.fromisoformat(told["at"]) <= before + timedelta(minutes=5)


def test_what_the_window_kept_is_brought_up_to_date(journal, pmdesk):
    Standings().bring_up_to_date(journal, at=AT)
    with journal.action("Change", at=AT) as act:
        act.save(replace(journal.get(Promise, 2), delivered_on=date(2026, 10, 9)))
    with Journal.open(journal.path, writable=False) as other:
        assert seen(other).rows == seen(journal).rows
    told = json.loads(pmdesk("today", "--json", "--at", AS_TYPED).stdout)
    assert "Report" not in {row["what"] for row in told["rows"]}
