"""The crisis room with an input method: what is composed on a row is a line of the log."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication

from pmdesk.records.crisis import CrisisLine
from tests.e2e.crises import begin, enter, open_room, spoken, tab_to


@pytest.fixture
def room(driver, tmp_path):
    made = open_room(driver, tmp_path)
    begin(made)
    return made


def compose(driver, preedit, commit=""):
    """What an input method sends to wherever the keyboard is; whether it is taken at all."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    focus = driver.window.focusWidget()
    taken = focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(focus, event)
    driver.qtbot.wait(5)
    return taken


def ask(widget, query):
    event = QInputMethodQueryEvent(query)
    QApplication.sendEvent(widget, event)
    return event.value(query)


def test_a_line_composed_on_a_row_is_written_to_the_log(room):
    line, row = room.page.log.line, room.window.focusWidget()
    for letters in ("h", "hu", "hui gun"):
        assert compose(room, letters)
        assert room.window.focusWidget() is row
    assert line.text() == ""
    compose(room, "", "回滚")
    assert line.text() == "回滚"
    assert room.window.focusWidget() is line
    compose(room, "", "完成")
    enter(room)
    assert [one.text for one in room.journal.find(CrisisLine)] == ["回滚完成"]


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_H]
)
def test_no_key_acts_while_something_is_composed(room, key):
    row, before = room.window.focusWidget(), spoken(room)
    compose(room, "hui")
    room.press(key)
    assert room.journal.find(CrisisLine) == []
    assert (room.window.focusWidget(), room.page.log.line.text()) == (row, "")
    # given up, the row takes keys again
    compose(room, "")
    enter(room)
    assert len(room.journal.find(CrisisLine)) == 1
    assert spoken(room) != before


def test_escape_gives_up_what_an_input_method_has_left_open(room):
    row = room.window.focusWidget()
    compose(room, "hui")
    room.press(Qt.Key.Key_Escape)
    row.clearFocus()
    assert room.page.log.line.text() == ""
    row.setFocus()
    enter(room)
    assert len(room.journal.find(CrisisLine)) == 1


def test_a_shortcut_waits_for_what_is_composed(room):
    compose(room, "hui")
    room.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert room.journal.find(CrisisLine) == []


def test_a_word_goes_on_while_the_next_is_composed(room):
    row, line = room.window.focusWidget(), room.page.log.line
    compose(room, "gun", "回")
    assert (line.text(), room.window.focusWidget()) == ("回", row)
    compose(room, "", "滚")
    assert (line.text(), room.window.focusWidget()) == ("回滚", line)


def test_what_is_composed_and_left_is_kept(room):
    line = room.page.log.line
    compose(room, "hui")
    room.page.back.window().setFocus()
    room.page.edit.setFocus()
    assert line.text() == "hui"


def test_it_goes_behind_what_was_half_written(room):
    line = room.page.log.line
    room.type("a b")
    line.setCursorPosition(0)
    room.press(Qt.Key.Key_Escape)
    compose(room, "", "回滚")
    assert line.text() == "a b回滚"


@pytest.mark.parametrize("where", ["page", "button", "log row"])
def test_wherever_letters_go_to_the_log_composed_ones_do(room, where):
    room.type("first\n")
    if where == "page":
        room.page.setFocus()
    elif where == "button":
        tab_to(room, "Edit")
    else:
        room.page.log.rows[0].setFocus()
    assert compose(room, "hui")
    compose(room, "", "回滚")
    assert room.page.log.line.text() == "回滚"
    assert room.window.focusWidget() is room.page.log.line


def test_the_input_method_sees_the_line_and_where_it_is(room):
    row, line = room.window.focusWidget(), room.page.log.line
    assert ask(row, Qt.InputMethodQuery.ImEnabled) is True
    compose(room, "", "回滚")
    row.setFocus()
    assert ask(row, Qt.InputMethodQuery.ImSurroundingText) == "回滚"
    here = ask(row, Qt.InputMethodQuery.ImCursorRectangle)
    there = QRect(line.mapToGlobal(QPoint(0, 0)), line.size())
    assert there.contains(row.mapToGlobal(here.center()))
