"""The head of a calendar as Chinese writes it: 2026年 11月, the year first."""

from PySide6.QtWidgets import QBoxLayout, QCalendarWidget, QTableView, QToolButton, QWidget

from pmdesk.words import Words


def year_first(calendar: QCalendarWidget, words: Words) -> None:
    """In Chinese put the year before the month, both in figures; Qt writes 十一月 2026.

    Its parts get the names that Qt leaves out.
    """
    for part, text in (
        (calendar.findChild(QToolButton, "qt_calendar_prevmonth"), words("Month before")),
        (calendar.findChild(QToolButton, "qt_calendar_nextmonth"), words("Next month")),
        (calendar.findChild(QTableView), words("Days")),
    ):
        if part is not None:
            part.setAccessibleName(text)
    bar = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    year = calendar.findChild(QToolButton, "qt_calendar_yearbutton")
    row = bar.layout() if bar is not None else None
    if words.language != "zh" or not isinstance(row, QBoxLayout) or month is None or year is None:
        return
    row.removeWidget(year)
    row.insertWidget(row.indexOf(month), year)

    def write(shown_year: int, shown_month: int) -> None:
        year.setText(f"{shown_year}年")
        month.setText(f"{shown_month}月")

    calendar.currentPageChanged.connect(write)
    write(calendar.yearShown(), calendar.monthShown())
