"""Reminders in the window, on the desktop and at the next start, with real time going by."""

from datetime import timedelta
from functools import partialmethod

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QSystemTrayIcon, QWidget

from pmdesk.actions.openings import create_journal
from pmdesk.actions.put_off import put_off
from pmdesk.actions.records import save_record
from pmdesk.actions.sample import create_sample
from pmdesk.gui.app import App
from pmdesk.gui.pages.places import CLIENTS, SETTINGS, TODAY
from pmdesk.gui.settings import Settings
from pmdesk.journal import drafts
from pmdesk.journal.journal import Journal
from pmdesk.records.appointment import Appointment
from pmdesk.records.client import Client
from pmdesk.records.trust import Promise
from tests.e2e.conftest import Driver

# What the platform without a screen says.
pytestmark = pytest.mark.qt_log_ignore("does not support raise")

NAME, WHAT = "青松诊所", "下月的上线安排"
# How long after the test began the meeting is to be brought to mind.
SOON = timedelta(seconds=1.5)


class Tray(QSystemTrayIcon):
    """Qt's icon on a desktop with a tray, which keeps what it was asked to show."""

    there = True
    icons: list = []  # noqa: RUF012 - emptied before each test

    def __init__(self, icon, parent):
        super().__init__(icon, parent)
        self.said, self.shown = [], False
        Tray.icons.append(self)

    @staticmethod
    def isSystemTrayAvailable():
        return Tray.there

    def setVisible(self, shown):
        self.shown = shown

    show = partialmethod(setVisible, True)
    hide = partialmethod(setVisible, False)

    def showMessage(self, title, text, *_):
        self.said.append((title, text))

    def choose(self, text):
        """Choose an entry of its menu."""
        menu: QMenu = self.contextMenu()
        next(act for act in menu.actions() if act.text() == text).trigger()


@pytest.fixture
def tray():
    """The tray of the desktop; its `there` says whether the desktop has one."""
    Tray.there, Tray.icons = True, []
    yield Tray
    QApplication.setQuitOnLastWindowClosed(True)


@pytest.fixture
def app(qtbot, qapp, tmp_path, monkeypatch, tray):
    monkeypatch.setenv("HOME", str(tmp_path))
    made = App(qapp, tray)
    made.settings.language = "en"
    made.words = made.wear()
    qtbot.addWidget(made.window)
    made.window.resize(1180, 780)
    made.window.show()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.settings.stay_in_tray = False
    QThreadPool.globalInstance().waitForDone()
    made.close_journal()


def known(driver):
    owing = driver.desktop.desk.owing
    driver.qtbot.waitUntil(lambda: owing.today is not None and not owing.busy, timeout=20_000)
    driver.qtbot.wait(30)


@pytest.fixture
def desk_of(qtbot, app, tmp_path, at):
    """The window on a journal with one client, who is met in a quarter of an hour and a moment."""

    def opened(meets=True):
        with create_journal(tmp_path / "one.pmdesk", at=at) as journal:
            save_record(journal, Client(name=NAME), at=at)
        driver = Driver(qtbot, app)
        app.use(Journal.open(tmp_path / "one.pmdesk"))
        known(driver)
        if meets:
            meet(driver)
        return driver

    return opened


def meet(driver):
    desk = driver.desktop.desk
    begins = desk.now() + timedelta(minutes=15) + SOON
    desk.do(save_record, Appointment(client_id=1, what=WHAT, at=begins), at=desk.now())
    known(driver)


def want(driver, **others):
    """Turn reminders on in the settings, as a person does, with what else is to be ticked."""
    driver.desktop.show_page(SETTINGS)
    driver.click("Remind me of what becomes due or late")
    for text in others.values():
        driver.click(text)
    driver.desktop.show_page(CLIENTS)


NAMES = "Show clients and texts in the desktop's notices"
STAYS = "Stay in the tray when the window is closed"


def look_elsewhere(driver):
    """The person works in another program; the window stays where it is."""
    driver.window.hide()
    driver.qtbot.waitUntil(lambda: QApplication.activeWindow() is None)


def toast(driver):
    driver.qtbot.waitUntil(driver.desktop.toast.isVisible, timeout=8000)
    return driver.desktop.toast.text.text()


def test_without_being_asked_for_nothing_is_shown_or_kept(desk_of, tray):
    driver = desk_of()
    driver.qtbot.wait(2500)
    assert not driver.desktop.toast.isVisible() or WHAT not in driver.desktop.toast.text.text()
    assert tray.icons == []
    assert drafts.read(driver.journal, "reminders") is None


