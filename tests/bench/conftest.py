"""The journals of the bench: the large one is kept in build/bench, the worst ones are made once a run."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pmdesk.collector import calm_collector
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client
from tests.bench.generate import generate
from tests.bench.measuring import ROOT, environment, run_module

N = int(os.environ.get("PMDESK_BENCH_N", "1000000"))
FOLDER = ROOT / "build" / "bench"
# as the program sets it, for what is measured and for its floor alike
calm_collector()
# name of a worst client: interactions, and records of three kinds each
WORST = {"5k": (5_000, 0), "200k": (200_000, 0), "records": (2_000, 2_000)}


def pytest_report_teststatus(report):
    """No dot for a row that was told: the rows stand one below the other."""
    told = report.when == "call" and report.passed
    return ("passed", "", "PASSED") if told else None


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


@pytest.fixture
def moment():
    """The moment at which the generated journals end."""
    return datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
def worst(tmp_path_factory):
    """The journal of a worst client, by its name; client 1 is the worst, client 2 a usual one."""
    folder, made = tmp_path_factory.mktemp("worst"), {}

    def journal_of(name):
        if name not in made:
            interactions, records = WORST[name]
            path = folder / f"{len(made)}.pmdesk"
            made[name] = generate(path, interactions, clients=1, records=records)
        return made[name]

    return journal_of


@pytest.fixture(scope="session")
def seen(worst, tmp_path_factory):
    """What the window's thread spends on a worst client, looked at once a run."""
    looked = {}

    def figures(name):
        if name not in looked:
            own = str(tmp_path_factory.mktemp("config"))
            looked[name] = run_module("look", worst(name), PMDESK_CONFIG_DIR=own)
        return looked[name]

    return figures
