"""How long before a contact one is reminded, as typed in the settings."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.gui.pages.places import SETTINGS
from pmdesk.gui.settings import Settings


def type_minutes(driver, typed):
    minutes = driver.page.reminders.minutes
    minutes.setFocus()
    minutes.selectAll()
    driver.press(Qt.Key.Key_Delete)
    driver.type(typed)
    driver.press(Qt.Key.Key_Tab)
    return minutes


@pytest.mark.parametrize("typed", ["", "999", "-5", "soon", "1.5", "1" * 30, "十五点"])
def test_minutes_that_are_none_stay_as_typed_and_the_field_says_what_is_wanted(sample, typed):
    driver = sample
    driver.desktop.show_page(SETTINGS)
    driver.click("Remind me of what becomes due or late")
    minutes = type_minutes(driver, typed)
    problem = driver.page.reminders.problem
    assert Settings.load().reminder_minutes == 15
    assert minutes.text() == typed
    assert "Give whole minutes from 0 to 240." in problem.text()
    assert minutes.accessibleDescription() in problem.text()
    type_minutes(driver, "20")
    assert problem.isHidden()
    assert not minutes.accessibleDescription()
    assert Settings.load().reminder_minutes == 20


@pytest.mark.parametrize("typed", ["２０", "二十", " 20 "])
def test_minutes_are_understood_in_the_digits_people_type(sample, typed):
    driver = sample
    driver.desktop.show_page(SETTINGS)
    driver.click("Remind me of what becomes due or late")
    assert type_minutes(driver, typed).text() == "20"
    assert Settings.load().reminder_minutes == 20
