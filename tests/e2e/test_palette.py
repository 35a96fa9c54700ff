"""The palette by real keys on the real window: whatever can be shown or done is found, and done."""

import json
from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from pmdesk.actions.openings import create_journal
from pmdesk.gui.commands import COMMANDS
from pmdesk.gui.pages.places import (
    ABOUT,
    BACKUPS,
    BRIEF,
    CLIENT,
    PLACES,
    SEARCH,
    SETTINGS,
    TABS,
    TALK_PATH,
    UNDER_WAY,
)
from pmdesk.gui.pages.settings_fields import FIELDS, go_to, widget_of
from pmdesk.gui.settings import config_dir
from pmdesk.journal import drafts
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.expectations import Talk
from pmdesk.records.transparency import Issue
from pmdesk.words import LANGUAGES, words_for

from .by_key import CTRL, key, reopened

PINE, HARBOUR, CEDAR = "青松制造", "Harbour Logistics", "Cedar Clinic"
ROUNDING = "Rounding is wrong"


def few(path, *, at):
    """A journal with as little as there is to be found in each way."""
    journal = create_journal(path, at=at)
    with journal.action("Add", at=at) as act:
        pine, *_ = [act.save(Client(name=name)) for name in (PINE, HARBOUR, CEDAR)]
        act.save(Contact(client_id=pine.id, name="周启明", role="CEO"))
        act.save(Issue(client_id=pine.id, statement=ROUNDING, found_at=at))
        act.save(Talk(client_id=pine.id, day=at.date(), agreed="On time"))
    return journal


@pytest.fixture
def desk(driver, copy_of, tmp_path, at):
    """The window on that journal, on a page that costs little."""
    driver.app.settings.page = "about"
    driver.app.settings.last_journal = str(tmp_path / "few.pmdesk")
    driver.app.use(copy_of(few, tmp_path / "few.pmdesk", at=at))
    driver.desktop.show_page(ABOUT)
    driver.qtbot.wait(5)
    return driver


def open_palette(desk):
    """Ctrl+K, wherever the keyboard is."""
    desk.press(Qt.Key.Key_K, CTRL)
    palette = desk.desktop.goto
    assert palette.isVisible()
    assert desk.window.focusWidget() is palette.line
    return palette


def dress(desk, **settings):
    """The window built anew in other settings."""
    for name, value in settings.items():
        setattr(desk.app.settings, name, value)
    desk.app.dress()
    desk.qtbot.wait(5)


def rows(desk):
    return [row.title for row in desk.desktop.goto.list.model_.rows if row.entry is not None]


def chosen(desk):
    return desk.desktop.goto.list.row()


def find(desk, text):
    """Typed into the palette, all that it finds there."""
    palette = open_palette(desk)
    desk.type(text)
    desk.qtbot.waitUntil(lambda: not palette.looking.busy)
    return palette


def enter(desk):
    desk.press(Qt.Key.Key_Return)
    assert not desk.desktop.goto.isVisible()


# The palette itself, and what has parts of its own.
PARTS = [one for one in COMMANDS if one.name in {"palette", "recent"}]


def test_every_command_page_and_side_is_found_by_its_words_in_either_language(desk):
    palette = open_palette(desk)
    fields = [one for one in FIELDS if one.given is None or one.given(desk.desktop.desk)]
    for one in (*COMMANDS, *PLACES.values(), *TABS, *fields):
        if one in PARTS:
            continue
        for words in map(words_for, LANGUAGES):
            palette.line.setText(words(one.text))
            first = [row.entry.names for row in palette.list.model_.rows[:6] if row.entry]
            assert words(one.text) in {name for names in first for name in names}, one
    # one entry each, with its key
    entries = palette.finder.all
    commands = Counter(entry.command for entry in entries if entry.command)
    assert commands == Counter({one.name for one in COMMANDS if one not in PARTS})
    unseen = {one.key for one in COMMANDS} - {entry.key for entry in entries}
    assert unseen == {"Ctrl+K", "Ctrl+I"}  # Import has another, too
    shown = {entry.title for entry in entries}
    assert {PINE, HARBOUR, CEDAR, "周启明", "New: Promise", "Text size"} <= shown


