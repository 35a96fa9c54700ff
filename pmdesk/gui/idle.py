"""Tells when nobody has done anything in the window for some minutes."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

# How often somebody looks; a machine that has slept is noticed as late as that.
_LOOK_MS: Final = 10_000
_DONE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


def seconds() -> float:
    """A clock that nobody sets, and that goes on while the machine sleeps."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):  # macOS counts sleep in the second
        if hasattr(time, name):
            return time.clock_gettime(getattr(time, name))
    return time.monotonic()  # so does Windows


class Idle(QObject):
    """`passed` once nobody has used key, mouse, wheel or touch in any window for so long.

    It listens to the windows, not to the application: that would be asked about every event of
    every widget. What an input method types moves the cursor.
    """

    passed = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = seconds) -> None:
        """`clock` tells seconds."""
        super().__init__(parent)
        self.clock = clock
        self._limit = 0.0
        self._last = 0.0
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Wait for so many idle minutes from now on, or from when that began; 0 ends it."""
        limit = minutes * 60.0
        if not limit:
            self._timer.stop()
            self._listen(on=False)
        elif not self._limit:
            self._last = self.clock()
            self._timer.start()
            self._listen(on=True)
        self._limit = limit

    def _listen(self, *, on: bool) -> None:
        app, method = QGuiApplication.instance(), QGuiApplication.inputMethod()
        if on == bool(self._limit) or not isinstance(app, QGuiApplication):
            return
        if on:
            app.focusWindowChanged.connect(self._on_window)
            method.cursorRectangleChanged.connect(self._touch)
            for window in QGuiApplication.topLevelWindows():
                window.installEventFilter(self)
            return
        app.focusWindowChanged.disconnect(self._on_window)
        method.cursorRectangleChanged.disconnect(self._touch)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    def _on_window(self, window: QWindow | None) -> None:
        """Hear a window, as a dialog is, that has just been opened."""
        if window is not None:
            window.installEventFilter(self)  # a second time would only put it in front
            self._touch()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _DONE:
            self._touch()
        return False

    def _touch(self) -> None:
        """Somebody is there; who comes after too long is too late."""
        if self.look():
            self._last = self.clock()

    def look(self) -> bool:
        """Whether the time has not passed yet; `passed` is told where it has."""
        if not self._limit or self.clock() - self._last < self._limit:
            return True
        self._last = self.clock()  # told once, not with each further event
        self.passed.emit()
        return False