def test_before_a_meeting_whoever_works_in_the_window_is_told_there_and_led_to_it(desk_of):
    driver = desk_of(meets=False)
    want(driver)
    meet(driver)
    said = toast(driver)
    while "begins in" not in said:
        driver.qtbot.wait(50)
        said = toast(driver)
    assert said == f"A meeting begins in 15 minutes · {NAME} · {WHAT}"
    driver.click("Show", driver.desktop.toast)
    assert driver.desktop.current.place is TODAY
    known(driver)
    page = driver.page
    row = page.rows.items[page.rows.list.currentIndex().row()]
    assert (row.owed.rule, row.owed.what) == ("meeting", WHAT)
    assert driver.window.focusWidget() is page.rows.list


@pytest.mark.parametrize("others", [{}, {"names": NAMES}])
def test_who_looks_elsewhere_is_told_by_the_desktop_without_names_unless_they_are_wanted(
    desk_of, tray, others
):
    driver = desk_of(meets=False)
    want(driver, **others)
    meet(driver)
    look_elsewhere(driver)
    (icon,) = tray.icons
    driver.qtbot.waitUntil(lambda: bool(icon.said), timeout=8000)
    text = f"{NAME} · {WHAT}" if others else ""
    assert icon.said == [("A meeting begins in 15 minutes", text)]
    icon.messageClicked.emit()
    driver.qtbot.waitUntil(driver.window.isVisible)
    assert driver.desktop.current.place is TODAY


def test_a_private_window_names_nobody_even_in_itself(desk_of):
    driver = desk_of(meets=False)
    want(driver, names=NAMES)
    driver.desktop.desk.reminders.private = True
    meet(driver)
    while "begins in" not in (said := toast(driver)):
        driver.qtbot.wait(50)
    assert said == "A meeting begins in 15 minutes"


def test_on_a_desktop_without_a_tray_it_waits_until_somebody_looks(desk_of, tray):
    tray.there = False
    driver = desk_of(meets=False)
    driver.desktop.show_page(SETTINGS)
    assert not driver.page.reminders.tray.isVisible()
    want(driver)
    meet(driver)
    look_elsewhere(driver)
    reminded = []
    driver.desktop.desk.reminders.due.connect(reminded.append)
    driver.qtbot.waitUntil(lambda: bool(reminded), timeout=8000)
    driver.qtbot.wait(100)
    assert tray.icons == []
    other = QWidget()  # without a screen only another window makes a hidden one active again
    driver.qtbot.addWidget(other)
    other.show()
    driver.qtbot.waitUntil(other.isActiveWindow)
    driver.window.presence.come_forward()
    driver.qtbot.waitUntil(driver.window.isActiveWindow)
    assert toast(driver).startswith("A meeting begins in")


def test_what_is_put_off_is_not_brought_to_mind(desk_of):
    driver = desk_of(meets=False)
    want(driver)
    meet(driver)
    desk = driver.desktop.desk
    (row,) = [row for row in desk.owing.today.rows if row.owed.rule == "meeting"]
    later = desk.local_now().date() + timedelta(days=2)
    desk.do(put_off, row.owed, why="They moved it", until=later, at=desk.now())
    reminded = []
    desk.reminders.due.connect(reminded.append)
    driver.qtbot.wait(2500)
    assert reminded == []


def test_the_minutes_are_taken_as_typed_and_kept_with_the_other_settings(desk_of):
    driver = desk_of(meets=False)
    driver.desktop.show_page(SETTINGS)
    minutes: QLineEdit = driver.page.reminders.minutes
    assert not minutes.isEnabled()
    driver.click("Remind me of what becomes due or late")
    assert minutes.isEnabled()
    minutes.setFocus()
    minutes.selectAll()
    driver.type("40")
    driver.press(Qt.Key.Key_Tab)
    kept = Settings.load()
    assert (kept.reminders, kept.reminder_minutes, kept.reminder_names) == (True, 40, False)
    desk = driver.desktop.desk
    begins = desk.now() + timedelta(minutes=40) + SOON
    desk.do(save_record, Appointment(client_id=1, what=WHAT, at=begins), at=desk.now())
    while "begins in" not in (said := toast(driver)):
        driver.qtbot.wait(50)
    assert "40 minutes" in said


