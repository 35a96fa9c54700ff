"""Backups by themselves while the window is open, the page that lists them, and the way back."""

import time
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from pmdesk.actions.openings import create_journal
from pmdesk.gui import backing
from pmdesk.gui.pages.places import BACKUPS, SETTINGS
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client


def add(driver, name):
    with driver.journal.action("Add") as act:
        act.save(Client(name=name))


def shelf(driver):
    return shelf_of(driver.app.journal_path(), driver.app.settings.backup_folder)


def reasons(driver):
    return [str(backup.reason) for backup in shelf(driver).all()]


def names(path):
    with Journal.open(path) as journal:
        return [client.name for client in journal.find(Client, order="id")]


@pytest.fixture
def kept(driver, copy_of, tmp_path, at, monkeypatch, quick_key):
    """The window on a small journal of which backups are kept; the first look is at once."""
    monkeypatch.setattr(backing, "_FIRST", timedelta(milliseconds=20))
    driver.app.settings.backups = True
    journal = copy_of(create_journal, tmp_path / "day.pmdesk", at=at)
    with journal.action("Add", at=at) as act:
        act.save(Client(name="Pine"))
    with driver.qtbot.waitSignal(driver.app.backing.kept):
        driver.app.use(journal)
    yield driver
    driver.app.close_journal()
    driver.app.backing.wait()


def look(kept):
    """The clock says that it is time."""
    with kept.qtbot.waitSignal(kept.app.backing.kept):
        kept.app.backing.renew()


def test_what_changed_is_backed_up_and_what_did_not_is_not(kept):
    assert reasons(kept) == ["changed"]
    look(kept)
    add(kept, "Oak")
    look(kept)
    assert reasons(kept) == ["changed", "changed"]
    assert names(shelf(kept).all()[0].path) == ["Pine", "Oak"]
    assert not kept.desktop.notice.isVisible()


def test_at_close_the_rest_is_kept_while_the_window_goes_on(kept):
    path = kept.journal.path
    add(kept, "Oak")
    began = time.monotonic()
    kept.app.leave_journal()
    assert time.monotonic() - began < 0.5
    kept.app.backing.wait()
    assert reasons(kept) == ["closed", "changed"]
    assert names(shelf(kept).all()[0].path) == ["Pine", "Oak"]
    # the last to close has folded the log into the file
    assert not path.with_name(f"{path.name}-wal").exists()


def test_switched_off_nothing_is_kept_by_itself(kept):
    add(kept, "Oak")
    kept.app.backing.renew()  # one would come in a moment
    kept.app.settings.backups = False
    kept.app.backing.renew()
    kept.journal.back_up_before(Reason.DELETION)
    kept.qtbot.wait(40)
    kept.app.backing.wait()
    kept.app.leave_journal()
    kept.app.backing.wait()
    assert reasons(kept) == ["changed"]


def test_before_a_large_act_in_the_window_the_state_of_that_moment_is_kept(kept):
    add(kept, "Oak")
    began = time.monotonic()
    with kept.qtbot.waitSignal(kept.app.backing.kept), kept.app.backing.alone():
        kept.journal.back_up_before(Reason.DELETION)
        assert time.monotonic() - began < 0.05
        add(kept, "written before the copy is made")
    assert reasons(kept)[0] == "deletion"
    assert names(shelf(kept).all()[0].path) == ["Pine", "Oak"]


def test_before_a_large_act_beside_the_window_it_is_made_there(kept):
    add(kept, "Oak")
    done = []
    kept.app.desk.work.begin(
        "Importing…", lambda journal, _: journal.back_up_before(Reason.IMPORT), done.append
    )
    kept.qtbot.waitUntil(lambda: bool(done))
    assert reasons(kept) == ["import", "changed"]


