"""What the window declares: commands, pages and tabs, each once and each whole."""

from collections import Counter

import pytest

from pmdesk.gui.commands import COMMANDS, MENUS
from pmdesk.gui.pages.places import PLACES, TABS, tab_of
from pmdesk.records.practices import Practice


def doubled(values):
    return [value for value, n in Counter(values).items() if n > 1 and value]


def test_no_key_stands_for_two_commands():
    assert doubled(command.key for command in COMMANDS) == []
    assert doubled((command.name, command.menu) for command in COMMANDS) == []


def test_every_command_stands_in_a_menu_that_is_there():
    assert {command.menu for command in COMMANDS} == set(MENUS)


def test_every_page_of_the_rail_is_a_command_with_its_own_key():
    shown = {command.name: command.key for command in COMMANDS if command.menu in ("view", "edit")}
    for place in PLACES.values():
        if place.rail:
            assert place.icon
            assert shown[place.name] == place.key != "", place.name


@pytest.mark.parametrize("practice", Practice, ids=lambda practice: practice.value)
def test_every_practice_has_its_tab(practice):
    assert practice in tab_of(practice).practices
    assert doubled(one for tab in TABS for one in tab.practices) == []
