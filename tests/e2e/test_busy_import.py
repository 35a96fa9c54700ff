"""While mail is imported: the window never stands still, and what is saved waits its turn."""

from contextlib import contextmanager

import pytest

from pmdesk.gui.pages.places import CLIENTS, IMPORT
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from tests.actions.letters import letter, mbox

RAIL, ME = "Ma <ma@rail.example>", "Lin <lin.yue@desk.example>"


@contextmanager
def importing(driver, path):
    """An import under way that another writer holds up."""
    driver.desktop.show_page(IMPORT)
    driver.page.add_paths([path])
    driver.settle()
    driver.qtbot.waitUntil(driver.page.foot.take_button.isEnabled, timeout=10_000)
    with driver.held():
        driver.page.take()
        assert driver.page.foot.is_running
        yield


@pytest.fixture
def box(sample, tmp_path):
    """A mailbox of a client that is known."""
    sample.journal.busy_seconds = 60
    with sample.journal.action("x") as act:
        act.save(Client(name="Rail", mail=("@rail.example",)))
    mails = (letter(n, *((RAIL, ME) if n % 2 else (ME, RAIL)), n) for n in range(40))
    (tmp_path / "box.mbox").write_bytes(mbox(*mails))
    return tmp_path / "box.mbox"


def test_what_is_saved_waits_for_the_import_and_the_window_does_not(sample, box):
    known = sample.journal.count(Interaction)
    client = sample.journal.get(Client, 2)
    with importing(sample, box):
        sample.desktop.show_page(CLIENTS)
        sample.desktop.edit(client)
        sample.type("Rail", sample.field("industry"))
        sample.qtbot.waitUntil(sample.desktop.notice.isVisible, timeout=4_000)
        assert "“Import mail” is still under way" in sample.desktop.notice.text.text()
        assert sample.journal.get(Client, 2) == client
    sample.qtbot.waitUntil(
        lambda: sample.journal.get(Client, 2).industry.count("Rail"), timeout=20_000
    )
    sample.settle()
    assert sample.journal.count(Interaction) > known


def test_an_undo_meanwhile_is_told_to_wait(sample, box):
    with importing(sample, box):
        sample.menu("Undo")
        assert "“Import mail” is still under way" in sample.desktop.notice.text.text()
    sample.settle()
    assert not sample.app.desk.work.running


def test_a_stopped_import_lets_the_window_go_on(sample, box):
    with importing(sample, box):
        sample.click("Cancel", sample.page.foot)
    sample.settle()
    assert not sample.app.desk.work.running
    assert sample.page.foot.status.text() == "Stopped. Nothing was kept of it."
