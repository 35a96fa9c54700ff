"""On a terminal long work says how far it is; into a file nothing of it goes."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import time
from pmdesk.cli_progress import progress_line
with progress_line("Reading") as tell:
    tell(1, 4)
    time.sleep(1.05)
    tell(2, 4)
    tell(3, 4)
print("done")
"""


def told(stderr):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=stderr, check=True
    ).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals")
def test_one_line_stands_after_a_second_and_goes_at_the_end():
    terminal, end = os.openpty()
    assert told(end) == b"done\n"
    os.close(end)
    shown = os.read(terminal, 1000).decode()
    os.close(terminal)
    assert shown == "\r\x1b[KReading 50 %\r\x1b[K"


def test_into_a_file_nothing_is_written(tmp_path):
    with (tmp_path / "errors").open("wb") as file:
        told(file)
    assert (tmp_path / "errors").read_bytes() == b""
