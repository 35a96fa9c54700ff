"""What a person does in the crisis room, and what they see there."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from pmdesk.actions.openings import create_journal
from pmdesk.gui.widgets.act_rows import ActButton
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis, CrisisPlan
from pmdesk.records.transparency import Severity

NOW = datetime.now(UTC)  # the window's clock is the machine's
CTRL = Qt.KeyboardModifier.ControlModifier
PLAN = {
    "scenario": "Migration failure",
    "level": Severity.S1,
    "owner": "Lin",
    "notices": ("周启明 | call | 30 min", "Steering | mail | 1 h", "Key users | mail | 4 h"),
    "steps": ("Lin | 10 min | Freeze changes", "Zhao | 2 h | Roll back"),
    "statement_en": "At {found} it stopped. Next word at [time].",
    "criteria": "Reports verified\nNew window agreed",
}


def open_room(driver, tmp_path):
    """The page on a journal with one client and its plan, where nothing runs."""
    journal = create_journal(tmp_path / "own.pmdesk", at=NOW)
    with journal.action("Fill", at=NOW) as act:
        client = act.save(Client(name="Pine"))
        act.save(Contact(client_id=client.id, name="周启明"))
        act.save(CrisisPlan(client_id=client.id, **PLAN))
    driver.app.use(journal)
    driver.settle()
    driver.press(Qt.Key.Key_6, CTRL)
    driver.settle()
    return driver


def newest(driver, kind):
    return driver.journal.find(kind, order="id DESC", limit=1)[0]


def shown(driver):
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


def tab_to(driver, text, within=None):
    """Walk by Tab to the button of that text; below `within`, where that is given."""
    for _ in range(60):
        focus = driver.window.focusWidget()
        there = within is None or within.isAncestorOf(focus)
        if there and isinstance(focus, QAbstractButton) and focus.text() == text:
            return focus
        driver.press(Qt.Key.Key_Tab)
    raise AssertionError(text)


def begin(driver, *, text="It has happened"):
    tab_to(driver, text, driver.page.ready._plans)
    driver.press(Qt.Key.Key_Return)
    driver.settle()
    return newest(driver, Crisis)


def spoken(driver):
    """The act that the keyboard is on, as a screen reader tells it."""
    focus = driver.window.focusWidget()
    assert isinstance(focus, ActButton), focus
    return focus.accessibleName()


def write(driver, text):
    """Type a text, each letter where the keyboard then is."""
    for letter in text:
        driver.type(letter)


def enter(driver):
    driver.press(Qt.Key.Key_Return)
    driver.settle()


def undo(driver):
    driver.press(Qt.Key.Key_Z, CTRL)
    driver.settle()
