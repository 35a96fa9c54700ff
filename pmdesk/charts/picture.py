"""A drawn chart: its pixels, where its periods stand in them, and what is told of those."""

from dataclasses import dataclass
from math import hypot
from typing import Final, NamedTuple

from pmdesk.answers.insights.values import Panels
from pmdesk.charts.values import Clock, PeriodPoint, ResponsivenessSeries, Series
from pmdesk.words import Words

# A pointer this many pixels away means the nearest.
_NEARBY: Final = 14.0


class Frame(NamedTuple):
    """The room of a picture in pixels of the window, each of which is `ratio` of the screen's."""

    width: int
    height: int
    ratio: float = 1.0


class Area(NamedTuple):
    """A rectangle of a picture, in pixels of the window from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class HoverMap:
    """Where the periods of a series stand in its picture, in pixels of the window.

    `origin` is the x of the first period, `step` the way to the next, `heights` the y of each
    period's point; `areas` are those parts of the picture in which a pointer means a period.
    """

    series: ResponsivenessSeries
    areas: tuple[Area, ...]
    origin: float
    step: float
    heights: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many periods can be pointed at."""
        return len(self.heights)

    def item(self, index: int) -> int:
        """Of the series, the period itself."""
        return index

    def lines(self, index: int, words: Words) -> list[str]:
        """What is told of a period."""
        return hover_lines(self.series, index, words)

    def at(self, x: float, y: float) -> int | None:
        """Index of the period at a place; None outside."""
        if not any(a.left <= x <= a.right and a.top <= y <= a.bottom for a in self.areas):
            return None
        index = round((x - self.origin) / self.step)
        return index if 0 <= index < len(self.heights) else None

    def place_of(self, index: int) -> tuple[float, float]:
        """Where the point of a period stands."""
        return self.origin + index * self.step, self.heights[index]

    def is_low(self, index: int) -> bool:
        """Whether a period's point stands in the middle or below, with more room above it."""
        upper = self.areas[0]
        # half a pixel, for points in the very middle
        return self.heights[index] > (upper.top + upper.bottom) / 2 - 0.5


@dataclass(frozen=True)
class SpotMap:
    """Where the items of panels stand in their picture, in pixels of the window."""

    panels: Panels
    items: tuple[int, ...]
    areas: tuple[Area, ...]
    height: float

    @property
    def count(self) -> int:
        """How many items can be pointed at."""
        return len(self.items)

    def item(self, index: int) -> int:
        """Of all items of the panels, the one that stands there."""
        return self.items[index]

    def lines(self, index: int, words: Words) -> list[str]:
        """What is told of an item."""
        return self.panels.told(self.items[index], words)

    def at(self, x: float, y: float) -> int | None:
        """Index of the nearest item at a place; None where there is none nearby."""
        distances = [_distance(area, x, y) for area in self.areas]
        nearest = min(range(len(distances)), key=distances.__getitem__, default=None)
        return nearest if nearest is not None and distances[nearest] <= _NEARBY else None

    def place_of(self, index: int) -> tuple[float, float]:
        """The middle of an item."""
        area = self.areas[index]
        return (area.left + area.right) / 2, (area.top + area.bottom) / 2

    def is_low(self, index: int) -> bool:
        """Whether an item stands in the lower half, with more room above it."""
        return self.place_of(index)[1] > self.height / 2


def _distance(area: Area, x: float, y: float) -> float:
    across = max(area.left - x, 0.0, x - area.right)
    down = max(area.top - y, 0.0, y - area.bottom)
    return hypot(across, down)


@dataclass(frozen=True)
class ChartPicture:
    """A drawn series: rows of 4 bytes a pixel (red, green, blue, opaque), from the upper left on.

    `hover` tells where its periods stand; None where there is nothing to point at.
    """

    series: Series
    frame: Frame
    width: int
    height: int
    pixels: bytes
    hover: HoverMap | SpotMap | None


def hover_lines(series: ResponsivenessSeries, index: int, words: Words) -> list[str]:
    """What is told of a period: figures with their units."""
    period, clock = series.periods[index], series.clock
    lines = [f"{period_name(period, words)} · {words.date(period.start)}"]
    if not period.n:
        return [*lines, words("no turn began")]
    lines.append(words("Turns {n}, still open {open}", n=period.n, open=period.open))
    if period.so_far:
        lines.append(words("So far: this is not over yet"))
    if period.few:
        cases = ", ".join(words.number(w.hours) + ("" if w.answered else "+") for w in period.cases)
        lines.append(words("Fewer than 5 turns: {cases} h (+ still open)", cases=cases))
        return lines
    lines.append(_median_line(period, words, clock))
    if period.q1 is not None and period.q3 is not None:
        lines.append(
            words(
                "Middle half {low}–{high}",
                low=words.number(period.q1),
                high=words.hours(period.q3, clock),
            )
        )
    return lines


def _median_line(period: PeriodPoint, words: Words, clock: Clock) -> str:
    if period.median is None:
        if period.so_far:
            return words("More than half still wait")
        return words("Median not reached: more than half still wait")
    median = words.hours(period.median, clock)
    if period.low is None:
        return words("Median {hours}", hours=median)
    low = words.number(period.low)
    high = words.number(period.high) if period.high is not None else words("open")
    return words("Median {hours}, 95% {low}–{high}", hours=median, low=low, high=high)


def period_name(period: PeriodPoint, words: Words) -> str:
    """The period as people say it: “Week 47”, “Nov 2026”."""
    if "-W" in period.label:
        year, _, week = period.label.partition("-W")
        return words("Week {week}, {year}", week=int(week), year=year)
    year, _, month = period.label.partition("-")
    return words("{year}-{month}", year=year, month=month)
