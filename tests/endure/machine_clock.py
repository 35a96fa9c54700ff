"""The machine's own clock jumps, or its zone is another, while the program runs."""

import json
import mmap
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

from pmdesk.actions.records import save_record
from pmdesk.actions.sample import create_sample
from pmdesk.journal import drafts, log
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.entry import Entry
from pmdesk.records.trust import Promise
from tests.bench.measuring import ROOT, environment
from tests.conftest import NOW
from tests.endure.trial import NEITHER, NotRun, Trial, Tried
from tests.endure.whole import time_to_tell
from tests.endure.windowed import tell

_DAY = 86_400
# Seconds from the true time: a clock put right, one put wrong, another year, beyond 2038.
SHIFTS = (0, -1, 3600, -3600, _DAY, -_DAY, 40 * _DAY, -400 * _DAY, 4200 * _DAY, -9000 * _DAY, 1)
ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe")
_NEAR = 20.0  # seconds that a busy machine may take between two looks
_CLOCK = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static volatile long long *shift;
__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("ENDURE_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *page = mmap(0, 8, PROT_READ, MAP_SHARED, file, 0);
  if (page != MAP_FAILED) shift = page;
}
int clock_gettime(clockid_t which, struct timespec *told) {
  int failed = syscall(SYS_clock_gettime, which, told);
  if (!failed && shift && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
    told->tv_sec += *shift;
  return failed;
}
int gettimeofday(struct timeval *told, void *zone) {
  struct timespec now;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &now);
  told->tv_sec = now.tv_sec;
  told->tv_usec = now.tv_nsec / 1000;
  return 0;
}
time_t time(time_t *told) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (told) *told = now.tv_sec;
  return now.tv_sec;
}
"""


def walk(app, clock):
    """A person goes on working while the clock jumps; each jump is told with what was wrong."""
    from PySide6.QtCore import QThreadPool

    from pmdesk.gui.pages.places import TODAY

    def still():
        return QThreadPool.globalInstance().activeThreadCount() == 0

    yield lambda: app.desk is not None
    desk, desktop, made = app.desk, app.window.desktop, []
    true = desk.now().timestamp() - time.monotonic()
    with Path(clock).open("r+b") as file:
        page = mmap.mmap(file.fileno(), 8)
    for number, shift in enumerate(SHIFTS):
        page[:8] = struct.pack("q", shift)
        wrong = []
        if abs(desk.now().timestamp() - time.monotonic() - true - shift) > _NEAR:
            wrong.append("the clock did not move")
        before = log.last_done(desk.journal.conn)
        saved = desk.do(
            save_record, Entry(day=desk.now().date(), text=f"after {number}"), at=desk.now()
        )
        step = log.last_done(desk.journal.conn)
        if saved is None or step is None or (before is not None and step.id <= before.id):
            wrong.append("not saved as the last step")
        else:
            made.append(step.id)
        drafts.keep(desk.journal, "capture", {"text": f"typed {number}"}, at=desk.now())
        kept = drafts.read(desk.journal, "capture")
        if kept is None or kept.content["text"] != f"typed {number}":
            wrong.append(f"the draft says {kept}")
        desktop.show_page(TODAY)
        desk.reminders.renew()
        yield still
        desktop.edit(desk.journal.find(Promise, limit=1)[0])
        yield lambda: desktop.panel is not None
        desktop.close_panel()
        yield still
        tell(shift=shift, wrong="; ".join(wrong))
    while made:
        if (step := log.last_done(desk.journal.conn)) is None or step.id != made.pop():
            tell(shift=0, wrong="undone in another order than done")
            break
        desk.undo(on_purpose=step.id)
    tell(
        shift=0, wrong="not taken back" if desk.journal.count(Entry, "text LIKE 'after %'") else ""
    )


def window(room):
    """A try is a jump of the machine's clock under an open window."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        raise NotRun("no compiler for a clock of our own")
    folder, path = room.folder, room.folder / "clock.pmdesk"
    source, library, clock = folder / "clock.c", folder / "clock.so", folder / "clock"
    source.write_text(_CLOCK)
    words = [compiler, "-O1", "-shared", "-fPIC", "-w", "-o", library, source]
    subprocess.run(words, check=True)
    clock.write_bytes(bytes(8))
    create_sample(path, at=NOW).close()
    own = environment(HOME=str(folder), PMDESK_CONFIG_DIR=str(folder), XDG_RUNTIME_DIR=str(folder),
                      LD_PRELOAD=str(library), ENDURE_CLOCK=str(clock), PMDESK_LANG="en")  # fmt: skip
    words = ["tests.endure.machine_clock", "walk", path, clock]
    done = subprocess.run(
        [sys.executable, "-m", "tests.endure.windowed", *words],
        cwd=ROOT, env=own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    time_to_tell(room)
    if done.returncode or "Traceback" in done.stderr or len(told) < len(SHIFTS):
        yield Tried(wrong=f"the window ended with {done.returncode}: {done.stderr[-500:]}")
    for line in told:
        wrong = f"{line['shift']} s: {line['wrong']}" if line["wrong"] else ""
        yield Tried(wrong=wrong, note="the window goes on, undo in order")
    with Journal.open(path) as journal:
        if findings := check(journal):
            yield Tried(wrong=str(findings[:2]))
    yield from _elsewhere(path, own)


def _elsewhere(path, own):
    """What is owed at one moment is the same wherever the machine stands."""
    said = {}
    for zone in ZONES:
        words = ["-m", "pmdesk", "today", "--json", "--at", NOW.isoformat(), "--journal", path]
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=own | {"TZ": zone},
                              capture_output=True, text=True, check=False)  # fmt: skip
        said[zone] = done.stdout or done.stderr
        wrong = (
            ""
            if said[zone] == said[ZONES[0]] and not done.returncode
            else f"Today in {zone} is another"
        )
        yield Tried(wrong=wrong, note="the same in another zone of the machine")


TRIALS = (
    Trial("machine's clock jumps", "back and forward under an open window; the machine in other zones",
          0, window, forms=NEITHER, quick=1_000, weight=0.3, window=True),
)  # fmt: skip
