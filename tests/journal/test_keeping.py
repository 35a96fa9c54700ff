"""Backups, passphrases, attachments and the search for damage."""

import pytest

from pmdesk.journal import blobs, errors
from pmdesk.journal.backup import backup, checksum, restore
from pmdesk.journal.integrity import check, reindex
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


def test_a_row_changed_behind_our_back_is_found(kept):
    conn = kept.conn
    conn.execute("DROP TRIGGER log_client_u")
    conn.execute("UPDATE client SET name = 'tampered'")
    conn.commit()
    assert [f.facts["table"] for f in check(kept) if "last saved" in f.sentence] == ["client"]


def test_a_vanished_row_and_a_stale_index_are_found_and_mended(kept):
    conn = kept.conn
    conn.execute("DELETE FROM search")
    conn.commit()
    assert any("search index" in f.sentence for f in check(kept))
    reindex(kept)
    assert check(kept) == []
    conn.execute("DROP TRIGGER log_client_d")
    conn.execute("DELETE FROM client")
    conn.commit()
    assert any("disappeared" in f.sentence for f in check(kept))
