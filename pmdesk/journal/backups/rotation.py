"""Which copies stay and which go: judged by the copies there are, never by what time it is now.

A copy's place in time is the order in which it was made. Its date only says what day, week and month
it stands for, in UTC, so that neither a zone nor summer time moves it.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

NEWEST: Final = 8
LAST_GOOD: Final = 3


@dataclass(frozen=True)
class Copy:
    """A copy as far as the rotation looks at it; `number` grows with each that is made.

    `good` is one that is whole as far as that is known; `size` in bytes.
    """

    number: int
    at: datetime
    size: int = 0
    good: bool = True


def _day(at: datetime) -> Hashable:
    return at.astimezone(UTC).date()


def _week(at: datetime) -> Hashable:
    return at.astimezone(UTC).isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    utc = at.astimezone(UTC)
    return utc.year, utc.month


# From the densest to the coarsest.
SPANS: Final[tuple[tuple[Callable[[datetime], Hashable], int], ...]] = (
    (_day, 12),
    (_week, 10),
    (_month, 9),
)


def going(copies: Collection[Copy], limit_bytes: int | None = None) -> list[Copy]:
    """The copies that may go, the first to go first.

    The newest 8 stay, and the latest of each of 12 days, 10 weeks and 9 months that have one. With
    `limit_bytes` the oldest of the densest go, too, until the rest takes no more than that; the last
    three good ones stay whatever they take. A damaged one counts for nothing: it stays until 8
    good ones are newer, and never makes a good one go.
    """
    ordered = sorted(copies, key=lambda copy: copy.number, reverse=True)
    good = [copy for copy in ordered if copy.good]
    density = _density(good)
    gone = [copy for copy in reversed(good) if copy.number not in density]
    if len(good) >= NEWEST:
        limit = good[NEWEST - 1].number
        gone += [copy for copy in reversed(ordered) if not copy.good and copy.number < limit]
    if limit_bytes is not None:
        left = sum(copy.size for copy in ordered) - sum(copy.size for copy in gone)
        spare = good[LAST_GOOD:]
        spare = [copy for copy in spare if copy.number in density]
        for copy in sorted(spare, key=lambda copy: (density[copy.number], copy.number)):
            if left <= limit_bytes:
                break
            gone.append(copy)
            left -= copy.size
    return gone


def _density(good: Sequence[Copy]) -> dict[int, int]:
    """How coarse the coarsest rule is that holds a copy, by its number; those held by none lack."""
    density = {copy.number: 0 for copy in good[:NEWEST]}
    for n, (span, count) in enumerate(SPANS, 1):
        for copy in (*_latest(good, span, count), *_latest_of_runs(good, span, count)):
            density[copy.number] = n
    return density


def _latest(good: Sequence[Copy], span: Callable[[datetime], Hashable], count: int) -> list[Copy]:
    """The latest copy of each of the `count` spans met first, going back."""
    found: dict[Hashable, Copy] = {}
    for copy in good:
        found.setdefault(span(copy.at), copy)
    return list(found.values())[:count]


def _latest_of_runs(
    good: Sequence[Copy], span: Callable[[datetime], Hashable], count: int
) -> Iterator[Copy]:
    """The same, where a span that comes again counts anew.

    With a clock that runs on both are the same. One set back does not put what it writes under old
    dates in the place of the copies that were made then; one that goes to and fro uses up the runs,
    but not the spans.
    """
    before: Hashable = None
    for copy in good:
        if count and span(copy.at) != before:
            before = span(copy.at)
            count -= 1
            yield copy
