"""The shelf: a copy counts once it is whole, and nothing good goes for what is not."""

import errno
import os
import random
import shutil
import stat
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from pmdesk.journal import errors
from pmdesk.journal.backup import restore
from pmdesk.journal.backups.guard import Chosen, guard
from pmdesk.journal.backups.manifest import copy_name, manifest_of, written
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from pmdesk.records.client import Client

ROOT = Path(__file__).resolve().parents[3]
AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


def add(journal, *names, **more):
    with journal.action("Add") as act:
        for name in names:
            act.save(Client(name=name, **more))


def names(path, secret=None):
    with Journal(path, secret, writable=False) as journal:
        return [client.name for client in journal.find(Client)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The journals of which each test has a copy, by their passphrase."""
    return {}, tmp_path_factory.mktemp("made")


@contextmanager
def copy_of(made, secret, path):
    files, folder = made
    if secret not in files:
        files[secret] = folder / f"{len(files)}.pmdesk"
        with Journal.create(files[secret], secret) as journal:
            add(journal, "青松制造")
    with Journal.open(shutil.copyfile(files[secret], path), secret) as journal:
        yield journal


@pytest.fixture(params=[None, "口令 one"], ids=["plain", "encrypted"])
def kept(request, made, tmp_path, quick_key):
    with copy_of(made, request.param, tmp_path / "mine.pmdesk") as journal:
        yield journal


@pytest.fixture
def plain(made, tmp_path):
    with copy_of(made, None, tmp_path / "mine.pmdesk") as journal:
        yield journal


@pytest.fixture
def shelf(kept):
    return shelf_of(kept.path)


def shelved(backup, count, apart=HOUR):
    """As many copies as if they had been made one after the other, the first being there."""
    for n in range(1, count):
        at = backup.at + n * apart
        path = backup.path.with_name(copy_name("mine", backup.number + n, at))
        os.link(backup.path, path)
        more = replace(backup, path=path, at=at, number=backup.number + n)
        manifest_of(path).write_text(written(more), "utf-8")


def damage(path, place=5000):
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)


def test_a_copy_is_listed_with_what_it_holds_and_is_sound(kept, shelf):
    assert shelf.all() == []
    backup = shelf.keep(kept, Reason.HAND, at=AT)
    assert shelf.all() == [backup]
    assert (backup.at, backup.reason, backup.counts) == (AT, Reason.HAND, {"client": 1})
    assert (backup.number, backup.last_change) == (1, 1)
    assert (backup.encrypted, bool(backup.salt)) == (bool(kept.passphrase),) * 2
    assert shelf.sound(backup)
    assert names(backup.path, kept.passphrase) == ["青松制造"]
    damage(backup.path)
    assert not shelf.sound(backup)


def test_a_copy_is_due_only_when_something_has_changed(kept, shelf):
    assert shelf.due(kept)
    shelf.keep(kept, Reason.CHANGED, at=AT)
    assert not shelf.due(kept)
    assert shelf.keep(kept, Reason.CLOSED, at=AT + HOUR) is None
    assert shelf.keep(kept, Reason.IMPORT, at=AT + HOUR) is None
    assert shelf.keep(kept, Reason.HAND, at=AT + HOUR).number == 2
    kept.undo()
    assert shelf.due(kept)
    kept.redo()
    assert shelf.due(kept)
    assert shelf.keep(kept, Reason.IMPORT, at=AT).number == 3


def test_a_damaged_copy_does_not_stand_for_the_journal(kept, shelf):
    damage(shelf.keep(kept, Reason.CHANGED, at=AT).path)
    second = shelf.keep(kept, Reason.IMPORT, at=AT + HOUR)
    assert second.number == 2
    os.truncate(second.path, 4096)
    assert not shelf.all()[0].whole
    assert shelf.newest(kept).number == 1


def test_before_another_passphrase_there_is_a_copy_and_one_is_due_after(plain, quick_key, tmp_path):
    shelf = shelf_of(plain.path)
    # the drive is not connected, and beside the journal no folder can be made
    plain.before = guard(Chosen(folder=str(tmp_path / "drive")), lambda: AT)
    shelf.folder.touch()
    with pytest.raises(errors.BackupNoFolder):
        change_passphrase(plain, "another")
    assert plain.passphrase is None
    shelf.folder.unlink()
    with change_passphrase(plain, "another") as renewed:
        assert renewed.before is plain.before
        assert [b.reason for b in shelf.all()] == [Reason.PASSPHRASE]
        assert shelf.due(renewed)
        shelf.keep(renewed, Reason.CHANGED, at=AT)
        assert not shelf.due(renewed)
        plain_one, encrypted = shelf.all()[1], shelf.all()[0]
        assert shelf.unencrypted(renewed) == [plain_one]
        damage(encrypted.path)  # then a sound one is made first
        assert shelf.drop_unencrypted(renewed, at=AT) == [plain_one]
        assert [(b.number, b.encrypted, shelf.sound(b)) for b in shelf.all()] == [
            (3, True, True),
            (2, True, False),
        ]


def test_files_are_for_their_owner_only(kept, shelf, tmp_path):
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    for each in (shelf, shelf_of(kept.path, str(chosen))):
        backup = each.keep(kept, Reason.HAND, at=AT)
        assert stat.S_IMODE(each.folder.stat().st_mode) == 0o700
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in each.folder.iterdir()}
        assert modes.keys() > {backup.path.name, manifest_of(backup.path).name}
        assert set(modes.values()) == {0o600}


def test_names_and_manifest_say_nothing_of_a_client(kept, shelf):
    backup = shelf.keep(kept, Reason.HAND, at=AT)
    assert backup.path.name == "mine.000001.20261123T040000Z.pmdesk"
    assert "青松" not in manifest_of(backup.path).read_text("utf-8")


def test_a_copy_without_its_manifest_is_told_by_the_file(kept, shelf):
    backup = shelf.keep(kept, Reason.IMPORT, at=AT)
    manifest_of(backup.path).unlink()
    (found,) = shelf.all()
    assert (found.path, found.at, found.size) == (backup.path, AT, backup.size)
    assert (found.counts, found.number) == ({}, 1)
    assert shelf.sound(found)
    assert found.encrypted == bool(kept.passphrase)
    shelf.keep(kept, Reason.IMPORT, at=AT)
    assert [b.number for b in shelf.all()] == [2, 1]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"at": 1}', '{"at": "x", "reason": "hand"}', "\0\xff"], ids=repr
)
def test_a_manifest_that_cannot_be_read_is_none(plain, text):
    shelf = shelf_of(plain.path)
    backup = shelf.keep(plain, Reason.IMPORT, at=AT)
    manifest_of(backup.path).write_bytes(text.encode("latin-1"))
    (found,) = shelf.all()
    assert (found.at, found.sha256) == (AT, "")


def test_what_somebody_put_there_is_listed_last_and_stays(plain):
    shelf = shelf_of(plain.path)
    shelf.keep(plain, Reason.HAND, at=AT)
    shutil.copyfile(shelf.all()[0].path, shelf.folder / "carried home.pmdesk")
    (shelf.folder / "notes.pmdesk").write_text("no journal")
    named = shutil.copyfile(shelf.all()[0].path, shelf.folder / "before the audit.pmdesk")
    shutil.copyfile(manifest_of(shelf.all()[0].path), manifest_of(named))
    shelved(shelf.all()[0], 20, HOUR / 60)
    shelf.tidy(limit_bytes=1)
    found = shelf.all()
    assert [b.number for b in found] == [20, 19, 18, 0, 0, 0]
    assert {b.path.name: shelf.sound(b) for b in found[-3:]} == {
        "before the audit.pmdesk": True,
        "carried home.pmdesk": True,
        "notes.pmdesk": False,
    }


def test_a_manifest_without_its_copy_is_not_listed_and_goes(kept, shelf):
    shelf.keep(kept, Reason.HAND, at=AT).path.unlink()
    assert shelf.all() == []
    shelf.keep(kept, Reason.HAND, at=AT + HOUR)
    assert len(list(shelf.folder.glob("*.json"))) == 1


def test_a_kill_leaves_a_part_that_the_next_run_clears(plain):
    """Wherever a copy is ended, the next run finds whole copies only."""
    script = (
        "import os, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from pmdesk.journal.journal import Journal\n"
        "from pmdesk.journal.backups.shelf import shelf_of\n"
        "from pmdesk.journal.backups.reason import Reason\n"
        "from pmdesk.journal import backup\n"
        "from pmdesk.journal.backups import place\n"
        "def end(*_): os._exit(9)\n"
        "if sys.argv[2] == 'copying': backup.checksum = end\n"
        "elif sys.argv[2] == 'manifest': place.settle = end\n"
        "else: backup.settle = end\n"
        "journal = Journal.open(Path(sys.argv[1]))\n"
        "shelf_of(journal.path).keep(journal, Reason.HAND, at=datetime.now(UTC))\n"
    )
    shelf = shelf_of(plain.path)
    first = shelf.keep(plain, Reason.HAND, at=AT)
    for where in ("copying", "manifest", "settling"):
        ended = subprocess.run([sys.executable, "-c", script, plain.path, where], cwd=ROOT)
        assert ended.returncode == 9
        assert list(shelf.folder.glob("*.partial*"))
        assert shelf.all() == [first]
    second = shelf.keep(plain, Reason.HAND, at=AT)
    whole = {b.path.name for b in (first, second)}
    there = {path.name for path in shelf.folder.iterdir()}
    assert there == {".in-use", *whole, *(f"{name}.json" for name in whole)}


class Stopped(Exception):
    pass


def test_one_that_is_stopped_leaves_nothing(kept, shelf):
    def stop(_done, _total):
        raise Stopped

    shelf.keep(kept, Reason.HAND, at=AT)
    before = sorted(shelf.folder.iterdir())
    with pytest.raises(Stopped):
        shelf.keep(kept, Reason.HAND, at=AT, progress=stop)
    assert sorted(shelf.folder.iterdir()) == before
    add(kept, "afterwards")


def test_a_damaged_journal_makes_no_backup_and_lets_none_go(kept, shelf):
    add(kept, *(f"client {n}" for n in range(300)), notes="long " * 900)
    shelved(shelf.keep(kept, Reason.HAND, at=AT), 30)
    kept.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    good = shelf.all()
    pages = kept.path.stat().st_size // 4096
    with kept.path.open("r+b") as file:
        for page in range(pages * 3 // 4, pages, 2):
            file.seek(page * 4096)
            file.write(random.Random(page).randbytes(4096))
    with kept.again() as fresh, pytest.raises(errors.Damaged, match=r"mine\.pmdesk "):
        shelf.keep(fresh, Reason.HAND, at=AT + 900 * HOUR)
    assert shelf.all() == good
    assert all(map(shelf.sound, good))


def test_many_copies_are_thinned(plain):
    shelf = shelf_of(plain.path)
    shelved(shelf.keep(plain, Reason.HAND, at=AT), 29, 12 * HOUR)
    shelf.keep(plain, Reason.HAND, at=AT + 29 * 12 * HOUR)
    left = shelf.all()
    assert [b.number for b in left[:8]] == list(range(30, 22, -1))
    assert len(left) < 20
    assert sorted(b.path.name + ".json" for b in left) == sorted(
        path.name for path in shelf.folder.glob("*.json")
    )


def test_the_limit_of_space_leaves_three(plain):
    shelf = shelf_of(plain.path)
    shelved(shelf.keep(plain, Reason.HAND, at=AT), 6, 24 * HOUR)
    size = shelf.all()[0].size
    shelf.keep(plain, Reason.HAND, at=AT + 150 * HOUR, limit_bytes=5 * size)
    assert len(shelf.all()) == 5
    shelf.keep(plain, Reason.HAND, at=AT + 180 * HOUR, limit_bytes=1)
    assert [b.number for b in shelf.all()] == [8, 7, 6]


def test_a_journal_of_the_same_name_takes_no_place_of_the_earlier(plain, tmp_path):
    shelf = shelf_of(plain.path)
    shelved(shelf.keep(plain, Reason.HAND, at=AT), 3)
    earlier = shelf.all()
    plain.close()
    aside = plain.path.rename(tmp_path / "aside.pmdesk")
    with Journal.create(plain.path) as other:
        add(other, "Other")
        assert shelf.due(other)
        shelved(shelf.keep(other, Reason.HAND, at=AT), 12)
        shelf.keep(other, Reason.HAND, at=AT + 12 * HOUR, limit_bytes=1)
    assert shelf.all()[3:] == earlier
    with Journal.open(aside.replace(plain.path)) as back:
        assert not shelf.due(back)


def test_a_disk_without_room_says_how_much_is_needed(plain, monkeypatch):
    shelf = shelf_of(plain.path)
    backup = shelf.keep(plain, Reason.HAND, at=AT)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1 << 20))
    with pytest.raises(errors.BackupNoRoom, match=r"needs 2 MB, and 1 MB are free"):
        shelf.keep(plain, Reason.IMPORT, at=AT, limit_bytes=1) or shelf.keep(
            plain, Reason.HAND, at=AT
        )
    assert shelf.all() == [backup]


def test_a_disk_that_fills_up_at_the_end_leaves_nothing_half(plain, monkeypatch):
    shelf = shelf_of(plain.path)
    sync = os.fsync

    def full(handle):
        if list(shelf.folder.glob("*.json")):
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(errors.BackupNoRoom):
        shelf.keep(plain, Reason.HAND, at=AT)
    assert [path.name for path in shelf.folder.iterdir()] == [".in-use"]


def test_a_folder_that_is_not_there_is_told_and_not_made(plain, tmp_path):
    with pytest.raises(errors.BackupNoFolder, match="drive"):
        shelf_of(plain.path, str(tmp_path / "drive")).keep(plain, Reason.HAND, at=AT)
    assert not (tmp_path / "drive").exists()
    (tmp_path / "mine.pmdesk.backups").write_text("in the way")
    with pytest.raises(errors.BackupNoFolder, match="backups"):
        shelf_of(plain.path).keep(plain, Reason.HAND, at=AT)
    assert shelf_of(plain.path).all() == []


def test_two_make_no_copy_at_once(plain):
    shelf = shelf_of(plain.path)
    shelf.keep(plain, Reason.HAND, at=AT)
    plain.busy_seconds = 0.05
    with shelf._alone(plain), pytest.raises(errors.JournalBusy, match=r"mine\.pmdesk\.backups"):
        shelf_of(plain.path).keep(plain, Reason.HAND, at=AT)


def test_a_listed_copy_is_restored_by_its_manifest(kept, shelf):
    backup = shelf.keep(kept, Reason.HAND, at=AT)
    add(kept, "later")
    kept.close()
    if kept.passphrase:
        with backup.path.open("r+b") as file:
            file.write(b"\0" * 16)  # what the salt is kept for
    restore(backup.path, kept.path, kept.passphrase)
    assert names(kept.path, kept.passphrase) == ["青松制造"]
    damage(backup.path)
    with pytest.raises(errors.BadBackup):
        restore(backup.path, kept.path, kept.passphrase)
