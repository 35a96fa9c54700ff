"""The log file, and the journal beside the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pmdesk.portable import portable_journal

ROOT = Path(__file__).resolve().parents[1]
START = """
from pmdesk.log_file import start_log
print(start_log())
"""
CRASH = f"{START}\nraise ZeroDivisionError('a client')"
# Whatever carries a client's text out of the program's own lines.
SPOKEN = {
    "an error": "raise ValueError(CLIENT)",
    "a key": "{}[CLIENT]",
    "a file": "open('/none/' + CLIENT)",
    "what it followed": "try: int(CLIENT)\nexcept ValueError as error: raise OSError(CLIENT) from error",
    "several": "raise ExceptionGroup(CLIENT, [ValueError(CLIENT), KeyError(CLIENT)])",
    "a note": "error = ValueError(); error.add_note(CLIENT); raise error",
    "a thread": "import threading; threading.Thread(target=int, args=[CLIENT]).start()",
    "nobody's": "class A:\n  def __del__(self): int(CLIENT)\nA()",
    "a warning": "import warnings; warnings.warn(CLIENT)",
    "a library": "import logging; logging.getLogger('matplotlib').warning('a ' + CLIENT)",
    "its values": "import logging; logging.getLogger('matplotlib').warning('a %s', CLIENT)",
    "a query": "import sqlcipher3.dbapi2 as s; s.connect(':memory:').execute('SELECT ' + CLIENT)",
    "an attribute": "from types import SimpleNamespace as S; raise AttributeError('no ' + CLIENT)",
    "an argument": "raise TypeError(CLIENT)",
}


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, **environment},
    )  # fmt: skip


def log(folder):
    return (folder / "logs" / "pmdesk.log").read_text("utf-8")


def test_a_crash_is_kept_in_the_log(tmp_path):
    done = run(CRASH, PMDESK_LOG_DIR=str(tmp_path / "logs"))
    assert log(tmp_path).splitlines()[-1] == "ZeroDivisionError"
    assert "Traceback" in log(tmp_path)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_what_the_interpreter_says_by_itself_is_kept_too(tmp_path):
    run(f"{START}\nNone.gone", PMDESK_LOG_DIR=str(tmp_path / "logs"))
    assert log(tmp_path).endswith("AttributeError: 'NoneType' object has no attribute 'gone'\n")


def test_no_text_that_an_error_carries_reaches_the_log_or_the_error_output(tmp_path):
    # one process for all of them: each is what a thread or a slot would hand to the same hooks
    cases = "".join(
        f"try:\n  exec({code!r}, {{'CLIENT': CLIENT}})\nexcept Exception:\n"
        "  sys.excepthook(*sys.exc_info())\n"
        for code in SPOKEN.values()
    )
    marker = "Pine7f3a19c2Manufacturing青松"
    code = f"{START}\nimport os, sys\nCLIENT = os.environ['WHO']\n{cases}"
    done = run(code, PMDESK_LOG_DIR=str(tmp_path / "logs"), WHO=marker)
    assert done.returncode == 0
    text = log(tmp_path)
    for part in (marker, marker.lower(), "Pine7f", "青松"):
        assert part not in text
        assert part not in done.stderr
    heads = [line for line in text.splitlines() if line[:2] == "20"]
    assert len(heads) == len(SPOKEN)
    for kind in ("ValueError", "KeyError", "FileNotFoundError: ENOENT", "ExceptionGroup", "Warning",
                 "OperationalError: SQLITE_ERROR", "matplotlib: a %s", "TypeError"):  # fmt: skip
        assert kind in text


@pytest.mark.skipif(os.name == "nt", reason="rights are inherited there, not set")
def test_a_log_of_an_earlier_version_is_narrowed_and_a_new_one_private(tmp_path):
    before = os.umask(0o022)
    (tmp_path / "old" / "logs").mkdir(parents=True)
    for name in ("pmdesk.log", "pmdesk.log.1"):
        (tmp_path / "old" / "logs" / name).touch()
    for place in ("old", "new"):
        run(CRASH, PMDESK_LOG_DIR=str(tmp_path / place / "logs"))
    os.umask(before)
    files = list(tmp_path.rglob("pmdesk.log*"))
    assert len(files) == 3
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert (tmp_path / "new" / "logs").stat().st_mode & 0o777 == 0o700


def test_a_log_that_cannot_be_written_stops_nothing_and_tells_no_more(tmp_path):
    (tmp_path / "file").write_text("x")
    done = run(CRASH, PMDESK_LOG_DIR=str(tmp_path / "file" / "logs"))
    assert done.stdout.strip() == "None"
    assert done.stderr.splitlines()[-1] == "ZeroDivisionError"


def test_the_one_journal_beside_the_program_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "pmdesk"))
    (tmp_path / "mine.pmdesk").touch()
    assert portable_journal() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.delenv("PMDESK_CONFIG_DIR", raising=False)
    assert portable_journal() == str((tmp_path / "mine.pmdesk").resolve())
    (tmp_path / "other.pmdesk").touch()
    assert portable_journal() is None
