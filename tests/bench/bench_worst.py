"""The worst clients through the window: CPU of its thread, and the longest block that follows."""

import pytest

from tests.bench.measuring import run_module, tell

REACH = {
    ("5k", "save"): "50 ms",
    ("200k", "save"): "150 ms",
    ("200k", "open"): "200 ms",
    ("200k", "tab"): "200 ms",
}
CLIENT = {
    "5k": "client of 5,000 messages",
    "200k": "client of 200,000 messages",
    "records": "2,000 promises, problems, signals",
}
SAID = {
    "open": "opened",
    "save": "save on its page",
    "tab": "Communication tab",
    "trust": "Trust tab",
    "crisis": "Crisis tab",
}


@pytest.mark.parametrize("act", SAID)
@pytest.mark.parametrize("name", ["5k", "200k", "records"])
def test_worst_client(seen, name, act):
    figures = seen(name)
    tell(
        f"{CLIENT[name]}: {SAID[act]}",
        f"{figures[act]:.0f} ms",
        reach=REACH.get((name, act), "-"),
    )
    tell("  longest block after it", f"{figures[f'{act} block']:.0f} ms", reach="50 ms")


@pytest.mark.parametrize("name", ["5k", "200k", "records"])
def test_worst_client_memory(seen, name):
    tell(f"{CLIENT[name]}: memory", f"{seen(name)['mb']:.0f} MB")


@pytest.mark.parametrize("name", ["200k", "records"])
def test_worst_report(worst, name):
    usual, figures = (run_module("report", worst(name), number) for number in (2, 1))
    tell(
        f"{CLIENT[name]}: report",
        f"{figures['ms'] / 1000:.2f} s CPU, {figures['mb']:.0f} MB, {figures['pages']} pages",
        f"{usual['ms'] / 1000:.2f} s, {usual['mb']:.0f} MB",
        "2 s, 300 MB",
    )
