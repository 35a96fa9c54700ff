"""The part of the settings for the lock: when it locks by itself."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from pmdesk.gui.commands import COMMANDS
from pmdesk.gui.desk import Desk
from pmdesk.gui.pages.settings_part import SettingsPart
from pmdesk.gui.settings import MOST_LOCK_MINUTES
from pmdesk.gui.widgets.minutes_field import MinutesField
from pmdesk.gui.widgets.parts import button, label


class LockPart(SettingsPart):
    """Everything takes effect at once; without a passphrase it says that nothing is locked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, settings, body = desk.words, desk.settings, self.body
        protected = desk.journal.passphrase is not None
        sentence = (
            words("Locked, the window shows nothing of the journal until its passphrase is typed.")
            if protected
            else words("This takes effect once the journal has a passphrase.")
        )
        body.addWidget(label(sentence, "muted", wrap=True))
        caption = words("Idle minutes before it locks (0: never)")
        self.minutes = MinutesField(words, caption, settings.lock_minutes, MOST_LOCK_MINUTES)
        self.minutes.kept.connect(self._keep_minutes)
        body.addWidget(self.minutes)
        text = words("Lock with the screen, and at sleep")
        self.with_screen = QCheckBox(text)
        self.with_screen.setChecked(settings.lock_with_screen)
        self.with_screen.clicked.connect(self._keep_screen)
        body.addWidget(self.with_screen)
        if protected:
            row = QHBoxLayout()
            self.now = button(words("Lock now"), self._lock)
            self.now.setToolTip("Ctrl+L")
            row.addWidget(self.now)
            row.addStretch(1)
            body.addLayout(row)

    def _keep_minutes(self, minutes: int) -> None:
        self._desk.settings.lock_minutes = minutes
        self._desk.wished.emit()

    def _keep_screen(self) -> None:
        self._desk.settings.lock_with_screen = self.with_screen.isChecked()
        self._desk.wished.emit()

    def _lock(self) -> None:
        self._desk.run_command(next(one for one in COMMANDS if one.name == "lock"))
