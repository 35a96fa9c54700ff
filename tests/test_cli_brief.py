"""The brief on the command line, in words and as JSON."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pmdesk.cli import main
from pmdesk.records.choices import Channel
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise


@pytest.fixture
def told(journal, pine, at):
    """What `pmdesk brief` says of a client who was called and promised something."""
    with journal.action("Add", at=at) as act:
        act.save(
            Interaction(client_id=pine.id, channel=Channel.CALL, at=at, who="Xu", subject="Call")
        )
        act.save(Promise(client_id=pine.id, what="Report", to_whom="Xu", due=date(2026, 11, 20)))
    journal.close()

    def run(*more, lang="en"):
        given = ["--journal", str(journal.path), "--client", pine.name]
        return CliRunner().invoke(main, ["--lang", lang, "brief", *given, *more])

    return run


def test_it_is_told_in_words(told):
    result = told("--at", "2026-11-24 09:00")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "Pine Manufacturing"
    assert lines[2] == "Since we last spoke · since Mon 23 Nov, call with Xu"
    assert "  Nothing has changed since." in lines
    assert "  Past its date  Report · due 20 Nov 2026 · We to Xu" in lines


def test_it_is_told_as_json_in_either_language(told):
    values = json.loads(told("--at", "2026-11-24 09:00", "--json", lang="zh").output)
    promises = next(part for part in values["sections"] if part["section"] == "promises")
    assert promises["lines"][0]["kind"] == "promise"
    assert promises["lines"][0]["title"] == "Report"
    assert values["at"].startswith("2026-11-24T")
    assert [part["section"] for part in values["sections"]][:3] == ["since", "who", "contacts"]


def test_a_moment_that_is_none_is_refused(told):
    result = told("--at", "someday")
    assert result.exit_code == 2
    assert "is no moment" in result.stderr


def test_it_is_written_as_one_page(told, journal, pine, tmp_path):
    target = tmp_path / "brief.pdf"
    given = ["--journal", str(journal.path), "--client", pine.name, "--out", str(target)]
    assert CliRunner().invoke(main, ["report", "brief", *given, "--lang", "zh"]).exit_code == 0
    (page,) = PdfReader(target).pages
    assert "Report" in page.extract_text()
