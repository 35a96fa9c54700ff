"""What comes while the journal is locked is said, and names nobody."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.records.appointment import Appointment
from pmdesk.records.client import Client
from tests.e2e.conftest import Driver
from tests.e2e.test_reminders import NAME, WHAT, app, known, look_elsewhere, tray

__all__ = ["app", "tray"]  # fixtures

# What the platform without a screen says.
pytestmark = pytest.mark.qt_log_ignore("does not support raise")
SOON = timedelta(minutes=5)


def test_what_comes_while_it_is_locked_is_said_without_a_name(qtbot, app, tray, tmp_path, at):
    app.settings.reminders = app.settings.stay_in_tray = True
    journal = create_journal(tmp_path / "one.pmdesk", "one", at=at)
    save_record(journal, Client(name=NAME), at=at)
    app.use(journal)
    driver = Driver(qtbot, app)
    known(driver)
    desk = app.desk
    begins = desk.now() + timedelta(minutes=15) + SOON
    for what in (WHAT, "A second meeting"):
        desk.do(save_record, Appointment(client_id=1, what=what, at=begins), at=desk.now())
    known(driver)
    driver.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: app.locking.is_closed)
    driver.press(
        Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: app.words.language == "zh")
    look_elsewhere(driver)
    icon = tray.icons[-1]
    assert icon.shown  # the way back to a hidden window stays
    assert icon.contextMenu().actions()[0].text() == app.words("Open PM Desk") != "Open PM Desk"
    waits = app.locking._reminders
    assert waits._ahead == [(begins - timedelta(minutes=15)).timestamp()] * 2
    waits.begin([moment - SOON.total_seconds() for moment in waits._ahead])  # and they have come
    said = app.words("{n} things became due", n=2)
    assert icon.said == [("PM Desk", said)]
    assert app.page.told.text() == said
    icon.messageClicked.emit()
    assert app.window.isVisible()
    assert driver.desktop is None
    driver.type("one", app.page.field.line)
    driver.press(Qt.Key.Key_Return, widget=app.page.field.line)
    qtbot.waitUntil(lambda: driver.desktop is not None)
    known(driver)
