"""A second start asks the window that runs to come forward: two real processes, offscreen."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pmdesk.actions.openings import create_journal

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the sockets that are counted are named pipes there"
)

# The program as it is started, with a thread beside it that tells what its window looks like.
WATCHED = """
import json, sys, threading
from pmdesk.__main__ import main

def state():
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMainWindow
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow)]
    desktop = window.desktop
    capture = desktop.capture if desktop is not None else None
    return {
        "hidden": window.isHidden(),
        "small": window.isMinimized(),
        "page": type(desktop.page()).__name__ if desktop is not None else "",
        "capture": capture is not None and capture.isVisible(),
        "typing": capture is not None and window.focusWidget() is capture.line,
    }

def answer(line):
    from PySide6.QtWidgets import QApplication, QMainWindow
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow)]
    if line == "shrink":
        windows[0].showMinimized()
    if line == "lock":
        windows[0].app.lock()
    if line == "quit":
        windows[0].close()
    print(json.dumps(state()), flush=True)

def watch():
    for line in sys.stdin:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        QTimer.singleShot(0, QApplication.instance(), lambda line=line.strip(): answer(line))

threading.Thread(target=watch, daemon=True).start()
main()
"""


class Started:
    """A start of the program, told by lines what to do."""

    def __init__(self, place, *arguments):
        self.place = place
        command = [sys.executable, "-c", WATCHED, *map(str, arguments)]
        self.process = subprocess.Popen(
            command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=place.environment
        )

    def do(self, line):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def becomes(self, **wanted):
        """Wait until the window looks so."""
        for _ in range(200):
            found = self.do("state")
            if wanted.items() <= found.items():
                return
            time.sleep(0.05)
        raise AssertionError(found)

    def quit(self):
        self.do("quit")
        return self.process.wait(20)


class Place:
    """Settings and sockets of one test."""

    def __init__(self, folder, run):
        self.run = Path(run)
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(self.run),
            "PMDESK_CONFIG_DIR": str(folder / "config"),
            "PMDESK_LOG_DIR": str(folder / "log"),
            "HOME": str(folder),
        }
        self.started = []

    def start(self, *arguments):
        made = Started(self, *arguments)
        self.started.append(made)
        return made

    def sockets(self):
        return sorted(path.name for path in self.run.rglob("*.window"))

    def listens(self, *starts):
        """Wait until the windows of these starts, and no others, are there to be asked."""
        wanted = sorted(f"{start.process.pid}.window" for start in starts)
        for _ in range(400):
            if self.sockets() == wanted:
                return
            assert all(start.process.poll() is None for start in starts)
            time.sleep(0.05)
        raise AssertionError(self.sockets())

    def once(self, *arguments):
        """A start that does not stay: what it says, and whether it went well."""
        command = [sys.executable, "-m", "pmdesk", *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, text=True, env=self.environment, timeout=60
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def place(tmp_path):
    # names of sockets must be short
    with TemporaryDirectory(prefix="pmd") as run:
        made = Place(tmp_path, run)
        yield made
        for start in made.started:
            if start.process.poll() is None:
                start.process.kill()
            start.process.wait()
            start.process.stdin.close()
            start.process.stdout.close()


@pytest.fixture
def path(tmp_path, at):
    create_journal(tmp_path / "one.pmdesk", at=at).close()
    return tmp_path / "one.pmdesk"


def test_a_second_start_raises_the_window_and_the_command_opens_its_capture_line(place, path):
    first = place.start(path)
    place.listens(first)
    first.do("shrink")
    first.becomes(small=True)
    assert place.once(path) == (0, "", "")
    first.becomes(small=False, hidden=False, capture=False)
    first.do("shrink")
    assert place.once() == (0, "", "")  # the journal that was open last
    first.becomes(small=False)
    assert place.once("--capture") == (0, "", "")
    first.becomes(capture=True, typing=True)
    assert place.once(path, "--capture") == (0, "", "")
    assert first.quit() == 0
    assert place.sockets() == []


def test_where_no_window_runs_the_command_starts_one_with_the_capture_line(place, path):
    first = place.start("--capture", path)
    place.listens(first)
    first.becomes(capture=True, typing=True, page="TodayPage")
    assert first.quit() == 0


def test_another_journal_has_a_window_of_its_own_and_each_is_asked_for_what_is_its_own(
    place, path, tmp_path, at
):
    other = tmp_path / "two.pmdesk"
    create_journal(other, at=at).close()
    first = place.start(path)
    place.listens(first)
    second = place.start(other)
    place.listens(first, second)
    assert place.once("--capture", path) == (0, "", "")
    first.becomes(capture=True)
    second.becomes(capture=False)
    assert place.once("--capture") == (0, "", "")  # the one opened last
    second.becomes(capture=True)
    assert (first.quit(), second.quit()) == (0, 0)
    assert place.sockets() == []


def test_a_start_page_is_raised_too_and_a_captured_line_waits_for_its_journal(place, path):
    first = place.start()
    place.listens(first)
    first.do("shrink")
    assert place.once() == (0, "", "")
    first.becomes(small=False, hidden=False, page="")
    assert place.once("--capture") == (0, "", "")
    first.becomes(page="", capture=False)
    assert first.quit() == 0


def test_a_locked_window_is_raised_and_stays_locked(place, tmp_path, at):
    path = tmp_path / "locked.pmdesk"
    create_journal(path, "one", at=at).close()
    place.environment["PMDESK_PASSPHRASE"] = "one"
    first = place.start(path)
    place.listens(first)
    first.becomes(page="TodayPage")
    first.do("lock")
    first.becomes(page="")
    first.do("shrink")
    for start in ((path,), ()):
        assert place.once(*start) == (0, "", "")
        first.becomes(small=False, hidden=False, page="")
        first.do("shrink")
    assert first.quit() == 0


def test_after_a_crash_the_next_start_opens_a_window(place, path):
    first = place.start(path)
    place.listens(first)
    first.process.kill()
    first.process.wait()
    assert place.sockets() == [f"{first.process.pid}.window"]
    second = place.start(path)
    place.listens(second)
    assert second.quit() == 0
    assert place.sockets() == []
