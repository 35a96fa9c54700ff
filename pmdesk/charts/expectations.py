"""Expectation against actual: each gap beside what may be, in multiples of its tolerance."""

from dataclasses import replace
from typing import Final
from unicodedata import east_asian_width

from matplotlib.figure import Figure  # noqa: TID253 - charts is the package that may

from pmdesk.charts.printable import one_line
from pmdesk.charts.style import chart_style
from pmdesk.charts.values import GapRow, GapSeries
from pmdesk.tokens import Theme
from pmdesk.words import Words

_EDGE: Final = 4.0
_LONG_GAP: Final = 15


def _fitting(text: str, room: int) -> str:
    """As much of a text as fits, a Chinese character taking two places."""
    used = 0
    for place, letter in enumerate(text):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > room:
            return text[: place - 1].rstrip() + "…"
    return text


def _sign(value: float) -> int:
    return 1 if value >= 0 else -1


def _in_two_lines(gap: str) -> str:
    """A gap whose unit is long, the unit below the figure."""
    figure, _, unit = gap.partition(" ")
    return f"{figure}\n{unit}" if len(gap) > _LONG_GAP else gap


def _drawable(row: GapRow) -> GapRow:
    """A row whose texts have no letter that no font has."""
    label, expected, actual, gap = map(one_line, (row.label, row.expected, row.actual, row.gap))
    return replace(row, label=label, expected=expected, actual=actual, gap=gap)


def draw_gaps(
    figure: Figure, series: GapSeries, words: Words, theme: Theme = "light", scale: float = 1
) -> None:
    """Draw `series` into `figure`, which is cleared first; right of the middle is worse."""
    with chart_style(theme, scale) as colours:
        figure.clear()
        figure.set_facecolor(colours["surface"])
        if not series.rows:
            text = words("No expectation has an actual value yet")
            figure.text(0.5, 0.5, text, ha="center", color=colours["muted"])
            return
        axes = figure.subplots()
        width, height = figure.get_size_inches()
        figure.subplots_adjust(
            left=min(0.42, 2.7 * scale / width), right=1 - min(0.3, 1.35 * scale / width),
            top=1 - min(0.2, 0.1 * scale / height), bottom=min(0.4, 0.58 * scale / height),
        )  # fmt: skip
        # a letter of 9 points takes about 0.075 inches, one of Chinese two of them
        room = int(width * figure.subplotpars.left / (0.075 * scale)) - 2
        n = len(series.rows)
        axes.axvspan(-1, 1, color=colours["good"], alpha=0.10, linewidth=0)
        axes.axvline(0, color=colours["muted"], linewidth=1)
        tones = {"good": colours["good"], "warn": colours["warn"], "bad": colours["bad"]}
        for place, row in enumerate(map(_drawable, series.rows)):
            y = n - 1 - place
            shown = max(-_EDGE, min(_EDGE, row.tolerances))
            axes.barh(y, shown, height=0.42, color=tones.get(row.state, colours["muted"]))
            if abs(shown) < 0.05:
                axes.plot([shown], [y], marker="D", markersize=4, linestyle="",
                      color=tones.get(row.state, colours["muted"]), clip_on=False)  # fmt: skip
            if abs(row.tolerances) > _EDGE:
                # the bar goes on beyond the edge: two strokes cut it
                for back in (0.10, 0.20):
                    axes.plot([shown - back * _sign(shown)] * 2, [y - 0.26, y + 0.26],
                              color=colours["surface"], linewidth=2)  # fmt: skip
            axes.annotate(_in_two_lines(row.gap), (1.0, y), xycoords=("axes fraction", "data"), xytext=(8, 0),
                          textcoords="offset points", va="center", color=colours["text"])  # fmt: skip
            axes.annotate(f"{row.expected} → {row.actual}", (0, y), xycoords=("axes fraction", "data"),
                          xytext=(-8, -6 * scale), textcoords="offset points", va="center", ha="right",
                          color=colours["muted"], fontsize="small")  # fmt: skip
            axes.annotate(_fitting(row.label, room), (0, y), xycoords=("axes fraction", "data"), xytext=(-8, 6 * scale),
                          textcoords="offset points", va="center", ha="right", color=colours["text"])  # fmt: skip
        axes.set_xlim(-_EDGE, _EDGE)
        axes.set_ylim(-0.6, n - 0.4)
        axes.set_yticks([])
        axes.set_xticks([-1, 0, 1], ["", words("as agreed"), ""])
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0, pad=6)
        axes.set_xlabel(words("better ← tolerance → worse"))
