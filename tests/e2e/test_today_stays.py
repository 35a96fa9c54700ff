"""What a person is at on Today and in the review stays as it is while the clock runs on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from pmdesk.actions.records import save_record
from pmdesk.gui.pages.places import REVIEW, TODAY
from pmdesk.records.set_aside import SetAside
from pmdesk.records.trust import Promise


def known(driver):
    """Until all that is owed is known and shown."""
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.settle()


def a_minute_passes(driver):
    driver.desktop.desk.owing._minutes.timeout.emit()
    known(driver)


def shown(driver, page):
    driver.desktop.show_page(page)
    known(driver)
    if page is REVIEW:
        driver.qtbot.waitUntil(lambda: driver.page._found is not None, timeout=20_000)
        while not driver.page.rows.rows or not driver.page.rows.isVisible():
            driver.page.see()
    driver.page.rows.list.setFocus()
    return driver.page.rows


@pytest.mark.parametrize("page", [TODAY, REVIEW], ids=["today", "review"])
def test_what_is_typed_where_a_row_is_put_off_outlives_the_clock(sample, page):
    rows = shown(sample, page)
    sample.press(Qt.Key.Key_S)
    sample.type("+3")
    sample.type("They decide", rows.put_off.why)
    rows.put_off.why.setFocus()
    a_minute_passes(sample)
    assert rows.put_off.isVisible()
    assert sample.window.focusWidget() is rows.put_off.why
    assert rows.put_off.why.text() == "They decide"
    sample.press(Qt.Key.Key_Return)
    known(sample)
    assert sample.journal.find(SetAside)[0].why == "They decide"


def test_the_keyboard_stays_on_an_act_while_the_clock_runs_on(sample):
    rows = shown(sample, TODAY)
    act = rows.acts.itemAt(1).widget()
    assert isinstance(act, QAbstractButton)
    act.setFocus()
    a_minute_passes(sample)
    assert sample.window.focusWidget() is act


def test_a_question_about_a_row_that_is_gone_goes_with_it(sample):
    rows = shown(sample, TODAY)
    desk = sample.desktop.desk
    day = desk.local_now().date()
    promise = Promise(client_id=1, what="Send it", to_whom="周启明", due=day, made_on=day)
    desk.do(save_record, promise, at=desk.now())
    known(sample)
    at = next(
        n for n, one in enumerate(rows.items) if one in rows.rows and one.owed.what == "Send it"
    )
    rows.list.choose_near(at)
    sample.press(Qt.Key.Key_S)
    sample.type("+3")
    desk.undo()
    known(sample)
    assert not rows.put_off.isVisible()
    assert sample.window.focusWidget() is rows.list


def test_a_letter_under_the_list_acts_on_the_row_as_it_is_now(sample):
    """The buttons are those from before the last look: the row is the one of now."""
    rows = shown(sample, TODAY)
    before = rows.rows[0]
    a_minute_passes(sample)
    assert rows._row is not before
    assert rows._row is rows.rows[0]
    assert rows._row.owed.about == before.owed.about
