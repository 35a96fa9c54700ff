"""Whether anything is lost: `python -m tests.endure [--quick] [--only NAME] [--minutes M]`.

Every module of this folder may declare `TRIALS`. Each trial is made with a plain and an encrypted
journal (the short form: with one of both, by chance) in a process of its own, two at a time. Ends with
1 when anything was lost, silent or wrong.
"""

import argparse
import importlib
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path

from tests.endure.going_on import code_of, earlier, keep
from tests.endure.trial import Figures, Room, own_folder, quick_keys, tried_out

HERE = Path(__file__).parent
QUICK_SECONDS = 50  # what runs when it ends, and the start, make it less than 60
GRACE = 60  # seconds after its time until a trial counts as one that never ends
fork = multiprocessing.get_context("fork")


def declared():
    """All trials, by the modules that declare them."""
    names = sorted({path.stem for path in HERE.glob("[!_]*.py") if "test_" not in path.name})
    modules = [importlib.import_module(f"tests.endure.{name}") for name in names]
    return [trial for module in modules for trial in getattr(module, "TRIALS", ())]


class Job:
    """A trial with one form of journal, under way in a process of its own."""

    def __init__(self, trial, form, asked, seconds, known=None):
        self.trial, self.form = trial, form
        self.known = known if trial.goes_on else None
        done = self.known.tries if self.known else 0
        seed = self.known.seed if self.known and not trial.reach else asked.seed
        ends = time.monotonic() + seconds
        wanted = trial.quick if asked.quick else trial.reach
        self.room = Room(own_folder(), form, seed, asked.quick, ends, trial.reach, wanted, done)
        self.told, telling = fork.Pipe(duplex=False)
        self.process = fork.Process(target=_in_its_process, args=(trial, self.room, telling))
        self.process.start()
        telling.close()

    @property
    def overdue(self):
        return self.room.left < -GRACE

    def end(self):
        """Its figures; what it leaves behind is removed."""
        try:
            found = self.told.recv() if self.told.poll() else self._failed("it did not end in time")
        except EOFError:
            self.process.join(5)
            found = self._failed(f"its process ended with {self.process.exitcode}")
        self.stop()
        found.code = code_of(self.trial)
        if self.known is not None:
            found.after(self.known)
        return found

    def _failed(self, why):
        found = Figures(self.trial.name, self.form, self.room.reach, seed=self.room.seed)
        found.wrong, found.examples = 1, [why]
        return found

    def stop(self):
        """End what is under way and remove its folder."""
        self.process.join(0 if self.overdue else 1)
        with suppress(ProcessLookupError):  # it and all that it started have ended
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        shutil.rmtree(self.room.folder, ignore_errors=True)


def _in_its_process(trial, room, telling):
    os.setsid()  # so that what it starts can be ended with it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    telling.send(tried_out(trial, room))


def _forms(asked, trial):
    """The forms of journal of a trial; in the short form one of them, by chance."""
    if not asked.quick:
        return trial.forms
    return [random.Random(f"{asked.seed} {trial.name}").choice(trial.forms)]


def run(asked, trials):
    """The figures of all trials, two at a time within the time there is; those that are whole stay."""
    began = time.monotonic()
    order = [(trial.name, form) for trial in trials for form in trial.forms]
    known = earlier(asked.json, trials) if asked.go_on else {}
    waiting = [(trial, form) for trial in trials for form in _forms(asked, trial)]
    waiting = [one for one in waiting if not _is_whole(known.get((one[0].name, one[1])))]
    waiting.sort(key=lambda one: one[0].weight)  # what the light ones leave goes to the heavy ones
    ends = time.monotonic() + asked.minutes * 60
    under_way, figures = [], []
    try:
        while waiting or under_way:
            while waiting and len(under_way) < asked.at_once:
                share = waiting[0][0].weight / sum(trial.weight for trial, _ in waiting)
                seconds = max(1.0, (ends - time.monotonic()) * share * asked.at_once)
                left = max(1.0, ends - time.monotonic())
                trial, form = waiting.pop(0)
                before = known.get((trial.name, form))
                under_way.append(Job(trial, form, asked, min(seconds, left), before))
            wait([job.told for job in under_way], timeout=1)
            for job in [job for job in under_way if job.told.poll() or job.overdue]:
                under_way.remove(job)
                figures.append(job.end())
                known[figures[-1].trial, figures[-1].form] = figures[-1]
                keep(asked.json, known.values(), time.monotonic() - began, quick=asked.quick)
                said = (f"  {_line(figures[-1])}", *_examples(figures[-1]))
                print(*said, sep="\n", file=sys.stderr, flush=True)
    finally:
        for job in under_way:
            job.stop()
    return sorted(known.values(), key=lambda one: order.index((one.trial, one.form)))


