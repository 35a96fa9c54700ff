"""The journal page by keys and with a real clipboard: writing, pasting, pictures, days, tags, drafts."""

from datetime import UTC, date, datetime
from shutil import copyfile

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTableView

from pmdesk.actions.openings import create_journal
from pmdesk.actions.pictures import pictures_of
from pmdesk.gui.app import App
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.places import JOURNAL, TODAY
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.trust import Promise
from tests.conftest import NOW

KEYS = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
IMAGE = QTextDocument.ResourceType.ImageResource.value
DAY = date(2026, 12, 1)
pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A small journal with entries of other days."""
    path = tmp_path_factory.mktemp("journal") / "journal.pmdesk"
    with create_journal(path, at=NOW) as journal, journal.action("Add", at=NOW) as act:
        pine = act.save(Client(name="Pine"))
        act.save(Promise(client_id=pine.id, what="Test report", to_whom="Lin", due=DAY))
        for day, text, tags in (
            (date(2025, 12, 1), "# Year before", ("budget",)),
            (date(2026, 11, 24), "# Week before\n" + "long " * 400, ("budget", "risk")),
            (date(2026, 11, 3), "# Some day", ()),
        ):
            act.save(Entry(day=day, text=text, tags=tags))
    return path


@pytest.fixture
def page(driver, kept, tmp_path, monkeypatch):
    """The window on the journal page, on Tuesday, 1 December 2026."""
    at = datetime(2026, 12, 1, 1, 30, tzinfo=UTC)
    monkeypatch.setattr(Desk, "now", staticmethod(lambda: at))
    driver.app.use(Journal.open(copyfile(kept, tmp_path / "journal.pmdesk")))
    driver.window.resize(1440, 900)
    driver.desktop.show_page(JOURNAL)
    driver.page.text.setFocus()
    driver.qtbot.wait(10)
    yield driver.page
    # Qt gives back at the end of the program what a test put there, when Python has gone
    QGuiApplication.clipboard().clear()


def newest(driver):
    return driver.journal.find(Entry, order="id DESC", limit=1)[0]


def picture(colour="#336699"):
    image = QImage(900, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def seen(preview):
    """The colours of all that the preview shows of its text."""
    size = preview.document().size().toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    preview.document().drawContents(painter)
    painter.end()
    return {image.pixelColor(20, y).name() for y in range(image.height())}


def test_lists_go_on_by_keys_and_signs_stand_around_what_is_chosen(driver, page):
    driver.type("- one\ntwo", page.text)
    driver.press(KEYS.Key_Tab, widget=page.text)
    driver.press(KEYS.Key_Tab, widget=page.text)  # it can go no further in: it leaves the text
    assert not page.text.hasFocus()
    page.text.setFocus()
    driver.type("\nthree", page.text)
    driver.press(KEYS.Key_Backtab, SHIFT, page.text)
    driver.type("\n\nafter", page.text)
    assert page.text.toPlainText() == "- one\n    - two\n- three\nafter"
    page.text.moveCursor(QTextCursor.MoveOperation.StartOfWord, QTextCursor.MoveMode.KeepAnchor)
    driver.press(KEYS.Key_B, CTRL | ALT, page.text)
    assert page.text.toPlainText().endswith("\n**after**")
    driver.press(KEYS.Key_B, CTRL | ALT, page.text)
    driver.press(KEYS.Key_I, CTRL | ALT, page.text)
    driver.type("(", page.text)
    assert page.text.toPlainText().endswith("\n*(after)*")
    driver.press(KEYS.Key_End, widget=page.text)
    driver.press(KEYS.Key_Tab, widget=page.text)  # in no list it goes on to the next field
    assert page.text.toPlainText().endswith("\n*(after)*")
    assert not page.text.hasFocus()
    driver.qtbot.waitUntil(lambda: page.card.count.text() == "4 words")


def test_the_text_alone_has_the_room_and_keeps_it_and_words_are_found_in_it(driver, page):
    driver.type("Pine, birch and pine", page.text)
    assert page.aside.isVisible()
    driver.press(KEYS.Key_F11)
    driver.qtbot.waitUntil(lambda: page.text.viewportMargins().left() > 100)
    assert not page.aside.isVisible()
    assert page.text.viewport().width() < 700
    assert driver.app.settings.load().journal_wide
    driver.press(KEYS.Key_F3)
    find = page.card.find_line
    driver.type("pine", find.line)
    assert find.told.text() == "1 / 2"
    driver.press(KEYS.Key_F3, widget=find.line)
    assert (find.told.text(), page.text.textCursor().selectionStart()) == ("2 / 2", 16)
    driver.press(KEYS.Key_F3, SHIFT, find.line)
    assert page.text.textCursor().selectedText() == "Pine"
    driver.type("x", find.line)
    assert find.told.text() == "not found"
    driver.press(KEYS.Key_Backspace, widget=find.line)
    assert len(page.text.extraSelections()) == 2
    driver.press(KEYS.Key_Escape, widget=find.line)
    assert page.text.hasFocus()
    assert page.text.extraSelections() == []
    driver.press(KEYS.Key_F11)
    driver.qtbot.waitUntil(page.aside.isVisible)


def test_formatted_text_and_pictures_are_pasted_and_nothing_is_fetched(driver, page, tmp_path):
    clipboard = QGuiApplication.clipboard()
    html = QMimeData()
    html.setHtml("<h2>Scope</h2><ul><li>a</li></ul><img src='http://evil.example/x.png'>")
    html.setText("Scope a")
    clipboard.setMimeData(html)
    driver.press(KEYS.Key_V, CTRL, page.text)
    assert page.text.toPlainText() == "## Scope\n\n- a"
    driver.press(KEYS.Key_V, CTRL | SHIFT, page.text)
    assert page.text.toPlainText() == "## Scope\n\n- aScope a"
    clipboard.setImage(picture())
    driver.press(KEYS.Key_V, CTRL, page.text)
    entry = newest(driver)
    assert entry.text.endswith("\n![2026-12-01](2026-12-01.png)\n")
    (kept,) = pictures_of(driver.journal, entry.id).values()
    assert (kept.media_type, kept.size > 0) == ("image/png", True)
    dropped, secret = tmp_path / "白板 1.png", tmp_path / "plan.pdf"
    picture("#aa3322").save(str(dropped))
    secret.write_bytes(b"%PDF")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in (dropped, secret)])
    clipboard.setMimeData(files)
    driver.press(KEYS.Key_V, CTRL, page.text)
    assert "![白板-1](白板-1.png)" in newest(driver).text
    assert "“plan.pdf” is no picture" in page.status.text()
    only_pictures_of_the_entry_are_seen(page, dropped)
    beside = tmp_path / "beside.png"
    picture("#00ff00").save(str(beside))
    driver.type(f"\n\n![a]({beside})\n\n![b]({beside.as_uri()})\n\n![c](白板-1.png)\n", page.text)
    page.card.show_preview()
    driver.qtbot.waitUntil(lambda: "#aa3322" in seen(page.preview))
    assert "#00ff00" not in seen(page.preview)
    page.save()
    driver.desktop.desk.undo()
    driver.desktop.desk.undo()
    assert "白板" not in newest(driver).text
    assert page.text.toPlainText() == newest(driver).text


def test_a_cell_of_a_sheet_is_pasted_as_its_text(driver, page):
    cell = QMimeData()
    cell.setHtml("<table><tr><td>42</td></tr></table>")
    cell.setText("42\n")
    cell.setImageData(picture())
    QGuiApplication.clipboard().setMimeData(cell)
    driver.press(KEYS.Key_V, CTRL, page.text)
    assert page.text.toPlainText() == "42\n"


def test_a_picture_that_the_text_names_no_more_is_removed_by_a_press(driver, page):
    QGuiApplication.clipboard().setImage(picture())
    driver.press(KEYS.Key_V, CTRL, page.text)
    entry = newest(driver)
    assert page.card.loose_button.isHidden()
    page.text.setPlainText("None of them")
    assert page.save()
    driver.click("Remove 1 picture not in the text", page.card)
    assert pictures_of(driver.journal, entry.id) == {}
    assert page.card.loose_button.isHidden()
    driver.desktop.desk.undo()
    assert list(pictures_of(driver.journal, entry.id)) == ["2026-12-01.png"]
    assert page.card.loose_button.isVisible()


def only_pictures_of_the_entry_are_seen(page, dropped):
    """Whatever else a preview is asked for, of this machine or of the network, is no picture."""
    preview = page.preview
    colours = [
        preview.loadResource(IMAGE, QUrl(place)).pixelColor(5, 5).name()
        for place in ("2026-12-01.png", "白板-1.png")
    ]
    assert colours == ["#336699", "#aa3322"]
    assert preview.loadResource(IMAGE, QUrl("2026-12-01.png")).width() < preview.width()
    other = preview.loadResource(IMAGE, QUrl("none.png"))
    for place in (dropped.as_uri(), str(dropped), "http://evil.example/x.png", "//host/x.png"):
        assert preview.loadResource(IMAGE, QUrl(place)) == other
        assert (
            preview.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, place)
            == other
        )


def test_days_before_and_what_happened_are_a_press_away(driver, page):
    assert page.aside.days.told(date(2026, 11, 3)) == "3 Nov 2026 Tuesday; 10 characters written"
    page.aside.tabs.setCurrentIndex(1)
    table = page.aside.on_this_day.table
    rows = [table.model().row(n) for n in range(table.model().rowCount())]
    assert [row.title for row in rows] == ["Week before", "Year before", "Test report"]
    table.setFocus()
    driver.press(KEYS.Key_Down, widget=table)
    driver.press(KEYS.Key_Return, widget=table)
    assert page.text.toPlainText() == "# Year before"
    driver.click("Today", page.aside)
    table.setCurrentIndex(table.model().index(2, 0))
    driver.press(KEYS.Key_Return, widget=table)
    assert driver.field("what").text() == "Test report"
    driver.click("Year", page.aside.days)
    year = page.aside.days.year
    assert year.hasFocus()
    for key in (KEYS.Key_Up, KEYS.Key_Right, KEYS.Key_Right):
        driver.press(key, widget=year)
    assert year.accessibleDescription() == "3 Nov 2026 Tuesday; 10 characters written"
    driver.press(KEYS.Key_Return, widget=year)
    assert page.text.toPlainText() == "# Some day"
    driver.press(KEYS.Key_PageUp, widget=year)
    assert year.day == date(2025, 11, 3)
    for height, is_tight in ((300, True), (700, False)):  # low, the days have a tab of their own
        page.aside.resize(page.aside.width(), height)
        assert page.aside.tabs.isTabVisible(3) is is_tight
        assert year.isVisible()
    assert page.aside.entries.isVisible()


def test_a_tag_is_completed_shows_its_entries_and_is_renamed_at_once(driver, page):
    driver.type("Now", page.text)
    page.tags.setFocus()
    driver.type("bud", page.tags)
    driver.press(KEYS.Key_Down, widget=page.tags)
    driver.press(KEYS.Key_Return, widget=page.tags)
    assert page.tags.text() == "budget"
    page.aside.tabs.setCurrentIndex(2)
    tags = page.aside.tag_list
    driver.press(KEYS.Key_Return, widget=tags.tags)
    driver.click("Rename", tags)
    tags.line.selectAll()
    driver.type("a, b\n", tags.line)
    assert tags.problem.isVisible()
    tags.line.selectAll()
    driver.type("money\n", tags.line)
    assert page.tags.text() == "money"
    model = tags.entries.model()
    assert [model.row(n).title for n in range(model.rowCount())] == [
        "Now",
        "Week before",
        "Year before",
    ]
    driver.press(KEYS.Key_Down, widget=tags.entries)
    driver.press(KEYS.Key_Return, widget=tags.entries)
    assert (page.day, page.tags.text()) == (date(2026, 11, 24), "money, risk")
    driver.desktop.desk.undo()
    assert page.tags.text() == "budget, risk"
    assert tags.tags.isVisible()


def test_what_is_typed_outlives_a_crash_once_and_another_day_or_page_saves_it(driver, page):
    driver.type("Mood and text", page.text)
    page.card.mood.setCurrentIndex(4)
    driver.qtbot.waitUntil(lambda: page.keeper.found() is not None)
    assert driver.journal.count(Entry) == 3  # it was no pause yet
    again = App(driver.app.qt)
    driver.qtbot.addWidget(again.window)
    again.start(driver.journal.path)
    desktop = again.window.desktop
    desktop.show_page(JOURNAL)
    other = desktop.page()
    assert (other.text.toPlainText(), other.card.mood.currentData()) == ("Mood and text", 4)
    assert other.status.text().startswith("Your draft of ")
    driver.press(KEYS.Key_End, widget=page.text)
    driver.type(".", page.text)
    assert page.save()  # the window that was thought dead
    assert other.save()
    assert newest(driver).text == other.text.toPlainText() == "Mood and text."
    driver.click("New entry", driver.window)
    driver.type("Second", page.text)
    other.take_up(page.held())
    assert other.save()
    assert page.save()
    again.close_journal()
    assert (driver.journal.count(Entry), newest(driver).text) == (5, "Second")
    assert page.keeper.found() is None
    driver.press(KEYS.Key_End, widget=page.text)
    driver.type("More: ", page.text)
    driver.press(KEYS.Key_Left, widget=page.calendar.findChild(QTableView))
    assert page.day == date(2026, 11, 30)
    assert newest(driver).text == "SecondMore: "
    driver.type("Yesterday", page.text)
    driver.desktop.show_page(TODAY)
    assert (newest(driver).day, newest(driver).text) == (date(2026, 11, 30), "Yesterday")


def test_an_emptied_entry_keeps_its_day_and_its_draft(driver, page):
    page.open_entry(driver.journal.get(Entry, 3))
    page.text.selectAll()
    driver.press(KEYS.Key_Delete, widget=page.text)
    driver.press(KEYS.Key_Left, widget=page.calendar.findChild(QTableView))
    assert page.day == date(2026, 11, 3) == page.calendar.selectedDate().toPython()
    assert page.status.text().startswith("⚠ ")
    driver.qtbot.waitUntil(lambda: page.keeper.found() is not None)
    driver.click("Delete", page.card)
    assert page.keeper.found() is None
    assert driver.journal.get(Entry, 3) is None
