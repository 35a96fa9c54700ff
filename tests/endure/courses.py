"""Courses of acts whose states are known, and what must hold when one was broken off somewhere."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pmdesk.journal import errors
from pmdesk.journal.backup import backup, restore
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from tests.endure.acts import NOW, told
from tests.endure.trial import Tried

SHELF = "the newest copy on the shelf"


@dataclass(frozen=True)
class Place:
    """Where a course is taken: a folder of its own and the passphrase its journal has at first."""

    folder: Path
    secret: str | None

    @property
    def journal(self):
        return self.folder / "j.pmdesk"

    @property
    def backup(self):
        return self.folder / "kept" / "b.pmdesk"

    @property
    def shelf(self):
        return shelf_of(self.journal)

    def copy(self, name):
        """A file, or the newest good one that lies on the shelf; None where there is none."""
        if name == SHELF:
            good = (each.path for each in self.shelf.all() if each.whole and each.sha256)
            return next(good, None)
        path = self.folder / name
        return path if path.exists() else None


@dataclass(frozen=True)
class Course:
    """`begin` lays the files ready; `steps` yields the journal (None: closed) after each act.

    `copies` says of other files which step makes one (0: it is there at first) and of which state
    it then is.
    """

    name: str
    begin: Callable[[Place], None]
    steps: Callable[[Place], Iterator[Journal | None]]
    copies: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    also: Callable[[Place], str] = lambda _place: ""
    where: str = "try"  # the name of the folder: some tell that a cloud carries it


@dataclass(frozen=True)
class State:
    """A journal after a step: its passphrase and what it holds."""

    secret: str | None
    told: str


class Taken:
    """A course as it goes when nothing breaks it off: where each try begins and what it may leave."""

    def __init__(self, course, folder, secret):
        self.course, self.secret = course, secret
        self.known = {}
        self.first = Place(folder / "first", secret)
        self.scratch = folder / "scratch"
        self.first.folder.mkdir()
        course.begin(self.first)
        # all in folders of one name: an import remembers where its files were
        self.where = folder / course.where
        place = self.again()
        with Journal.open(place.journal, secret) as journal:
            self.states = [State(secret, told(journal))]
        place = self.again()
        for journal in course.steps(place):
            if journal is None:
                with Journal.open(place.journal, self.states[-1].secret) as closed:
                    self.states.append(State(closed.passphrase, told(closed)))
            else:
                self.states.append(State(journal.passphrase, told(journal)))
        whole = self.judge(place, self.count, thorough=True)
        if whole != Tried():
            raise RuntimeError(f"{course.name} is not whole though nothing broke it off: {whole}")

    @property
    def count(self):
        """How many acts are acknowledged."""
        return len(self.states) - 1

    def again(self):
        """The place of a try, as at the beginning."""
        shutil.rmtree(self.where, ignore_errors=True)
        shutil.copytree(self.first.folder, self.where)
        return Place(self.where, self.secret)

    def judge(self, place, acknowledged, *, thorough):
        """What opening the journal anew shows, when so many acts had been acknowledged."""
        if why := self.course.also(place):
            return Tried(wrong=why)
        may_be = range(acknowledged, min(acknowledged + 1, self.count) + 1)
        reached, tried = self._journal(place, may_be, thorough=thorough)
        if tried is None:
            tried = self._copies(place, acknowledged, reached)
        if tried is None and (left := self._left_behind(place, reached)):
            tried = Tried(wrong=f"left behind: {left}")
        return tried or Tried()

    def _journal(self, place, may_be, *, thorough):
        """The state that is there (the earliest it may be); or what is wrong with it."""
        why = ""
        for secret in dict.fromkeys(self.states[n].secret for n in may_be):
            try:
                with Journal.open(place.journal, secret) as journal:
                    found = _damage(journal, thorough=thorough)
                    there = State(journal.passphrase, told(journal))
            except errors.JournalError as error:
                why = why or str(error)
                continue
            if found:
                return 0, Tried(lost=1, wrong=f"after {may_be[0]} acts: {found}")
            for n in may_be:
                if there == self.states[n]:
                    return n, None
            earlier = [n for n in range(may_be[0]) if self.states[n] == there]
            what = f"after {may_be[0]} acts: as after {earlier}" if earlier else "of no state"
            return 0, Tried(lost=1, silent=1, wrong=what)
        return 0, Tried(lost=1, wrong=f"after {may_be[0]} acts: {why}")

    def _left_behind(self, place, reached):
        """Files that the next use does not take away: opening the journal, and the next backup."""
        folders = [place.backup.parent, place.shelf.folder]
        if any(_partial(folder) for folder in folders if folder.exists()):
            with Journal.open(place.journal, self.states[reached].secret) as journal:
                backup(journal, place.backup)
                place.shelf.keep(journal, Reason.HAND, at=NOW)
        beside = [place.folder / f"{place.journal.name}{more}" for more in ("-wal", "-shm")]
        beside += [path for path in [place.folder / "j.pmdesk-journal"] if _hot(path)]
        return ", ".join([*(p.name for p in beside if p.exists()), *_partial(place.folder)])

    def _copies(self, place, acknowledged, reached):
        for name, made in self.course.copies.items():
            path = place.copy(name)
            done = [step for step in made if step <= max(acknowledged, reached)]
            if path is None:
                if done:
                    return Tried(lost=1, wrong=f"{name} is not there after {acknowledged} acts")
                continue
            steps = [*done[-1:], *(step for step in made if step == acknowledged + 1)]
            states = [self.states[made[step]] for step in steps]
            if why := self._known_copy(path, tuple(states)):
                return Tried(lost=1, wrong=f"{name} after {acknowledged} acts: {why}")
        return None

    def _known_copy(self, path, states):
        """As `_copy`, asked once for the same files."""
        parts = sorted(path.parent.glob(f"{path.name}*"))
        key = (states, *((p.name, p.read_bytes()) for p in parts if "partial" not in p.name))
        if hash(key) not in self.known:
            self.known[hash(key)] = self._copy(path, states)
        return self.known[hash(key)]

    def _copy(self, path, states):
        """Why restoring a copy of the journal gives none of these states."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        why = "not whole"
        for secret in dict.fromkeys(state.secret for state in states):
            try:
                restore(path, self.scratch / "c.pmdesk", secret)
                with Journal.open(self.scratch / "c.pmdesk", secret) as copy:
                    if State(copy.passphrase, told(copy)) in states and not check(copy):
                        return ""
            except errors.JournalError as error:
                why = str(error)
        return why


def _damage(journal, *, thorough):
    """What is found wrong, in a sentence; by the quick look or by all that there is."""
    if thorough:
        return "; ".join(f.sentence.format(**f.facts) for f in check(journal))
    lines = [line for (line,) in journal.rows("PRAGMA quick_check") if line != "ok"]
    return "; ".join(lines)


def _partial(folder):
    return [path.name for path in sorted(folder.rglob("*partial*"))]


def _hot(path):
    """Whether SQLite would play a rollback journal back; one that was never whole it leaves there."""
    return path.exists() and path.read_bytes()[:1] not in {b"", b"\0"}
