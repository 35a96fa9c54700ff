"""Search and client list in the real window: what is typed finds names, and what was found is marked."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.actions.sample import create_sample
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import CLIENTS, SEARCH
from pmdesk.gui.widgets.long_table import ROW


@pytest.fixture
def window(driver, copy_of, tmp_path, at, monkeypatch):
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: at))
    driver.app.use(copy_of(create_sample, tmp_path / "sample.pmdesk", at=at))
    return driver


def test_search_and_client_list_find_names_as_they_are_typed(window):
    window.desktop.show_page(SEARCH)
    page = window.page

    def look(query):
        page.line.setText(query)
        window.press(Qt.Key.Key_Return, widget=page.line)
        model = page.table.model()
        return page._look(model.data(model.index(0, 0), ROW)), model.rowCount()

    first, n = look("qszz")
    assert (first.title, first.title_marks, n) == ("青松制造", [(0, 4)], 2)
    first, n = look("qszz 例会")
    assert n > 50
    assert first.right[1][:2] == ("青松制造", "mark")
    first, _ = look("harbour 2026-11-20")
    assert [colour for _, colour, _ in first.right] == ["mark", "mark", "muted"]
    assert first.right[0][0] == "2026-11-20"
    ((due,),) = window.journal.rows("SELECT due FROM promise WHERE what LIKE '%handbook%'")
    first, _ = look(f"operations handbook {due}")
    (start, end) = first.second_marks[0]
    assert first.second.startswith("Due: ")
    assert first.second[start:end] == due
    assert first.right[0][1] == "muted"

    window.desktop.show_page(CLIENTS)
    window.page.filter.setText("qs")
    assert [line.name for line in window.page.model.rows] == ["青松制造"]
