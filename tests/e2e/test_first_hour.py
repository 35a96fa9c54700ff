"""A new user's first hour: start, own addresses, a mailbox, a client, the chart, the PDF."""

import zipfile
from datetime import UTC, datetime

from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit

from pmdesk.gui.pages.places import IMPORT
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from tests.exchange.mail.stores import Folder, store

LETTER = (
    "From zhou@pine.example Mon Mar  2 09:00:00 2026\nFrom: Zhou <zhou@pine.example>\nTo: me@desk.example\n"
    "Subject: Plan {n}\nDate: Mon, {day} Mar 2026 09:00:00 +0800\nMessage-ID: <{n}@x>\n\n延期的原因？\n\n"
)


def drop(driver, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(200, 200),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    driver.window.dropEvent(event)
    driver.settle()


def start(driver, tmp_path, *, passphrase=""):
    driver.app.start(None)
    page = driver.app.page
    page.place.clear()
    driver.type(str(tmp_path / "mine.pmdesk"), page.place)
    driver.type("me@desk.example", page.own)
    driver.type(passphrase, page.passphrase)
    driver.type(passphrase, page.repeat)
    driver.click("Create journal")
    driver.settle()


def tick_and_name(driver, row, name):
    """Tick a sender with the mouse and type a name over the one proposed."""
    table = driver.page.people.unclear
    tick = table.visualItemRect(table.item(row, 0))
    driver.qtbot.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPoint(tick.left() + 20, tick.center().y()),
    )
    driver.settle()
    assert table.ticked()
    place = table.visualItemRect(table.item(row, 1)).center()
    driver.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = table.viewport().findChild(QLineEdit)
    editor.selectAll()
    driver.type(name, editor)
    driver.qtbot.keyClick(editor, Qt.Key.Key_Return)
    driver.settle()
    driver.qtbot.waitUntil(lambda: not driver.page.foot.is_running)


def test_from_nothing_to_a_chart_and_a_pdf(driver, tmp_path):
    start(driver, tmp_path, passphrase="secret")
    assert driver.journal.passphrase == "secret"
    box = tmp_path / "box.mbox"
    box.write_text("".join(LETTER.format(n=n, day=n + 2) for n in range(6)), "utf-8")
    drop(driver, box)
    page = driver.page
    assert page.foot.take_button.text() == "Import 0 messages"
    tick_and_name(driver, 0, "青松制造")
    driver.page.people.unclear.setFocus()
    driver.press(Qt.Key.Key_Tab)
    assert driver.window.focusWidget() is not driver.page.people.unclear
    driver.click("Import 6 messages")
    driver.settle()
    assert driver.journal.count(Interaction) == 6
    assert [line.name for line in driver.page.model.rows] == ["青松制造"]
    driver.press(Qt.Key.Key_Return, widget=driver.page.filter)
    assert driver.page.title.text() == "青松制造"
    driver.settle()
    overview = driver.page.stack.currentWidget()
    driver.qtbot.waitUntil(lambda: overview.chart_card.panels is not None, timeout=10_000)
    driver.click("Reports")
    driver.settle()
    driver.qtbot.waitUntil(lambda: "Setting" not in driver.page.remark.text(), timeout=10_000)
    target = tmp_path / "summary.pdf"
    driver.page.write(target)
    driver.settle()
    assert "青松制造" in PdfReader(target).pages[0].extract_text()


def test_an_import_is_taken_back_by_one_undo(driver, tmp_path):
    start(driver, tmp_path)
    (tmp_path / "box.mbox").write_text(LETTER.format(n=1, day=3), "utf-8")
    drop(driver, tmp_path / "box.mbox")
    driver.click("Also take mail that concerns none of my clients")
    driver.settle()
    driver.click("Import 1 message")
    driver.settle()
    assert driver.journal.count(Interaction) == 1
    driver.menu("Undo")
    assert driver.journal.count(Interaction) == 0
    driver.menu("Redo")
    assert driver.journal.count(Interaction) == 1


