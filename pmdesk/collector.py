"""Python's garbage collector, set for a program that reads much and drops it at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_COUNTING: Final = Lock()
_PAUSES: Final[list[None]] = []  # one for each pause that lasts


def calm_collector() -> None:
    """Let Python's collector look at young objects less often.

    A client's conversation is some ten thousand of them, all gone with its page, and an import a
    million: by default the collector looks through them thirty times, and now and then through all
    of matplotlib (70 ms).
    """
    gc.set_threshold(20_000, 10, 10)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Inside, nothing is looked through, in no thread: for some seconds of reading much.

    What is read is let go by itself, without cycles; to look through it, and through all the rest
    whenever it has grown by a quarter, holds up every thread, the window's too (77 ms). A drawn
    figure is some ten thousand objects in cycles: looked through while it is drawn they pass for
    old ones, and those of ten figures then go at once (170 ms).
    """
    with _COUNTING:
        stopped = gc.isenabled()
        gc.disable()
        _PAUSES.append(None)
    try:
        yield
    finally:
        with _COUNTING:
            _PAUSES.pop()
            if stopped:
                gc.enable()


def collect_due(*, whole: bool = True) -> bool:
    """Look through what is due by now, unless somebody has it paused: for who stopped the collector.

    Whether all was looked through, the oldest too, which takes long and may be put off.
    """
    counts, limits = gc.get_count(), gc.get_threshold()
    if _PAUSES or counts[0] < limits[0]:
        return False
    due = [n for n in (1, 2) if counts[n] >= limits[n] and (whole or n < 2)]
    generation = max(due, default=0)
    gc.collect(generation)
    return generation == 2
