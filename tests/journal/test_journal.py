"""The journal file: acts, undo and redo, and every way in which opening can fail."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace
from uuid import RFC_4122, UUID

import pytest

from pmdesk.journal import engine, errors, log
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import VERSION, migrations
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact

SECRET = '口令\'1 with "quotes"'


def add(journal, name, **more):
    with journal.action("Add", what=name) as act:
        return act.save(Client(name=name, **more))


def test_what_is_saved_is_read_back(journal):
    saved = add(journal, "青松制造", mail=("@pine.example",), target_hours=2.5)
    assert journal.get(Client, saved.id) == saved
    assert saved.uuid


def test_each_record_has_a_random_uuid_of_its_own(journal):
    with journal.action("Add") as act:
        one_by_one = [act.save(Client(name=str(n))).uuid for n in range(50)]
        act.save_new([Client(name=f"{n} of many") for n in range(50)])
    uuids = [UUID(text) for (text,) in journal.rows("SELECT uuid FROM client")]
    assert len(set(uuids)) == len(uuids) == 100
    assert {(uuid.version, uuid.variant) for uuid in uuids} == {(4, RFC_4122)}
    assert set(one_by_one) <= {str(uuid) for uuid in uuids}


def test_undo_and_redo_walk_through_the_acts(journal):
    first = add(journal, "first")
    with journal.action("Edit") as act:
        act.save(replace(first, name="second"))
    journal.undo()
    assert journal.get(Client, first.id).name == "first"
    journal.undo()
    assert journal.get(Client, first.id) is None
    journal.redo()
    journal.redo()
    assert journal.get(Client, first.id).name == "second"
    with pytest.raises(errors.NothingToRedo):
        journal.redo()


def test_a_new_act_makes_what_was_undone_final(journal):
    add(journal, "first")
    journal.undo()
    add(journal, "other")
    with pytest.raises(errors.NothingToRedo):
        journal.redo()


def test_an_act_that_changes_nothing_leaves_no_step(journal):
    before = len(log.steps(journal.conn))
    with journal.action("Nothing"):
        pass
    assert len(log.steps(journal.conn)) == before


def test_an_error_inside_an_act_takes_all_of_it_back(journal):
    with pytest.raises(ZeroDivisionError), journal.action("Add") as act:
        act.save(Client(name="half"))
        raise ZeroDivisionError
    assert journal.find(Client) == []


def test_a_write_outside_an_act_is_refused(journal, pine):
    with pytest.raises(engine.SqliteError):
        journal.conn.execute("UPDATE client SET name = 'x'")
    assert journal.get(Client, pine.id).name == pine.name


def test_an_act_that_others_build_on_cannot_be_undone_alone(journal):
    client = add(journal, "Pine")
    step = log.last_done(journal.conn)
    with journal.action("Edit") as act:
        act.save(replace(client, name="Pine Ltd"))
    with pytest.raises(errors.Conflict, match="Pine Ltd"), journal.action("Revert") as act:
        act.touched |= log.revert(journal.conn, step.id)
    assert journal.get(Client, client.id).name == "Pine Ltd"


def test_deleting_what_others_refer_to_is_refused_and_nothing_is_lost(journal, pine):
    with journal.action("Add") as act:
        act.save(Contact(client_id=pine.id, name="Zhou"))
    with pytest.raises(errors.StillNeeded), journal.action("Delete") as act:
        act.delete(pine)
    assert journal.get(Client, pine.id) == pine


def test_history_and_recently_deleted_come_from_the_log(journal):
    client = add(journal, "first")
    with journal.action("Edit") as act:
        act.save(replace(client, name="second"))
    with journal.action("Delete") as act:
        act.delete(client)
    versions = log.versions(journal.conn, "client", client.id)
    assert [v.values and v.values["name"] for v in versions] == ["first", "second", None]
    (gone,) = log.deleted(journal.conn, ("client",))
    journal.restore(gone.change_id)
    assert journal.get(Client, client.id).name == "second"
    assert list(log.deleted(journal.conn, ("client",))) == []
    assert check(journal) == []


@pytest.mark.parametrize("passphrase", [None, SECRET])
def test_a_journal_opens_again_with_its_own_passphrase(tmp_path, passphrase):
    path = tmp_path / "a.pmdesk"
    with Journal.create(path, passphrase) as journal:
        add(journal, "Pine")
    with Journal.open(path, passphrase) as journal:
        assert [c.name for c in journal.find(Client)] == ["Pine"]
    assert (path.read_bytes()[:6] == b"SQLite") is (passphrase is None)


def test_a_wrong_or_missing_passphrase_is_told_apart_and_changes_nothing(tmp_path):
    path = tmp_path / "a.pmdesk"
    Journal.create(path, SECRET).close()
    before = path.read_bytes()
    with pytest.raises(errors.WrongPassphraseOrDamaged):
        Journal.open(path, "bad")
    with pytest.raises(errors.PassphraseNeeded):
        Journal.open(path)
    assert path.read_bytes() == before


def test_a_plain_journal_opens_though_a_passphrase_is_set_in_the_environment(tmp_path):
    path = tmp_path / "a.pmdesk"
    Journal.create(path).close()
    with Journal.open(path, "unneeded") as journal:
        assert journal.passphrase is None


def foreign(path):
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE other(x)")
    conn.close()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: None, errors.NoJournal),
        (lambda path: path.mkdir(), errors.NotAJournal),
        (lambda path: path.touch(), errors.NotAJournal),
        (lambda path: path.write_text("hello\n"), errors.NotAJournal),
        (foreign, errors.NotAJournal),
    ],
    ids=["nothing", "folder", "empty", "text", "other database"],
)
def test_what_is_no_journal_is_named_and_left_alone(tmp_path, make, error):
    path = tmp_path / "a.pmdesk"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(error):
        Journal.open(path)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_journal_of_a_newer_program_is_refused(tmp_path):
    path = tmp_path / "a.pmdesk"
    with Journal.create(path) as journal:
        journal.conn.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(errors.NewerJournal):
        Journal.open(path)


def test_a_new_journal_overwrites_nothing(tmp_path):
    path = tmp_path / "a.pmdesk"
    path.write_text("mine")
    with pytest.raises(errors.JournalExists):
        Journal.create(path)
    assert path.read_text() == "mine"


def test_the_version_is_the_number_of_migrations():
    assert len(migrations()._migrations) == VERSION


def test_a_full_disk_is_told_and_keeps_what_was_saved(journal, pine):
    pages = journal.conn.execute("PRAGMA page_count").fetchone()[0]
    journal.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(errors.DiskFull, match="MB are needed"):
        add(journal, "big", notes="x" * 3_000_000)
    journal.conn.execute("PRAGMA max_page_count = 1000000")
    assert [c.name for c in journal.find(Client)] == [pine.name]
    add(journal, "afterwards")
    assert check(journal) == []


def test_a_journal_locked_by_another_program_says_so(tmp_path):
    path = tmp_path / "a.pmdesk"
    Journal.create(path).close()
    script = (
        "import sys, time; from pathlib import Path; from pmdesk.journal.journal import Journal\n"
    )
    script += "j = Journal.open(Path(sys.argv[1])); j.conn.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        with Journal.open(path) as journal:
            journal.conn.execute("PRAGMA busy_timeout = 50")
            with pytest.raises(errors.JournalBusy):
                add(journal, "Pine")
        other.stdin.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_act_leaves_nothing_half(tmp_path):
    path = tmp_path / "a.pmdesk"
    with Journal.create(path) as journal:
        add(journal, "before")
    script = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from pmdesk.journal.journal import Journal
        from pmdesk.records.client import Client
        journal = Journal.open(Path(sys.argv[1]))
        with journal.action("Add") as act:
            for n in range(3000):
                act.save(Client(name=f"half {n}", notes="x" * 2000))
            print("in the middle", flush=True)
            time.sleep(60)
    """)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()
        other.send_signal(signal.SIGKILL)
    with Journal.open(path) as journal:
        assert [c.name for c in journal.find(Client)] == ["before"]
        assert check(journal) == []
