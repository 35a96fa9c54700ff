"""Each figure beside its floor or its reach, in one run on one machine. Nothing here asserts a time.

PMDESK_BENCH_N sets the number of interactions (1,000,000); the journal is kept in build/bench.
"""

import mailbox
import os
import statistics
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.answers.clients import client_rows
from pmdesk.answers.responsiveness import Question, ask
from pmdesk.answers.timeline import timeline_count, timeline_page
from pmdesk.journal.journal import Journal
from pmdesk.journal.search import search
from pmdesk.records.client import Client

ROOT = Path(__file__).resolve().parents[2]
N = int(os.environ.get("PMDESK_BENCH_N", "1000000"))
FOLDER = ROOT / "build" / "bench"

EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
qt = QApplication([])
window = QMainWindow(); window.resize(1280, 800); window.show(); window.grab(); qt.processEvents()
"""
FULL = """
from pathlib import Path
from pmdesk.gui.app import App, application
qt = application()
app = App(qt); app.start(Path({path!r})); app.window.show(); app.window.grab(); qt.processEvents()
assert app.window.desktop.page().model.rowCount() == 200
"""
TAIL = "\nimport os, resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True); os._exit(0)\n"


def tell(what, value, floor, reach):
    print(f"\n  {what}: {value}  |  floor {floor}  |  reach {reach}")


@pytest.fixture(scope="session")
def big():
    """The journal of N interactions, made once."""
    path = FOLDER / f"{N}.pmdesk"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        draft = FOLDER / "draft.pmdesk"
        for suffix in ("", "-wal", "-shm"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)
        script = str(Path(__file__).with_name("generate.py"))
        subprocess.run(
            [sys.executable, script, str(draft), str(N)], check=True, cwd=ROOT, env=environment()
        )
        draft.rename(path)
    return path


@pytest.fixture
def journal(big):
    with Journal.open(big) as opened:
        yield opened


@pytest.fixture
def client(journal):
    return journal.get(Client, 17)


def environment():
    # an installed program has its bytecode beside it
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}


def timed(code):
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code) + TAIL],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    return time.perf_counter() - start, int(done.stdout.split()[-1]) / 1024


def milliseconds(act, times=15):
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return found


def test_start_and_memory(big):
    empty, full = [], []
    for _ in range(9):
        empty.append(timed(EMPTY))
        full.append(timed(FULL.format(path=str(big))))
    seconds = [statistics.median(run[0] for run in runs) for runs in (empty, full)]
    memory = [statistics.median(run[1] for run in runs) for runs in (empty, full)]
    tell(
        "window with the client list",
        f"{seconds[1] / seconds[0]:.2f} x ({seconds[1] * 1000:.0f} ms)",
        f"{seconds[0] * 1000:.0f} ms",
        "1.8 x",
    )
    tell(
        "memory before a chart",
        f"{memory[1] / memory[0]:.2f} x ({memory[1]:.0f} MB)",
        f"{memory[0]:.0f} MB",
        "2 x",
    )


def test_client_list(benchmark, journal):
    assert len(benchmark(client_rows, journal)) == 200


def test_timeline_first_screen(benchmark, journal, client):
    def first():
        timeline_count(journal, client.id)
        return timeline_page(journal, client.id, offset=0, limit=100)

    assert len(benchmark(first)) == 100
    tell("timeline's first screen", f"{benchmark.stats.stats.median * 1000:.1f} ms", "-", "16 ms")


def test_client_opened(qtbot, journal, client):
    from PySide6.QtWidgets import QApplication

    from pmdesk.collector import calm_collector
    from pmdesk.gui.desk import Desk
    from pmdesk.gui.pages.client_page import ClientPage
    from pmdesk.gui.settings import Settings
    from pmdesk.gui.theme import apply_theme
    from pmdesk.words import words_for

    calm_collector()
    apply_theme(QApplication.instance(), "light")
    desk = Desk(journal, words_for("en"), Settings(), "light")

    # another client each time, as a person would: nothing of it has been read before
    others = iter(journal.find(Client, "id > 20"))

    whole = []

    def open_client():
        page = ClientPage(desk, next(others))
        page.resize(1090, 780)
        page.grab()
        pages.append(page)

    for _ in range(9):
        pages: list[ClientPage] = []
        began = time.perf_counter()
        first = milliseconds(open_client, 1)[0]
        overview = pages[0].stack.currentWidget()
        qtbot.waitUntil(lambda shown=overview: shown.charts.count() > 1)
        pages[0].grab()
        whole.append((first, (time.perf_counter() - began) * 1000))
        pages[0].deleteLater()
    found, complete = zip(*whole, strict=True)
    tell(
        "client opened and painted",
        f"{statistics.median(found):.0f} ms (first {found[0]:.0f}),"
        f" with its charts and all below {statistics.median(complete):.0f} ms",
        "-",
        "100 ms",
    )


def test_nine_practices(qtbot, journal):
    from datetime import UTC, datetime

    from pmdesk.answers.health import client_health
    from pmdesk.answers.practices.nine import nine_practices
    from pmdesk.answers.relationship import relationship
    from pmdesk.gui.desk import Desk
    from pmdesk.gui.settings import Settings
    from pmdesk.gui.widgets.nine_card import NineCard
    from pmdesk.words import words_for

    at = datetime(2026, 11, 23, 4, tzinfo=UTC)
    others = iter(journal.find(Client, "id > 40"))
    desk = Desk(journal, words_for("en"), Settings(), "light")

    def show_nine():
        rel = relationship(journal, next(others), at=at)
        found = nine_practices(rel)
        client_health(rel)
        card = NineCard(desk, rel, found)
        card.resize(360, 700)
        card.grab()
        card.deleteLater()

    found = milliseconds(show_nine, 15)
    tell(
        "nine practices and health, read and painted",
        f"{statistics.median(found[1:]):.0f} ms (first {found[0]:.0f})",
        "-",
        "150 ms",
    )


def test_search_as_you_type(journal):
    queries = []
    for word in (
        "schedule",
        "report budget",
        "milestone test",
        "延期的原因",
        "预算变更",
        "ref123456",
        "review 验收",
        "t",
        "的",
    ):
        queries += [word[:n] for n in range(1, len(word) + 1)]
    found = sorted((milliseconds(lambda q=q: search(journal, q), 3)[1], q) for q in queries)
    times = [ms for ms, _ in found]
    tell(
        "search as you type, p95",
        f"{times[int(len(times) * 0.95)]:.1f} ms (worst {times[-1]:.0f}: {found[-1][1]!r})",
        f"median {statistics.median(times):.1f} ms",
        "50 ms",
    )


def test_figures_of_one_client(journal, client):
    from datetime import UTC, datetime

    from pmdesk.charts.series import responsiveness_series, survival_series

    at = datetime(2026, 11, 23, 4, tzinfo=UTC)

    def figures():
        answer = ask(journal, client, Question(), at=at)
        responsiveness_series(answer)
        survival_series(answer)

    found = milliseconds(figures, 9)
    tell(
        "figures and chart data",
        f"{statistics.median(found):.0f} ms (first {found[0]:.0f})",
        "-",
        "150 ms",
    )


def test_pdf(journal, client, tmp_path):
    from datetime import UTC, datetime

    from pmdesk.actions.report_client import write_client_report
    from pmdesk.answers.client_summary import Period

    at = datetime(2026, 11, 23, 4, tzinfo=UTC)

    def write():
        write_client_report(
            journal,
            client,
            tmp_path / "s.pdf",
            language="zh",
            period=Period(),
            edition="client",
            at=at,
        )

    found = milliseconds(write, 5)
    tell(
        "PDF after the first",
        f"{statistics.median(found[1:]):.0f} ms (first {found[0]:.0f})",
        "-",
        "500 ms",
    )


def parse_only(path):
    box = mailbox.mbox(path)
    for message in box:
        for part in message.walk():
            body = part.get_payload(decode=True)
            if body is not None and part.get_content_maintype() == "text":
                body.decode(part.get_content_charset() or "utf-8", "replace")
    box.close()


@pytest.mark.parametrize("source", ["made", "usrp-users-2023-01_08", "twisted-python-2014_2015"])
def test_mail_import(tmp_path, source, real_data):
    from datetime import UTC, datetime

    from tests.bench.generate import mailbox_file

    path = (
        mailbox_file(tmp_path / "b.mbox", 8000)
        if source == "made"
        else real_data / "mail" / f"{source}.mbox"
    )
    setup = MailSetup(
        ["me@desk.example"], [], {f"C{n}": [f"@c{n}.example"] for n in range(40)} | {"All": ["*"]}
    )
    ratios = []
    for run in range(5):
        floor = milliseconds(lambda: parse_only(path), 1)[0]
        with Journal.create(tmp_path / f"{source}{run}.pmdesk") as journal:
            ours = milliseconds(
                lambda: import_mail(journal, [path], setup, at=datetime(2026, 3, 3, tzinfo=UTC)), 1
            )[0]
        ratios.append((ours / floor, ours, floor))
    ratio, ours, floor = sorted(ratios)[len(ratios) // 2]
    tell(
        f"mail import ({source})",
        f"{ratio:.2f} x ({ours:.0f} ms)",
        f"stdlib parse {floor:.0f} ms",
        "2.5 x",
    )
