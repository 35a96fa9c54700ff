"""By keyboard alone: what was opened beside a list is left, and the list goes on where it was."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.gui.pages.places import REVIEW, TODAY

from .by_key import key


def shown(driver, page):
    """The rows of Today or of the review, the keyboard on the first."""
    driver.desktop.show_page(page)
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.settle()
    if page is REVIEW:
        driver.qtbot.waitUntil(lambda: driver.page._found is not None, timeout=20_000)
        while not driver.page.rows.isVisible():
            driver.page.see()
    driver.page.rows.list.setFocus()
    return driver.page.rows


@pytest.mark.parametrize("page", [TODAY, REVIEW], ids=["today", "review"])
def test_two_rows_of_two_clients_are_opened_one_after_the_other(sample, page):
    rows = shown(sample, page)
    seen = []
    for _ in range(40):
        row = rows._row
        if row.client not in seen and row.owed.key.kind != "crisis":
            seen.append(row.client)
            key(sample, Qt.Key.Key_O)
            assert sample.desktop.panel is not None
            key(sample, Qt.Key.Key_Escape)
            assert sample.desktop.panel is None
            assert sample.window.focusWidget() is rows.list
            assert rows._row is row
        key(sample, Qt.Key.Key_Down)
    assert len(seen) >= 2


def test_where_the_list_is_not_there_any_more_the_page_has_the_keyboard(sample):
    rows = shown(sample, TODAY)
    place = next(
        n for n, row in enumerate(rows.items) if row in rows.rows and row.owed.rule == "reply"
    )
    rows.list.choose_near(place)
    key(sample, Qt.Key.Key_O)
    assert sample.desktop.panel is not None
    sample.desktop.show_page(REVIEW)
    sample.desktop.close_panel()
    assert (
        sample.page.isAncestorOf(sample.window.focusWidget())
        or sample.window.focusWidget() is sample.page
    )


def test_home_is_the_first_row_though_a_head_stands_above_it(sample):
    rows = shown(sample, TODAY)
    key(sample, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert rows._row is rows.items[-1]
    key(sample, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert rows._row is next(row for row in rows.items if row in rows.rows)
    key(sample, Qt.Key.Key_Up)
    assert rows._row is next(row for row in rows.items if row in rows.rows)
