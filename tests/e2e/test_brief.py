"""The brief by keyboard: from what is planned to the page, from a line to its record, to paper."""

from datetime import timedelta

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from pmdesk.gui.pages.brief_page import BriefPage
from pmdesk.gui.pages.client_page import ClientPage
from pmdesk.records.appointment import Appointment
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def planned(sample):
    """A visit in three hours, or in three days, at the first client."""

    def plan(hours=3):
        at = sample.desktop.desk.now().replace(second=0, microsecond=0) + timedelta(hours=hours)
        with sample.journal.action("Add", at=at - timedelta(days=9)) as act:
            for other in sample.journal.find(Appointment, "ended_on IS NULL"):
                act.delete(other)
            return act.save(
                Appointment(
                    client_id=1, channel=Channel.VISIT, what="Cut-over", at=at, who="周启明"
                )
            )

    return plan


def titles(sample, part):
    return [row.title for row in sample.page.cards[part].shown]


def test_it_is_one_press_from_what_is_planned(sample, planned):
    planned(72)
    sample.desktop.open_client(1)
    sample.page.go_to("people")
    sample.settle()
    buttons = [b for b in sample.page.stack.findChildren(QAbstractButton) if b.text() == "Brief"]
    buttons[0].setFocus()
    sample.press(Qt.Key.Key_Space)
    assert isinstance(sample.page, BriefPage)
    assert sample.page.remark.text().startswith("青松制造 · Visit, ")
    assert sample.page.remark.text().endswith(": Cut-over")
    # those whom we meet stand first
    assert titles(sample, "who")[0] == "周启明"
    # one that is still to come is no matter of minutes written now
    sample.press(Qt.Key.Key_Space)
    assert sample.field("subject").text() == ""


def test_what_has_come_is_written_up_from_it(sample, planned):
    planned(0)
    sample.desktop.open_client(1)
    sample.press(Qt.Key.Key_B, CTRL)
    sample.settle()
    assert sample.page.minutes.hasFocus()
    sample.press(Qt.Key.Key_Space)
    assert sample.field("subject").text() == "Cut-over"


def test_every_line_opens_its_record_by_key(sample):
    sample.desktop.open_client(3)
    sample.click("Brief", sample.page)
    for part, name in (("promises", "what"), ("told", "statement"), ("who", "name")):
        row = sample.page.cards[part].shown[-1]
        row.setFocus()
        sample.press(Qt.Key.Key_Return, widget=row)
        widget = sample.field(name)
        text = widget.text() if hasattr(widget, "text") else widget.toPlainText()
        assert text == row.title
        assert row.title in row.accessibleName()
        sample.press(Qt.Key.Key_Escape)


def test_the_rest_of_a_part_is_shown_on_demand(sample):
    sample.desktop.open_client(3)
    sample.click("Brief", sample.page)
    card = sample.page.cards["expectations"]
    before = len(card.shown)
    sample.click("Show all", card)
    sample.settle()
    assert len(card.shown) > before
    assert sample.window.focusWidget() is card.shown[before]


def test_it_follows_what_happens_while_it_is_open(sample, at):
    sample.desktop.open_client(1)
    sample.click("Brief", sample.page)
    assert "New one" not in titles(sample, "promises")
    with sample.journal.action("Add", at=at) as act:
        act.save(Promise(client_id=1, what="New one", to_whom="Xu", due=at.date()))
    sample.desktop.desk.changed.emit(act.changes())
    assert "New one" in titles(sample, "promises")


def test_a_long_relationship_is_read_beside_the_window(sample, at):
    sample.desktop.desk.relations.long = 10
    sample.desktop.open_client(1)
    sample.told()
    sample.click("Brief", sample.page)
    sample.qtbot.waitUntil(lambda: bool(sample.page.cards), timeout=20000)
    assert titles(sample, "contacts")
    assert not sample.page.pending.isVisible()


def test_a_client_that_is_deleted_takes_its_brief_along(sample, at):
    with sample.journal.action("Add", at=at) as act:
        alder = act.save(Client(name="Alder"))
    sample.desktop.open_client(alder.id)
    sample.click("Brief", sample.page)
    with sample.journal.action("Delete", at=at) as act:
        act.delete(alder)
    sample.desktop.desk.changed.emit(act.changes())
    sample.settle()
    assert not isinstance(sample.page, BriefPage)


def test_it_is_saved_as_one_page_and_leads_back(sample, tmp_path):
    sample.desktop.open_client(1)
    sample.click("Brief", sample.page)
    sample.page.write(tmp_path / "brief.pdf")
    sample.qtbot.waitUntil(
        lambda: sample.desktop.toast.text.text() == "Saved ~/brief.pdf", timeout=20000
    )
    (page,) = PdfReader(tmp_path / "brief.pdf").pages
    assert "青松制造" in page.extract_text()
    sample.page.write(tmp_path / "no" / "x" / ("y" * 300))
    sample.qtbot.waitUntil(sample.desktop.notice.isVisible, timeout=20000)
    assert "could not be written" in sample.desktop.notice.text.text()
    sample.click("Back", sample.page)
    assert isinstance(sample.page, ClientPage)


def test_only_contacts_count_as_having_spoken(sample):
    sample.desktop.open_client(1)
    sample.click("Brief", sample.page)
    desk = sample.desktop.desk
    sample.desktop.edit(Interaction(client_id=1, channel=Channel.VISIT, at=desk.now()))
    sample.type("There", sample.field("subject"))
    sample.press(Qt.Key.Key_Escape)
    assert titles(sample, "contacts")[0] == "← There"
    assert titles(sample, "since") == []


def test_second_texts_end_on_one_edge_and_have_what_a_short_title_leaves(sample, planned):
    planned()
    sample.desktop.open_client(1)
    sample.press(Qt.Key.Key_B, CTRL)
    sample.told()
    rows = [row for card in sample.page.cards.values() for row in card.shown if row.more]
    column = sample.page.cards["who"].shown
    for width in (1024, 1500):
        sample.window.resize(width, 780)
        sample.qtbot.wait(50)
        ends = {row.width() - row._more_label.geometry().right() for row in rows}
        assert len(ends) == 1
        for row in column:  # names are short, and what stands beside them is not
            title, more = row._title_label, row._more_label
            full = more.width() >= more.fontMetrics().horizontalAdvance(row.more)
            tight = title.width() <= title.fontMetrics().horizontalAdvance(row.title) + 4
            assert full or tight
            assert title.width() >= title.fontMetrics().horizontalAdvance(row.title)
