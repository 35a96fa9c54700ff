"""A locked journal: nothing of it is left on the screen, nothing typed is lost, one comes back to it."""

import os
from shutil import copyfile

import pytest
import shiboken6
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from pmdesk.actions.sample import create_sample
from pmdesk.gui.dialogs import save_path
from pmdesk.gui.pages.places import CLIENT, SETTINGS
from pmdesk.gui.settings import Settings
from pmdesk.journal.engine import SqliteError
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise
from pmdesk.typed.spelled import compared
from tests.e2e.locked import CTRL, SHIFT, lock, texts_of, unlock


def names_in(journal):
    """What the journal knows that nobody else is to see: names, texts, its own file."""
    clients, people = journal.find(Client), journal.find(Contact)
    names = {one.name for one in (*clients, *people)}
    names |= {call.subject for call in journal.find(Interaction, limit=200)}
    names |= {promise.what for promise in journal.find(Promise)}
    return {name for name in names if len(name) > 1} | {journal.path.stem}


def told_of(names, window):
    return sorted({name for name in names for text in texts_of(window) if name in text})


def test_nothing_of_it_is_left_to_be_seen_and_it_is_closed(sample, monkeypatch):
    monkeypatch.setenv("PMDESK_PASSPHRASE", "one")
    secret = sample
    secret.app.change_passphrase("one")
    desktop, journal = secret.desktop, secret.journal
    names = names_in(journal)
    desktop.open_client(1)
    client = journal.get(Client, 1)
    desktop.edit(client)
    QGuiApplication.clipboard().setText(client.name)
    desktop.desk.tell(f"{client.name} saved")
    secret.qtbot.wait(300)  # the menus name what would be undone, tables their rows
    assert len(told_of(names, secret.window)) > 3
    assert compared(client.name) == compared(client.name)
    secret.press(Qt.Key.Key_L, CTRL)
    # at once, while the journal is still open
    assert told_of(names, secret.window) == []
    assert secret.window.windowTitle() == "PM Desk"
    secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)
    assert told_of(names, secret.window) == []
    assert not shiboken6.isValid(desktop)
    assert journal.passphrase is None
    assert compared.cache_info().currsize == 0
    assert "PMDESK_PASSPHRASE" not in os.environ
    with pytest.raises(SqliteError):
        journal.rows("SELECT 1")
    assert not journal.path.with_name("sample.pmdesk-wal").exists()
    secret.app.tell_crash("details")
    assert told_of(names, secret.window) == []


def test_a_wrong_passphrase_is_told_at_the_field_and_the_right_one_leads_back(secret):
    secret.desktop.open_client(2)
    secret.desktop.show_tab("trust")
    tab = secret.page.tabs.currentIndex()
    assert tab
    secret.desktop.desk.do(_save, Client(id=None, name="Elm"), at=secret.desktop.desk.now())
    lock(secret)
    field = secret.app.page.field
    assert field.line.hasFocus()
    secret.press(Qt.Key.Key_Return)
    assert field.problem.text() == "⚠ Type the passphrase."
    unlock(secret, "two")
    assert secret.desktop is None
    assert field.problem.text().startswith("⚠ The passphrase does not open the journal.")
    assert "secret" not in field.problem.text()
    assert field.line.hasFocus()
    unlock(secret)  # over what was marked
    assert (secret.desktop.current.place, secret.desktop.current.of_id) == (CLIENT, 2)
    assert secret.page.tabs.currentIndex() == tab
    assert secret.window.windowTitle() == "secret – PM Desk"
    secret.press(Qt.Key.Key_Z, CTRL)  # done in the same sitting: nothing is asked
    assert not secret.desktop.notice.isVisible()
    assert "Elm" not in [client.name for client in secret.journal.find(Client)]


def _save(journal, record, *, at):
    from pmdesk.actions.records import save_record

    return save_record(journal, record, at=at)


