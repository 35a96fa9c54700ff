"""Before a large act there is a backup; where none can be made, the act is not done."""

import pytest

from pmdesk.actions.assign_mail import leave_out
from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.incoming.importers import BY_NAME
from pmdesk.actions.incoming.taking import take_in
from pmdesk.actions.incoming.values import Given
from pmdesk.actions.merge import merge, other_side
from pmdesk.actions.records import delete_record
from pmdesk.journal.backups.guard import Chosen, guard
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.errors import BackupNoFolder
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change
from pmdesk.records.client import Client
from pmdesk.records.trust import Promise
from tests.actions.letters import LI, ME, SETUP, letter, mbox


@pytest.fixture
def full(journal, pine, tmp_path, at):
    """A journal with a client who has more than a few promises, and with more than a few mails."""
    with journal.action("Add", at=at) as act:
        act.save_new([Promise(client_id=pine.id, what=f"Plan {n}") for n in range(21)])
    path = tmp_path / "box.mbox"
    path.write_bytes(mbox(*(letter(n, LI, ME, n) for n in range(21))))
    import_mail(journal, [path], SETUP, at=at)
    return journal


def mail(journal, at, tmp_path):
    path = tmp_path / "more.mbox"
    path.write_bytes(mbox(letter("more", LI, ME, 99)))
    import_mail(journal, [path], SETUP, at=at)


def table(journal, at, tmp_path):
    path = tmp_path / "jrnl.json"
    path.write_text('{"entries": [{"title": "Called.", "date": "2026-11-20", "time": "09:30"}]}')
    take_in(journal, BY_NAME["journal"], Given((path,)), at=at)


def other(journal, at, tmp_path):
    with Journal.create(tmp_path / "other.pmdesk") as there, there.action("Add", at=at) as act:
        act.save(Client(name="Birch"))
    merge(journal, other_side(tmp_path / "other.pmdesk"), at=at)


def delete(journal, at, _):
    delete_record(journal, journal.find(Client, "name LIKE 'Pine%'")[0], at=at)


def leave(journal, at, _):
    leave_out(journal, ["@pine.example"], at=at)


ACTS = {
    mail: Reason.IMPORT,
    table: Reason.IMPORT,
    other: Reason.MERGE,
    delete: Reason.DELETION,
    leave: Reason.DELETION,
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_large_act_is_done_after_a_backup_or_not_at_all(full, at, tmp_path, act):
    before = last_change(full.conn)
    full.before = guard(Chosen(), lambda: at)
    shelf_of(full.path).folder.touch()  # where the folder of the copies is to be
    with pytest.raises(BackupNoFolder):
        act(full, at, tmp_path)
    assert last_change(full.conn) == before
    shelf_of(full.path).folder.unlink()
    (tmp_path / "other.pmdesk").unlink(missing_ok=True)
    act(full, at, tmp_path)
    (backup,) = shelf_of(full.path).all()
    assert (backup.reason, backup.last_change) == (ACTS[act], before)


def test_a_small_deletion_makes_none(full, at):
    full.before = guard(Chosen(), lambda: at)
    delete_record(full, full.find(Promise)[0], at=at)
    leave_out(full, ["@nobody.example"], at=at)
    assert shelf_of(full.path).all() == []


def test_whoever_wants_no_backups_has_none(full, at, tmp_path):
    full.before = guard(Chosen(wanted=False), lambda: at)
    mail(full, at, tmp_path)
    assert not shelf_of(full.path).folder.exists()


def test_another_connection_keeps_the_hook(full, at):
    full.before = guard(Chosen(), lambda: at)
    with full.again() as other_one:
        assert other_one.before is full.before
