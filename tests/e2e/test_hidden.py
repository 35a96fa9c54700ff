"""A page or tab that nobody sees does no work at a save, and is right when it is seen again."""

import re
from datetime import timedelta

import pytest

from pmdesk.actions.records import delete_record, save_record
from pmdesk.gui.pages.places import CLIENTS, INBOX, JOURNAL, SEARCH, SETTINGS, TODAY
from pmdesk.records.choices import Channel
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import Issue


@pytest.fixture(autouse=True)
def stopped(sample, at):
    """Every look is of one moment: waiting times and deadlines do not run on between two."""
    sample.app.desk.now, sample.app.desk.since = lambda: at, at


@pytest.fixture
def statements(sample):
    """The SQL that an act and all that follows it run."""

    save_some(sample)  # with its first writing a connection reads the settings of the index, too

    def count(act):
        seen = []
        sample.journal.conn.set_trace_callback(seen.append)
        act()
        sample.told()
        sample.journal.conn.set_trace_callback(None)
        plain = (re.sub(r"'[0-9a-f]{24}'", "sum", sql.split("VALUES")[0]) for sql in seen)
        return [re.sub(r"\d+", "n", sql) for sql in plain]

    return count


def save_some(sample):
    desk = sample.desktop.desk
    for record in (
        Interaction(client_id=1, at=desk.now(), channel=Channel.CALL, subject="Called them"),
        Issue(client_id=1, statement="Pump", found_at=desk.now() - timedelta(hours=1)),
    ):
        desk.do(save_record, record, at=desk.now(), say=True)
    sample.settle()
    sample.desktop.desk.undo()


def made(sample, *pages):
    for page in pages:
        sample.desktop.show_page(page)
        sample.settle()


def every_tab(sample):
    sample.desktop.open_client(1)
    for index in range(sample.page.tabs.count()):
        sample.page.tabs.setCurrentIndex(index)
        sample.settle()


def test_a_hidden_page_asks_the_journal_nothing_at_a_save(sample, statements):
    sample.desktop.desk.owing.leave()  # the rail asks what is owed, whatever page is shown
    sample.desktop.show_page(SETTINGS)
    sample.settle()
    alone = statements(lambda: save_some(sample))
    made(sample, TODAY, CLIENTS, JOURNAL, INBOX, SEARCH)
    every_tab(sample)
    sample.desktop.show_page(SETTINGS)
    sample.settle()
    assert statements(lambda: save_some(sample)) == alone


def test_a_hidden_tab_asks_the_journal_nothing_at_a_save(sample, statements):
    sample.desktop.desk.owing.leave()
    sample.desktop.open_client(1)
    sample.page.go_to("timeline")
    sample.settle()
    alone = statements(lambda: save_some(sample))
    every_tab(sample)
    sample.page.go_to("timeline")
    sample.settle()
    # the timeline itself is read beside the window, once for one or two of these acts
    assert set(statements(lambda: save_some(sample))) <= set(alone)


def test_what_was_hidden_is_right_when_it_is_seen_again(sample):
    every_tab(sample)
    desk, page = sample.desktop.desk, sample.page
    sample.desktop.show_page(SETTINGS)
    problem = Issue(client_id=1, statement="Pump fell", found_at=desk.now() - timedelta(hours=1))
    wait = Interaction(
        client_id=1, at=desk.now() - timedelta(hours=2), subject="Where is it?", who="Xu"
    )
    for record in (problem, wait):
        desk.do(save_record, record, at=desk.now())
    sample.desktop.open_client(1)
    assert sample.page is page
    after = {}
    for index in range(page.tabs.count()):
        page.tabs.setCurrentIndex(index)
        after[index] = sample.told()
    # a page that was never hidden says the same
    sample.desktop.open_client(2)
    sample.desktop.open_client(1)
    assert sample.page is not page
    for index, texts in after.items():
        sample.page.tabs.setCurrentIndex(index)
        assert sample.told() == texts
    told = [text for texts in after.values() for text in texts]
    assert "Pump fell" in told
    assert "Where is it?" in told


def test_a_client_deleted_behind_its_page_leads_to_the_list(sample):
    desk = sample.desktop.desk
    brief = desk.do(save_record, Client(name="Brief"), at=desk.now()).record
    sample.desktop.open_client(brief.id)
    sample.settle()
    sample.desktop.show_page(SETTINGS)
    desk.do(delete_record, brief, at=desk.now())
    sample.settle()
    assert sample.desktop.current.place is SETTINGS
    sample.desktop.open_client(brief.id)
    sample.settle()
    assert sample.desktop.current.place is CLIENTS
