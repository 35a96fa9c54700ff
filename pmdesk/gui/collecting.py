"""The garbage collector runs in the window's thread alone.

Python looks through garbage in whatever thread makes the next object. What a thread beside the
window found there might be a widget, and Qt ends the program when one goes in another thread.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from pmdesk.collector import collect_due

_EVERY_MS: Final = 400


class Collecting(QObject):
    """Stops Python's own collecting and does it here, as long as `window` lives."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        gc.disable()
        window.destroyed.connect(gc.enable)
        timer = QTimer(self)
        timer.timeout.connect(collect_due)
        timer.start(_EVERY_MS)
