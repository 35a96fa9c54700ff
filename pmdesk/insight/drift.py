"""Whether waits got longer or shorter, since when, and whether that is more than chance."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from math import inf, sqrt
from random import Random
from typing import Final, Literal, NamedTuple

from pmdesk.insight.survival import Wait, kaplan_meier

State = Literal["few", "steady", "slower", "faster"]
# No more than one history in a hundred without a change is called a change.
LEVEL: Final = 0.01
# Fewer turns than this say nothing.
ENOUGH: Final = 40
_EACH_SIDE: Final = 20
_WEEKS_EACH_SIDE: Final = 8
_SHARE_EACH_SIDE: Final = 0.1
# Busy and quiet weeks come together: what is exchanged by chance are blocks of so many weeks.
_BLOCK: Final = 4
_LATELY: Final = 78
_LONG: Final = 100
_TIMES: Final = 1999
# As many as extreme as this tell a p that is no small one well enough.
_SURE: Final = 100
# Several questions about the same clients ask for the same changes.
_KNOWN: Final = 64
# The sum of the scores of a week, and how many waits began in it.
_Week = tuple[float, int]


class Turn(NamedTuple):
    """A wait, and the number of the week in which it began: its Monday's ordinal day // 7."""

    week: int
    wait: Wait


class Drift(NamedTuple):
    """The last change of `n` waits: since the week of that number, its medians in hours.

    `before_h` and `after_h` are Kaplan–Meier medians, None where one was not reached; `p` is that
    of the test, None where there were too few.
    """

    state: State
    n: int
    since: int | None = None
    before_h: float | None = None
    after_h: float | None = None
    p: float | None = None

    @property
    def changed(self) -> bool:
        """Whether there is a change beyond chance."""
        return self.since is not None


def drift(turns: Iterable[Turn]) -> Drift:
    """The last change of these waits that is more than chance.

    Each wait is scored by its martingale residual d − Λ(t) (Λ the Nelson–Aalen estimate of all of
    them, d = 0 while it is open); the greatest standardised cumulative sum over the weeks tells
    where a change lies, blocks of four weeks permuted how often chance does as much. A change is
    looked for with at least 20 waits and 8 weeks, and a tenth of all waits, on either side; in what
    follows a change another; where a long history shows none, in its last 78 weeks at half the
    level. Sources: Therneau, Grambsch & Fleming 1990, Biometrika 77:147 (residuals); Pettitt 1979,
    Appl. Statist. 28:126 (the change); Besag & Clifford 1991, Biometrika 78:301 (permutations end
    once 100 were as extreme).
    """
    return known(tuple(sorted(turns)))


@lru_cache(maxsize=_KNOWN)
def known(turns: tuple[Turn, ...]) -> Drift:
    """What `drift` finds in waits in order of their weeks, kept for those asked of last."""
    found = _changes(turns)
    if not found and turns and turns[-1].week - turns[0].week >= _LONG:
        # a stretch that came and went cancels out in the whole
        lately = turns[bisect_left(turns, turns[-1].week - _LATELY + 1, key=_week) :]
        found = _changes(lately, LEVEL / 2)
    if not found:
        return _largest(turns)
    last = found[-1]
    first = found[-2].since if len(found) > 1 else None
    place = bisect_left(turns, last.since or 0, key=_week)
    begins = 0 if first is None else bisect_left(turns, first, key=_week)
    before_h, after_h = _median(turns[begins:place]), _median(turns[place:])
    return last._replace(n=len(turns) - begins, before_h=before_h, after_h=after_h)


def _changes(turns: Sequence[Turn], level: float = LEVEL) -> list[Drift]:
    """The largest change, the largest in what follows it, and so on: in order of time."""
    found = _largest(turns, level)
    if found.since is None:
        return []
    return [found, *_changes(turns[bisect_left(turns, found.since, key=_week) :])]


def _week(turn: Turn) -> int:
    return turn.week


def _largest(turns: Sequence[Turn], level: float = LEVEL) -> Drift:
    """The largest change of waits in order of their weeks, where chance does as much seldom enough."""
    n = len(turns)
    if n < ENOUGH or turns[-1].week - turns[0].week + 1 < 2 * _WEEKS_EACH_SIDE:
        return Drift("few", n)
    first = turns[0].week
    sums, counts = _by_week(turns)
    weeks = list(zip(sums, counts, strict=True))
    seen = _scan(weeks, n)
    if seen is None:
        return Drift("few", n)
    height, after, score = seen
    p = _chance(weeks, n, height)
    if p > level:
        return Drift("steady", n, p=p)
    return Drift("slower" if score > 0 else "faster", n, first + after, p=p)


