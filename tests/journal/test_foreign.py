"""A journal from a stranger: nothing of its schema runs, and what it holds that is not ours is named."""

import gzip
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from pmdesk.journal import engine, errors, foreign, released, unclean
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import VERSION, migrations
from pmdesk.records.client import Client

KEPT = Path(__file__).parent / "kept"
BOMB = "(SELECT load_extension('/nowhere'))"


@pytest.fixture
def path(journal, tmp_path):
    """A journal with a client in it, closed."""
    with journal.action("Add") as act:
        act.save(Client(name="Pine"))
    journal.close()
    return journal.path


def changed(path, *statements):
    """What a stranger does to a journal with a tool of their own."""
    conn = engine.sqlite.connect(path)
    for name in ("row_digest", "current_action"):
        conn.create_function(name, -1, lambda *_: 1)
    conn.execute("PRAGMA writable_schema = ON")
    for statement in statements:
        conn.execute(statement)
    conn.commit()
    conn.close()
    return path.read_bytes()


FOREIGN = {
    "trigger spy": "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM client; END",
    "trigger log_client_i": (
        "UPDATE sqlite_master SET sql = replace(sql, 'current_action()', 'row_digest(1)')"
        " WHERE name = 'log_client_i'"
    ),
    "view all_of_it": f"CREATE VIEW all_of_it AS SELECT {BOMB}",
    "table luggage": "CREATE TABLE luggage(x)",
    "table other": "CREATE VIRTUAL TABLE other USING fts5(x)",
    "index by_bomb": "CREATE INDEX by_bomb ON client(abs(id))",
    "index entry_day": (
        "UPDATE sqlite_master SET sql = 'CREATE INDEX entry_day ON entry(day, abs(id))'"
        " WHERE name = 'entry_day'"
    ),
    "column client.more": "ALTER TABLE client ADD COLUMN more TEXT",
    "column client.made": "ALTER TABLE client ADD COLUMN made TEXT AS (upper(name)) VIRTUAL",
    "column client.name": (
        "UPDATE sqlite_master SET sql = replace(sql, '\"name\" TEXT',"
        " '\"name\" TEXT CHECK(abs(1))') WHERE name = 'client'"
    ),
    "column client.industry": (
        "UPDATE sqlite_master SET sql = replace(sql, '\"industry\" TEXT',"
        " '\"industry\" TEXT DEFAULT (abs(1))') WHERE name = 'client'"
    ),
    "column client.CHECK": (
        "UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ', CHECK (abs(id))) STRICT')"
        " WHERE name = 'client'"
    ),
}


@pytest.mark.parametrize("writable", [True, False], ids=["writing", "reading"])
@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_not_ours_is_named_and_not_opened(path, name, writable):
    whole = changed(path, FOREIGN[name])
    with pytest.raises(errors.ForeignSchema) as caught:
        Journal.open(path, writable=writable)
    assert name in caught.value.facts["names"].split(", ")
    assert path.read_bytes() == whole


def test_many_foreign_things_are_told_as_a_few(path):
    changed(path, *(f"CREATE TABLE {'x' * 500}{n}(x)" for n in range(9)))
    with pytest.raises(errors.ForeignSchema) as caught:
        Journal.open(path)
    assert len(str(caught.value)) < 800


def test_a_trigger_is_found_before_an_earlier_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.pmdesk"
    path.write_bytes(gzip.decompress((KEPT / "v5-plain.pmdesk.gz").read_bytes()))
    changed(path, "CREATE TRIGGER spy AFTER UPDATE ON action BEGIN DELETE FROM client; END")
    with pytest.raises(errors.ForeignSchema, match="trigger spy"):
        Journal.open(path)


def test_a_trigger_with_a_name_of_ours_in_an_earlier_version_never_runs(tmp_path):
    path = tmp_path / "old.pmdesk"
    path.write_bytes(gzip.decompress((KEPT / "v5-plain.pmdesk.gz").read_bytes()))
    changed(
        path,
        "DROP TRIGGER log_client_u",
        "CREATE TRIGGER log_client_u AFTER UPDATE ON client BEGIN DELETE FROM client; END",
    )
    with Journal.open(path) as journal:
        (pine,) = journal.find(Client)
        with journal.action("Edit") as act:
            act.save(pine.__class__(**{**pine.__dict__, "notes": "x"}))
        assert journal.count(Client) == 1


