"""The log file, and the journal beside the program."""

import subprocess
import sys
from pathlib import Path

from pmdesk.portable import portable_journal

ROOT = Path(__file__).resolve().parents[1]
CRASH = """
import sys
from pathlib import Path
from pmdesk.log_file import start_log
print(start_log())
raise ZeroDivisionError("gone")
"""


def run(code, **environment):
    import os

    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_a_crash_is_kept_in_the_log(tmp_path):
    done = run(CRASH, PMDESK_LOG_DIR=str(tmp_path / "logs"))
    text = (tmp_path / "logs" / "pmdesk.log").read_text("utf-8")
    assert "ZeroDivisionError: gone" in text
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    done = run(CRASH.replace("raise Zero", "Zero"), PMDESK_LOG_DIR=str(tmp_path / "file" / "logs"))
    assert done.stdout.strip() == "None"


def test_the_one_journal_beside_the_program_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "pmdesk"))
    (tmp_path / "mine.pmdesk").touch()
    assert portable_journal() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.delenv("PMDESK_CONFIG_DIR", raising=False)
    assert portable_journal() == str((tmp_path / "mine.pmdesk").resolve())
    (tmp_path / "other.pmdesk").touch()
    assert portable_journal() is None
