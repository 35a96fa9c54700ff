"""Opening journals: the keyboard where it is needed, journals opened before, damage mended."""

import gc
import gzip
import os
from pathlib import Path
from weakref import ref

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel

from pmdesk.actions.openings import create_journal
from pmdesk.cli import main
from pmdesk.gui.app import App
from pmdesk.gui.pages.places import ABOUT, SETTINGS, TODAY
from pmdesk.gui.settings import Settings
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.errors import shown
from pmdesk.journal.integrity import check
from pmdesk.journal.opening import Opening
from pmdesk.log_file import crashed, tell_crashes
from pmdesk.records.client import Client

V8 = Path(__file__).parents[1] / "journal" / "kept" / "v8-plain.pmdesk.gz"


def encrypted(tmp_path, at, name="secret"):
    journal = create_journal(tmp_path / f"{name}.pmdesk", "one", at=at)
    journal.close()
    return tmp_path / f"{name}.pmdesk"


def test_an_encrypted_journal_opens_with_the_keyboard_in_the_passphrase(driver, tmp_path, at):
    path = encrypted(tmp_path, at)
    driver.app.start(path)
    driver.qtbot.waitUntil(lambda: driver.window.focusWidget() is not None)
    line = driver.window.focusWidget()
    assert line is driver.app.page.open_passphrase
    for character in "two":
        driver.press(character)
    driver.press(Qt.Key.Key_Return)
    assert driver.app.page.open_button.text() == "Opening…"
    assert not driver.app.page.isEnabled()
    driver.qtbot.waitUntil(driver.app.page.problem.isVisible)
    assert driver.desktop is None
    assert "passphrase" in driver.app.page.problem.text().lower()
    assert driver.app.page.open_button.text() == "Open"
    # what was wrong stands selected: the next try types over it
    assert driver.window.focusWidget() is line
    for character in "one":
        driver.press(character)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    with driver.journal.action("Add") as act:
        act.save(Client(name="Pine"))
    assert driver.journal.count(Client) == 1


@pytest.mark.parametrize("begun", [True, False])
def test_the_window_stands_while_the_key_of_a_known_passphrase_is_made(
    driver, tmp_path, at, monkeypatch, begun
):
    path = encrypted(tmp_path, at)
    monkeypatch.setenv("PMDESK_PASSPHRASE", "one")
    driver.app.start(path, Opening(path, "one") if begun else None)
    said = [w.text() for w in driver.app.page.findChildren(QLabel)]
    assert f"Opening {shown(path)}…" in said
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)
    assert driver.app.desk.path == path


def test_what_was_opened_before_the_window_stands_is_shown_at_once(driver, tmp_path, at):
    opening = Opening(encrypted(tmp_path, at), "one")
    opening.wait()
    driver.app.start(opening.path, opening)
    assert driver.app.desk.path == opening.path


@pytest.mark.parametrize("waited", [True, False])
def test_a_wrong_passphrase_of_the_environment_is_told_where_one_types_another(
    driver, tmp_path, at, waited
):
    opening = Opening(encrypted(tmp_path, at), "two")
    if waited:
        driver.qtbot.waitUntil(lambda: opening.ended)
    driver.app.start(opening.path, opening)
    driver.qtbot.waitUntil(lambda: hasattr(driver.app.page, "open_passphrase"))
    assert "does not open" in driver.app.page.problem.text()
    assert driver.window.focusWidget() is driver.app.page.open_passphrase


def test_a_new_user_begins_with_their_address(driver):
    driver.app.start(None)
    assert driver.window.focusWidget() is driver.app.page.own


def test_a_journal_opened_by_a_relative_path_is_found_from_elsewhere(
    driver, tmp_path, at, monkeypatch
):
    create_journal(tmp_path / "day.pmdesk", None, at=at).close()
    monkeypatch.chdir(tmp_path)
    driver.app.start(type(tmp_path)("day.pmdesk"))
    assert driver.desktop is not None
    driver.app.close_journal()
    (tmp_path / "elsewhere").mkdir()
    os.chdir(tmp_path / "elsewhere")
    again = App(QApplication.instance())
    driver.qtbot.addWidget(again.window)
    again.start(None)
    assert again.desk is not None
    assert again.desk.path == tmp_path / "day.pmdesk"
    again.close_journal()


