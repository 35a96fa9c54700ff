"""The crisis room by keyboard alone: begun, told, done, written down, ended, learned from."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from pmdesk.actions.crisis import meet, tell_client
from pmdesk.gui.widgets.act_rows import ActButton
from pmdesk.records.crisis import CauseOf, Crisis, CrisisLine, CrisisPlan, LineKind
from pmdesk.records.transparency import Issue, Raid
from tests.e2e.crises import (
    CTRL,
    NOW,
    PLAN,
    begin,
    enter,
    newest,
    open_room,
    shown,
    spoken,
    tab_to,
    undo,
    write,
)


@pytest.fixture
def room(driver, tmp_path):
    return open_room(driver, tmp_path)


def test_a_crisis_from_its_plan_by_keyboard_alone(room):
    page = room.page
    crisis = begin(room)
    assert (crisis.title, crisis.rehearsal) == ("Migration failure", False)
    assert "S1 · live" in shown(room)
    # the first to be told; with a contact of the client the client is told
    assert spoken(room).startswith("Told: 周启明, in ")
    enter(room)
    assert newest(room, CrisisLine).about == PLAN["notices"][0]
    assert room.journal.get(Crisis, crisis.id).told_at is not None
    assert spoken(room).startswith("Told: Steering")
    room.press(Qt.Key.Key_Space)
    room.settle()
    assert "2 of 3" in shown(room)
    # down beyond the notices to the steps
    room.press(Qt.Key.Key_Down)
    assert spoken(room).startswith("Done: Freeze changes, now")
    enter(room)
    assert newest(room, CrisisLine).what is LineKind.STEP
    assert spoken(room).startswith("Done: Roll back")
    # whatever is typed goes to the log
    write(room, "Two interfaces affected\n")
    write(room, "No data lost\n")
    assert [line.text for line in page.room.log][:2] == ["No data lost", "Two interfaces affected"]
    assert page.log.line.text() == ""


def test_it_is_stood_down_only_against_its_criteria(room):
    crisis, page = begin(room), room.page
    assert not page.ending.down.isEnabled()
    why = "Not yet: criteria not met: 2; the client is not told, and no reason is given"
    assert why in shown(room)
    enter(room)
    assert "Not yet: criteria not met: 2" in shown(room)
    for _ in range(9):
        room.press(Qt.Key.Key_Down)
    assert spoken(room).startswith("Met: New window agreed")
    enter(room)
    assert spoken(room).startswith("Met: Reports verified")
    assert "Not yet: criteria not met: 1" in shown(room)
    enter(room)
    assert not page.ending.against.isVisible()
    tab_to(room, "Stand down…")
    enter(room)
    assert room.journal.get(Crisis, crisis.id).stood_down_at is not None
    room.qtbot.waitUntil(lambda: room.desktop.panel is not None)
    undo(room)
    assert page.room.crisis.id == crisis.id


def test_the_post_mortem_puts_a_risk_into_the_log_and_changes_the_plan(room):
    crisis, page = begin(room), room.page
    write(room, "No data lost\n")
    for criterion in PLAN["criteria"].splitlines():
        meet(room.journal, crisis, criterion, at=NOW)
    tell_client(room.journal, crisis, at=NOW)
    page.refresh()
    tab_to(room, "Stand down…")
    enter(room)
    assert room.journal.get(Crisis, crisis.id).stood_down_at is not None
    room.qtbot.waitUntil(lambda: room.desktop.panel is not None)
    room.settle()
    panel = room.desktop.panel
    assert "No data lost" in panel.fields["facts"].toPlainText()
    room.press(Qt.Key.Key_S, CTRL)
    assert panel.problems["causes"].text() == "⚠ This cannot stay empty."
    write(room, "Never tried before")
    room.press(Qt.Key.Key_Tab)
    write(room, "Try each month")
    steps = panel.fields["steps"]
    while room.window.focusWidget() is not steps:
        room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_End, CTRL)
    write(room, "\nZhao | 3 h | Check the copy")
    room.press(Qt.Key.Key_S, CTRL)
    room.settle()
    assert room.desktop.panel is None
    risk = newest(room, Issue)
    assert (risk.raid, risk.statement, risk.fix) == (Raid.RISK, "Never tried before", "Try each month")  # fmt: skip
    assert newest(room, CrisisPlan).steps == (*PLAN["steps"], "Zhao | 3 h | Check the copy")
    # one step took all of it, one undo takes it back, the next brings the crisis back
    undo(room)
    assert room.journal.find(Issue) == []
    assert newest(room, CrisisPlan).steps == PLAN["steps"]
    assert room.journal.get(Crisis, crisis.id).causes == ""
    undo(room)
    assert page.room.crisis.id == crisis.id


def test_undo_brings_each_act_back_and_the_keyboard_stays(room):
    begin(room)
    enter(room)
    assert spoken(room).startswith("Told: Steering")
    undo(room)
    assert room.journal.find(CrisisLine) == []
    assert newest(room, Crisis).told_at is None
    assert "0 of 3" in shown(room)
    assert spoken(room).startswith("Told: Steering")
    undo(room)
    assert room.journal.find(Crisis) == []
    assert room.page.stack.currentWidget() is room.page.ready


def test_a_key_held_down_tells_one_and_not_all(room):
    begin(room)
    act = room.window.focusWidget()
    room.press(Qt.Key.Key_Return)
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)  # fmt: skip
        QApplication.sendEvent(room.window.focusWidget(), held)
    assert len(room.journal.find(CrisisLine)) == 1
    assert room.window.focusWidget() is not act


def test_the_next_is_told_and_done_also_from_within_the_log(room):
    begin(room)
    room.press(Qt.Key.Key_Slash)
    assert room.window.focusWidget() is room.page.log.line
    assert room.page.log.line.text() == ""
    write(room, "told her: t and d are letters here")
    room.press(Qt.Key.Key_T, CTRL)
    room.press(Qt.Key.Key_D, CTRL)
    room.settle()
    assert [line.about for line in room.journal.find(CrisisLine, order="id")] == [
        PLAN["notices"][0], PLAN["steps"][0],
    ]  # fmt: skip
    assert room.page.log.line.text() == "told her: t and d are letters here"
    assert room.window.focusWidget() is room.page.log.line


def test_blanks_are_seen_and_named_when_the_text_is_copied(room):
    begin(room)
    say = room.page.say
    text = say.text.toPlainText()
    assert text.endswith("it stopped. Next word at [time].")
    assert "{found}" not in text
    assert "⚠ Still to be filled in: [time]" in shown(room)
    tab_to(room, "Copy")
    room.press(Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == text
    say.text.setPlainText("All is back.")
    assert not say.blanks.isVisible()
    tab_to(room, "EN")
    room.press(Qt.Key.Key_Right)
    assert say.languages["zh"].isChecked()
    assert say.text.toPlainText() == ""
    crisis = newest(room, Crisis)
    assert (crisis.statement_en, crisis.statement_zh) == ("All is back.", "")
    assert not say.blanks.isVisible()


def test_a_changed_text_is_taken_back_and_the_field_shows_it(room):
    begin(room)
    say = room.page.say
    before = say.text.toPlainText()
    say.text.setPlainText("Sorry.")
    room.qtbot.waitUntil(lambda: newest(room, Crisis).statement_en == "Sorry.", timeout=3000)
    room.press(Qt.Key.Key_Escape, widget=room.page.log.line)
    undo(room)
    assert say.text.toPlainText() == before


def test_the_posture_follows_the_cause_that_is_chosen(room):
    begin(room)
    assert room.page.say.posture.text().startswith("Posture (SCCT): explain")
    room.page.say.cause.setFocus()
    room.press(Qt.Key.Key_Down)
    room.settle()
    assert newest(room, Crisis).cause is CauseOf.PREVENTABLE
    assert room.page.say.posture.text().startswith("Posture (SCCT): rebuild")


def test_a_line_of_the_log_is_opened_to_set_it_right(room):
    begin(room)
    write(room, "/Found\n")
    room.settle()
    room.press(Qt.Key.Key_Down)
    assert room.window.focusWidget() is room.page.log.rows[0]
    enter(room)
    field = room.field("text")
    field.setPlainText("Found: job 14")
    room.qtbot.waitUntil(lambda: newest(room, CrisisLine).text == "Found: job 14", timeout=3000)
    room.qtbot.waitUntil(lambda: "Found: job 14" in shown(room), timeout=3000)


def test_undo_behind_a_line_takes_it_out_of_the_log(room):
    begin(room)
    write(room, "One\nTwo\n")
    undo(room)
    assert [line.text for line in room.page.room.log] == ["One"]
    assert room.page.log.line.text() == ""
    undo(room)
    assert list(room.page.room.log) == []


def test_when_all_is_done_the_keyboard_is_at_the_log(room):
    begin(room)
    while isinstance(room.window.focusWidget(), ActButton):
        enter(room)
    assert room.window.focusWidget() is room.page.log.line
    assert not any(group.open_acts() for group in room.page._groups)
