"""Charts as pixels: what the pointer means in them stands where it was drawn."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtGui import QImage

from pmdesk.charts.picture import Frame
from pmdesk.charts.raster import chart_picture
from pmdesk.charts.values import PeriodPoint, ResponsivenessSeries
from pmdesk.tokens import palette
from pmdesk.words import words_for
from tests.charts.test_charts import SURVIVAL, series

FRAME = Frame(600, 260)


def picture(data, frame=FRAME, theme="light"):
    return chart_picture(data, words_for("en"), frame=frame, theme=theme)


def colour_at(drawn, x, y):
    ratio = drawn.frame.ratio
    image = QImage(
        drawn.pixels, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGBA8888
    )
    return image.pixelColor(round(x * ratio), round(y * ratio)).name().upper()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_period_is_found_where_its_point_is_drawn(ratio, theme):
    drawn = picture(series(26), Frame(600, 260, ratio), theme)
    assert (drawn.width, drawn.height) == (600 * ratio, 260 * ratio)
    medians = [
        i for i, p in enumerate(drawn.series.periods) if p.median is not None and not p.so_far
    ]
    assert medians
    for index in medians:
        x, y = drawn.hover.place_of(index)
        assert colour_at(drawn, x, y) == palette(theme)["accent"].upper()
        assert drawn.hover.at(x, y) == index


def test_beside_the_axes_there_is_no_period():
    hover = picture(series(26)).hover
    upper, lower = hover.areas
    assert hover.at(upper.left - 1, upper.top + 5) is None
    assert hover.at(upper.left + 5, upper.top - 1) is None
    assert hover.at(lower.right + 1, lower.bottom - 1) is None
    assert hover.at(lower.left + hover.step, lower.bottom - 1) == 0


def test_past_the_last_period_of_a_short_chart_there_is_none():
    hover = picture(series(1)).hover
    upper = hover.areas[0]
    assert hover.at(upper.right - 1, upper.top + 5) is None


def test_a_tip_has_its_room_above_a_low_point_and_below_a_high_one():
    high, low, none = (
        PeriodPoint(f"2026-W{n}", series(1).periods[0].start, median, 1, 9, 9, 0, few=False)
        for n, median in ((10, 9.0), (11, 0.5), (12, None))
    )
    hover = picture(ResponsivenessSeries("work", "week", 8.0, (high, low, none))).hover
    assert [hover.is_low(index) for index in range(3)] == [False, True, True]


@pytest.mark.parametrize("data", [SURVIVAL, series(0)])
def test_without_periods_there_is_nothing_to_point_at(data):
    drawn = picture(data)
    assert drawn.hover is None
    assert len(drawn.pixels) == 4 * 600 * 260


def test_pictures_drawn_at_once_are_those_drawn_alone():
    def draw(n):
        theme = ("light", "dark")[n % 3 == 0]
        return picture(SURVIVAL if n % 2 else series(26), Frame(300, 160), theme).pixels

    alone = [draw(n) for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, range(12))) == alone