def test_a_folder_that_is_gone_is_told_once_and_tried_again(kept, tmp_path):
    kept.app.settings.backup_folder = str(tmp_path / "drive")
    backing_ = kept.app.backing
    with kept.qtbot.waitSignal(backing_.failed):
        backing_.renew()
    notice = kept.desktop.notice
    assert notice.isVisible()
    assert "Connect that drive" in notice.text.text()
    notice.hide()
    with kept.qtbot.waitSignal(backing_.failed):
        backing_._look()
    assert not notice.isVisible()
    with kept.qtbot.waitSignal(backing_.failed):
        backing_.renew()  # the settings were changed, and it is still not there
    assert notice.isVisible()
    notice.hide()
    (tmp_path / "drive").mkdir()
    with kept.qtbot.waitSignal(backing_.kept):
        backing_.renew()
    assert len(reasons(kept)) == 1
    # a large act is done although none could be made of it
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    add(kept, "Oak")
    with kept.qtbot.waitSignal(backing_.failed):
        kept.journal.back_up_before(Reason.DELETION)
    assert notice.isVisible()
    with kept.qtbot.waitSignal(backing_.kept):
        (tmp_path / "unplugged").rename(tmp_path / "drive")
        kept.click("Try again", notice)


def test_a_passphrase_is_changed_after_a_backup_and_the_next_one_asks_for_it(kept):
    add(kept, "Oak")
    kept.desktop.show_page(SETTINGS)
    for field in (kept.page.passphrase.new, kept.page.passphrase.again):
        kept.type("one", field.line)
    with kept.qtbot.waitSignal(kept.app.backing.kept):
        kept.click("Set passphrase", kept.page.passphrase)
        kept.qtbot.waitUntil(lambda: kept.journal.passphrase == "one")
    newest, before, _ = shelf(kept).all()
    assert (str(before.reason), before.encrypted) == ("passphrase", False)
    assert newest.encrypted
    kept.desktop.show_page(BACKUPS)
    kept.qtbot.waitUntil(lambda: len(kept.page.rows.entries.backups) == 3)
    kept.page.rows.choose(before.path)
    preview = kept.page.preview
    kept.qtbot.waitUntil(preview.confirming.ask_button.isEnabled)
    assert "⚠ Not encrypted" in preview.open_to_all.text()
    kept.click("Restore…", preview)
    assert "no passphrase" in preview.confirming.bare.text()
    assert preview.confirming.bare.isVisible()
    assert "had a passphrase: 2" in kept.page.readable.text()
    kept.click("Remove them…", kept.page)
    kept.click("Remove them", kept.desktop.notice)
    kept.qtbot.waitUntil(lambda: len(kept.page.rows.entries.backups) == 1)
    assert all(backup.encrypted for backup in shelf(kept).all())
    assert not kept.page.readable.isVisible()


@pytest.fixture
def page(kept):
    """The page of backups, the older of two chosen, everything found out."""
    add(kept, "Oak")
    look(kept)
    add(kept, "Elm")
    kept.desktop.show_page(BACKUPS)
    kept.qtbot.waitUntil(lambda: len(kept.page.rows.entries.backups) == 2)
    kept.press(Qt.Key.Key_Down, widget=kept.page.rows)
    settle(kept)
    return kept


def settle(kept):
    looks = kept.page.looks
    kept.qtbot.waitUntil(lambda: looks._task is None and looks._wanted() is None)


def texts(widget):
    return [found.text() for found in widget.findChildren(QLabel) if found.isVisible()]


def test_the_list_tells_what_each_is_and_the_preview_what_it_holds(page):
    rows = page.page.rows
    said = [rows.entries.index(n, 0).data() for n in (0, 1)]
    assert all("While working" in text and "✓ Sound" in text for text in said)
    assert "Since then: Clients +1" in said[0]
    assert "Since then: Clients +2" in said[1]
    told = texts(page.page.preview)
    assert {"Clients", "2", "Pine"} <= set(told)


def test_a_backup_is_restored_by_keyboard_and_undo_puts_the_journal_back(page):
    path = page.journal.path
    page.press(Qt.Key.Key_Return, widget=page.page.rows)
    confirming = page.page.preview.confirming
    assert "day.before-restore-1.pmdesk" in confirming.sentence.text()
    page.press(Qt.Key.Key_Escape)
    assert not confirming.box.isVisible()
    assert confirming.ask_button.hasFocus()
    page.press(Qt.Key.Key_Space)
    page.press(Qt.Key.Key_Space)
    page.qtbot.waitUntil(lambda: page.desktop is not None)
    assert [client.name for client in page.journal.find(Client)] == ["Pine"]
    assert names(path.with_name("day.before-restore-1.pmdesk")) == ["Pine", "Oak", "Elm"]
    newest = shelf(page).all()[0]
    assert names(newest.path) == ["Pine", "Oak", "Elm"]
    # on a slow machine the clock has kept this very state already, and no second copy is made
    assert newest.reason in {"restore", "changed"}
    assert page.desktop.current.place is BACKUPS
    notice = page.desktop.notice
    assert "kept as “day.before-restore-1.pmdesk”" in notice.text.text()
    page.click("Undo", notice)
    page.qtbot.waitUntil(lambda: page.desktop is not None)
    assert [client.name for client in page.journal.find(Client)] == ["Pine", "Oak", "Elm"]
    assert "again as it was" in page.desktop.notice.text.text()


