"""Python's garbage collector, set for a program that reads much and drops it at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
    whenever it has grown by a quarter, holds up every thread, the window's too (77 ms).
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@contextmanager
def collected_at_end() -> Iterator[None]:
    """Inside, nothing is looked through; at the end what came up meanwhile is, while it is young.

    A drawn figure is some ten thousand objects in cycles. Looked through while it is drawn they
    pass for old ones, and those of ten figures then go at once, which holds up the window (170 ms).
    """
    with collector_paused():
        yield
    gc.collect(0)
