"""What is different since a backup: told by the log, or record by record where it is no ancestor."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pmdesk.journal import errors
from pmdesk.journal.backup import restore
from pmdesk.journal.backups.differences import differences
from pmdesk.journal.backups.manifest import manifest_of
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change
from pmdesk.records.client import Client
from pmdesk.records.trust import Promise

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path):
    with Journal.create(tmp_path / "mine.pmdesk") as journal:
        with journal.action("Add", at=AT) as act:
            pine = act.save(Client(name="Pine"))
            act.save(Client(name="Birch"))
            act.save_new([Promise(client_id=pine.id, what=f"Plan {n}") for n in range(3)])
        yield journal


@pytest.fixture
def backup(journal):
    return shelf_of(journal.path).keep(journal, Reason.HAND, at=AT)


def told(found):
    return {one.kind.name: (one.added, one.changed, one.gone) for one in found}


def work(journal):
    """Two promises come, of which one goes again; one is changed, one changed and back; one goes."""
    first, second, third = journal.find(Promise)
    with journal.action("Work", at=AT) as act:
        act.save(replace(first, what="Another plan"))
        act.save(replace(second, what="Changed for a while"))
        act.delete(third)
        act.save(replace(first, id=None, uuid="", what="New"))
        passing = act.save(replace(first, id=None, uuid="", what="Passing"))
    with journal.action("Work", at=AT) as act:
        act.save(second)
        act.delete(passing)


@pytest.mark.parametrize("by", ["log", "rows"])
def test_each_kind_is_counted_both_ways_alike(journal, backup, by):
    assert differences(journal, backup) == []
    work(journal)
    if by == "rows":
        manifest_of(backup.path).unlink()
        (backup,) = shelf_of(journal.path).all()
    assert told(differences(journal, backup)) == {"promise": (1, 1, 1)}


def test_what_was_undone_is_no_difference(journal, backup):
    work(journal)
    journal.undo()
    journal.undo()
    assert differences(journal, backup) == []


def test_after_a_restore_the_later_backup_is_compared_record_by_record(journal, backup, tmp_path):
    work(journal)
    later = shelf_of(journal.path).keep(journal, Reason.HAND, at=AT)
    journal.close()
    restore(backup.path, journal.path)
    with Journal.open(journal.path) as again:
        assert told(differences(again, later)) == {"promise": (1, 1, 1)}
        # the log goes on with the same numbers, moments and rows, and is another one
        work(again)
        assert last_change(again.conn) == later.last_change
        assert told(differences(again, later)) == {"promise": (1, 0, 1)}


def test_one_with_another_passphrase_says_so(tmp_path, quick_key):
    with Journal.create(tmp_path / "a.pmdesk", "one") as journal:
        with journal.action("Add", at=AT) as act:
            act.save(Client(name="Pine"))
        backup = shelf_of(journal.path).keep(journal, Reason.HAND, at=AT)
        assert differences(journal, backup) == []
        stranger = replace(backup, tip="")
        assert differences(journal, stranger, "one") == []
        with pytest.raises(errors.WrongPassphraseOrDamaged, match="000001"):
            differences(journal, stranger, "two")
        with pytest.raises(errors.PassphraseNeeded, match="000001"):
            differences(journal, stranger)
