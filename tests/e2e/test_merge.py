"""Another journal merged in the window: looked through, its conflicts decided, one act, undone."""

from dataclasses import replace
from datetime import date, timedelta
from shutil import copyfile
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit

from pmdesk.actions.archive import export_archive
from pmdesk.actions.records import delete_record, save_record
from pmdesk.gui.pages.places import MERGE
from pmdesk.journal.journal import Journal
from pmdesk.records.choices import Tier
from pmdesk.records.client import Client
from pmdesk.records.trust import Promise
from tests.e2e.test_first_hour import drop

LONG = "客户在电话里说，三号机组的联轴器尺寸与图纸不符，需要供应商重新加工。" * 10
TAKEN = ["Call Anna back today", "Order the pump", "Send the plan by mail"]
SECRET = "correct horse"


@pytest.fixture
def parted(driver, copy_of, tmp_path, at):
    """The window on one of two journals that parted, and the path of the other."""
    here, there = tmp_path / "here.pmdesk", tmp_path / "there.pmdesk"
    with copy_of(_both, here, at=at) as one:
        one.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copyfile(here, there)
    with Journal.open(there) as other:
        first, second, _ = other.find(Promise, order="id")
        later = at + timedelta(hours=2)
        save_record(
            other, replace(first, what="Send the plan by mail", due=date(2026, 12, 2)), at=later
        )
        save_record(other, replace(second, what="Call Anna back today"), at=later)
        save_record(other, Client(name="Oak Mills"), at=later)
        (pine,) = other.find(Client, "name = 'Pine Hydro'")
        save_record(other, replace(pine, notes=f"{LONG}对方{LONG}", tier=Tier.KEY), at=later)
    own = Journal.open(here)
    first, second, _ = own.find(Promise, order="id")
    soon = at + timedelta(hours=1)
    save_record(own, replace(first, what="Send the plan signed", due=date(2026, 12, 1)), at=soon)
    delete_record(own, second, at=soon)
    (pine,) = own.find(Client)
    save_record(own, replace(pine, notes=f"{LONG}本机{LONG}", tier=Tier.OCCASIONAL), at=soon)
    driver.app.use(own)
    driver.settle()
    return driver, there


def _both(path, *, at):
    journal = Journal.create(path)
    client = save_record(journal, Client(name="Pine Hydro"), at=at).record
    for what in ("Send the plan", "Call Anna back", "Order the pump"):
        save_record(journal, Promise(client_id=client.id, what=what, to_whom="Anna"), at=at)
    return journal


def looked(driver):
    """Wait until the other journal has been looked through."""
    page = driver.page
    driver.qtbot.waitUntil(lambda: page._task is None, timeout=10_000)
    driver.qtbot.wait(20)
    return page


def merged(driver):
    driver.qtbot.waitUntil(lambda: not driver.desktop.desk.work.running, timeout=10_000)
    return looked(driver)


def detail_texts(page):
    """The values that stand side by side, row by row."""
    detail = page.conflicts.detail
    return [
        one.text() if isinstance(one, QLabel) else one.toPlainText()
        for kind in (QLabel, QPlainTextEdit)
        for one in detail.findChildren(kind)
        if one.isVisible()
    ]


def marked(page):
    """What of each long text is shown as different."""
    edits = page.conflicts.detail.findChildren(QPlainTextEdit)
    held = [edit.extraSelections()[0] for edit in edits]  # a cursor alone would go with them
    return [one.cursor.selectedText() for one in held]


def whats(journal):
    return sorted(one.what for one in journal.find(Promise))


