"""Places are remembered with an import, and what is added to them is found by one press."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.gui.looking import look_at_start
from pmdesk.gui.pages.places import IMPORT
from pmdesk.records.entry import Entry
from pmdesk.records.imports import Source
from pmdesk.records.interaction import Interaction
from tests.actions.letters import letter, mbox

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
FANG, ME = "Fang <fang@new.example>", "Me <me@mine.example>"


@pytest.fixture
def box(tmp_path):
    path = tmp_path / "Inbox"
    path.write_bytes(mbox(letter(1, FANG, ME, 1), letter(2, FANG, ME, 2)))
    return path


def add(path, *letters):
    with path.open("ab") as file:
        file.write(mbox(*letters))


def looked(driver):
    """Wait until a look is over."""
    driver.qtbot.waitUntil(lambda: not driver.desktop.desk.work.running, timeout=10_000)
    driver.settle()


def toast(driver):
    return driver.desktop.toast.text.text()


def subjects(driver):
    return driver.journal.count(Interaction)


def test_a_mailbox_is_remembered_and_looked_at(sample, box):
    sample.desktop.show_page(IMPORT)
    page, before = sample.page, subjects(sample)
    assert not page.sources.isVisible()
    sample.press(Qt.Key.Key_I, CTRL_SHIFT)
    assert "No place is remembered yet" in toast(sample)
    page.add_paths([box])
    page.people.own.setText("me@mine.example")
    sample.click("Also take mail that concerns none of my clients", page)
    sample.settle()
    sample.qtbot.waitUntil(lambda: not page.foot.is_running, timeout=10_000)
    sample.click("Remember these places", page)
    sample.click("Look at every start", page)
    sample.click("Import 2 messages", page)
    sample.qtbot.waitUntil(lambda: subjects(sample) == before + 2, timeout=10_000)
    sample.settle()
    (source,) = sample.journal.find(Source)
    assert (source.path, source.at_start) == (str(box), True)
    sample.desktop.show_page(IMPORT)
    assert page.sources.isVisible()
    add(box, letter(3, FANG, ME, 3))
    sample.press(Qt.Key.Key_I, CTRL_SHIFT)
    looked(sample)
    assert subjects(sample) == before + 3
    assert "1 new record from Inbox" in toast(sample)
    sample.press(Qt.Key.Key_I, CTRL_SHIFT)
    looked(sample)
    assert "Nothing new." in toast(sample)
    add(box, letter(4, FANG, ME, 4))
    look_at_start(sample.desktop.desk)
    looked(sample)
    assert subjects(sample) == before + 4
    sample.menu("Undo")
    assert subjects(sample) == before + 3
    look_at_start(sample.desktop.desk)  # what was undone does not come back by itself
    assert not sample.desktop.desk.work.running
    box.unlink()
    sample.click("Look for new", page)
    looked(sample)
    assert "Not there now: Inbox" in toast(sample)


def test_a_source_is_renamed_and_forgotten_in_the_panel(sample, tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("[2026-11-20 09:30] Called the harbour.\n")
    sample.desktop.show_page(IMPORT)
    sample.page.add_paths([notes])
    sample.settle()
    card = sample.page.incoming.by_kind["journal"]
    sample.qtbot.waitUntil(lambda: not card.foot.is_running, timeout=10_000)
    sample.click("Remember these places", card)
    sample.click("Import 1", card)
    sample.qtbot.waitUntil(lambda: sample.journal.count(Source) == 1, timeout=10_000)
    sample.settle()
    entries = sample.journal.count(Entry)
    notes.write_text("[2026-11-20 09:30] Called the harbour.\n[2026-11-21 09:30] Again.\n")
    sample.click("Look for new", sample.page)
    looked(sample)
    assert sample.journal.count(Entry) == entries + 1
    sample.click("Edit", sample.page.sources)
    name = sample.field("name")
    name.selectAll()
    sample.type("Notes", name)
    sample.press(Qt.Key.Key_Escape, widget=name)
    assert [s.name for s in sample.journal.find(Source)] == ["Notes"]
    sample.click("Edit", sample.page.sources)
    sample.press(Qt.Key.Key_Space, widget=sample.desktop.panel.delete_button)
    assert sample.journal.count(Source) == 0
    assert not sample.page.sources.isVisible()
