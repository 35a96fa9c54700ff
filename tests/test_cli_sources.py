"""Sources on the command line: remembered, listed, looked at, forgotten."""

import json

import pytest
from click.testing import CliRunner

from pmdesk.cli import main
from tests.actions.letters import LI, ME, letter, mbox


@pytest.fixture
def place(tmp_path):
    """A mailbox of one letter and a journal that knows whose it is."""
    box, journal = tmp_path / "Inbox", tmp_path / "j.pmdesk"
    box.write_bytes(mbox(letter(1, LI, ME, 1)))
    pmdesk("own", "add", "@oak.example", "--journal", journal, create=journal)
    pmdesk("clients", "add-pattern", "@pine.example", "--client", "Pine", "--journal", journal)
    return box, journal


def pmdesk(*words, code=0, create=None):
    if create is not None:
        from pmdesk.journal.journal import Journal
        from pmdesk.records.client import Client

        with Journal.create(create) as journal, journal.action("Add") as act:
            act.save(Client(name="Pine"))
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done.output


def test_only_what_was_added_is_read(place):
    box, journal = place
    assert "Remembered: Work" in pmdesk(
        "sources", "add", box, "--name", "Work", "--at-start", "--journal", journal
    )
    assert "not looked at yet" in pmdesk("sources", "list", "--journal", journal)
    assert "Work: added 1" in pmdesk("sources", "look", "--journal", journal)
    more = mbox(letter(2, LI, ME, 2))
    with box.open("ab") as file:
        file.write(more)
    (told,) = json.loads(pmdesk("sources", "look", "Work", "--json", "--journal", journal))
    assert (told["added"], told["read"], told["whole"]) == (1, len(more), False)
    assert told["size"] == box.stat().st_size
    (told,) = json.loads(pmdesk("sources", "look", "--whole", "--json", "--journal", journal))
    assert (told["added"], told["whole"]) == (0, True)
    (listed,) = json.loads(pmdesk("sources", "list", "--json", "--journal", journal))
    assert (listed["name"], listed["kind"], listed["at_start"]) == ("Work", "mail", True)
    assert listed["looked_at"]
    assert "Forgotten: Work" in pmdesk("sources", "remove", "Work", "--journal", journal)
    assert pmdesk("sources", "list", "--journal", journal) == ""


def test_what_is_missing_is_said(place):
    box, journal = place
    gone = box.with_name("gone")
    assert "There is no file" in pmdesk("sources", "add", gone, "--journal", journal, code=2)
    assert "There is no source Work" in pmdesk(
        "sources", "look", "Work", "--journal", journal, code=2
    )
    pmdesk("sources", "add", box, "--journal", journal)
    box.rename(gone)
    assert "There is no file" in pmdesk("sources", "look", "--journal", journal, code=1)
