"""What every test stands on: no display, no network, no unexpected log line, settings of its own."""

import gc
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("PMDESK_PASSPHRASE", None)
os.environ["PMDESK_LANG"] = "en"
# What matplotlib keeps stays in the project, also where there is no home to write to.
os.environ.setdefault("MPLCONFIGDIR", str(Path(__file__).parents[1] / "build/matplotlib"))

import pytest
from hypothesis import settings

from pmdesk.actions.openings import create_journal
from pmdesk.collector import collect_due
from pmdesk.journal import engine
from pmdesk.journal.journal import Journal
from pmdesk.records.client import Client

ROOT = Path(__file__).resolve().parents[1]
# A busy machine is no failure; chance tries other cases every time, the soak many more of them.
settings.register_profile("usual", deadline=None, max_examples=50)
settings.register_profile("soak", deadline=None, max_examples=3000)
settings.load_profile("usual")

_USUAL = 256_000
QUICK = 1_000
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def pytest_sessionstart():
    # as with a window: what a thread beside it found might be a widget, and ends the program
    gc.disable()


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Settings and caches below the test's own folder."""
    monkeypatch.setenv("PMDESK_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def collected_between_tests():
    """What is due goes here, where Qt lets go of nothing just now."""
    collect_due()


class _Listener(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        # matplotlib's first start on a machine with many fonts is slow, and says so
        if not record.getMessage().startswith("Matplotlib is building the font cache"):
            self.lines.append(record.getMessage())


@pytest.fixture(autouse=True)
def quiet_log(request):
    """A warning or an error in the log fails the test, unless it is marked `logs`."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    if not request.node.get_closest_marker("logs"):
        assert not listener.lines, listener.lines


@pytest.fixture
def real_data():
    """The folder of real files, where this machine has it."""
    place = Path(os.environ.get("PMDESK_DATA", ROOT.parent / "shared" / "data"))
    if not place.is_dir():
        pytest.skip("the folder of real files is not on this machine (PMDESK_DATA)")
    return place


@pytest.fixture
def at():
    """The moment at which a test takes place."""
    return NOW


@pytest.fixture(scope="session")
def copy_of(tmp_path_factory):
    """`copy_of(create_sample, path, at=at)`: what that would make there, but made once for all tests.

    Each test has a file of its own; nobody is told where the one is of which they are copies.
    """
    folder, made = tmp_path_factory.mktemp("originals"), {}

    def copied(create, path, *, at):
        if (create, at) not in made:
            made[create, at] = folder / f"{len(made)}.pmdesk"
            create(made[create, at], at=at).close()
        return Journal.open(copyfile(made[create, at], path))

    return copied


def create_nine_hours(path, *, at):
    """A new journal in which a day has nine hours: figures worked by hand are reckoned so."""
    return create_journal(path, at=at, hours="Mon-Fri 09:00-18:00")


@pytest.fixture
def journal(copy_of, tmp_path, at):
    """A new journal in a real file."""
    with copy_of(create_nine_hours, tmp_path / "test.pmdesk", at=at) as made:
        yield made


@pytest.fixture
def pine(journal, at):
    """A client to work with."""
    with journal.action("Add", at=at) as act:
        return act.save(Client(name="Pine Manufacturing", mail=("@pine.example",)))


@pytest.fixture
def quick_key():
    """Keys that are made in no time: hundreds of files are opened here, none of them secret."""
    for rounds in (QUICK, _USUAL):
        conn = engine.sqlite.connect(":memory:")
        conn.execute(f"PRAGMA cipher_default_kdf_iter = {rounds}")
        conn.close()
        if rounds == QUICK:
            yield
