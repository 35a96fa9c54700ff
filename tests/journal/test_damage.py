"""Bits that flip, processes that die, disks that fill: found, or nothing has happened."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pmdesk.journal import errors
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.search import search
from pmdesk.records.client import Client

ROOT = Path(__file__).resolve().parents[2]
TEXT = "延期的原因 please confirm the schedule "


def fill(path, secret=None, count=40):
    with Journal.create(path, secret) as journal:
        with journal.action("Fill") as act:
            for n in range(count):
                act.save(Client(name=f"Client {n}", notes=TEXT * 20, goals=f"goal {n}"))
        journal.conn.execute("VACUUM")  # no stale bytes that nobody would miss
    return path.read_bytes()


def findings(path, secret=None):
    """What opening and checking say of a file: findings, or the error."""
    try:
        with Journal.open(path, secret, writable=False) as journal:
            return check(journal)
    except errors.JournalError as error:
        return [error]


def test_every_flipped_bit_of_an_encrypted_journal_is_found(tmp_path, quick_key):
    path = tmp_path / "a.pmdesk"
    whole = fill(path, "secret")
    chance = random.Random(1)
    for _ in range(40):
        place = chance.randrange(len(whole))
        data = bytearray(whole)
        data[place] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        assert findings(path, "secret"), place


def test_a_flipped_bit_in_a_text_is_found_though_sqlite_takes_it(tmp_path):
    path = tmp_path / "a.pmdesk"
    whole = fill(path)
    places, start = [], 0
    while (start := whole.find(b"please confirm", start)) >= 0:
        if whole[start // 4096 * 4096] != 5:  # the root of a tree keeps stale bytes of its leaves
            places.append(start)
        start += 1
    assert len(places) >= 400
    for place in random.Random(1).sample(places, 25):
        data = bytearray(whole)
        data[place] ^= 1
        path.write_bytes(data)
        (found,) = findings(path)
        assert "last saved" in found.sentence
        assert found.facts["table"] == "client"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("since", "'soon'"),
        ("tier", "'golden'"),
        ("mail", "'[1'"),
        ("name", "CAST(x'ff41' AS TEXT)"),
    ],
)
def test_a_value_that_no_field_holds_is_damage_not_a_crash(journal, pine, column, value):
    for (name,) in journal.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        journal.conn.execute(f"DROP TRIGGER {name}")
    journal.conn.execute(f'UPDATE client SET "{column}" = {value}')
    journal.conn.commit()
    with pytest.raises(errors.Damaged):
        journal.find(Client)
    assert any("last saved" in finding.sentence for finding in check(journal))


def test_damage_anywhere_in_a_plain_journal_never_breaks_the_looking(tmp_path):
    path = tmp_path / "a.pmdesk"
    whole = fill(path, count=300)
    chance = random.Random(2)
    told = 0
    for _ in range(60):
        data = bytearray(whole)
        place = chance.randrange(len(whole) - 200)
        data[place : place + 100] = chance.randbytes(100)
        path.write_bytes(data)
        told += bool(findings(path))
    assert told > 20  # much of so small a file is free space


def test_a_damaged_search_index_is_told_apart_from_a_damaged_file(tmp_path):
    path = tmp_path / "a.pmdesk"
    fill(path)
    with Journal.open(path) as journal:
        blocks = journal.rows("SELECT id, block FROM search_data ORDER BY length(block) DESC")
        spoiled = bytes(reversed(blocks[0][1]))
        journal.conn.execute(
            "UPDATE search_data SET block = ? WHERE id = ?", [spoiled, blocks[0][0]]
        )
        journal.conn.commit()
        sentences = {finding.sentence for finding in check(journal)}
        assert sentences == {"The search index is damaged. It can be made anew from the records."}


def test_looking_can_be_watched_and_stopped(journal, pine):
    seen = []
    assert check(journal, lambda done, total: seen.append((done, total))) == []
    assert [done for done, _ in seen] == list(range(seen[0][1]))

    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(journal, stop)
    assert not journal.conn.in_transaction


KILLED = """
    import sys, threading
    from pathlib import Path
    from pmdesk.journal.journal import Journal
    from pmdesk.records.client import Client
    journal = Journal.open(Path(sys.argv[1]))
    journal.conn.execute("PRAGMA wal_autocheckpoint = 20")
    print("begun", flush=True)
    for n in range(100_000):
        with journal.action("Add") as act:
            for m in range(7):
                act.save(Client(name=f"{n} {m}", industry=str(n), notes="x" * 3000))
        print(n, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_whenever_a_process_is_killed_each_act_is_there_wholly_or_not_at_all(tmp_path):
    path = tmp_path / "a.pmdesk"
    Journal.create(path).close()
    chance = random.Random(3)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED), path], stdout=subprocess.PIPE, cwd=ROOT
        ) as other:
            assert other.stdout.readline() == b"begun\n"
            time.sleep(chance.uniform(0.05, 0.3))
            other.send_signal(signal.SIGKILL)
            said = other.stdout.read().split()
        with Journal.open(path) as journal:
            assert check(journal) == []
            acts = journal.rows("SELECT industry, count(*) FROM client GROUP BY industry")
            assert {count for _, count in acts} <= {7}
            # what was said to be saved is there; at most one more was under way
            assert len(said) <= len(acts) <= len(said) + 1
            while journal.rows("SELECT 1 FROM action WHERE state = 'live' AND kind = 'do'"):
                journal.undo()
            with journal.action("Add") as act:
                act.delete(act.save(Client(name="what was undone is final")))


def test_a_disk_that_fills_during_a_long_act_leaves_nothing_of_it(journal, pine):
    size = journal.rows("PRAGMA page_count")[0][0]
    journal.conn.execute(f"PRAGMA max_page_count = {size + 50}")
    with pytest.raises(errors.DiskFull), journal.action("Fill") as act:
        for n in range(10_000):
            act.save(Client(name=f"big {n}", notes=TEXT * 50))
    assert journal.find(Client) == [pine]
    assert search(journal, "big") == []
    with pytest.raises(errors.DiskFull), journal.action("Fill") as act:
        for n in range(30):  # the records fit, their words in the index no longer do
            act.save(Client(name=f"small {n}", notes=" ".join(f"w{n}x{m}" for m in range(300))))
    assert journal.find(Client) == [pine]
    assert check(journal) == []
    journal.conn.execute("PRAGMA max_page_count = 100000")
    with journal.action("Add") as act:
        act.save(Client(name="afterwards"))
    assert [hit.title for hit in search(journal, "after")] == ["afterwards"]
    assert check(journal) == []


def test_an_undo_that_does_not_fit_changes_nothing(journal, pine):
    with journal.action("Fill") as act:
        for n in range(200):
            act.save(Client(name=f"big {n}", notes=TEXT * 50))
    whole = journal.find(Client)
    with journal.action("Clear") as act:
        for client in whole:
            act.save(replace(client, notes=""))
    size = journal.rows("PRAGMA page_count")[0][0]
    journal.conn.execute(f"PRAGMA max_page_count = {size}")
    with pytest.raises(errors.DiskFull):
        journal.undo()
    assert not any(client.notes for client in journal.find(Client))
    journal.conn.execute("PRAGMA max_page_count = 100000")
    journal.undo()
    assert journal.find(Client) == whole
    journal.undo()
    assert journal.find(Client) == [pine]
    journal.redo()
    assert journal.find(Client) == whole
    assert check(journal) == []
