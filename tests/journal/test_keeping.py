"""Backups, passphrases, attachments and the search for damage."""

import pytest

from pmdesk.journal import blobs, errors
from pmdesk.journal.backup import backup, checksum, restore
from pmdesk.journal.integrity import Finding, check, mend
from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from pmdesk.journal.search import search
from pmdesk.records.client import Client


@pytest.fixture(params=[None, "口令 one"], ids=["plain", "encrypted"])
def kept(request, tmp_path):
    with Journal.create(tmp_path / "kept.pmdesk", request.param) as journal:
        with journal.action("Add") as act:
            act.save(Client(name="青松制造"))
        yield journal


def names(journal):
    return [client.name for client in journal.find(Client)]


def test_a_backup_is_verified_and_comes_back(kept, tmp_path):
    target = tmp_path / "copies" / "b.pmdesk"
    backup(kept, target)
    assert (target.parent / "b.pmdesk.sha256").read_text().split()[0] == checksum(target)
    assert (target.parent / "b.pmdesk.salt").exists() is (kept.passphrase is not None)
    with kept.action("Add") as act:
        act.save(Client(name="later"))
    kept.close()
    aside = restore(target, kept.path, kept.passphrase)
    with Journal.open(kept.path, kept.passphrase) as journal:
        assert names(journal) == ["青松制造"]
    with Journal.open(aside, kept.passphrase) as journal:
        assert names(journal) == ["青松制造", "later"]


def test_a_damaged_backup_is_refused_and_the_journal_stays(kept, tmp_path):
    target = tmp_path / "b.pmdesk"
    backup(kept, target)
    data = bytearray(target.read_bytes())
    data[5000] ^= 0xFF
    target.write_bytes(bytes(data))
    with pytest.raises(errors.BadBackup):
        restore(target, kept.path, kept.passphrase)
    assert names(kept) == ["青松制造"]


@pytest.mark.parametrize("new", [None, "two"])
def test_a_passphrase_is_set_changed_and_removed(kept, new):
    path = kept.path
    with change_passphrase(kept, new) as journal:
        assert names(journal) == ["青松制造"]
        assert search(journal, "青松")[0].title == "青松制造"
        assert check(journal) == []
        journal.undo()
        assert names(journal) == []
    with Journal.open(path, new):
        pass
    if new:
        with pytest.raises(errors.WrongPassphraseOrDamaged):
            Journal.open(path, "口令 one")
    assert not list(path.parent.glob("*.partial"))


def test_a_passphrase_is_not_changed_under_another_window(kept):
    with kept.again() as other:
        assert names(other)
        kept.conn.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(errors.LockedFile):
            change_passphrase(kept, "new")
    assert names(kept) == ["青松制造"]


def test_attachments_are_kept_once_under_their_hash(kept):
    with kept.action("Attach") as act:
        first = blobs.keep(act, b"report")
        assert blobs.keep(act, b"report") == first
        act.save(Client(name="holder"))
    assert blobs.read(kept, first) == b"report"
    assert blobs.read(kept, "0" * 64) is None


@pytest.fixture
def behind(kept):
    """Statements that no trigger sees: what a stray program or a flipped bit does."""

    def run(*statements):
        conn = kept.conn
        for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            conn.execute(statement)
        conn.commit()

    return run


def test_a_row_changed_behind_our_back_is_found(kept, behind):
    behind("UPDATE client SET notes = 'tampered'")
    assert check(kept) == [
        Finding("{table} {id} is not as it was last saved.", {"table": "client", "id": 1})
    ]


def test_a_row_that_no_act_made_is_found(kept, behind):
    behind("INSERT INTO calendar(id, uuid, name) VALUES(7, 'x', 'stray')")
    assert [f.facts for f in check(kept)] == [{"table": "calendar", "id": 7}]


def test_a_vanished_row_is_found(kept, behind):
    behind("DELETE FROM client")
    assert [f.sentence for f in check(kept)] == [
        "{table} {id} has disappeared.",
        "The search index lacks {missing} records and has {extra} too many.",
    ]


def test_a_reference_to_nothing_is_found(kept, behind):
    behind("UPDATE client SET calendar_id = 99")
    assert check(kept)[0].facts == {"table": "client", "id": 1, "parent": "calendar"}


def test_a_stale_search_index_is_found_and_made_anew(kept):
    kept.conn.execute("DELETE FROM search")
    kept.conn.execute("INSERT INTO search(rowid, title, body) VALUES(77, 'ghost', '')")
    kept.conn.commit()
    (finding,) = check(kept)
    assert finding.facts == {"missing": 1, "extra": 1}
    mend(kept)
    assert check(kept) == []
    assert [hit.title for hit in search(kept, "青松")] == ["青松制造"]
