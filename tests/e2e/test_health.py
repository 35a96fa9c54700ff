"""The health badge: the change beside the figure, a cap only where it binds, its reasons one press away."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from pmdesk.records.crisis import Crisis
from pmdesk.records.transparency import Issue, Severity

# The offscreen platform says so of every menu; it concerns no user.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def that_noon(sample, at):
    """The day on which the sample ends, whatever day the test is run on."""
    sample.app.desk.now = lambda: at


def shown(sample, client):
    sample.desktop.open_client(client)
    sample.settle()
    return [w.text() for w in sample.page.health.findChildren(QLabel)]


def reasons(sample):
    sample.qtbot.mouseClick(sample.page.health._why, Qt.MouseButton.LeftButton)
    (menu,) = sample.page.health.findChildren(QMenu)
    texts = [act.text() for act in menu.actions() if act.text()]
    menu.close()
    return texts


def test_a_fall_is_shown_though_a_stop_stands_that_does_not_bind(sample):
    texts = shown(sample, 3)
    assert "capped" not in texts
    assert any(text.startswith("down ") for text in texts)
    said = reasons(sample)
    assert said[0].startswith("⚠ not told past its limit: ")
    assert any(
        "Staying transparent 100 → " in text and text.startswith("since last month: ")
        for text in said
    )
    assert any(text.startswith("give or take ") for text in said)


def test_a_stop_that_binds_is_a_cap_and_no_fall(sample):
    assert "about the same" in shown(sample, 2)
    with sample.journal.action("Add", at=sample.app.desk.now()) as act:
        found = sample.app.desk.now() - timedelta(days=2)
        act.save(Issue(client_id=2, statement="Data lost", severity=Severity.S1, found_at=found,
                       closed_on=found.date()))  # fmt: skip
    sample.app.desk.changed.emit(act.changes())
    texts = shown(sample, 2)
    assert "40" in texts
    assert "capped" in texts
    assert not any(text.startswith("down ") for text in texts)
    assert "⚠ capped at 40: not told past its limit: Data lost" in reasons(sample)


def test_few_records_are_said(sample):
    texts = shown(sample, 3)
    assert any("on fewer than 5 records" in text for text in texts)
    assert any(
        text.startswith("Regular feedback: ") and text.endswith("n = 4") for text in reasons(sample)
    )


def untold(sample):
    now = sample.app.desk.now()
    with sample.journal.action("Add", at=now) as act:
        return act.save(Issue(client_id=2, statement="Data lost", severity=Severity.S1,
                              found_at=now - timedelta(days=2)))  # fmt: skip


def typed(sample, name, text):
    widget = sample.field(name)
    widget.setFocus()
    sample.type(text, widget)
    sample.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, widget)


def test_closing_what_was_never_told_is_saved_and_asks_why(sample):
    issue = untold(sample)
    sample.desktop.open_client(2)
    sample.desktop.edit(issue)
    typed(sample, "closed_on", "2026-11-23")
    assert sample.journal.get(Issue, issue.id).closed_on == date(2026, 11, 23)
    asked = sample.field("untold_reason_problem")
    assert asked.isVisible()
    assert "It is closed, but the client is not told." in asked.text()
    typed(sample, "untold_reason", "They found it themselves")
    assert sample.journal.get(Issue, issue.id).untold_reason == "They found it themselves"
    assert not asked.isVisible()
    assert sample.field("closed_on").text() == "2026-11-23"


def test_standing_down_what_was_never_told_asks_why(sample):
    now = sample.app.desk.now()
    with sample.journal.action("Add", at=now) as act:
        crisis = act.save(Crisis(client_id=2, title="Fire", found_at=now - timedelta(days=2)))
    sample.desktop.edit(crisis)
    typed(sample, "stood_down_at", "2026-11-23 09:00")
    assert sample.journal.get(Crisis, crisis.id).stood_down_at is not None
    assert (
        "It is stood down, but the client is not told."
        in sample.field("untold_reason_problem").text()
    )
