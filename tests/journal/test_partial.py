"""What a program that was ended left half made goes with the next use; what one makes now stays."""

import os
import subprocess
import sys

import pytest

from pmdesk.journal.backup import backup
from pmdesk.journal.journal import Journal


@pytest.fixture(scope="module")
def ended():
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.parametrize("more", ["", "-wal", "-shm", "-journal", ".mended", ".open"])
@pytest.mark.parametrize("of", ["test.pmdesk", "test.before-v9.pmdesk"])
def test_opening_a_journal_removes_what_was_left_half_made(journal, ended, of, more):
    hidden = "." if more == ".open" else ""  # who has it open, where no log is kept
    left = journal.path.with_name(f"{hidden}{of}.{ended}.partial{more}")
    left.write_text("all of a client's notes")
    Journal.open(journal.path, writable=False).close()
    assert left.exists()
    Journal.open(journal.path).close()
    assert not left.exists()


def test_a_backup_removes_what_an_earlier_one_left_half_made(journal, ended, tmp_path):
    left = tmp_path / f"b.pmdesk.{ended}.partial"
    left.touch()
    backup(journal, tmp_path / "b.pmdesk")
    assert not left.exists()


@pytest.mark.parametrize(
    "name",
    [
        "test.pmdesk.{here}.partial",
        "other.pmdesk.{ended}.partial",
        "test.pmdesk.{ended}.partial.txt",
    ],
)
def test_what_a_running_program_makes_and_what_is_anothers_stays(journal, ended, name):
    there = journal.path.with_name(name.format(here=os.getppid(), ended=ended))
    there.touch()
    Journal.open(journal.path).close()
    assert there.exists()
