"""Hands on the keyboard: every key they press is written down, and nothing else moves the window."""

from itertools import groupby

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.e2e.spoken import called

_FARTHEST = 120


class Hands:
    """Types and presses where the keyboard is; finds its way by what a screen reader would say."""

    def __init__(self, driver):
        self.driver, self.pressed = driver, []

    def press(self, *keys):
        """Press keys one after the other: "Ctrl+N", "Return"."""
        for key in keys:
            self._strike(key)
        self.driver.qtbot.wait(5)

    def _strike(self, key):
        self.pressed.append(key)
        combined = QKeySequence(key)[0]
        popup = QApplication.activePopupWidget()
        if popup is None and QApplication.activeWindow() is None:
            self.driver.window.activateWindow()  # no desktop here gives it back after a dialog
            self.driver.qtbot.wait(50)
        target = (popup.focusWidget() or popup) if popup else self._focus()
        QTest.keyClick(target, combined.key(), combined.keyboardModifiers())

    def write(self, text):
        """Type a text."""
        self.pressed.append(f"“{text}”")
        self.driver.type(text)
        self.driver.qtbot.wait(10)

    def go(self, name, by="Tab"):
        """Go on by a key until the keyboard is on what is called like this."""
        for _ in range(_FARTHEST):
            there = self._focus()
            if called(there)[0].startswith(name) or there.objectName() == name:
                return
            self._strike(by)
        raise AssertionError((name, self.pressed[-3:], called(self._focus())))

    def fill(self, **typed):
        """Type into the fields of a form, which Tab reaches in their order."""
        for name, text in typed.items():
            self.go(name)
            self.press("Ctrl+A")
            self.write(text)

    def choose_file(self, path, key="Return"):
        """Press a key that opens the dialog for files, type the path there, Enter."""

        def answer():
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):
                QTimer.singleShot(20, answer)
                return
            line = dialog.findChild(QLineEdit)
            line.selectAll()
            line.insert(str(path))  # at once: its list of proposals would take the keyboard
            QTest.keyClick(line, Qt.Key.Key_Return)

        QTimer.singleShot(0, answer)
        self.press(key)
        self.pressed += ["“the path”", "Return"]

    def told(self):
        """The keys since the last task, the same one told with how often."""
        runs = [(key, len(list(same))) for key, same in groupby(self.pressed)]
        self.pressed = []
        return " ".join(key if n == 1 else f"{key}×{n}" for key, n in runs)

    def _focus(self):
        window = QApplication.activeModalWidget() or self.driver.window
        return window.focusWidget() or window
