"""What tests do by keyboard alone: keys, walking by Tab, filling in, going on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from pmdesk.gui.app import App
from pmdesk.gui.pages.path_page import PathPage

from .conftest import Driver

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


def key(driver, pressed, modifier=NONE):
    """A key where the keyboard is."""
    driver.press(pressed, modifier)
    driver.qtbot.wait(20)


def walk_to(driver, text, within=None):
    """Tab on until the keyboard is on the button of that text."""
    for _ in range(80):
        focus = driver.window.focusWidget()
        there = isinstance(focus, QAbstractButton) and focus.text() == text
        if there and (within is None or within(focus)):
            return
        key(driver, Qt.Key.Key_Tab)
    raise AssertionError(text)


def fill(driver, name, text):
    """Type into the field of that name, which the keyboard reaches by Tab."""
    for _ in range(20):
        if driver.window.focusWidget().objectName() == name:
            break
        key(driver, Qt.Key.Key_Tab)
    else:
        raise AssertionError(name)
    field = driver.window.focusWidget()
    if isinstance(field, QComboBox):
        while field.currentText() != text:
            before = field.currentIndex()
            key(driver, Qt.Key.Key_Down)
            assert field.currentIndex() != before, text
        return
    field.selectAll()
    driver.type(text)


def go_on(driver):
    key(driver, Qt.Key.Key_Return, CTRL)


def take(driver, **typed):
    """Fill in a step and go on."""
    for name, text in typed.items():
        fill(driver, name, text)
    go_on(driver)


def said(driver):
    return [w.text() for w in driver.page.findChildren(QLabel) if w.isVisible()]


def begin(driver):
    driver.desktop.open_client(1)
    key(driver, Qt.Key.Key_U, CTRL | SHIFT)
    assert isinstance(driver.page, PathPage)
    return driver.page


def reopened(driver, qapp):
    """The window closed, the journal opened again in another."""
    driver.window.close()
    driver.app.close_journal()
    again = App(qapp)
    driver.qtbot.addWidget(again.window)
    again.window.resize(1180, 780)
    again.window.show()
    again.start(None)
    driver.qtbot.wait(20)
    return Driver(driver.qtbot, again)
