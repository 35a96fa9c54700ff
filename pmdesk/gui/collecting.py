"""The garbage collector runs in the window's thread alone, and only between two events.

Python looks through garbage in whatever thread makes the next object, wherever that is. What a thread
beside the window found there might be a widget, and Qt ends the program when one goes in another
thread. Found while Qt is letting another widget go, it waits for ever for the lock that Qt holds.
"""

import gc
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QTimer

from pmdesk.collector import collect_due

_EVERY_MS: Final = 400
_WHOLE_EVERY_S: Final = 60  # through all that is loaded, which holds up the window (70 ms)


class Collecting(QObject):
    """Stops Python's own collecting for good, and does it here as long as `window` lives."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        gc.disable()
        self._whole_at = monotonic()
        timer = QTimer(self)
        timer.timeout.connect(self._collect)
        timer.start(_EVERY_MS)

    def _collect(self) -> None:
        now = monotonic()
        if collect_due(whole=now - self._whole_at >= _WHOLE_EVERY_S):
            self._whole_at = now