def test_what_both_have_changed_stands_side_by_side(parted, monkeypatch):
    driver, there = parted
    driver.menu("Merge another journal…")
    assert driver.desktop.current.place is MERGE
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(there), ""))
    driver.click("Choose a file…")
    page = looked(driver)
    assert page.other.status.text() == ("Would add 1, change 0, delete 0; the same 1, only here 0")
    conflicts = page.conflicts
    assert "3" in conflicts.remark.text()
    assert not page.merge_button.isEnabled()
    # the client: a long text stands whole on both sides
    assert {f"{LONG}本机{LONG}", f"{LONG}对方{LONG}", Tier.KEY.label, Tier.OCCASIONAL.label} <= set(
        detail_texts(page)
    )
    assert marked(page) == ["本机", "对方"]
    # down to the promise that both changed: what clashes alone, then what is there
    conflicts.list.setFocus()
    driver.press(Qt.Key.Key_Down)
    texts = detail_texts(page)
    both = {"Send the plan signed", "Send the plan by mail", "1 Dec 2026", "2 Dec 2026"}
    assert both | {"Promise · Pine Hydro"} <= set(texts)
    assert "Anna" not in texts
    # the one that was deleted here
    driver.press(Qt.Key.Key_Down)
    texts = detail_texts(page)
    assert {"Call Anna back today", "–"} <= set(texts)
    assert any(text.startswith("deleted ") for text in texts)


def test_two_journals_that_parted_become_one(parted):
    driver, there = parted
    drop(driver, there)
    page = looked(driver)
    conflicts = page.conflicts
    conflicts.list.setFocus()
    driver.press(Qt.Key.Key_Down)
    driver.press(Qt.Key.Key_Right)
    assert conflicts.detail.radios[1].isChecked()
    driver.press(Qt.Key.Key_Down)
    driver.click("Take it back from there", page)
    driver.window.resize(1024, 700)
    assert "1" in conflicts.remark.text()
    assert not page.merge_button.isEnabled()
    # an act in between: it is looked through again, and what was chosen stays
    desk = driver.desktop.desk
    desk.do(save_record, Client(name="Elm Ports"), at=desk.now())
    looked(driver)
    assert (conflicts.left, conflicts.list.currentIndex().row()) == (1, 2)
    driver.app.dress()  # other letters build the page anew
    driver.desktop.show_page(MERGE)
    page = looked(driver)
    assert page.conflicts.left == 1
    page.conflicts.list.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        driver.press(key)
    driver.click("Merge", page)
    page = merged(driver)
    assert "Merged: 2 added" in driver.desktop.toast.text.text()
    assert whats(driver.journal) == TAKEN
    notes = {one.name: one.notes for one in driver.journal.find(Client)}
    assert notes == {"Pine Hydro": f"{LONG}本机{LONG}", "Oak Mills": "", "Elm Ports": ""}
    # merging again: everything is the same
    assert not page.conflicts.isVisible()
    assert page.other.status.text().startswith("✓ Everything it holds is here")
    driver.click("Undo", driver.desktop.toast)
    page = looked(driver)
    assert whats(driver.journal) == ["Order the pump", "Send the plan signed"]
    assert driver.journal.count(Client) == 2
    assert page.conflicts.left == 0  # decided already, should it be merged again


def test_all_at_once_and_what_is_newer(parted, at):
    driver, there = parted
    drop(driver, there)
    page = looked(driver)
    assert driver.desktop.current.place is MERGE
    driver.click("Here", page.conflicts)
    assert page.merge_button.isEnabled()
    driver.click("The newer", page.conflicts)
    driver.click("Merge", page)
    page = merged(driver)
    assert whats(driver.journal) == TAKEN
    driver.click("Merge", page)
    merged(driver)
    assert driver.desktop.toast.text.text() == "Everything is the same. Nothing was changed."


def test_a_look_that_is_stopped_gives_nothing(parted):
    driver, there = parted
    driver.desktop.show_page(MERGE)
    page = driver.page
    page.use(there)
    QThreadPool.globalInstance().waitForDone()  # its answer is on the way already
    page.other.cancel_button.click()
    driver.settle()
    assert page.other.status.text() == "Stopped. Nothing was changed."
    assert not page.other.cancel_button.isVisible()
    assert not page.merge_button.isEnabled()
    assert not page.conflicts.isVisible()


