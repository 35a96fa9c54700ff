"""What is owed to a client whose records are those of a case."""

from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest

from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import today
from pmdesk.journal.journal import Journal
from tests.answers.making import NOW
from tests.conftest import create_nine_hours


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """A new journal in a file, to be copied: making one takes ten times as long."""
    path = tmp_path_factory.mktemp("begun") / "new.pmdesk"
    create_nine_hours(path, at=NOW).close()
    return path


@pytest.fixture
def journal(begun, tmp_path):
    """A new journal in a file of its own; what a crash would lose of it is no question here."""
    with Journal.open(Path(copy(begun, tmp_path / "test.pmdesk"))) as opened:
        opened.conn.execute("PRAGMA synchronous = OFF")
        yield opened


@pytest.fixture
def stand(keep, pine):
    """Store the records of a case; the last of them."""

    def store(case):
        client = keep(replace(pine, **case.fields))
        kept = client
        for one in case.records:
            mine = hasattr(one, "client_id")
            kept = keep(replace(one, client_id=client.id) if mine else one)
        return kept

    return store


@pytest.fixture
def seen(journal):
    """The rows of Today at a moment, of one rule or of all."""

    def rows(at, rule=""):
        found = Standings()
        found.bring_up_to_date(journal, at=at)
        shown = today(journal, found.known.values(), at=at).rows
        return [row for row in shown if rule in {"", row.owed.rule}]

    return rows
