"""The part of the settings that saves them to a file and takes them from one."""

import dataclasses
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from pmdesk.exchange.placing import NotWritten, placed
from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import open_path, save_path
from pmdesk.gui.pages.settings_part import SettingsPart
from pmdesk.gui.settings_carried import CARRIED, Carried, NoSettings, read_settings, settings_text
from pmdesk.gui.widgets.parts import button, label
from pmdesk.journal.errors import shown
from pmdesk.words import Words

_NAME: Final = "PM Desk.settings.json"
_KIND: Final = "*.json"


class CarriedPart(SettingsPart):
    """Two buttons; what does not fit this computer is told, and Undo puts back what was there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = desk.words
        text = words(
            "What stands on this page for the window, reminders, backups and the lock. Addresses,"
            " calendars and limits are in the journal and go with it. No folder, client or passphrase is in"
            " the file."
        )
        self.body.addWidget(label(text, "muted", wrap=True))
        row = QHBoxLayout()
        self.save_button = button(words("Save settings to a file…"), self._choose_target)
        self.take_button = button(words("Take settings from a file…"), self._choose_source)
        row.addWidget(self.save_button)
        row.addWidget(self.take_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)

    def _choose_target(self) -> None:
        path = save_path(self, self._desk.words("Save settings to a file…"), _NAME, _KIND)
        if path is not None:
            self.save(path)

    def save(self, target: Path) -> None:
        """Write the settings to a file."""
        words = self._desk.words
        try:
            with placed(target) as draft:
                draft.write_text(settings_text(self._desk.settings), "utf-8")
        except NotWritten as refused:
            self._say(words(refused.sentence, path=shown(refused.path)))
            return
        self._say("")
        self._desk.tell(words("Settings saved to {path}", path=shown(target)))

    def _choose_source(self) -> None:
        path = open_path(self, self._desk.words("Take settings from a file…"), _KIND)
        if path is not None:
            self.take(path)

    def take(self, source: Path) -> None:
        """Take what of a file fits here, at once."""
        desk = self._desk
        try:
            carried = read_settings(source, has_tray=desk.has_tray())
        except NoSettings:
            self._say(desk.words("{path} holds no settings of PM Desk.", path=shown(source)))
            return
        except OSError:
            self._say(desk.words("{path} cannot be opened.", path=shown(source)))
            return
        self._say("")
        before = {name: getattr(desk.settings, name) for name in CARRIED}
        main: Any = self.window()
        _wear(main, carried.values)
        # told by the window that wears them, in their language
        QTimer.singleShot(0, main, partial(_tell, main, carried, before))

    def _say(self, sentence: str) -> None:
        self.problem.setText(f"⚠ {sentence}" if sentence else "")
        self.problem.setVisible(bool(sentence))


def _wear(main: Any, values: dict[str, Any]) -> None:
    """Set them and let the program follow."""
    desk: Desk = main.app.desk
    before = dataclasses.replace(desk.settings)
    for name, value in values.items():
        setattr(desk.settings, name, value)
    desk.wished.emit()
    if before != desk.settings:
        main.dress_later()


def _tell(main: Any, carried: Carried, before: dict[str, Any]) -> None:
    desk: Desk = main.app.desk
    words = desk.words
    if carried.refused:
        sentence = words(
            "Not taken, for they do not fit here: {what}",
            what=words.clauses(_told(words, carried)),
        )
        desk.noticed.emit("warn", sentence)
    done = words("Settings taken: {n}", n=words.number(len(carried.values), 0))
    desk.tell(done, offer=(words("Undo"), partial(_wear, main, before)))


def _told(words: Words, carried: Carried) -> list[str]:
    return [
        words.labelled(words(one.text), words(one.why, value=one.value)) for one in carried.refused
    ]
