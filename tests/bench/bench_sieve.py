"""Filters and rows read in place at a client with 100,000 contacts, beside a bare query and a bare text."""

import statistics

import pytest

from tests.bench.generate import generate
from tests.bench.measuring import run_module, tell

ROWS = 100_000


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    return generate(tmp_path_factory.mktemp("sieve") / "long.pmdesk", ROWS, clients=1)


def test_filters_and_reading_of_a_long_client(long, tmp_path):
    found = run_module("look_sieve", long, PMDESK_CONFIG_DIR=str(tmp_path))
    bare = found["bare query"]
    for name, (rows, wall, press, block, shown) in found["filters"].items():
        tell(f"filter: {name}, {rows:,} rows, until they stand", f"{wall:.0f} ms, {wall / bare:.1f} x",
             f"{bare:.0f} ms, a bare query")  # fmt: skip
        tell(
            "  pressed, painted; longest block",
            f"{press:.1f}, {shown:.1f}; {block:.1f} ms",
            reach="50 ms",
        )
    read, floor = found["read"], found["floor"]
    told = f"{statistics.median(read):.1f} ms, {statistics.median(read) / floor:.1f} x"
    tell("next row read in place (J), until painted", told, f"{floor:.1f} ms, a bare text", "16 ms")
    tell("  p95", f"{read[int(len(read) * 0.95)]:.1f} ms", reach="16 ms")
