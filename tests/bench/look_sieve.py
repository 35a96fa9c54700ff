"""Filters pressed and rows read in place in the real window, offscreen, beside a bare list and text.

Run as a script with a journal of one long client. Prints JSON, CPU milliseconds of the window's
thread unless said otherwise.
"""

import json
import os
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from tests.bench.look import Window, rest  # before all of Qt

# isort: split
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from pmdesk.gui.pages.places import CLIENT
from pmdesk.journal.sieve import Sieve
from pmdesk.records.interaction import Interaction
from tests.bench.measuring import cpu_ms

_SIEVES = {
    "direction": Sieve(direction="inbound"),
    "person": Sieve(person="person 3"),
    "period": Sieve(since=date(2026, 6, 1)),
    "text": Sieve(text="budget"),
    "text and direction": Sieve(text="预算变更", direction="outbound"),
}


def _pressed(qt, tab, act):
    """Wall time until the rows stand, what the press and the showing take, the longest block."""
    start = time.perf_counter()
    press = cpu_ms(lambda: (act(), qt.processEvents()))[0]
    block = 0.0
    while tab._latest.busy:
        block = max(block, cpu_ms(qt.processEvents)[0])
        time.sleep(0.001)
    shown = cpu_ms(tab.grab)[0]
    return (time.perf_counter() - start) * 1000, press, max(block, press), shown


def look(path):
    opened = Window(path)
    qt, window, desktop = opened.qt, opened.app.window, opened.desktop
    desktop.show_page(CLIENT, 1)
    desktop.show_tab("timeline")
    rest()
    QThreadPool.globalInstance().waitForDone()
    rest()
    tab = desktop.page().stack.currentWidget()
    found = {"rows": tab.list.count, "filters": {}}

    def use(sieve):
        tab.bar.use(sieve)
        tab.bar.changed.emit()

    for name, sieve in _SIEVES.items():
        runs = [_pressed(qt, tab, lambda sieve=sieve: use(sieve)) for _ in range(3)]
        found["filters"][name] = [tab.list.count, *map(statistics.median, zip(*runs, strict=True))]
        use(Sieve())
        rest()
    runs = [
        _pressed(qt, tab, lambda on=on: tab.by_thread.setChecked(on)) for on in (True, False, True)
    ]
    found["filters"]["by thread"] = [tab.list.count, *runs[2]]
    tab.by_thread.setChecked(False)
    rest()
    tab.list.take_focus()
    QTest.keyClick(tab.table, Qt.Key.Key_Space)
    rest()
    read = []
    for _ in range(60):
        read += cpu_ms(lambda: (QTest.keyClick(tab.table, Qt.Key.Key_J), qt.processEvents()))
    found["read"] = sorted(read)
    bare = QPlainTextEdit(window)
    bare.setGeometry(600, 200, 600, 500)
    bare.show()
    texts = [
        desktop.desk.journal.get(Interaction, id_).text
        for (id_,) in desktop.desk.journal.rows("SELECT id FROM interaction LIMIT 60", [])
    ]
    rest()
    floor = []
    for text in texts:
        floor += cpu_ms(lambda text=text: (bare.setPlainText(text), qt.processEvents()))
    found["floor"] = statistics.median(floor)
    conn = desktop.desk.journal.conn
    sql = "SELECT id, at FROM interaction WHERE client_id = 1 AND direction = 'inbound' ORDER BY at DESC"
    start = time.perf_counter()
    conn.execute(sql).fetchall()
    found["bare query"] = (time.perf_counter() - start) * 1000
    return found


if __name__ == "__main__":
    print(json.dumps(look(Path(sys.argv[1]))), flush=True)
    os._exit(0)
