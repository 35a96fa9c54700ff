"""The overview's card about our answers: its verdict is its title, its dots open what was asked."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from pmdesk.actions.replies import mark_reply
from pmdesk.records.choices import NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction


def drawn(driver):
    """The card once its chart stands."""
    card = driver.page.stack.currentWidget().chart_card
    driver.qtbot.waitUntil(
        lambda: card.canvas.hover is not None and card.canvas.hover.panels is card.panels,
        timeout=20_000,
    )
    return card


def test_it_says_since_when_we_are_slower_and_reaches_back_beyond_it(sample):
    (pine,) = sample.journal.find(Client, "name = ?", ["青松制造"])
    sample.desktop.open_client(int(pine.id))
    shown = drawn(sample)
    assert shown.verdict.text().startswith("Slower since about 30 Mar 2026: 5.0 → 9.8 h")
    assert "n = 752" in shown.evidence.text()
    shape = shown.panels.insights[0].shape
    assert shape.dots[0].at < shape.levels.changed_at - 12 * 7 * 86_400


def test_a_click_on_a_dot_opens_what_was_asked(sample):
    (pine,) = sample.journal.find(Client, "name = ?", ["青松制造"])
    sample.desktop.open_client(int(pine.id))
    shown = drawn(sample)
    canvas = shown.canvas
    place = QPointF(*canvas.hover.place_of(0)).toPoint()
    index = canvas.hover.at(place.x(), place.y())
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    _, id_ = shown.panels.record(canvas.hover.item(index))
    asked = sample.journal.get(Interaction, id_)
    sample.qtbot.waitUntil(lambda: sample.field("subject").text() == asked.subject)


def test_a_turn_that_is_settled_is_told_anew_and_what_changed_nothing_is_not(sample):
    (pine,) = sample.journal.find(Client, "name = ?", ["青松制造"])
    sample.desktop.open_client(int(pine.id))
    shown = drawn(sample)
    told, evidence = shown.panels, shown.evidence.text()
    page = sample.page.stack.currentWidget()
    page.refresh()
    sample.settle()
    sample.qtbot.wait(300)
    assert shown.panels is told
    waiting = page.shown.course.waiting[-1][0]
    now = sample.desktop.desk.now()
    sample.desktop.desk.do(mark_reply, waiting.message_ids, NeedsReply.NO, at=now)
    sample.qtbot.waitUntil(lambda: shown.evidence.text() != evidence, timeout=20_000)
    assert "n = 751, 2 still open" in shown.evidence.text()