def test_an_encrypted_other_asks_for_its_passphrase_at_its_place(parted, tmp_path, at):
    driver, _ = parted
    path = tmp_path / "locked.pmdesk"
    with Journal.create(path, SECRET) as other:
        save_record(other, Client(name="Oak Mills"), at=at)
    drop(driver, path)
    page = looked(driver)
    line = page.other.secret.line
    assert line.hasFocus()
    driver.type("wrong horse")
    driver.press(Qt.Key.Key_Return)
    looked(driver)
    assert "does not open" in page.other.secret.problem.text()
    assert line.text() == "wrong horse"
    driver.type(SECRET)  # what was typed is chosen, so that typing takes its place
    driver.press(Qt.Key.Key_Return)
    looked(driver)
    assert not line.isVisible()
    driver.click("Merge", page)
    merged(driver)
    assert {one.name for one in driver.journal.find(Client)} == {"Pine Hydro", "Oak Mills"}


def _newer_archive(path, driver):
    export_archive(driver.journal, path)
    with ZipFile(path) as pack:
        held = {name: pack.read(name) for name in pack.namelist()}
    held["archive.json"] = held["archive.json"].replace(b'"archive": 1', b'"archive": 9')
    _zip_of(path, held)


def _zip_of(path, held):
    from hashlib import sha256

    held["SHA256SUMS"] = "".join(
        f"{sha256(data).hexdigest()}  {name}\n"
        for name, data in held.items()
        if name != "SHA256SUMS"
    ).encode()
    with ZipFile(path, "w") as pack:
        for name, data in held.items():
            pack.writestr(name, data)


def _torn_archive(path, driver):
    export_archive(driver.journal, path)
    path.write_bytes(path.read_bytes()[:-200])


def _torn_journal(path, driver):
    driver.journal.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = driver.journal.path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("newer.zip", _newer_archive, "was written by a newer PM Desk"),
        ("torn.zip", _torn_archive, "is no archive of a journal, or damaged"),
        ("torn.pmdesk", _torn_journal, "is damaged"),
        ("note.pmdesk", lambda path, _: path.write_text("Not ours."), "is not a PM Desk journal"),
        ("here.pmdesk", lambda *_: None, "This is the journal that is open"),
        ("busy.pmdesk", "busy", "Another PM Desk is writing"),
        ("gone.zip", lambda *_: None, "cannot be read"),
    ],
)
def test_why_one_cannot_be_taken_is_said_at_its_place(
    parted, tmp_path, monkeypatch, name, make, said
):
    driver, there = parted
    path, other = tmp_path / name, None
    if make == "busy":
        # nobody waits five seconds here for what is never let go
        monkeypatch.setitem(Journal.open.__func__.__kwdefaults__, "busy_seconds", 0.1)
        copyfile(there, path)
        other = Journal.open(path)
        other.conn.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.conn.execute("BEGIN EXCLUSIVE")
    else:
        make(path, driver)
    driver.desktop.show_page(MERGE)
    driver.page.use(path)
    page = looked(driver)
    assert said in page.other.problem.text()
    assert page.other.problem.isVisible()
    assert not page.merge_button.isEnabled()
    assert not page.conflicts.isVisible()
    if other is not None:
        other.close()


def test_an_archive_of_one_client_says_so_until_another_is_chosen(parted, tmp_path):
    driver, there = parted
    with Journal.open(there) as other:
        oak = other.find(Client, "name = 'Oak Mills'")[0]
        export_archive(other, tmp_path / "oak.zip", client=oak)
    driver.desktop.show_page(MERGE)
    page = driver.page
    page.use(tmp_path / "oak.zip")
    looked(driver)
    assert "of one client alone: Oak Mills" in page.other.note.text()
    assert page.conflicts.isHidden()
    page.use(there)
    looked(driver)
    assert page.other.note.isHidden()


def test_a_merge_that_was_undone_is_asked_again_and_may_be_decided_otherwise(parted):
    driver, there = parted
    driver.desktop.show_page(MERGE)
    page = driver.page
    page.use(there)
    looked(driver)
    conflicts = len(page.conflicts.model.conflicts)
    driver.click("Here", page.conflicts)
    driver.click("Merge", page)
    merged(driver)
    assert page.conflicts.isHidden()
    driver.click("Undo", driver.desktop.toast)
    merged(driver)
    assert len(page.conflicts.model.conflicts) == conflicts
    driver.click("There", page.conflicts)
    driver.click("Merge", page)
    merged(driver)
    assert sorted(promise.what for promise in driver.journal.find(Promise)) == TAKEN
