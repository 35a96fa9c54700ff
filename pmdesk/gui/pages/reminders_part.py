"""The part of the settings for reminders, the tray, and the capture line from anywhere."""

import shlex
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.gui.desk import Desk
from pmdesk.gui.theme import mark_widget
from pmdesk.gui.widgets.parts import button, label, rule
from pmdesk.typed.numbers import integer, whole

_MOST_MINUTES = 240
_FIELD_WIDTH = 56


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


def _minutes(text: str) -> int | None:
    """The minutes that are typed; None where they are none, or too many."""
    for read in (integer, whole):  # 1５ and 十五
        try:
            minutes = read(text)
        except ValueError:
            continue
        return minutes if 0 <= minutes <= _MOST_MINUTES else None
    return None


class RemindersPart(QWidget):
    """Everything takes effect at once; the tray is offered only where the desktop has one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, words, settings = desk, desk.words, desk.settings
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        self.wanted = QCheckBox(words("Remind me of what becomes due or late"))
        self.wanted.setChecked(settings.reminders)
        self.names = QCheckBox(words("Show clients and texts in the desktop's notices"))
        self.names.setChecked(settings.reminder_names)
        self.names.setToolTip(words("Others may see them, and the desktop may keep them."))
        self.minutes = QLineEdit(str(settings.reminder_minutes))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.minutes.setFixedWidth(round(_FIELD_WIDTH * settings.scale / 100))
        self.tray = QCheckBox(words("Stay in the tray when the window is closed"))
        self.tray.setChecked(settings.stay_in_tray)
        body.addWidget(self.wanted)
        body.addLayout(self._before())
        body.addWidget(self.problem)
        body.addWidget(self.names)
        body.addWidget(self.tray)
        self.tray.setVisible(desk.has_tray())  # once it has a parent: else it is a window
        body.addWidget(rule())
        body.addLayout(self._capture())
        for box in (self.wanted, self.names, self.tray):
            box.clicked.connect(self._keep)
        self.minutes.editingFinished.connect(self._keep)
        self.minutes.textEdited.connect(lambda: self._say(""))
        self._show_what_counts()

    def _before(self) -> QHBoxLayout:
        words = self._desk.words
        row = QHBoxLayout()
        row.setSpacing(8)
        caption = label(words("Minutes before a meeting"), "")
        caption.setBuddy(self.minutes)
        self.minutes.setAccessibleName(caption.text())
        row.addWidget(caption)
        row.addWidget(self.minutes)
        row.addStretch(1)
        return row

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
        self._keep_minutes()
        self._show_what_counts()
        self._desk.wished.emit()

    def _keep_minutes(self) -> None:
        """Keep what is typed, or say what is wanted: those before hold until then."""
        minutes = _minutes(self.minutes.text())
        if minutes is None:
            words = self._desk.words
            self._say(words("Give whole minutes from {low} to {high}.", low=0, high=_MOST_MINUTES))
            return
        self._desk.settings.reminder_minutes = minutes
        self.minutes.setText(str(minutes))
        self._say("")

    def _say(self, sentence: str) -> None:
        """Show below the field what is wrong with it; nothing with an empty sentence."""
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))
        self.minutes.setAccessibleDescription(sentence)
        mark_widget(self.minutes, "problem", bool(sentence))

    def _show_what_counts(self) -> None:
        for field in (self.minutes, self.names):
            field.setEnabled(self.wanted.isChecked())
