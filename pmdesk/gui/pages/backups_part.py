"""The part of the settings for backups: whether, where, how often, and how much room they may take."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QCheckBox

from pmdesk.gui.desk import Desk
from pmdesk.gui.dialogs import folder_path
from pmdesk.gui.pages.places import BACKUPS
from pmdesk.gui.pages.settings_part import SettingsPart
from pmdesk.gui.settings import BACKUP_GB, BACKUP_MINUTES
from pmdesk.gui.widgets.minutes_field import MinutesField, WholeField
from pmdesk.gui.widgets.parts import button, label
from pmdesk.gui.widgets.wrapped_row import WrappedRow
from pmdesk.journal.errors import shown
from pmdesk.words import mark

_GIGABYTES: Final = mark("Give whole gigabytes from {low} to {high}.")


class BackupsPart(SettingsPart):
    """Everything takes effect at once; backups that lie elsewhere stay where they are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, settings, body = desk.words, desk.settings, self.body
        self.wanted = QCheckBox(
            words("Back up by itself: while working, at close, before large acts")
        )
        self.wanted.setChecked(settings.backups)
        self.wanted.clicked.connect(self._keep)
        body.addWidget(self.wanted)
        low, high = BACKUP_MINUTES
        caption = words("Minutes between two backups")
        self.minutes = MinutesField(words, caption, settings.backup_minutes, high, low)
        self.minutes.kept.connect(self._keep_minutes)
        caption = words("Gigabytes that the backups of a journal may take")
        self.gigabytes = WholeField(words, caption, settings.backup_gb, BACKUP_GB, _GIGABYTES)
        self.gigabytes.kept.connect(self._keep_gigabytes)
        body.addWidget(self.minutes)
        body.addWidget(self.gigabytes)
        body.addWidget(label(words("Where they lie"), "small"))
        self.folder = label("", "", wrap=True)
        body.addWidget(self.folder)
        row = WrappedRow(gap=8)
        self.choose_button = button(words("Another folder…"), self._choose)
        self.beside_button = button(words("Beside the journal"), lambda: self.use_folder(""))
        row.addWidget(self.choose_button)
        row.addWidget(self.beside_button)
        row.addWidget(button(words("Show backups"), lambda: desk.show(BACKUPS), quiet=True))
        body.addLayout(row)
        self._show()

    def _keep(self) -> None:
        self._desk.settings.backups = self.wanted.isChecked()
        self._show()
        self._desk.wished.emit()

    def _keep_minutes(self, minutes: int) -> None:
        self._desk.settings.backup_minutes = minutes
        self._keep()

    def _keep_gigabytes(self, gigabytes: int) -> None:
        self._desk.settings.backup_gb = gigabytes
        self._keep()

    def _choose(self) -> None:
        folder = folder_path(self, self._desk.words("A folder for backups"))
        if folder is not None:
            self.use_folder(str(folder.absolute()))

    def use_folder(self, folder: str) -> None:
        """Let the backups made from now on lie there; "" is beside the journal."""
        self._desk.settings.backup_folder = folder
        self._keep()

    def _show(self) -> None:
        settings, words = self._desk.settings, self._desk.words
        folder = settings.backup_folder
        beside = words("Beside the journal, in a folder of their own")
        self.folder.setText(shown(Path(folder)) if folder else beside)
        self.beside_button.setVisible(bool(folder))
        for part in (self.minutes, self.choose_button, self.beside_button):
            part.setEnabled(settings.backups)
