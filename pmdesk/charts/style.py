"""How charts look: the window's own colours and fonts, text that stays text."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import RLock
from typing import Any, Final

import matplotlib as mpl  # noqa: TID253 - charts is the package that may
from matplotlib import font_manager  # noqa: TID253
from matplotlib.axes import Axes  # noqa: TID253
from matplotlib.figure import Figure  # noqa: TID253

from pmdesk.places import data_dir
from pmdesk.tokens import Theme, palette

FAMILIES: Final = ["PMDesk Sans", "PMDesk Sans SC", "Droid Sans Fallback"]
# Points between axes and the words along their edges.
PAD: Final = 6

# matplotlib's settings and fonts are one for all threads: a chart for the window and one for a PDF
# must not be drawn at the same time.
DRAWING: Final = RLock()


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Make the bundled fonts known to matplotlib, once, in place of those of the system.

    One of the system that is gone since matplotlib listed them would make it list them anew in the
    middle of a chart, and forget the bundled ones.
    """
    known, own = font_manager.fontManager, mpl.get_data_path()
    known.ttflist = [font for font in known.ttflist if font.fname.startswith(own)]
    for path in sorted((data_dir("resources") / "fonts").glob("*.[ot]tf")):
        font_manager.fontManager.addfont(str(path))


@contextmanager
def chart_style(theme: Theme, scale: float = 1.0) -> Iterator[Any]:
    """Settings for drawing in a theme; `scale` enlarges text."""
    load_fonts()
    colours = palette(theme)
    settings: dict[Any, Any] = {
        "font.family": FAMILIES,
        "font.size": 9 * scale,
        "axes.labelsize": 8 * scale,
        "xtick.labelsize": 8 * scale,
        "ytick.labelsize": 8 * scale,
        "text.hinting": "none",  # whole pixels would space the letters unevenly
        "text.parse_math": False,  # what people write holds dollar signs
        "svg.fonttype": "none",
        "svg.hashsalt": "pmdesk",
        "axes.unicode_minus": True,
        "text.color": colours["text"],
        "axes.labelcolor": colours["muted"],
        "axes.edgecolor": colours["line"],
        "axes.facecolor": colours["surface"],
        "figure.facecolor": colours["surface"],
        "savefig.facecolor": colours["surface"],
        "xtick.color": colours["muted"],
        "ytick.color": colours["muted"],
        "xtick.labelcolor": colours["muted"],
        "ytick.labelcolor": colours["muted"],
        "grid.color": colours["grid"],
        "axes.axisbelow": True,
        "path.simplify": False,
    }
    with DRAWING, mpl.rc_context(settings):
        yield colours


def margins(figure: Figure, scale: float, *, below: float, right: float = 0.14) -> None:
    """Room for the labels, in inches that do not depend on the figure's size."""
    width, height = figure.get_size_inches()
    figure.subplots_adjust(
        left=min(0.58 * scale / width, 0.3),
        right=1 - min(right * scale / width, 0.12),
        top=1 - min(0.16 * scale / height, 0.2),
        bottom=min(below * scale / height, 0.4),
        hspace=0.12,
    )


def say_last(
    axes: Axes,
    text: str,
    at: tuple[float, float],
    colours: Any,
    below: str = "",
    beyond: float | None = None,
) -> None:
    """The last value of a line in the margin beside its end, where it covers nothing.

    `below` stands smaller under it: the interval that the value rests on. Where points of their
    own follow the line up to `beyond`, the value stands behind them, led to by a thin line.
    """
    x, y = at
    place = (x if beyond is None else beyond, y)
    if place != at:
        axes.plot((x, place[0] + 0.3), (y, y), color=colours["accent"], linewidth=0.7,
                  linestyle=":", zorder=1)  # fmt: skip
    if below:
        axes.annotate(below, place, xytext=(7, -8), textcoords="offset points", ha="left", va="top",
                      color=colours["muted"], fontsize="small", annotation_clip=False)  # fmt: skip
    axes.annotate(text, place, xytext=(7, 0), textcoords="offset points", ha="left", va="center",
                  color=colours["accent"], fontsize="large", annotation_clip=False)  # fmt: skip


def bare(axes: Axes, *, grid: bool = True) -> None:
    """Only a grid behind the figures, or not even that, and the line they stand on.

    Asked for before axes have ticks: each of them would be dressed once more.
    """
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, pad=PAD)
    if grid:
        axes.grid(axis="y", linewidth=0.8)
