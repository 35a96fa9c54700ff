"""Whether the person has left the screen, as a bus of the desktop tells, or the clocks."""

import os
import shutil
import subprocess
import sys

import pytest

from pmdesk.gui.screen_watch import ScreenWatch, bus_addresses, own_session

# One process is the desktop, on a bus of its own: what it tells, and how often somebody has left.
DESKTOP = """
import os
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
os.environ["XDG_SESSION_ID"] = "2"
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pmdesk.gui.screen_watch import ScreenWatch

qt = QCoreApplication([])
bus = QDBusConnection.sessionBus()
assert bus.registerService("org.freedesktop.login1")
login, saver = "/org/freedesktop/login1", "/org/freedesktop/ScreenSaver"
told = [
    (saver, "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    (saver, "org.freedesktop.ScreenSaver", "ActiveChanged", [False]),
    ("/x", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    (login, "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
    (login, "org.freedesktop.login1.Manager", "PrepareForSleep", [False]),
    (login + "/session/_32", "org.freedesktop.login1.Session", "Lock", []),
    (login + "/session/_33", "org.freedesktop.login1.Session", "Lock", []),
    ("/x", "org.example.Other", "ActiveChanged", [True]),
]
watch, left, done = ScreenWatch(qt), [], []
watch.left.connect(lambda: left.append(done[-1]))
watch.watch(on=True)

def tell():
    if len(done) == len(told):
        print(left)
        qt.quit()
        return
    done.append(len(done))
    path, interface, name, values = told[len(done) - 1]
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(values)
    bus.send(message)
    QTimer.singleShot(30, tell)

QTimer.singleShot(30, tell)
qt.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a bus of its own")
def test_the_desktop_tells_that_the_screen_is_locked_and_that_it_sleeps():
    command = ["dbus-run-session", "--", sys.executable, "-c", DESKTOP]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.strip() == "[0, 2, 3, 5]", done.stderr


def test_without_a_bus_nothing_is_loaded_for_it_and_nothing_happens():
    script = (
        "import sys\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from pmdesk.gui.screen_watch import ScreenWatch\n"
        "qt = QCoreApplication([])\n"
        "watch = ScreenWatch(qt)\n"
        "watch.watch(on=True)\n"
        "watch.look()\n"
        "print(watch.watches, 'PySide6.QtDBus' in sys.modules)\n"
    )
    names = ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "XDG_RUNTIME_DIR")
    environment = {k: v for k, v in os.environ.items() if k not in names}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment
    )
    expected = "False" if not bus_addresses()[1] else "True"
    assert done.stdout.split() == ["True", expected], done.stderr
    assert done.stderr == ""


def test_a_sleep_that_nobody_told_of_and_a_locked_screen_are_seen_once(qapp, monkeypatch):
    asleep, locked, left = [100.0], [False], []
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    watch = ScreenWatch(qapp, lambda: asleep[0], lambda: locked[0])
    watch.left.connect(lambda: left.append(True))
    watch.look()
    assert left == []  # nobody watches yet
    watch.watch(on=True)
    for slept, is_locked, times in [
        (101, False, 0),
        (160, False, 1),
        (160, True, 2),
        (160, True, 2),
    ]:
        asleep[0], locked[0] = slept, is_locked
        watch.look()
        assert len(left) == times
    watch.watch(on=False)
    asleep[0] = 999
    watch.look()
    assert len(left) == 2


@pytest.mark.parametrize(
    ("name", "path"), [("", ""), ("c1", "c1"), ("2", "_32"), ("a-b", "a_2db"), ("12", "_312")]
)
def test_the_own_session_is_called_as_the_bus_calls_it(monkeypatch, name, path):
    monkeypatch.setenv("XDG_SESSION_ID", name)
    assert own_session() == (f"/org/freedesktop/login1/session/{path}" if path else "")
