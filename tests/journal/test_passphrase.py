"""Changing a passphrase: wholly or not at all, and whatever happens the journal stays open."""

import os

import pytest

from pmdesk.journal import blobs, errors, log
from pmdesk.journal import passphrase as passphrase_module
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from pmdesk.journal.search import search
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client

SECRET = '口令\'1 with "quotes"'


@pytest.fixture(params=[None, SECRET], ids=["plain", "encrypted"])
def kept(request, tmp_path, quick_key):
    journal = Journal.create(tmp_path / "kept.pmdesk", request.param)
    for n in range(30):
        add(journal, f"青松制造 {n}")
    with journal.action("Attach") as act:
        data = os.urandom(100_000)
        act.save(Attachment(name="a.bin", hash=blobs.keep(act, data), size=len(data)))
    with journal.action("Delete") as act:
        act.delete(journal.get(Client, 30))
    yield journal
    journal.close()


def add(journal, name):
    with journal.action("Add") as act:
        return act.save(Client(name=name))


def content(journal):
    return (
        journal.find(Client),
        journal.find(Attachment),
        log.steps(journal.conn),
        search(journal, "青松"),
    )


@pytest.mark.parametrize("new", [None, "two", SECRET, "x'00' -- \U0001f600"])
def test_all_that_was_kept_is_kept_under_another_passphrase(kept, new):
    before, old = content(kept), kept.passphrase
    with change_passphrase(kept, new) as journal:
        assert content(journal) == before
        assert journal.passphrase == new
        assert check(journal) == []
        assert add(journal, "later").id == 31  # numbers go on where they were
        journal.undo()
        journal.undo()
        assert journal.get(Client, 30).name == "青松制造 29"
    assert [p.name for p in kept.path.parent.iterdir()] == ["kept.pmdesk"]
    if new and old != new:
        with pytest.raises((errors.WrongPassphraseOrDamaged, errors.PassphraseNeeded)):
            Journal.open(kept.path, old)


def test_an_empty_passphrase_removes_it(kept):
    with change_passphrase(kept, "") as journal:
        assert journal.passphrase is None
    assert kept.path.read_bytes()[:6] == b"SQLite"


def test_nothing_readable_remains_in_an_encrypted_file(kept):
    with change_passphrase(kept, "two"):
        pass
    data = kept.path.read_bytes()
    assert "青松".encode() not in data
    assert b"CREATE TABLE" not in data


def after_failing(kept, before):
    """What the journal must still be after a change that failed."""
    assert content(kept) == before
    kept.undo()
    kept.redo()
    with kept.again() as other:
        assert content(other)[0] == before[0]
        add(other, "later")
    assert check(kept) == []
    assert not list(kept.path.parent.glob("*partial*"))
    assert kept.rows("PRAGMA journal_mode") == [("wal",)]
    assert kept.rows("PRAGMA foreign_keys") == [(1,)]
    assert Journal.open(kept.path, kept.passphrase).close() is None


def test_a_file_in_use_elsewhere_stays_as_it_is(kept):
    before = content(kept)
    with kept.again() as other:
        other.rows("SELECT 1 FROM client")
        with pytest.raises(errors.LockedFile, match=r"kept\.pmdesk"):
            change_passphrase(kept, "new")
    after_failing(kept, before)


@pytest.mark.parametrize("step", ["_export", "_verify", "settle"])
def test_a_failure_at_any_step_leaves_the_journal_open_as_it_was(kept, monkeypatch, step):
    before = content(kept)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(passphrase_module, step, full)
    with pytest.raises(errors.DiskFull):
        change_passphrase(kept, "new")
    after_failing(kept, before)


HARM = [
    "UPDATE client SET notes = 'other' WHERE id = 7",
    "UPDATE client SET name = '青松制造 6 ' WHERE id = 7",
    "DELETE FROM client WHERE id = 29",
    "DELETE FROM blob",
    "UPDATE blob SET data = x'00'",
    "DELETE FROM change WHERE id = 3",
    "UPDATE sqlite_sequence SET seq = 1",
    "DELETE FROM search_docsize WHERE id = (SELECT max(id) FROM search_docsize)",
    "PRAGMA user_version = 0",
    "DROP TRIGGER search_entry_u",
]


@pytest.mark.parametrize("harm", HARM)
def test_a_copy_that_differs_anywhere_is_not_put_in_place(kept, monkeypatch, harm):
    before = content(kept)
    export = passphrase_module._export

    def harmful(journal, partial, secret):
        export(journal, partial, secret)
        with Journal(partial, secret) as copy:
            conn = copy.conn
            schema = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            triggers = copy.rows(schema)
            conn.execute("BEGIN")  # one transaction: there are hundreds of triggers
            for name, _ in triggers:
                conn.execute(f"DROP TRIGGER {name}")
            conn.execute(harm if "TRIGGER" not in harm else "SELECT 1")
            for name, sql in triggers:
                if name not in harm:
                    conn.execute(sql)
            conn.execute("COMMIT")

    monkeypatch.setattr(passphrase_module, "_export", harmful)
    with pytest.raises(errors.JournalError):
        change_passphrase(kept, "new")
    after_failing(kept, before)


def test_a_stopped_change_leaves_the_journal_open_as_it_was(kept):
    before = content(kept)

    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change_passphrase(kept, "new", stop)
    after_failing(kept, before)


def test_the_change_can_be_watched(kept):
    seen = []
    change_passphrase(kept, "new", lambda done, total: seen.append((done, total))).close()
    assert [done for done, _ in seen] == list(range(seen[0][1]))
