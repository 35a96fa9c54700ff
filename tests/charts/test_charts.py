"""Charts: every length, both languages, both themes, without a warning; their texts and hovers."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from pmdesk.charts.export import chart_csv, chart_svg, save_chart
from pmdesk.charts.responsiveness import draw_responsiveness, tick_labels
from pmdesk.charts.survival import draw_survival
from pmdesk.charts.values import PeriodPoint, ResponsivenessSeries, SurvivalSeries
from pmdesk.insight.survival import Wait
from pmdesk.words import words_for

SURVIVAL = SurvivalSeries(
    "work", (1, 2, 4), (0.9, 0.6, 0.3), (0.7, 0.4, 0.1), (1, 0.8, 0.5), 10, 3, 12, 4, 2, None, 8
)
NOBODY = SurvivalSeries("work", (), (), (), (), 0, 0, 0, None, None, None, 8)


def series(n, by="week"):
    start = date(2016, 1, 4)
    points = []
    for i in range(n):
        few, never, none = i % 7 == 3, i % 11 == 5, i % 13 == 6
        day = start + timedelta(weeks=i)
        points.append(
            PeriodPoint(
                f"{day:%G-W%V}" if by == "week" else f"{day:%Y-%m}",
                day,
                None if never or none or few else 3 + i % 5,
                None if none else 1.0,
                None if never or none else 9.0,
                0 if none else 2 if few else 9,
                0 if none else i % 3,
                few,
                cases=(Wait(2, answered=True), Wait(31, answered=False))
                if few and not none
                else (),
                so_far=i == n - 1,
            )
        )
    return ResponsivenessSeries("work", by, 8.0, tuple(points))


@pytest.mark.parametrize("n", [0, 1, 4, 26, 104, 520])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_number_of_weeks_is_drawn(n, language, theme):
    svg = chart_svg(series(n), words_for(language), theme=theme)
    assert svg.count("<text") > 0
    wanted = {
        "en": "working hours" if n else "No waiting turn",
        "zh": "工作小时" if n else "没有等待",
    }
    assert wanted[language] in svg


@pytest.mark.parametrize("data", [SURVIVAL, NOBODY])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_curve_is_drawn(data, language):
    svg = chart_svg(data, words_for(language))
    assert ("中位数" if language == "zh" else "median") in svg or not data.n


@pytest.mark.parametrize("n", [5, 16, 52, 156, 520])
def test_ticks_stay_readable(n):
    places, labels = tick_labels(series(n).periods, words_for("en"))
    assert 1 <= len(places) <= 13
    assert len(set(labels)) == len(labels)
    assert all(b - a >= n / 20 for a, b in pairwise(places))


def test_drawing_anew_replaces_what_was_there():
    from matplotlib.figure import Figure

    figure = Figure()
    draw_survival(figure, SURVIVAL, words_for("en"))
    draw_survival(figure, SURVIVAL, words_for("en"))
    assert len(figure.axes) == 1


@pytest.mark.parametrize("suffix", ["png", "svg", "csv"])
def test_a_chart_is_saved_by_its_ending(tmp_path, suffix):
    path = tmp_path / f"图.{suffix}"
    save_chart(series(10), path, words_for("zh"))
    head = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"\xef\xbb\xbfperiod"}[suffix]
    assert path.read_bytes().startswith(head)
    with pytest.raises(ValueError, match="doc"):
        save_chart(series(1), tmp_path / "x.doc", words_for("en"))


def test_figures_behind_a_chart_are_told_to_four_decimals():
    rows = chart_csv(series(2), words_for("en")).splitlines()
    assert rows[1] == "2016-W01,2016-01-04,9,0,3.0000,,,1.0000,9.0000,,"
    assert chart_csv(SURVIVAL, words_for("en")).splitlines()[1] == "1.0000,0.9000,0.7000,1.0000"


def marks(found):
    """The signs drawn over the periods: (marker, filled), by place."""
    signs = {}
    for line in found.axes[0].lines:
        if line.get_marker() in ("o", "^"):
            hollow = line.get_markerfacecolor() != line.get_markeredgecolor()
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True):
                if y == y:  # noqa: PLR0124 - a number at all
                    signs.setdefault(int(x), set()).add((line.get_marker(), hollow))
    return signs


def one(median, *, so_far=False, n=9, cases=()):
    return PeriodPoint(
        "2026-W47", date(2026, 11, 16), median, 1, 9, n, n, n < 5, 2, 8, so_far, cases
    )


def drawn(*points):
    from matplotlib.figure import Figure

    given = ResponsivenessSeries("work", "week", 8.0, points)
    return draw_responsiveness(Figure(), given, words_for("en"))


def test_a_week_that_is_not_over_has_no_mark_of_blame_and_no_line_to_it():
    found = drawn(one(3), one(4), one(None, so_far=True))
    assert 2 not in marks(found)
    assert marks(drawn(one(3), one(None)))[1] == {("^", False)}
    half = marks(drawn(one(3), one(5, so_far=True)))
    assert half[1] == {("o", True)}


def test_few_turns_are_shown_one_by_one():
    cases = (Wait(2, answered=True), Wait(5, answered=False))
    found = drawn(one(3), one(None, n=2, cases=cases))
    assert marks(found)[1] == {("o", True), ("^", True)}


def test_the_last_whole_period_says_its_median_with_its_interval():
    texts = [t.get_text() for t in drawn(one(3.2), one(9, so_far=True)).axes[0].texts]
    assert {"3.2", "2.0–8.0"} <= set(texts)


def test_less_than_five_turns_make_no_curve():
    from matplotlib.figure import Figure

    cases = (Wait(2, answered=True), Wait(5, answered=False))
    given = replace(SURVIVAL, n=2, cases=cases)
    figure = Figure()
    draw_survival(figure, given, words_for("en"))
    texts = {t.get_text() for t in figure.axes[0].texts}
    assert {"2.0", "5.0, still open"} <= texts
    assert not any("median" in text for text in texts)
