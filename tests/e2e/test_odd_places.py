"""A journal in a folder that a cloud carries: told where it is chosen, once when it opens, and in Settings."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.actions.sample import create_sample
from pmdesk.gui.pages.places import CLIENTS, INSIGHTS, SETTINGS
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client

SAYS = "lies in a folder that Syncthing copies to other computers"


@pytest.fixture
def synced(tmp_path):
    (tmp_path / "synced" / ".stfolder").mkdir(parents=True)
    return tmp_path / "synced"


def texts(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_the_place_is_told_once_at_opening_and_stays_in_settings(driver, synced, at):
    create_journal(synced / "a.pmdesk", at=at).close()
    driver.app.use(Journal.open(synced / "a.pmdesk"))
    assert SAYS in driver.desktop.notice.text.text()
    assert not driver.desktop.notice.isHidden()
    driver.desktop.show_page(SETTINGS)
    assert SAYS in texts(driver.page)
    driver.app.use(Journal.open(synced / "a.pmdesk"))
    assert driver.desktop.notice.isHidden()
    # elsewhere, and back again: it is another thing to know
    (synced / "a.pmdesk").rename(synced.parent / "a.pmdesk")
    (synced / ".stfolder").rmdir()
    (synced.parent / "a.pmdesk").rename(synced / "a.pmdesk")
    driver.app.use(Journal.open(synced / "a.pmdesk"))
    assert driver.desktop.notice.isHidden()
    driver.desktop.show_page(SETTINGS)
    assert "Syncthing" not in texts(driver.page)
    (synced / ".stfolder").mkdir()
    driver.app.use(Journal.open(synced / "a.pmdesk"))
    assert not driver.desktop.notice.isHidden()


def test_another_computer_is_told_each_time(driver, synced, at):
    create_journal(synced / "a.pmdesk", at=at).close()
    for _ in range(2):
        (synced / ".a.pmdesk.open").write_text("laptop-7")
        driver.app.use(Journal.open(synced / "a.pmdesk"))
        assert "is open on laptop-7, too" in driver.desktop.notice.text.text()
        driver.app.close_journal()


@pytest.mark.parametrize(
    ("typed", "says"),
    [("{0}/b", SAYS), ("{0}/deep/er/b.pmdesk", SAYS), ("{0}/../b", ""), ("/", ""), ("", ""),
     ("~nobody/b", "")],
)  # fmt: skip
def test_the_start_page_tells_it_where_the_place_is_chosen(driver, synced, typed, says):
    driver.app.show_start()
    page = driver.app.page
    assert page.about_place.isHidden()
    page.place.setText(typed.format(synced))
    page.place.editingFinished.emit()
    assert says in page.about_place.text()
    assert page.about_place.isHidden() != bool(says)


def test_large_letters_and_long_remarks_leave_every_line_of_the_start_page_its_height(
    driver, synced
):
    driver.app.settings.scale = 200
    driver.app.settings.recent_journals = tuple(str(synced / f"{n}.pmdesk") for n in range(4))
    for path in driver.app.settings.recent_journals:
        Path(path).touch()
    driver.app.wear()
    driver.window.resize(1024, 700)
    driver.app.show_start()
    page = driver.app.page
    page.place.setText(f"{synced}/b")
    page.place.editingFinished.emit()
    driver.qtbot.wait(20)
    lines = [one for one in page.findChildren(QLabel) if one.isVisible()]
    assert SAYS in texts(page)
    assert all(one.height() >= one.fontMetrics().height() for one in lines)
    told = page.about_place
    driver.qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()))
    page.say("Something is wrong.")
    driver.qtbot.wait(20)
    assert not page.problem.visibleRegion().isEmpty()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_that_others_can_read_it_is_told_too(driver, tmp_path, at):
    path = tmp_path / "a.pmdesk"
    create_journal(path, at=at).close()
    path.chmod(0o644)
    os.chown(path, 12_345, 12_345)
    driver.app.use(Journal.open(path))
    assert "can be read by others" in driver.desktop.notice.text.text()


def test_pages_are_read_and_charts_drawn_while_the_window_saves_there(driver, copy_of, synced, at):
    journal = copy_of(create_sample, synced / "a.pmdesk", at=at)
    assert journal.place is not None
    driver.app.use(journal)
    driver.desktop.notice.hide()
    desk, saved = driver.app.desk, journal.count(Client)
    for place in (INSIGHTS, CLIENTS):
        driver.desktop.show_page(place)  # reads beside the window
        for n in range(3):
            desk.do(save_record, Client(name=f"New {place.name} {n}"), at=at)
            driver.qtbot.wait(1)
    driver.settle()
    assert not driver.desktop.notice.isVisible(), driver.desktop.notice.text.text()
    assert journal.count(Client) == saved + 6


@pytest.fixture
def opened(driver, tmp_path, at):
    create_journal(tmp_path / "a.pmdesk", at=at).close()
    driver.app.use(Journal.open(tmp_path / "a.pmdesk"))
    return driver


def begin_client(driver, name):
    driver.desktop.edit(Client())
    driver.type(name, driver.field("name"))
    driver.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, driver.field("name"))


def test_a_journal_that_was_deleted_while_open_is_put_back_with_what_was_typed(opened, tmp_path):
    (tmp_path / "a.pmdesk").unlink()
    begin_client(opened, "Pine")
    notice = opened.desktop.notice
    assert "was moved, deleted or replaced by another program" in notice.text.text()
    opened.click("Put it back", within=notice)
    assert "is back in its place" in opened.desktop.toast.text.text()
    opened.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)  # where it was typed
    opened.app.close_journal()
    with Journal.open(tmp_path / "a.pmdesk") as journal:
        assert [one.name for one in journal.find(Client)] == ["Pine"]


def test_it_is_told_though_nobody_saves_and_closing_puts_it_back(opened, tmp_path):
    begin_client(opened, "Pine")
    (tmp_path / "a.pmdesk").rename(tmp_path / "b.pmdesk")
    opened.desktop.desk.watching.look()
    assert "was moved" in opened.desktop.notice.text.text()
    opened.app.close_journal()
    with Journal.open(tmp_path / "a.pmdesk") as journal:
        assert [one.name for one in journal.find(Client)] == ["Pine"]


def test_a_save_that_another_program_holds_up_is_told_and_done_at_the_next_try(opened):
    with Journal.open(opened.journal.path) as other:
        other.conn.execute("BEGIN IMMEDIATE")
        begin_client(opened, "Pine")
        other.conn.execute("ROLLBACK")
    assert "Another PM Desk is writing" in opened.desktop.notice.text.text()
    opened.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, opened.field("name"))
    assert [one.name for one in opened.journal.find(Client)] == ["Pine"]
