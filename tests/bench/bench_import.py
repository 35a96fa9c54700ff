"""Mail import beside the standard library's reading; undo and redo beside that import."""

import mailbox
import statistics
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.journal.journal import Journal
from tests.bench.generate import mailbox_file
from tests.bench.measuring import cpu_ms, tell

AT = datetime(2026, 3, 3, tzinfo=UTC)
TIMES = 5
SOURCES = ("made", "usrp-users-2023-01_08", "twisted-python-2014_2015")
SETUP = MailSetup(
    ["me@desk.example"], [], {f"C{n}": [f"@c{n}.example"] for n in range(40)} | {"All": ["*"]}
)


@pytest.fixture(params=SOURCES)
def source(request, tmp_path):
    """A name and its mailbox."""
    name = request.param
    if name == "made":
        return name, mailbox_file(tmp_path / "b.mbox", 8000)
    return name, request.getfixturevalue("real_data") / "mail" / f"{name}.mbox"


def parse_only(path):
    box = mailbox.mbox(path)
    for message in box:
        for part in message.walk():
            body = part.get_payload(decode=True)
            if body is not None and part.get_content_maintype() == "text":
                body.decode(part.get_content_charset() or "utf-8", "replace")
    box.close()


def file_mb(journal):
    """The size of the file once the write-ahead log is folded into it."""
    journal.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return journal.path.stat().st_size / 1e6


def log_mb(journal):
    """What the log takes of the file, its indexes too: by Python's own SQLite, for ours cannot tell.

    In a process of its own: two SQLites in one take each other's locks from the file.
    """
    sql = "SELECT total(pgsize) FROM dbstat WHERE name GLOB 'change*' OR name GLOB 'action*'"
    code = (
        f"import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute({sql!r}).fetchone()[0])"
    )
    command = [sys.executable, "-c", code, str(journal.path)]
    return float(subprocess.run(command, capture_output=True, check=True).stdout) / 1e6


def test_mail_import(source, tmp_path):
    name, path = source
    ratios = []
    for run in range(TIMES):
        floor = cpu_ms(lambda: parse_only(path))[0]
        with Journal.create(tmp_path / f"{run}.pmdesk") as journal:
            ours = cpu_ms(lambda opened=journal: import_mail(opened, [path], SETUP, at=AT))[0]
        ratios.append((ours / floor, ours, floor))
    ratio, ours, floor = sorted(ratios)[len(ratios) // 2]
    tell(
        f"mail import ({name})",
        f"{ratio:.2f} x ({ours:.0f} ms)",
        f"parse {floor:.0f} ms",
        "2.5 x" if name == "made" else "1.0 x",
    )


def test_undo_and_redo_of_an_import(source, tmp_path):
    name, path = source
    runs = []
    for run in range(TIMES):
        with Journal.create(tmp_path / f"u{run}.pmdesk") as journal:
            ours = cpu_ms(lambda opened=journal: import_mail(opened, [path], SETUP, at=AT))[0]
            before, logged = file_mb(journal), log_mb(journal)
            undo, redo = cpu_ms(journal.undo)[0], cpu_ms(journal.redo)[0]
            grown = file_mb(journal) - before, log_mb(journal) - logged
        runs.append((ours, undo / ours, redo / ours))
    ours, undo, redo = map(statistics.median, zip(*runs, strict=True))
    for way, ratio in (("undo", undo), ("redo", redo)):
        tell(
            f"{way} of that import ({name})", f"{ratio:.2f} x ({ratio * ours:.0f} ms)",
            f"import {ours:.0f} ms", "1.2 x",
        )  # fmt: skip
    tell(
        f"file after undo and redo ({name})",
        f"+{grown[0]:.1f} MB", f"log +{grown[1]:.1f} MB", "the log",
    )  # fmt: skip
