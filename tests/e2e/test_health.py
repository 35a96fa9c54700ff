"""The health badge: the change beside the figure, a cap only where it binds, its reasons one press away."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from pmdesk.records.transparency import Issue, Severity

# The offscreen platform says so of every menu; it concerns no user.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def shown(sample, client):
    sample.desktop.go("client", client)
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
        "Transparency 100 → " in text and text.startswith("since last month: ") for text in said
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
    assert any(text.startswith("Feedback: ") and text.endswith("n = 4") for text in reasons(sample))
