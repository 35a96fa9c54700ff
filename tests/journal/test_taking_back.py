"""Undo and redo of acts of any size, ended midway or not: the store is whole at every end."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.journal import errors
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.schema import logged_tables
from pmdesk.journal.search import search
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction

START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("plan", "延期", "customs", "budget 预算", "")
QUERIES = ("plan", "延", "cust", "预算", "later")


class Stopped(Exception):
    """Whoever watches the work wants no more of it."""


class Watcher:
    """Hears how far the work is, and stops it at the n-th word."""

    def __init__(self, stop_at=None):
        self.heard, self.stop_at = [], stop_at

    def __call__(self, done, total):
        if len(self.heard) == self.stop_at:
            raise Stopped
        self.heard.append((done, total))


def fill(journal, new, edited, deleted):
    """One act: records saved, some of the older ones edited and deleted."""
    older = journal.find(Interaction)
    with journal.action("Fill") as act:
        for n, (word, days) in enumerate(new):
            act.save(
                Interaction(
                    client_id=1, at=START + timedelta(days=days), subject=f"{word} {n}", text=word
                )
            )
        for record in older[:edited]:
            act.save(replace(record, subject="later", at=record.at + timedelta(days=3)))
        for record in older[edited : edited + deleted]:
            act.delete(record)


def store(journal):
    """Every row that the log follows, and what search finds."""
    rows = {table: journal.rows(f"SELECT * FROM {table} ORDER BY id") for table in logged_tables()}
    found = {q: sorted((h.kind, h.id) for h in search(journal, q, limit=2000)) for q in QUERIES}
    return rows, found


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


NEW = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 400)), min_size=1, max_size=260)


@settings(max_examples=15)
@given(
    first=NEW, second=NEW, edited=st.integers(0, 150), deleted=st.integers(0, 150), data=st.data()
)
def test_the_store_is_whole_wherever_the_work_ends(folder, first, second, edited, deleted, data):
    path = folder / "t.pmdesk"
    for old in folder.iterdir():
        old.unlink()
    with Journal.create(path) as journal:
        journal.conn.execute("PRAGMA synchronous = OFF")
        with journal.action("Add") as act:
            act.save(Client(name="Pine"))
        fill(journal, first, 0, 0)
        before = store(journal)
        fill(journal, second, edited, deleted)
        after = store(journal)
        for way, ended, begun in (
            (journal.undo, before, after),
            (journal.redo, after, before),
            (journal.undo, before, after),
        ):
            log = journal.rows("SELECT * FROM action"), journal.rows("SELECT * FROM change")
            stop_at = data.draw(st.integers(0, 5))
            watcher = Watcher(stop_at)
            try:
                way(progress=watcher)
            except Stopped:
                assert store(journal) == begun
                assert log == (
                    journal.rows("SELECT * FROM action"),
                    journal.rows("SELECT * FROM change"),
                )
                way()
            assert store(journal) == ended
        assert check(journal) == []


def test_progress_never_goes_back_and_ends_near_its_total(journal):
    with journal.action("Add") as act:
        act.save(Client(name="Pine"))
    fill(journal, [("plan", n) for n in range(700)], 0, 0)
    for way in (journal.undo, journal.redo):
        watcher = Watcher()
        way(progress=watcher)
        done, totals = zip(*watcher.heard, strict=True)
        assert set(totals) == {1400}
        assert list(done) == sorted(done)
        assert len(watcher.heard) >= 7
        assert done[0] == 0
        assert done[-1] >= 600


@pytest.mark.parametrize("way", ["undo", "redo"])
def test_a_step_that_another_overtook_is_not_taken_back_in_its_place(journal, way):
    with journal.action("Add") as act:
        pine = act.save(Client(name="Pine"))
    meant = act.id
    with journal.action("Edit") as act:
        act.save(replace(pine, name="Oak"))
    if way == "redo":
        meant = journal.undo().action_id
        journal.undo()
    with pytest.raises(errors.Overtaken):
        getattr(journal, way)(only=meant)
    assert [client.name for client in journal.find(Client)] == (["Oak"] if way == "undo" else [])


def test_at_once_does_not_wait_for_another_writer(journal):
    with Journal.open(journal.path) as other, other.action("Add") as act:
        act.save(Client(name="Pine"))
        with journal.at_once(), pytest.raises(errors.JournalBusy), journal.action("Add"):
            raise AssertionError("never entered")
    assert journal.rows("PRAGMA busy_timeout") == [(round(journal.busy_seconds * 1000),)]
