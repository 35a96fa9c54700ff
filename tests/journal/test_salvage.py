"""Damaged files: what can be read of them comes into a new journal, what can be mended is mended."""

import random
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from pmdesk.cli import main
from pmdesk.journal import blobs, engine, errors, log
from pmdesk.journal.backup import backup
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.repair import repair
from pmdesk.journal.salvage import salvage
from pmdesk.journal.search import search
from pmdesk.records.attachment import Attachment
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from tests.conftest import QUICK

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
PAGE = 4096
SECRET = "口令"
CALLS = 200


plain = pytest.mark.parametrize("made", [None], indirect=True, ids=["plain"])
encrypted = pytest.mark.parametrize("made", [SECRET], indirect=True, ids=["encrypted"])


@pytest.fixture(scope="module", params=[None, SECRET], ids=["plain", "encrypted"])
def made(request, tmp_path_factory):
    """A journal of some hundred pages, and its passphrase."""
    path = tmp_path_factory.mktemp("made") / "a.pmdesk"
    rounds = engine.in_memory()
    rounds.execute(f"PRAGMA cipher_default_kdf_iter = {QUICK}")
    with Journal.create(path, request.param) as journal:
        with journal.action("Add", at=AT) as act:
            pine = act.save(Client(name="青松 Pine"))
            for n in range(CALLS):
                act.save(
                    Interaction(
                        client_id=pine.id,
                        channel=Channel.CALL,
                        direction=Direction.INBOUND,
                        at=AT,
                        subject=f"Call {n}",
                        text=f"预算 budget {n} " * 40,
                    )
                )
            name = blobs.keep(act, random.Random(1).randbytes(9000))
            act.save(Attachment(owner="client:1", name="plan.pdf", hash=name, size=9000))
            entry = act.save(Entry(day=date(2026, 3, 2), text="first"))
        with journal.action("Edit", at=AT) as act:
            act.save(replace(entry, text="second"))
    yield path, request.param
    rounds.execute("PRAGMA cipher_default_kdf_iter = 256000")
    rounds.close()


@pytest.fixture
def damaged(made, tmp_path):
    """A copy that pages can be overwritten in: its path, its passphrase, and how."""
    source, secret = made
    path = tmp_path / "a.pmdesk"
    shutil.copyfile(source, path)

    def overwrite(*pages, keep=0):
        with path.open("r+b") as file:
            for number in pages:
                file.seek((number - 1) * PAGE + keep)
                file.write(b"\xff" * (PAGE - keep))

    return path, secret, overwrite


def pages_of(path, secret, table):
    """Where a table begins, and how many pages there are."""
    with Journal.open(path, secret, writable=False) as journal:
        root = journal.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", [table])[0][0]
        return root, journal.rows("PRAGMA page_count")[0][0]


def lost(told):
    return {one.table: one.lost for one in told.tables if one.lost}


def test_all_of_a_whole_journal_comes_over_with_its_log(damaged, tmp_path):
    path, secret, _ = damaged
    before = path.read_bytes()
    told = salvage(path, tmp_path / "new.pmdesk", secret, at=AT)
    assert told.whole
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix) == ["a.pmdesk", "new.pmdesk"]
    with Journal.open(tmp_path / "new.pmdesk", secret) as new, Journal.open(path, secret) as old:
        assert check(new) == []
        assert [s.label for s in log.steps(new.conn)] == [s.label for s in log.steps(old.conn)]
        assert new.find(Interaction) == old.find(Interaction)
        assert len(search(new, "预算", limit=500)) == CALLS
        new.undo()
        assert [entry.text for entry in new.find(Entry)] == ["first"]


def test_a_journal_whose_first_page_is_overwritten_comes_back_whole(damaged, tmp_path):
    path, secret, overwrite = damaged
    overwrite(1, keep=16 if secret else 0)
    with pytest.raises(errors.JournalError):
        Journal.open(path, secret)
    assert salvage(path, tmp_path / "new.pmdesk", secret, at=AT).whole
    with Journal.open(tmp_path / "new.pmdesk", secret) as new:
        assert new.count(Interaction) == CALLS
        assert check(new) == []


@encrypted
def test_a_lost_salt_is_taken_from_beside_a_backup(made, tmp_path):
    source, secret = made
    path = tmp_path / "b.pmdesk"
    with Journal.open(source, secret) as journal:
        backup(journal, path)
    with path.open("r+b") as file:
        file.write(b"\xff" * PAGE)
    assert salvage(path, tmp_path / "new.pmdesk", secret, at=AT).whole
    path.with_name("b.pmdesk.salt").unlink()
    with pytest.raises(errors.WrongPassphraseOrDamaged):
        salvage(path, tmp_path / "again.pmdesk", secret, at=AT)
    assert not (tmp_path / "again.pmdesk").exists()