def _is_whole(known):
    return known is not None and known.whole and not known.bad


_LINES = 6  # of an example; the JSON has all of it
HEAD = ("test", "journal", "tries (of reach)", "lost", "silent", "what else", "seconds")


def _cells(one):
    return (
        one.trial, one.form, f"{one.tries:,} ({'more' if one.cut else f'{one.reach:,}'})", f"{one.lost:,}", f"{one.silent:,}",
        one.what_else, f"{one.seconds:.0f}",
    )  # fmt: skip


def _line(one):
    return " · ".join(_cells(one))


def table(figures):
    """The lines of the table, and below it what was not as it must be."""
    rows = [HEAD, *map(_cells, figures)]
    wide = [max(len(row[n]) for row in rows) for n in range(len(HEAD))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
    for one in figures:
        yield from _examples(one)


def _examples(one):
    """What was not as it must be, each with the seed that makes it again."""
    for example in one.examples:
        short = "\n  ".join(example.strip().splitlines()[-_LINES:])
        yield f"! {one.trial}, {one.form}, seed {one.seed}: {short}"


def arguments():
    """What was asked for on the command line."""
    words = argparse.ArgumentParser(prog="python -m tests.endure", description=__doc__)
    words.add_argument(
        "--quick", action="store_true", help="a few tries of each, within a minute, of one form"
    )
    words.add_argument("--only", action="append", default=[], help="part of a trial's name")
    words.add_argument("--minutes", type=float, help="bound of all together (120; quick: 50 s)")
    words.add_argument("--seed", type=int, help="of chance, as an earlier table told it")
    words.add_argument("--at-once", type=int, default=2, help="how many trials beside each other")
    words.add_argument("--json", type=Path, default=Path("build/endure.json"))
    words.add_argument(
        "--go-on", action="store_true", help="add to what the run before found of the same code"
    )
    words.add_argument("--list", action="store_true", help="what trials there are")
    asked = words.parse_args()
    asked.seed = random.randrange(10**6) if asked.seed is None else asked.seed
    asked.minutes = asked.minutes or (QUICK_SECONDS / 60 if asked.quick else 120)
    return asked


def main():
    """Run what is asked for; whether all is as it must be."""
    asked = arguments()
    began = time.monotonic()
    trials = declared()
    if asked.only:
        trials = [t for t in trials if any(part in t.name for part in asked.only)]
    if asked.list:
        for trial in trials:
            print(f"{trial.name}: {trial.does} ({trial.reach or 'all'}; {', '.join(trial.forms)})")
        return 0
    quick_keys()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    figures = run(asked, trials)
    seconds = time.monotonic() - began
    print(*table(figures), sep="\n")
    bad = [one for one in figures if one.bad]
    not_run = sum(bool(one.not_run) for one in figures)
    short = sum(not one.whole for one in figures)
    print(
        f"{len(figures)} rows in {seconds:.0f} s, {short} short of their reach, {len(bad)} not as they must be, {not_run} not run"
    )
    return 1 if bad or not figures else 0


if __name__ == "__main__":
    sys.exit(main())
