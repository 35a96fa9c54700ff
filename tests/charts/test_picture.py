"""Charts as pixels: what the pointer means in them stands where it was drawn."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtGui import QImage

from pmdesk.charts.picture import Frame
from pmdesk.charts.raster import chart_picture
from pmdesk.tokens import palette
from pmdesk.words import words_for
from tests.charts.making import turns, weeks

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
def test_an_item_is_found_where_its_point_is_drawn(ratio, theme):
    drawn = picture(weeks(26), Frame(600, 260, ratio), theme)
    assert (drawn.width, drawn.height) == (600 * ratio, 260 * ratio)
    assert drawn.hover.count == 26
    for index in range(26):
        x, y = drawn.hover.place_of(index)
        assert colour_at(drawn, x, y) == palette(theme)["accent"].upper()
        assert drawn.hover.at(x, y) == index


def test_beside_the_axes_there_is_no_item():
    hover = picture(weeks(26)).hover
    (left, top), (right, _) = hover.place_of(0), hover.place_of(25)
    assert hover.at(left - 15, top) is None
    assert hover.at(right + 15, top) is None
    assert hover.at(left + 1, top + 1) == 0


def test_past_the_last_item_of_a_short_chart_there_is_none():
    hover = picture(weeks(1)).hover
    x, y = hover.place_of(0)
    assert hover.at(x + 40, y) is None


def test_a_tip_has_its_room_above_a_low_point_and_below_a_high_one():
    hover = picture(weeks(4)).hover
    assert [hover.is_low(index) for index in range(4)] == [True, False, False, False]


@pytest.mark.parametrize("data", [turns(0), weeks(0)])
def test_without_items_there_is_nothing_to_point_at(data):
    drawn = picture(data)
    assert drawn.hover is None
    assert len(drawn.pixels) == 4 * 600 * 260


def test_pictures_drawn_at_once_are_those_drawn_alone():
    def draw(n):
        theme = ("light", "dark")[n % 3 == 0]
        return picture(turns(20) if n % 2 else weeks(26), Frame(300, 160), theme).pixels

    alone = [draw(n) for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, range(12))) == alone