def test_a_journal_without_a_passphrase_says_so_and_leads_to_where_one_is_set(sample):
    sample.app.locking.leave()
    assert not sample.app.locking.is_locked
    sample.press(Qt.Key.Key_L, CTRL)
    assert "This journal has no passphrase" in sample.desktop.toast.toolTip()
    sample.click("Set a passphrase", sample.desktop.toast)
    assert sample.desktop.current.place is SETTINGS
    assert sample.page.passphrase.new.line.hasFocus()


def test_idle_minutes_lock_and_keys_mouse_and_wheel_put_them_off(secret):
    locking, now = secret.app.locking, [0.0]
    secret.app.settings.lock_minutes = 1
    locking._watch()  # not only once the window has stood for a while
    locking.idle.clock = lambda: now[0]
    locking.idle._last = 0.0
    handle = secret.window.windowHandle()
    place = secret.window.rect().center()
    acts = [
        lambda: QTest.keyClick(handle, Qt.Key.Key_F9),
        lambda: QTest.mouseMove(handle, place + QPoint(3, 3)),
        lambda: secret.wheel(secret.page),
        lambda: QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImCursorRectangle),
    ]
    for act in acts:
        now[0] += 59
        locking.idle.look()
        assert not locking.is_locked
        act()
        secret.qtbot.wait(1)
    now[0] += 61
    QTest.mouseMove(handle, place)  # too late: who comes now is asked
    secret.qtbot.waitUntil(lambda: locking.is_closed)
    unlock(secret)
    secret.app.settings.lock_minutes = 0
    secret.desktop.desk.wished.emit()
    now[0] += 1e6
    locking.idle.look()
    assert not locking.is_locked
    secret.app.settings.lock_with_screen = True
    secret.desktop.desk.wished.emit()
    locking.screen.on_active(True)
    assert locking.is_locked


def test_writing_under_way_goes_on_unseen_and_the_journal_closes_when_it_is_done(secret):
    import threading

    go, names = threading.Event(), names_in(secret.journal)
    desk, desktop = secret.desktop.desk, secret.desktop

    def write(journal, _progress):
        with journal.action("Add", at=desk.now()) as act:
            act.save(Client(name="Elm"))
            go.wait(5)

    desktop.open_client(1)
    desk.work.begin("Importing Elm…", write, lambda _: desk.tell("Elm is in"))
    secret.desktop.edit(Promise(client_id=1))
    secret.type("Weekly", secret.field("what"))
    secret.press(Qt.Key.Key_L, CTRL)
    secret.qtbot.wait(250)
    assert told_of({*names, "Elm"}, secret.window) == []
    assert "still being written" in secret.app.page.told.text()
    assert not secret.app.page.other_button.isEnabled()
    assert not secret.app.locking.is_closed
    # the system turns dark: that shows nothing either
    secret.window.dress()
    assert told_of({*names, "Elm"}, secret.window) == []
    unlock(secret, "two")
    assert secret.app.page.field.problem.isVisible()
    unlock(secret)
    secret.qtbot.waitUntil(lambda: secret.desktop is not None)
    secret.qtbot.wait(50)
    assert secret.desktop.panel is not None
    secret.press(Qt.Key.Key_L, CTRL)
    go.set()
    secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)
    unlock(secret)
    assert "Elm" in [client.name for client in secret.journal.find(Client)]
    assert secret.desktop.toast.toolTip() == "Elm is in"
    assert secret.field("what").text() == "Weekly"


def test_a_new_passphrase_that_comes_too_late_shows_nothing_and_is_told(secret):
    secret.press(Qt.Key.Key_L, CTRL)
    secret.app.change_passphrase("two")  # its backup was under way until now
    assert secret.desktop is None
    secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)
    unlock(secret)
    assert "locked before it had a new passphrase" in secret.desktop.notice.text.text()


