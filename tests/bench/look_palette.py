"""Keys typed into the palette of the real window, offscreen, beside the same into a bare line.

Run as a script with a journal. Prints JSON, CPU milliseconds of the window's thread: each key until
it is painted, the floor, the opening, and the longest turn once the records come in.
"""

import json
import os
import statistics
import sys
from pathlib import Path

from tests.bench.look import Window, rest  # before all of Qt

# isort: split
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pmdesk.gui.pages.places import TODAY
from tests.bench.measuring import cpu_ms

_TYPED = ("client 017", "kehu", "settings", "report budget", "person", "预算", "客户", "min", "017 minutes", "t", "ref12")  # fmt: skip


def _key(widget, character):
    QTest.keyClicks(widget, character) if character.isascii() else widget.insert(character)


def _typed(qt, line, begin, end):
    """What each key of each text takes, with the painting that it asks for."""
    spent = []
    for text in _TYPED:
        begin()
        for character in text:

            def press(character=character):
                _key(line(), character)
                qt.processEvents()

            spent += [(cpu_ms(press)[0], text)]
        end()
    return spent


def look(path):
    shown = Window(path)
    qt, window, desktop = shown.qt, shown.app.window, shown.desktop
    desktop.show_page(TODAY)
    rest()
    bare = QLineEdit(window)
    bare.setGeometry(300, 100, 500, 40)
    bare.show()
    floor = _typed(qt, lambda: bare, bare.clear, lambda: None)
    bare.hide()
    opened, blocks = [], []

    def begin():
        opened.extend(cpu_ms(lambda: (desktop.open_palette(), qt.processEvents())))
        rest()

    def end():
        blocks.append(rest())
        QThreadPool.globalInstance().waitForDone()
        QTest.keyClick(desktop.goto.line, Qt.Key.Key_Escape)

    begin()  # the first one ever loads its code
    end()
    first = opened.pop()
    keys = sorted(_typed(qt, lambda: desktop.goto.line, begin, end))
    times = [ms for ms, _ in keys]
    return {
        "floor": statistics.median(ms for ms, _ in floor),
        "median": statistics.median(times),
        "p95": times[int(len(times) * 0.95)],
        "worst": times[-1],
        "worst at": keys[-1][1],
        "first opening": first,
        "opening": statistics.median(opened),
        "block": max(blocks),
    }


if __name__ == "__main__":
    print(json.dumps(look(Path(sys.argv[1]))), flush=True)
    os._exit(0)
