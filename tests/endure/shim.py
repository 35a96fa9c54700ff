"""The library that stands between a process and its files: compiled, loaded, spoken to.

`python -m tests.endure.shim MODULE FUNCTION ROOM` runs a trial inside a process that has it loaded.
"""

import ctypes
import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from enum import IntEnum
from pathlib import Path

from tests.endure.trial import NotRun, Room, Tried, quick_keys

SOURCE = Path(__file__).with_name("shim.c")
ROOT = Path(__file__).parents[2]


class Mode(IntEnum):
    """What happens at the chosen change."""

    OFF = 0
    COUNT = 1
    DIE_BEFORE = 2
    DIE_WITHIN = 3
    FULL_ONCE = 4
    FULL_ON = 5


class Shim:
    """The loaded library."""

    def __init__(self):
        self._library = ctypes.CDLL(None)
        self._library.endure_kinds.restype = ctypes.c_char_p
        self._library.endure_count.restype = ctypes.c_long

    def watch(self, folder, mode, at=0, trace=-1):
        """From here on what changes files below `folder` is counted, the `at`-th is chosen."""
        self._library.endure_watch(os.fsencode(folder), int(mode), ctypes.c_long(at), trace)

    def room(self):
        """The disk has room again."""
        self._library.endure_room()

    def stop(self):
        self._library.endure_stop()

    def mark(self, number):
        """Record that so many acts were acknowledged."""
        self._library.endure_mark(ctypes.c_long(number))

    @property
    def kinds(self):
        """The kinds of all changes so far, a letter each; those of a forked child, too."""
        return self._library.endure_kinds()[: self._library.endure_count()].decode()


def compiled(folder):
    """The library, made in `folder`; raises NotRun."""
    if sys.platform != "linux":
        raise NotRun("only Linux loads a library between a process and its files")
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NotRun("no compiler")
    target = folder / "shim.so"
    words = [compiler, "-O1", "-shared", "-fPIC", "-o", str(target), str(SOURCE)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotRun(f"the compiler says: {done.stderr.strip()[:200]}")
    return target


def shimmed(function, *names):
    """A trial's `run` that is made in a process with the library; `function(room, shim, *names)`."""

    def run(room):
        library = compiled(room.folder)
        told = {**asdict(room), "folder": str(room.folder / "shimmed"), "left": room.left}
        words = [function.__module__, function.__name__, json.dumps(told, default=str), *names]
        errors = room.folder / "errors"
        with errors.open("w") as stderr, subprocess.Popen(
            [sys.executable, "-m", "tests.endure.shim", *words], stdout=subprocess.PIPE,
            stderr=stderr, cwd=ROOT, env={**os.environ, "LD_PRELOAD": str(library)},
        ) as process:  # fmt: skip
            try:
                for line in process.stdout:
                    room.reach, tried = json.loads(line)
                    yield Tried(**tried)
            finally:
                process.kill()
        if process.returncode:
            raise RuntimeError(f"ended with {process.returncode}: {errors.read_text()[-2000:]}")

    return run


def main(module, function, told, *names):
    """The tries of a trial, one a line, as (reach, try)."""
    asked = json.loads(told)
    folder = Path(asked["folder"])
    folder.mkdir()
    ends = time.monotonic() + asked["left"]
    room = Room(
        folder,
        asked["form"],
        asked["seed"],
        asked["quick"],
        ends,
        asked["reach"],
        asked["wanted"],
        asked["done"],
    )
    quick_keys()
    for tried in getattr(importlib.import_module(module), function)(room, Shim(), *names):
        print(json.dumps([room.reach, asdict(tried)]), flush=True)
    os._exit(0)  # a window that was shown may be in the way of ending as usual


if __name__ == "__main__":
    main(*sys.argv[1:])
