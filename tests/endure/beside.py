"""The window beside a command line that writes: both are told what is saved, and all of it is there."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from tests.bench.measuring import ROOT, environment
from tests.conftest import NOW
from tests.endure.trial import Trial, Tried
from tests.endure.whole import time_to_tell
from tests.endure.windowed import tell, usual_keys
from tests.endure.writer import BOX, write_box

LINES = 60
LETTERS = 40_000
# A window waits 0.7 s for another writer; what is beyond is room for a machine that does much else.
_STANDS_SECONDS = 3.0
_SAVE_MS = 0.12


def _commands(folder, journal, lines):
    """The command line beside it: lines captured, and in the middle a long import."""
    done = []

    def run():
        for n in range(int(lines)):
            words = ["capture", f"Pine rang: line {n}"]
            if n == int(lines) // 2:
                words = ["import", str(Path(folder, BOX)), "--me", "@oak.example"]
            command = [sys.executable, "-m", "pmdesk", *words, "--journal", str(journal)]
            began = time.monotonic()
            ended = subprocess.run(command, capture_output=True, text=True, check=False)
            tell(words=words[:2], code=ended.returncode, took=round(time.monotonic() - began, 2),
                 said=ended.stderr[-300:])  # fmt: skip
        done.append(True)

    threading.Thread(target=run, daemon=True).start()
    return lambda: bool(done)


def walk(app, folder, lines):
    """In the window: contacts saved, and one typed letter by letter, as long as the other writes."""
    from PySide6.QtCore import QTimer

    yield lambda: app.desk is not None
    desk = app.desk
    beats = [time.monotonic()]
    stood = []
    heart = QTimer(app.window)

    def beat():
        now = time.monotonic()
        stood.append(now - beats[-1])
        beats.append(now)

    heart.timeout.connect(beat)
    heart.start(10)
    over, number = _commands(folder, desk.path, lines), 0
    client = desk.journal.find(Client)[0].id
    while not over():
        number += 1
        text = f"window {number}"
        made = Interaction(client_id=client, at=desk.now(), subject=text, text=text * 9)
        saved = desk.do(save_record, made, at=desk.now())
        tell(window=text, uuid=saved.record.uuid if saved else None)
        until = time.monotonic() + _SAVE_MS
        yield lambda: time.monotonic() > until  # noqa: B023 - asked for before it changes
    tell(stood=round(max(stood), 2))


def beside(room):
    """A try is an act of one of the two that was told to be saved or refused."""
    folder, path = room.folder, room.folder / "both.pmdesk"
    lines, letters = (2, 300) if room.quick else (LINES, LETTERS)
    usual_keys()
    with create_journal(path, room.passphrase, at=NOW) as journal:
        save_record(journal, Client(name="Pine", mail=("@pine.example",)), at=NOW)
    write_box(folder, letters)
    told, failed = _lived(room, path, lines)
    time_to_tell(room)
    if failed:
        yield Tried(wrong=failed)
    with Journal.open(path, room.passphrase) as journal:
        texts = {row[0] for row in journal.rows("SELECT line FROM captured_line")}
        yield from (Tried(wrong=str(finding)) for finding in check(journal))
        tries = [_tried(journal, line, texts, letters) for line in told]
    # what is lost comes first: time may run out while the rest is told
    yield from sorted(tries, key=lambda tried: not tried.bad)


def _lived(room, path, lines):
    home = room.folder / "home"
    home.mkdir()
    own = environment(HOME=str(home), PMDESK_CONFIG_DIR=str(home), PMDESK_LANG="en",
                      XDG_RUNTIME_DIR=str(home), PMDESK_PASSPHRASE=room.passphrase or "")  # fmt: skip
    words = ["tests.endure.beside", "walk", path, room.folder, str(lines)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.endure.windowed", *words],
        cwd=ROOT, env=own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    failed = done.returncode or "Traceback" in done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return told, f"the window ended with {done.returncode}: {done.stderr[-500:]}" if failed else ""


def _tried(journal, line, texts, letters):
    if "stood" in line:
        wrong = f"the window stood for {line['stood']} s" if line["stood"] > _STANDS_SECONDS else ""
        return Tried(wrong=wrong, note=f"longest stand of the window {line['stood']} s:")
    if "window" in line:
        if line["uuid"] is None:
            return Tried(note="refused in the window, with a sentence")
        there = journal.find(
            Interaction, "uuid = ? AND subject = ?", [line["uuid"], line["window"]]
        )
        return Tried(lost=not there, note="saved in the window")
    if line["code"]:
        busy = "Another PM Desk is writing" in line["said"]
        return Tried(wrong="" if busy else line["said"], note="told to wait on the command line")
    if line["words"][0] == "import":
        there = journal.count(Interaction, "source LIKE ?", [f"%{BOX}%"])
        return Tried(lost=letters - there, note=f"import of {there:,} in {line['took']:.0f} s:")
    return Tried(lost=line["words"][1] not in texts, note="saved on the command line")


TRIALS = (
    Trial(
        "window beside a command line",
        "contacts in the window while lines and a long import come from outside",
        0,
        beside,
        quick=1_000,
        weight=0.5,
        window=True,
    ),
)
