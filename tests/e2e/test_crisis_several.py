"""The crisis room beside others: several at once, rehearsals, other windows, other sizes, time that passes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pmdesk.actions.crisis import meet, stand_down, tell_client
from pmdesk.answers.health import client_health
from pmdesk.answers.owed.today import Row
from pmdesk.gui.pages.places import CRISIS, TODAY
from pmdesk.gui.panels.post_mortem_panel import PostMortemPanel
from pmdesk.gui.widgets.parts import shortened
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.crisis import Crisis, CrisisLine, Rehearsal
from pmdesk.records.transparency import Severity
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
    write,
)


@pytest.fixture
def room(driver, tmp_path):
    return open_room(driver, tmp_path)


def test_what_cannot_be_saved_while_another_writes_stays_and_is_saved_after(room):
    crisis, say = begin(room), room.page.say

    def stored():
        return room.journal.get(Crisis, crisis.id).statement_en

    with room.held():
        say.text.setPlainText("Sorry.")
        say.save()
        room.page.refresh()
        assert say.text.toPlainText() == "Sorry."
        assert room.desktop.notice.isVisible()
    assert stored() != "Sorry."
    room.qtbot.waitUntil(lambda: stored() == "Sorry.", timeout=6000)


def test_two_run_at_once_each_with_its_clock_its_draft_and_its_tasks(room):
    first = begin(room)
    room.press(Qt.Key.Key_Slash)
    write(room, "of the first")
    room.page.another.click()
    tab_to(room, "It has happened", room.page.ready.form)
    room.page.ready.form.what.setFocus()
    write(room, "The pump stands")
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_Tab)
    write(room, "3 min ago or so")
    enter(room)
    assert "no moment" in room.page.ready.form.problem.text()
    room.window.focusWidget().selectAll()
    room.press(Qt.Key.Key_Delete)
    enter(room)
    second = newest(room, Crisis)
    assert (second.title, second.level, second.plan_id) == ("The pump stands", Severity.S2, None)
    assert room.page.title.text() == "The pump stands"
    assert room.page.log.line.text() == ""
    assert len(room.page.switch.buttons) == 2
    assert all("00:0" in one.text() for one in room.page.switch.buttons.values())
    room.press(Qt.Key.Key_Tab, CTRL)
    assert room.page.room.crisis.id == first.id
    assert room.page.log.line.text() == "of the first"
    room.press(Qt.Key.Key_PageDown, CTRL)
    assert room.page.room.crisis.id == second.id
    # without a plan there is the client to tell, and the log
    assert spoken(room).startswith("Client told: Pine")
    enter(room)
    assert room.journal.get(Crisis, second.id).told_at is not None
    assert room.journal.get(Crisis, first.id).told_at is None
    tab_to(room, "Stand down…")
    enter(room)
    room.press(Qt.Key.Key_Escape)
    assert room.page.room.crisis.id == first.id


def test_a_rehearsal_changes_no_figure_and_owes_nothing_and_its_lesson_is_kept(room):
    def health():
        client = room.journal.get(Client, 1)
        return client_health(room.desktop.desk.relations.of(client)).now

    before = health()
    drill = begin(room, text="Rehearse")
    assert drill.rehearsal
    assert "S1 · rehearsal" in shown(room)
    assert [row.look.title for row in room.page.tasks.tell.rows] == [
        "周启明",
        "Steering",
        "Key users",
    ]
    with room.journal.action("Long ago", at=NOW) as act:
        act.save(replace(drill, found_at=drill.found_at - timedelta(days=3)))
    room.page.refresh()
    assert any(text.endswith("late") for text in shown(room))
    enter(room)
    assert health() == before
    assert room.journal.get(Crisis, drill.id).told_at is None
    room.desktop.show_page(TODAY)
    owing = room.desktop.desk.owing
    room.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    assert [row for row in owing.today.rows if row.rule.name.startswith("crisis")] == []
    room.press(Qt.Key.Key_6, CTRL)
    tab_to(room, "End the rehearsal")
    enter(room)
    assert room.page.ending.against.text() == "Not yet: Say what was learned."
    write(room, "The list of phones was old")
    tab_to(room, "End the rehearsal")
    enter(room)
    kept = newest(room, Rehearsal)
    assert (kept.learned, kept.who) == ("The list of phones was old", "Lin")
    assert room.page.stack.currentWidget() is room.page.ready
    assert not room.page.ready._due.isVisible()


def test_the_clock_runs_while_it_is_seen_and_rests_while_it_is_not(room):
    begin(room)
    before = room.page.clock.text()
    room.qtbot.waitUntil(lambda: room.page.clock.text() != before, timeout=3000)
    page = room.page
    room.desktop.show_page(TODAY)
    assert not page._ticks.isActive()
    room.desktop.show_page(CRISIS)
    assert page._ticks.isActive()


def test_states_follow_the_clock_without_an_act_and_the_keyboard_stays(room, monkeypatch):
    crisis = begin(room)
    assert "now" in shown(room)
    later = crisis.found_at + timedelta(minutes=11)
    monkeypatch.setattr(type(room.app.desk), "now", staticmethod(lambda: later))
    room.qtbot.waitUntil(lambda: "1 min late" in shown(room), timeout=3000)
    assert spoken(room).startswith("Told: 周启明, in 19 min")
    assert room.page.clock.text() == "00:11:00"


@pytest.mark.parametrize(("width", "columns"), [(1280, 3), (1024, 2), (760, 2)])
def test_the_columns_give_way_and_the_line_is_always_seen(room, width, columns):
    begin(room)
    room.window.resize(width, 700)
    room.qtbot.waitUntil(lambda: room.page.columns.count == columns, timeout=3000)
    room.press(Qt.Key.Key_Slash)
    line = room.page.log.line
    assert room.window.focusWidget() is line
    assert line.visibleRegion().boundingRect().height() == line.height()
    # back and forth, nothing is lost
    room.window.resize(1280 if width != 1280 else 1024, 700)
    room.settle()
    assert room.window.focusWidget() is line
    assert room.page.tasks.isVisible()
    assert room.page.ending.isVisible()


def test_at_double_size_one_column_scrolls_to_where_the_keyboard_goes(room):
    begin(room)
    room.app.settings.scale = 200
    room.app.dress()
    room.settle()
    room.window.resize(1024, 700)
    room.qtbot.waitUntil(lambda: room.page.columns.count == 1, timeout=3000)
    room.press(Qt.Key.Key_Slash)
    room.settle()
    assert not room.page.log.line.visibleRegion().isEmpty()
    room.press(Qt.Key.Key_Escape)
    room.settle()
    assert not room.window.focusWidget().visibleRegion().isEmpty()


def test_a_plan_on_the_clients_page_and_a_running_crisis_lead_into_the_room(room):
    room.desktop.open_client(1)
    room.page.go_to("crisis")
    room.settle()
    room.desktop.desk.show_record("crisis_plan", 1)
    room.click("It has happened", room.desktop.panel)
    room.settle()
    crisis = newest(room, Crisis)
    assert room.page.room.crisis.id == crisis.id
    room.desktop.show_page(TODAY)
    room.desktop.desk.show_record("crisis", crisis.id)
    room.click("Open the room", room.desktop.panel)
    assert room.desktop.current.place is CRISIS


def test_what_is_to_be_learned_from_stands_on_today_and_opens_its_form(room):
    crisis, desk = begin(room), room.desktop.desk
    for criterion in PLAN["criteria"].splitlines():
        desk.do(meet, crisis, criterion, at=desk.now())
    desk.do(tell_client, crisis, at=desk.now())
    desk.do(stand_down, crisis, at=desk.now())
    room.desktop.show_page(TODAY)
    owing = room.desktop.desk.owing
    owing.ensure()
    room.qtbot.waitUntil(
        lambda: owing.today is not None and any(row.rule.name == "post_mortem" for row in owing.today.rows),
        timeout=20_000,
    )  # fmt: skip
    room.settle()
    table = room.page.rows.list
    table.setFocus()
    place = next(
        n for n, item in enumerate(table.entries.items)
        if isinstance(item, Row) and item.rule.name == "post_mortem"
    )  # fmt: skip
    table.setCurrentIndex(table.entries.index(place, 0))
    enter(room)
    assert isinstance(room.desktop.panel, PostMortemPanel)


def test_what_another_window_deleted_is_said_and_nothing_breaks(room):
    crisis = begin(room)
    with Journal.open(room.journal.path) as other, other.action("Gone", at=NOW) as act:
        act.delete(crisis)
    enter(room)
    assert "no longer in the journal" in room.desktop.notice.text.text()
    assert room.journal.find(CrisisLine) == []


def test_buttons_of_the_room_have_names(room):
    begin(room)
    nameless = [
        one for one in room.page.findChildren(QPushButton)
        if one.isVisible() and not (one.text() or one.accessibleName())
    ]  # fmt: skip
    assert nameless == []


def test_a_half_typed_line_and_a_changed_text_are_there_after_a_crash(room):
    crisis = begin(room)
    room.press(Qt.Key.Key_Slash)
    write(room, "Half a sen")
    room.page.say.text.setFocus()
    room.press(Qt.Key.Key_End, CTRL)
    write(room, " Sorry.")
    drafts = "SELECT count(*) FROM draft"
    room.qtbot.waitUntil(lambda: room.journal.rows(drafts)[0][0] == 1, timeout=3000)
    room.qtbot.waitUntil(
        lambda: room.journal.get(Crisis, crisis.id).statement_en.endswith("Sorry."), timeout=3000
    )
    path = room.journal.path
    room.app.desk.journal.close()  # nothing is left in order
    room.app.use(Journal.open(path))
    room.desktop.show_page(CRISIS)
    room.settle()
    assert room.page.log.line.text() == "Half a sen"
    assert room.page.say.text.toPlainText().endswith("Sorry.")


def test_of_several_clients_none_is_struck_without_having_been_named(room):
    with room.journal.action("Add", at=NOW) as act:
        act.save(Client(name="Alder"))
    room.page.refresh()
    form = room.page.ready.form
    form.what.setFocus()
    write(room, "The pump stands\n")
    assert room.journal.find(Crisis) == []
    assert form.problem.text() == "⚠ This cannot stay empty."
    assert room.window.focusWidget() is form.client
    write(room, "P")
    assert form.client.currentText() == "Pine"
    form.show_clients()
    assert form.client.currentText() == "Pine"
    form.found.setFocus()
    enter(room)
    assert newest(room, Crisis).client_id == form.client.itemData(form.client.findText("Pine"))


@pytest.mark.parametrize(
    ("title", "shown_as"),
    [
        ("The pump stands", "The pump stands"),
        ("核心排产系统停止响应影响三个厂区", "核心排产系统停止响应影响三个厂区"),
        ("核心排产系统停止响应影响三个厂区排程", "核心排产系统停止响应影响三个厂…"),
        ("A scheduler that no longer answers", "A scheduler that no longer answ…"),
    ],
)
def test_titles_of_both_scripts_have_the_same_room(title, shown_as):
    assert shortened(title, 32) == shown_as
