"""Problems and crises on a line each: until the client knew, in multiples of the limit."""

from typing import Any, Final

from matplotlib.ticker import NullLocator  # noqa: TID253 - charts is the package that may

from pmdesk.answers.insights.lags import Lag, LagLines, hours_said, state_said
from pmdesk.answers.insights.values import Insight
from pmdesk.answers.text.said import say
from pmdesk.charts.insights.labels import words_below
from pmdesk.charts.insights.pen import Limits, Pen, Spot
from pmdesk.charts.insights.rows import Rows, rows_in

# Sooner than a sixteenth of the limit is drawn there.
_LEAST: Final = 1 / 16
_TICKS: Final = ((1 / 4, "¼"), (1 / 2, "½"), (2, "2×"), (4, "4×"), (10, "10×"),
                 (100, "100×"))  # fmt: skip


def limits(insight: Insight) -> Limits:
    """How many times the limit the longest lag of an insight took."""
    shape: LagLines = insight.shape
    most = max(lag.hours / lag.limit_hours for lag in shape.lags)
    return Limits(_LEAST, max(4.0, most), 0, len(shape.lags))


def draw(part: Any, insight: Insight, pen: Pen) -> list[Spot]:
    """Draw the lags of an insight, the latest found at the top, right of the limit is too late."""
    shape: LagLines = insight.shape
    rows = rows_in(part, pen, len(shape.lags), left=3.1, right=1.75)
    axes, last = rows.axes, (pen.limits or limits(insight)).last * 1.3
    axes.set_xscale("log")
    axes.set_xlim(_LEAST / 1.15, last)
    axes.axvspan(_LEAST / 1.15, 1, color=pen.colours["soft_good"], linewidth=0, zorder=0)
    axes.axvline(1, color=pen.colours["warn"], linewidth=1.2, zorder=1)
    ticks = [(place, text) for place, text in _TICKS if place < last / 1.2]
    if pen.size(part)[0] * axes.get_position().width < 2.5:
        ticks = [(place, text) for place, text in ticks if place in {1 / 4, 4, 100}]
    axes.xaxis.set_minor_locator(NullLocator())
    words_below(axes, [*ticks, (1, pen.words("limit"))])
    return [_lag(rows, lag, item) for item, lag in enumerate(shape.lags)]


def _lag(rows: Rows, lag: Lag, item: int) -> Spot:
    pen, axes, y = rows.pen, rows.axes, float(item)
    place = max(_LEAST, lag.hours / lag.limit_hours)
    tone = "good" if lag.in_time else "bad" if lag.in_time is False else "warn"
    colour = pen.colours[tone]
    axes.plot((_LEAST / 1.15, place), (y, y), color=colour, linewidth=2.4 * pen.scale,
              solid_capstyle="butt")  # fmt: skip
    axes.plot(
        [place], [y], marker=(("o" if lag.in_time else "D") if lag.told else ">"), linestyle="",
        markersize=(6 if lag.told else 8) * pen.scale, markeredgecolor=colour,
        markerfacecolor=colour if lag.told else pen.colours["surface"], clip_on=False,
    )  # fmt: skip
    of = rows.n - 1 - item
    limit = say(pen.words, hours_said(lag.limit_hours, wall=lag.wall))
    kind = f"{pen.words('Crisis')} " if lag.is_crisis else ""
    rows.say_left(of, lag.what, f"{lag.found_on.isoformat()} · {kind}{lag.severity} · ≤ {limit}")
    rows.say_right(of, say(pen.words, hours_said(lag.hours, wall=lag.wall)),
                   say(pen.words, state_said(lag)), colour="text" if lag.in_time else tone)  # fmt: skip
    return Spot(axes, item, _LEAST / 1.15, y - 0.3, place, y + 0.3)
