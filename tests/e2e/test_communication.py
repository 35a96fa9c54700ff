"""The communication tab by mouse and keyboard: calls, proposals, automatic mail, the wheel."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.interaction import Interaction


@pytest.fixture
def tab(sample):
    """The communication tab of a client who waits, with thanks and an absence note beside."""
    now = sample.desktop.desk.now()
    with sample.journal.action("Add", at=now) as act:
        for n, (text, automatic) in enumerate((("谢谢，收到！", False), ("Away", True))):
            act.save(
                Interaction(
                    client_id=3,
                    at=now - timedelta(hours=9 + n),
                    thread=90_000 + n,
                    who="Ines",
                    subject=f"New {n}",
                    text=text,
                    automatic=automatic,
                    direction=Direction.INBOUND,
                )
            )
    sample.desktop.open_client(3)
    sample.page.go_to("communication")
    sample.settle()
    return sample.page.stack.currentWidget()


def test_the_wheel_over_a_chart_turns_the_page(sample, tab):
    canvas = tab.insight.canvas
    sample.qtbot.waitUntil(lambda: canvas.hover is not None, timeout=10000)
    sample.settle()
    bar = tab.findChild(QScrollArea).verticalScrollBar()
    assert (bar.value(), bar.maximum() > 0) == (0, True)
    sample.wheel(canvas)
    assert bar.value() > 0
    sample.desktop.page().go_to("overview")
    overview = sample.page.stack.currentWidget()
    sample.qtbot.waitUntil(lambda: overview.canvas.hover is not None, timeout=10000)
    sample.settle()
    area = overview.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    bar.setValue(overview.canvas.mapTo(area.widget(), overview.canvas.rect().center()).y() - 200)
    sample.qtbot.wait(20)
    before = bar.value()
    assert before < bar.maximum()
    sample.wheel(overview.canvas)
    assert bar.value() > before


def test_a_call_asks_for_its_moment_and_refuses_one_before_the_question(sample, tab):
    waiting = tab.answer.total.open
    sample.click("Answered by call", tab)
    assert tab.call.when.hasFocus()
    tab.call.when.clear()
    sample.type("soon", tab.call.when)
    sample.press(Qt.Key.Key_Return, widget=tab.call.when)
    assert "“soon” is no moment" in tab.call.problem.text()
    assert tab.call.when.text() == "soon"
    tab.call.when.clear()
    sample.type("2020-01-01 10:00", tab.call.when)
    sample.press(Qt.Key.Key_Return, widget=tab.call.when)
    assert "after the question" in tab.call.problem.text()
    asked = tab._current().asked_at.astimezone(sample.desktop.desk.zone())
    tab.call.when.clear()
    sample.type(f"{asked + timedelta(hours=3):%Y-%m-%d %H:%M}", tab.call.when)
    sample.click("Keep", tab.call)
    assert tab.answer.total.open == waiting - 1
    assert not tab.call.isVisible()
    call = sample.journal.find(Interaction, "channel = ?", [Channel.CALL.value], order="id")[-1]
    assert call.at - asked.replace(second=0, microsecond=0) == timedelta(hours=3)


def test_thanks_are_proposed_and_accepted_by_a_click(sample, tab):
    waiting = tab.answer.total.open
    assert tab.proposals.isVisible()
    (proposal,) = tab.proposals.seen
    assert proposal.subject == "New 0"
    sample.click("No reply needed", tab.proposals)
    assert tab.answer.total.open == waiting - 1
    assert not tab.proposals.isVisible()
    found = sample.journal.find(Interaction, "subject = 'New 0'")
    assert [i.needs_reply for i in found] == [NeedsReply.NO]
    sample.menu("Undo")
    assert tab.proposals.isVisible()


def test_automatic_mail_is_seen_and_put_right(sample, tab):
    waiting = tab.answer.total.open
    assert [one.subject for one in tab.automatic.seen][:1] == ["New 1"]
    sample.click("It is a question", tab.automatic)
    assert tab.answer.total.open == waiting + 1
    assert "New 1" not in [one.subject for one in tab.automatic.seen]


def test_several_proposals_are_accepted_only_as_far_as_they_are_seen(sample, tab):
    now = sample.desktop.desk.now()
    first = sample.journal.find(Interaction, "subject = 'New 0'")[0]
    with sample.journal.action("Add", at=now) as act:
        for n in range(7):
            when = now - timedelta(hours=n + 20)
            more = {"id": None, "uuid": "", "thread": 91_000 + n, "subject": f"More {n}"}
            act.save(replace(first, at=when, **more))
        changes = act.changes()
    sample.desktop.desk.changed.emit(changes)
    sample.settle()
    assert (len(tab.proposals.seen), tab.proposals.remark.text()) == (5, "8")
    sample.click("None of these 5 needs a reply", tab.proposals)
    assert tab.proposals.remark.text() == "3"
