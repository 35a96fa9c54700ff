"""What a killed process left unpacked is removed, and nothing else."""

import os
import subprocess
import sys
import tempfile

import pytest

from pmdesk.exchange.mail.leftovers import own_folder, sweep

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no process is told by its number there")


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def gone():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_only_folders_of_processes_that_are_gone_are_removed(tmp_path, gone):
    names = {
        f"pmdesk-{gone}-ab12": False, f"pmdesk-{os.getpid()}-ab12": True, f"pmdesk-{gone}": True,
        f"other-{gone}-ab12": True, f"pmdesk-{gone}-ab12.txt": True, "pmdesk-x-ab12": True,
        f"pmdesk-{10**30}-a": True,
    }  # fmt: skip
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "member.mbox").touch()
    (tmp_path / f"pmdesk-{gone}-link").symlink_to(tmp_path / f"other-{gone}-ab12")
    sweep()
    assert {name: (tmp_path / name / "member.mbox").exists() for name in names} == names
    assert (tmp_path / f"pmdesk-{gone}-link").is_symlink()


def test_a_folder_of_its_own_is_private_sweeps_and_goes(tmp_path, gone):
    (tmp_path / f"pmdesk-{gone}-ab12").mkdir()
    with own_folder() as folder:
        (found,) = tmp_path.iterdir()
        assert str(found) == folder
        assert found.stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []
