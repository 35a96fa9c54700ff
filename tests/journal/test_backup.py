"""Backups: never half, never over what is not theirs, and back again from almost anything."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pmdesk.journal import backup as backup_module
from pmdesk.journal import errors
from pmdesk.journal.backup import backup, checksum, copy_journal, restore
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client

ROOT = Path(__file__).resolve().parents[2]


def add(journal, *names, **more):
    with journal.action("Add") as act:
        for name in names:
            act.save(Client(name=name, **more))


def names(path, secret=None):
    with Journal.open(path, secret) as journal:
        assert check(journal) == []
        return [client.name for client in journal.find(Client)]


@pytest.fixture(params=[None, "口令 one"], ids=["plain", "encrypted"])
def kept(request, tmp_path, quick_key):
    with Journal.create(tmp_path / "kept.pmdesk", request.param) as journal:
        add(journal, "青松制造")
        yield journal


@pytest.fixture
def copy(kept, tmp_path):
    target = tmp_path / "copies" / "b.pmdesk"
    backup(kept, target)
    return target


class Stopped(Exception):
    pass


def stop(done, total):
    raise Stopped


def test_a_backup_is_taken_while_another_window_writes(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_module, "_PAGES", 1)
    seen = []
    with kept.again() as other:

        def progress(done, total):
            seen.append((done, total))
            if len(seen) < 9:
                add(other, f"written meanwhile {len(seen)}")

        backup(kept, tmp_path / "b.pmdesk", progress)
    assert names(tmp_path / "b.pmdesk", kept.passphrase) == ["青松制造"]
    assert len(names(kept.path, kept.passphrase)) == 9
    assert seen[-1] == (seen[-1][1], seen[-1][1])
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_where_there_is_no_write_ahead_log_nobody_waits_for_a_backup(tmp_path, monkeypatch):
    monkeypatch.setattr(backup_module, "_PAGES", 1)
    (tmp_path / ".stfolder").mkdir()  # a cloud carries what lies here
    seen = []
    path, copy = tmp_path / "kept.pmdesk", tmp_path / "b.pmdesk"
    with Journal.create(path) as kept, Journal.open(path, busy_seconds=0.05) as other:

        def progress(done, total):
            seen.append(done)
            if len(seen) in {9, 40}:
                add(other, f"written meanwhile {len(seen)}")

        backup(kept, copy, progress)
    assert names(copy) == ["written meanwhile 9", "written meanwhile 40"]


def test_a_backup_that_is_stopped_leaves_nothing_and_the_earlier_one_in_place(kept, copy):
    before = {path.name: path.read_bytes() for path in copy.parent.iterdir()}
    add(kept, "later")
    with pytest.raises(Stopped):
        backup(kept, copy, stop)
    assert {path.name: path.read_bytes() for path in copy.parent.iterdir()} == before
    add(kept, "afterwards")


def test_a_later_backup_takes_the_place_of_the_earlier(kept, copy):
    add(kept, "later")
    backup(kept, copy)
    assert names(copy, kept.passphrase) == ["青松制造", "later"]
    backup(kept, copy)
    stated = copy.with_name("b.pmdesk.sha256").read_text().split()
    assert stated == [checksum(copy), "b.pmdesk"]


@pytest.mark.parametrize("content", [b"my notes", b"x" * 8192], ids=["notes", "pages"])
def test_a_backup_overwrites_no_file_of_another_kind(kept, tmp_path, content):
    target = tmp_path / "notes.txt"
    target.write_bytes(content)
    with pytest.raises(errors.JournalExists):
        backup(kept, target)
    assert target.read_bytes() == content


def test_a_journal_is_no_backup_of_itself(kept):
    with pytest.raises(errors.JournalExists):
        backup(kept, kept.path)
    with pytest.raises(errors.JournalExists):
        restore(kept.path, kept.path, kept.passphrase)
    add(kept, "later")


def test_a_backup_that_is_open_as_a_journal_is_not_replaced(kept, copy):
    with Journal.open(copy, kept.passphrase) as opened:
        add(opened, "written in the copy")
        with pytest.raises(errors.LockedFile):
            backup(kept, copy)
    assert names(copy, kept.passphrase) == ["青松制造", "written in the copy"]


def test_a_copy_is_one_file_that_needs_no_other(kept, tmp_path):
    copy_journal(kept, tmp_path / "alone" / "c.pmdesk")
    assert [p.name for p in (tmp_path / "alone").iterdir()] == ["c.pmdesk"]
    assert names(tmp_path / "alone" / "c.pmdesk", kept.passphrase) == ["青松制造"]


def test_the_state_that_is_restored_replaces_all_that_came_later(kept, copy):
    add(kept, "later")
    kept.close()
    assert restore(copy, kept.path, kept.passphrase) == kept.path.with_name(
        "kept.before-restore-1.pmdesk"
    )
    with Journal.open(kept.path, kept.passphrase) as journal:
        add(journal, "another way")
    assert restore(copy, kept.path, kept.passphrase) == kept.path.with_name(
        "kept.before-restore-2.pmdesk"
    )
    assert names(kept.path, kept.passphrase) == ["青松制造"]
    assert [
        names(kept.path.with_name(f"kept.before-restore-{n}.pmdesk"), kept.passphrase)
        for n in (1, 2)
    ] == [["青松制造", "later"], ["青松制造", "another way"]]


def test_a_backup_is_restored_where_no_journal_is(kept, copy, tmp_path):
    target = tmp_path / "new" / "n.pmdesk"
    assert restore(copy, target, kept.passphrase) is None
    assert names(target, kept.passphrase) == ["青松制造"]
    assert [p.name for p in target.parent.iterdir()] == ["n.pmdesk"]


def test_a_journal_that_is_open_elsewhere_is_not_replaced(kept, copy):
    with pytest.raises(errors.LockedFile):
        restore(copy, kept.path, kept.passphrase)
    add(kept, "later")
    assert not list(kept.path.parent.glob("*before-restore*"))


def test_what_a_killed_window_had_saved_is_set_aside_with_its_log(kept, copy, tmp_path):
    path = tmp_path / "killed.pmdesk"
    script = (
        "import os, sys; from pathlib import Path; from pmdesk.journal.journal import Journal\n"
        "from pmdesk.journal import engine; from pmdesk.records.client import Client\n"
        "engine.sqlite.connect(':memory:').execute('PRAGMA cipher_default_kdf_iter = 1000')\n"
        "journal = Journal.create(Path(sys.argv[1]), sys.argv[2] or None)\n"
        "with journal.action('Add') as act: act.save(Client(name='only in the log'))\n"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, path, kept.passphrase or ""], cwd=ROOT)
    assert path.with_name("killed.pmdesk-wal").exists()
    aside = restore(copy, path, kept.passphrase)
    assert names(path, kept.passphrase) == ["青松制造"]
    assert names(aside, kept.passphrase) == ["only in the log"]


def test_a_log_left_without_its_journal_does_not_spoil_what_is_restored(kept, copy, tmp_path):
    add(kept, *(f"client {n}" for n in range(50)))
    target = tmp_path / "n.pmdesk"
    for suffix in ("-wal", "-shm"):
        shutil.copyfile(f"{kept.path}{suffix}", f"{target}{suffix}")
    restore(copy, target, kept.passphrase)
    assert names(target, kept.passphrase) == ["青松制造"]


def test_a_damaged_journal_is_set_aside_as_it_is(kept, copy):
    kept.close()
    damaged = random.Random(1).randbytes(9 * 4096)
    kept.path.write_bytes(damaged)
    aside = restore(copy, kept.path, kept.passphrase)
    assert aside.read_bytes() == damaged
    assert names(kept.path, kept.passphrase) == ["青松制造"]


def test_a_backup_is_restored_over_a_journal_with_another_passphrase(kept, copy, tmp_path):
    other = tmp_path / "other.pmdesk"
    with Journal.create(other, "another") as journal:
        add(journal, "other")
    aside = restore(copy, other, kept.passphrase)
    assert names(other, kept.passphrase) == ["青松制造"]
    assert names(aside, "another") == ["other"]


def test_a_journal_with_its_log_beside_it_is_restored_with_it(kept, tmp_path):
    """A journal somebody copied while it was open."""
    add(kept, "later")
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{kept.path}{suffix}", tmp_path / f"copied{suffix}")
    restore(tmp_path / "copied", tmp_path / "n.pmdesk", kept.passphrase)
    assert names(tmp_path / "n.pmdesk", kept.passphrase) == ["青松制造", "later"]


def test_a_lost_salt_is_mended_from_the_one_kept_beside(kept, copy, tmp_path):
    if kept.passphrase is None:
        assert not copy.with_name("b.pmdesk.salt").exists()
        return
    with copy.open("r+b") as file:
        file.write(b"\0" * 16)
    restore(copy, tmp_path / "n.pmdesk", kept.passphrase)
    assert names(tmp_path / "n.pmdesk", kept.passphrase) == ["青松制造"]
    copy.with_name("b.pmdesk.salt").write_text("no hex at all")
    with pytest.raises(errors.BadBackup):
        restore(copy, tmp_path / "m.pmdesk", kept.passphrase)
    assert not (tmp_path / "m.pmdesk").exists()


@pytest.mark.parametrize("place", [20, 5000, -1])
@pytest.mark.parametrize("with_checksum", [True, False])
def test_a_damaged_backup_is_refused(kept, copy, place, with_checksum):
    if not with_checksum:
        copy.with_name("b.pmdesk.sha256").unlink()
        if kept.passphrase is None:
            return  # nothing can tell: SQLite keeps no checksum of its own
    data = bytearray(copy.read_bytes())
    data[place] ^= 0x10
    copy.write_bytes(data)
    kept.close()
    before = kept.path.read_bytes()
    with pytest.raises((errors.BadBackup, errors.WrongPassphraseOrDamaged)):
        restore(copy, kept.path, kept.passphrase)
    assert kept.path.read_bytes() == before
    assert not list(kept.path.parent.glob("*partial*"))


def test_half_a_backup_is_refused(kept, copy, tmp_path):
    copy.with_name("b.pmdesk.sha256").unlink()
    size = copy.stat().st_size
    os.truncate(copy, size // 2 // 4096 * 4096)
    with pytest.raises((errors.BadBackup, errors.Damaged)):
        restore(copy, tmp_path / "n.pmdesk", kept.passphrase)
    assert not (tmp_path / "n.pmdesk").exists()


def test_a_backup_without_its_checksum_is_taken_as_it_is(kept, copy, tmp_path):
    copy.with_name("b.pmdesk.sha256").unlink()
    restore(copy, tmp_path / "n.pmdesk", kept.passphrase)
    assert names(tmp_path / "n.pmdesk", kept.passphrase) == ["青松制造"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: None, errors.NoJournal),
        (lambda path: path.mkdir(), errors.NoJournal),
        (lambda path: path.write_text("hello"), errors.NotAJournal),
        (lambda path: path.touch(), errors.NotAJournal),
    ],
    ids=["nothing", "folder", "text", "empty"],
)
def test_what_is_no_backup_is_told_and_replaces_nothing(kept, tmp_path, make, error):
    make(tmp_path / "x")
    kept.close()
    with pytest.raises(error):
        restore(tmp_path / "x", kept.path, kept.passphrase)
    assert names(kept.path, kept.passphrase) == ["青松制造"]


def test_a_wrong_passphrase_restores_nothing(tmp_path):
    with Journal.create(tmp_path / "a.pmdesk", "one") as journal:
        backup(journal, tmp_path / "b.pmdesk")
    with pytest.raises(errors.WrongPassphraseOrDamaged, match=r"b\.pmdesk"):
        restore(tmp_path / "b.pmdesk", tmp_path / "n.pmdesk", "two")
    with pytest.raises(errors.PassphraseNeeded, match=r"b\.pmdesk"):
        restore(tmp_path / "b.pmdesk", tmp_path / "n.pmdesk")
    assert not (tmp_path / "n.pmdesk").exists()


def test_a_stopped_restore_leaves_the_journal_as_it_was(kept, copy):
    add(kept, "later")
    kept.close()
    with pytest.raises(Stopped):
        restore(copy, kept.path, kept.passphrase, stop)
    assert names(kept.path, kept.passphrase) == ["青松制造", "later"]
    assert [path.name for path in kept.path.parent.glob("kept*")] == ["kept.pmdesk"]