def test_round_broken_pages_the_rest_is_read_and_what_is_lost_is_counted(damaged, tmp_path):
    path, secret, overwrite = damaged
    root, count = pages_of(path, secret, "interaction")
    overwrite(root, *random.Random(4).sample(range(count // 2, count), 12))
    told = salvage(path, tmp_path / "new.pmdesk", secret, at=AT)
    assert not told.whole
    with Journal.open(tmp_path / "new.pmdesk", secret) as new:
        assert check(new) == []
        there = new.count(Interaction)
        assert CALLS // 2 < there < CALLS
        assert 0 < lost(told)["interaction"] <= CALLS - there
        assert {i.text for i in new.find(Interaction)} == {
            f"预算 budget {i.id - 1} " * 40 for i in new.find(Interaction)
        }


@plain
def test_references_to_what_is_lost_are_cut_and_told(damaged, tmp_path):
    path, secret, overwrite = damaged
    overwrite(pages_of(path, secret, "client")[0], pages_of(path, secret, "blob")[0])
    told = salvage(path, tmp_path / "new.pmdesk", secret, at=AT)
    cut = {one.table: one.cut for one in told.tables if one.cut}
    assert cut == {"interaction": CALLS}
    assert lost(told)["client"] == 1
    with Journal.open(tmp_path / "new.pmdesk", secret) as new:
        assert check(new) == []
        assert {i.client_id for i in new.find(Interaction)} == {None}
        assert log.steps(new.conn)[0].label == "Salvaged"


@plain
def test_of_a_row_that_is_lost_the_log_still_knows_an_earlier_state(damaged, tmp_path):
    path, secret, overwrite = damaged
    overwrite(pages_of(path, secret, "entry")[0])
    told = salvage(path, tmp_path / "new.pmdesk", secret, at=AT)
    assert ("Rows taken from the log in an earlier state: {n}", {"n": 1}) in told.sentences
    with Journal.open(tmp_path / "new.pmdesk", secret) as new:
        assert [entry.text for entry in new.find(Entry)] == ["first"]
        assert check(new) == []


@plain
def test_without_its_log_every_row_begins_anew_with_one_step(damaged, tmp_path):
    path, secret, _ = damaged
    with Journal.open(path, secret) as journal:
        journal.conn.execute("PRAGMA foreign_keys = OFF")
        journal.conn.execute("DELETE FROM change")
        journal.conn.execute("DELETE FROM action")
        journal.conn.commit()
    told = salvage(path, tmp_path / "new.pmdesk", secret, at=AT)
    assert lost(told) == {}
    with Journal.open(tmp_path / "new.pmdesk", secret) as new:
        assert check(new) == []
        assert [step.label for step in log.steps(new.conn)] == ["Salvaged"]
        assert new.count(Interaction) == CALLS


def test_what_cannot_be_read_at_all_is_said_and_nothing_is_made(tmp_path):
    path = tmp_path / "a.pmdesk"
    path.write_bytes(b"\xff" * PAGE * 20)
    with pytest.raises(errors.BeyondSalvage):
        salvage(path, tmp_path / "new.pmdesk", None, at=AT)
    assert [p.name for p in tmp_path.iterdir() if p.suffix] == ["a.pmdesk"]


@encrypted
def test_foreign_things_are_taken_away_and_every_row_stays(damaged, monkeypatch):
    path, secret, _ = damaged
    with Journal(path, secret) as stranger:
        stranger.conn.execute("CREATE TABLE luggage(x)")
        stranger.conn.execute("ALTER TABLE client ADD COLUMN more TEXT")
        stranger.conn.execute(
            "CREATE TRIGGER spy AFTER INSERT ON entry BEGIN DELETE FROM client; END"
        )
        stranger.conn.commit()
    monkeypatch.setenv("PMDESK_PASSPHRASE", secret)
    done = CliRunner().invoke(main, ["repair", "-j", str(path)])
    assert done.exit_code == 0, done.output
    for name in ("table luggage", "trigger spy", "column client.more", "before-repair-1"):
        assert name in done.output
    with Journal.open(path, secret) as journal:
        assert journal.count(Interaction) == CALLS
        assert [step.label for step in log.steps(journal.conn)] == ["Edit", "Add"]
        assert check(journal) == []
    with Journal(path.with_name("a.before-repair-1.pmdesk"), secret) as kept:
        assert kept.rows("SELECT count(*) FROM luggage") == [(0,)]


@plain
def test_what_follows_from_the_records_is_mended_and_a_copy_kept(damaged):
    path, secret, _ = damaged
    with Journal.open(path, secret) as journal:
        for statement in (
            "UPDATE search_docsize SET sz = x'0000' WHERE id = (SELECT max(id) FROM search_docsize)",
            "UPDATE sqlite_sequence SET seq = 5",
            "INSERT INTO standing VALUES(1, 2, 'x', '{}', 'wrong')",
        ):
            journal.conn.execute(statement)
        journal.conn.commit()
        assert len(check(journal)) == 1  # the others are held against rows that are sound
    repaired = repair(path, secret, at=AT)
    assert repaired.left == []
    assert "found of clients" in str(repaired.mended)
    with Journal.open(repaired.kept, secret) as kept:
        assert check(kept)


@encrypted
def test_what_cannot_be_mended_is_told_and_left(damaged):
    path, secret, overwrite = damaged
    root, _ = pages_of(path, secret, "interaction")
    overwrite(root)
    before = path.read_bytes()
    with pytest.raises(errors.Damaged):
        repair(path, secret, at=AT)
    assert path.read_bytes() == before


@encrypted
def test_the_command_line_tells_what_it_saved(damaged, monkeypatch, tmp_path):
    path, secret, overwrite = damaged
    overwrite(pages_of(path, secret, "entry")[0])
    monkeypatch.setenv("PMDESK_PASSPHRASE", secret)
    new = tmp_path / "new.pmdesk"
    done = CliRunner().invoke(main, ["salvage", str(path), str(new)])
    assert done.exit_code == 1, done.output
    assert f"interaction: rows read {CALLS}, lost 0, references cut 0" in done.output
    assert "in an earlier state" in done.output
    again = CliRunner().invoke(main, ["salvage", str(path), str(new)])
    assert again.exit_code == 3
    assert "already exists" in again.output
