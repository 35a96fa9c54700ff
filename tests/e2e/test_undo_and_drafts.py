"""Undo from where one writes, named and asked; drafts that outlive Esc and a crash."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from pmdesk.gui.app import App
from pmdesk.gui.pages.places import JOURNAL, SEARCH
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise

CTRL = Qt.KeyboardModifier.ControlModifier


def key(sample, pressed, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the keyboard is."""
    sample.press(pressed, modifier)
    sample.qtbot.wait(20)


@pytest.mark.parametrize("where", ["journal", "search", "capture", "panel"])
def test_ctrl_z_takes_the_last_act_back_from_where_one_writes(sample, where):
    sample.menu("Capture a line")
    line = sample.desktop.capture.line
    sample.type("harbour call: agreed", line)
    sample.press(Qt.Key.Key_Return, widget=line)
    made = sample.journal.find(Interaction, order="id DESC", limit=1)[0]
    match where:
        case "journal":
            sample.desktop.show_page(JOURNAL)
            sample.page.text.setFocus()
        case "search":
            sample.desktop.show_page(SEARCH)
        case "capture":
            sample.menu("Capture a line")
        case "panel":
            sample.desktop.edit(sample.journal.get(Client, 2))
            sample.field("industry").setFocus()
    sample.qtbot.wait(20)
    assert isinstance(sample.window.focusWidget(), QLineEdit | QPlainTextEdit)
    key(sample, Qt.Key.Key_Z, CTRL)
    assert sample.journal.get(Interaction, made.id) is None
    assert "agreed" in sample.desktop.toast.text.text()
    sample.click("Redo", sample.desktop.toast)
    assert sample.journal.get(Interaction, made.id) == made


def test_what_is_being_typed_is_undone_first(sample):
    sample.desktop.edit(sample.journal.get(Client, 1))
    line = sample.field("industry")
    line.setFocus()
    line.end(False)
    sample.type("xyz", line)
    key(sample, Qt.Key.Key_Z, CTRL)
    assert line.text() == sample.journal.get(Client, 1).industry


def test_one_undo_too_many_asks_before_it_empties_the_journal(sample):
    clients = sample.journal.count(Client)
    key(sample, Qt.Key.Key_Z, CTRL)
    assert sample.journal.count(Client) == clients
    assert "Next to be undone: Sample journal filled" in sample.desktop.notice.text.text()
    assert "records" in sample.desktop.notice.text.text()
    sample.click("Undo it", sample.desktop.notice)
    sample.qtbot.waitUntil(lambda: sample.journal.count(Client) == 0)
    sample.click("Redo", sample.desktop.toast)
    sample.qtbot.waitUntil(lambda: sample.journal.count(Client) == clients)
    sample.settle()


def test_a_step_of_another_day_is_asked_however_small(sample):
    path = sample.journal.path
    sample.menu("Capture a line")
    line = sample.desktop.capture.line
    sample.type("harbour call: agreed", line)
    sample.press(Qt.Key.Key_Return, widget=line)
    kept = sample.journal.find(Interaction, order="id DESC", limit=1)[0]
    other = crash_and_start_again(sample, path)
    other.desk.undo()
    notice = other.window.desktop.notice.text.text()
    assert "Next to be undone: Call “agreed” added" in notice
    assert other.desk.journal.get(Interaction, kept.id) == kept
    other.close_journal()


def test_the_menu_names_what_would_be_undone(sample):
    sample.menu("Capture a line")
    line = sample.desktop.capture.line
    sample.type("harbour call: agreed & signed", line)
    sample.press(Qt.Key.Key_Return, widget=line)
    menus = sample.window.menuBar().actions()
    edit = next(a.menu() for a in menus if a.text() == "&Edit")
    edit.aboutToShow.emit()
    assert edit.actions()[0].text() == "Undo: Call “agreed && signed” added"
    assert edit.actions()[1].text() == "Redo"


def test_nothing_to_undo_or_redo_is_no_red_banner(sample):
    key(sample, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert sample.desktop.toast.text.text() == "There is nothing to redo."
    assert not sample.desktop.notice.isVisible()


def notes(sample):
    sample.desktop.open_client(1)
    sample.desktop.write_minutes(sample.page.client)
    sample.qtbot.wait(20)
    return sample.desktop.panel


def test_meeting_notes_outlive_escape_pressed_again_and_again(sample):
    notes(sample)
    subject = sample.field("subject")
    sample.type("Weekly", subject)
    key(sample, Qt.Key.Key_Escape)
    sample.click("Open again", sample.desktop.toast)
    sample.qtbot.wait(20)
    decisions = sample.field("decisions")
    sample.type("Half an hour of notes", decisions)
    key(sample, Qt.Key.Key_Escape)
    key(sample, Qt.Key.Key_Escape)
    assert sample.desktop.panel is None
    notes(sample)
    assert sample.field("subject").text() == "Weekly"
    assert sample.field("decisions").toPlainText() == "Half an hour of notes"


def test_opening_another_record_keeps_the_notes(sample):
    notes(sample)
    sample.type("Weekly", sample.field("subject"))
    sample.desktop.edit(sample.journal.get(Client, 2))
    notes(sample)
    assert sample.field("subject").text() == "Weekly"
    sample.click("Discard draft", sample.desktop.panel)
    notes(sample)
    assert sample.field("subject").text() == ""


def crash_and_start_again(sample, path):
    """The window dies without a word; the next one opens the same file."""
    other = App(sample.app.qt)
    sample.qtbot.addWidget(other.window)
    other.start(path)
    return other


@pytest.mark.parametrize("what", ["notes", "new record", "capture", "journal"])
def test_what_was_typed_outlives_a_crash(sample, what, qtbot):
    path = sample.journal.path
    match what:
        case "notes":
            notes(sample)
            sample.type("Weekly", sample.field("subject"))
        case "new record":
            sample.desktop.edit(Promise(client_id=1))
            sample.type("Weekly", sample.field("what"))  # not to whom: it cannot be saved
        case "capture":
            sample.menu("Capture a line")
            sample.type("Weekly", sample.desktop.capture.line)
        case "journal":
            sample.desktop.show_page(JOURNAL)
            sample.click("New entry")
            sample.type("Weekly", sample.page.text)
    sample.qtbot.wait(1500)
    other = crash_and_start_again(sample, path)
    desktop = other.window.desktop
    match what:
        case "notes":
            desktop.open_client(1)
            desktop.write_minutes(desktop.page().client)
            assert desktop.panel.form.findChild(QLineEdit, "subject").text() == "Weekly"
        case "new record":
            desktop.edit(Promise(client_id=1))
            assert desktop.panel.form.findChild(QLineEdit, "what").text() == "Weekly"
        case "capture":
            desktop.begin_capture()
            assert desktop.capture.line.text() == "Weekly"
        case "journal":
            assert other.desk.journal.find(Entry, order="id DESC", limit=1)[0].text == "Weekly"
    other.close_journal()
