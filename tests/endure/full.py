"""A disk that is full at any write: the act is refused in a sentence, and done once there is room."""

import json
import os
import shutil
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import NamedTuple

from pmdesk.journal import errors
from pmdesk.journal.backup import backup, restore
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from tests.endure.acts import NOW, save, told
from tests.endure.courses import Place
from tests.endure.days import NEW, begin_merging, guarded, take, take_other
from tests.endure.shim import Mode, shimmed
from tests.endure.trial import Trial, Tried


@dataclass
class At:
    """Where an act is done: the journal, open or not, and the passphrase that opens it."""

    place: Place
    secret: str | None
    journal: Journal | None = None

    def open(self):
        self.journal = guarded(Journal.open(self.place.journal, self.secret))

    def close(self):
        self.journal.close()
        self.journal = None

    def change(self):
        self.journal = change_passphrase(self.journal, NEW)
        self.secret = NEW

    def restore(self):
        restore(self.place.backup, self.place.journal, self.place.secret)
        self.secret = self.place.secret

    def told(self):
        """What the journal holds."""
        if self.journal is not None:
            return told(self.journal)
        with closing(Journal.open(self.place.journal, self.secret)) as journal:
            return told(journal)


class Act(NamedTuple):
    """One of the day's acts, and whether the journal is open before it."""

    name: str
    do: Callable[[At], object]
    opened: bool = True


ACTS = (
    Act("open", At.open, opened=False),
    Act("save", lambda at: save(at.journal, 300)),
    Act("import", lambda at: take(at.journal, at.place, "few.mbox")),
    Act("undo", lambda at: at.journal.undo(at=NOW)),
    Act("merge", lambda at: take_other(at.journal, at.place)),
    Act("backup", lambda at: backup(at.journal, at.place.backup)),
    Act("passphrase change", At.change),
    Act("save and close", lambda at: (save(at.journal, 301), at.close())),
    Act("restore", At.restore, opened=False),
    Act("open again", At.open, opened=False),
)


class Before(NamedTuple):
    """How it is before an act, and after it."""

    act: Act
    files: Place
    secret: str | None
    held: str
    then: str


class Day:
    """The acts one after the other as they go when there is room."""

    def __init__(self, room):
        self.where = room.folder / "try"
        files, secret = Place(room.folder / "0", room.passphrase), room.passphrase
        files.folder.mkdir()
        begin_merging(files)
        self.befores = []
        for number, act in enumerate(ACTS, 1):
            at = At(self.laid_out(files), secret)
            held = at.told()
            self.ready(act, at)
            act.do(at)
            self.befores.append(Before(act, files, secret, held, at.told()))
            if at.journal is not None:
                at.close()
            files, secret = Place(room.folder / str(number), room.passphrase), at.secret
            shutil.copytree(self.where, files.folder)

    def laid_out(self, files):
        shutil.rmtree(self.where, ignore_errors=True)
        shutil.copytree(files.folder, self.where)
        return Place(self.where, files.secret)

    @staticmethod
    def ready(act, at):
        if act.opened:
            at.open()


def with_little_room(day, before, shim, mode, number):
    """(refused: error and sentence, wrong): one act, the disk being full at a write of it."""
    at = At(day.laid_out(before.files), before.secret)
    day.ready(before.act, at)
    shim.watch(at.place.folder, mode, number)
    refused = []
    try:
        before.act.do(at)
    except errors.JournalError as error:
        refused = [type(error).__name__, str(error)]
        held = _readable(at)
        shim.room()
        if held is None and at.journal is not None:
            held = at.told()
        if held not in {None, before.held}:
            return refused, "refused, and something is lost or changed all the same"
        before.act.do(at)
    shim.stop()
    if at.told() != before.then:
        return refused, "something is lost or too much afterwards"
    if at.journal is None:
        at.open()
    found = check(at.journal)
    at.close()
    return refused, "; ".join(f.sentence.format(**f.facts) for f in found)


def _readable(at):
    """What the journal holds; None while it is closed or cannot be read until there is room.

    A log that was just folded in needs room for its index before anything is read through it again.
    """
    with suppress(errors.DiskFull):
        return None if at.journal is None else at.told()
    return None


def tried(before, make):
    """One try, made in a forked process, for one in which the disk was full may end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _in_child(writing, make)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    if not said:
        return Tried(lost=1, wrong=f"{before.act.name}: the process ended")
    refused, wrong = json.loads(said)
    named = {"DiskFull": " MB are needed", "BackupNoRoom": "it needs "}
    if refused and named.get(refused[0], "\0") not in refused[1]:
        wrong = wrong or f"told {refused}"
    if wrong:
        return Tried(lost="something is lost" in wrong, wrong=f"{before.act.name}: {wrong}")
    return Tried(note="refused, then done" if refused else "done all the same")


def _in_child(writing, make):
    try:
        said = make()
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        said = [], traceback.format_exc()
    os.write(writing, json.dumps(said).encode())
    os._exit(0)


def fullness(room, shim):
    """One try for each write of each act that fails alone, one for it and all that come after."""
    day = Day(room)
    plan = []
    for before in day.befores:
        tried(before, lambda b=before: with_little_room(day, b, shim, Mode.COUNT, 0))
        writes = [n for n, kind in enumerate(shim.kinds, 1) if kind == "w"]
        plan += [(before, m, n) for n in writes for m in (Mode.FULL_ONCE, Mode.FULL_ON)]
    room.reach = len(plan)
    room.chance.shuffle(plan)
    for before, mode, n in plan[room.done :]:
        yield tried(before, lambda b=before, m=mode, n=n: with_little_room(day, b, shim, m, n))


TRIALS = [
    Trial(
        "disk full at every write",
        "a write fails for want of room, once or until there is some: the act is refused with the"
        " space it needs, what was saved is there, and the act is done when it is repeated",
        0,
        shimmed(fullness),
        quick=12,
        weight=6,
        goes_on=True,
    )
]
