"""FORMAT.md says what the file is: held to the declarations and to a journal."""

import re

import pytest

from pmdesk.journal import engine
from pmdesk.journal.migrations import VERSION
from pmdesk.records.kinds import KINDS
from tests.test_packaging import ROOT, load

format_page = load(ROOT / "packaging" / "format_page.py")
PAGE = (ROOT / "FORMAT.md").read_text("utf-8")


def test_the_page_tells_every_kind_as_it_is_declared():
    assert format_page.written(PAGE) == PAGE, "run packaging/format_page.py"


def test_the_number_of_a_kind_never_changes():
    assert format_page.numbers(PAGE) == {name: kind.number for name, kind in KINDS.items()}
    with pytest.raises(ValueError, match="promise has been number 14"):
        format_page.written(PAGE.replace("### `promise` (13)", "### `promise` (14)", 1))


def test_the_page_tells_every_table_of_a_journal_and_its_marks(journal):
    told = set(re.findall(r"^(?:\| |### )`(\w+)`", PAGE, re.MULTILINE))
    rows = journal.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    # what SQLite makes beside our tables: those of the index, and the numbers it has given
    ours = {name for (name,) in rows if not re.match(r"search_|sqlite_", name)}
    assert told == ours
    assert f"Version {VERSION} of the format" in PAGE
    assert f"`PRAGMA application_id` is {engine.APPLICATION_ID}" in PAGE


def test_the_page_tells_how_a_passphrase_becomes_the_key():
    conn = engine.sqlite.connect(":memory:")
    conn.execute("PRAGMA key = 'x'")
    rounds, page, way = (
        conn.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("kdf_iter", "cipher_page_size", "cipher_kdf_algorithm")
    )
    assert f"{int(rounds):,} rounds" in " ".join(PAGE.split())
    assert f"a page of {page} bytes" in PAGE
    assert "-".join(way.split("_")) in PAGE