@pytest.mark.parametrize(
    "trick",
    [
        "UPDATE sqlite_master SET rootpage = 1 WHERE name = 'client'",
        "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'client'",
        "UPDATE sqlite_master SET rootpage = 0 WHERE name = 'client'",
        (
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
            " WHERE name = 'contact') WHERE name = 'client'"
        ),
        "UPDATE sqlite_master SET rootpage = 7 WHERE name = 'log_client_i'",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = 'client'",
        "UPDATE sqlite_master SET sql = CAST(x'ff00ff' AS TEXT) WHERE name = 'log_client_i'",
        "UPDATE sqlite_master SET sql = CAST(sql AS BLOB) WHERE name = 'log_client_i'",
        "DELETE FROM sqlite_master WHERE name = 'log_client_i'",
        "DELETE FROM sqlite_master WHERE name = 'sqlite_sequence'",
    ],
)
def test_a_schema_that_was_tampered_with_is_damage_not_a_crash(path, trick):
    whole = changed(path, trick)
    for writable in (True, False):
        with pytest.raises(errors.Damaged):
            Journal.open(path, writable=writable)
    assert path.read_bytes() == whole


def test_the_digest_of_the_schema_is_that_of_what_the_migrations_make():
    made = foreign.digest(foreign.expected(VERSION, VERSION, migrations))
    assert made == released.SCHEMA_DIGEST, "what stands in released.py is of another schema"


def test_looking_at_the_schema_takes_no_time(path):
    with Journal.open(path) as journal:
        times = []
        for _ in range(9):
            begun = time.perf_counter()
            journal._look(thoroughly=False)
            times.append(time.perf_counter() - begun)
    assert min(times) < 0.005


def test_counts_that_sqlite_keeps_for_its_planner_are_not_foreign(path):
    changed(path, "ANALYZE")
    Journal.open(path).close()


def left_by_a_kill(journal, folder):
    """Copies of a journal that somebody has open, as a kill would leave it."""
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{journal.path}{suffix}", folder / f"left.pmdesk{suffix}")
    return folder / "left.pmdesk"


@pytest.mark.parametrize("writable", [True, False], ids=["writing", "reading"])
def test_after_an_unclean_end_a_damaged_page_is_found_and_the_file_left_alone(
    journal, pine, tmp_path, writable
):
    root = journal.rows("SELECT rootpage FROM sqlite_master WHERE name = 'interaction'")[0][0]
    journal.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with journal.action("Add") as act:
        act.save(Client(name="in the log only"))
    path = left_by_a_kill(journal, tmp_path)
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 8)
    wal = path.with_name("left.pmdesk-wal")
    whole = path.read_bytes(), wal.read_bytes()
    for _ in range(2):
        with pytest.raises(errors.Damaged):
            Journal.open(path, writable=writable)
        assert (path.read_bytes(), wal.read_bytes()) == whole


def test_after_an_unclean_end_a_sound_journal_opens_with_all_of_it(journal, pine, tmp_path):
    path = left_by_a_kill(journal, tmp_path)
    with Journal.open(path) as left:
        assert left.find(Client) == [pine]


OTHER = """
    import sys
    from pathlib import Path
    from pmdesk.journal.journal import Journal
    with Journal.open(Path(sys.argv[1])) as journal:
        print("open", flush=True)
        sys.stdin.read()
"""


def test_a_log_that_another_process_has_open_is_no_unclean_end(journal, pine, tmp_path):
    path = left_by_a_kill(journal, tmp_path)
    assert unclean.left_open(path) == "-wal"
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(OTHER), path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as other:
        assert other.stdout.readline() == b"open\n"
        assert unclean.left_open(path) == ""
        other.kill()
    assert unclean.left_open(path) == "-wal"
    Journal.open(path).close()
    assert unclean.left_open(path) == ""
