"""The capture line in the window: what it shows before Enter, what it asks, what it makes."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.gui.pages.places import UNDER_WAY
from pmdesk.records.appointment import Appointment
from pmdesk.records.captured_line import CapturedLine
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Promise

ALT = Qt.KeyboardModifier.AltModifier
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@pytest.fixture
def bar(sample):
    """The capture line, open, with two people of one surname at a client."""
    desk = sample.desktop.desk
    with desk.journal.action("Add", at=desk.now()) as act:
        for name in ("王芳", "王强"):
            act.save(Contact(client_id=1, name=name))
    sample.menu("Capture a line")
    return sample.desktop.capture


def write(sample, bar, line):
    bar.line.clear()
    sample.type(line, bar.line)
    sample.qtbot.wait(20)


def chips(bar):
    return [w.text() for w in bar.findChildren(QLabel) if w.isVisible()]


def last(sample, kind):
    return sample.journal.find(kind, order="id DESC", limit=1)[0]


def test_several_things_of_a_line_are_shown_kept_and_taken_back_together(sample, bar):
    lines = sample.journal.count(CapturedLine)
    write(sample, bar, "青松 周主任来电：服务器宕机，承诺明天给方案")
    shown = chips(bar)
    assert shown[:4] == ["青松制造", "周启明", "Call", "From the client"]
    assert "Problem: 服务器宕机" in shown
    assert any(text.startswith("We promise: 给方案 · by ") for text in shown)
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    call = last(sample, Interaction)
    assert (call.client_id, call.who) == (1, "周启明")
    assert last(sample, Promise).what == "给方案"
    told = sample.desktop.toast.text.text()
    assert told.startswith("Call “服务器宕机")
    assert told.endswith("added, with it: Problem or risk, Promise")
    assert last(sample, CapturedLine).line == "青松 周主任来电：服务器宕机，承诺明天给方案"
    sample.click("Undo", sample.desktop.toast)
    assert sample.journal.get(Interaction, call.id) is None
    assert sample.journal.count(CapturedLine) == lines
    assert last(sample, Issue).statement != "服务器宕机"


@pytest.mark.parametrize("way", ["Alt+2", "keys", "mouse"])
def test_of_two_people_one_is_chosen_before_anything_is_kept(sample, bar, way):
    before = sample.journal.count(Interaction)
    write(sample, bar, "王总来电")
    assert "Who is “王总”?" in chips(bar)
    assert [choice.text() for choice in bar.choices] == ["1  王芳", "2  王强", "3  just “王总”"]
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    assert sample.window.focusWidget() is bar.choices[0]
    assert sample.journal.count(Interaction) == before
    match way:
        case "Alt+2":
            bar.line.setFocus()
            sample.press(Qt.Key.Key_2, ALT)
        case "keys":
            bar.line.setFocus()
            sample.press(Qt.Key.Key_Down)
            sample.press(Qt.Key.Key_Right)
            sample.press(Qt.Key.Key_Return)
        case "mouse":
            sample.click("2  王强", bar)
    sample.qtbot.wait(20)
    assert sample.window.focusWidget() is bar.line
    assert "王强" in chips(bar)
    sample.type("，问进度", bar.line)
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    made = last(sample, Interaction)
    assert (made.client_id, made.who) == (1, "王强")
    assert not bar.isVisible()


def test_the_other_reading_of_a_day_is_one_key_away(sample, bar):
    at = sample.app.desk.local_now()
    other = at.date() + timedelta(days=1 if at.weekday() < 6 else -1)
    write(sample, bar, f"harbour meeting {DAYS[other.weekday()]} 10:00")
    held, planned = bar.choices
    assert held.isChecked() != planned.isChecked()
    sample.press(Qt.Key.Key_1, ALT, bar.line)
    sample.qtbot.wait(20)
    assert [choice.isChecked() for choice in bar.choices] == [True, False]
    assert "Meeting" in chips(bar)
    sample.press(Qt.Key.Key_2, ALT, bar.line)
    sample.qtbot.wait(20)
    assert "Planned: Meeting" in chips(bar)
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    assert last(sample, Appointment).at > at


def test_a_day_nobody_understands_is_said_and_makes_no_contact(sample, bar):
    before = sample.journal.count(Interaction)
    write(sample, bar, "腊月二十三 青松 会议")
    assert "“腊月二十三” is not understood as a day" in chips(bar)
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    assert last(sample, Entry).text == "腊月二十三 青松 会议"
    assert sample.journal.count(Interaction) == before


def test_a_client_made_meanwhile_is_known(sample, bar):
    write(sample, bar, "Oakley call")
    assert "no client recognised" in chips(bar)
    desk = sample.desktop.desk
    with desk.journal.action("Add", at=desk.now()) as act:
        act.save(Client(name="Oakley Works"))
    desk.changed.emit(act.changes())
    sample.qtbot.wait(20)
    assert "Oakley Works" in chips(bar)


def test_what_was_chosen_is_forgotten_with_its_line(sample, bar):
    write(sample, bar, "王总来电")
    sample.press(Qt.Key.Key_1, ALT, bar.line)
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    sample.menu("Capture a line")
    write(sample, bar, "王总来电")
    assert "Who is “王总”?" in chips(bar)
    assert not any(choice.isChecked() for choice in bar.choices)


def test_a_complaint_captured_is_a_case_whose_next_step_is_owed(sample, bar):
    write(sample, bar, "青松 许经理来电，抱怨周报太晚")
    assert "Complaint: 周报太晚" in chips(bar)
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    case = last(sample, Complaint)
    assert (case.client_id, case.own_words, case.step) == (1, "周报太晚", 1)
    assert case.heard_at == last(sample, Interaction).at
    sample.desktop.show_page(UNDER_WAY)
    assert any("周报太晚" in text for text in sample.told())
    sample.click("Undo", sample.desktop.toast)
    assert sample.journal.get(Complaint, case.id) is None
