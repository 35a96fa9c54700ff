"""A drawn chart: its pixels, where its items stand in them, and what is told of those."""

from dataclasses import dataclass
from math import hypot
from typing import Final, NamedTuple

from pmdesk.answers.insights.values import Panels
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
    """Drawn panels: rows of 4 bytes a pixel (red, green, blue, opaque), from the upper left on.

    `hover` tells where their items stand; None where there is nothing to point at.
    """

    panels: Panels
    frame: Frame
    width: int
    height: int
    pixels: bytes
    hover: SpotMap | None
