"""What the window does around its pages: keys, the side panel's room, a client long silent."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QTableView

from pmdesk.gui.pages.places import BACKUPS, CHECK_PACK, CLIENTS, EVIDENCE, IMPORT, MERGE, REPORT
from pmdesk.records.kinds import KINDS


def test_escape_closes_the_panel_wherever_the_keyboard_is(sample):
    sample.desktop.show_page(CLIENTS)
    sample.desktop.edit(sample.journal.get(KINDS["client"].cls, 1))
    sample.press(Qt.Key.Key_Escape, widget=sample.page.filter)
    assert sample.desktop.panel is None


def test_undo_in_a_field_without_changes_of_its_own_takes_the_last_act_back(sample):
    client = sample.journal.get(KINDS["client"].cls, 1)
    sample.desktop.edit(client)
    name = sample.field("name")
    name.setFocus()
    sample.press(Qt.Key.Key_End, widget=name)
    sample.type("X", name)
    sample.qtbot.waitUntil(lambda: sample.journal.get(type(client), 1).name == f"{client.name}X")
    sample.field("industry").setFocus()
    QTest.keyClick(sample.field("industry"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    sample.qtbot.waitUntil(lambda: sample.journal.get(type(client), 1).name == client.name)
    sample.qtbot.waitUntil(lambda: name.text() == client.name)


def test_a_panel_without_room_beside_a_page_takes_its_place(sample):
    settings = sample.app.settings
    settings.scale = 200
    sample.app.dress()
    sample.window.resize(1024, 700)
    sample.desktop.open_client(1)
    sample.desktop.edit(sample.journal.get(KINDS["expectation"].cls, 1))
    sample.settle()
    panel = sample.desktop.panel
    sample.qtbot.waitUntil(
        lambda: panel.mapTo(sample.window, panel.rect().topRight()).x() < 1024, timeout=3000
    )
    assert not sample.desktop.stack.isVisible()
    sample.press(Qt.Key.Key_Escape)
    assert sample.desktop.stack.isVisible()
    sample.window.resize(1800, 900)
    sample.desktop.edit(sample.journal.get(KINDS["expectation"].cls, 1))
    sample.settle()
    assert sample.desktop.stack.isVisible()


def test_a_client_long_silent_still_shows_its_last_weeks(sample):
    client = sample.journal.get(KINDS["client"].cls, 1)
    far = datetime(2031, 1, 6, 8, tzinfo=UTC)
    sample.desktop.desk.now = lambda: far
    sample.desktop.open_client(client.id)
    overview = sample.page.stack.currentWidget()
    sample.qtbot.waitUntil(lambda: overview.chart_card.panels is not None, timeout=10000)
    (shown,) = overview.chart_card.panels.insights
    last = sample.desktop.desk.relations.of(client).talk.turns("turn", ours_answer=True)[-1]
    assert shown.shape.dots[-1].at == last.asked_at
    assert shown.shape.dots[0].at < last.asked_at - 26 * 7 * 86_400 + 7 * 86_400


def test_a_list_that_gets_the_keyboard_shows_its_place(sample):
    sample.desktop.open_client(1)
    sample.page.go_to("timeline")
    table = sample.page.stack.currentWidget().table
    assert not table.selectionModel().hasSelection()
    table.setFocus()
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]


@pytest.mark.parametrize("width", [900, 1024, 1400])
def test_the_acts_of_a_client_stay_within_the_page(sample, width):
    settings = sample.app.settings
    settings.scale = 200
    sample.app.dress()
    sample.window.resize(width, 700)
    sample.desktop.open_client(1)
    sample.settle()
    page = sample.page
    first, *others = [page._add_button, *page._acts.findChildren(QAbstractButton)]
    for button in (first, *others):
        place = button.mapTo(page, button.rect().topRight()).x()
        assert place <= page.width()
        assert button.width() >= button.sizeHint().width()
    # and the health beside or above them is not covered
    ends = page.health.mapTo(page, page.health.rect().topRight()).x()
    begins = page._acts.mapTo(page, page._acts.rect().topLeft()).x()
    assert ends < begins or page.health.y() + page.health.height() <= page._acts.y()


@pytest.mark.parametrize(
    "place", [REPORT, EVIDENCE, CHECK_PACK, IMPORT, MERGE], ids=lambda one: one.name
)
def test_a_title_is_read_whole_in_large_letters_and_lists_have_room(sample, place):
    settings = sample.app.settings
    settings.scale = 200
    sample.app.dress()
    sample.window.resize(1024, 700)
    sample.desktop.show_page(place, 1 if place.of_client else None)
    sample.settle()
    page = sample.page
    assert page.title.width() >= page.title.sizeHint().width()
    for row in page.findChildren(QTableView):
        if row.isVisible():
            assert row.height() >= 2 * 100


def test_the_way_back_stays_in_sight_when_a_panel_opens_beside_it(sample):
    desktop, toast = sample.desktop, sample.desktop.toast
    sample.window.resize(1024, 700)
    desktop.open_client(1)
    desktop.desk.tell("A long sentence of what was done, with all that it was done to " * 3, undo=1)
    sample.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    sample.settle()
    assert toast.isVisible()
    assert toast.offer.isVisible()
    assert toast.geometry().right() < toast.parentWidget().width() - desktop.panel.width()
    assert toast.geometry().left() > desktop.rail.width()
    assert toast.text.text().endswith("…")


@pytest.mark.parametrize("width", [1024, 1180, 1400])
def test_the_name_of_a_client_is_read_beside_a_panel(sample, width):
    sample.window.resize(width, 780)
    sample.desktop.open_client(1)
    sample.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    sample.settle()
    title = sample.page.title
    assert title.width() >= title.fontMetrics().horizontalAdvance("青松制造")


@pytest.mark.parametrize(("place", "marked"), [(BACKUPS, []), (CLIENTS, ["Clients"])])
def test_the_rail_marks_the_page_that_is_shown_and_no_other(sample, place, marked):
    desktop = sample.desktop
    desktop.show_page(place)
    buttons = desktop.rail.findChildren(QPushButton)
    assert [one.accessibleName() for one in buttons if one.isChecked()] == marked
