"""What stands on a page while its figures are still being computed."""

from PySide6.QtWidgets import QLabel, QWidget

from pmdesk.gui.widgets.parts import Card
from pmdesk.gui.widgets.pending import fill_room, keep_room, show_pending


def test_a_title_stands_where_it_will_stand_before_its_chart_is_there(qtbot):
    card = Card("How fast?", "all turns")
    qtbot.addWidget(card)
    card.resize(500, 330)
    keep_room(card)
    card.show()
    title = card.findChildren(QLabel)[0]
    before = title.geometry()
    assert before.bottom() < 60
    chart = QWidget()
    fill_room(card, chart)
    qtbot.wait(5)
    assert title.geometry() == before
    assert chart.height() > 200


def test_what_is_not_known_is_faint_and_then_no_longer(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    show_pending(page, pending=True)
    faint = page.graphicsEffect()
    assert faint.opacity() < 0.5
    show_pending(page, pending=True)
    assert page.graphicsEffect() is faint
    show_pending(page, pending=False)
    assert page.graphicsEffect() is None
