"""What must make a test fail does: the network, warnings, lines in the log, Qt's complaints."""

import os
import shutil
import socket
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

ROOT = Path(__file__).resolve().parents[1]

CASES = """
import logging
import pytest
from PySide6.QtCore import qWarning

def test_a_line_in_the_log():
    logging.getLogger("pmdesk.x").warning("unexpected")

@pytest.mark.logs
def test_a_line_that_was_expected():
    logging.getLogger("pmdesk.x").warning("expected")

def test_a_word_of_no_harm():
    logging.getLogger("pmdesk.x").info("said")

def test_a_complaint_of_qt(qtbot):
    qWarning("bad")

def test_an_error_in_a_slot(qtbot):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)
"""


def test_no_test_reaches_the_network():
    with pytest.warns(UserWarning, match="tried to use"), pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", 9))


def test_warnings_are_errors():
    with pytest.raises(UserWarning):
        warnings.warn("careful", stacklevel=1)


def test_settings_lie_in_the_tests_own_folder(tmp_path):
    assert Path(os.environ["PMDESK_CONFIG_DIR"]).is_relative_to(tmp_path)


def test_unexpected_lines_complaints_and_errors_fail_a_test(tmp_path):
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_cases.py").write_text(CASES)
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-q"]
    command += ["--rootdir", str(tmp_path), "-p", "no:cacheprovider", "-rfE", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found = {line.split("::")[1].split(" ")[0] for line in done.stdout.splitlines() if "::" in line}
    assert found == {"test_a_line_in_the_log", "test_a_complaint_of_qt", "test_an_error_in_a_slot"}