# What the platform without a screen says of dialogs and menus.
@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_dialogs_and_menus_are_closed_and_whoever_opened_them_goes_on(secret):
    is_open = []

    def leave():
        is_open.append(QApplication.activeModalWidget() is not None)
        secret.app.locking.leave()

    QTimer.singleShot(100, leave)
    assert save_path(secret.page, "Northwind", "northwind.txt") is None
    assert is_open == [True]
    assert not secret.app.locking.is_closed  # somebody was within the dialog until now
    secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)
    assert QApplication.activeModalWidget() is None
    unlock(secret)
    menu = QMenu(secret.page)
    menu.addAction("Northwind")
    menu.popup(QPoint(20, 20))
    was_closed = []

    def within():
        """Something that whoever opened the menu still waits for."""
        loop = QEventLoop()
        QTimer.singleShot(150, loop.quit)
        loop.exec()
        was_closed.append(secret.app.locking.is_closed)

    QTimer.singleShot(0, within)
    secret.app.locking.leave()
    assert QApplication.activePopupWidget() is None
    secret.qtbot.waitUntil(lambda: bool(was_closed))
    assert was_closed == [False]
    secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)


def test_language_and_colours_can_be_changed_and_another_journal_opened(
    secret, sample_beside, monkeypatch
):
    def dressed(before):
        # a page that is set into a window is shown, and hears keys, a turn of the loop later
        secret.qtbot.waitUntil(
            lambda: secret.app.page is not before and secret.app.page.isVisible()
        )

    lock(secret)
    secret.type("on")
    before = secret.app.page
    secret.press(Qt.Key.Key_L, CTRL | SHIFT)
    dressed(before)
    assert secret.app.page.language.currentText() == "简体中文"
    assert secret.app.words.language == "zh"
    assert secret.app.page.field.text() == "on"
    before = secret.app.page
    secret.press(Qt.Key.Key_D, CTRL | SHIFT)
    dressed(before)
    assert secret.app.settings.theme == "dark"
    assert secret.app.page.field.line.hasFocus()
    secret.type("e")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(sample_beside), ""))
    secret.qtbot.mouseClick(secret.app.page.other_button, Qt.MouseButton.LeftButton)
    assert secret.journal.path == sample_beside
    assert not secret.app.locking.is_locked


@pytest.fixture
def sample_beside(copy_of, tmp_path, at):
    """Another journal, which nobody has to unlock."""
    with copy_of(create_sample, tmp_path / "other.pmdesk", at=at) as journal:
        return journal.path


def test_another_locked_journal_is_asked_for_its_passphrase(secret, encrypted, monkeypatch):
    monkeypatch.setenv("PMDESK_PASSPHRASE", "one")
    lock(secret)
    other = copyfile(encrypted, encrypted.with_name("third.pmdesk"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(other), ""))
    secret.qtbot.mouseClick(secret.app.page.other_button, Qt.MouseButton.LeftButton)
    assert secret.desktop is None
    assert "secret" not in " ".join(texts_of(secret.window))
    secret.press(Qt.Key.Key_Return)
    assert secret.desktop is None
    unlock(secret)
    assert secret.journal.path == other


def test_when_it_locks_is_chosen_in_the_settings_and_the_sheet_asked_for_there(
    secret, tmp_path, monkeypatch
):
    secret.desktop.show_page(SETTINGS)
    secret.app.locking._watch()  # not only once the window has stood for a while
    part = secret.page.lock
    line = part.minutes.line
    line.setFocus()
    line.selectAll()
    secret.type("none", line)
    secret.press(Qt.Key.Key_Return, widget=line)
    assert part.minutes.problem.text() == "⚠ Give whole minutes from 0 to 1440."
    assert secret.app.settings.lock_minutes == 10
    line.selectAll()
    secret.type("25", line)
    secret.press(Qt.Key.Key_Return, widget=line)
    assert secret.app.locking.idle._limit == 25 * 60
    secret.click("Lock with the screen", part)
    assert not secret.app.locking.screen.watches
    kept = Settings.load()
    assert (kept.lock_minutes, kept.lock_with_screen) == (25, False)
    assert "PBKDF2-HMAC-SHA512, rounds: 256,000" in " ".join(texts_of(secret.window))
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    secret.click("Recovery sheet…", secret.page.passphrase)
    secret.qtbot.waitUntil(target.exists, timeout=20_000)
    secret.settle()
    assert "sheet.pdf" in secret.desktop.toast.toolTip()
    secret.click("Lock now", part)
    assert secret.app.locking.is_locked
