"""The widget that shows a chart: drawn beside the window, the old picture until the new one is there."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QPointF, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pmdesk.charts import raster
from pmdesk.charts.style import DRAWING
from pmdesk.gui.widgets.chart_canvas import ChartCanvas
from pmdesk.gui.widgets.insight_card import KeptInsights
from pmdesk.words import words_for
from tests.charts.making import turns, weeks


@pytest.fixture
def page(qtbot):
    """What holds the charts, as a page does."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    yield made
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(10)


@pytest.fixture
def new(page):
    """A chart on the page, hidden before it is told to show."""

    def make():
        made = ChartCanvas(words_for("en"), "light", 100)
        made.hide()
        made.setParent(page)
        made.resize(500, 260)
        return made

    return make


@pytest.fixture
def canvas(new):
    return new()


@pytest.fixture
def drawings(monkeypatch):
    """The frames of what is drawn, each with whether the window's own thread drew it."""
    seen, real = [], raster.chart_picture

    def draw(values, words, **how):
        seen.append((how["frame"][:2], threading.current_thread() is threading.main_thread()))
        return real(values, words, **how)

    monkeypatch.setattr(raster, "chart_picture", draw)
    return seen


def shown(qtbot, canvas):
    with qtbot.waitSignal(canvas.drawn):
        canvas.show()
    qtbot.wait(30)


def test_a_chart_is_drawn_once_and_not_by_the_window(qtbot, canvas, drawings):
    canvas.show_panels(weeks(26), "Weeks")
    shown(qtbot, canvas)
    assert drawings == [((500, 260), False)]
    canvas.grab()
    qtbot.wait(30)
    assert len(drawings) == 1


def test_what_is_not_seen_is_not_drawn(qtbot, canvas, drawings):
    canvas.show_panels(turns(9), "Turns")
    qtbot.wait(60)
    assert drawings == []
    shown(qtbot, canvas)
    assert len(drawings) == 1


def test_the_old_picture_stands_until_that_of_the_new_size_is_there(qtbot, canvas, drawings):
    canvas.show_panels(weeks(26), "Weeks")
    shown(qtbot, canvas)
    before = canvas.hover
    with DRAWING, qtbot.assertNotEmitted(canvas.drawn, wait=50):
        canvas.resize(700, 300)
        canvas.grab()
        assert canvas.hover is before
    qtbot.waitUntil(lambda: canvas.hover is not before)
    assert [size for size, _ in drawings] == [(500, 260), (700, 300)]


def test_of_many_sizes_in_a_row_the_last_is_drawn(qtbot, canvas, drawings):
    canvas.show_panels(weeks(26), "Weeks")
    shown(qtbot, canvas)
    for width in range(510, 640, 10):
        canvas.resize(width, 260)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: drawings[-1][0] == (630, 260))
    qtbot.waitUntil(lambda: canvas.hover.areas[-1].right > 530)
    assert len(drawings) < 13


def test_a_new_series_takes_the_place_of_the_old(qtbot, canvas):
    canvas.show_panels(weeks(26), "Weeks")
    shown(qtbot, canvas)
    with qtbot.waitSignal(canvas.drawn):
        canvas.show_panels(weeks(4), "Weeks")
    assert canvas.hover.count == 4


def test_a_canvas_that_goes_while_it_is_drawn_is_not_called(qtbot, canvas, drawings):
    with DRAWING:
        canvas.show_panels(turns(9), "Late")
        canvas.show()
        qtbot.waitUntil(lambda: QThreadPool.globalInstance().activeThreadCount() > 0)
        shiboken6.delete(canvas)
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(20)
    assert drawings == []


def test_a_canvas_begins_with_the_picture_of_another_and_draws_only_what_changed(
    qtbot, canvas, new, drawings
):
    assert canvas.drawing is None
    canvas.show_panels(weeks(26), "Weeks")
    shown(qtbot, canvas)
    again = new()
    again.begin_with(canvas.drawing)
    again.show_panels(weeks(26), "Weeks")
    assert again.hover == canvas.hover
    assert again.hover is not None
    shown(qtbot, again)
    assert len(drawings) == 1
    with qtbot.waitSignal(again.drawn):
        again.show_panels(weeks(27), "Weeks")
    assert len(drawings) == 2
    assert again.drawing[0].hover.count == 27


def test_only_the_last_insights_are_kept():
    owner = QObject()
    kept = KeptInsights.of(owner)
    assert KeptInsights.of(owner) is kept
    for n in range(40):
        kept.keep(n, n)
    assert [n for n in range(40) if kept.get(n) is not None] == list(range(16, 40))


def test_the_pointer_and_the_keys_tell_an_item_and_choose_it(qtbot, canvas):
    canvas.show_panels(weeks(26), "Weeks")
    shown(qtbot, canvas)
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas, QPointF(*canvas.hover.place_of(4)).toPoint())
    qtbot.waitUntil(lambda: canvas.told == 4)
    assert canvas.grab().toImage() != plain
    QTest.mouseMove(canvas, QPointF(2, 2).toPoint())
    qtbot.waitUntil(lambda: canvas.told is None)
    assert canvas.grab().toImage() == plain
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.told == 24
    with qtbot.waitSignal(canvas.item_chosen) as chosen:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert chosen.args == [24]


@pytest.mark.parametrize("index", [0, 5, 25])
def test_a_tip_stands_whole_within_its_chart(qtbot, canvas, index):
    canvas.show_panels(weeks(26), "Weeks")
    shown(qtbot, canvas)
    plain = canvas.grab().toImage()
    canvas.show_tip(index)
    told = canvas.grab().toImage()
    rim = [(x, y) for x in range(500) for y in (0, 259)] + [
        (x, y) for x in (0, 499) for y in range(260)
    ]
    assert all(told.pixel(*place) == plain.pixel(*place) for place in rim)
