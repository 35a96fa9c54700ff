"""The crisis room by keyboard: begun, told, done, written down, ended, learned from."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.gui.pages.places import CRISIS
from pmdesk.records.crisis import Crisis, CrisisLine, Rehearsal
from pmdesk.records.transparency import Issue, Raid
from tests.e2e.conftest import Driver


@pytest.fixture
def driven(sample) -> Driver:
    sample.desktop.show_page(CRISIS)
    sample.settle()
    return sample


def texts(driver):
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


def newest(driver, kind):
    return driver.journal.find(kind, order="id DESC", limit=1)[0]


def test_the_running_crisis_shows_its_clock_tree_steps_and_log(driven):
    assert driven.page.title.text() == "Clinic 2: 412 patients merged with strangers"
    driven.qtbot.waitUntil(lambda: ":" in driven.page.clock.text(), timeout=3000)
    shown = texts(driven)
    assert "Dr Ines Hale" in shown
    assert "3 of 5 · D" in shown


def test_letters_tell_and_do_the_next_and_lines_are_written_by_enter(driven):
    page = driven.page
    page.setFocus()
    before = [task.done_at for task in page.room.notices]
    driven.press(Qt.Key.Key_T, widget=page)
    driven.settle()
    assert sum(task.done_at is not None for task in page.room.notices) == before.count(None) + (
        len(before) - 2 * before.count(None) + 1
    )
    driven.press(Qt.Key.Key_D, widget=page)
    driven.settle()
    assert "4 of 5 · D" in texts(driven)
    driven.press(Qt.Key.Key_Slash, widget=page)
    assert driven.window.focusWidget() is page.log.line
    driven.type("Two more split, told Dr Hale")  # t and d are typed, not done
    driven.press(Qt.Key.Key_Return)
    driven.settle()
    assert newest(driven, CrisisLine).text == "Two more split, told Dr Hale"
    assert "4 of 5 · D" in texts(driven)


def test_a_half_typed_line_is_there_after_the_page_was_left(driven):
    driven.page.log.begin()
    driven.type("Half a sen")
    driven.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    driven.app.dress()
    driven.desktop.show_page(CRISIS)
    assert driven.page.log.line.text() == "Half a sen"


def test_it_is_stood_down_only_when_all_holds_and_then_teaches(driven):
    crisis = driven.page.room.crisis
    driven.click("Stand down", driven.page.say)
    assert "not met yet" in driven.page.say.against.text()
    assert driven.journal.get(Crisis, crisis.id).stood_down_at is None
    driven.click("Met", driven.page.say)
    driven.settle()
    driven.click("Stand down", driven.page.say)
    assert driven.journal.get(Crisis, crisis.id).stood_down_at is not None
    panel = driven.desktop.panel
    assert "Control count after the night run" in panel.fields["facts"].toPlainText()
    driven.click("Keep it", panel)
    assert "This cannot stay empty" in panel.problems["actions"].text()
    panel.fields["causes"].setPlainText("Empty took part as equal")
    panel.fields["actions"].setPlainText("Empty never equals anything")
    driven.click("Keep it", panel)
    risk = newest(driven, Issue)
    assert (risk.raid, risk.statement) == (Raid.RISK, "Empty took part as equal")


def test_a_plan_is_rehearsed_and_two_run_at_once(driven):
    driven.click("Rehearse", driven.page.ready)
    driven.settle()
    drill = newest(driven, Crisis)
    assert drill.rehearsal
    driven.page.open_crisis(drill.id)
    driven.qtbot.wait(20)
    assert any(text.endswith("rehearsal") for text in texts(driven))
    driven.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert driven.page.room.crisis.id != drill.id
    driven.page.open_crisis(drill.id)
    driven.click("End the rehearsal", driven.page.say)
    assert "Say what was learned" in driven.page.say.against.text()
    driven.page.say.learned.setPlainText("The list of phones was old")
    driven.click("End the rehearsal", driven.page.say)
    driven.settle()
    assert newest(driven, Rehearsal).learned == "The list of phones was old"
    assert driven.page.room.crisis.id != drill.id


def test_one_without_a_plan_needs_a_word_of_what_happened(driven):
    ready = driven.page.ready
    driven.click("It has happened", ready.layout().itemAt(0).widget())
    assert ready.problem.isVisible()
    ready.what.setText("The pump stands")
    driven.press(Qt.Key.Key_Return, widget=ready.what)
    driven.settle()
    assert newest(driven, Crisis).title == "The pump stands"
    driven.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, widget=driven.page)
    driven.settle()
    assert newest(driven, Crisis).title != "The pump stands"


def test_what_is_said_is_changed_in_place_and_kept_in_its_language(driven):
    say = driven.page.say
    say.language.setCurrentIndex(say.language.findData("zh"))
    say.text.setPlainText("二部病历已全部恢复。")
    driven.desktop.show_page(CRISIS)
    say.save()
    crisis = driven.journal.get(Crisis, driven.page.room.crisis.id)
    assert crisis.statement_zh == "二部病历已全部恢复。"
    assert crisis.statement_en == ""
