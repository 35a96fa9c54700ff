"""A client's text in everything that is typed and taken in, and every file that any process then wrote.

strace tells which files those are, wherever they lie: what the program itself knows of is not trusted.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.a_day_alone import MARKER, give
from tests.endure.trial import ENCRYPTED, NotRun, Trial, Tried
from tests.searching import tells

ROOT = Path(__file__).resolve().parents[2]
CALLS = "open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat"
OPENED = re.compile(r'(?:open|openat|creat)\((?:.*?, )?"((?:[^"\\]|\\.)*)", ([^)]*)\) = \d+<(.*)>$')
MOVED = re.compile(r'(?:rename|link|symlink)\w*\(.*"((?:[^"\\]|\\.)*)"(?:, [\w|]+)?\) = 0$')
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
# What may be gone again: it stood for a moment beside what it became, held what was unpacked, or is
# Python's try whether the folder for what is temporary can be written.
PASSING = re.compile(
    r".*(\.partial|\.matplotlib-lock|\.draft|-wal|-shm|-journal|\.open|\.mended|\.\d+|\.window|/tmp/\w{8}|/pmdesk-\d+-\w+/\w+\.\w+)(-wal|-shm|-journal)?"
)
KERNEL = re.compile(r"/(dev(?!/shm/)|proc|sys)/|/memfd:")


def written(trace):
    """The paths that a record of strace names as opened for writing, made or moved to."""
    found = set()
    for line in trace.read_text("utf-8", "surrogateescape").splitlines():
        if opened := OPENED.search(line):
            if WRITES.search(opened[2]):
                found.add(plain(opened[3]))
        elif moved := MOVED.search(line):
            found.add(plain(moved[1]))
    return {path for path in found if path.startswith("/") and not KERNEL.match(path)}


def plain(told):
    """A path as strace writes it, its bytes in octal read back."""
    path = told.removesuffix("(deleted)")
    raw = re.sub(
        rb"\\(\d{1,3})",
        lambda hit: bytes([int(hit[1], 8)]),
        path.encode("utf-8", "surrogateescape"),
    )
    return os.fsdecode(raw)


def lived(room, run):
    """The day in processes that are traced; what they told as the error output."""
    folder = room.folder
    for name in ("home", "tmp", "exports"):
        (folder / name).mkdir()
    give(folder / "given")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"),
        "XDG_RUNTIME_DIR": run, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
        "DAY_PASSPHRASE": room.passphrase or "",
    }  # fmt: skip
    told = ""
    for part in ("window",) if room.quick else ("window", "commands", "more"):
        done = subprocess.run(
            ["strace", "-f", "-qq", "-y", "-s", "9999", "-e", f"trace={CALLS}", "-e", "signal=none",
             "-o", folder / f"{part}.trace", sys.executable, "-m", "tests.a_day_alone", part, folder],
            cwd=ROOT, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"{part}: {done.stderr[-2_000:]}")
        told += done.stderr if part == "window" else ""
    return told


def looked_through(room):
    if not shutil.which("strace"):
        raise NotRun("there is no strace on this machine")
    with TemporaryDirectory(prefix="pmd") as run:
        told = lived(room, run)
        paths = set().union(*(written(trace) for trace in room.folder.glob("*.trace")))
    if not any(path.endswith("journal.pmdesk") for path in paths):
        yield Tried(wrong="strace does not tell what was written")
    room.reach = len(paths) + 1
    yield Tried(wrong="the error output tells a text" if tells(told.encode(), MARKER) else "")
    for path in sorted(paths):
        yield looked_at(room, Path(path))


def looked_at(room, path):
    """Whether a file that was written tells the text and may, or is gone and may be."""
    exports = room.folder / "exports"
    if not path.is_file():
        gone = PASSING.fullmatch(str(path)) or path.is_dir() or exports in path.parents
        return Tried(note="gone again") if gone else Tried(wrong=f"written and gone: {path}")
    if not tells(path.read_bytes(), MARKER):
        return Tried(note="without it")
    if exports in path.parents and (room.form != ENCRYPTED or ".pmdesk" not in path.name):
        return Tried(note="asked for")
    own = path.parent == room.folder or path.parent.name.endswith(".pmdesk.backups")
    if room.form != ENCRYPTED and own and ".pmdesk" in path.name:
        return Tried(note="the journal and its backups")
    return Tried(wrong=f"tells the text: {path}")


TRIALS = [
    Trial(
        "a text in every file written",
        "a day of window and commands, a crash among it: each file that strace saw written is searched",
        0,
        looked_through,
        quick=1_000,
    )
]
