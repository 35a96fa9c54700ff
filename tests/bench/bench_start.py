"""The start of the window beside an empty one: plain, encrypted, and what it holds in memory."""

import pytest

from pmdesk.journal.journal import Journal
from pmdesk.journal.passphrase import change_passphrase
from tests.bench.generate import generate
from tests.bench.measuring import medians, run_code, tell

TIMES = 9
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
qt = QApplication([])
window = QMainWindow(); window.resize(1280, 800); window.show(); window.grab(); qt.processEvents()
"""
# as pmdesk.__main__ starts, up to Today, whose rows are read beside it
FULL = """
from pathlib import Path
from pmdesk.__main__ import begun
opening = begun({path!r})
from pmdesk.gui.app import App, application
qt = application()
app = App(qt)
app.start(Path({path!r}), opening)
app.window.show(); app.window.grab(); qt.processEvents()
if app.window.desktop is None:
    from PySide6.QtCore import QEventLoop
    while app.window.desktop is None:
        qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.window.grab(); qt.processEvents()
assert type(app.window.desktop.page()).__name__ == "TodayPage"
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Settings of its own, for no start may open what another has left."""
    return {"PMDESK_CONFIG_DIR": str(tmp_path_factory.mktemp("config"))}


def beside_an_empty_window(path, **more):
    """Runs of both, one after the other."""
    empty, full = [], []
    for _ in range(TIMES):
        empty.append(run_code(EMPTY, **more))
        full.append(run_code(FULL.format(path=str(path)), **more))
    return medians(empty), medians(full)


def tell_start(what, empty, full, reach):
    tell(
        what,
        f"{full['cpu'] / empty['cpu']:.2f} x CPU ({full['cpu'] * 1000:.0f} ms),"
        f" {full['wall'] / empty['wall']:.2f} x wall",
        f"{empty['cpu'] * 1000:.0f} ms CPU",
        reach,
    )


def test_start_and_memory(big, own):
    empty, full = beside_an_empty_window(big, **own)
    tell_start("start to Today", empty, full, "1.7 x")
    tell(
        "memory before a chart",
        f"{full['mb'] / empty['mb']:.2f} x ({full['mb']:.0f} MB)",
        f"{empty['mb']:.0f} MB",
        "2 x",
    )


def test_encrypted_start(tmp_path, own):
    path = generate(tmp_path / "e.pmdesk", 10_000)
    change_passphrase(Journal.open(path), "one").close()
    empty, full = beside_an_empty_window(path, **own, PMDESK_PASSPHRASE="one")
    tell_start("encrypted start to Today", empty, full, "2.2 x")
