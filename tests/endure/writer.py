"""One of several processes that write the same journal: tells each act once it is saved.

`python -m tests.endure.writer NAME JOURNAL PASSPHRASE FOLDER ACTS LETTERS`; each line it prints is JSON.
"""

import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.records import delete_record, save_record
from pmdesk.journal import errors
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise
from tests.actions.letters import LI, ME, SETUP, letter, mbox
from tests.conftest import NOW
from tests.endure.trial import quick_keys

BOX = "long.mbox"
_AGAIN_SECONDS = 0.05


def write_box(folder, letters):
    """The mailbox whose import takes long."""
    sides = ((LI, ME), (ME, LI))
    some = (
        letter(n, *sides[n % 2], n / 10, subject=f"s{n}", text=f"text {n}\n" * 9)
        for n in range(letters)
    )
    (folder / BOX).write_bytes(mbox(*some))


class Writer:
    """Adds, changes and deletes records of its own; somebody else does the same beside it."""

    def __init__(self, name, journal, folder, letters):
        self.name, self.journal, self.folder, self.letters = name, journal, folder, letters
        self.chance = random.Random(name)
        self.own = []
        self.number = 0

    def tell(self, **what):
        print(json.dumps({"who": self.name, **what}), flush=True)

    def text(self):
        self.number += 1
        return f"{self.name} {self.number} 延期"

    def act(self, number, acts):
        """One act, asked for again while the other one writes."""
        # the long import comes in the middle, where the other one is at work for sure
        way = self.box if self.letters and number == acts // 2 else self.any()
        while True:
            began = time.monotonic()
            try:
                told = way()
            except errors.JournalBusy:
                self.tell(busy=round(time.monotonic() - began, 3))
                time.sleep(_AGAIN_SECONDS)
                continue
            except errors.Overtaken:
                told = {"overtaken": True}
            self.tell(took=round(time.monotonic() - began, 3), **told)
            return

    def any(self):
        ways = [self.add] * 5
        if self.own:
            ways += [self.change, self.change, self.delete, self.take_back]
        return self.chance.choice(ways)

    def add(self):
        client = self.journal.find(Client, limit=1)[0].id
        made = self.chance.choice((
            Interaction(client_id=client, at=NOW, subject=self.text(), text=self.text() * 40),
            Promise(client_id=client, what=self.text(), to_whom="Li", made_on=NOW.date()),
            Entry(day=NOW.date(), text=self.text()),
        ))  # fmt: skip
        saved = save_record(self.journal, made, at=NOW)
        self.own.append(saved.record)
        return self._there(saved.record, saved.changes.action_id)

    def change(self):
        old = self.chance.choice(self.own)
        field = "what" if isinstance(old, Promise) else "text"
        saved = save_record(self.journal, replace(old, **{field: self.text()}), at=NOW)
        self.own[self.own.index(old)] = saved.record
        return self._there(saved.record, saved.changes.action_id)

    def delete(self):
        one = self.chance.choice(self.own)
        changes = delete_record(self.journal, one, at=NOW)
        self.own.remove(one)
        return {
            "kind": type(one).__name__,
            "uuid": one.uuid,
            "text": None,
            "step": changes.action_id,
        }

    def take_back(self):
        """An act of its own and its undoing, in which the other one may come between."""
        made = save_record(self.journal, Entry(day=NOW.date(), text=self.text()), at=NOW)
        record, step = made.record, made.changes.action_id
        self.tell(**self._there(record, step))
        self.own.append(record)
        undone = self.journal.undo(at=NOW, only=step)
        self.own.remove(record)
        return {"kind": "Entry", "uuid": record.uuid, "text": None, "step": undone.action_id}

    def box(self):
        report = import_mail(self.journal, [self.folder / BOX], SETUP, at=NOW)
        return {"imported": report.new, "step": report.changes.action_id}

    def _there(self, record, step):
        text = record.what if isinstance(record, Promise) else record.text
        return {"kind": type(record).__name__, "uuid": record.uuid, "text": text, "step": step}


def main(name, path, passphrase, folder, acts, letters):
    """Open the journal and act."""
    quick_keys()
    with Journal.open(Path(path), passphrase or None) as journal:
        writer = Writer(name, journal, Path(folder), int(letters))
        for number in range(int(acts)):
            writer.act(number, int(acts))


if __name__ == "__main__":
    main(*sys.argv[1:])
