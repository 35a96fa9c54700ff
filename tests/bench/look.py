"""Clients through the real window, offscreen: CPU milliseconds of the window's thread.

Run as a script with a journal whose client 1 is the worst and client 2 a usual one; with "usual",
a journal of many alike. Prints JSON.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from pmdesk.gui.app import App, application

# isort: split
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QThreadPool

from pmdesk.actions.records import save_record
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from tests.bench.measuring import PEAK, cpu_ms

_TIMES = 3
_QUIET_S = 0.4


def rest():
    """Let everything put off come to its end; the longest turn of the event loop in ms."""
    turns, quiet_since = [0.0], time.monotonic()
    dispatcher = QAbstractEventDispatcher.instance()
    while time.monotonic() - quiet_since < _QUIET_S:
        start = time.thread_time()
        dispatcher.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        turns.append((time.thread_time() - start) * 1000)
        if turns[-1] > 1 or QThreadPool.globalInstance().activeThreadCount():
            quiet_since = time.monotonic()
        time.sleep(0.0005)
    return max(turns)


class Window:
    """The window, and what its thread spends."""

    def __init__(self, path):
        self.qt = application()
        self.app = App(self.qt)
        self.app.start(path)
        self.app.window.resize(1280, 800)
        self.app.window.show()
        self.paint()
        rest()

    @property
    def desktop(self):
        return self.app.window.desktop

    def paint(self):
        """The window as the person sees it now."""
        self.app.window.grab()

    def open_client(self, number):
        self.desktop.open_client(number)
        self.paint()

    def show_tab(self, name):
        self.desktop.page().go_to(name)
        self.paint()

    def save(self):
        """Save an interaction with client 1, as a form does."""
        desk = self.app.desk
        record = Interaction(
            client_id=1, channel=Channel.CALL, direction=Direction.OUTBOUND, at=desk.now(),
            subject="Agreed", text="A call",
        )  # fmt: skip
        assert desk.do(save_record, record, at=desk.now()) is not None
        self.paint()


def look(path):
    """All figures of the client; what is loaded with the first client ever has been loaded."""
    window = Window(path)
    assert window.app.desk.journal.get(Client, 2) is not None
    spent = {
        f"{name}{block}": []
        for name in ("open", "save", "tab", "trust", "crisis")
        for block in ("", " block")
    }

    def note(name, act):
        spent[name] += cpu_ms(act)
        spent[f"{name} block"].append(rest())

    for _ in range(_TIMES):
        window.open_client(2)
        window.show_tab("communication")
        window.show_tab("overview")
        rest()
        note("open", lambda: window.open_client(1))
        note("save", window.save)
        note("tab", lambda: window.show_tab("communication"))
        note("trust", lambda: window.show_tab("trust"))
        note("crisis", lambda: window.show_tab("crisis"))
        window.show_tab("overview")
    return medians_of(spent)


def look_at_usual(path):
    """Clients one after another, as a person would: nothing of any has been read before."""
    window = Window(path)
    window.open_client(20)
    rest()
    spent = {"open": [], "open block": []}
    for number in range(21, 30):
        spent["open"] += cpu_ms(lambda number=number: window.open_client(number))
        spent["open block"].append(rest())
    return medians_of(spent)


def medians_of(spent):
    """The medians, and the peak of this process."""
    peak = {}
    exec(PEAK, peak)  # noqa: S102 - our own text, the same that other processes run
    return {
        **{name: statistics.median(times) for name, times in spent.items()},
        "mb": peak["peak_mb"](),
    }


if __name__ == "__main__":
    way = look_at_usual if sys.argv[2:] == ["usual"] else look
    print(json.dumps(way(Path(sys.argv[1]))), flush=True)
    os._exit(0)