def test_it_opens_on_what_was_opened_last_and_on_what_is_used_most(desk, qapp):
    desktop = desk.desktop
    open_palette(desk)
    assert rows(desk)[:3] == ["Today", "Capture a line", "New: Client"]
    key(desk, Qt.Key.Key_Down)
    assert chosen(desk).title == "Capture a line"  # a heading stands between
    key(desk, Qt.Key.Key_Escape)
    desktop.open_client(2)
    desktop.show_record("issue", 1)
    desktop.show_page(BACKUPS)
    desktop.show_page(UNDER_WAY)
    for _ in range(2):
        key(desk, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)  # light or dark
        desk.qtbot.waitUntil(lambda before=desktop: desk.desktop is not before)
        desktop = desk.desktop
    open_palette(desk)
    # not Paths under way, which is shown
    assert rows(desk)[:4] == ["Backups", ROUNDING, HARBOUR, "About PM Desk"]
    assert "Light or dark" in rows(desk)
    key(desk, Qt.Key.Key_Down)
    key(desk, Qt.Key.Key_Down)
    enter(desk)
    assert desktop.current.place is CLIENT
    assert desktop.client().name == HARBOUR
    # by ids alone it is known at the next start
    again = reopened(desk, qapp)
    open_palette(again)
    assert rows(again)[:3] == ["Paths under way", "Backups", ROUNDING]
    kept = drafts.read(again.journal, "recent").content
    assert kept["opened"][:2] == [["client", 2], ["page", "under_way"]]
    assert kept["used"]["light_or_dark"] == 2
    said = json.dumps(kept) + config_dir().joinpath("settings.json").read_text("utf-8")
    assert not [name for name in (HARBOUR, PINE, ROUNDING) if name in said]
    again.window.close()
    again.app.close_journal()


class Taking(QLineEdit):
    """Takes every key for itself, as texts on Linux and macOS do with Ctrl+K."""

    def event(self, event):
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def test_it_opens_from_a_text_that_would_take_its_key(desk):
    text = Taking(desk.page)
    text.show()
    text.setFocus()
    open_palette(desk)


def test_the_keyboard_comes_back_to_where_it_was(desk):
    desktop = desk.desktop
    desktop.edit(desk.journal.get(Client, 1))
    field = desk.field("industry")
    field.setFocus()
    desk.type("abc")
    field.setCursorPosition(1)
    for leave in (
        lambda: key(desk, Qt.Key.Key_Escape),
        lambda: key(desk, Qt.Key.Key_K, CTRL),
        lambda: key(desk, Qt.Key.Key_Backspace),
        lambda: desk.qtbot.mouseClick(desktop.goto, Qt.MouseButton.LeftButton, pos=QPoint(5, 5)),
    ):
        open_palette(desk)
        leave()
        assert not desktop.goto.isVisible()
        assert desk.window.focusWidget() is field
        assert rows(desk) == []  # nothing of the journal is held in what is hidden
    assert (field.text(), field.cursorPosition()) == ("abc", 1)
    find(desk, "undo")
    for _ in range(5):
        key(desk, Qt.Key.Key_Z, CTRL)  # of the palette's own line alone
    assert field.text() == "abc"
    desktop.goto.line.setText("undo")
    enter(desk)  # of the field that has the keyboard again
    assert field.text() == ""
    # what a key of the menus opens takes the keyboard
    open_palette(desk)
    key(desk, Qt.Key.Key_N, CTRL)
    assert not desktop.goto.isVisible()
    assert desk.window.focusWidget() is desktop.capture.line
    # the rail leads there, too
    desk.qtbot.mouseClick(desktop.rail._goto_button, Qt.MouseButton.LeftButton)
    assert desktop.goto.isVisible()


