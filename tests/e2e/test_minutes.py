"""Minutes by keyboard: from what was planned to the text that goes to the client, and back again."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from pmdesk.answers.calendars import zone_of
from pmdesk.gui.pages.places import TODAY
from pmdesk.gui.widgets.long_table import ROW
from pmdesk.journal import drafts
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.expectations import Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.minutes import Minutes
from pmdesk.records.trust import Promise, Side
from tests.e2e.test_today import go_to, known, titles

CTRL = Qt.KeyboardModifier.ControlModifier


def counts(sample):
    return {name: sample.journal.count(kind.cls) for name, kind in KINDS.items()}


def write(sample, name, text):
    """Replace what a field says by typing."""
    widget = sample.field(name)
    widget.setFocus()
    widget.selectAll()
    sample.type(text, widget)
    return widget


@pytest.fixture
def planned(sample):
    """A visit that was to be two hours ago; its page is open."""
    now = sample.desktop.desk.now().replace(second=0, microsecond=0)
    with sample.journal.action("Add", at=now) as act:
        for other in sample.journal.find(Appointment, "ended_on IS NULL"):
            act.delete(other)
        made = act.save(
            Appointment(client_id=1, channel=Channel.VISIT, what="Cut-over", at=now - timedelta(hours=2),
                        who="周启明", place="Hall 2", purpose="Win line 3")
        )  # fmt: skip
    sample.desktop.desk.changed.emit(act.changes())
    sample.desktop.open_client(1)
    sample.page.go_to("people")
    sample.settle()
    return made


@pytest.fixture
def kept(sample, planned):
    """Minutes with actions of both sides, written by keyboard from what was planned."""
    (held,) = [b for b in sample.page.findChildren(QAbstractButton) if b.text() == "Held"]
    held.setFocus()
    sample.press(Qt.Key.Key_Space)
    write(sample, "agenda", "Plan")
    write(sample, "decisions", "Go on 14 December")
    write(sample, "actions", "Zhou | 2026-12-04 | nothing\n")
    write(sample, "actions", "周工12月4日前提供清单\nwe | 2027-01-08 | test the labels")
    write(sample, "rivals", "Otto GmbH offers less")
    write(sample, "expectations", "No stop on that day")
    sample.before = counts(sample)
    sample.press(Qt.Key.Key_S, CTRL, write(sample, "next_at", "2027-01-11 14:00"))
    return sample.journal.find(Minutes, order="id DESC", limit=1)[0]


def test_what_was_planned_is_written_up_in_one_step(sample, planned, kept):
    now = counts(sample)
    made = {name: now[name] - n for name, n in sample.before.items() if now[name] != n}
    assert made == {
        "interaction": 1,
        "minutes": 1,
        "promise": 2,
        "expectation": 1,
        "appointment": 1,
    }
    assert (kept.what, kept.place, kept.present, kept.visit, kept.rivals, kept.purpose) == (
        "Cut-over", "Hall 2", ("周启明",), True, "Otto GmbH offers less", "",
    )  # fmt: skip
    theirs, ours = sample.journal.find(Promise, order="id DESC", limit=2)[::-1]
    assert (theirs.by, theirs.what, theirs.due) == (Side.CLIENT, "周工提供清单", date(2026, 12, 4))
    assert (ours.by, ours.to_whom, ours.due) == (Side.US, "周启明", date(2027, 1, 8))
    assert sample.journal.get(Appointment, planned.id).interaction_id == kept.interaction_id
    coming = sample.journal.find(Appointment, order="id DESC", limit=1)[0]
    assert coming.at.astimezone(sample.desktop.desk.zone()).strftime("%d %H:%M") == "11 14:00"
    sample.menu("Undo")
    assert counts(sample) == sample.before
    assert sample.journal.get(Appointment, planned.id) == planned
    # what it would have sent is gone with it
    assert sample.desktop.panel is None


def test_the_text_is_in_the_clients_language_and_in_the_other_at_a_press(sample, kept):
    text = sample.desktop.panel.follow_up
    assert text.text.hasFocus()
    chinese = text.text.toPlainText()
    assert chinese.startswith("周启明，您好：")
    assert "Otto" not in chinese
    text.text.insertPlainText("又：")
    text.languages["en"].setFocus()
    sample.press(Qt.Key.Key_Space)
    assert text.text.toPlainText().startswith("Dear 周启明,")
    assert "1. 提供清单 (who: 周工; by: 4 Dec 2026)" in text.text.toPlainText()
    text.languages["zh"].setFocus()
    sample.press(Qt.Key.Key_Space)
    assert text.text.toPlainText() == f"又：{chinese}"
    sample.click("Copy the text", text)
    assert QGuiApplication.clipboard().text() == f"又：{chinese}"


def test_it_is_saved_as_a_mail_that_is_not_sent(sample, kept, tmp_path):
    text = sample.desktop.panel.follow_up
    target = tmp_path / "minutes.eml"
    text.write(target)
    message = message_from_bytes(target.read_bytes(), policy=default)
    assert message["X-Unsent"] == "1"
    assert [a.addr_spec for a in message["To"].addresses] == ["zhou.qiming@pine.example"]
    assert message["Subject"].startswith("会议纪要：Cut-over")
    assert "提供清单" in message.get_content()
    assert sample.desktop.toast.text.text() == "Saved ~/minutes.eml"
    (tmp_path / "full.eml").mkdir()
    text.write(tmp_path / "full.eml")
    assert "could not be written" in sample.desktop.notice.text.text()


def test_that_it_was_sent_is_kept_and_can_be_undone(sample, kept):
    text = sample.desktop.panel.follow_up
    text.sent.setFocus()
    sample.press(Qt.Key.Key_Space)
    assert sample.journal.get(Minutes, kept.id).sent_on is not None
    assert not text.sent.isVisible()
    assert text.text.hasFocus()
    sample.menu("Undo")
    assert sample.journal.get(Minutes, kept.id) == kept
    assert text.sent.isVisible()


def test_the_contact_leads_to_its_minutes_and_they_to_their_text(sample, kept):
    sample.press(Qt.Key.Key_Escape)
    assert sample.desktop.panel is None
    sample.page.go_to("timeline")
    table = sample.page.stack.currentWidget().table
    table.setFocus()
    sample.settle()
    rows = [table.model().index(n, 0) for n in range(8)]
    told = [(row.data(ROW).row, row) for row in rows]
    (row,) = [row for one, row in told if one.kind == "interaction" and "Cut-over" in one.title]
    table.setCurrentIndex(row)
    sample.press(Qt.Key.Key_Return, widget=table)
    assert sample.field("subject").text() == "Cut-over"
    sample.click("Minutes", sample.desktop.panel)
    assert sample.field("decisions").toPlainText() == "Go on 14 December"
    sample.click("Follow-up text", sample.desktop.panel)
    again = sample.desktop.panel.follow_up
    assert again.text.hasFocus()
    assert "Go on 14 December" in again.text.toPlainText()
    sample.press(Qt.Key.Key_Escape)
    assert sample.desktop.panel is None


def test_a_recorded_call_is_written_up_as_itself(sample):
    call = sample.journal.find(
        Interaction, "channel = 'call' AND client_id = 1", order="at DESC", limit=1
    )[0]
    sample.desktop.open_client(1)
    sample.desktop.edit(call)
    before = sample.journal.count(Interaction)
    sample.click("Write the minutes", sample.desktop.panel)
    assert sample.field("subject").text() == call.subject
    assert sample.field("present").text() == call.who
    sample.press(Qt.Key.Key_S, CTRL, write(sample, "decisions", "Two printers"))
    assert sample.journal.count(Interaction) == before
    made = sample.journal.find(Minutes, order="id DESC", limit=1)[0]
    assert made.interaction_id == call.id


def test_a_visit_asks_for_more_than_a_meeting(sample):
    sample.desktop.open_client(1)
    sample.desktop.write_minutes(sample.page.client)
    of_visit = ("purpose", "along", "heard", "rivals", "next_step")
    assert not any(sample.field(name).isVisible() for name in of_visit)
    box = sample.field("channel")
    box.setFocus()
    sample.press(Qt.Key.Key_End, widget=box)
    assert box.currentText() == "Visit"
    assert all(sample.field(name).isVisible() for name in of_visit)
    write(sample, "heard", "Too slow")
    box.setFocus()
    sample.press(Qt.Key.Key_Home, widget=box)
    # what was said there is not hidden again
    assert [name for name in of_visit if sample.field(name).isVisible()] == ["heard"]


def test_what_is_understood_of_each_line_is_told_and_what_is_not_is_asked(sample):
    sample.desktop.open_client(1)
    sample.desktop.write_minutes(sample.page.client)
    write(sample, "subject", "Weekly 周会")
    write(sample, "present", "周启明、Lin An")
    widget = write(
        sample, "actions", "周工 | 12月4日 | 清单\nLin An tests the labels\nInstall by 2026-12-01"
    )
    assert sample.field("actions_read").text().splitlines() == [
        "The client · 4 Dec 2026 · 周工：清单", "We · no day · Lin An tests the labels",
        "who? · 1 Dec 2026 · Install",
    ]  # fmt: skip
    before = counts(sample)
    sample.press(Qt.Key.Key_S, CTRL, write(sample, "next_at", "2026-13-01"))
    assert "is no moment" in sample.field("next_at_problem").text()
    sample.field("next_at").clear()
    sample.press(Qt.Key.Key_S, CTRL, widget)
    # a promise without a day is never kept in silence: it is told first
    assert (
        "No day is understood in “Lin An tests the labels”"
        in sample.field("actions_problem").text()
    )
    sample.press(Qt.Key.Key_S, CTRL, widget)
    assert "Who does “Install”?" in sample.field("actions_problem").text()
    assert counts(sample) == before
    write(
        sample,
        "actions",
        "周工 | 12月4日 | 清单\nLin An tests the labels\nYou install by 2026-12-01",
    )
    sample.press(Qt.Key.Key_S, CTRL, widget)
    sides = [p.by for p in sample.journal.find(Promise, order="id DESC", limit=3)]
    assert sides == [Side.CLIENT, Side.US, Side.CLIENT]


def test_what_was_not_touched_leaves_no_draft(sample, planned):
    sample.desktop.write_minutes(sample.page.client, planned)
    sample.press(Qt.Key.Key_Escape, widget=sample.field("decisions"))
    assert sample.desktop.panel is None
    sample.desktop.write_minutes(sample.page.client, planned)
    assert not sample.desktop.panel.discard.isVisible()
    write(sample, "chair", "Lin An")
    sample.press(Qt.Key.Key_Escape)
    sample.click("Open again", sample.desktop.toast)
    assert sample.field("chair").text() == "Lin An"
    assert sample.field("subject").text() == "Cut-over"
    # each planned contact has its own
    sample.desktop.write_minutes(sample.page.client)
    assert sample.field("subject").text() == ""
    # a time alone, which nobody can read, was typed all the same
    write(sample, "at", "half past")
    sample.press(Qt.Key.Key_Escape)
    sample.desktop.write_minutes(sample.page.client)
    assert sample.field("at").text().endswith("half past")


def test_a_draft_of_the_form_of_before_is_taken_up(sample):
    content = {
        "at": "2026-11-20 10:00", "subject": "Weekly", "who": "周启明", "next_on": "2026-12-07", "decisions": "Go",
        "our_promises": "Report by 2026-12-01\n", "their_promises": "Data", "expectations": "", "mood": 3,
    }  # fmt: skip
    now = sample.desktop.desk.now()
    drafts.keep(sample.journal, "meeting:1", content, at=now)
    sample.desktop.open_client(1)
    sample.desktop.write_minutes(sample.page.client)
    assert sample.field("present").text() == "周启明"
    assert sample.field("next_at").text() == "2026-12-07"
    assert sample.field("actions").toPlainText() == "we: Report by 2026-12-01\nyou: Data"
    assert sample.field("actions_read").text().startswith("We · 1 Dec 2026 · Report")


def test_a_plan_called_off_is_no_contact(sample, planned):
    card = next(b for b in sample.page.findChildren(QAbstractButton) if b.text() == "Held")
    assert card.isVisible()
    before = sample.journal.count(Interaction)
    sample.desktop.edit(planned)
    sample.click("Call off", sample.desktop.panel)
    ended = sample.journal.get(Appointment, planned.id)
    theirs = zone_of(sample.journal, sample.journal.get(Client, planned.client_id))
    assert (ended.ended_on, ended.interaction_id) == (
        sample.desktop.desk.now().astimezone(theirs).date(), None,
    )  # fmt: skip
    assert sample.journal.count(Interaction) == before
    sample.settle()
    assert "Called off" in sample.told()


def test_minutes_that_become_internal_take_their_text_away(sample, kept, at):
    from dataclasses import replace

    with sample.journal.action("Edit", at=at) as act:
        act.save(replace(kept, internal=True))
    sample.desktop.desk.changed.emit(act.changes())
    assert sample.desktop.panel is None
    assert sample.journal.count(Expectation) > 0


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_W, Qt.Key.Key_Return])
def test_today_leads_to_the_minutes_of_what_is_planned(sample, planned, key):
    sample.desktop.show_page(TODAY)
    known(sample)
    go_to(sample, "meeting", "Cut-over")
    sample.press(key)
    if key is not Qt.Key.Key_B:
        assert sample.field("subject").text() == "Cut-over"
        assert sample.field("present").text() == "周启明"
        sample.press(Qt.Key.Key_S, CTRL, write(sample, "decisions", "Go on"))
        assert sample.journal.get(Appointment, planned.id).ended_on is not None
        known(sample)
        assert "Cut-over" not in titles(sample, "meeting")
    else:
        # it is over: there is nothing to prepare any more
        assert sample.desktop.panel is None
        assert sample.desktop.current.place is TODAY


def test_why_nothing_was_kept_is_seen_where_it_was_typed(sample, planned):
    sample.window.resize(1024, 700)
    sample.press(Qt.Key.Key_M, CTRL)
    write(sample, "subject", "Cut-over")
    write(sample, "present", "周启明")
    write(sample, "actions", "nobody knows")
    sample.field("subject").setFocus()
    sample.desktop.panel._area.verticalScrollBar().setValue(0)
    sample.press(Qt.Key.Key_S, CTRL)
    sample.settle()
    told = sample.field("actions_problem")
    assert told.text().startswith("⚠ Who does")
    assert told.visibleRegion().boundingRect().height() == told.height()
    assert sample.window.focusWidget() is sample.field("actions")
