"""Tells when the person has left the screen: it is locked, or the machine goes to sleep.

On Linux the desktop tells by D-Bus; Windows and macOS are asked every few seconds. A sleep of which
nobody told is seen at its end, by the clocks. Where nobody tells anything nothing happens.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot

from pmdesk.gui.screen_state import asleep_seconds, screen_is_locked

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_LOOK_MS: Final = 3_000
# Clocks are read one after the other, and differ by less.
_SLEPT_S: Final = 2.0
_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_LOGIN: Final = "org.freedesktop.login1"
_SESSION: Final = "/org/freedesktop/login1/session/"


class ScreenWatch(QObject):
    """`left` each time the screen is locked or the machine sleeps, as long as it is watched."""

    left = Signal()

    def __init__(
        self,
        parent: QObject,
        asleep_seconds: Callable[[], float] = asleep_seconds,
        is_locked: Callable[[], bool] = screen_is_locked,
    ) -> None:
        """The system is asked how long it has slept, and whether its screen is locked."""
        super().__init__(parent)
        self._asleep_seconds, self._is_locked = asleep_seconds, is_locked
        self._asleep = 0.0
        self._was_locked = False
        self._buses: list[QDBusConnection] | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def watches(self) -> bool:
        """Whether it tells at present."""
        return self._timer.isActive()

    def watch(self, *, on: bool) -> None:
        """Begin to tell, or end it."""
        if on and not self.watches:
            self._asleep, self._was_locked = self._asleep_seconds(), False
            self._timer.start()
            if self._buses is None:
                self._buses = self._listen() if sys.platform == "linux" else []
        elif not on:
            self._timer.stop()

    def look(self) -> None:
        """Ask the system itself."""
        asleep, locked = self._asleep_seconds(), self._is_locked()
        slept, self._asleep = asleep - self._asleep > _SLEPT_S, asleep
        newly, self._was_locked = locked and not self._was_locked, locked
        if slept or newly:
            self._tell()

    def _tell(self) -> None:
        if self.watches:
            self.left.emit()

    def _listen(self) -> "list[QDBusConnection]":
        """Hear the buses that are there; none is started for it."""
        addresses = bus_addresses()
        if not any(addresses):
            return []
        from PySide6.QtDBus import QDBusConnection  # once the window stands, and where there is one

        person, system = addresses
        buses = []
        if person and (bus := QDBusConnection.sessionBus()).isConnected():
            for name in _SAVERS:
                self._hear(bus, ("", "", name, "ActiveChanged", "b"), SLOT("on_active(bool)"))
            buses.append(bus)
        if system and (bus := QDBusConnection.systemBus()).isConnected():
            manager = (_LOGIN, "", f"{_LOGIN}.Manager", "PrepareForSleep", "b")
            self._hear(bus, manager, SLOT("on_active(bool)"))
            session = (_LOGIN, own_session(), f"{_LOGIN}.Session", "Lock", "")
            self._hear(bus, session, SLOT("on_lock()"))
            buses.append(bus)
        return buses

    def _hear(self, bus: Any, what: tuple[str, ...], slot: str) -> None:
        # bus: what Qt's stubs say of it, bytes for the slot, it refuses
        bus.connect(*what, self, slot)

    @Slot(bool)
    def on_active(self, active: bool) -> None:
        """The screen is locked or the machine about to sleep, or either is over."""
        if active:
            self._tell()

    @Slot()
    def on_lock(self) -> None:
        """Somebody asked the session to be locked."""
        self._tell()


def bus_addresses() -> tuple[bool, bool]:
    """Whether there is a bus of the person's session, and one of the system.

    Looked for here: the library would start one where there is none.
    """
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    person = "DBUS_SESSION_BUS_ADDRESS" in os.environ or bool(
        runtime and (Path(runtime) / "bus").exists()
    )
    system = "DBUS_SYSTEM_BUS_ADDRESS" in os.environ or any(
        Path(place).exists()
        for place in ("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket")
    )
    return person, system


def own_session() -> str:
    """The path of the person's own session on the bus; "", every session, where it is not known."""
    name = os.environ.get("XDG_SESSION_ID", "")
    if not name:
        return ""
    escaped = [
        letter if letter.isascii() and letter.isalnum() and (n or letter.isalpha()) else f"_{ord(letter):02x}"
        for n, letter in enumerate(name)
    ]  # fmt: skip
    return _SESSION + "".join(escaped)
