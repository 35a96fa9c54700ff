"""Insights of the sample: the first chart of a process, and each after it."""

import time
from datetime import UTC, datetime

import pytest

from pmdesk.actions.sample import create_sample
from pmdesk.answers.client_summary import Period
from pmdesk.charts.insights.kinds import INSIGHTS, look
from pmdesk.charts.picture import Frame
from pmdesk.charts.raster import chart_picture
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.words import words_for
from tests.bench.measuring import cpu_ms, run_code, tell

AT = datetime(2026, 11, 25, 4, tzinfo=UTC)
FIRST = """
import json, sys, time
begun = time.perf_counter()
from datetime import datetime, UTC
from pathlib import Path
from pmdesk.answers.client_summary import Period
from pmdesk.charts.insights.kinds import look
from pmdesk.charts.picture import Frame
from pmdesk.charts.raster import chart_picture
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from pmdesk.words import words_for
with Journal.open(Path(PATH), writable=False) as journal:
    client = journal.find(Client, order="id", limit=1)
    opened = time.perf_counter()
    panels = look(journal, "we_answer", client, Period(), at=datetime(2026, 11, 25, 4, tzinfo=UTC))
    chart_picture(panels, words_for("en"), frame=Frame(820, 420, 1.0))
print(json.dumps(time.perf_counter() - opened))
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    place = tmp_path_factory.mktemp("insights") / "sample.pmdesk"
    create_sample(place, at=AT).close()
    return place


def test_the_first_chart_of_a_process(path):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = run_code(FIRST.replace("PATH", repr(str(path))))
        times.append(time.perf_counter() - start)
        assert done
    tell(
        "process from nothing to its first chart",
        f"{min(times):.2f} s",
        reach="1.0 s for the chart",
    )


@pytest.mark.parametrize("n", [1, 3])
def test_each_chart_after_it(path, n):
    words = words_for("en")
    with Journal.open(path, writable=False) as journal:
        clients = journal.find(Client, order="id")[:n]
        for kind in INSIGHTS:
            found, drawn = [], []
            for _ in range(4):
                found += cpu_ms(
                    lambda kind=kind: look(journal, kind.name, clients, Period(), at=AT)
                )
                panels = look(journal, kind.name, clients, Period(), at=AT)
                frame = Frame(820, 420 * n, 1.0)
                drawn += cpu_ms(
                    lambda panels=panels, frame=frame: chart_picture(panels, words, frame=frame)
                )
            value = f"{min(found[1:]) + min(drawn[1:]):.0f} ms ({min(drawn[1:]):.0f} drawn)"
            tell(f"{kind.name}, {n} client{'s' * (n > 1)}", value, reach="150 ms")
