"""The history of acts: told whole, searched, and walked back and forth at one press."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pmdesk.gui.pages.places import ACTS
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import BY_COMMAND_LINE
from pmdesk.records.client import Client
from pmdesk.words import mark

CTRL = Qt.KeyboardModifier.ControlModifier
DONE = mark("Client “{what}” added")


def do(journal, *names):
    for name in names:
        with journal.action(DONE, what=name) as act:
            act.save(Client(name=name))


@pytest.fixture
def acts(driver, journal):
    """The window on a journal of twelve acts by hand and one from the command line."""
    do(journal, *(f"client {n}" for n in range(12)))
    journal.by = BY_COMMAND_LINE
    do(journal, "client 12")
    driver.app.use(Journal.open(journal.path))
    driver.settle()
    driver.press(Qt.Key.Key_H, CTRL)
    assert driver.desktop.current.place is ACTS
    driver.qtbot.waitUntil(lambda: len(driver.page.acts) > 12)
    return driver


def names(driver):
    return [client.name for client in driver.journal.find(Client, order="id")]


def spoken(driver, row):
    model = driver.page.table.model()
    return model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def settled(driver, state, row=0):
    driver.settle()
    driver.qtbot.waitUntil(lambda: driver.page.acts[row].state == state)


def test_each_act_says_what_it_was_who_did_it_and_how_much(acts):
    said = spoken(acts, 0)
    assert said.startswith("Client “client 12” added · ")
    assert said.endswith(" · Command line · 1 record")
    assert " · Window · 1 record" in spoken(acts, 1)


def test_a_few_are_undone_and_repeated_by_enter_and_stand_there_grey(acts):
    for _ in range(3):
        acts.press(Qt.Key.Key_Down)
    assert acts.page.about.text() == "4 acts · 4 records"
    acts.press(Qt.Key.Key_Return)
    settled(acts, "undone")
    assert names(acts)[-1] == "client 8"
    assert acts.desktop.toast.text.text() == "4 acts undone"
    assert spoken(acts, 0).endswith(" · undone")
    # the keyboard is still on the act that was meant: the same key is the way back
    assert QApplication.focusWidget() is acts.page.table
    acts.press(Qt.Key.Key_Up)
    assert acts.page.about.text() == "2 acts · 2 records"
    acts.press(Qt.Key.Key_Return)
    settled(acts, "stands", row=2)
    assert names(acts)[-1] == "client 10"
    acts.click("Undo", acts.desktop.toast)
    settled(acts, "undone", row=2)
    assert names(acts)[-1] == "client 8"


def test_many_are_undone_on_purpose_only_and_the_way_back_is_one_press(acts):
    before = names(acts)
    acts.press(Qt.Key.Key_End, CTRL)
    acts.press(Qt.Key.Key_Up)
    acts.press(Qt.Key.Key_Return)
    asked = acts.desktop.notice
    assert asked.text.text() == "To be undone: 13 acts · 13 records."
    assert names(acts) == before
    acts.press(Qt.Key.Key_Return)
    settled(acts, "undone")
    assert names(acts) == []
    acts.click("Redo", acts.desktop.toast)
    settled(acts, "stands")
    assert names(acts) == before


def test_an_act_is_found_by_its_words_and_by_whose_it_is(acts):
    acts.type("command 12", acts.page.line)
    assert [act.done.facts["what"] for act in acts.page.acts] == ["client 12"]
    acts.page.line.clear()
    acts.type("client 3”", acts.page.line)  # the minute may hold a 3, too
    acts.press(Qt.Key.Key_Return, widget=acts.page.line)
    # what goes along is all that was done since, not only what was found
    assert acts.page.about.text() == "10 acts · 10 records"


def test_what_was_undone_before_something_else_stays_grey_and_says_why(acts):
    acts.press(Qt.Key.Key_Return)
    settled(acts, "undone")
    do(acts.journal, "later")
    acts.page.refresh()
    settled(acts, "over", row=1)
    assert not acts.page.go.isEnabled()
    assert acts.page.about.text().startswith("Undone, and cannot be repeated")
