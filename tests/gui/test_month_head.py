"""The head of a calendar in both languages."""

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from pmdesk.gui.widgets.month_head import year_first
from pmdesk.words import words_for


@pytest.mark.parametrize(
    ("language", "texts"),
    [("zh", ["2026年", "12月"]), ("en", ["December", "2026"])],
)
def test_the_year_stands_first_in_chinese(qtbot, language, texts):
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    calendar.setSelectedDate(QDate(2026, 11, 29))
    year_first(calendar, words_for(language))
    calendar.show()
    calendar.setCurrentPage(2026, 12)
    heads = [
        calendar.findChild(QToolButton, f"qt_calendar_{name}button") for name in ("month", "year")
    ]
    assert [one.text() for one in sorted(heads, key=lambda one: one.x())] == texts