def test_a_damaged_backup_is_told_and_cannot_be_restored(page):
    older = page.page.rows.current()
    with older.path.open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff")
    page.page.looks.forget("sound")
    page.page.refresh()
    page.qtbot.waitUntil(lambda: "Damaged" in page.page.preview.state.text())
    assert not page.page.preview.confirming.ask_button.isEnabled()
    settle(page)
    assert "⚠ Damaged" in page.page.rows.entries.index(1, 0).data()


def test_one_more_is_made_by_hand(page):
    page.click("Back up now")
    assert page.page.now_button.text() == "Backing up…"
    page.qtbot.waitUntil(lambda: len(page.page.rows.entries.backups) == 3)
    assert page.page.now_button.text() == "Back up now"
    assert reasons(page)[0] == "hand"
    assert page.desktop.toast.text.text() == "Backed up, opened and checked."


def test_a_journal_without_backups_says_when_they_are_made(driver, copy_of, tmp_path, at):
    driver.app.use(copy_of(create_journal, tmp_path / "day.pmdesk", at=at))
    driver.desktop.show_page(BACKUPS)
    driver.qtbot.waitUntil(lambda: "No backups yet" in texts(driver.page))
    assert "Backups are switched off in the settings." in texts(driver.page)


def test_the_settings_say_whether_where_how_often_and_how_much(kept, tmp_path, monkeypatch):
    kept.desktop.show_page(SETTINGS)
    part, settings = kept.page.backups, kept.app.settings
    for field, typed, name, value in (
        (part.minutes, "十五", "backup_minutes", 15),
        (part.gigabytes, "5", "backup_gb", 5),
    ):
        field.line.clear()
        kept.type("0", field.line)
        kept.press(Qt.Key.Key_Return, widget=field.line)
        assert "Give whole" in field.problem.text()
        assert getattr(settings, name) == getattr(type(settings)(), name)
        field.line.clear()
        kept.type(typed, field.line)
        kept.press(Qt.Key.Key_Return, widget=field.line)
        assert not field.problem.isVisible()
        assert getattr(settings, name) == value
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(tmp_path / "far"))
    (tmp_path / "far").mkdir()
    with kept.qtbot.waitSignal(kept.app.backing.kept):
        kept.click("Another folder…", part)
    assert shelf(kept).folder.parent == tmp_path / "far"
    assert len(shelf(kept).all()) == 1
    kept.click("Beside the journal", part)
    assert settings.backup_folder == ""
    kept.click("Back up by itself", part)
    assert not settings.backups
    assert not part.minutes.isEnabled()


def test_a_backup_under_another_passphrase_is_opened_by_its_own(page, tmp_path, at):
    with create_journal(tmp_path / "earlier.pmdesk", "one", at=at) as earlier:
        with earlier.action("Add", at=at) as act:
            act.save(Client(name="Ash"))
        shelf(page).keep(earlier, Reason.HAND, at=at)
    page.page.refresh()
    page.qtbot.waitUntil(lambda: len(page.page.rows.entries.backups) == 3)
    page.page.rows.choose(shelf(page).all()[0].path)
    settle(page)
    preview = page.page.preview
    assert not preview.confirming.ask_button.isEnabled()
    page.type("none", preview.secret.line)
    page.press(Qt.Key.Key_Return, widget=preview.secret.line)
    settle(page)
    assert "does not open" in preview.secret.problem.text()
    assert preview.secret.line.hasFocus()
    page.type("one")  # over what was marked
    page.press(Qt.Key.Key_Return)
    settle(page)
    assert preview.names.text() == "Ash"
    assert preview.missing.text() == "Not in the journal now: Ash"
    page.click("Restore…", preview)
    page.click("Restore", preview)
    page.qtbot.waitUntil(lambda: page.desktop is not None)
    assert page.journal.passphrase == "one"
