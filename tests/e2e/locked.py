"""The window on an encrypted journal: locked by its key, unlocked by typing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def lock(driver):
    """Press the key where the keyboard is, and wait until the journal is closed."""
    driver.press(Qt.Key.Key_L, CTRL)
    assert driver.app.locking.is_locked
    assert driver.desktop is None
    driver.qtbot.waitUntil(lambda: driver.app.locking.is_closed)


def unlock(driver, typed="one"):
    driver.type(typed)
    driver.press(Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: driver.desktop is not None or driver.app.page.isEnabled())
    driver.qtbot.wait(20)


def texts_of(window):
    """Everything that the window and what stands open beside it can tell anybody."""
    found = [QGuiApplication.clipboard().text(), window.windowTitle()]
    others = [w for w in QApplication.topLevelWidgets() if w.isVisible() or w.inherits("QTipLabel")]
    for top in {window, *others}:
        for one in (top, *top.findChildren(QWidget)):
            found += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
            found += [one.statusTip(), one.whatsThis(), one.windowTitle()]
            for way in ("text", "toPlainText", "placeholderText", "title", "currentText"):
                if callable(told := getattr(one, way, None)):
                    found.append(str(told()))
            found += [action.text() for action in one.actions()]
            if callable(count := getattr(one, "count", None)) and hasattr(one, "itemText"):
                found += [one.itemText(n) for n in range(count())]
            if callable(model := getattr(one, "model", None)) and model() is not None:
                rows = range(min(model().rowCount(), 50))
                found += [str(model().index(row, 0).data()) for row in rows]
    return [text for text in found if text]
