"""Charts as files: PNG, SVG, and the figures behind them as CSV."""

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.values import Panels, panel_rows
from pmdesk.charts.insights.panels import draw_panels
from pmdesk.charts.insights.sizes import height_of
from pmdesk.charts.style import chart_style
from pmdesk.exchange.spreadsheet import safe_cell
from pmdesk.private import make_private, new_file
from pmdesk.tokens import Theme
from pmdesk.words import Words

_MM = 1 / 25.4
# Below zero, or with the sign of a change: to be counted with, no formula.
_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?")
_SIZE_MM = (220.0, 100.0)
_BOM = "\ufeff"


def chart_svg(
    panels: Panels,
    words: Words,
    *,
    theme: Theme = "light",
    size_mm: tuple[float, float] = (174, 70),
) -> str:
    """The chart as SVG whose text stays text."""
    out = StringIO()
    _drawn(
        panels,
        words,
        theme,
        size_mm,
        lambda figure: figure.savefig(out, format="svg", metadata={"Date": None}),
        heads=False,
    )
    return out.getvalue()


def chart_png(
    panels: Panels,
    words: Words,
    *,
    theme: Theme = "light",
    size_mm: tuple[float, float] = (174, 70),
    dpi: int = 200,
) -> bytes:
    """The same as PNG; nothing but the picture is in it."""
    out = BytesIO()
    _drawn(
        panels, words, theme, size_mm,
        lambda figure: figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None}),
        heads=False,
    )  # fmt: skip
    return out.getvalue()


def save_chart(
    panels: Panels, path: Path, words: Words, *, theme: Theme = "light", dpi: int = 200
) -> None:
    """Write a chart as its name's ending says: .png, .svg or .csv; raises OSError, ValueError."""
    kind = path.suffix.lower()
    if kind == ".csv":
        _own(path)
        path.write_text(_BOM + chart_csv(panels, words), "utf-8", newline="")
    elif kind in (".png", ".svg"):
        _drawn(
            panels, words, theme, _size_of(panels),
            lambda figure: figure.savefig(_own(path), format=kind[1:], dpi=dpi), heads=True,
        )  # fmt: skip
    else:
        raise ValueError(path.suffix)


def _own(path: Path) -> Path:
    """The same path, and there a file for its owner alone."""
    new_file(path)
    make_private(path)
    return path


def _size_of(panels: Panels) -> tuple[float, float]:
    """Millimetres of a picture of its own: as wide as a page, as high as its panels need."""
    width, least = _SIZE_MM
    return width, max(least, height_of(panels, width * _MM) / _MM)


def chart_csv(panels: Panels, words: Words) -> str:
    """The rows behind it as comma-separated values; no text of a record runs as a formula."""
    out = StringIO()
    rows = ([_cell(text) for text in row] for row in panel_rows(panels, words))
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _cell(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else safe_cell(text)


def _drawn(
    panels: Panels,
    words: Words,
    theme: Theme,
    size_mm: tuple[float, float],
    save: Callable[[Figure], None],
    *,
    heads: bool,
) -> None:
    with chart_style(theme):
        figure = Figure(figsize=(size_mm[0] * _MM, size_mm[1] * _MM))
        draw_panels(figure, panels, words, theme, heads=heads)
        save(figure)
