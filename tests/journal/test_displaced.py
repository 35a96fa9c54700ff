"""A journal whose file another program moves, deletes or replaces while it is open loses nothing."""

import shutil

import pytest

from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.journal import drafts, errors
from pmdesk.journal.displaced import put_back
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.standby import Standby
from pmdesk.records.client import Client


def replaced(path):
    path.with_name("other").replace(path)


WAYS = {
    "moved": lambda path: path.rename(path.with_name("moved")),
    "deleted": lambda path: path.unlink(),
    "replaced": replaced,
}


@pytest.fixture(params=[None, "one two three"], ids=["plain", "encrypted"])
def secret(request):
    return request.param


@pytest.fixture(params=["", "Dropbox"], ids=["with a log", "without"])
def path(request, tmp_path, secret, at):
    folder = tmp_path / request.param
    folder.mkdir(exist_ok=True)
    path = folder / "j.pmdesk"
    create_journal(path, secret, at=at).close()
    shutil.copy(path, path.with_name("other"))
    return path


def names(journal):
    return [client.name for client in journal.find(Client)]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_saved_into_a_file_without_a_name_and_all_is_put_back(path, secret, way, at):
    journal = Journal.open(path, secret)
    save_record(journal, Client(name="Pine"), at=at)
    WAYS[way](path)
    with pytest.raises(errors.Displaced):
        save_record(journal, Client(name="Oak"), at=at)
    assert not drafts.keep(journal, "entry:new", {"text": "typed"}, at=at)
    aside = put_back(journal)
    assert (aside is not None) == (way == "replaced")
    save_record(journal, Client(name="Oak"), at=at)
    journal.close()
    left = {"replaced": {"j.before-putting-back-1.pmdesk"}, "moved": {"moved", "other"}}
    assert {one.name for one in path.parent.iterdir()} == {
        "j.pmdesk", *left.get(way, {"other"})
    }  # fmt: skip
    with Journal.open(path, secret) as again:
        assert names(again) == ["Pine", "Oak"]
        assert not check(again)


def test_what_takes_the_place_does_not_take_in_the_log_of_the_other(tmp_path, at):
    path = tmp_path / "j.pmdesk"
    create_journal(path, at=at).close()
    shutil.copy(path, path.with_name("other"))
    journal = Journal.open(path)
    for number in range(40):
        save_record(journal, Client(name=f"{number} " * 50), at=at)
    replaced(path)
    journal.close()
    with Journal.open(path) as found:
        assert names(found) == []
        assert not check(found)


def test_a_connection_that_stands_by_is_of_the_file_that_is_there(tmp_path, at):
    path = tmp_path / "j.pmdesk"
    create_journal(path, at=at).close()
    shutil.copy(path, path.with_name("other"))
    standby = Standby(path, None)
    standby.give(standby.take())
    replaced(path)
    taken = standby.take()
    assert not taken.displaced
    standby.give(taken)
    standby.close()
