"""Days off of a work calendar: typed as ranges, chosen in a year by mouse and keys, read from the notice."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from pmdesk.actions.openings import create_journal
from pmdesk.gui.widgets.year_days import Mark
from pmdesk.records.calendar import WorkCalendar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def calendar(driver, tmp_path, at):
    """The window with the form of the calendar of a new journal."""
    journal = create_journal(tmp_path / "j.pmdesk", at=at)
    driver.app.use(journal)
    driver.settle()
    (made,) = journal.find(WorkCalendar)
    driver.desktop.edit(made)
    driver.qtbot.wait(20)
    return driver


def stored(driver):
    return driver.journal.find(WorkCalendar)[0]


def typed(driver, name, text):
    line = driver.field(name)
    line.setFocus()
    line.selectAll()
    driver.type(text)
    driver.press(Qt.Key.Key_Tab, widget=line)
    return line


def test_hours_zone_and_ranges_are_typed_as_people_write_them(calendar):
    assert stored(calendar).hours == "Mon-Fri 09:00-12:00 13:00-18:00"
    typed(calendar, "hours", "大小周 9点-18点 自2027-01-02起")
    assert typed(calendar, "zone", "北京时间").text() == "Asia/Shanghai"
    line = typed(calendar, "days_off", "2027-02-03 至 02-18、2027-05-04")
    assert line.text() == "2027-02-03 – 2027-02-18, 2027-05-04"
    calendar.qtbot.waitUntil(lambda: len(stored(calendar).days_off) == 17, timeout=4000)
    assert stored(calendar).zone == "Asia/Shanghai"
    assert stored(calendar).hours.startswith("大小周")
    wrong = typed(calendar, "days_off", "2027-02-18 至 2027-02-03")
    assert wrong.property("problem")
    assert len(stored(calendar).days_off) == 17


def test_days_are_chosen_in_a_year_and_taken_from_a_notice(calendar):
    line = calendar.field("days_off")
    line.setFocus()
    calendar.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, line)
    (dialog,) = [d for d in calendar.window.findChildren(QDialog) if d.isVisible()]
    days = dialog.days
    days.show_year(2027)
    first, last = (days.box_of(date(2027, 3, day)).center() for day in (1, 5))
    calendar.qtbot.mousePress(days, LEFT, pos=first)
    calendar.qtbot.mouseMove(days, last)
    calendar.qtbot.mouseRelease(days, LEFT, pos=last)
    assert sorted(days.off) == [date(2027, 3, day) for day in range(1, 6)]
    calendar.click(Mark.WORK.value, dialog)
    calendar.qtbot.mouseClick(days, LEFT, pos=days.box_of(date(2027, 3, 6)).center())
    calendar.click(Mark.USUAL.value, dialog)
    calendar.qtbot.mouseClick(days, LEFT, pos=days.box_of(date(2027, 3, 5)).center())
    days.setFocus()
    calendar.click(Mark.OFF.value, dialog)
    for key, more in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1)):
        modifier = Qt.KeyboardModifier.ShiftModifier if more else Qt.KeyboardModifier.NoModifier
        calendar.press(key, modifier, days)
    calendar.press(Qt.Key.Key_Space, widget=days)
    assert {date(2027, 3, 7), date(2027, 3, 8)} <= days.off
    assert "Days off" in days.accessibleDescription()

    dialog.notice.setPlainText("祝大家节日快乐")
    assert not dialog.fill.isEnabled()
    dialog.notice.setPlainText(
        "2027年节假日安排。春节：2月5日（周五）至11日（周四）放假调休。2月20日（周六）上班。"
    )
    assert dialog.preview.text() == "2027 · days off: 7 · make-up workdays: 1"
    assert len(days.off) == 6  # seen, and not yet taken over
    calendar.click("Take over into the calendar", dialog)
    calendar.click("Use these days", dialog)
    calendar.qtbot.waitUntil(lambda: len(stored(calendar).days_off) == 13, timeout=4000)
    assert stored(calendar).extra_days == ("2027-02-20", "2027-03-06")
    assert line.text().startswith("2027-02-05 – 2027-02-11, 2027-03-01 – 2027-03-04")
