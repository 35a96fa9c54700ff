"""Insights: the first chart of a process, and each after it, of one, three and eight clients.

A client is met first, then known: the window keeps what it read of clients from question to question.
"""

from datetime import UTC, datetime

import pytest

from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.answers.kept import KeptClients
from pmdesk.charts.insights.kinds import INSIGHTS, look, look_at
from pmdesk.charts.insights.sizes import height_of
from pmdesk.charts.picture import Frame
from pmdesk.charts.raster import chart_picture
from pmdesk.insight import drift
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.words import words_for
from tests.bench.generate import generate
from tests.bench.measuring import cpu_ms, medians, run_code, tell

AT = datetime(2026, 11, 25, 4, tzinfo=UTC)
TIMES = 5
WIDTH = 820
# as the window draws it, from the import on, beside what no chart of matplotlib's goes without
CHART = """
from datetime import datetime, UTC
from pathlib import Path
from pmdesk.answers.client_summary import Period
from pmdesk.charts.insights.kinds import look
from pmdesk.charts.picture import Frame
from pmdesk.charts.raster import chart_picture
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.words import words_for
with Journal.open(Path({path!r}), writable=False) as journal:
    clients = journal.find(Client, order="id", limit=1)
    panels = look(journal, "we_answer", clients, Period(), at=datetime(2026, 11, 25, 4, tzinfo=UTC))
    assert chart_picture(panels, words_for("en"), frame=Frame(820, 420, 1.0)).pixels
"""
COMMAND = """
import sys
sys.argv = ["pmdesk", "insight", "we_answer", "--at", "2026-11-25T12:00", "--journal", {path!r}, "--out", {out!r}]
from pmdesk.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""
EMPTY = """
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
figure = Figure(figsize=(8.2, 4.2), dpi=100)
canvas = FigureCanvasAgg(figure)
figure.subplots().plot([1, 2, 3])
canvas.draw()
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    place = tmp_path_factory.mktemp("insights") / "sample.pmdesk"
    create_sample(place, at=AT).close()
    return place


@pytest.fixture(scope="module")
def eight(tmp_path_factory):
    """Eight clients with a thousand contacts each, and records of every kind."""
    return generate(tmp_path_factory.mktemp("eight") / "eight.pmdesk", 8_000, clients=8)


@pytest.mark.parametrize("what", ["chart", "command"])
def test_the_first_chart_of_a_process(path, what, tmp_path):
    code = CHART if what == "chart" else COMMAND
    empty, whole = [], []
    for _ in range(TIMES):
        empty.append(run_code(EMPTY))
        whole.append(run_code(code.format(path=str(path), out=str(tmp_path / "a.png"))))
    done, least = medians(whole), medians(empty)
    names = {"chart": "process to its first chart", "command": "pmdesk insight we_answer --out"}
    tell(
        names[what],
        f"{done['wall']:.2f} s ({done['cpu'] * 1000:.0f} ms CPU)",
        f"{least['wall']:.2f} s",
        "1.0 s",
    )


@pytest.mark.parametrize("n", [1, 3, 8])
def test_each_chart_after_it(path, eight, n):
    words, worst = words_for("en"), {"met": 0.0, "known": 0.0}
    with Journal.open(eight if n == 8 else path, writable=False) as journal:
        clients = journal.find(Client, order="id")[:n]
        kept = KeptClients()

        def met(name):
            drift.known.cache_clear()
            return look(journal, name, clients, Period(), at=AT)

        def known(name):
            return look_at(name, clients, Period(), lambda one: kept.of(journal, one, at=AT))

        for kind in INSIGHTS:
            panels = known(kind.name)
            frame = Frame(WIDTH, round(height_of(panels, WIDTH / 100) * 100), 1.0)
            drawn = least(lambda: chart_picture(panels, words, frame=frame))  # noqa: B023 - at once
            spent = {
                "met": drawn + least(lambda: met(kind.name)),  # noqa: B023 - at once
                "known": drawn + least(lambda: known(kind.name)),  # noqa: B023 - at once
            }
            worst = {name: max(worst[name], spent[name]) for name in worst}
            value = f"{spent['known']:.0f} ms ({drawn:.0f} drawn), {spent['met']:.0f} first met"
            tell(f"{kind.name}, {n} client{'s' * (n > 1)}", value, reach="150 ms" if n < 8 else "-")
    tell(f"the slowest, {n} client{'s' * (n > 1)}",
         f"{worst['known']:.0f} ms, {worst['met']:.0f} first met",
         reach="150 ms" if n < 8 else "-")  # fmt: skip


def least(act):
    """CPU milliseconds of the fastest of some runs: what others do on the machine is left out."""
    return min(cpu_ms(act, TIMES)[1:])
