"""What every chart of an insight is drawn with, and what it gives back: places to point at."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may

from pmdesk.tokens import Theme
from pmdesk.words import Words


class Spot(NamedTuple):
    """Where an item stands, in the data of its axes: a point, or a bar from one corner to another."""

    axes: Axes
    item: int
    left: float
    low: float
    right: float
    high: float

    @classmethod
    def point(cls, axes: Axes, item: int, x: float, y: float) -> "Spot":
        """An item at a point."""
        return cls(axes, item, x, y, x, y)


class Limits(NamedTuple):
    """The scale that several panels share: their times (Unix seconds or days) and their values."""

    first: float
    last: float
    low: float
    high: float

    def joined(self, other: "Limits") -> "Limits":
        """The scale that holds both."""
        return Limits(
            min(self.first, other.first), max(self.last, other.last),
            min(self.low, other.low), max(self.high, other.high),
        )  # fmt: skip


@dataclass(frozen=True)
class Pen:
    """The words, colours and size of a chart; `limits` is its scale where panels share one.

    `head` is the room in inches, at the size of 100 %, that a panel's own head takes.
    """

    words: Words
    theme: Theme
    colours: Any
    scale: float = 1.0
    limits: Limits | None = None
    head: float = 0.0

    def alpha(self, usual: float) -> float:
        """How opaque something is that many others may lie on: more so in high contrast."""
        return usual if self.theme in {"light", "dark"} else (1 + usual) / 2

    def size(self, part: Any) -> tuple[float, float]:
        """Width and height of a figure or a part of one, in inches at the size of 100 %."""
        return (
            part.bbox.width / part.figure.dpi / self.scale,
            part.bbox.height / part.figure.dpi / self.scale,
        )

    def room(
        self, part: Any, *, left: float = 0.58, right: float = 0.2, below: float = 0.34
    ) -> None:
        """Room for labels beside the axes of a part, in inches at the size of 100 %."""
        width, height = self.size(part)
        part.subplots_adjust(
            left=min(left / width, 0.45), right=1 - min(right / width, 0.3),
            top=1 - min((0.16 + self.head) / height, 0.4), bottom=min(below / height, 0.4),
            hspace=0.12,
        )  # fmt: skip
