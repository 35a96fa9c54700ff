"""Two processes write one journal: what each was told is saved is there, and the log is whole."""

import json
import subprocess
import sys

from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.journal.engine import BUSY_SECONDS
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise
from tests.bench.measuring import ROOT, environment
from tests.conftest import NOW
from tests.endure.trial import Trial, Tried
from tests.endure.whole import time_to_tell
from tests.endure.writer import write_box

ACTS = 200
LETTERS = 60_000
_KINDS = {cls.__name__: cls for cls in (Entry, Interaction, Promise)}
# What an act itself takes beside the waiting that the program allows it, on a busy machine.
_ITSELF_SECONDS = 3.0


def told(path, secret, folder, acts, letters):
    """What both processes told, in the order of each, and what they wrote on stderr."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.endure.writer", name, str(path), secret or "",
             str(folder), str(acts), str(letters if name == "a" else 0)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment(),
        )
        for name in "ab"
    ]  # fmt: skip
    both = [process.communicate() for process in running]
    failed = [error for (_, error), p in zip(both, running, strict=True) if error or p.returncode]
    return [json.loads(line) for out, _ in both for line in out.splitlines()], failed


def wrong(journal, lines):
    """A try for each thing that is not as the two were told."""
    last = {line["uuid"]: line for line in lines if "uuid" in line}
    for uuid, line in last.items():
        found = journal.find(_KINDS[line["kind"]], "uuid = ?", [uuid])
        text = getattr(found[0], "what" if line["kind"] == "Promise" else "text") if found else None
        if text != line["text"]:
            yield Tried(lost=1, note=f"{line['kind']} says {text!r}, not {line['text']!r}")
    steps = {row[0] for row in journal.rows("SELECT id FROM action")}
    for line in lines:
        if line.get("step") and line["step"] not in steps:
            yield Tried(lost=1, note=f"step {line['step']} of {line['who']} is not in the log")
    imported = sum(line.get("imported", 0) for line in lines)
    if (there := journal.count(Interaction, "source LIKE '%long.mbox%'")) < imported:
        yield Tried(lost=imported - there, note="messages imported")
    for finding in check(journal):
        yield Tried(wrong=str(finding))


def two(room):
    """A try is an act that one of the two told; what is wrong afterwards is told of the last."""
    folder, path = room.folder, room.folder / "both.pmdesk"
    acts, letters = (15, 300) if room.quick else (ACTS, LETTERS)
    with create_journal(path, room.passphrase, at=NOW) as journal:
        save_record(journal, Client(name="Pine", mail=("@pine.example",)), at=NOW)
    write_box(folder, letters)
    lines, failed = told(path, room.passphrase, folder, acts, letters)
    time_to_tell(room)
    yield from (Tried(wrong=f"a process failed: {one}") for one in failed)
    with Journal.open(path, room.passphrase) as journal:
        yield from wrong(journal, lines)
    yield from (_tried(line) for line in lines if "busy" in line or "took" in line)


def _tried(line):
    waited = line["busy"] if "busy" in line else 0 if "imported" in line else line["took"]
    if waited > BUSY_SECONDS + _ITSELF_SECONDS:
        return Tried(wrong=f"an act waited for {waited:.1f} s")
    if "busy" in line:
        return Tried(note="told to wait, done later")
    if "imported" in line:
        return Tried(note=f"import of {line['imported']:,} messages in {line['took']:.0f} s")
    return Tried(note="overtaken by the other" if "overtaken" in line else "saved")


TRIALS = (
    Trial(
        "two processes write",
        "one of them with a long import in between",
        2 * ACTS,
        two,
        quick=1_000,
        weight=0.5,
    ),
)
