"""A new user's first hour in the real window: from its start to the first chart of one's own mail.

The days of the mail are moved so that the newest is of yesterday: charts are of the last weeks.

`python -m tests.bench.walk_first_hour MAILBOX ADDRESS [by=mouse|keys] [language=en|zh] [theme=…]
[size=1180x780] [scale=100] [times=1] [pictures=FOLDER]`: lays the mailbox (`times` of it, each with
ids of its own) into a profile of Thunderbird whose owner has that address, in a home of its own, and
goes the way by mouse or by keys alone. Prints each stage with its seconds and presses, last of all
the sum as JSON.
"""

import json
import os
import re
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from pathlib import Path

# as heads write it, and as the lines between the mails of a mailbox do
_DATE = re.compile(rb"\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [-+]\d{4}")
_LINE = re.compile(rb"^(From \S+ )\w{3} (\w{3} [ \d]\d \d\d:\d\d:\d\d \d{4})$", re.MULTILINE)
_IDS = re.compile(
    rb"^(?:Message-ID|In-Reply-To|References):[^\n]*(?:\n[ \t][^\n]*)*",
    re.MULTILINE | re.IGNORECASE,
)
HOME = Path(tempfile.mkdtemp())


def lay(mailbox, address, times):
    """The profile in which the mail lies, its days moved so that the newest is of yesterday."""
    profile = HOME / ".thunderbird" / "walk.default"
    account = profile / "ImapMail" / f"imap.{address.rpartition('@')[2]}"
    account.mkdir(parents=True)
    (HOME / "Documents").mkdir()
    (HOME / "Downloads").mkdir()
    (profile / "prefs.js").write_text(
        f'user_pref("mail.identity.id1.useremail", "{address}");\n', "utf-8"
    )
    data = _of_late(mailbox.read_bytes())
    with (account / "INBOX").open("wb") as file:
        for n in range(times):
            file.write(
                (_IDS.sub(partial(_renamed, n), data) if n else data).rstrip(b"\n") + b"\n\n"
            )
    return sum(file.stat().st_size for file in account.iterdir())


def _renamed(n, hit):
    return hit[0].replace(b"<", b"<%d." % n)


