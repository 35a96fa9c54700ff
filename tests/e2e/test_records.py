"""Records made, changed, deleted and brought back by keyboard in the side panel."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.project import Project, Stage

CTRL = Qt.KeyboardModifier.ControlModifier

MADE = {
    "client": (Client, {"name": "Birch 桦木", "since": "2024-2-9"}, "industry", "Timber"),
    "contact": (Contact, {"name": "Wen"}, "role", "Buyer"),
    "project": (Project, {"name": "Line 3", "budget_minor": "1200.50"}, "progress", "40"),
    "interaction": (Interaction, {"at": "2026-03-02 14:30", "subject": "Phone"}, "minutes", "12"),
    "identity": (Identity, {"pattern": "@desk2.example"}, None, None),
    "calendar": (KINDS["calendar"].cls, {"name": "Two shifts"}, "country", "DE"),
    "stage": (Stage, {"name": "Pilot"}, "progress", "10"),
}


@pytest.mark.parametrize("kind", MADE)
def test_a_record_of_each_kind_lives_through_the_keyboard(sample, kind):
    cls, typed, name, value = MADE[kind]
    before = sample.journal.count(cls)
    blank = {"contact": {"client_id": 1}, "project": {"client_id": 1}, "interaction": {"client_id": 1},
             "stage": {"project_id": 1}}.get(kind, {})  # fmt: skip
    sample.desktop.edit(cls(**blank))
    for field, text in typed.items():
        line = sample.field(field)
        line.setFocus()
        line.selectAll()
        sample.type(text, line)
    sample.press(Qt.Key.Key_S, CTRL, sample.field(next(iter(typed))))
    assert sample.journal.count(cls) == before + 1
    made = sample.journal.find(cls, order="id DESC", limit=1)[0]
    if name:
        line = sample.field(name)
        line.selectAll()
        sample.type(value, line)
        sample.press(Qt.Key.Key_Escape, widget=line)
        assert sample.desktop.panel is None
        assert str(getattr(sample.journal.get(cls, made.id), name)) == value
        sample.menu("Undo")
        assert sample.journal.get(cls, made.id) == made
        sample.desktop.edit(sample.journal.get(cls, made.id))
    sample.press(Qt.Key.Key_Space, widget=sample.desktop.panel.delete_button)
    assert sample.journal.get(cls, made.id) is None
    sample.menu("Undo")
    assert sample.journal.get(cls, made.id) == made
    sample.menu("Redo")
    assert sample.journal.get(cls, made.id) is None


def test_a_date_typed_in_any_way_is_kept(sample):
    sample.desktop.edit(sample.journal.get(Client, 1))
    line = sample.field("since")
    line.selectAll()
    sample.type("2021/3/4", line)
    sample.press(Qt.Key.Key_Escape, widget=line)
    assert sample.journal.get(Client, 1).since == date(2021, 3, 4)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "This cannot stay empty."),
        ("since", "2026-13-45", "“2026-13-45” is no date"),
        ("target_hours", "-3", "Give a number from 0.1 to 500."),
        ("zone", "Mars/Base", "There is no time zone “Mars/Base”"),
        ("mail", "nobody", "“nobody” is no mail address"),
        ("contact_max_days", "1", "cannot come before"),
        ("name", "Harbour Logistics", "already a client of this name"),
    ],
)
def test_bad_input_is_told_at_its_field_and_stays_as_typed(sample, field, typed, said):
    before = sample.journal.get(Client, 1)
    sample.desktop.edit(before)
    line = sample.field(field)
    line.setFocus()
    line.selectAll()
    sample.press(Qt.Key.Key_Delete, widget=line)
    sample.type(typed, line)
    sample.press(Qt.Key.Key_S, CTRL, line)
    assert said in sample.field(f"{field}_problem").text()
    assert line.text() == typed
    assert sample.journal.get(Client, 1) == before
    sample.press(Qt.Key.Key_Escape, widget=line)
    assert sample.desktop.panel is not None
    sample.press(Qt.Key.Key_Escape, widget=line)
    assert sample.desktop.panel is None
    assert sample.journal.get(Client, 1) == before


def test_deleting_a_client_takes_its_records_along_and_undo_brings_them_back(sample):
    counts = {name: sample.journal.count(kind.cls) for name, kind in KINDS.items()}
    sample.desktop.edit(sample.journal.get(Client, 1))
    sample.click("Delete", sample.desktop.panel)
    assert sample.journal.count(Contact, "client_id = 1") == 0
    assert "with" in sample.desktop.toast.text.text()
    sample.click("Undo", sample.desktop.toast)
    assert {name: sample.journal.count(kind.cls) for name, kind in KINDS.items()} == counts


def test_typing_is_undone_before_the_journal_is(sample):
    sample.desktop.edit(sample.journal.get(Client, 1))
    line = sample.field("industry")
    line.setFocus()
    line.selectAll()
    sample.type("x", line)
    sample.qtbot.waitUntil(lambda: sample.window.focusWidget() is line)
    assert isinstance(sample.window.focusWidget(), QLineEdit)
    line.undo()
    assert line.text() == "装备制造"


def test_the_panel_saves_as_you_go(sample):
    sample.desktop.edit(sample.journal.get(Client, 1))
    line = sample.field("industry")
    line.selectAll()
    sample.type("Gears", line)
    sample.qtbot.waitUntil(lambda: sample.journal.get(Client, 1).industry == "Gears", timeout=5000)
    sample.click("History", sample.desktop.panel)
    said = [w.text() for w in sample.desktop.panel.findChildren(QLabel)]
    assert any("Edit Client" in text for text in said)


def test_a_captured_line_becomes_a_contact(sample):
    sample.menu("Capture a line")
    line = sample.desktop.capture.line
    sample.type("harbour call: agreed the date yesterday 15:00 #plan", line)
    sample.press(Qt.Key.Key_Return, widget=line)
    made = sample.journal.find(Interaction, order="id DESC", limit=1)[0]
    assert (made.client_id, made.channel.value) == (2, "call")
    assert "agreed the date" in made.subject
    assert not sample.desktop.capture.isVisible()
    sample.menu("Undo")
    assert sample.journal.get(Interaction, made.id) is None


def test_a_days_writing_is_kept_when_the_page_is_left(sample):
    sample.desktop.go("journal")
    page = sample.page
    before = sample.journal.count(Entry)
    sample.click("New entry")
    sample.type("# Quiet day\nnothing **new**", page.text)
    sample.type("calm, 安静", page.tags)
    sample.desktop.go("clients")
    made = sample.journal.find(Entry, order="id DESC", limit=1)[0]
    assert sample.journal.count(Entry) == before + 1
    assert made.text.startswith("# Quiet day")
    assert made.tags == ("calm", "安静")
    sample.desktop.go("journal")
    sample.click("Preview")
    assert "Quiet day" in sample.page.preview.toPlainText()
    assert "**" not in sample.page.preview.toPlainText()