def test_what_is_wrong_at_the_start_is_said_there_and_kept(driver, tmp_path):
    driver.app.start(None)
    page = driver.app.page
    page.place.setText(str(tmp_path / "mine.pmdesk"))
    driver.type("nobody", page.own)
    driver.click("Create journal")
    assert "nobody" in page.problem.text()
    page.own.clear()
    driver.type("one", page.passphrase)
    driver.click("Create journal")
    assert page.problem.text() == "⚠ The two are not the same."
    assert page.passphrase.text() == "one"
    assert not (tmp_path / "mine.pmdesk").exists()
    page.passphrase.clear()
    (tmp_path / "mine.pmdesk").write_text("something else")
    driver.click("Create journal")
    assert "already exists" in page.problem.text()
    assert (tmp_path / "mine.pmdesk").read_text() == "something else"


def test_an_encrypted_journal_asks_and_a_wrong_passphrase_is_told(driver, tmp_path):
    path = tmp_path / "secret.pmdesk"
    Journal.create(path, "right").close()
    driver.app.start(path)
    page = driver.app.page
    driver.type("wrong", page.open_passphrase)
    driver.press(Qt.Key.Key_Return, widget=page.open_passphrase)
    driver.qtbot.waitUntil(lambda: "does not open" in page.problem.text())
    page.open_passphrase.clear()
    driver.type("right", page.open_passphrase)
    driver.press(Qt.Key.Key_Return, widget=page.open_passphrase)
    driver.qtbot.waitUntil(lambda: driver.desktop is not None)


def test_mail_without_own_addresses_is_not_taken(driver, tmp_path):
    driver.app.start(None)
    driver.app.page.place.setText(str(tmp_path / "mine.pmdesk"))
    driver.click("Create journal")
    (tmp_path / "box.mbox").write_text(LETTER.format(n=1, day=3), "utf-8")
    drop(driver, tmp_path / "box.mbox")
    driver.click("Also take mail that concerns none of my clients")
    driver.settle()
    driver.click("Import 1 message")
    assert "Say which addresses are your own" in driver.page.people.own_problem.text()
    assert driver.journal.count(Client) == 0


def test_what_cannot_be_read_is_listed(driver, tmp_path):
    start(driver, tmp_path)
    (tmp_path / "x.msg").write_text("no outlook file")
    drop(driver, tmp_path / "x.msg")
    assert driver.page.not_taken.list.count() == 1
    assert "x.msg" in driver.page.not_taken.list.item(0).text()
    driver.click("Import 0 messages")
    assert "Tick the senders" in driver.page.people.unclear_problem.text()