def _of_late(data):
    moments = sorted(moment for hit in _DATE.findall(data) if (moment := _moment(hit)))
    # some clocks were wrong: all but the last few tell when the mail ends
    by = timedelta(days=(datetime.now(UTC) - moments[-1 - len(moments) // 50]).days - 1)

    def moved(hit):
        moment = _moment(hit[0])
        return format_datetime(moment + by).partition(", ")[2].encode() if moment else hit[0]

    def line(hit):
        moment = datetime.strptime(hit[2].decode(), "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
        return hit[1] + (moment + by).strftime("%a %b %d %H:%M:%S %Y").encode()

    return _LINE.sub(line, _DATE.sub(moved, data))


def _moment(text):
    try:
        moment = parsedate_to_datetime(text.decode())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Walk:
    """The window, the hand that presses, and what it has cost so far."""

    def __init__(self, given):
        self.given, self.clicks, self.keys, self.stages = given, 0, 0, []
        self.began = self.last = time.perf_counter()
        from PySide6.QtCore import Qt, QThreadPool
        from PySide6.QtTest import QTest

        from pmdesk.gui.app import App, application

        self.Qt, self.QTest, self.pool = Qt, QTest, QThreadPool.globalInstance()
        self.qt = application()
        self.app = App(self.qt)
        wide, high = given["size"].split("x")
        self.app.window.resize(int(wide), int(high))
        self.app.start(None)
        self.app.window.show()
        self.window = self.app.window

    def until(self, done, most=600):
        """Let the window live until something is there."""
        end = time.perf_counter() + most
        while not done():
            if time.perf_counter() > end:
                raise TimeoutError
            self.qt.processEvents()
            time.sleep(0.002)

    def stage(self, name):
        """What was reached, and a picture of it."""
        now = time.perf_counter()
        self.stages.append((name, now - self.last, self.clicks, self.keys))
        print(
            f"  {name:<58} {now - self.last:6.2f} s   clicks {self.clicks}   keys {self.keys}",
            flush=True,
        )
        if self.given["pictures"]:
            folder = Path(self.given["pictures"])
            folder.mkdir(parents=True, exist_ok=True)
            self.until(lambda: True)
            self.QTest.qWait(60)
            tag = "-".join(self.given[n] for n in ("by", "language", "theme", "scale"))
            self.window.grab().save(str(folder / f"{tag}-{len(self.stages)}.png"))
        self.last = time.perf_counter()

    def press(self, widget, place=None):
        """Press a widget (at a place in it) by the mouse, else walk there by Tab and press Space."""
        if self.given["by"] == "mouse":
            self.clicks += 1
            at = widget.mapTo(self.window, place or widget.rect().center())
            left, none = self.Qt.MouseButton.LeftButton, self.Qt.KeyboardModifier.NoModifier
            self.QTest.mouseClick(self.window.windowHandle(), left, none, at)
        else:
            self.walk_to(widget)
            self.key(self.Qt.Key.Key_Space)
        self.qt.processEvents()

    def walk_to(self, widget, most=80):
        for _ in range(most):
            if self.window.focusWidget() is widget:
                return
            self.key(self.Qt.Key.Key_Tab)
            self.qt.processEvents()
        raise LookupError(widget.accessibleName() or widget.objectName())

    def key(self, key):
        self.keys += 1
        self.QTest.keyClick(self.window.windowHandle(), key)


def go(walk):
    """The way of a first hour; what is to be seen at its end is a chart of one's own mail."""
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QScrollArea

    mouse = walk.given["by"] == "mouse"
    walk.until(walk.window.isVisible)
    walk.stage("the window stands")
    walk.press(walk.app.page.create_button)
    walk.until(lambda: walk.window.desktop is not None)
    page = walk.window.desktop.page()
    walk.until(lambda: not page.stores.is_looking and page.stores.table.rowCount())
    walk.stage("a journal of one's own; the mail of this machine is offered")
    table = page.stores.table
    box = table.visualItemRect(table.item(0, 0))
    if mouse:
        walk.press(table.viewport(), QPoint(box.left() + 20, box.center().y()))
    else:
        walk.walk_to(table)
        walk.key(walk.Qt.Key.Key_Space)
    walk.until(lambda: page.people.unclear.ticked() and page.foot.take_button.isEnabled())
    walk.stage(f"own addresses and {len(page.people.unclear.ticked())} clients are proposed")
    walk.press(page.foot.take_button)
    walk.until(lambda: walk.window.desktop.page() is not page)
    clients = walk.window.desktop.page()
    walk.until(lambda: clients.model.rows)
    held = walk.app.desk.journal.rows("SELECT count(*) FROM interaction")[0][0]
    walk.stage(f"{held} messages are in, the clients are seen")
    rows = walk.app.desk.journal.rows(
        "SELECT client_id FROM interaction WHERE client_id IS NOT NULL GROUP BY client_id"
        " ORDER BY count(*) DESC LIMIT 1"
    )
    # figures come in beside the window, and with them the order
    walk.until(lambda: all(line.figures is not None for line in clients.model.rows))
    place = [line.id for line in clients.model.rows].index(rows[0][0])
    if mouse:
        line = clients.table.visualRect(clients.table.model().index(place, 0))
        walk.press(clients.table.viewport(), line.center())
    else:
        walk.walk_to(clients.table)
        for _ in range(place):
            walk.key(walk.Qt.Key.Key_Down)
        walk.key(walk.Qt.Key.Key_Return)
    walk.until(lambda: walk.window.desktop.current.place.name == "client", 20)
    overview = walk.window.desktop.page().stack.currentWidget()
    # a chart that is not seen is not drawn: where the window is low, a turn of the wheel
    walk.until(lambda: overview.chart_card.panels is not None)
    above = overview.findChild(QScrollArea)
    above.verticalScrollBar().setValue(overview.chart_card.mapTo(above.widget(), QPoint()).y())
    walk.until(lambda: overview.chart_card.canvas.picture is not None)
    total = time.perf_counter() - walk.began
    walk.stage("the first chart of one's own mail")
    working = walk.app.desk.work.running
    walk.until(lambda: not walk.app.desk.work.running)
    held = walk.app.desk.journal.rows("SELECT count(*) FROM interaction")[0][0]
    walk.stage(f"all of it is in: {held} messages" if working else "all of it was in")
    return {"seconds": total, "clicks": walk.clicks, "keys": walk.keys, "messages": held}


def main(mailbox, address, *more):
    given = {"by": "mouse", "language": "en", "theme": "light", "size": "1180x780", "scale": "100",
             "times": "1", "pictures": ""}  # fmt: skip
    given |= dict(one.split("=", 1) for one in more)
    size = lay(Path(mailbox), address, int(given["times"]))
    os.environ |= {"HOME": str(HOME), "PMDESK_CONFIG_DIR": str(HOME / "config"),
                   "XDG_DOCUMENTS_DIR": str(HOME / "Documents")}  # fmt: skip
    (HOME / "config").mkdir()
    kept = {"language": given["language"], "theme": given["theme"], "scale": int(given["scale"])}
    (HOME / "config" / "settings.json").write_text(json.dumps(kept))
    print(f"  {size / 1e6:.0f} MB of mail, by {given['by']}, {given['language']}", flush=True)
    print(json.dumps(go(Walk(given))), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
