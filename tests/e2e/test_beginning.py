"""Beginning: mail of this machine is offered, the mail tells whose it is, the sample gives way to one's own."""

import pytest
from PySide6.QtCore import Qt, QTimer

from pmdesk.gui.pages.places import CLIENTS, IMPORT
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from tests.actions.letters import LI, ME, letter, mbox
from tests.e2e.test_first_hour import start


@pytest.fixture
def thunderbird(tmp_path):
    """A profile of Thunderbird with mail that goes both ways, and a newsletter."""
    folder = tmp_path / ".thunderbird" / "a.default" / "ImapMail" / "imap.oak.example"
    folder.mkdir(parents=True)
    both = [
        one
        for n in range(3)
        for one in (letter(n, LI, ME, n * 24), letter(f"{n}r", ME, LI, n * 24 + 3, reply=n))
    ]
    news = letter("n", "News <noreply@letters.example>", ME, 5)
    (folder / "INBOX").write_bytes(mbox(*both, news))
    (tmp_path / ".thunderbird/a.default/prefs.js").write_text(
        'user_pref("mail.identity.id1.useremail", "me@oak.example");\n'
    )
    return folder


def tick(driver, row):
    """Tick a store by key."""
    page = driver.page
    page.stores.table.setFocus()
    page.stores.table.setCurrentCell(row, 0)
    driver.press(Qt.Key.Key_Space, widget=page.stores.table)
    driver.settle()
    driver.qtbot.waitUntil(lambda: not page.foot.is_running)


def found(driver):
    """The rows of the stores, once the look is over."""
    driver.qtbot.waitUntil(lambda: not driver.page.stores.is_looking)
    table = driver.page.stores.table
    return [
        tuple(table.item(row, column).text() for column in range(2))
        for row in range(table.rowCount())
    ]


def test_a_new_journal_is_offered_the_mail_of_this_machine(driver, tmp_path, thunderbird):
    driver.app.start(None)
    driver.app.page.place.setText(str(tmp_path / "mine.pmdesk"))
    driver.click("Create journal")
    assert driver.desktop.current.place is IMPORT
    assert found(driver) == [("Thunderbird", "imap.oak.example")]
    page = driver.page
    assert page.files.paths == []
    tick(driver, 0)
    assert page.files.paths == [thunderbird]
    assert [b.text() for b in page.people.proposed.boxes.values() if b.isChecked()] == [
        "me@oak.example · sent 3, received 4"
    ]
    assert page.people.unclear.ticked() == {"@pine.example": "Pine"}
    assert page.people.mass.text() == "Mass senders left out of this list: 1"
    assert page.foot.status.text() == "clients 1 · new 6 · already here 0 · left out 1"
    page.people.own.setFocus()
    driver.press(Qt.Key.Key_Tab)
    assert driver.window.focusWidget() is page.people.proposed.boxes["me@oak.example"]
    page.people.unclear.setFocus()
    driver.press(Qt.Key.Key_Tab, widget=page.people.unclear)
    assert driver.window.focusWidget() is page.people.everybody
    assert not page.foot.is_running  # a field that is only left is no news
    driver.click("Import 6 messages")
    driver.settle()
    assert [client.name for client in driver.journal.find(Client)] == ["Pine"]
    assert [one.pattern for one in driver.journal.find(Identity)] == ["me@oak.example"]
    assert driver.journal.count(Interaction) == 6


def test_what_is_unticked_is_looked_at_no_more(driver, tmp_path, thunderbird):
    start(driver, tmp_path)
    found(driver)
    tick(driver, 0)
    page = driver.page
    assert page.people.setup().own == ["me@desk.example", "me@oak.example"]
    tick(driver, 0)
    assert (page.files.paths, page.people.unclear.rowCount()) == ([], 0)
    tick(driver, 0)
    driver.click("Remove all")
    assert page.stores.table.item(0, 0).checkState() == Qt.CheckState.Unchecked


def test_a_journal_with_mail_looks_only_when_it_is_asked(sample, thunderbird):
    sample.desktop.show_page(IMPORT)
    sample.settle()
    assert not sample.page.stores.isVisible()
    sample.click("Find mail here…")
    assert ("Thunderbird", "imap.oak.example") in found(sample)
    tick(sample, [name for name, _ in found(sample)].index("Thunderbird"))
    # it has clients: nobody is made one unasked
    assert sample.page.people.unclear.ticked() == {}
    assert sample.page.people.proposed.ticked() == []


@pytest.fixture
def much(driver, tmp_path, thunderbird):
    """An import page on which the mail of the profile is much: its newest part comes first."""
    both = [
        one
        for n in range(20)
        for one in (letter(n, LI, ME, n * 24), letter(f"{n}r", ME, LI, n * 24 + 3, reply=n))
    ]
    (thunderbird / "INBOX").write_bytes(mbox(*both))
    start(driver, tmp_path)
    driver.page.taking.newest_bytes = len(mbox(*both)) // 4
    found(driver)
    return driver


def test_of_much_mail_the_newest_is_shown_first_and_the_rest_comes_by_itself(much):
    tick(much, 0)
    page = much.page
    assert page.foot.take_button.text() == "Import 40 messages"
    grown = []
    much.app.desk.changed.connect(lambda _: grown.append(much.journal.count(Interaction)))
    much.click("Import 40 messages")
    much.qtbot.waitUntil(lambda: much.app.desk.work.said.startswith("Importing the older"))
    much.qtbot.waitUntil(lambda: not much.app.desk.work.running)
    much.settle()
    assert much.desktop.current.place is CLIENTS
    assert 4 < grown[0] < 16
    assert grown[-1] == 40
    assert much.desktop.toast.text.text() == "Added 40, already there 0, not taken 0"
    assert much.journal.rows("SELECT count(DISTINCT thread) FROM interaction") == [(20,)]
    much.click("Undo", much.desktop.toast)
    much.settle()
    much.qtbot.waitUntil(lambda: not much.app.desk.work.running)
    assert (much.journal.count(Interaction), much.journal.count(Client)) == (0, 0)


def test_the_newest_can_be_taken_before_all_was_looked_through(much):
    page, pressed = much.page, []

    def press():
        if "still looking" in page.foot.status.text() and not pressed:
            pressed.append(page.foot.take_button.isEnabled())
            page.foot.take_button.click()

    # between two turns of the loop: the rest of so little mail is soon looked through
    timer = QTimer(page, interval=0)
    timer.timeout.connect(press)
    timer.start()
    tick(much, 0)
    much.qtbot.waitUntil(lambda: much.journal.count(Interaction) == 40)
    assert pressed == [True]
    much.settle()


def test_one_press_leads_from_the_sample_to_ones_own(sample, tmp_path):
    path = sample.journal.path
    sample.click("Begin my own", sample.desktop.rail)
    sample.settle()
    own = sample.journal.path
    assert (own.parent, own.name) == (tmp_path, "journal.pmdesk")
    assert sample.journal.count(Client) == 0
    assert sample.desktop.current.place is IMPORT
    told = sample.desktop.toast.text.text()
    assert own.name in told
    assert path.name in told
    assert not [b for b in sample.desktop.rail.findChildren(type(sample.page.files.add_button)) if b.text() == "Begin my own"]  # fmt: skip
    with Journal.open(path) as kept:
        assert kept.count(Client) == 3
