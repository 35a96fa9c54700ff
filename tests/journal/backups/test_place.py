"""Where copies lie: found again after the journal was moved, renamed, encrypted or damaged."""

import json
import random
import shutil
from datetime import UTC, datetime

import pytest

from pmdesk.journal.backup import restore
from pmdesk.journal.backups.place import place_of
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)


def made(path, secret=None):
    with Journal.create(path, secret) as journal, journal.action("Add", at=AT) as act:
        act.save(Client(name="Pine"))
    return path


@pytest.fixture(params=[None, "口令"], ids=["plain", "encrypted"])
def secret(request, quick_key):
    return request.param


@pytest.fixture
def home(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def keep(path, home, secret):
    with Journal.open(path, secret) as journal:
        return shelf_of(path, str(home)).keep(journal, Reason.HAND, at=AT)


def folder(path, home):
    return place_of(path, str(home)).folder


def test_beside_the_journal_without_a_choice(tmp_path):
    path = made(tmp_path / "mine.pmdesk")
    assert place_of(path).folder == tmp_path / "mine.pmdesk.backups"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.pmdesk"]


def test_a_journal_that_was_moved_finds_its_copies_and_a_copy_of_it_does_not(
    tmp_path, home, secret
):
    path = made(tmp_path / "mine.pmdesk", secret)
    first = folder(path, home)
    assert not first.exists()
    assert keep(path, home, secret).path.parent == first
    copied = shutil.copyfile(path, tmp_path / "copied.pmdesk")
    assert folder(copied, home) != first
    moved = path.rename(tmp_path / "renamed.pmdesk")
    assert folder(moved, home) == first
    keep(moved, home, secret)
    second = keep(copied, home, secret).path.parent
    moved.unlink()
    # the copy stays where it is, though it could be the other one now
    assert folder(copied, home) == second != first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copied.pmdesk", "home"]


def test_another_journal_in_the_place_of_one_has_its_own_folder(tmp_path, home, quick_key):
    path = made(tmp_path / "mine.pmdesk")
    keep(path, home, None)
    first = folder(path, home)
    path.unlink()
    assert folder(path, home) == first
    made(path)
    assert folder(path, home) != first


def test_a_damaged_one_and_one_with_another_passphrase_are_known_by_their_path(
    tmp_path, home, secret
):
    path = made(tmp_path / "mine.pmdesk", secret)
    backup = keep(path, home, secret)
    first = folder(path, home)
    path.write_bytes(random.Random(1).randbytes(3 * 4096))
    assert folder(path, home) == first
    restore(backup.path, path, secret)  # the salt is another now
    assert folder(path, home) == first


@pytest.mark.parametrize("text", ["", "[]", '{"path": 1}', '{"path": "x", "marks": 3}'])
def test_a_note_that_cannot_be_read_is_no_hindrance(tmp_path, home, text):
    path = made(tmp_path / "mine.pmdesk")
    keep(path, home, None)
    (note,) = home.glob("*/journal.json")
    assert json.loads(note.read_text())["path"] == str(path)
    note.write_text(text)
    assert keep(path, home, None).number == 2
    assert json.loads(note.read_text())["path"] == str(path)