def test_arrows_pages_and_the_mouse_choose_and_headings_are_passed_over(desk):
    palette = find(desk, "s")
    titles, list_ = rows(desk), palette.list
    seen = [chosen(desk).title]
    for pressed in (Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        key(desk, pressed)
        seen.append(chosen(desk).title)
    assert seen == [titles[n] for n in (0, 1, 2, 1, 0, -1)]
    key(desk, Qt.Key.Key_Down)  # round the end
    key(desk, Qt.Key.Key_PageDown)
    assert titles.index(chosen(desk).title) == list_.page() > 5
    assert list_.viewport().rect().contains(list_.visualRect(list_.currentIndex()))
    for _ in range(9):
        desk.press(Qt.Key.Key_PageDown)
    assert chosen(desk).title == titles[-1]
    assert palette.line.accessibleDescription().startswith(titles[-1])
    desk.type("ettings")
    place = list_.visualRect(list_.model_.index(0)).center()
    desk.qtbot.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.qtbot.waitUntil(lambda: not palette.isVisible())
    assert desk.desktop.current.place is SETTINGS


def test_nothing_acts_while_an_input_method_composes(desk):
    palette = find(desk, "se")
    here = chosen(desk)

    def compose(preedit, commit=""):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(palette.line, event)

    compose("qing'song")
    for pressed in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
        key(desk, pressed)
    place = palette.list.visualRect(palette.list.model_.index(0)).center()
    desk.qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.qtbot.wait(5)
    assert palette.isVisible()
    assert chosen(desk) == here
    assert desk.desktop.current.place is ABOUT
    palette.line.clear()
    compose("", "青松")
    assert rows(desk)[0] == PINE
    enter(desk)
    assert desk.desktop.client().name == PINE


def test_it_stays_closed_while_the_journal_is_locked(secret):
    palette = find(secret, "pine")
    assert rows(secret)[0] == "Pine"
    secret.press(Qt.Key.Key_L, CTRL)
    assert not palette.isVisible()
    assert (palette.line.text(), palette.list.model_.rows) == ("", [])
    secret.press(Qt.Key.Key_K, CTRL)
    assert secret.desktop is None
    assert not palette.isVisible()
    secret.qtbot.waitUntil(lambda: secret.app.locking.is_closed)
    secret.press(Qt.Key.Key_K, CTRL)
    assert secret.desktop is None


def test_an_act_asks_for_the_client_or_record_that_it_needs(desk):
    palette = find(desk, "brief be")
    assert chosen(desk).detail == "of which client?"
    key(desk, Qt.Key.Key_Return)
    assert palette.asked.text() == "Brief before a talk"
    assert rows(desk) == [CEDAR, HARBOUR, PINE]
    desk.type("qss")
    assert rows(desk) == []
    key(desk, Qt.Key.Key_Return)  # nothing to be done
    key(desk, Qt.Key.Key_Escape)  # one step back
    desk.type("brief be")
    key(desk, Qt.Key.Key_Return)
    desk.type("qsz")
    enter(desk)
    assert (desk.desktop.current.place, desk.desktop.client().name) == (BRIEF, PINE)
    # once it is shown nobody asks
    find(desk, "timeline")
    assert chosen(desk).detail == PINE
    enter(desk)
    assert desk.desktop.current.place is CLIENT
    assert desk.page.tabs.tabText(desk.page.tabs.currentIndex()) == "Timeline"
    find(desk, "expectation talk")
    key(desk, Qt.Key.Key_Return)
    assert rows(desk) == ["On time"]
    enter(desk)
    assert desk.desktop.current == (TALK_PATH, 1)


def test_client_and_command_together_and_records_by_their_titles(desk):
    dress(desk, language="zh")
    find(desk, "qs hyjy")
    assert rows(desk)[0].startswith(f"{PINE} › ")
    enter(desk)
    assert desk.desktop.client().name == PINE
    assert type(desk.desktop.panel).__name__ == "MeetingPanel"
    dress(desk, language="en")
    palette = find(desk, "rounding wr")
    row = chosen(desk)
    assert [one.title for one in palette.list.model_.rows][:2] == ["Records by title", ROUNDING]
    assert (row.title, row.entry.word) == (ROUNDING, "Problem or risk")
    assert row.detail.startswith(PINE)
    enter(desk)
    assert desk.field("statement").text() == ROUNDING
    palette = find(desk, "zzqx")
    assert palette.list.model_.rows[0].title == "Nothing is called “zzqx”"
    enter(desk)
    assert desk.desktop.current.place is SEARCH
    assert desk.page.line.text() == "zzqx"
    open_palette(desk)
    desk.type("zzqx")
    enter(desk)  # before anything can have been found
    assert desk.page.line.text() == "zzqx"


def words_of(widget):
    return widget.accessibleName() or getattr(widget, "text", str)()


# Where one is led to says more than its place is called.
CALLED = {"Where they lie": "Another folder…", "Set passphrase": "New passphrase",
          "Change passphrase": "Present passphrase"}  # fmt: skip
# Beside a field that is led to.
BESIDE = {"Copy", "Show backups", "Lock now", "Edit", "Add", "The same again", "New passphrase",
          "Choose logo…", "Set passphrase", "Change passphrase"}  # fmt: skip


def test_every_setting_is_led_to_with_the_keyboard_on_it(secret):
    driver = secret  # with a passphrase there are more of them
    driver.app.settings.reminders = driver.app.settings.backups = True  # what is off is not led to
    desktop, page, led = driver.desktop, None, set()
    for field in FIELDS:
        if field.given is not None and not field.given(desktop.desk):
            continue
        if page is None:
            find(driver, field.text)
            enter(driver)
        else:
            go_to(field, desktop)
        page = driver.page
        focus = driver.window.focusWidget()
        assert focus is widget_of(field, page)
        if field.path:
            assert words_of(focus) == CALLED.get(field.text, field.text)
        led.add(focus)
    fields = [
        one for kind in (QLineEdit, QComboBox, QAbstractButton) for one in page.findChildren(kind)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip
    left = {words_of(one) for one in fields if one not in led}
    assert {words.split(": ")[0] for words in left} <= BESIDE


def test_it_stands_within_a_small_window_of_large_letters(desk):
    dress(desk, scale=200)
    desk.window.resize(1024, 700)
    palette = open_palette(desk)
    assert palette.rect().adjusted(8, 8, -8, -8).contains(palette.box.geometry())
    assert palette.list.page() >= 2
    desk.window.resize(1400, 900)
    desk.qtbot.wait(5)
    assert palette.size() == desk.desktop.size()
    assert abs(palette.box.geometry().center().x() - palette.rect().center().x()) <= 1
