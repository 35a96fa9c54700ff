"""A client whose history is long is asked beside the window: it says the same, a moment later."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from pmdesk.actions.records import save_record
from pmdesk.gui.pages.places import CLIENTS, SETTINGS
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction

WAITING = "Being computed…"


@pytest.fixture(autouse=True)
def stopped(sample, at):
    """Every look is of one moment: waiting times and deadlines do not run on between two."""
    sample.app.desk.now, sample.app.desk.since = lambda: at, at


def told(widget):
    return [found.text() for found in widget.findChildren(QLabel) if found.isVisible()]


def every_tab(sample):
    found = {}
    for index in range(sample.page.tabs.count()):
        sample.page.tabs.setCurrentIndex(index)
        found[index] = sample.told()
    return found


def opened(sample, client_id, long):
    sample.desktop.show_page(CLIENTS)
    sample.desktop.desk.relations.long = long
    sample.desktop.open_client(client_id)


@pytest.mark.parametrize("client_id", [1, 3])
def test_a_long_history_says_the_same_as_a_short_one(sample, client_id):
    other = 2
    opened(sample, client_id, 10**9)
    short = every_tab(sample)
    opened(sample, other, 10**9)
    opened(sample, client_id, 0)
    long = every_tab(sample)
    assert long == short
    assert all(WAITING not in texts for texts in long.values())


def test_until_its_figures_are_known_a_page_says_that_they_are_being_computed(sample):
    opened(sample, 2, 0)
    sample.page.tabs.setCurrentIndex(0)
    opened(sample, 1, 0)
    texts = told(sample.page)
    assert WAITING in texts
    assert "Nine practices" in texts
    assert WAITING not in sample.told()


def is_faint(widget):
    return widget.graphicsEffect() is not None


def test_figures_that_an_act_may_have_changed_are_faint_until_they_are_computed_anew(sample):
    opened(sample, 1, 0)
    sample.page.tabs.setCurrentIndex(0)
    sample.told()
    page, desk = sample.page, sample.desktop.desk
    overview = page.stack.currentWidget()
    assert not is_faint(overview.content)
    assert not is_faint(page.health)
    waits = Interaction(
        client_id=1, at=desk.now() - timedelta(hours=2), subject="Where is it?", who="Xu"
    )
    desk.do(save_record, waits, at=desk.now())
    assert is_faint(overview.content)
    assert is_faint(page.health)
    assert "Where is it?" not in told(overview)
    # a second act before the first is shown: only what is true after both is
    waits = Interaction(
        client_id=1, at=desk.now() - timedelta(hours=1), subject="And when?", who="Xu"
    )
    desk.do(save_record, waits, at=desk.now())
    sample.told()
    assert not is_faint(overview.content)
    assert not is_faint(page.health)
    assert {"Where is it?", "And when?"} <= set(told(overview))


def test_a_page_that_goes_hears_no_more_of_its_question(sample):
    opened(sample, 1, 0)
    for client_id in (2, 3, 1, 2):
        sample.desktop.open_client(client_id)
    sample.desktop.show_page(SETTINGS)
    sample.desktop.open_client(3)
    texts = sample.told()
    assert sample.journal.get(Client, 3).name in texts
    assert WAITING not in texts


def test_whoever_asks_again_is_told_the_last_answer_alone(sample):
    relations = sample.desktop.desk.relations
    relations.long = 0
    client, shown = sample.journal.get(Client, 1), []
    for owner in (sample.page, sample.desktop, sample.page):
        for n in range(3):
            asked = relations.ask(
                owner,
                client,
                lambda rel, n=n: (rel.client.id, n),
                lambda _rel, one: shown.append(one),
            )
            assert asked is False
    sample.told()
    assert shown == [(1, 2), (1, 2)]
