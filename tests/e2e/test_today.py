"""Today by keyboard and mouse: what is owed, one key for each, and the way back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from pmdesk.actions.records import save_record
from pmdesk.answers.owed.today import Row
from pmdesk.gui.pages.places import CLIENTS, TODAY
from pmdesk.gui.widgets.owed_list import Head
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.interaction import Interaction
from pmdesk.records.set_aside import SetAside
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Promise
from tests.e2e.conftest import Driver


def known(driver):
    """Wait until all that is owed is known and shown."""
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.qtbot.wait(20)


@pytest.fixture
def today(sample) -> Driver:
    sample.desktop.show_page(TODAY)
    known(sample)
    sample.page.rows.list.setFocus()
    return sample


def rows(driver):
    return [item for item in driver.page.rows.list.entries.items if isinstance(item, Row)]


def titles(driver, rule):
    return [row.owed.what for row in rows(driver) if row.owed.rule == rule]


def go_to(driver, rule, what=None):
    """Put the keyboard on the first row of a rule, by the arrows."""
    table = driver.page.rows.list
    table.setFocus()
    driver.press(Qt.Key.Key_Home)
    for _ in range(len(table.entries.items)):
        row = table.entries.items[table.currentIndex().row()]
        if row.owed.rule == rule and what in {None, row.owed.what}:
            return row
        driver.press(Qt.Key.Key_Down)
    raise AssertionError((rule, what))


def texts(driver):
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


def owe(driver, **values):
    desk = driver.desktop.desk
    promise = Promise(client_id=1, to_whom="周启明", **values)
    desk.do(save_record, promise, at=desk.now())
    known(driver)


def test_the_rail_carries_the_count_narrow_or_wide(today):
    rail = today.desktop.rail
    label = rail._counts["today"]
    for narrow, n, shown in ((True, 99, "99"), (True, 412, "99+"), (False, 412, "412")):
        rail.narrow(narrow)
        rail.count("today", n, f"{n} owed", late=True)
        assert (label.isVisible(), label.text()) == (True, shown)
    for narrow in (True, False):
        rail.narrow(narrow)
        assert label.text() == ("99+" if narrow else "412")
    rail.count("today", 0, "", late=False)
    assert not label.isVisible()


def test_it_is_the_first_page_and_the_rail_carries_the_count(today):
    n = len(rows(today))
    assert n > 20
    assert today.desktop.rail._counts["today"].text() == str(n)
    assert f"{n} owed" in today.page.remark.text()


def test_late_stands_before_what_comes_and_the_most_pressing_first(today):
    heads = [i.title for i in today.page.rows.list.entries.items if isinstance(i, Head)]
    assert heads == ["Late", "Next"]
    shown = rows(today)
    late = [row.late for row in shown]
    assert late == sorted(late, reverse=True)
    for group in (True, False):
        pressing = [row.urgency for row in shown if row.late is group]
        assert pressing == sorted(pressing, reverse=True)


def test_one_key_tells_and_undo_brings_it_back(today):
    row = go_to(today, "untold")
    today.press(Qt.Key.Key_Return)
    known(today)
    assert row.owed.what not in titles(today, "untold")
    assert today.journal.get(Issue, row.owed.key.id).told_at is not None
    today.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    known(today)
    assert row.owed.what in titles(today, "untold")


def test_a_promise_is_delivered_by_its_letter_and_the_next_row_has_the_keyboard(today):
    day = today.desktop.desk.local_now().date()
    owe(today, what="Send the list", due=day, made_on=day - timedelta(days=3))
    go_to(today, "promise", "Send the list")
    place = today.page.rows.list.currentIndex().row()
    today.press(Qt.Key.Key_D)
    known(today)
    assert "Send the list" not in titles(today, "promise")
    now = today.page.rows.list.currentIndex().row()
    assert isinstance(today.page.rows.list.entries.items[now], Row)
    assert abs(now - place) <= 1


def test_a_reply_answered_by_call_goes_and_so_does_one_that_needs_none(today):
    for key, text in ((Qt.Key.Key_C, "Answered by Call"), (Qt.Key.Key_N, "No reply needed")):
        row = go_to(today, "reply")
        today.press(key)
        known(today)
        assert row.owed.key not in [r.owed.key for r in rows(today)]
        assert text in today.desktop.toast.findChildren(QLabel)[0].text()


def test_a_click_on_the_act_does_it_and_beside_it_only_chooses(today):
    row = go_to(today, "untold")
    table = today.page.rows.list
    box = table.visualRect(table.currentIndex())
    today.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert today.journal.get(Issue, row.owed.key.id).told_at is None
    end = box.topRight()
    end.setX(end.x() - 30)
    end.setY(box.center().y())
    today.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=end)
    known(today)
    assert today.journal.get(Issue, row.owed.key.id).told_at is not None


def test_putting_off_needs_a_reason_and_a_later_day(today):
    row = go_to(today, "gap")
    today.press(Qt.Key.Key_S)
    ask = today.page.rows.put_off
    assert today.window.focusWidget() is ask.until
    for day, why, told in (
        ("soon", "", "is no date"),
        ("", "They decide on Monday", "Say until when"),
        ("today", "They decide on Monday", "choose a later one"),
        ("+3", "", "Say why"),
    ):
        ask.until.setText(day)
        ask.why.setText(why)
        today.press(Qt.Key.Key_Return, widget=ask.until)
        assert told in ask.problem.text()
        assert row.owed.about in [r.owed.about for r in rows(today)]
    ask.why.setText("They decide on Monday")
    today.press(Qt.Key.Key_Return, widget=ask.why)
    known(today)
    assert row.owed.about not in [r.owed.about for r in rows(today)]
    assert "1 put off" in today.page.remark.text()
    (kept,) = today.journal.find(SetAside)
    assert (kept.about, kept.why) == (row.owed.about, "They decide on Monday")


def test_grouped_by_client_every_row_stands_under_its_client(today):
    today.page.group.setCurrentIndex(1)
    client = None
    for item in today.page.rows.list.entries.items:
        if isinstance(item, Head):
            client = item.title
        else:
            assert item.client == client
    assert today.app.settings.today_by == "client"


def test_chasing_quotes_the_ask_in_their_language_and_waits_on_request(today):
    row = go_to(today, "waiting", "各厂区验收人名单")
    today.press(Qt.Key.Key_Return)
    panel = today.desktop.panel
    today.qtbot.wait(20)  # shown by the next turn of the loop
    text = panel.text.toPlainText()
    assert "> 请您确认三个厂区各由谁签字，我们好排走查的时间。" in text
    assert text.startswith("周启明，您好：")
    panel.language.setCurrentIndex(0)
    assert panel.text.toPlainText().startswith("Dear 周启明,")
    panel.language.setCurrentIndex(1)
    today.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, widget=panel.text)
    assert QGuiApplication.clipboard().text() == text
    today.click("Show it again")
    known(today)
    assert row.owed.about not in [r.owed.about for r in rows(today)]
    assert today.journal.find(SetAside)[0].why.startswith("reminded on")


def test_a_call_of_theirs_ends_what_we_wait_for(today):
    row = go_to(today, "waiting")
    today.press(Qt.Key.Key_A)
    known(today)
    assert row.owed.about not in [r.owed.about for r in rows(today)]
    call = today.journal.find(Interaction, order="id DESC", limit=1)[0]
    assert (call.channel, call.direction) == (Channel.CALL, Direction.INBOUND)


def test_what_is_owed_is_right_soon_after_any_act_on_any_page(today):
    day = today.desktop.desk.local_now().date()
    today.desktop.show_page(CLIENTS)
    owe(today, what="Unseen", due=day, made_on=day)
    before = int(today.desktop.rail._counts["today"].text())
    today.desktop.desk.undo()
    known(today)
    assert int(today.desktop.rail._counts["today"].text()) == before - 1


def test_where_nothing_is_owed_it_says_so(driver, tmp_path, at):
    from pmdesk.actions.openings import create_journal
    from pmdesk.records.client import Client

    journal = create_journal(tmp_path / "new.pmdesk", at=at)
    driver.app.use(journal)
    known(driver)
    assert "No client yet" in texts(driver)
    desk = driver.desktop.desk
    desk.do(save_record, Client(name="Pine"), at=desk.now())
    known(driver)
    assert "Nothing is owed" in texts(driver)
    assert not driver.desktop.rail._counts["today"].isVisible()


def test_what_was_put_off_is_seen_with_its_reason_and_brought_back(today):
    row = go_to(today, "gap")
    today.press(Qt.Key.Key_S)
    ask = today.page.rows.put_off
    ask.until.setText("+3")
    ask.why.setText("They decide on Monday")
    today.press(Qt.Key.Key_Return, widget=ask.why)
    known(today)
    today.page.group.setCurrentIndex(2)
    (head, shown) = today.page.rows.list.entries.items
    assert (head.title, shown.owed.about) == ("Put off", row.owed.about)
    today.page.rows.list.setFocus()
    today.press(Qt.Key.Key_Home)
    assert "They decide on Monday" in today.page.rows.reason.text()
    today.press(Qt.Key.Key_Return)
    known(today)
    today.page.group.setCurrentIndex(0)
    assert row.owed.about in [r.owed.about for r in rows(today)]


def test_limits_of_the_journal_and_of_a_client_move_what_is_shown(today):
    desk, day = today.desktop.desk, today.desktop.desk.local_now().date()
    owe(today, what="In five days", due=day + timedelta(days=5), made_on=day)
    assert "In five days" not in titles(today, "promise")
    today.menu("Limits of all clients…")
    today.type("5", today.field("promise_days"))
    today.press(Qt.Key.Key_Escape)
    known(today)
    assert "In five days" in titles(today, "promise")
    today.desktop.open_client(1)
    today.menu("Limits of this client…")
    assert "青松制造" in today.desktop.panel.head.text()
    today.type("2", today.field("promise_days"))
    today.press(Qt.Key.Key_Escape)
    known(today)
    today.desktop.show_page(TODAY)
    known(today)
    assert "In five days" not in titles(today, "promise")
    assert desk.journal.count(Promise) > 0
