"""What `check` sees: one bit in any row of records, log, index, attachments and what is kept beside."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from pmdesk.journal import blobs, drafts, index_truth, looks, standings
from pmdesk.journal.integrity import check, mend
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.imports import Source


@pytest.fixture
def full(journal, at):
    """A journal with something in each table that `check` looks through."""
    with journal.action("Add", at=at) as act:
        pine = act.save(Client(name="Pine 青松", notes="please confirm the schedule"))
        entry = act.save(Entry(day=date(2026, 3, 2), text="first"))
        act.save(Attachment(owner="client:1", name="a", hash=blobs.keep(act, b"bytes"), size=5))
        source = act.save(Source(name="Inbox", path="/mail", importer="mail"))
    with journal.action("Edit", at=at) as act:
        act.save(replace(entry, text="second"))
    with journal.action("Edit", at=at) as act:
        act.save(replace(entry, text="third"))
    drafts.keep(journal, "note", {"text": "typed"}, at=at)
    look = looks.Look(at, "known", None, False)
    looks.keep_look(journal, source.id, look, [looks.FileRead("/mail/a", 1, 2, {"at": 3})])
    standings.keep(journal, {pine.id: standings.Kept(1, "2026", {"owed": 1})})
    assert check(journal) == []
    return journal


def behind(journal, *statements):
    """Write past the program, as a flipped bit does: no trigger tells."""
    triggers = journal.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    conn = journal.conn
    conn.execute("PRAGMA ignore_check_constraints = ON")
    conn.execute("PRAGMA foreign_keys = OFF")
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert conn.execute(statement).rowcount > 0
    for _, sql in triggers:
        conn.execute(sql)
    conn.commit()
    conn.execute("PRAGMA ignore_check_constraints = OFF")


FLIPS = {
    "a record": ("UPDATE entry SET text = 'thirb'", "entry 1 is not as it was last saved"),
    "a record's number": ("UPDATE entry SET id = 3", "entry"),
    "what a row was": (
        "UPDATE change SET before = replace(before, 'second', 'sekond') WHERE before LIKE '%second%'",
        "The log tells of entry 1 what it never was",
    ),
    "what a row was at first": (
        "UPDATE change SET before = replace(before, 'first', 'farst') WHERE before LIKE '%first%'",
        "The log tells of entry 1",
    ),
    "a digest on the way": (
        "UPDATE change SET digest = 'x' || substr(digest, 2) WHERE before LIKE '%first%'",
        "Step",
    ),
    "whose change it is": (
        "UPDATE change SET action_id = 2 WHERE before LIKE '%second%'",
        "Step",
    ),
    "a change without its step": ("UPDATE change SET action_id = 99 WHERE id = 1", "Step"),
    "when a step was": ("UPDATE action SET at = '2027' || substr(at, 5) WHERE id = 2", "Step 2"),
    "what a step was called": ("UPDATE action SET label = 'Adf' WHERE id = 2", "Step 2"),
    "facts of a step": ("UPDATE action SET facts = '[]' WHERE id = 2", "Step 2"),
    "whether a step stands": ("UPDATE action SET state = 'live!' WHERE id = 2", "CHECK"),
    "a checksum": ("UPDATE action SET checksum = NULL WHERE id = 2", "Step 2"),
    "a step that went": ("DELETE FROM change WHERE action_id = 2", "Step 2"),
    "an attached file": ("UPDATE blob SET data = x'00'", "attached file is damaged"),
    "its size": ("UPDATE blob SET size = 7", "attached file is damaged"),
    "a draft": ("UPDATE draft SET content = '{}'", "not as they were kept: 1"),
    "a standing": ("UPDATE standing SET until = 2", "found of clients"),
    "a look": ("UPDATE source_look SET known = 'knowm'", "last look at sources"),
    "a file's state": ("UPDATE source_file SET size = 3", "read of files"),
    "the next number": (
        "UPDATE sqlite_sequence SET seq = 1 << 20 WHERE name = 'entry'",
        "next number",
    ),
    "a migration": (
        "UPDATE _sqlite_migrations SET name = 'm001_firsu' WHERE id = 1",
        "which version",
    ),
    "a record's size in the index": ("UPDATE search_docsize SET sz = x'0101'", "search index"),
    "an index's row": ("DELETE FROM search_docsize", "search index lacks"),
}


@pytest.mark.parametrize("what", FLIPS)
def test_whatever_flips_is_found(full, what):
    statement, told = FLIPS[what]
    behind(full, statement)
    sentences = [finding.sentence.format(**finding.facts) for finding in check(full)]
    assert any(told in sentence for sentence in sentences), sentences


def test_a_word_in_the_index_that_no_record_holds_is_found_and_mended(full):
    (block, number) = full.rows(
        "SELECT block, id FROM search_data WHERE id > 100 ORDER BY id LIMIT 1"
    )[0]
    spoiled = block.replace(b"onfirm", b"onfirn")
    assert spoiled != block
    full.conn.execute("UPDATE search_data SET block = ? WHERE id = ?", (spoiled, number))
    full.conn.commit()
    (finding,) = check(full)
    assert finding.mends
    mend(full)
    assert check(full) == []


def test_an_act_that_is_taken_back_and_repeated_is_sealed_like_any_other(full):
    full.undo()
    full.undo()
    full.redo()
    assert check(full) == []
    assert full.rows("SELECT count(*) FROM action WHERE checksum IS NULL") == [(0,)]


def test_a_step_that_was_broken_before_a_new_version_stays_broken(full):
    behind(full, "UPDATE action SET label = 'Adf' WHERE id = 2")
    full.conn.execute("PRAGMA user_version = 10")
    full._migrate(10)
    assert [f.facts for f in check(full)] == [{"id": 2}]


def test_sqlite_itself_takes_most_of_it_for_sound(full):
    """Why there are checksums at all."""
    behind(full, FLIPS["a record"][0], FLIPS["what a row was"][0], FLIPS["a draft"][0])
    full.close()
    plain = sqlite3.connect(full.path)
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plain.close()
    with Journal.open(full.path) as journal:
        assert len(check(journal)) == 3


def places(conn):
    """What stands where in the search index, and what is found by the beginning of a word."""
    conn.execute("DROP TABLE IF EXISTS temp.told")
    conn.execute("CREATE VIRTUAL TABLE temp.told USING fts5vocab(main, search, instance)")
    words = sorted(conn.execute("SELECT term, doc, col, offset FROM temp.told"))
    found = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid"
    begun = ("p", "pu", "pum", "s", "st", "sta")
    return words, [conn.execute(found, (f'"{one}" *',)).fetchall() for one in begun]


def test_no_bit_in_the_index_moves_a_word_unseen(journal, at):
    with journal.action("Add", at=at) as act:
        for n in range(12):
            act.save(Entry(day=date(2026, 1, 1 + n), text="pump stands"))
    conn = journal.conn
    ((block_id, block),) = conn.execute("SELECT id, block FROM search_data WHERE id > 10")
    truth = places(conn)
    moved = 0
    for bit in range(280 * 8, 310 * 8):  # among them are some whose sums cancel out
        flipped = bytearray(block)
        flipped[bit // 8] ^= 1 << bit % 8
        conn.execute("UPDATE search_data SET block = ? WHERE id = ?", (bytes(flipped), block_id))
        if index_truth.sound(conn):
            assert places(conn) == truth
        else:
            moved += 1
    assert moved > 150
