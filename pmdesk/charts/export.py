"""Charts as files: PNG, SVG, and the figures behind them as CSV."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

from matplotlib.figure import Figure  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.values import Panels, panel_rows
from pmdesk.charts.expectations import draw_gaps
from pmdesk.charts.insights.panels import draw_panels
from pmdesk.charts.insights.sizes import height_of
from pmdesk.charts.responsiveness import draw_responsiveness
from pmdesk.charts.style import chart_style
from pmdesk.charts.survival import draw_survival
from pmdesk.charts.trust import draw_trust
from pmdesk.charts.values import (
    GapSeries,
    ResponsivenessSeries,
    Series,
    SurvivalSeries,
    TrustSeries,
)
from pmdesk.tokens import Theme
from pmdesk.words import Words

_MM = 1 / 25.4
_SIZE_MM = (220.0, 100.0)
_BOM = "\ufeff"


def chart_svg(
    series: Series,
    words: Words,
    *,
    theme: Theme = "light",
    size_mm: tuple[float, float] = (174, 70),
) -> str:
    """The chart as SVG whose text stays text."""
    out = StringIO()
    _drawn(
        series,
        words,
        theme,
        size_mm,
        lambda figure: figure.savefig(out, format="svg", metadata={"Date": None}),
        heads=False,
    )
    return out.getvalue()


def chart_png(
    series: Series,
    words: Words,
    *,
    theme: Theme = "light",
    size_mm: tuple[float, float] = (174, 70),
    dpi: int = 200,
) -> bytes:
    """The same as PNG; nothing but the picture is in it."""
    out = BytesIO()
    _drawn(
        series, words, theme, size_mm,
        lambda figure: figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None}),
        heads=False,
    )  # fmt: skip
    return out.getvalue()


def save_chart(
    series: Series, path: Path, words: Words, *, theme: Theme = "light", dpi: int = 200
) -> None:
    """Write a chart as its name's ending says: .png, .svg or .csv; raises OSError, ValueError."""
    kind = path.suffix.lower()
    if kind == ".csv":
        path.write_text(_BOM + chart_csv(series, words), "utf-8", newline="")
    elif kind in (".png", ".svg"):
        _drawn(
            series, words, theme, _size_of(series),
            lambda figure: figure.savefig(path, format=kind[1:], dpi=dpi), heads=True,
        )  # fmt: skip
    else:
        raise ValueError(path.suffix)


def _size_of(series: Series) -> tuple[float, float]:
    """Millimetres of a picture of its own: as wide as a page, as high as its panels need."""
    if not isinstance(series, Panels):
        return _SIZE_MM
    width, least = _SIZE_MM
    return width, max(least, height_of(series, width * _MM) / _MM)


def chart_csv(series: Series, words: Words) -> str:
    """The figures as comma-separated values; hours with 4 decimals, empty where there is none."""
    out = StringIO()
    writer = csv.writer(out)
    match series:
        case Panels():
            writer.writerows(panel_rows(series, words))
        case SurvivalSeries():
            writer.writerow(["hours", "share_still_waiting", "low", "high"])
            for row in zip(series.times, series.survival, series.low, series.high, strict=True):
                writer.writerow([f"{value:.4f}" for value in row])
        case TrustSeries():
            writer.writerow(["day", "trust", "low", "high"])
            for point in series.points:
                values = (point.expected, point.low, point.high)
                writer.writerow([point.day.isoformat(), *(f"{value:.4f}" for value in values)])
        case GapSeries():
            writer.writerow(["about", "expected", "actual", "gap", "tolerances"])
            for gap in series.rows:
                times = f"{gap.tolerances:.4f}"
                writer.writerow([gap.label, gap.expected, gap.actual, gap.gap, times])
        case ResponsivenessSeries():
            figures = ["median_h", "low_h", "high_h", "q1_h", "q3_h"]
            writer.writerow(["period", "start", "turns", "open", *figures, "cases_h", "so_far"])
            for p in series.periods:
                spread = (p.median, p.low, p.high, p.q1, p.q3) if not p.few else (None,) * 5
                hours = ["" if v is None else f"{v:.4f}" for v in spread]
                cases = " ".join(f"{w.hours:.4f}{'' if w.answered else '+'}" for w in p.cases)
                facts = [p.label, p.start.isoformat(), p.n, p.open]
                writer.writerow([*facts, *hours, cases, "yes" if p.so_far else ""])
    return out.getvalue()


def _drawn(
    series: Series,
    words: Words,
    theme: Theme,
    size_mm: tuple[float, float],
    save: Callable[[Figure], None],
    *,
    heads: bool,
) -> None:
    with chart_style(theme):
        figure = Figure(figsize=(size_mm[0] * _MM, size_mm[1] * _MM))
        if isinstance(series, Panels):
            draw_panels(figure, series, words, theme, heads=heads)
        else:
            draw(figure, series, words, theme)
        save(figure)


def draw(
    figure: Figure, series: Series, words: Words, theme: Theme = "light", scale: float = 1
) -> None:
    """Draw any series into `figure`, which is cleared first."""
    match series:
        case SurvivalSeries():
            draw_survival(figure, series, words, theme, scale)
        case TrustSeries():
            draw_trust(figure, series, words, theme, scale)
        case GapSeries():
            draw_gaps(figure, series, words, theme, scale)
        case Panels():
            draw_panels(figure, series, words, theme, scale)
        case ResponsivenessSeries():
            draw_responsiveness(figure, series, words, theme, scale)
