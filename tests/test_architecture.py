"""The walls: what runs without Qt, what the start must not load, how long a file may be."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

BELOW_GUI = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "pmdesk").rglob("*.py")
    if "gui" not in path.parts and path.name not in ("__init__.py", "__main__.py")
)


def run(script):
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)


def test_everything_below_the_window_runs_without_qt():
    imports = "; ".join(f"import {name}" for name in BELOW_GUI)
    done = run(f"import sys; sys.modules['PySide6'] = None; {imports}")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "heavy", ["matplotlib", "numpy", "typst", "sqlite_utils", "oxmsg", "babel.dates", "holidays"]
)
def test_the_window_starts_without(heavy):
    script = (
        "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "import pmdesk.gui.app, pmdesk.gui.pages.clients_page\n"
        f"sys.exit('{heavy}' in sys.modules)"
    )
    done = run(script)
    assert done.returncode == 0, done.stderr or f"{heavy} was loaded"


def test_no_file_is_a_room_too_full():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "pmdesk").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 450
    }
    assert long == {}


def test_no_line_speaks_of_a_machine():
    # a path of somebody's machine, or the name of a registry, has no place in the project
    words = ("/wo" + "rk/", "pypi." + "org", "files.python" + "hosted")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("pmdesk", "ui", "resources", "tests", "packaging")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".ui", ".json", ".typ", ".qss", ".md", ".po")
        and any(word in path.read_text("utf-8") for word in words)
    ]
    assert found == []
