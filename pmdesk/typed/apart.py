"""Of what was found in a text, what does not overlap."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Found(Protocol):
    """Something that stands in a text, from `start` up to `end`."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Found)


def apart(hits: Iterable[T]) -> list[T]:
    """The hits in their order; of two that overlap the longer one, of equally long ones the first."""
    taken: set[int] = set()
    chosen: list[T] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        places = range(hit.start, hit.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.start)
