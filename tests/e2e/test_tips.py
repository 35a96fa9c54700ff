"""Tips at first use: one at a time, gone for good once used or closed, back when they are asked for."""

import pytest
from PySide6.QtCore import Qt

from pmdesk.gui.pages.places import CLIENTS, SEARCH, SETTINGS
from pmdesk.gui.settings import Settings
from pmdesk.gui.tips import TIPS, Tip

from .by_key import CTRL, key


def seen(driver):
    """The tips that stand in the window."""
    return [tip.name for tip in driver.window.findChildren(Tip) if tip.isVisible()]


@pytest.fixture
def new(sample):
    """The window of somebody who knows nothing of it yet."""
    sample.app.settings.tips = True
    return sample


def test_no_more_than_one_stands_there(new):
    new.desktop.show_page(CLIENTS)
    assert seen(new) == ["clients"]
    key(new, Qt.Key.Key_N, CTRL)
    assert seen(new) == ["clients"]
    new.desktop.show_page(SETTINGS)
    assert seen(new) == []


@pytest.mark.parametrize("way", ["used", "closed"])
def test_what_was_used_or_closed_never_comes_again(new, way):
    new.desktop.show_page(CLIENTS)
    if way == "used":
        key(new, Qt.Key.Key_K, CTRL)
        key(new, Qt.Key.Key_Escape)
    else:
        (tip,) = (tip for tip in new.page.findChildren(Tip))
        tip.close_button.setFocus()
        key(new, Qt.Key.Key_Space)
    assert seen(new) == []
    new.desktop.show_page(SEARCH)
    new.desktop.show_page(CLIENTS)
    assert seen(new) == []
    assert Settings.load().tips_gone == ("clients",)
    # asked for in the settings they come once more
    new.desktop.show_page(SETTINGS)
    new.page.tips.setFocus()
    key(new, Qt.Key.Key_Space)
    new.desktop.show_page(CLIENTS)
    assert seen(new) == []
    new.desktop.show_page(SETTINGS)
    new.page.tips.setFocus()
    key(new, Qt.Key.Key_Space)
    new.desktop.show_page(CLIENTS)
    assert seen(new) == ["clients"]


def test_each_goes_with_what_it_tells_of(new):
    new.desktop.open_client(1)
    assert seen(new) == ["client"]
    new.menu("Next side of the client")
    key(new, Qt.Key.Key_N, CTRL)
    assert seen(new) == ["capture"]
    new.type("harbour call: agreed the date")
    key(new, Qt.Key.Key_Return)
    assert set(new.app.settings.tips_gone) == {"client", "capture"} < set(TIPS)


def test_an_act_on_a_row_of_today_ends_its_tip(new):
    new.desktop.show_page(SETTINGS)
    key(new, Qt.Key.Key_1, CTRL)
    owing = new.desktop.desk.owing
    new.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    new.settle()
    assert seen(new) == ["today"]
    new.page.rows.list.setFocus()
    key(new, Qt.Key.Key_O)
    assert seen(new) == []
