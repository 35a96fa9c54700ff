"""Drafts lie in the journal: found again by any who opens it, and no part of what was done."""

import json
import subprocess
import sys

import pytest

from pmdesk.journal import drafts
from pmdesk.journal.errors import JournalError
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client


def test_a_draft_is_read_back_replaced_and_dropped(journal, at):
    assert drafts.read(journal, "meeting:1") is None
    assert drafts.keep(journal, "meeting:1", {"subject": "例会", "n": 1}, at=at)
    assert drafts.keep(journal, "meeting:1", {"subject": "例会 2"}, at=at)
    assert drafts.read(journal, "meeting:1") == ("meeting:1", at, {"subject": "例会 2"})
    assert journal.rows("SELECT key FROM draft") == [("meeting:1",)]
    assert drafts.drop(journal, "meeting:1")
    assert drafts.drop(journal, "meeting:1")
    assert journal.rows("SELECT key FROM draft") == []


def test_a_draft_is_nothing_that_undo_or_check_would_see(journal, at):
    with journal.action("Add", at=at) as act:
        act.save(Client(name="Pine"))
    drafts.keep(journal, "new:client", {"name": "Birch"}, at=at)
    assert check(journal) == []
    journal.undo()
    assert journal.count(Client) == 0
    assert drafts.read(journal, "new:client").content == {"name": "Birch"}


def test_a_draft_outlives_a_killed_program(tmp_path):
    path = tmp_path / "a.pmdesk"
    Journal.create(path).close()
    script = (
        "import os, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from pmdesk.journal import drafts\n"
        "from pmdesk.journal.journal import Journal\n"
        "journal = Journal.open(Path(sys.argv[1]))\n"
        "drafts.keep(journal, 'k', {'a': 1}, at=datetime.now(UTC))\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    with Journal.open(path) as journal:
        assert drafts.read(journal, "k").content == {"a": 1}


def test_who_types_does_not_wait_for_another_writer(journal, at):
    with Journal.open(journal.path) as other, other.action("Add", at=at) as act:
        act.save(Client(name="Pine"))
        assert not drafts.keep(journal, "k", {"a": 1}, at=at)
    assert drafts.keep(journal, "k", {"a": 1}, at=at)


def test_a_journal_opened_for_reading_keeps_none(journal, at):
    with Journal.open(journal.path, writable=False) as reader:
        assert not drafts.keep(reader, "k", {"a": 1}, at=at)
        assert drafts.read(reader, "k") is None


def test_a_draft_of_an_encrypted_journal_is_not_in_plain_sight(tmp_path, at, quick_key):
    path = tmp_path / "a.pmdesk"
    with Journal.create(path, "口令") as journal:
        drafts.keep(journal, "k", {"text": "SECRETTEXT"}, at=at)
    assert b"SECRETTEXT" not in path.read_bytes()
    with Journal.open(path, "口令") as journal:
        assert json.dumps(drafts.read(journal, "k").content) == '{"text": "SECRETTEXT"}'
    with pytest.raises(JournalError):
        Journal.open(path, "wrong")
