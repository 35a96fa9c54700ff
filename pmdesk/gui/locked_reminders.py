"""Says while the journal is locked that something became due: how much of it, nothing else is known."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from pmdesk.gui.desk import Desk

# A timer never sleeps for longer: the clock may be set meanwhile.
_LONGEST_MS: Final = 3_600_000


class LockedReminders(QObject):
    """`come` tells how many of the moments it was given have come since it began."""

    come = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ahead: list[float] = []
        self._come = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def begin(self, moments: list[float]) -> None:
        """Wait for these, in Unix seconds."""
        self._ahead, self._come = sorted(moments), 0
        self._look()

    def end(self) -> None:
        """Wait no more."""
        self._timer.stop()
        self._ahead = []

    def _look(self) -> None:
        now = Desk.now().timestamp()
        left = [moment for moment in self._ahead if moment > now]
        new, self._ahead = len(self._ahead) - len(left), left
        if left:
            self._timer.start(min(round((left[0] - now) * 1000) + 1, _LONGEST_MS))
        if new:
            self._come += new
            self.come.emit(self._come)
