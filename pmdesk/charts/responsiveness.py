"""Responsiveness over time: the weekly median in its band, the target, what is still open."""

from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from matplotlib.axes import Axes  # noqa: TID253 - charts is the package that may
from matplotlib.figure import Figure  # noqa: TID253

from pmdesk.charts.style import bare, chart_style, margins, say_last
from pmdesk.charts.values import PeriodPoint, ResponsivenessSeries
from pmdesk.tokens import Theme
from pmdesk.words import Words

_MOST_TICKS: Final = 9


@dataclass(frozen=True)
class ChartMap:
    """The axes over whose x the periods stand, each at its index; none where nothing was drawn."""

    axes: tuple[Axes, ...]
    series: ResponsivenessSeries


def draw_responsiveness(
    figure: Figure,
    series: ResponsivenessSeries,
    words: Words,
    theme: Theme = "light",
    scale: float = 1,
) -> ChartMap:
    """Draw `series` into `figure`, which is cleared first."""
    with chart_style(theme, scale) as colours:
        figure.clear()
        figure.set_facecolor(colours["surface"])
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(4.2, 1))
        margins(figure, scale, below=0.3, right=0.5)
        periods = series.periods
        if not periods:
            for axes in (upper, lower):
                axes.set_axis_off()
            figure.text(
                0.5, 0.5, words("No waiting turn in this time"), ha="center", color=colours["muted"]
            )
            return ChartMap((), series)
        top = _top(series)
        _band(upper, periods, top, colours)
        _medians(upper, periods, top, colours, words)
        _target(upper, series, colours, words)
        upper.set_ylim(0, top)
        upper.yaxis.set_major_locator(_few_ticks(4))
        bare(upper)
        upper.spines["bottom"].set_visible(False)
        upper.set_ylabel(_unit(series, words))
        # a label takes about an inch at this size; more of them would touch
        most = max(2, min(_MOST_TICKS, int(figure.get_size_inches()[0] / (0.95 * scale))))
        _counts(lower, periods, colours, words, most)
        upper.set_xlim(-0.6, max(len(periods) - 0.4, 1.6))
        return ChartMap((upper, lower), series)


def _few_ticks(n: int) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(n)


def _unit(series: ResponsivenessSeries, words: Words) -> str:
    return words("working hours") if series.clock == "work" else words("hours")


