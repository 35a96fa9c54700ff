"""A journal, what lies beside it and its copies are their owner's alone."""

import os
import stat

import pytest

from pmdesk.actions.openings import create_journal
from pmdesk.journal import drafts
from pmdesk.journal.backup import backup
from pmdesk.journal.engine import files_of
from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are inherited there, not set")


@pytest.fixture(autouse=True)
def others_may_read():
    """The usual mask of a desktop: what nobody narrows can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("quick_key")
def test_a_journal_its_log_its_copies_and_its_folder_are_private(tmp_path, at):
    path = tmp_path / "new" / "a.pmdesk"
    with create_journal(path, at=at) as journal:
        assert journal.private
        beside = [one for one in files_of(path) if one.exists()]
        assert len(beside) == 3
        assert {rights(one) for one in beside} == {0o600}
        backup(journal, tmp_path / "copy.pmdesk")
    change_passphrase(Journal.open(path), "one").close()
    assert rights(path.parent) == 0o700
    assert {rights(one) for one in (path, tmp_path / "copy.pmdesk")} == {0o600}


@pytest.mark.parametrize("writable", [True, False])
def test_a_journal_that_was_readable_by_all_is_narrowed_when_it_is_opened(tmp_path, at, writable):
    path = tmp_path / "a.pmdesk"
    create_journal(path, at=at).close()
    path.chmod(0o644)
    with Journal.open(path, writable=writable) as journal:
        assert journal.private
        assert {rights(one) for one in files_of(path) if one.exists()} == {0o600}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_a_journal_of_somebody_else_is_opened_as_it_is_and_says_so(tmp_path, at):
    path = tmp_path / "a.pmdesk"
    create_journal(path, at=at).close()
    path.chmod(0o644)
    os.chown(path, 12_345, 12_345)
    with Journal.open(path) as journal:
        assert not journal.private
    assert rights(path) == 0o644


@pytest.mark.parametrize("folder", ["usual", "synced"])
def test_what_is_deleted_for_good_is_gone_from_the_file_when_it_is_closed(tmp_path, at, folder):
    path = tmp_path / folder / "a.pmdesk"
    path.parent.mkdir()
    if folder == "synced":
        (path.parent / ".stfolder").mkdir()
    text = "Qz7Kv3fWx91LmTb8Rj40" * 400  # more than a page
    with create_journal(path, at=at) as journal:
        for key in ("a", "b"):
            drafts.keep(journal, key, {"text": f"{key} {text}"}, at=at)
        drafts.drop(journal, "a")
        drafts.keep(journal, "b", {"text": "short"}, at=at)
    assert [one.name for one in files_of(path) if one.exists()] == ["a.pmdesk"]
    assert b"Qz7Kv3fWx91L" not in path.read_bytes()
