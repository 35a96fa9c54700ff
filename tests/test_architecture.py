"""The walls: what runs without Qt, what the start must not load, how long a file may be."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

BELOW_GUI = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "pmdesk").rglob("*.py")
    if "gui" not in path.parts and path.name not in ("__init__.py", "__main__.py")
)


def run(script, **environment):
    command = [sys.executable, "-c", script]
    env = os.environ | environment
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=env)


def test_everything_below_the_window_runs_without_qt():
    imports = "; ".join(f"import {name}" for name in BELOW_GUI)
    blocked = "sys.modules['PySide6'] = sys.modules['shiboken6'] = None"
    done = run(f"import sys; {blocked}; {imports}")
    assert done.returncode == 0, done.stderr


HEAVY = (
    "matplotlib",
    "numpy",
    "typst",
    "sqlite_utils",
    "oxmsg",
    "icalendar",
    "dateutil",
    "pypff",
    "babel",
    "holidays",
    "fontTools",
    "PySide6.QtDBus",
    "pypinyin",
    "pmdesk.typed.readings",
    "pmdesk.gui.idle",
    "pmdesk.gui.pages.locked_page",
)


def test_the_window_is_shown_without_what_is_heavy(tmp_path):
    script = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from pmdesk.gui.app import App\n"
        "qt = QApplication([])\n"
        "app = App(qt)\n"
        "app.start(None)\n"
        "app.window.show()\n"
        "qt.processEvents()\n"
        f"print(*(name for name in {HEAVY} if name in sys.modules))"
    )
    done = run(script, PMDESK_CONFIG_DIR=str(tmp_path))
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_program_knows_what_to_start_before_it_loads_anything():
    done = run("import sys, pmdesk.__main__; print(*sys.modules)")
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint({"PySide6", "click", "sqlcipher3", *HEAVY})


# Files that say more than a room should hold, each with how much.
FULL: dict[str, int] = {}


def test_no_file_is_a_room_too_full():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in ("pmdesk", "packaging", "tests")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name: n for name, n in lengths.items() if n > FULL.get(name, 400)} == {}


def test_every_file_says_first_what_it_is_for():
    silent = [
        path.relative_to(ROOT).as_posix()
        for folder in ("pmdesk", "packaging", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if not path.read_text("utf-8").startswith('"""')
    ]
    assert silent == []


def test_no_line_speaks_of_a_machine():
    # a path of somebody's machine, or the name of a registry, has no place in the project
    words = ("/wo" + "rk/", "pypi." + "org", "files.python" + "hosted", "/opt/py" + "pi")
    below = [
        path
        for folder in ("pmdesk", "ui", "resources", "tests", "packaging", ".ci")
        for path in (ROOT / folder).rglob("*")
    ]
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (*below, *ROOT.glob("*.*"), ROOT / "Makefile")
        if path.suffix in TEXTS and path.is_file() and path.name != ".git"
        if any(word in path.read_text("utf-8") for word in words)
    ]
    assert found == []


TEXTS = ("", ".py", ".ui", ".json", ".typ", ".qss", ".md", ".po", ".svg", ".toml", ".lock")
