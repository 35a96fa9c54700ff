"""The preview of a document: a page is decoded when it is scrolled to, and a few are held."""

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage

from pmdesk.gui.widgets.page_pictures import PagePictures
from pmdesk.words import words_for

COLOURS = ["red", "green", "blue", "brown", "orange", "cyan", "magenta", "yellow"]


def png(colour, width=300, height=400):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data, buffer = QByteArray(), None
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data)


@pytest.fixture
def pages(qtbot):
    made = PagePictures(words_for("en"))
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    qtbot.waitExposed(made)
    made.show_pages([png(colour) for colour in COLOURS])
    qtbot.wait(20)
    return made


def seen(pages):
    """The colours on the screen from top to bottom, each once."""
    image = pages.area.viewport().grab().toImage()
    names = [image.pixelColor(image.width() // 2, y).name() for y in range(image.height())]
    known = {QColor(colour).name(): colour for colour in COLOURS}
    return list(dict.fromkeys(known[name] for name in names if name in known))


def test_only_what_is_seen_is_decoded(qtbot, pages):
    assert pages.count == 8
    assert seen(pages) == ["red", "green"]
    assert pages.decoded == 2


def test_the_others_are_decoded_when_they_are_scrolled_to(qtbot, pages):
    bar = pages.area.verticalScrollBar()
    assert bar.maximum() > 8 * 400 - 500
    for _ in range(2):
        for n, colour in enumerate(COLOURS):
            bar.setValue(416 * n)
            qtbot.wait(5)
            assert colour in seen(pages)
            assert pages.decoded <= 4


def test_other_pages_take_the_place_of_the_old(qtbot, pages):
    pages.show_pages([png("brown")])
    qtbot.wait(20)
    assert (pages.count, pages.decoded, seen(pages)) == (1, 1, ["brown"])


def test_pages_are_as_large_as_they_are_before_anybody_has_seen_them(qtbot, pages):
    pages.show_pages([png("red"), png("green", 200, 900)])
    qtbot.wait(20)
    assert [pages.area.widget().layout().itemAt(n).widget().height() for n in range(2)] == [
        400,
        900,
    ]


def test_a_narrow_window_shows_the_whole_width_of_a_page(qtbot, pages):
    pages.resize(200, 500)
    qtbot.wait(20)
    page = pages.area.widget().layout().itemAt(0).widget()
    assert page.width() <= pages.area.viewport().width()
    assert page.height() == pytest.approx(page.width() * 4 / 3, abs=1)
    pages.resize(600, 500)
    qtbot.wait(20)
    assert (page.width(), page.height()) == (300, 400)
