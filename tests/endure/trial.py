"""What a trial is, what one try of it tells, and the figures that tries add up to."""

import random
import re
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pmdesk.journal import engine

PLAIN, ENCRYPTED = "plain", "encrypted"
BOTH = (PLAIN, ENCRYPTED)
NEITHER = ("-",)  # of a trial to which it does not matter what kind of journal there is
PASSPHRASE = "口令 that endures"
_ROOM_BYTES = 1 << 30
_SHOWN = 5  # of what was bad, one of a kind


@dataclass(frozen=True)
class Tried:
    """One try. `wrong` is a sentence on anything that must not be and is neither lost nor silent."""

    lost: int = 0  # saves that were acknowledged and are not there
    silent: int = 0  # damage that neither opening nor check() tells
    wrong: str = ""
    note: str = ""  # what was seen; equal ones are counted

    @property
    def bad(self):
        return bool(self.lost or self.silent or self.wrong)


class NotRun(Exception):
    """Why a trial cannot be made on this machine: the table says so, it does not pass for it."""


@dataclass
class Room:
    """Where and how a trial is to be made. The folder is its own and removed afterwards."""

    folder: Path
    form: str
    seed: int
    quick: bool
    ends: float  # of time.monotonic()
    reach: int  # a trial of everything there is says here how much that is
    wanted: int = 0  # how many tries of it are asked for in this form
    done: int = (
        0  # tries of an earlier run that count: a plan is gone on with where that one stopped
    )
    chance: random.Random = field(init=False)

    def __post_init__(self):
        # a plan is shuffled as before, tries by chance are others
        others = f" {self.done}" if self.reach and self.done else ""
        self.chance = random.Random(f"{self.seed} {self.form}{others}")

    @property
    def passphrase(self):
        return PASSPHRASE if self.form == ENCRYPTED else None

    @property
    def left(self):
        """Seconds that are left."""
        return self.ends - time.monotonic()


@dataclass(frozen=True)
class Trial:
    """One row of the table for each form of journal.

    `run` yields one `Tried` a try, for ever or until everything was tried; it is closed when time or
    number have run out. `reach` is how many tries the long form aims at for each form of journal (0:
    the trial tells), `quick` how many the short one (0: all there are). `weight` is its share of the time.
    One that `goes_on` adds to the tries of an earlier run; `window` is whether the window is in it.
    """

    name: str
    does: str
    reach: int
    run: Callable[[Room], Iterator[Tried]]
    forms: tuple[str, ...] = BOTH
    quick: int = 10
    weight: float = 1.0
    goes_on: bool = False
    window: bool = False


@dataclass
class Figures:
    """What came of a trial in one form of journal."""

    trial: str
    form: str
    reach: int
    tries: int = 0
    lost: int = 0
    silent: int = 0
    wrong: int = 0
    seconds: float = 0.0
    seed: int = 0
    code: str = ""
    cut: bool = False  # time ran out before everything there is was tried, and nobody knows how much that is
    not_run: str = ""
    notes: dict = field(default_factory=dict)
    examples: list = field(default_factory=list)
    alike: list = field(default_factory=list, repr=False)

    def add(self, tried):
        self.tries += 1
        self.lost += tried.lost
        self.silent += tried.silent
        self.wrong += bool(tried.wrong)
        if tried.note:
            self.notes[tried.note] = self.notes.get(tried.note, 0) + 1
        if tried.bad:
            what = tried.wrong or f"lost {tried.lost}, silent {tried.silent} {tried.note}"
            alike = re.sub(r"[\d/~][^ ]*", "", what)
            if alike not in self.alike and len(self.alike) < _SHOWN:
                self.alike.append(alike)
                self.examples.append(f"try {self.tries}: {what}")

    @property
    def bad(self):
        return bool(self.lost or self.silent or self.wrong)

    @property
    def whole(self):
        """Whether nothing is left to be tried."""
        return not self.not_run and not self.cut and 0 < self.reach <= self.tries

    def after(self, earlier):
        """Add what an earlier run told of the same."""
        for name in ("tries", "lost", "silent", "wrong", "seconds"):
            setattr(self, name, getattr(earlier, name) + getattr(self, name))
        for note, n in earlier.notes.items():
            self.notes[note] = self.notes.get(note, 0) + n
        self.examples = [*earlier.examples, *self.examples][:_SHOWN]

    @property
    def what_else(self):
        """The last column but one: why it was not run, what was wrong, what was seen how often."""
        parts = [f"NOT RUN: {self.not_run}"] if self.not_run else []
        parts += [f"WRONG {self.wrong}"] if self.wrong else []
        parts += [f"{note} {n:,}" for note, n in sorted(self.notes.items())]
        return ", ".join(parts)


def tried_out(trial, room):
    """The figures of a trial, bounded by its number of tries and by time."""
    began = time.monotonic()
    found = Figures(trial.name, room.form, room.reach, seed=room.seed)
    tries, ended = trial.run(room), False
    try:
        while (not room.wanted or room.done + found.tries < room.wanted) and room.left > 0:
            tried = next(tries, None)
            if tried is None:
                ended = True
                break
            found.add(tried)
    except NotRun as why:
        found.not_run = str(why)
    except Exception:  # noqa: BLE001 - told in the table, with what was tried before it
        found.wrong += 1
        found.examples.append(traceback.format_exc())
    finally:
        tries.close()
    found.cut = not room.reach and not ended and room.left <= 0
    found.reach = room.reach or room.done + found.tries
    found.seconds = time.monotonic() - began
    return found


def quick_keys():
    """Make keys in no time in this process and those it forks: nothing in a trial is secret."""
    conn = engine.sqlite.connect(":memory:")
    conn.execute("PRAGMA cipher_default_kdf_iter = 1000")
    conn.close()


def own_folder():
    """A new folder, in memory where there is room: thousands of journals are written there."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder of our own in it
    place = None
    if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM_BYTES:
        place = memory
    return Path(tempfile.mkdtemp(prefix="endure-", dir=place))
