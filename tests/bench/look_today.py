"""Today through the real window, offscreen: how soon it stands, what it holds up, when a row is right.

Run as a script with a journal of many clients. Prints JSON, all in milliseconds: wall time, as the
person feels it, but where it says CPU.
"""

import json
import os
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

from pmdesk.gui.app import App, application

# isort: split
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop

from pmdesk.actions.records import save_record
from pmdesk.gui.pages.places import SETTINGS, TODAY
from pmdesk.journal.journal import Journal
from pmdesk.records.trust import Promise

_TIMES = 5
_LONGEST_S = 600


class Window:
    """The window on a page that asks nothing, and the turns of its event loop."""

    def __init__(self, path):
        self.qt = application()
        self.app = App(self.qt)
        self.app.settings.opened(path)  # a journal never seen before begins on Today
        self.app.settings.page, self.app.settings.client = SETTINGS.name, 0
        self.app.start(path)
        self.app.window.resize(1280, 800)
        self.app.window.show()
        self.paint()
        self.owing = self.app.desk.owing

    @property
    def desktop(self):
        return self.app.window.desktop

    def paint(self):
        self.app.window.grab()

    def until(self, done):
        """Let the window live until something is so: how long that took, and the longest turn of its loop."""
        longest, cpu, begun = 0.0, 0.0, time.perf_counter()
        dispatcher = QAbstractEventDispatcher.instance()
        while not done():
            start, spent = time.perf_counter(), time.thread_time()
            dispatcher.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            longest = max(longest, time.perf_counter() - start)
            cpu = max(cpu, time.thread_time() - spent)
            assert time.perf_counter() - begun < _LONGEST_S
            time.sleep(0.0005)
        return {"ms": (time.perf_counter() - begun) * 1000, "block": longest * 1000,
                "block cpu": cpu * 1000}  # fmt: skip

    def found_out(self):
        return self.owing.today is not None and not self.owing.busy and not self.owing.left

    def show_today(self):
        """Today in its place and painted, as after a click on the rail."""
        start, spent = time.perf_counter(), time.thread_time()
        self.desktop.show_page(TODAY)
        self.paint()
        return {"ms": (time.perf_counter() - start) * 1000,
                "cpu": (time.thread_time() - spent) * 1000}  # fmt: skip

    def leave_today(self):
        self.desktop.show_page(SETTINGS)
        self.paint()
        self.rest()

    def rest(self):
        quiet = time.perf_counter() + 0.5
        return self.until(lambda: time.perf_counter() > quiet and self.found_out())

    def promise(self, client):
        """A promise to a client that is owed today; how long until its row is right, and the longest turn."""
        desk = self.app.desk
        day = desk.local_now().date()
        made = Promise(client_id=client, what=f"Owed to {client}", due=day, to_whom="Person 1",
                       made_on=day - timedelta(days=1))  # fmt: skip
        start = time.perf_counter()
        saved = desk.do(save_record, made, at=desk.now())
        assert saved is not None
        came = self.until(lambda: self.shows(client))
        came["ms"] = (time.perf_counter() - start) * 1000
        self.rest()
        start = time.perf_counter()
        desk.undo()
        went = self.until(lambda: not self.shows(client))
        went["ms"] = (time.perf_counter() - start) * 1000
        after = self.rest()
        return [came, {**went, "block": max(went["block"], after["block"])}]

    def shows(self, client):
        """Whether the row of `promise` stands on the page."""
        return any(
            row.owed.what == f"Owed to {client}"
            for row in self.owing.today.rows
            if row.owed.client_id == client and row.owed.rule == "promise"
        )


def anew(path):
    """Everything found out for the first time: nothing is kept in the journal."""
    with Journal.open(path) as journal:
        for statement in ("BEGIN", "DELETE FROM standing", "COMMIT"):
            journal.conn.execute(statement)
    window = Window(path)
    window.desktop.show_page(TODAY)
    return {f"anew {name}": ms for name, ms in window.until(window.found_out).items()}


def kept(path):
    """The next start: what is kept is shown at once."""
    window = Window(path)
    first = window.until(lambda: window.owing.today is not None and window.owing.today.rows)
    window.until(window.found_out)
    window.rest()
    page = window.show_today()
    assert window.desktop.page().rows.list.entries.items
    window.rest()
    again, acts = [], []
    for _ in range(_TIMES):
        window.leave_today()
        again.append(window.show_today()["ms"])
        window.rest()
    for client in range(20, 20 + _TIMES):
        acts += window.promise(client)
    return {
        "rows": len(window.owing.today.rows),
        "known": first["ms"],
        "known block": first["block"],
        "known block cpu": first["block cpu"],
        "page": page["ms"],
        "page cpu": page["cpu"],
        "again": statistics.median(again),
        "first act": acts[0]["ms"],
        "act": statistics.median(one["ms"] for one in acts[1:]),
        "act block": statistics.median(one["block"] for one in acts[1:]),
        "act block cpu": statistics.median(one["block cpu"] for one in acts[1:]),
        "act worst": max(one["ms"] for one in acts[1:]),
        "act block worst": max(one["block"] for one in acts[1:]),
    }


if __name__ == "__main__":
    ways = {"anew": anew, "kept": kept}
    figures = ways[sys.argv[2]](Path(sys.argv[1]))
    print(json.dumps({name: round(ms, 1) for name, ms in figures.items()}), flush=True)
    os._exit(0)
