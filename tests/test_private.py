"""What the program writes is its owner's alone, and a crash leaves no memory of it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pmdesk.private import make_private, new_file, new_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are inherited there, not set")
ROOT = Path(__file__).resolve().parents[1]
# As much of a start as comes before any window or command, then a crash.
CRASH = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
sys.argv = ["pmdesk", "--version"]
from pmdesk.__main__ import main
try:
    main()
except SystemExit:
    pass
open("made", "w").close()
os.mkdir("folder")
print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)
if os.fork() == 0:
    os.abort()
status = os.wait()[1]
print(os.WIFSIGNALED(status), os.WCOREDUMP(status))
"""


@pytest.fixture(autouse=True)
def others_may_read():
    """The usual mask of a desktop: what nobody narrows can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_start_keeps_new_files_private_and_leaves_no_core(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CRASH], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    least = 1 if sys.platform == "linux" else 0
    assert done.stdout.splitlines()[1:] == [f"({least}, {least})", "True False"], done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"made", "folder"}
    assert rights(tmp_path / "made") == 0o600
    assert rights(tmp_path / "folder") == 0o700


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o600), (0o666, 0o600), (0o640, 0o600),
                                               (0o755, 0o700), (0o600, 0o600), (0o400, 0o400)])  # fmt: skip
def test_what_is_ours_and_wider_is_narrowed(tmp_path, before, after):
    path = tmp_path / "a"
    path.touch()
    path.chmod(before)
    assert make_private(path)
    assert rights(path) == after


def test_what_is_somebody_elses_is_left_and_told(tmp_path):
    path = tmp_path / "a"
    path.touch()
    path.chmod(0o644)
    theirs = Path("/etc/passwd")
    if os.geteuid() == 0:
        os.chown(path, 12_345, 12_345)
        theirs = path
    assert not make_private(theirs)
    assert rights(theirs) == 0o644


def test_nothing_at_all_is_private_and_nothing_is_made(tmp_path):
    assert make_private(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_folders_made_on_the_way_are_private_and_those_that_were_there_stay(tmp_path):
    (tmp_path / "there").mkdir()
    new_folder(tmp_path / "there" / "a" / "b")
    new_folder(tmp_path / "there" / "a" / "b")
    made = [tmp_path / "there", tmp_path / "there/a", tmp_path / "there/a/b"]
    assert [rights(path) for path in made] == [0o755, 0o700, 0o700]


def test_a_new_file_is_private_and_one_that_is_there_keeps_what_it_holds(tmp_path):
    new_file(tmp_path / "a")
    (tmp_path / "b").write_text("kept")
    new_file(tmp_path / "b")
    assert rights(tmp_path / "a") == 0o600
    assert (tmp_path / "b").read_text() == "kept"