def test_journals_opened_before_are_listed_on_the_start_page_and_in_the_menu(driver, tmp_path, at):
    for name in ("first", "second", "third"):
        create_journal(tmp_path / f"{name}.pmdesk", None, at=at).close()
        driver.app.start(tmp_path / f"{name}.pmdesk")
    (tmp_path / "first.pmdesk").unlink()
    driver.app.leave_journal()
    said = [w.text() for w in driver.app.page.findChildren(QLabel)]
    assert "second" in said
    assert "first" not in said
    driver.app.start(tmp_path / "third.pmdesk")
    entries = [a for a in driver.window.findChildren(QAction) if a.text().endswith("second.pmdesk")]
    entries[0].trigger()
    assert driver.app.desk.path == tmp_path / "second.pmdesk"
    assert Settings.load().recent()[0] == tmp_path / "second.pmdesk"


def test_another_journal_that_is_encrypted_asks_for_its_passphrase(driver, tmp_path, at):
    path = encrypted(tmp_path, at)
    create_journal(tmp_path / "open.pmdesk", None, at=at).close()
    driver.app.start(tmp_path / "open.pmdesk")
    driver.app.leave_journal(path)
    assert driver.window.focusWidget() is driver.app.page.open_passphrase
    assert any(
        str(w.text()).endswith("secret.pmdesk") for w in driver.app.page.findChildren(QLabel)
    )


def break_index(journal):
    journal.conn.execute("DELETE FROM search")
    journal.conn.commit()


def test_a_damaged_index_is_mended_where_it_was_found(sample):
    break_index(sample.journal)
    sample.desktop.show_page(SETTINGS)
    sample.click("Look for damage")
    sample.qtbot.waitUntil(sample.desktop.notice.isVisible, timeout=10_000)
    assert "search index" in sample.desktop.notice.text.text()
    sample.click("Mend it", sample.desktop.notice)
    sample.qtbot.waitUntil(
        lambda: sample.desktop.toast.text.text() == "No damage found.", timeout=10_000
    )
    assert check(sample.journal) == []


def test_the_command_line_mends_it_too(sample):
    path = str(sample.journal.path)
    break_index(sample.journal)
    assert CliRunner().invoke(main, ["check", "-j", path]).exit_code == 1
    done = CliRunner().invoke(main, ["repair", "-j", path])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-2:] == [
        f"As it was, it is kept as {sample.journal.path.stem}.before-repair-1.pmdesk",
        "No damage found.",
    ]
    assert CliRunner().invoke(main, ["check", "-j", path]).exit_code == 0


@pytest.mark.logs
def test_an_error_that_nothing_expected_is_told_with_its_details(sample):
    tell_crashes(sample.app.tell_crash)
    error = LookupError("a bug of ours")
    crashed(type(error), error, None)
    assert "Something went wrong here" in sample.desktop.notice.text.text()
    sample.click("Copy details", sample.desktop.notice)
    # what people send on holds nothing of a client
    assert QApplication.clipboard().text().splitlines()[-1] == "LookupError"
    tell_crashes(lambda _details: None)


def test_a_remembered_page_that_is_none_of_the_rail_is_no_place_to_begin(sample):
    for name in ("timelime", "about", "report"):
        sample.app.settings.page, sample.app.settings.client = name, 0
        sample.app.dress()
        assert sample.desktop.current.place is TODAY


def test_each_library_names_its_licence(sample):
    sample.desktop.show_page(ABOUT)
    told = sample.page.text.toPlainText().splitlines()
    assert not [one for one in told if one.rstrip().endswith(("·", "==="))]
    assert any(one.startswith("kiwisolver ") and one.endswith("BSD License") for one in told)


@pytest.mark.parametrize("leave", ["close_journal", "dress"])
def test_what_was_shown_of_a_journal_is_let_go_with_it(sample, leave):
    sample.desktop.open_client(1)
    sample.settle()
    shown = [ref(sample.app.desk), ref(sample.desktop), ref(sample.page)]
    getattr(sample.app, leave)()

    def gone():
        gc.collect()
        return not any(one() for one in shown)

    sample.qtbot.waitUntil(gone, timeout=5000)  # work beside the window is held a moment longer


@pytest.mark.parametrize("again", [False, True], ids=["at the start", "from the start page"])
def test_the_copy_before_a_new_version_goes_where_backups_are_wanted(driver, tmp_path, again):
    path, drive = tmp_path / "old.pmdesk", tmp_path / "drive"
    drive.mkdir()
    path.write_bytes(gzip.decompress(V8.read_bytes()))
    driver.app.settings.backup_folder = str(drive)
    if again:
        driver.app._on_open(path, None)
    else:
        driver.app.start(path)
    assert [str(backup.reason) for backup in shelf_of(path, str(drive)).all()] == ["migration"]
    assert not shelf_of(path).folder.exists()
