"""Words along the edges of axes, in place of matplotlib's ticks: each of those is five artists."""

from collections.abc import Iterable
from typing import Any

from matplotlib import rcParams  # noqa: TID253 - charts is the package that may
from matplotlib.axes import Axes  # noqa: TID253
from matplotlib.ticker import NullLocator  # noqa: TID253

from pmdesk.charts.style import PAD


def words_below(axes: Axes, words: Iterable[tuple[float, str]]) -> None:
    """Words under the axes at places of its x axis, whose limits are known."""
    where, level, side = axes.get_xaxis_text1_transform(PAD)
    axes.xaxis.set_major_locator(NullLocator())
    looks = _looks(where, level, side)
    for place, word in _within(words, axes.get_xlim()):
        axes.text(place, 0, word, **looks)


def words_beside(axes: Axes, words: Iterable[tuple[float, str]]) -> None:
    """Words left of the axes at places of its y axis, whose limits are known."""
    where, level, side = axes.get_yaxis_text1_transform(PAD)
    axes.yaxis.set_major_locator(NullLocator())
    looks = _looks(where, level, side)
    for place, word in _within(words, axes.get_ylim()):
        axes.text(0, place, word, **looks)


def _within(
    words: Iterable[tuple[float, str]], ends: tuple[float, float]
) -> list[tuple[float, str]]:
    low, high = sorted(ends)
    return [(place, word) for place, word in words if low <= place <= high]


def lines_across(axes: Axes, places: Iterable[float]) -> None:
    """A grid at places of the y axis, as `bare` has it."""
    from matplotlib.collections import LineCollection

    lines = LineCollection(
        [((0, y), (1, y)) for y in places], colors=rcParams["grid.color"], linewidths=0.8,
        zorder=0.5, capstyle="projecting", transform=axes.get_yaxis_transform("grid"),
    )  # fmt: skip
    axes.add_collection(lines, autolim=False)


def _looks(where: Any, level: str, side: str) -> dict[str, Any]:
    """As the labels of ticks look, on either axis."""
    return {
        "transform": where, "va": level, "ha": side,
        "color": rcParams["xtick.labelcolor"], "fontsize": rcParams["xtick.labelsize"],
    }  # fmt: skip
