"""What a day's use leaves: every file its owner's alone, and none but those that were asked for tells a text.

Two real processes, the window and the command line, on an encrypted journal; nothing is turned off.
"""

import base64
import os
import stat
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pmdesk.gui.settings import Settings
from tests.a_day_alone import MARKER, give
from tests.searching import tells

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are inherited there, not set")
ROOT = Path(__file__).resolve().parents[2]
PLACES = ("home", "tmp", "exports")


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """The folder of the day, with what its processes said as `said`."""
    folder = tmp_path_factory.mktemp("day")
    with TemporaryDirectory(prefix="pmd") as run:
        yield lived(folder, Path(run))


def lived(folder, run):
    before = os.umask(0o022)
    for name in PLACES:
        (folder / name).mkdir()
    give(folder / "given")
    passed = ("PATH", "PYTHONPYCACHEPREFIX", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
    environment = {name: os.environ[name] for name in passed if name in os.environ} | {
        "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "XDG_RUNTIME_DIR": str(run),
        "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    said = ""
    for part in ("window", "commands"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.a_day_alone", part, folder], cwd=ROOT, env=environment,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        said += done.stderr if part == "window" else ""
    os.umask(before)
    folder.joinpath("said").write_text(said)
    return folder


def made(day):
    """Everything below the folders of the day that was not given to it."""
    given = {day / name for name in (*PLACES, "given", "said")}
    return [
        path for path in day.rglob("*") if path not in given and day / "given" not in path.parents
    ]


def test_everything_that_was_written_is_its_owners_alone(day):
    wide = {
        str(path.relative_to(day)): oct(stat.S_IMODE(path.lstat().st_mode))
        for path in made(day)
        if stat.S_IMODE(path.lstat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }
    assert wide == {}
    names = {path.relative_to(day).as_posix() for path in made(day)}
    # that each of these was written at all
    for name in (
        "journal.pmdesk", "journal.before-restore-1.pmdesk", "exports/window.pmdesk.salt",
        "exports/window.pdf", "exports/window.png", "exports/window.svg", "exports/window.csv",
        "exports/report.docx", "exports/report.xlsx", "exports/all/client.csv",
        "exports/all.zip", "exports/all.json", "exports/all.ics",
        "exports/all.vcf", "exports/evidence.zip", "exports/kept.eml",
        "home/.config/PM Desk/settings.json", "home/.local/state/PM Desk/log/pmdesk.log",
    ):  # fmt: skip
        assert name in names
    assert any("matplotlib" in name for name in names)


def test_nothing_is_left_in_the_folder_for_what_is_temporary(day):
    assert list((day / "tmp").rglob("*")) == []


@pytest.mark.parametrize(
    "packed",
    [lambda t: t.encode(), lambda t: t.encode("utf-16"), lambda t: t.lower().encode(),
     lambda t: base64.b64encode(b"ab" + t.encode()), lambda t: b"head" + zlib.compress(t.encode()),
     lambda t: t[-8:].encode("unicode_escape"), lambda t: t.encode("gb18030")],
)  # fmt: skip
def test_the_search_would_find_it_in_every_form(packed):
    assert tells(b"\0\1" + packed(f"a {MARKER} b") + b"\xff", MARKER)


def test_no_file_but_those_that_were_asked_for_tells_a_text(day):
    files = [path for path in made(day) if path.is_file()]
    telling = {
        path.relative_to(day).as_posix() for path in files if tells(path.read_bytes(), MARKER)
    }
    assert {name for name in telling if not name.startswith("exports/")} == set()
    # an encrypted journal is noise, and so are its copies
    assert {name for name in telling if ".pmdesk" in name} == set()
    assert {"exports/all.json", "exports/all.zip", "exports/window.svg"} <= telling
    assert [path.name for path in files if MARKER in path.name] == []
    # what desktops keep of a program's error output: a crash was among it
    said = (day / "said").read_text()
    assert "ValueError" in said
    assert not tells(said.encode(), MARKER)


def test_the_settings_name_journals_and_no_client(day):
    kept = Settings.load(day / "home" / ".config" / "PM Desk" / "settings.json")
    assert kept.recent_journals == (str(day / "journal.pmdesk"),)
