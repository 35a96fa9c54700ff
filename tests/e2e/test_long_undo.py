"""An import undone and repeated beside the window: told, stopped, and what waits meanwhile."""

import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import QThreadPool

from pmdesk.actions.import_mail import import_mail
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.search import search
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from tests.actions.letters import LI, ME, SETUP, letter, mbox

MAILS = 400


@pytest.fixture
def imported(driver, journal, tmp_path, at):
    """The window on a journal whose last act is an import of many mails."""
    mails = (
        letter(n, *((LI, ME) if n % 2 else (ME, LI)), n, text=f"harbour {n}") for n in range(MAILS)
    )
    (tmp_path / "box.mbox").write_bytes(mbox(*mails))
    import_mail(journal, [tmp_path / "box.mbox"], SETUP, at=at)
    # held up by a test for as long as it likes
    driver.app.use(Journal.open(journal.path, busy_seconds=60))
    driver.app.desk.since = at - timedelta(days=1)
    driver.settle()
    assert driver.journal.count(Interaction) == MAILS
    return driver


@pytest.fixture
def undo(imported):
    """Asks for the import to be undone, on purpose."""

    def ask():
        imported.menu("Undo")
        imported.click("Undo it", imported.desktop.notice)

    return ask


def stored(driver):
    rows = driver.journal.rows
    return [rows(f"SELECT * FROM {table}") for table in ("interaction", "mail", "action", "change")]


def bar(driver):
    return driver.desktop.work_bar


def test_undo_and_redo_of_an_import_are_told_and_leave_a_whole_journal(imported, undo):
    seen = []
    imported.app.desk.work.progressed.connect(seen.append)
    undo()
    assert bar(imported).isVisible()
    assert bar(imported).text.text() == f"Undoing: {MAILS} messages imported"
    imported.qtbot.waitUntil(lambda: not bar(imported).isVisible(), timeout=15_000)
    assert imported.journal.count(Interaction) == 0
    assert imported.desktop.toast.text.text() == f"Undone: {MAILS} messages imported"
    assert imported.journal.count(Client) == 0
    assert search(imported.journal, "harbour") == []
    imported.click("Redo", imported.desktop.toast)
    assert bar(imported).text.text() == f"Repeating: {MAILS} messages imported"
    imported.qtbot.waitUntil(lambda: not bar(imported).isVisible(), timeout=15_000)
    assert imported.journal.count(Interaction) == MAILS
    assert imported.desktop.toast.text.text() == f"Repeated: {MAILS} messages imported"
    assert imported.journal.count(Client) == 2
    assert len(search(imported.journal, "harbour", limit=1000)) == MAILS
    assert seen
    assert check(imported.journal) == []


def test_cancel_leaves_all_as_it_was(imported, undo):
    before = stored(imported)
    with imported.held():
        undo()
        imported.click("Cancel", bar(imported))
    imported.qtbot.waitUntil(lambda: not bar(imported).isVisible(), timeout=15_000)
    assert stored(imported) == before
    assert imported.desktop.toast.text.text() == "Stopped. Everything is as it was."
    assert check(imported.journal) == []
    undo()
    imported.qtbot.waitUntil(lambda: imported.journal.count(Interaction) == 0, timeout=15_000)
    imported.settle()


def test_one_reads_on_while_it_runs_and_what_is_saved_waits_its_turn(imported, undo):
    client = imported.journal.find(Client)[0]
    imported.desktop.edit(client)
    with imported.held():
        undo()
        imported.type("harbour talk", imported.field("industry"))
        imported.qtbot.waitUntil(lambda: "is still under way" in bar(imported).text.text())
        assert imported.journal.get(Client, client.id) == client
        imported.desktop.open_client(client.id)
        assert imported.page.title.text() == client.name
        imported.click("Cancel", bar(imported))
    imported.qtbot.waitUntil(
        lambda: imported.journal.get(Client, client.id).industry == "harbour talk", timeout=15_000
    )
    assert not bar(imported).isVisible()


def test_a_second_undo_waits_for_the_first(imported, undo):
    with imported.held():
        undo()
        imported.app.desk.undo(on_purpose=imported.app.desk.next_undo().id)
        assert "is still under way" in bar(imported).text.text()
    imported.settle()
    imported.qtbot.waitUntil(lambda: imported.journal.count(Interaction) == 0, timeout=15_000)
    assert imported.app.desk.next_undo().label != "{count} messages imported"


def test_the_looks_change_once_it_has_ended(imported, undo):
    with imported.held():
        undo()
        theme = imported.app.theme
        imported.menu("Light or dark")
        imported.qtbot.wait(20)
        assert imported.app.theme == theme
    imported.qtbot.waitUntil(lambda: imported.app.theme != theme, timeout=15_000)
    assert imported.journal.count(Client) == 0


def test_who_leaves_meanwhile_finds_all_as_it_was(imported, undo):
    before, path = stored(imported), imported.journal.path
    other = Journal.open(path, movable=True)
    other.conn.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, other.close)
    undo()
    release.start()
    imported.window.close()
    imported.app.close_journal()
    release.join()
    QThreadPool.globalInstance().waitForDone()
    with Journal.open(path) as after:
        imported.app.use(after.again())
        assert stored(imported) == before
        assert check(after) == []
