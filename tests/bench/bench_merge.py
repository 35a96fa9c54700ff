"""Two machines at size: what the other side takes of memory, and how long the window stands still."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer

from pmdesk.actions.archive import archived_side, export_archive
from pmdesk.actions.merge import merge
from pmdesk.actions.sample import create_sample
from pmdesk.gui.app import App
from pmdesk.gui.pages.places import MERGE
from pmdesk.journal.journal import Journal
from pmdesk.records.interaction import Interaction
from tests.bench.generate import generate
from tests.bench.measuring import run_code, tell
from tests.e2e.conftest import Driver

CONFLICTS = 2_000
TEXT = "接口测试报告需在十一月二十五日前提交。Please send the annex. " * 25


def test_other_side_in_memory(tmp_path):
    journal = generate(tmp_path / "big.pmdesk", 200_000)
    with Journal.open(journal) as opened:
        export_archive(opened, tmp_path / "big.zip")
    for path in (journal, tmp_path / "big.zip"):
        code = f"""
            from pathlib import Path
            from pmdesk.actions.merge import other_side
            side = other_side(Path({str(path)!r}))
        """
        spent = run_code(code)
        tell(f"other side of 200,000 contacts, {path.suffix}", f"{spent['mb']:.0f} MB", "600 MB")
        assert spent["mb"] < 600


@pytest.fixture
def apart(tmp_path):
    """Two journals of one beginning that both changed the same contacts."""
    at = datetime.now(UTC) - timedelta(days=3)
    here = create_sample(tmp_path / "desk.pmdesk", at=at)
    export_archive(here, tmp_path / "parted.zip")
    with Journal.create(tmp_path / "laptop.pmdesk") as there:
        merge(there, archived_side(tmp_path / "parted.zip"), at=at)
        for n, journal in enumerate((here, there)):
            with journal.action("Changed", at=at + timedelta(hours=n)) as act:
                for contact in journal.find(Interaction, order="id", limit=CONFLICTS):
                    text = TEXT.replace("annex", f"annex {n}")
                    act.save(replace(contact, text=text, minutes=n + 3))
    return here


def test_conflicts_do_not_hold_up_the_window(qtbot, qapp, apart, tmp_path):
    driver = Driver(qtbot, App(qapp))
    qtbot.addWidget(driver.window)
    driver.window.show()
    driver.app.use(apart)
    driver.qtbot.wait(2_000)
    driver.desktop.show_page(MERGE)
    page, gaps, last = driver.page, [], [0.0]

    def tick():
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)

    def measured(what, act):
        gaps.clear()
        last[0] = time.perf_counter()
        timer.start(5)
        act()
        driver.qtbot.wait(30)
        driver.qtbot.waitUntil(
            lambda: not (page._task or driver.desktop.desk.work.running), timeout=120_000
        )
        timer.stop()
        tell(f"{CONFLICTS:,} conflicts: {what}, longest block", f"{max(gaps):.0f} ms", "50 ms")

    def walk():
        for _ in range(50):
            driver.press(Qt.Key.Key_Down, widget=page.conflicts.list)
            driver.press(Qt.Key.Key_Right, widget=page.conflicts.list)
            driver.qtbot.wait(5)

    measured("look", lambda: page.use(tmp_path / "laptop.pmdesk"))
    assert len(page.conflicts.model.conflicts) == CONFLICTS
    measured("walk and decide", walk)
    measured("decide all", page.conflicts.newer_button.click)
    measured("merge", page.merge_button.click)
    driver.settle()
    driver.app.close_journal()
