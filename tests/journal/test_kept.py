"""Journals that earlier versions made are opened, whole, by this one."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdesk.answers.clients import client_named
from pmdesk.answers.responsiveness import Question, ask
from pmdesk.journal import log
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import VERSION
from pmdesk.journal.schema import declared
from pmdesk.journal.search import search
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Tongue
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.expectations import Expectation
from pmdesk.records.imports import Source
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.solutions import Option
from pmdesk.records.trust import Promise
from tests.journal.kept.make import PASSPHRASE, RELEASED

KEPT = sorted((Path(__file__).parent / "kept").glob("*.pmdesk.gz"))


@pytest.fixture(params=KEPT, ids=lambda path: path.name.split(".")[0])
def kept(request, tmp_path):
    path = tmp_path / "kept.pmdesk"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    passphrase = PASSPHRASE if "encrypted" in request.param.name else None
    with Journal.open(path, passphrase) as journal:
        yield journal


def test_one_of_version_7_holds_what_version_8_changed(tmp_path):
    path = tmp_path / "kept.pmdesk"
    (packed,) = [one for one in KEPT if one.name.startswith("v7")]
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with Journal.open(path) as journal:
        assert journal.count(Option) == journal.count(Appointment) == 1


def test_one_of_version_8_gains_room_for_sources(tmp_path):
    path = tmp_path / "kept.pmdesk"
    (packed,) = [one for one in KEPT if one.name.startswith("v8")]
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with Journal.open(path) as journal, journal.action("Add") as act:
        act.save(Source(name="Inbox", path="/mail", importer="mail"))
    with Journal.open(path) as journal:
        assert [source.name for source in journal.find(Source)] == ["Inbox"]
        journal.undo()
        assert journal.count(Source) == 0


def test_in_one_of_version_10_a_language_that_nobody_chose_is_told_by_their_mail(tmp_path):
    path = tmp_path / "kept.pmdesk"
    (packed,) = [one for one in KEPT if one.name.startswith("v10")]
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with Journal.open(path) as journal:
        (li,) = journal.find(Contact)
        assert (li.language, li.honorific, li.birthday) == (Tongue.AUTO, "", "")
        assert check(journal) == []


def test_what_went_out_last_is_among_them_plain_and_encrypted():
    names = {path.name for path in KEPT}
    assert {f"v{RELEASED}-plain.pmdesk.gz", f"v{RELEASED}-encrypted.pmdesk.gz"} <= names
    assert RELEASED <= VERSION


def test_all_of_it_is_there_and_sound(kept):
    assert check(kept) == []
    (pine,) = kept.find(Client)
    assert (pine.name, pine.mail) == ("青松 Pine", ("@pine.example",))
    assert [p.what for p in kept.find(Promise)] == ["Test report"]
    assert [e.statement for e in kept.find(Expectation)] == ["Live in May"]
    assert kept.find(Entry) == []
    assert [i.subject for i in kept.find(Interaction)] == ["验收 plan"] * 3 + ["Call"]
    assert len(search(kept, "预算")) == 3
    at = datetime(2026, 3, 4, tzinfo=UTC)
    answer = ask(kept, client_named(kept, "青松 Pine"), Question(clock="wall"), at=at)
    assert [turn.answered_at is not None for turn in answer.turns] == [True, False]
    assert answer.hours[0] == 3


def test_what_was_done_in_it_is_taken_back_to_the_beginning(kept):
    for _ in range(3):
        assert kept.undo() is not None
    assert log.last_done(kept.conn) is None
    assert kept.count(Client) == kept.count(Interaction) == 0
    while log.last_undone(kept.conn) is not None:
        kept.redo()
    assert kept.count(Interaction) == 4
    assert check(kept) == []


@pytest.mark.parametrize(
    "kept",
    [path for path in KEPT if path.name[:2] in {"v4", "v5", "v7"}],
    indirect=True,
    ids=lambda path: path.name[:4],
)
def test_what_version_8_gave_is_as_if_it_had_been_left_alone(kept):
    for option in kept.find(Option):
        assert (option.change_request_id, option.time_days, option.recommended) == (
            None,
            None,
            False,
        )
    # what a planned contact was about went to no client when these were written down
    assert all(planned.internal for planned in kept.find(Appointment))


def shape(journal):
    """Columns, references and indexes of every table, in no order."""
    tables = [
        row[0]
        for row in journal.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not row[0].startswith(("sqlite_", "_sqlite", "search_"))
    ]
    return {
        table: (
            {tuple(row[1:4]) for row in journal.rows(f"PRAGMA table_info({table})")},
            {tuple(row[2:5]) for row in journal.rows(f"PRAGMA foreign_key_list({table})")},
            {
                (name, "".join(sql.split()))
                for name, sql in journal.rows(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
                    " AND tbl_name = ?",
                    [table],
                )
            },
        )
        for table in tables
    }


def test_an_earlier_journal_ends_up_as_a_new_one(kept, tmp_path):
    with Journal.create(tmp_path / "new.pmdesk") as new:
        assert shape(kept) == shape(new)


def test_a_new_journal_is_what_is_declared(tmp_path):
    with Journal.create(tmp_path / "new.pmdesk") as new:
        made = shape(new)
    with Journal.create(tmp_path / "declared.pmdesk") as other:
        other.conn.execute("PRAGMA foreign_keys = OFF")
        for kind in KINDS.values():
            other.conn.execute(f"DROP TABLE {kind.name}")
            for statement in declared(kind):
                other.conn.execute(statement)
        assert shape(other) == made
