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


def test_a_missing_file_fails_the_part_that_needs_it(tmp_path):
    for name in ("pmdesk", "ui", "resources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "ui" / "promise.ui").unlink()
    (tmp_path / "resources" / "report" / "client_summary.typ").unlink()
    done = self_test(tmp_path)
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert [line.split(":")[0] for line in failed] == [
        "FAIL  PDF en",
        "FAIL  PDF zh",
        "FAIL  forms",
    ]
