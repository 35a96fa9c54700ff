"""The weekly review on the real window, by keyboard alone: looked through, left, taken up, kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.answers.review import STEPS, review
from pmdesk.gui.pages.report_page import ReportPage
from pmdesk.gui.pages.review_page import ReviewPage
from pmdesk.journal import drafts
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise

from .by_key import ALT, CTRL, SHIFT, key, reopened


def settle(driver):
    """Until all that is owed is known and shown."""
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20000)
    driver.settle()
    driver.settle()


def begin(driver):
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    driver.qtbot.wait(20)
    key(driver, Qt.Key.Key_W, CTRL | SHIFT)
    assert isinstance(driver.page, ReviewPage)
    driver.qtbot.waitUntil(lambda: driver.page._found is not None, timeout=20000)
    settle(driver)
    return driver.page


def see(driver):
    key(driver, Qt.Key.Key_Return, CTRL)


def rows(page):
    return [(row.client, row.owed.what) for row in page.rows.rows]


@pytest.fixture
def strange(sample):
    """Mail that belongs to no client."""
    desk = sample.desktop.desk
    with sample.journal.action("Add", at=desk.now()) as act:
        act.save(Interaction(subject="Offer", who="Ann <ann@x.example>", at=desk.now()))


def test_the_week_is_looked_through_by_key_and_written_into_the_journal(sample, strange):
    page = begin(sample)
    assert page.title.text().startswith("Weekly review, week ")
    assert rows(page) == [("", "Ann")]
    assert sample.window.focusWidget() is page.rows.list
    looked = []
    for n, step in enumerate(STEPS):
        assert page.present == n
        assert page.step_title.text() == f"{n + 1}. {step.text}"
        looked.append(len(page._found.steps[n].rows))
        see(sample)
    assert page.stack.currentIndex() == 2
    assert sample.window.focusWidget() is page.keep_button
    before = sample.journal.count(Entry)
    key(sample, Qt.Key.Key_Space)
    assert sample.journal.count(Entry) == before + 1
    entry = sample.journal.find(Entry, order="id DESC", limit=1)[0]
    first, _, *lines = entry.text.splitlines()
    assert first == page.title.text()
    assert lines[0] == "- Inbox: 1 open"
    assert [int(line.split(": ")[1].split()[0]) for line in lines if "nothing" not in line] == [
        n for n in looked if n
    ]
    assert entry.tags == ("Weekly review",)
    assert not page.keep_button.isEnabled()
    # taken back, it may be written again
    key(sample, Qt.Key.Key_Z, CTRL)
    settle(sample)
    assert sample.journal.count(Entry) == before
    assert page.keep_button.isEnabled()


def test_what_stands_in_a_step_is_what_is_known_of_all_clients(sample):
    page = begin(sample)
    desk = sample.desktop.desk
    wanted = review(sample.journal, desk.owing.standings.values(), at=desk.now())
    for n, looking in enumerate(wanted.steps):
        page._turn_to(n)
        found = [(row.owed.about, row.late) for row in page._found.steps[n].rows]
        assert found == [(row.owed.about, row.late) for row in looking.rows]
    assert sum(len(looking.rows) for looking in wanted.steps) > 20


def test_a_review_is_left_and_taken_up_where_it_was(sample, qapp):
    begin(sample)
    see(sample)
    see(sample)
    key(sample, Qt.Key.Key_2, CTRL)
    driver = reopened(sample, qapp)
    page = begin(driver)
    assert page.present == 2
    assert "2 of 8 steps seen" in [w.text() for w in page.findChildren(QLabel)]
    assert [b.shown.state for b in page.steps.buttons[:4]] == ["done", "done", "now", "later"]
    key(driver, Qt.Key.Key_Left, ALT)
    assert page.present == 1
    see(driver)
    assert page.present == 2
    draft = drafts.read(driver.journal, f"review:{page.week}")
    assert list(draft.content["seen"]) == ["inbox", "turns"]
    driver.app.close_journal()


def test_another_dress_leaves_the_review_where_it_was(sample):
    begin(sample)
    see(sample)
    sample.app.dress()
    settle(sample)
    assert isinstance(sample.page, ReviewPage)
    assert sample.page.present == 1


def test_nothing_is_shown_before_all_clients_have_been_looked_at(sample, qapp):
    before = [len(looking.rows) for looking in begin(sample)._found.steps]
    path = sample.journal.path
    sample.window.close()
    sample.app.close_journal()
    with Journal.open(path) as journal:
        journal.conn.execute("DELETE FROM standing")
        journal.conn.commit()
    again = reopened(sample, qapp)
    page = again.page
    assert isinstance(page, ReviewPage)
    again.qtbot.waitUntil(lambda: page._found is not None, timeout=20000)
    assert [len(looking.rows) for looking in page._found.steps] == before
    again.app.close_journal()


def test_a_row_is_done_by_its_key_and_the_next_comes_into_its_place(sample):
    page = begin(sample)
    page._turn_to(2)
    desk = sample.desktop.desk
    ours = [n for n, row in enumerate(page.rows.rows) if row.owed.rule == "promise"]
    assert len(ours) > 1
    table = page.rows.list
    assert sample.window.focusWidget() is table
    table.selectRow(ours[1])
    promise = sample.journal.get(Promise, page.rows.rows[ours[1]].owed.key.id)
    before = rows(page)
    key(sample, Qt.Key.Key_Return)
    settle(sample)
    assert sample.journal.get(Promise, promise.id).delivered_on is not None
    sample.qtbot.waitUntil(lambda: len(rows(page)) == len(before) - 1, timeout=5000)
    assert (table.currentIndex().row(), sample.window.focusWidget()) == (ours[1], table)
    key(sample, Qt.Key.Key_Z, CTRL)
    settle(sample)
    sample.qtbot.waitUntil(lambda: len(rows(page)) == len(before), timeout=5000)
    assert desk.journal.get(Promise, promise.id) == promise


def test_mail_of_no_client_leads_to_the_inbox_and_a_report_to_its_page(sample, strange):
    page = begin(sample)
    key(sample, Qt.Key.Key_Return)
    assert type(sample.page).__name__ == "InboxPage"
    begin(sample)
    page._turn_to(len(STEPS) - 1)
    assert page.rows.rows
    key(sample, Qt.Key.Key_Return)
    assert isinstance(sample.page, ReportPage)


def test_what_is_put_off_leaves_the_review(sample):
    page = begin(sample)
    page._turn_to(2)
    before = rows(page)
    key(sample, Qt.Key.Key_S)
    sample.type("+9")
    key(sample, Qt.Key.Key_Tab)
    sample.type("agreed")
    key(sample, Qt.Key.Key_Return)
    settle(sample)
    sample.qtbot.waitUntil(lambda: len(rows(page)) == len(before) - 1, timeout=5000)


def test_an_empty_step_says_so_and_the_keyboard_is_on_the_way_on(driver, tmp_path, at):
    from pmdesk.actions.openings import create_journal

    driver.app.use(create_journal(tmp_path / "new.pmdesk", at=at))
    with driver.journal.action("Add", at=at) as act:
        act.save(Client(name="Pine"))
    page = begin(driver)
    assert page.inner.currentWidget() is page.nothing
    assert driver.window.focusWidget() is page.seen_button
    key(driver, Qt.Key.Key_Space)
    assert page.present == 1
