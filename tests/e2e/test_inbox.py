"""The inbox: contacts without a client are given one by mouse and keyboard, or left out."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.records.choices import Channel, IdentityRole
from pmdesk.records.client import Client
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from tests.actions.letters import LI, ME, letter, mbox

MAILS = (
    letter(1, "Wang Fang <wang@newpine.example>", ME, 0),
    letter(2, "Wu <wu@newpine.example>", ME, 1),
    letter(3, ME, "Wang Fang <wang@newpine.example>", 5, reply=1),
    letter(4, "Alice <alice@gmail.com>", ME, 2, subject="Hello"),
    letter(5, "Dev <dev@oak.example>", ME, 3, subject="Among ourselves"),
    letter(6, LI, ME, 3),
)
SETUP = MailSetup(own=["@oak.example"], clients={"Pine": ["@pine.example"]}, everybody=True)


@pytest.fixture
def inbox(sample, tmp_path, at):
    """The sample journal with mail of senders that no client claims, on its inbox."""
    box = tmp_path / "box.mbox"
    box.write_bytes(mbox(*MAILS))
    import_mail(sample.journal, [box], SETUP, at=at)
    with sample.journal.action("Add", at=at) as act:
        act.save(Interaction(channel=Channel.CALL, at=at, subject="Unknown caller", source="typed"))
    sample.click("Inbox")
    sample.qtbot.waitUntil(lambda: bool(sample.page.rows), timeout=3000)
    return sample


def rows(inbox):
    return {row.pattern or row.subject: row.messages for row in inbox.page.rows}


def tick(inbox, *names):
    table = inbox.page.table
    for place, row in enumerate(inbox.page.rows):
        if (row.pattern or row.subject) in names:
            where = table.visualItemRect(table.item(place, 0))
            inbox.qtbot.mouseClick(
                table.viewport(), Qt.MouseButton.LeftButton, pos=where.topLeft() + QPoint(20, 14)
            )
            assert table.item(place, 0).checkState() == Qt.CheckState.Checked


def wait_for(inbox, names):
    inbox.qtbot.waitUntil(lambda: set(rows(inbox)) == names, timeout=3000)


ALL = {"@newpine.example", "alice@gmail.com", "Among ourselves", "Unknown caller"}


def test_all_without_a_client_stand_there_by_domain_or_address_and_our_own_is_no_client(inbox):
    assert rows(inbox) == {
        "@newpine.example": 3, "alice@gmail.com": 1, "Among ourselves": 1, "Unknown caller": 1,
    }  # fmt: skip
    assert inbox.page.remark.text() == "6 contacts without a client"
    assert not inbox.page.give.isEnabled()


def test_a_sender_becomes_a_new_client_with_its_mail_and_undo_brings_it_back(inbox):
    tick(inbox, "@newpine.example")
    assert inbox.page.name.text() == "Newpine"
    inbox.click("Give to this client")
    wait_for(inbox, ALL - {"@newpine.example"})
    client = inbox.journal.find(Client, order="id DESC", limit=1)[0]
    assert (client.name, client.mail) == ("Newpine", ("@newpine.example",))
    assert inbox.journal.count(Interaction, "client_id = ?", [client.id]) == 3
    toast = [w.text() for w in inbox.desktop.toast.findChildren(QLabel)]
    assert "Given to Newpine: 3 messages" in toast
    inbox.click("Undo", inbox.desktop.toast)
    wait_for(inbox, ALL)
    assert inbox.journal.get(Client, client.id) is None


def test_a_call_and_a_sender_are_given_to_a_client_that_is_there(inbox):
    tick(inbox, "Unknown caller", "alice@gmail.com")
    box = inbox.page.client
    box.setFocus()
    for _ in range(box.count()):
        if box.currentText() != "Harbour Logistics":
            inbox.press(Qt.Key.Key_Down, widget=box)
    inbox.click("Give to this client")
    wait_for(inbox, {"@newpine.example", "Among ourselves"})
    found = inbox.journal.find(Interaction, "subject IN ('Unknown caller', 'Hello')")
    assert {i.client_id for i in found} == {2}
    assert "alice@gmail.com" in inbox.journal.get(Client, 2).mail


def test_without_a_name_it_is_said_at_its_place_and_nothing_is_kept(inbox):
    tick(inbox, "alice@gmail.com")
    inbox.page.name.selectAll()
    inbox.press(Qt.Key.Key_Backspace, widget=inbox.page.name)
    before = inbox.journal.count(Client)
    inbox.press(Qt.Key.Key_Return, widget=inbox.page.name)
    assert "cannot stay empty" in inbox.page.problem.text()
    assert inbox.page.name.hasFocus()
    assert inbox.journal.count(Client) == before


def test_left_out_goes_with_our_answers_and_no_import_brings_it_back(inbox, tmp_path, at):
    tick(inbox, "@newpine.example", "Unknown caller")
    inbox.click("Leave out")
    wait_for(inbox, {"alice@gmail.com", "Among ourselves"})
    roles = {i.pattern: i.role for i in inbox.journal.find(Identity)}
    assert roles["@newpine.example"] is IdentityRole.IGNORED
    import_mail(inbox.journal, [tmp_path / "box.mbox"], MailSetup(), at=at)
    assert inbox.journal.count(Interaction, "who LIKE '%newpine%'") == 0
    inbox.menu("Undo")


def test_enter_opens_the_newest_contact_of_a_row(inbox):
    table = inbox.page.table
    table.setFocus()
    place = next(n for n, row in enumerate(inbox.page.rows) if row.pattern == "alice@gmail.com")
    table.setCurrentCell(place, 0)
    inbox.press(Qt.Key.Key_Return, widget=table)
    assert inbox.desktop.panel is not None
    assert any("Hello" in w.text() for w in inbox.desktop.panel.findChildren(QLabel))


def test_where_nothing_is_left_the_page_says_so(sample):
    sample.click("Inbox")
    assert sample.page.stack.currentIndex() == 1


def test_an_address_named_in_a_form_says_how_much_mail_it_moved(inbox):
    inbox.desktop.edit(inbox.journal.get(Client, 2))
    field = inbox.field("mail")
    field.setFocus()
    inbox.press(Qt.Key.Key_End, widget=field)
    inbox.type(", @newpine.example", field)
    inbox.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, field)
    told = "Client “Harbour Logistics” changed, 3 messages sorted anew"
    assert inbox.desktop.toast.text.text() == told
    assert inbox.journal.count(Interaction, "client_id = 2 AND subject = 'Plan'") >= 3
    inbox.click("Undo", inbox.desktop.toast)
    assert inbox.journal.count(Interaction, "client_id = 2 AND who LIKE '%newpine%'") == 0
