"""The installed program's own test: every part works, none reaches the network, a missing file fails it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Ends the process at the first look at a socket, a name or another machine.
NO_NETWORK = """
import sys, os
def watch(event, args):
    if event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
                         "socket.sendto", "urllib.Request")):
        os.write(2, ("NETWORK " + event + repr(args)).encode()); os._exit(97)
sys.addaudithook(watch)
sys.argv = ["pmdesk", "--self-test"]
from pmdesk.__main__ import main
main()
"""

BREAK_JOURNAL = """
import sys
import pmdesk.actions.openings as openings
def broken(*_, **__): raise OSError("no room")
openings.create_journal = broken
sys.argv = ["pmdesk", "--self-test"]
from pmdesk.__main__ import main
main()
"""


def self_test(root, *code):
    command = [sys.executable, *(code or ("-m", "pmdesk", "--self-test"))]
    environment = {**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment)


def test_every_part_works_without_a_network():
    done = self_test(ROOT, "-c", NO_NETWORK)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) >= 13
    assert all(line.startswith("ok ") for line in lines), done.stdout


def test_the_watch_on_the_network_would_see_it():
    code = NO_NETWORK.replace(
        "from pmdesk.__main__ import main\nmain()",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
    )
    assert self_test(ROOT, "-c", code).returncode == 97


def program(tmp_path):
    for name in ("pmdesk", "ui", "resources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def failed(done):
    lines = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    return [line.split(":")[0].removeprefix("FAIL  ") for line in lines]


def test_a_missing_file_fails_the_part_that_needs_it(tmp_path):
    copy = program(tmp_path)
    (copy / "ui" / "promise.ui").unlink()
    (copy / "resources" / "report" / "report.typ").unlink()
    done = self_test(copy)
    assert done.returncode == 1
    assert failed(done) == ["PDF en", "PDF zh", "forms"]


def test_a_damaged_font_and_an_empty_icon_are_seen(tmp_path):
    resources = program(tmp_path) / "resources"
    font = resources / "fonts" / "DroidSansFallbackFull.ttf"
    font.write_bytes(font.read_bytes()[:2_000])
    (resources / "icons" / "stage.svg").write_text("<svg/>", "utf-8")
    done = self_test(tmp_path)
    assert done.returncode == 1
    assert "fonts and icons" in failed(done)
    assert "DroidSansFallbackFull.ttf" in done.stdout


def test_it_leaves_nothing_behind_and_any_console_takes_its_lines(tmp_path):
    chosen = ("XDG_", "MPL", "PMDESK")
    given = {k: v for k, v in os.environ.items() if not k.startswith(chosen)}
    given |= {"HOME": str(tmp_path), "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-B", "-m", "pmdesk", "--self-test"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rb"\u5ef6\u671f found" in done.stdout
    assert not list(tmp_path.iterdir())


def test_without_a_journal_the_other_parts_are_still_tried():
    done = self_test(ROOT, "-c", BREAK_JOURNAL)
    assert done.returncode == 1
    assert "forms" not in failed(done)
    assert {"journal, encrypted", "mail", "window", "closing"} <= set(failed(done))
    assert "there is no journal to try it with" in done.stdout
