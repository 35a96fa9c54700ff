"""What stands unsaved when a journal is locked is saved, or kept as a draft in the journal itself."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.gui.pages.places import IMPORT, JOURNAL, SEARCH
from pmdesk.gui.panels.follow_up_panel import FollowUpPanel
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.minutes import Minutes
from pmdesk.records.trust import Promise
from tests.e2e.locked import CTRL, unlock


def type_invalid(secret):
    secret.desktop.edit(Promise(client_id=1))
    secret.type("Weekly", secret.field("what"))  # not to whom: it cannot be saved
    return lambda: secret.field("what").text() == "Weekly"


def type_valid(secret):
    secret.desktop.edit(secret.journal.get(Client, 1))
    line = secret.field("industry")
    line.selectAll()
    secret.type("Weekly", line)
    return lambda: (
        secret.field("industry").text() == secret.journal.get(Client, 1).industry == "Weekly"
    )


def type_minutes(secret):
    secret.desktop.open_client(1)
    secret.desktop.write_minutes(secret.page.client)
    secret.type("Weekly", secret.field("subject"))
    return lambda: secret.field("subject").text() == "Weekly"


def type_follow_up(secret):
    """The message that minutes make, changed by hand."""
    now = secret.desktop.desk.now()
    with secret.journal.action("Add", at=now) as act:
        call = act.save(Interaction(client_id=1, at=now, subject="Call"))
        minutes = act.save(Minutes(client_id=1, interaction_id=call.id, what="Call"))
    secret.desktop.open_panel(lambda: FollowUpPanel(secret.desktop.desk, minutes))
    text = secret.desktop.panel.follow_up.text
    text.selectAll()
    secret.type("Weekly", text)
    return lambda: secret.desktop.panel.follow_up.text.toPlainText() == "Weekly"


def type_capture(secret):
    secret.menu("Capture a line")
    secret.type("Weekly", secret.desktop.capture.line)
    return lambda: secret.desktop.capture.line.text() == "Weekly"


def type_entry(secret):
    secret.desktop.show_page(JOURNAL)
    secret.click("New entry")
    secret.type("Weekly", secret.page.text)
    return lambda: secret.journal.find(Entry, order="id DESC", limit=1)[0].text == "Weekly"


def type_emptied_entry(secret):
    """An entry must have a text: without one it cannot be saved."""
    type_entry(secret)
    secret.page.save()
    secret.page.text.selectAll()
    secret.press(Qt.Key.Key_Delete, widget=secret.page.text)
    secret.type("tag", secret.page.tags)
    return lambda: (secret.page.text.toPlainText(), secret.page.tags.text()) == ("", "tag")


def type_search(secret):
    secret.desktop.show_page(SEARCH)
    secret.type("Weekly", secret.page.line)
    return lambda: secret.page.line.text() == "Weekly"


def paste(secret):
    secret.desktop.show_page(IMPORT)
    secret.page._open_pasted("Weekly")
    return lambda: secret.page.incoming.pasted.text == "Weekly"


# What may stand open at once: on the page, beside it, above it.
AT_ONCE = (
    (type_entry, type_capture, type_follow_up),
    (type_search, type_invalid),
    (paste, type_valid),
    (type_minutes,),
    (type_emptied_entry,),
)


def test_what_was_being_typed_at_the_moment_is_there_again(secret):
    for ways in AT_ONCE:
        kept = {write.__name__: write(secret) for write in ways}
        secret.app.locking.leave()
        secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)
        assert b"Weekly" not in secret.app.known.read_bytes()
        unlock(secret)
        assert {name: is_there() for name, is_there in kept.items()} == dict.fromkeys(kept, True)
        secret.desktop.close_panel()
    secret.settle()


def type_aside(secret):
    """A captured line that is put away a moment before."""
    is_there = type_capture(secret)
    secret.press(Qt.Key.Key_Escape)

    def is_there_when_asked():
        secret.menu("Capture a line")
        return is_there()

    return is_there_when_asked


@pytest.mark.parametrize("write", [type_invalid, type_aside])
def test_what_another_writer_holds_up_is_kept_as_soon_as_that_is_over(secret, write):
    is_there = write(secret)
    path = secret.journal.path
    with Journal.open(path, "one") as other:
        other.conn.execute("BEGIN IMMEDIATE")
        secret.press(Qt.Key.Key_L, CTRL)
        secret.qtbot.wait(200)
        assert secret.app.locking.is_locked
        assert not secret.app.locking.is_closed
        assert not secret.window.close()
        assert "still being written" in secret.app.page.told.text()
        other.conn.execute("ROLLBACK")
    secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)
    unlock(secret)
    assert is_there()
