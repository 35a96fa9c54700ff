"""Locking and unlocking the real window, offscreen, beside what making the key takes.

Run as a script with an encrypted journal whose passphrase is "one". Prints JSON, wall time in
milliseconds: what the key takes, how soon the screen is empty, and how soon the page stands again.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from pmdesk.gui.app import App, application

# isort: split
from PySide6.QtCore import QCoreApplication, QEventLoop, QThreadPool

from pmdesk.journal.journal import Journal
from pmdesk.journal.opening import Opening

_TIMES = 7
_PAGES = ("today", "client")


def _until(done):
    while not done():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.0005)


def _ms(begun):
    return (time.perf_counter() - begun) * 1000


def look(path):
    qt = application()
    app = App(qt)
    app.window.resize(1280, 800)
    app.window.show()
    app.use(Journal.open(path, "one"))
    found = {"key": [], "lock": [], **{page: [] for page in _PAGES}}
    for page in _PAGES:
        if page == "client":
            app.window.desktop.open_client(17)
        _until(lambda: app.desk.owing.today is not None and not app.desk.relations.busy)
        for _ in range(_TIMES):
            QThreadPool.globalInstance().waitForDone()
            qt.processEvents()
            begun = time.perf_counter()
            app.lock()
            app.window.grab()
            found["lock"].append(_ms(begun))
            _until(lambda: app.locking.is_closed)
            QThreadPool.globalInstance().waitForDone()
            begun = time.perf_counter()
            Opening(path, "one").wait().close()
            found["key"].append(_ms(begun))
            begun = time.perf_counter()
            app.page.unlock_asked.emit("one")
            _until(lambda: app.desk is not None)
            app.window.grab()
            found[page].append(_ms(begun))
    return {name: statistics.median(times) for name, times in found.items()}


if __name__ == "__main__":
    print(json.dumps(look(Path(sys.argv[1]))), flush=True)
    os._exit(0)
