"""The files of a client: one list, opened where they came from, saved outside the journal."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pmdesk.answers.files import files_count, files_page
from pmdesk.gui.pages.places import CLIENTS
from pmdesk.gui.saving import save_to
from pmdesk.journal import blobs
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.feedback import ReportSent
from pmdesk.records.interaction import Interaction

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def files(sample, at):
    """A client with a mail of two files, its original, and a report that was sent; one without."""
    with sample.journal.action("x", at=at) as act:
        cedar = act.save(Client(name="Cedar")).id
        sample.bare = act.save(Client(name="Bare")).id
        mail = act.save(Interaction(client_id=cedar, at=at - timedelta(days=1), subject="Drawings",
                                    who="Li Wei", text="See below"))  # fmt: skip
        sent = act.save(ReportSent(client_id=cedar, what="Week 46", sent_on=at.date()))
        for owner, name, data in (
            (f"interaction:{mail.id}", "hall 2.pdf", b"%PDF hall"),
            (f"interaction:{mail.id}", "图纸.dwg", b"AC1032"),
            (f"original:{mail.id}", "", b"x"),
            (f"report:{sent.id}", "Week 46.pdf", b"%PDF week"),
        ):
            act.save(Attachment(owner=owner, client_id=cedar, name=name, size=len(data) * 1024,
                                hash=blobs.keep(act, data)))  # fmt: skip
    sample.cedar = cedar
    return sample


def opened(files):
    files.desktop.open_client(files.cedar)
    files.press(Qt.Key.Key_F, CTRL | SHIFT)
    files.settle()
    return files.page.stack.currentWidget()


def test_all_files_of_a_client_stand_in_one_list_the_newest_first(files):
    rows = files_page(files.journal, files.cedar)
    assert [(row.name, row.subject, row.who) for row in rows] == [
        ("Week 46.pdf", "Week 46", ""),
        ("图纸.dwg", "Drawings", "Li Wei"),
        ("hall 2.pdf", "Drawings", "Li Wei"),
    ]
    assert files_count(files.journal, files.cedar) == 3
    assert files_page(files.journal, files.cedar, offset=1, limit=1) == rows[1:2]
    tab = opened(files)
    assert tab.table.model().rowCount() == 3
    assert tab._look(rows[1]).right[-1][0] == "6.0 kB"


def test_the_key_needs_a_client(files):
    files.desktop.show_page(CLIENTS)
    files.press(Qt.Key.Key_F, CTRL | SHIFT)
    assert "Open a client first." in files.desktop.toast.text.text()


def test_enter_and_the_button_show_what_a_file_came_with(files):
    tab = opened(files)
    tab.table.setFocus()
    files.press(Qt.Key.Key_Down)
    files.press(Qt.Key.Key_Return)
    assert "Li Wei" in files.desktop.panel.reading.people.text()
    files.press(Qt.Key.Key_Escape)
    tab.table.setFocus()
    files.press(Qt.Key.Key_Up)
    files.click("Show what it came with", tab)
    assert files.field("what").text() == "Week 46"


def test_a_file_is_saved_and_may_then_be_opened_and_nothing_is_overwritten(files, tmp_path):
    file = files.journal.find(Attachment, "name = ?", ["hall 2.pdf"])[0]
    desk = files.desktop.desk
    save_to(desk, file, tmp_path / "hall.pdf")
    assert (tmp_path / "hall.pdf").read_bytes() == b"%PDF hall"
    assert files.desktop.toast.offer.text() == "Open"
    (tmp_path / "hall.pdf").write_bytes(b"mine")
    save_to(desk, file, tmp_path / "hall.pdf")
    assert "already exists" in files.desktop.notice.text.text()
    assert (tmp_path / "hall.pdf").read_bytes() == b"mine"


def test_a_client_without_files_says_what_would_stand_there(files):
    files.desktop.open_client(files.bare)
    files.press(Qt.Key.Key_F, CTRL | SHIFT)
    files.settle()
    tab = files.page.stack.currentWidget()
    assert tab.stack.currentIndex() == 1
    assert not tab.save.isVisible()


def test_a_file_that_goes_leaves_the_list(files):
    tab = opened(files)
    desk = files.desktop.desk
    with files.journal.action("x") as act:
        for file in files.journal.find(Attachment, "client_id = ?", [files.cedar])[:2]:
            act.delete(file)
    desk.changed.emit(act.changes())
    assert tab.table.model().rowCount() == 1