def _median(turns: Iterable[Turn]) -> float | None:
    curve = kaplan_meier(turn.wait for turn in turns)
    return None if curve is None else curve.median


def _by_week(turns: Sequence[Turn]) -> tuple[list[float], list[int]]:
    """Sum of the residuals and number of the waits of each week, from the first to the last."""
    hazard = _hazard([turn.wait for turn in turns])
    first = turns[0].week
    length = turns[-1].week - first + 1
    sums, counts = [0.0] * length, [0] * length
    for turn in turns:
        sums[turn.week - first] += turn.wait.answered - hazard(turn.wait.hours)
        counts[turn.week - first] += 1
    return sums, counts


def _hazard(waits: Sequence[Wait]) -> Callable[[float], float]:
    """The cumulative hazard up to a wait, by Nelson and Aalen."""
    ends = sorted(wait.hours for wait in waits)
    answered = sorted(wait.hours for wait in waits if wait.answered)
    times = sorted(set(answered))
    steps = [
        (bisect_right(answered, time) - bisect_left(answered, time))
        / (len(ends) - bisect_left(ends, time))
        for time in times
    ]
    sums = [0.0, *accumulate(steps)]
    return lambda hours: sums[bisect_right(times, hours)]


def _scan(weeks: Sequence[_Week], n: int) -> tuple[float, int, float] | None:
    """The largest standardised sum, the number of weeks before it, and the sum with its sign.

    Residuals add up to nothing, so the sum of the weeks before a place is that of a change there.
    """
    least = max(_EACH_SIDE, _SHARE_EACH_SIDE * n)
    last, most = len(weeks) - _WEEKS_EACH_SIDE, n - least
    best: tuple[float, int, float] | None = None
    score, count = 0.0, 0
    for place, (more, turns) in enumerate(weeks, 1):
        score += more
        count += turns
        if count < least or place < _WEEKS_EACH_SIDE:
            continue
        if count > most or place > last:
            break
        share = count / n
        height = abs(score) / sqrt(share * (1 - share))
        if best is None or height > best[0]:
            best = (height, place, score)
    return best


def _chance(weeks: Sequence[_Week], n: int, height: float) -> float:
    """How often blocks of weeks in an order of chance show as large a change."""
    blocks = [weeks[place : place + _BLOCK] for place in range(0, len(weeks), _BLOCK)]
    reach = _reach(n, height - 1e-12)
    last, as_large = len(weeks) - _WEEKS_EACH_SIDE, 0
    swaps = [(k, k + 1, (k + 1).bit_length()) for k in reversed(range(1, len(blocks)))]
    bits = Random(n).getrandbits  # noqa: S311 - the same answer each time it is asked
    for time in range(1, _TIMES + 1):
        # as Random.shuffle does, in half the time
        for k, below, length in swaps:
            other = bits(length)
            while other >= below:
                other = bits(length)
            blocks[k], blocks[other] = blocks[other], blocks[k]
        if _reaches(blocks, reach, last):
            as_large += 1
            if as_large == _SURE:
                return as_large / time
    return (as_large + 1) / (_TIMES + 1)


def _reach(n: int, height: float) -> list[float]:
    """For each number of `n` waits before a place the sum that stands as high as `height` there."""
    least = max(_EACH_SIDE, _SHARE_EACH_SIDE * n)
    return [
        height * sqrt(count / n * (1 - count / n)) if least <= count <= n - least else inf
        for count in range(n + 1)
    ]


def _reaches(blocks: Iterable[Sequence[_Week]], reach: Sequence[float], last: int) -> bool:
    """Whether some sum of weeks stands as high, up to the place `last`: what `_scan` would find."""
    score, count, place = 0.0, 0, 0
    for block in blocks:
        for more, turns in block:
            score += more
            count += turns
            place += 1
            if place > last:
                return False
            high = reach[count]
            if (score >= high or score <= -high) and place >= _WEEKS_EACH_SIDE:
                return True
    return False
