"""The beginning of a file that is open as a journal is read without leaving handles behind."""

import os
from pathlib import Path

import pytest

from pmdesk.actions.openings import create_journal
from pmdesk.journal.handles import Handles
from pmdesk.journal.journal import Journal


@pytest.fixture
def path(tmp_path):
    (tmp_path / "a").write_bytes(b"0123456789")
    return tmp_path / "a"


def held(path):
    """How many handles of this process lead to the file."""
    return sum(
        os.path.realpath(f"/proc/self/fd/{handle}") == str(path.resolve())
        for handle in os.listdir("/proc/self/fd")  # noqa: PTH208 - gone again by the time it is seen
    )


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="handles are counted as Linux tells them"
)


def test_nothing_waits_where_no_journal_is_open(path):
    handles = Handles()
    assert handles.head(path, 4) == b"0123"
    assert handles.head(path, 99) == b"0123456789"
    assert held(path) == 0
    with pytest.raises(FileNotFoundError):
        handles.head(path.with_name("none"), 4)
    assert handles.enter(path.with_name("none")) is None


def test_handles_wait_for_the_last_connection_whatever_the_file_is_called_by_then(path):
    handles = Handles()
    one, two = handles.enter(path), handles.enter(path)
    assert [handles.head(path, 1) for _ in range(3)] == [b"0"] * 3
    path = path.rename(path.with_name("b"))
    handles.leave(one)
    assert held(path) == 3
    handles.leave(two)
    assert held(path) == 0
    handles.head(path, 1)
    assert held(path) == 0


@pytest.mark.usefixtures("quick_key")
def test_a_journal_that_is_closed_or_was_not_opened_leaves_none(tmp_path, at):
    path = tmp_path / "a.pmdesk"
    create_journal(path, "one", at=at).close()
    assert held(path) == 0
    with pytest.raises(Exception, match="does not open"):
        Journal.open(path, "two")
    assert held(path) == 0
    with Journal.open(path, "one"):
        with pytest.raises(Exception, match="does not open"):
            Journal.open(path, "two")
        assert held(path) > 1
    assert held(path) == 0
