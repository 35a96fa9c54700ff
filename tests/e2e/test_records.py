"""Records made, changed, deleted and brought back by keyboard in the side panel."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from pmdesk.gui.pages.places import CLIENTS, JOURNAL, SETTINGS
from pmdesk.places import data_dir
from pmdesk.records.appointment import Appointment
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.trust import Promise
from tests.e2e.spoken import badly_called

CTRL = Qt.KeyboardModifier.ControlModifier

# What is typed into each kind, and what is then changed.
MADE = {
    "client": ({"name": "Birch 桦木", "since": "2024-2-9"}, "industry", "Timber"),
    "contact": ({"name": "Wen"}, "role", "Buyer"),
    "project": ({"name": "Line 3", "budget_minor": "1200.50"}, "progress", "40"),
    "interaction": ({"at": "2026-03-02 14:30", "subject": "Phone"}, "minutes", "12"),
    "identity": ({"pattern": "@desk2.example"}, None, None),
    "calendar": ({"name": "Two shifts"}, "country", "DE"),
    "stage": ({"name": "Pilot"}, "progress", "10"),
    "issue": ({"statement": "Pump 水泵 stands", "found_at": "2026-11-20 09:00"}, "owner", "Lin"),
    "change_request": ({"title": "Third line", "asked_on": "2026-11-2"}, "asked_by", "Xu"),
    "trust_signal": ({"what": "Came at night", "day": "2026-11-3"}, "weight", "2.5"),
    "promise": ({"what": "Report", "to_whom": "Xu"}, "to_whom", "Zhou"),
    "plan_line": ({"what": "Friday mail", "first_on": "2026-11-6"}, "sender", "Lin"),
    "need": ({"statement": "Fewer stops"}, "source", "Workshop"),
    "option": ({"title": "Rent a pump"}, "checked_by", "Lin"),
    "expectation": ({"statement": "Runs in May", "said_by": "Zhou"}, "unit", "points"),
    "confirmation": ({"day": "2026-11-9", "by": "Xu"}, "by", "Zhou"),
    "talk": ({"agreed": "May", "day": "2026-11-9"}, "agreed_by", "Zhou"),
    "report": ({"what": "Week 46", "sent_on": "2026-11-13"}, "what", "Week 47"),
    "feedback": ({"day": "2026-11-13", "said": "Well done"}, "by", "Zhou"),
    "crisis_plan": ({"scenario": "Flood"}, "owner", "Lin"),
    "rehearsal": ({"day": "2026-11-13", "learned": "Phones"}, "who", "Lin"),
    "crisis": ({"title": "Flood", "found_at": "2026-11-20 09:00"}, "title", "Flood in hall 2"),
    "crisis_line": ({"at": "2026-11-20 09:10", "text": "Pumps on"}, "who", "Lin"),
    "complaint": (
        {"own_words": "Nobody calls back", "heard_at": "2026-11-20 09:00"},
        "own_words",
        "Nobody calls",
    ),
    "opportunity": ({"title": "Line 4"}, "next_act", "Call Fang"),
    "appointment": ({"what": "Demo", "at": "2027-3-2 14:00"}, "place", "Hall 2"),
    "minutes": ({"what": "Demo"}, "place", "Hall 2"),
    "limits": ({"change_days": "4"}, "change_days", "5"),
    "letterhead": ({"sender": "Oak Partners"}, "sender", "Oak Partners, Kiel"),
    "source": ({"name": "Inbox", "path": "/mail/inbox"}, "name", "Inbox of work"),
    "key_date": ({"what": "Renewal", "day": "2027-1-31"}, "what", "Contract renewal"),
}


def test_every_kind_that_has_a_form_is_tried():
    assert set(MADE) == {path.stem for path in data_dir("ui").glob("*.ui")} & set(KINDS)


def blank(kind, journal):
    """An empty record of a kind under the first client, with what it cannot stand without."""
    values = {}
    for field in kind.fields:
        if field.meta.refers and (field.meta.required or field.name == "client_id"):
            rows = journal.rows(f"SELECT min(id) FROM {field.meta.refers}")
            values[field.name] = rows[0][0]
    if kind.name == "confirmation":
        values["expectation_id"] = journal.rows("SELECT min(id) FROM expectation")[0][0]
    return kind.cls(**values)


def write(sample, name, text):
    """Replace what a field says by typing."""
    widget = sample.field(name)
    widget.setFocus()
    widget.selectAll()
    sample.type(text, widget)
    return widget


@pytest.mark.parametrize("kind", MADE)
def test_a_record_of_each_kind_lives_through_the_keyboard(sample, kind):
    typed, name, value = MADE[kind]
    cls = KINDS[kind].cls
    before = sample.journal.count(cls)
    sample.desktop.open_client(1)
    sample.desktop.edit(blank(KINDS[kind], sample.journal))
    for field, text in typed.items():
        widget = write(sample, field, text)
    assert badly_called(sample.desktop.panel) == []
    sample.press(Qt.Key.Key_S, CTRL, widget)
    assert badly_called(sample.desktop.panel) == []
    assert sample.journal.count(cls) == before + 1
    made = sample.journal.find(cls, order="id DESC", limit=1)[0]
    if name:
        widget = write(sample, name, value)
        sample.press(Qt.Key.Key_Escape, widget=widget)
        assert sample.desktop.panel is None
        assert f"{getattr(sample.journal.get(cls, made.id), name)}" == value
        sample.menu("Undo")
        assert sample.journal.get(cls, made.id) == made
        sample.desktop.edit(sample.journal.get(cls, made.id))
    sample.press(Qt.Key.Key_Space, widget=sample.desktop.panel.delete_button)
    assert sample.journal.get(cls, made.id) is None
    sample.menu("Undo")
    assert sample.journal.get(cls, made.id) == made
    sample.menu("Redo")
    assert sample.journal.get(cls, made.id) is None
    sample.desktop.show_page(SETTINGS)
    sample.click("Bring back", sample.page)
    assert sample.journal.get(cls, made.id) == made
    sample.menu("Undo")
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
    assert sample.desktop.panel is None
    assert sample.journal.get(Client, 1) == before
    # nothing that was typed is dropped
    sample.click("Open again", sample.desktop.toast)
    assert sample.field(field).text() == typed
    assert "Your draft of" in sample.desktop.panel.status.text()
    sample.click("Discard draft", sample.desktop.panel)
    assert sample.field(field).text() != typed or not typed
    sample.press(Qt.Key.Key_Escape)
    sample.desktop.edit(before)
    assert not sample.desktop.panel.discard_button.isVisible()


def test_deleting_a_client_takes_its_records_along_and_undo_brings_them_back(sample):
    counts = {name: sample.journal.count(kind.cls) for name, kind in KINDS.items()}
    sample.desktop.edit(sample.journal.get(Client, 1))
    sample.click("Delete", sample.desktop.panel)
    assert "Still open" in sample.desktop.panel.status.text()
    assert sample.journal.count(Contact, "client_id = 1") == 3
    sample.click("Delete", sample.desktop.panel)
    assert sample.journal.count(Contact, "client_id = 1") == 0
    assert "with" in sample.desktop.toast.text.text()
    sample.click("Undo", sample.desktop.toast)
    sample.settle()
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
    assert any("Client “青松制造” changed" in text for text in said)


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
    sample.desktop.show_page(JOURNAL)
    page = sample.page
    before = sample.journal.count(Entry)
    sample.click("New entry")
    sample.type("# Quiet day\nnothing **new**", page.text)
    sample.type("calm, 安静", page.tags)
    sample.desktop.show_page(CLIENTS)
    made = sample.journal.find(Entry, order="id DESC", limit=1)[0]
    assert sample.journal.count(Entry) == before + 1
    assert made.text.startswith("# Quiet day")
    assert made.tags == ("calm", "安静")
    sample.desktop.show_page(JOURNAL)
    sample.click("Preview")
    assert "Quiet day" in sample.page.preview.toPlainText()
    assert "**" not in sample.page.preview.toPlainText()


def test_days_are_typed_as_people_type_them_and_written_out(sample):
    sample.desktop.edit(Promise(client_id=1))
    for name, text in (
        ("what", "Report"),
        ("to_whom", "Zhou"),
        ("made_on", "昨天"),
        ("due", "fri"),
    ):
        widget = sample.field(name)
        widget.setFocus()
        sample.type(text, widget)
    sample.press(Qt.Key.Key_Tab, widget=widget)
    today = sample.app.desk.local_now().date()
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    assert widget.text() == friday.isoformat()
    assert sample.field("made_on").text() == (today - timedelta(days=1)).isoformat()
    sample.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, sample.field("what"))
    made = sample.journal.find(Promise, order="id DESC", limit=1)[0]
    assert (made.what, made.due) == ("Report", friday)


def test_a_captured_promise_is_kept_with_its_day_about_the_open_client(sample):
    sample.desktop.open_client(2)
    sample.menu("Capture a line")
    bar = sample.desktop.capture
    sample.type("call: promised the test report by tomorrow", bar.line)
    sample.qtbot.wait(20)
    chips = [w.text() for w in bar.findChildren(QLabel) if w.isVisible()]
    client = sample.journal.get(Client, 2).name
    tomorrow = sample.app.desk.local_now().date() + timedelta(days=1)
    due = sample.app.words.date(tomorrow)
    assert chips[:2] == [client, "Call"]
    assert f"We promise: the test report · by {due}" in chips
    sample.press(Qt.Key.Key_Return, widget=bar.line)
    made = sample.journal.find(Promise, order="id DESC", limit=1)[0]
    assert (made.client_id, made.what, made.due) == (2, "the test report", tomorrow)
    assert made.to_whom == client
    assert sample.journal.find(Interaction, order="id DESC", limit=1)[0].client_id == 2
    sample.menu("Undo")
    assert sample.journal.get(Promise, made.id) is None


def test_a_captured_plan_is_no_contact(sample):
    sample.menu("Capture a line")
    line = sample.desktop.capture.line
    before = sample.journal.count(Interaction)
    sample.type("tomorrow 15:00 call with harbour", line)
    sample.press(Qt.Key.Key_Return, widget=line)
    made = sample.journal.find(Appointment, order="id DESC", limit=1)[0]
    assert (made.client_id, made.what) == (2, "call with harbour")
    assert made.at.astimezone(sample.app.desk.zone()).hour == 15
    assert sample.journal.count(Interaction) == before
