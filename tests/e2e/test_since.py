"""Since we last spoke, on a client's overview: the first lines, the rest, the way to each record."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pmdesk.gui.widgets.since_card import SHOWN
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise


@pytest.fixture
def card(sample):
    """The card of a new client, of whom `mails` came after a call and a promise was due."""

    def make(mails=2):
        now = sample.desktop.desk.now().replace(microsecond=0)
        called = now - timedelta(days=4)
        with sample.journal.action("Add", at=called - timedelta(days=9)) as act:
            client = act.save(Client(name="Alder"))
            act.save(
                Promise(client_id=client.id, what="Report", to_whom="Xu",
                        due=(now - timedelta(days=2)).date())
            )  # fmt: skip
            act.save(
                Interaction(
                    client_id=client.id, channel=Channel.CALL, at=called, who="Xu", subject="c"
                )
            )
        with sample.journal.action("Add", at=now) as act:
            for n in range(mails):
                at = now - timedelta(hours=n + 1)
                act.save(Interaction(client_id=client.id, at=at, who="Xu", subject=f"Mail {n}"))
        sample.desktop.open_client(client.id)
        sample.page.go_to("overview")
        sample.settle()
        return sample.page.stack.currentWidget().since_card

    return make


def titles(card):
    return [row.title for row in card.shown]


def test_each_line_opens_its_record(sample, card):
    shown = card()
    assert titles(shown) == ["Report", "Mail 0", "Mail 1"]
    assert shown.remark.text().endswith(", call with Xu")
    shown.shown[0].open.setFocus()
    sample.press(Qt.Key.Key_Space)
    assert sample.field("what").text() == "Report"


def test_the_rest_is_shown_on_demand_and_stays(sample, card):
    shown = card(mails=SHOWN + 3)
    assert len(shown.shown) == SHOWN
    sample.click(f"Show all {SHOWN + 4}", shown)
    assert len(titles(shown)) == SHOWN + 4
    assert sample.window.focusWidget() is shown.shown[SHOWN].open
    with sample.journal.action("Add", at=sample.desktop.desk.now()) as act:
        act.save(Promise(client_id=sample.page.client.id, what="Plan", to_whom="Xu"))
    sample.desktop.desk.changed.emit(act.changes())
    assert len(titles(shown)) == SHOWN + 5


def test_what_was_deleted_is_told_and_opens_nothing(sample, card):
    shown = card(mails=0)
    promise = sample.journal.find(Promise, order="id DESC", limit=1)[0]
    sample.desktop.edit(promise)
    sample.press(Qt.Key.Key_Space, widget=sample.desktop.panel.delete_button)
    sample.settle()
    assert titles(shown) == ["Report"]
    assert shown.shown[0].isVisible()
    assert not shown.shown[0].open.isVisible()
    sample.menu("Undo")
    assert shown.shown[0].open.isVisible()


def test_a_contact_now_ends_it(sample, card):
    shown = card()
    sample.desktop.edit(
        Interaction(client_id=sample.page.client.id, channel=Channel.VISIT, at=sample.desktop.desk.now())
    )  # fmt: skip
    sample.type("There", sample.field("subject"))
    sample.press(Qt.Key.Key_Escape)
    assert titles(shown) == []
    assert "Nothing has changed since." in sample.told()
