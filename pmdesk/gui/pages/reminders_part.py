"""The part of the settings for reminders, the tray, and the capture line from anywhere."""

import shlex
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout

from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.settings_part import SettingsPart
from pmdesk.gui.widgets.minutes_field import MinutesField
from pmdesk.gui.widgets.parts import button, label, rule

_MOST_MINUTES = 240


def capture_command() -> str:
    """The command that opens the capture line, as this program was installed."""
    if getattr(sys, "frozen", False):
        words = [sys.executable]
    else:
        started = Path(sys.argv[0]).absolute()
        module = started.name == "__main__.py"
        words = [sys.executable, "-m", "pmdesk"] if module else [str(started)]
    words.append("--capture")
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


class RemindersPart(SettingsPart):
    """Everything takes effect at once; the tray is offered only where the desktop has one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, settings, body = desk.words, desk.settings, self.body
        self.wanted = QCheckBox(words("Remind me of what becomes due or late"))
        self.wanted.setChecked(settings.reminders)
        self.names = QCheckBox(words("Show clients and texts in the desktop's notices"))
        self.names.setChecked(settings.reminder_names)
        self.names.setToolTip(words("Others may see them, and the desktop may keep them."))
        caption = words("Minutes before a meeting")
        self.before = MinutesField(words, caption, settings.reminder_minutes, _MOST_MINUTES)
        self.minutes, self.problem = self.before.line, self.before.problem
        self.tray = QCheckBox(words("Stay in the tray when the window is closed"))
        self.tray.setChecked(settings.stay_in_tray)
        body.addWidget(self.wanted)
        body.addWidget(self.before)
        body.addWidget(self.names)
        body.addWidget(self.tray)
        self.tray.setVisible(desk.has_tray())  # once it has a parent: else it is a window
        body.addWidget(rule())
        body.addLayout(self._capture())
        for box in (self.wanted, self.names, self.tray):
            box.clicked.connect(self._keep)
        self.before.kept.connect(self._keep_minutes)
        self._show_what_counts()

    def _capture(self) -> QVBoxLayout:
        words, command = self._desk.words, capture_command()
        column = QVBoxLayout()
        column.setSpacing(4)
        text = words(
            "To capture a line from anywhere, bind this command to a key in your desktop's settings:"
        )
        column.addWidget(label(text, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.command = QLineEdit(command)
        self.command.setReadOnly(True)
        self.command.setAccessibleName(words("Command"))
        self.command.setCursorPosition(0)
        row.addWidget(self.command, 1)
        row.addWidget(button(words("Copy"), self._copy))
        column.addLayout(row)
        return column

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        self._desk.tell(self._desk.words("Copied"))

    def _keep(self) -> None:
        settings = self._desk.settings
        settings.reminders = self.wanted.isChecked()
        settings.reminder_names = self.names.isChecked()
        settings.stay_in_tray = self.tray.isChecked()
        self._show_what_counts()
        self._desk.wished.emit()

    def _keep_minutes(self, minutes: int) -> None:
        self._desk.settings.reminder_minutes = minutes
        self._keep()

    def _show_what_counts(self) -> None:
        for field in (self.minutes, self.names):
            field.setEnabled(self.wanted.isChecked())
