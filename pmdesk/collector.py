"""Python's garbage collector, set for a program that reads much and drops it at once."""

import gc


def calm_collector() -> None:
    """Let Python's collector look at young objects less often.

    A client's conversation is some ten thousand of them, all gone with its page, and an import a
    million: by default the collector looks through them thirty times, and now and then through all
    of matplotlib (70 ms).
    """
    gc.set_threshold(20_000, 10, 10)
