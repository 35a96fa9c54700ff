"""What who does not see the window is told: names in every form, rows whole, and what changes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from pmdesk.gui import announcing
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise
from tests.e2e.spoken import badly_called

# the calendar is a window that pops up
pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def heard(monkeypatch):
    """What a screen reader was told to say."""
    said = []

    class Listening(QAccessible):
        @staticmethod
        def updateAccessibility(event):
            said.append(event.message())

    monkeypatch.setattr(announcing, "QAccessible", Listening)
    return said


def test_what_stands_over_the_page_says_what_it_is(sample):
    sample.menu("Capture a line")
    sample.type("call harbour promised the report by fri", sample.desktop.capture.line)
    assert "Harbour" in sample.desktop.capture.line.accessibleDescription()
    assert badly_called(sample.window) == []
    sample.press(Qt.Key.Key_Escape)
    sample.desktop.open_palette()
    sample.type("har", sample.desktop.goto.line)
    assert badly_called(sample.desktop.goto) == []
    assert "Harbour" in sample.desktop.goto.line.accessibleDescription()
    sample.press(Qt.Key.Key_Escape)
    sample.desktop.edit(Promise(client_id=1))
    sample.press(Qt.Key.Key_Down, ALT, sample.field("due"))
    assert badly_called(sample.window) == []


def test_a_row_is_spoken_whole(sample):
    sample.desktop.open_client(1)
    sample.desktop.show_tab("timeline")
    table = sample.page.stack.currentWidget().table
    model = table.model()
    lines = ((n, model.row(n).row) for n in range(50))
    n, row = next((n, row) for n, row in lines if row.kind == "interaction")
    record = sample.journal.get(Interaction, row.id)
    said = model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    words = sample.app.words
    for part in (words(record.channel.label), words(record.direction.label), row.title, row.who):
        assert part in said


def test_what_is_done_and_what_goes_wrong_is_said_aloud(sample, heard):
    sample.desktop.edit(Promise(client_id=1))
    for name, text in (("what", "Report"), ("to_whom", "Zhou")):
        sample.field(name).setFocus()
        sample.type(text, sample.field(name))
    heard.clear()
    sample.press(Qt.Key.Key_S, CTRL, sample.field("what"))
    assert heard == ["Saved"]
    sample.press(Qt.Key.Key_Escape)
    sample.menu("Undo")
    assert "Undone: Promise “Report” added" in heard
    sample.app.desk.noticed.emit("bad", "The disk is full.")
    assert heard[-1] == "The disk is full."


def test_a_chart_is_a_picture_whose_points_are_said_by_arrow_key(sample, heard):
    sample.desktop.open_client(1)
    sample.desktop.show_tab("communication")
    canvas = sample.page.stack.currentWidget().insight.canvas
    sample.qtbot.waitUntil(lambda: canvas.hover is not None, timeout=20_000)
    spoken = QAccessible.queryAccessibleInterface(canvas)
    assert spoken.role() is QAccessible.Role.Graphic
    heard.clear()
    sample.press(Qt.Key.Key_Left, widget=canvas)
    lines = canvas.hover.lines(canvas.told, sample.app.words)
    assert heard == ["; ".join(lines)]
    assert spoken.text(QAccessible.Text.Description) == heard[0]
