"""How long work on a journal tells how far it is, and how two of its parts are told as one."""

from collections.abc import Callable
from typing import TypeAlias

# Told how much is done, and of how much. What it raises ends the work.
Progress: TypeAlias = Callable[[int, int], None]


def untold(_done: int, _total: int) -> None:
    """The progress of work that nobody watches."""


def halves(progress: Progress, size: int) -> tuple[Progress, Progress]:
    """The progress of two parts of equal weight, each as if of `size` units."""

    def part(begun: int) -> Progress:
        def tell(done: int, total: int) -> None:
            progress(begun + (size * done // total if total else 0), 2 * size)

        return tell

    return part(0), part(size)


def part_of(progress: Progress, before: int, whole: int) -> Progress:
    """The progress of a part of work of `whole` units, of which `before` are done by then."""
    return lambda done, _total: progress(before + done, whole)
