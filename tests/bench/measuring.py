"""How the bench measures, and the one line in which each figure is told."""

import json
import os
import statistics
import subprocess
import sys
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The true high-water mark: ru_maxrss is carried over from the process that started this one.
PEAK = """
def peak_mb():
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
TAIL = """
import json, os, time
print(json.dumps({"cpu": time.thread_time(), "mb": peak_mb()}), flush=True); os._exit(0)
"""


def tell(what, value, floor="-", reach="-"):
    """One row: the figure, its floor and its reach."""
    print(f"  {what:<54} {value:<36} floor {floor:<22} reach {reach}", flush=True)


def environment(**more):
    """The environment of a program as installed: its bytecode beside it, and no display."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **more}


def run_module(name, *arguments, **more):
    """What a script of this folder prints last, as JSON."""
    command = [sys.executable, "-m", f"tests.bench.{name}", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment(**more)
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def run_code(code, **more):
    """A whole process: wall time in seconds, CPU of its main thread, and its peak in MB."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PEAK + textwrap.dedent(code) + TAIL],
        capture_output=True, text=True, cwd=ROOT, env=environment(**more),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {"wall": time.perf_counter() - start, **json.loads(done.stdout.splitlines()[-1])}


def medians(runs):
    """The median of each figure over several runs."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def cpu_ms(act, times=1):
    """CPU milliseconds of this thread, once for each time."""
    spent = []
    for _ in range(times):
        start = time.thread_time()
        act()
        spent.append((time.thread_time() - start) * 1000)
    return spent