def test_the_start_page_is_left_by_key(driver):
    driver.app.start(None)
    driver.settle()
    driver.qtbot.keyClick(driver.app.page, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    driver.qtbot.waitUntil(lambda: not driver.window.isVisible())


def test_import_without_a_file_says_what_is_missing(driver, tmp_path):
    start(driver, tmp_path)
    driver.desktop.show_page(IMPORT)
    driver.click("Import", driver.page.foot)
    assert driver.page.files.problem.text() == "⚠ Add a file or a folder first."
    assert driver.page.files.add_button.hasFocus()


def test_own_addresses_that_the_files_tell_are_ticked_until_they_are_not(driver, tmp_path):
    start(driver, tmp_path)
    profile = tmp_path / "p.default"
    (profile / "Mail").mkdir(parents=True)
    (profile / "prefs.js").write_text(
        'user_pref("mail.identity.id1.useremail", "me@phone.example");\n'
    )
    (profile / "Mail" / "INBOX").write_text(LETTER.format(n=1, day=3), "utf-8")
    drop(driver, profile)
    both = ["me@desk.example", "me@phone.example"]
    driver.qtbot.waitUntil(lambda: driver.page.people.setup().own == both)
    driver.click("me@phone.example")
    driver.settle()
    assert driver.page.people.setup().own == ["me@desk.example"]


def test_rows_keep_their_places_and_counts_follow_what_is_ticked(driver, tmp_path):
    start(driver, tmp_path)
    letters = [
        LETTER.format(n=n, day=3).replace("pine", ("oak", "pine", "elm")[n % 3]) for n in range(7)
    ]
    (tmp_path / "box.mbox").write_text("".join(letters), "utf-8")
    drop(driver, tmp_path / "box.mbox")
    table = driver.page.people.unclear
    rows = [table.item(row, 0).text() for row in range(3)]
    assert rows == ["@oak.example", "@elm.example", "@pine.example"]
    assert table.item(0, 5).text() == "Zhou <zhou@oak.example>"
    tick_and_name(driver, 1, "Elm")
    assert [table.item(row, 0).text() for row in range(3)] == rows
    assert driver.page.foot.status.text() == "clients 1 · new 2 · already here 0 · left out 5"
    assert [driver.page.not_taken.list.item(0).text()] == ["Left out: Not of my clients 5"]


def test_senders_can_be_ticked_after_the_import(driver, tmp_path):
    start(driver, tmp_path)
    letters = [LETTER.format(n=n, day=3).replace("pine", ("oak", "pine")[n % 2]) for n in range(4)]
    (tmp_path / "box.mbox").write_text("".join(letters), "utf-8")
    drop(driver, tmp_path / "box.mbox")
    tick_and_name(driver, 0, "Oak")
    driver.click("Import 2 messages")
    driver.settle()
    driver.desktop.show_page(IMPORT)
    tick_and_name(driver, 1, "Pine")
    driver.click("Import 2 messages")
    driver.settle()
    assert driver.journal.count(Interaction) == 4


def test_what_is_kept_of_a_mail_is_chosen_and_remembered(driver, tmp_path):
    start(driver, tmp_path)
    driver.desktop.show_page(IMPORT)
    box = driver.page.keeping.originals
    box.setFocus()
    driver.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "Keep the original mail of clients"
    (tmp_path / "box.mbox").write_text(LETTER.format(n=1, day=3), "utf-8")
    drop(driver, tmp_path / "box.mbox")
    tick_and_name(driver, 0, "Pine")
    driver.click("Import 1 message")
    driver.settle()
    assert [a.owner[:9] for a in driver.journal.find(Attachment)] == ["original:"]
    assert driver.app.settings.keep_originals == "clients"


def zipped(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path


def test_a_zip_and_an_outlook_data_file_are_dropped_and_taken(driver, tmp_path):
    start(driver, tmp_path)
    box = "".join(LETTER.format(n=n, day=n + 2) for n in range(4))
    note = {0x001A: "IPM.Note", 0x0037: "Offer", 0x1000: "延期", 0x1035: "<o@pine>",
            0x0C1A: "Zhou", 0x5D01: "zhou@pine.example", 0x0039: datetime(2026, 3, 9, tzinfo=UTC)}  # fmt: skip
    (tmp_path / "a.pst").write_bytes(store(Folder("收件箱", (note,))))
    drop(
        driver,
        zipped(tmp_path / "mail.zip", **{"Mail/Inbox": box, "cut.zip": b"PK\3\4"}),
        tmp_path / "a.pst",
    )
    page = driver.page
    listed = [page.files.files.item(n).text() for n in range(page.files.files.count())]
    assert listed == [str(tmp_path / "mail.zip"), str(tmp_path / "a.pst")]
    _others, problem = (
        page.not_taken.list.item(n).text() for n in range(page.not_taken.list.count())
    )
    assert problem.startswith(f"{tmp_path / 'mail.zip'}/cut.zip: This archive is damaged")
    tick_and_name(driver, 0, "青松制造")
    driver.click("Import 5 messages")
    driver.settle()
    assert driver.journal.count(Interaction) == 5
    driver.menu("Undo")
    assert driver.journal.count(Interaction) == 0