def test_what_came_while_it_was_closed_is_told_at_the_next_start_and_led_to(
    qtbot, app, tmp_path, at
):
    driver = Driver(qtbot, app)
    path = tmp_path / "one.pmdesk"
    with create_journal(path, at=at) as journal:
        save_record(journal, Client(name=NAME), at=at)
    app.settings.reminders = True
    app.use(Journal.open(path))
    known(driver)
    now = app.desk.now()
    long_ago = {"until": (now - timedelta(days=40)).isoformat()}
    app.close_journal()
    with Journal.open(path) as journal:
        drafts.keep(journal, "reminders", long_ago, at=now)
        due = (now - timedelta(days=20)).date()
        made = Promise(client_id=1, what="Send the plan", to_whom="何敏", due=due,
                       made_on=due - timedelta(days=9))  # fmt: skip
        save_record(journal, made, at=now)
    app.use(Journal.open(path))
    known(driver)
    notice = driver.desktop.notice
    qtbot.waitUntil(notice.isVisible, timeout=8000)
    assert "While PM Desk was closed: 1 thing became due and is late" in driver_texts(notice)
    driver.click("Show", notice)
    known(driver)
    page = driver.page
    row = page.rows.items[page.rows.list.currentIndex().row()]
    assert row.owed.what == "Send the plan"
    app.close_journal()
    app.use(Journal.open(path))
    known(driver)
    qtbot.wait(300)
    assert not driver.desktop.notice.isVisible()  # once is enough


def driver_texts(widget):
    return [one.text() for one in widget.findChildren(QLabel)]


def test_no_longer_wanted_it_forgets_when_it_looked_and_takes_its_icon_away(desk_of, tray):
    driver = desk_of(meets=False)
    want(driver)
    assert drafts.read(driver.journal, "reminders") is not None
    (icon,) = tray.icons
    assert icon.shown
    want(driver)  # the same box once more
    assert drafts.read(driver.journal, "reminders") is None
    assert not Settings.load().reminders
    assert not icon.shown


def test_the_window_stays_in_the_tray_and_comes_back_from_it(desk_of, tray):
    driver = desk_of(meets=False)
    driver.desktop.show_page(SETTINGS)
    driver.click(STAYS)
    (icon,) = tray.icons
    driver.window.close()
    assert driver.window.isHidden()
    assert driver.app.desk is not None
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert driver.window.isVisible()
    driver.window.close()
    icon.choose("Capture a line")
    driver.qtbot.waitUntil(lambda: driver.window.isVisible() and driver.desktop.capture.isVisible())


def test_without_that_wish_or_without_a_tray_closing_closes(desk_of, tray):
    driver = desk_of(meets=False)
    want(driver)
    assert not driver.window.presence.stays()
    driver.app.settings.stay_in_tray = True
    assert driver.window.presence.stays()
    tray.there = False
    assert not driver.window.presence.stays()


def test_a_hidden_window_whose_tray_has_gone_shows_itself(desk_of, tray):
    driver = desk_of(meets=False)
    driver.desktop.show_page(SETTINGS)
    driver.click(STAYS)
    driver.window.close()
    tray.there = False
    driver.window.presence._look.start(10)
    driver.qtbot.waitUntil(driver.window.isVisible)


def test_the_menu_speaks_the_language_of_the_window(desk_of, tray):
    driver = desk_of(meets=False)
    want(driver)
    driver.app.settings.language = "zh"
    driver.app.dress()
    known(driver)
    (icon,) = tray.icons
    assert [act.text() for act in icon.contextMenu().actions()] == [
        "打开 PM Desk",
        "快速记录",
        "退出",
    ]


def test_the_command_for_a_key_of_the_desktop_is_copied_whole(desk_of):
    driver = desk_of(meets=False)
    driver.desktop.show_page(SETTINGS)
    command = driver.page.reminders.command.text()
    assert command.endswith("--capture")
    driver.click("Copy", driver.page.reminders)
    assert QGuiApplication.clipboard().text() == command


def test_a_moment_of_the_last_look_that_cannot_be_read_counts_as_none(qtbot, app, tmp_path, at):
    path = tmp_path / "one.pmdesk"
    create_sample(path, at=at).close()
    app.settings.reminders = True
    with Journal.open(path) as journal:
        drafts.keep(journal, "reminders", {"until": "yesterday"}, at=at)
    driver = Driver(qtbot, app)
    app.use(Journal.open(path))
    known(driver)
    assert not driver.desktop.notice.isVisible()