def _top(series: ResponsivenessSeries) -> float:
    """A scale that one extreme week does not flatten: up to 1.1 × the highest median or q3.

    Bands higher than three times the highest median are cut off at the edge.
    """
    medians = [p.median for p in series.periods if p.median is not None]
    thirds = [p.q3 for p in series.periods if p.q3 is not None and not p.few]
    cases = [w.hours for p in series.periods for w in p.cases if w.answered]
    highest = max(medians, default=sorted(cases)[len(cases) * 3 // 4] if cases else 1.0)
    wanted = max(highest, min(max(thirds, default=0.0), highest * 3), series.target_hours or 0)
    return max(wanted * 1.1, 1e-3)


def _band(axes: Axes, periods: tuple[PeriodPoint, ...], top: float, colours: Any) -> None:
    """The middle half of the turns; where the upper quartile was never reached, up to the edge."""
    run: list[int] = []
    for i in range(len(periods) + 1):
        p = periods[i] if i < len(periods) else None
        if p is not None and p.n and not p.few and not p.so_far and p.q1 is not None:
            run.append(i)
            continue
        if run:
            low = [periods[j].q1 or 0.0 for j in run]
            high = [top if (q := periods[j].q3) is None else min(q, top) for j in run]
            xs = [float(j) for j in run]
            if len(run) == 1:
                xs, low, high = [xs[0] - 0.3, xs[0] + 0.3], low * 2, high * 2
            axes.fill_between(xs, low, high, color=colours["accent"], alpha=0.16, linewidth=0)
            run = []


def _medians(
    axes: Axes,
    periods: tuple[PeriodPoint, ...],
    top: float,
    colours: Any,
    words: Words,
) -> None:
    nan = float("nan")
    line = [p.median if p.median is not None and not p.so_far else nan for p in periods]
    marker = "o" if len(periods) <= 60 else ""
    axes.plot(
        range(len(periods)), line, color=colours["accent"], linewidth=1.8, marker=marker, markersize=3.5,
        solid_capstyle="round", solid_joinstyle="round",
    )  # fmt: skip
    so_far = [(i, p.median) for i, p in enumerate(periods) if p.so_far and p.median is not None]
    _hollow(axes, so_far, "o", colours["accent"], len(periods), colours)
    cases = [(i, w) for i, p in enumerate(periods) for w in p.cases]
    for answered, sign, colour in ((True, "o", colours["accent"]), (False, "^", colours["muted"])):
        places = [(i, min(w.hours, top * 0.97)) for i, w in cases if w.answered is answered]
        _hollow(axes, places, sign, colour, len(periods), colours)
    never = [
        i for i, p in enumerate(periods) if p.n and p.median is None and not p.few and not p.so_far
    ]
    if never:
        axes.plot(
            never, [top * 0.97] * len(never), linestyle="", marker="^", markersize=5,
            color=colours["bad"], clip_on=False,
        )  # fmt: skip
    whole = [i for i, p in enumerate(periods) if p.median is not None and not p.so_far]
    if whole and (value := periods[whole[-1]].median) is not None:
        p = periods[whole[-1]]
        high = words.number(p.high) if p.high is not None else "…"
        interval = f"{words.number(p.low)}–{high}" if p.low is not None else ""
        say_last(
            axes, words.number(value), (whole[-1], min(value, top)), colours, interval,
            beyond=len(periods) - 1,
        )  # fmt: skip


def _hollow(
    axes: Axes, places: list[tuple[int, float]], sign: str, colour: Any, n: int, colours: Any
) -> None:
    """Points that say less than a median of many: hollow, and on no line."""
    if places:
        axes.plot(
            [x for x, _ in places], [y for _, y in places], linestyle="", marker=sign,
            markersize=4 if n <= 120 else 2.5, markerfacecolor=colours["surface"],
            markeredgecolor=colour, markeredgewidth=1,
        )  # fmt: skip


def _target(axes: Axes, series: ResponsivenessSeries, colours: Any, words: Words) -> None:
    if series.target_hours is None:
        return
    from matplotlib.patheffects import withStroke

    axes.axhline(series.target_hours, color=colours["warn"], linewidth=1.2, linestyle=(0, (4, 3)))
    axes.annotate(
        words("target {hours}", hours=f"{series.target_hours:g}"),
        (0, series.target_hours),
        xycoords=("axes fraction", "data"),
        xytext=(2, 4),
        textcoords="offset points",
        color=colours["warn"],
        path_effects=[withStroke(linewidth=2, foreground=colours["surface"])],
    )


def _counts(
    axes: Axes, periods: tuple[PeriodPoint, ...], colours: Any, words: Words, most_ticks: int
) -> None:
    """How many turns began, and how many of them still wait."""
    width = 0.72 if len(periods) <= 120 else 1.0
    answered = [p.n - p.open for p in periods]
    _bars(axes, [(0, n) for n in answered], width, color=colours["muted"], alpha=0.45)
    ends = [(a, p.n) for a, p in zip(answered, periods, strict=True)]
    over = [end if not p.so_far else (0, 0) for end, p in zip(ends, periods, strict=True)]
    _bars(axes, over, width, color=colours["bad"])
    # what began a moment ago is no reproach
    coming = [end if p.so_far else (0, 0) for end, p in zip(ends, periods, strict=True)]
    outline = {"facecolor": colours["surface"], "edgecolor": colours["muted"], "linewidth": 0.8}
    _bars(axes, coming, width, **outline)
    most = max((p.n for p in periods), default=1)
    axes.set_ylim(0, max(most, 1) * 1.1)
    axes.set_yticks([0, most] if most else [0])
    bare(axes)
    axes.grid(visible=False)
    axes.set_ylabel(words("turns"))
    places, labels = tick_labels(periods, words, most_ticks)
    axes.set_xticks(places, labels)


def _bars(axes: Axes, ends: list[tuple[int, int]], width: float, **looks: Any) -> None:
    """A bar from foot to top at each whole place: one artist, since years of weeks are 400 bars."""
    from matplotlib.collections import PolyCollection

    sides = [(i - width / 2, i + width / 2, low, high) for i, (low, high) in enumerate(ends)]
    corners = [
        ((a, low), (a, high), (b, high), (b, low)) for a, b, low, high in sides if high > low
    ]
    if corners:
        axes.add_collection(PolyCollection(corners, **{"linewidth": 0, **looks}), autolim=False)


def tick_labels(
    periods: tuple[PeriodPoint, ...], words: Words, most: int = _MOST_TICKS
) -> tuple[list[int], list[str]]:
    """Ticks that stay readable from one week to ten years: weeks, else months, else years."""
    n = len(periods)
    if n <= 16:
        step = ceil(n / most)
        return _every(periods, step, lambda p: _short(p, words))
    if n * 7 < 365 * 3 and "-W" in periods[0].label:
        firsts = [i for i, p in enumerate(periods) if p.start.day <= 7]
        step = ceil(len(firsts) / most)
        chosen = firsts[::step]
        return chosen, [f"{periods[i].start:%Y-%m}" for i in chosen]
    if "-W" not in periods[0].label and n <= 36:
        return _every(periods, ceil(n / most), lambda p: p.label)
    firsts = [i for i, p in enumerate(periods) if i and p.start.year != periods[i - 1].start.year]
    chosen = firsts[:: ceil(len(firsts) / most)] if firsts else [0]
    return chosen, [f"{periods[i].start:%Y}" for i in chosen]


def _every(periods: tuple[PeriodPoint, ...], step: int, name: Any) -> tuple[list[int], list[str]]:
    chosen = list(range(len(periods) - 1, -1, -step))[::-1]
    return chosen, [name(periods[i]) for i in chosen]


def _short(period: PeriodPoint, words: Words) -> str:
    if "-W" in period.label:
        return words("Wk {week}", week=int(period.label.partition("-W")[2]))
    return period.label
