"""Rows that are put off: seen, changed, brought back; the empty page says what is true."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.gui.pages.places import TODAY
from pmdesk.records.client import Client
from pmdesk.records.set_aside import SetAside
from pmdesk.records.trust import Promise

from .by_key import CTRL, key


def known(driver):
    """Until all that is owed is known and shown."""
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.settle()


def texts(driver):
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


@pytest.fixture
def one(driver, tmp_path, at):
    """The window on a journal with one client and one thing owed."""
    driver.app.use(create_journal(tmp_path / "one.pmdesk", at=at))
    desk = driver.desktop.desk
    desk.do(save_record, Client(name="Pine"), at=desk.now())
    day = desk.local_now().date() - timedelta(days=1)
    promise = Promise(client_id=1, what="Send it", to_whom="Xu", due=day, made_on=day)
    desk.do(save_record, promise, at=desk.now())
    driver.desktop.show_page(TODAY)
    known(driver)
    driver.page.rows.list.setFocus()
    return driver


def put_off(driver, days, why):
    key(driver, Qt.Key.Key_S)
    ask = driver.page.rows.put_off
    for field, text in ((ask.until, f"+{days}"), (ask.why, why)):
        field.setFocus()
        field.selectAll()
        driver.type(text)
    key(driver, Qt.Key.Key_Return)
    known(driver)


def aside(driver):
    return [(one.until, one.why) for one in driver.journal.find(SetAside)]


def test_where_all_is_put_off_it_says_so_and_one_key_shows_it_and_one_brings_it_back(one):
    assert one.page.remark.text().startswith("1 owed, 1 late · ")
    put_off(one, 3, "They are away")
    shown = texts(one)
    assert "Nothing is owed for now" in shown
    assert any(text.startswith("1 put off, the first comes back ") for text in shown)
    assert not one.desktop.rail._counts["today"].isVisible()
    button = one.window.focusWidget()
    assert isinstance(button, QAbstractButton)
    assert button.text() == "See what is put off"
    key(one, Qt.Key.Key_Space)
    assert one.window.focusWidget() is one.page.rows.list
    assert "They are away" in one.page.rows.reason.text()
    key(one, Qt.Key.Key_Return)
    known(one)
    shown = texts(one)
    assert "Nothing is put off" in shown
    assert one.window.focusWidget().text() == "See what is owed"
    key(one, Qt.Key.Key_Space)
    assert [row.owed.what for row in one.page.rows.rows] == ["Send it"]
    assert one.window.focusWidget() is one.page.rows.list
    key(one, Qt.Key.Key_Z, CTRL)
    known(one)
    assert "Nothing is owed for now" in texts(one)


def test_the_empty_page_is_not_made_anew_by_the_clock(one):
    put_off(one, 3, "They are away")
    button = one.window.focusWidget()
    one.desktop.desk.owing._minutes.timeout.emit()
    known(one)
    assert one.window.focusWidget() is button


def test_put_off_again_its_day_and_reason_stand_there_and_are_changed(one):
    put_off(one, 9, "They are away")
    (first,) = aside(one)
    key(one, Qt.Key.Key_Space)
    key(one, Qt.Key.Key_S)
    ask = one.page.rows.put_off
    assert (ask.until.text(), ask.why.text()) == (first[0].isoformat(), "They are away")
    key(one, Qt.Key.Key_Escape)
    put_off(one, 2, "Back sooner")
    assert aside(one) == [(first[0] - timedelta(days=7), "Back sooner")]
    key(one, Qt.Key.Key_A)
    known(one)
    assert aside(one) == []


def test_what_is_put_off_can_still_be_opened(sample):
    sample.desktop.show_page(TODAY)
    known(sample)
    rows = sample.page.rows
    rows.list.setFocus()
    place = next(
        n for n, row in enumerate(rows.items) if row in rows.rows and row.owed.rule == "reply"
    )
    about = rows.items[place].owed.about
    rows.list.choose_near(place)
    put_off(sample, 3, "x")
    sample.page.group.setCurrentIndex(2)
    rows.list.setFocus()
    assert sample.desktop.panel is None
    assert [row.owed.about for row in rows.rows] == [about]
    assert rows.acts.itemAt(1).widget().text() == "Open  O"
    key(sample, Qt.Key.Key_O)
    assert sample.desktop.panel is not None
