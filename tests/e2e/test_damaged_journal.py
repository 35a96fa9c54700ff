"""A journal whose first page is overwritten comes back from the window; a wrong passphrase is none such."""

import os
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from pmdesk.actions.openings import create_journal
from pmdesk.gui.dialogs import QFileDialog
from pmdesk.gui.pages.damaged_page import DamagedPage
from pmdesk.gui.pages.places import TODAY
from pmdesk.gui.pages.start_page import StartPage
from pmdesk.gui.pages.waiting_page import WaitingPage
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.records.client import Client
from tests.e2e.locked import CTRL, lock, texts_of


@pytest.fixture(params=[None, "one two"], ids=["plain", "encrypted"])
def spoilt(request, tmp_path, at, quick_key):
    """A journal with two backups, of one and of two clients, and its passphrase; its first page is noise."""
    path = tmp_path / "day.pmdesk"
    with create_journal(path, request.param, at=at) as journal:
        for n, name in enumerate(("Pine", "Oak", "Elm")):
            with journal.action("Add", at=at) as act:
                act.save(Client(name=name))
            if name != "Elm":
                shelf_of(path).keep(journal, Reason.CHANGED, at=at + timedelta(days=n))
    with path.open("r+b") as file:
        file.write(os.urandom(4096))
    return path, request.param


class Clicks:
    """Real clicks of the mouse on the window, counted."""

    def __init__(self, driver):
        self.driver, self.n = driver, 0

    def on(self, text):
        page = self.driver.app.page

        def found():
            return [
                each
                for each in page.findChildren(QAbstractButton)
                if each.text() == text and each.isVisible() and each.isEnabled()
            ]

        self.driver.qtbot.waitUntil(lambda: bool(found()))
        self.driver.qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)
        self.n += 1


def open_spoilt(driver, path, passphrase):
    """Start, and type the passphrase where it is asked."""
    clicks = Clicks(driver)
    driver.app.start(path)
    if passphrase:
        driver.type(passphrase, driver.app.page.open_passphrase)
        clicks.on("Open")
    driver.qtbot.waitUntil(lambda: isinstance(driver.app.page, DamagedPage))
    return clicks


def test_a_journal_without_its_first_page_comes_back_in_three_clicks(driver, spoilt):
    path, passphrase = spoilt
    clicks = open_spoilt(driver, path, passphrase)
    clicks.on("Restore")
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    assert clicks.n <= 3
    assert [client.name for client in driver.journal.find(Client, order="id")] == ["Pine", "Oak"]
    assert driver.journal.passphrase == passphrase
    assert driver.desktop.current.place is TODAY
    assert "kept as “day.before-restore-1.pmdesk”" in driver.desktop.notice.text.text()
    with driver.journal.action("Add") as act:
        act.save(Client(name="Ash"))


def test_where_the_newest_backup_is_damaged_too_the_one_before_is_chosen(driver, spoilt):
    path, passphrase = spoilt
    newest, older = shelf_of(path).all()
    with newest.path.open("r+b") as file:
        file.seek(9000)
        file.write(b"\xff" * 8)
    open_spoilt(driver, path, passphrase)
    page = driver.app.page
    driver.qtbot.waitUntil(lambda: page.rows.current().path == older.path)
    assert page.restore_button.hasFocus()
    driver.press(Qt.Key.Key_Space)
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    assert [client.name for client in driver.journal.find(Client)] == ["Pine"]


@pytest.mark.parametrize("spoilt", ["one two"], ids=["encrypted"], indirect=True)
def test_a_passphrase_that_opens_no_backup_is_asked_again_with_the_way_to_them(driver, spoilt):
    path, passphrase = spoilt
    clicks = Clicks(driver)
    driver.app.start(path)
    driver.type("other", driver.app.page.open_passphrase)
    clicks.on("Open")
    driver.qtbot.waitUntil(driver.app.page.problem.isVisible)
    assert isinstance(driver.app.page, StartPage)
    clicks.on("Restore a backup…")
    page = driver.app.page
    assert page.secret.line.hasFocus()
    driver.press(Qt.Key.Key_Return)
    assert page.secret.problem.text() == "⚠ Type the passphrase of this backup."
    driver.type("two")
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(
        lambda: isinstance(driver.app.page, DamagedPage) and driver.app.page is not page
    )
    page = driver.app.page
    assert "The passphrase does not open" in page.problem.text()
    assert page.secret.line.hasFocus()
    driver.type(passphrase)
    clicks.on("Restore")
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    assert clicks.n <= 3


def test_a_journal_that_was_damaged_while_it_was_locked_comes_back(driver, tmp_path, at, quick_key):
    path = tmp_path / "day.pmdesk"
    journal = create_journal(path, "one", at=at)
    with journal.action("Add", at=at) as act:
        act.save(Client(name="Pine"))
    shelf_of(path).keep(journal, Reason.CHANGED, at=at)
    driver.app.use(journal)
    driver.settle()
    lock(driver)
    with path.open("r+b") as file:
        file.write(os.urandom(4096))
    driver.type("two")
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: "does not open the journal" in "".join(texts_of(driver.window)))
    assert driver.app.locking.is_locked
    assert not [text for text in texts_of(driver.window) if "day" in text]
    driver.press(Qt.Key.Key_A, CTRL)
    driver.type("one")
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: isinstance(driver.app.page, DamagedPage))
    assert not driver.app.locking.is_locked
    Clicks(driver).on("Restore")
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    assert [client.name for client in driver.journal.find(Client)] == ["Pine"]


@pytest.mark.parametrize("spoilt", [None], ids=["plain"], indirect=True)
def test_from_the_damaged_journal_another_is_opened(driver, spoilt, tmp_path, at, monkeypatch):
    create_journal(tmp_path / "other.pmdesk", None, at=at).close()
    clicks = open_spoilt(driver, *spoilt)
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_, **__: (str(tmp_path / "other.pmdesk"), "")
    )
    clicks.on("Open another file…")
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    assert driver.journal.path == tmp_path / "other.pmdesk"


def test_what_can_be_read_is_salvaged_into_a_journal_that_is_opened(
    driver, spoilt, tmp_path, monkeypatch
):
    path, passphrase = spoilt
    target = tmp_path / "salvaged.pmdesk"
    clicks = open_spoilt(driver, path, passphrase)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    clicks.on("Salvage what can be read…")
    driver.qtbot.waitUntil(lambda: not isinstance(driver.app.page, DamagedPage | WaitingPage))
    assert {"Clients", "3"} <= {found.text() for found in driver.app.page.findChildren(QLabel)}
    driver.press(Qt.Key.Key_Space)
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    assert driver.journal.path == target
    assert driver.journal.passphrase == passphrase
    assert driver.journal.count(Client) == 3
