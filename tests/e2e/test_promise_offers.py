"""Perhaps promised: sentences of mail offered on the trust tab, by keyboard and mouse."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from pmdesk.actions.records import delete_record
from pmdesk.answers.calendars import zone_of
from pmdesk.gui.widgets.parts import TwoLineRow
from pmdesk.gui.widgets.promise_card import PromiseOffersCard
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Direction
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.set_aside import SetAside
from pmdesk.records.trust import Promise

REPORT = "I'll send the test <report> tomorrow."
PUMPS = "We will ship the pumps tomorrow, too."
FAILURES = "I'll look into the failures."


@pytest.fixture
def pine(driver, tmp_path):
    """The window on a journal with one client."""
    path = tmp_path / "pine.pmdesk"
    journal = Journal.create(path)
    with journal.action("Add") as act:
        act.save(Client(name="Pine"))
    driver.app.use(journal)
    driver.settle()
    return driver


@pytest.fixture
def mail(pine):
    """Keep mails of ours, each an hour older than the one before."""
    now = pine.desktop.desk.now()

    def make(*texts, client_id=1):
        with pine.journal.action("Add", at=now) as act:
            return [
                act.save(
                    Interaction(
                        client_id=client_id, at=now - timedelta(minutes=n + 1), subject="Test plan",
                        who="Li Wei <li@pine.example>", text=text, direction=Direction.OUTBOUND,
                    )
                )
                for n, text in enumerate(texts)
            ]  # fmt: skip

    return make


@pytest.fixture
def trust(pine):
    """Go to the trust tab; its card of offers, None where there is none."""

    def shown():
        pine.desktop.open_client(1)
        pine.page.go_to("trust")
        pine.settle()
        return card(pine)

    return shown


def card(driver):
    shown = [c for c in driver.page.findChildren(PromiseOffersCard) if c.isVisible()]
    return shown[0] if shown else None


def sentences(driver):
    found = card(driver)
    return [row.title for row in found.findChildren(TwoLineRow) if row.isVisible()] if found else []


def focused(driver):
    """The row of the keyboard and the text of its button."""
    widget = driver.window.focusWidget()
    row = widget
    while row is not None and not isinstance(row, TwoLineRow):
        row = row.parentWidget()
    return row.title if row else "", widget.text() if isinstance(widget, QPushButton) else ""


def test_a_sentence_is_shown_with_its_day_and_where_it_stands(pine, mail, trust):
    mail(REPORT)
    (row,) = trust().findChildren(TwoLineRow)
    assert row.headline.text() == ("I&#x27;ll send the test &lt;report&gt; <b>tomorrow</b>.")
    theirs = zone_of(pine.journal, pine.journal.get(Client, 1))
    day = pine.desktop.desk.now().astimezone(theirs).date() + timedelta(days=1)
    words = pine.desktop.desk.words
    told = pine.told()
    assert any(
        text.startswith(f"due {words.weekday(day)}, {words.date(day)} · mail to Li Wei · Test plan")
        for text in told
    )
    assert "none counts before you take it" in told


def test_one_key_takes_a_promise_and_the_keyboard_stays_with_the_next(pine, mail, trust):
    mail(REPORT, PUMPS)
    take = next(b for b in trust().findChildren(QPushButton) if b.text() == "Take as promise")
    # reached by the Tab key alone, from the tabs of the client on
    pine.page.tabs.setFocus()
    for _ in range(30):
        if pine.window.focusWidget() is take:
            break
        pine.press(Qt.Key.Key_Tab)
    assert focused(pine) == (REPORT, "Take as promise")
    pine.press(Qt.Key.Key_Space)
    pine.settle()
    (promise,) = pine.journal.find(Promise)
    assert promise.what == "Send the test <report>"
    assert sentences(pine) == [PUMPS]
    assert focused(pine) == (PUMPS, "Take as promise")
    assert pine.desktop.toast.text.text() == "Promise taken: “Send the test <report>”"
    pine.click("Undo", pine.desktop.toast)
    pine.settle()
    assert pine.journal.find(Promise) == []
    assert sentences(pine) == [REPORT, PUMPS]


def test_what_is_no_promise_goes_until_that_is_undone(pine, mail, trust):
    mail(REPORT)
    trust()
    pine.click("Not a promise")
    pine.settle()
    assert (sentences(pine), pine.journal.count(SetAside)) == ([], 1)
    assert pine.desktop.toast.text.text() == f"No promise: “{REPORT}”"
    pine.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    pine.settle()
    assert sentences(pine) == [REPORT]


def test_without_a_day_they_are_folded_and_stay_unfolded(pine, mail, trust):
    mail(REPORT, FAILURES)
    trust()
    assert sentences(pine) == [REPORT]
    more = next(b for b in card(pine).findChildren(QPushButton) if "without" in b.text())
    assert more.text() == "Show 1 without a day"
    more.setFocus()
    pine.press(Qt.Key.Key_Space)
    pine.settle()
    assert sentences(pine) == [REPORT, FAILURES]
    assert focused(pine) == (FAILURES, "Take as promise")
    pine.press(Qt.Key.Key_Space)
    pine.settle()
    assert sentences(pine) == [REPORT]
    assert pine.journal.find(Promise)[0].due is None
    mail("We'll do our homework.")
    pine.page.stack.currentWidget().refresh()
    pine.settle()
    assert sentences(pine) == [REPORT, "We'll do our homework."]


def test_more_than_five_are_shown_on_demand(pine, mail, trust):
    texts = [f"I'll send part {n} tomorrow." for n in range(7)]
    mail(*texts)
    trust()
    assert sentences(pine) == texts[:5]
    pine.click("Show all 7", card(pine))
    pine.settle()
    assert sentences(pine) == texts
    assert focused(pine) == (texts[5], "Take as promise")


def test_open_shows_the_mail_and_nothing_is_shown_without_an_offer(pine, mail, trust):
    assert trust() is None
    (sent,) = mail(REPORT)
    pine.page.stack.currentWidget().refresh()
    pine.settle()
    pine.click("Open", card(pine))
    pine.settle()
    assert pine.desktop.panel.isVisible()
    texts = pine.desktop.panel.findChildren(QPlainTextEdit)
    assert sent.text in [text.toPlainText() for text in texts]


def test_over_all_clients_each_row_names_its_client(pine, mail):
    desk = pine.desktop.desk
    with pine.journal.action("Add", at=desk.now()) as act:
        birch = act.save(Client(name="Birch"))
    mail(FAILURES)
    holder = QWidget()
    pine.qtbot.addWidget(holder)
    everybody = PromiseOffersCard(desk)
    everybody.setParent(holder)
    holder.show()
    everybody.refresh()
    assert not everybody.isVisible()
    mail(REPORT, client_id=birch.id)
    everybody.refresh()
    assert everybody.isVisible()
    (row,) = everybody.findChildren(TwoLineRow)
    assert " · Birch · " in row.findChildren(type(row.headline))[-1].text()
    # the client has gone before the card heard of it: said, not swallowed
    delete_record(pine.journal, birch, at=desk.now())
    pine.click("Take as promise", everybody)
    assert "has been deleted" in pine.desktop.notice.text.text()
    assert pine.journal.find(Promise) == []
