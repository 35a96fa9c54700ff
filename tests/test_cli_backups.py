"""Backups on the command line: listed, made, compared, restored, and made before a large act."""

import json

import pytest
from click.testing import CliRunner

from pmdesk.__main__ import backups_chosen
from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.gui.settings import Settings
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from pmdesk.records.client import Client

MAIL = (
    "From: Zhou <zhou@pine.example>\nTo: me@desk.example\nSubject: Delay\n"
    "Date: Mon, 2 Mar 2026 01:00:00 +0000\nMessage-ID: <1@x>\n\nWhy\n"
)


@pytest.fixture
def pmdesk():
    def call(*words, code=0):
        result = CliRunner().invoke(main, [str(w) for w in words], obj=backups_chosen)
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def path(tmp_path, at):
    path = tmp_path / "j.pmdesk"
    create_journal(path, at=at).close()
    return path


def add(path, name):
    with Journal.open(path) as journal, journal.action("Add") as act:
        act.save(Client(name=name))


def test_they_are_made_listed_compared_and_restored(pmdesk, path):
    listed = ("backups", "--journal", path)
    assert pmdesk(*listed).stdout.startswith("No backups yet at")
    made = pmdesk("backups", "keep", "--journal", path).stdout.strip()
    add(path, "Pine")
    pmdesk("backups", "keep", "--journal", path)
    second, first = json.loads(pmdesk(*listed, "--json", "--compare").stdout)
    assert (first["path"], first["reason"], first["sound"]) == (made, "hand", True)
    assert first["counts"] == {"calendar": 1}
    assert first["since"] == {"client": {"added": 1, "changed": 0, "gone": 0}}
    assert second["since"] == {}
    said = pmdesk(*listed, "--compare").stdout.splitlines()
    assert said[0].startswith("2  ")
    assert said[0].endswith("2 records, sound")
    assert said[1] == "    Nothing has changed since."
    assert said[3] == "    Clients: 1 added, 0 changed, 0 gone since"
    assert "no backup 7" in pmdesk("restore", 7, "--journal", path, code=2).stderr
    assert "j.before-restore-1.pmdesk" in pmdesk("restore", 1, "--journal", path).stderr
    with Journal.open(path) as journal:
        assert journal.find(Client) == []
    assert path.with_name("j.before-restore-1.pmdesk").exists()


def test_a_damaged_one_and_one_without_manifest_are_told(pmdesk, path):
    for _ in range(2):
        pmdesk("backups", "keep", "--journal", path)
    second, first = shelf_of(path).all()
    first.path.write_bytes(b"")
    second.path.with_name(f"{second.path.name}.json").unlink()
    said = pmdesk("backups", "--journal", path).stdout.splitlines()
    assert said[0].startswith(f"{second.path.name}  ")
    assert said[0].endswith(", sound")
    assert said[1].endswith("1 record, damaged")
    assert "incomplete or damaged" in pmdesk("restore", 1, "--journal", path, code=3).stderr


def test_an_import_begins_with_a_backup_where_the_settings_say(pmdesk, path, tmp_path):
    mail = tmp_path / "m.eml"
    mail.write_text(MAIL)
    command = ("import", mail, "--journal", path, "--me", "me@desk.example", "--everybody")
    away = tmp_path / "drive"
    Settings(backup_folder=str(away)).save()
    pmdesk(*command)  # a drive that is not connected
    (beside,) = shelf_of(path).all()
    assert beside.reason == "import"
    pmdesk("undo", "--journal", path)
    away.mkdir()
    pmdesk(*command)
    (found,) = json.loads(pmdesk("backups", "--journal", path, "--json").stdout)
    assert found["reason"] == "import"
    assert str(away) in found["path"]
    Settings(backups=False, backup_folder=str(away)).save()
    pmdesk("undo", "--journal", path)
    pmdesk(*command)
    assert len(shelf_of(path, str(away)).all()) == 1
    assert shelf_of(path).all() == [beside]


def test_what_anybody_can_read_is_told_and_removed(pmdesk, path, monkeypatch, quick_key):
    pmdesk("backups", "keep", "--journal", path)
    monkeypatch.setenv("PMDESK_PASSPHRASE", "口令")
    with Journal.open(path) as journal:
        change_passphrase(journal, "口令").close()
    listed = ("backups", "--journal", path)
    assert "drop-unencrypted" in pmdesk(*listed).stderr
    dropped = pmdesk("backups", "drop-unencrypted", "--journal", path)
    assert dropped.stdout == "Backups removed: 1\n"
    assert pmdesk(*listed).stderr == ""
    assert [backup.encrypted for backup in shelf_of(path).all()] == [True]


def test_the_journal_must_be_named(pmdesk):
    assert "--journal" in pmdesk("backups", code=2).stderr
