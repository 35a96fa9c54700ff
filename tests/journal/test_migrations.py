"""A journal of an earlier version: backed up, then brought up to date wholly or not at all."""

from dataclasses import replace

import pytest

from pmdesk.journal import connection, errors, log, schema
from pmdesk.journal import journal as journal_module
from pmdesk.journal.backups.reason import Reason
from pmdesk.journal.backups.shelf import shelf_of
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.migrations import VERSION, migrations
from pmdesk.journal.released import Gained
from pmdesk.journal.search import search
from pmdesk.records.choices import Tier
from pmdesk.records.client import Client
from pmdesk.records.declare import kind_of

GAINED = (
    Gained("industry", "TEXT", "''"),
    Gained("tier", "TEXT", "'standard'"),
    Gained("target_hours", "REAL", "8.0"),
    Gained("calendar_id", "INTEGER REFERENCES calendar(id) DEFERRABLE INITIALLY DEFERRED"),
    Gained("mail", "TEXT", "'[]'"),
)


@pytest.fixture(params=[None, "口令"], ids=["plain", "encrypted"])
def old(request, tmp_path, quick_key):
    """A journal as a program wrote it whose clients had fewer fields."""
    path = tmp_path / "a.pmdesk"
    with Journal.create(path, request.param) as journal:
        conn = journal.conn
        for (name,) in journal.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("DROP INDEX client_calendar_id")
        for column in GAINED:
            conn.execute(f'ALTER TABLE client DROP COLUMN "{column.name}"')
        gone = {column.name for column in GAINED}
        names = [field.name for field in kind_of(Client).fields if field.name not in gone]
        schema._run_triggers(
            conn,
            schema._LOG.format(
                t="client",
                new=schema.row_json(names, "new."),
                old=schema.row_json(names, "old."),
                digest=schema.digest_sql(names, "new."),
            ),
        )
        sql = "INSERT INTO client(uuid, name, status) VALUES(?, ?, 'active')"
        with journal.action("Add") as act:
            act.execute(sql, ["u1", "青松制造"], touches="client")
            act.execute(sql, ["u2", "Gone"], touches="client")
        with journal.action("Edit") as act:
            act.execute("UPDATE client SET name = '青松' WHERE id = 1", touches="client")
        with journal.action("Delete") as act:
            act.execute("DELETE FROM client WHERE id = 2", touches="client")
    return path, request.param


@pytest.fixture
def newer(monkeypatch):
    """This program, one version on: a step that gives clients what they have gained."""

    def make(*more):
        steps = migrations()

        @steps()
        def m002_clients(db):
            schema.gain(db.conn, "client", GAINED)

        for step in more:
            steps()(step)
        count = len(steps._migrations)
        monkeypatch.setattr(journal_module, "VERSION", count)
        monkeypatch.setattr(connection, "VERSION", count)
        monkeypatch.setattr(journal_module, "migrations", lambda: steps)
        return count

    return make


def test_the_version_counts_the_migrations():
    assert len(migrations()._migrations) == VERSION


def test_a_new_journal_needs_no_backup(tmp_path, newer):
    newer()
    Journal.create(tmp_path / "a.pmdesk").close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.pmdesk"]


def test_a_journal_of_an_earlier_version_is_backed_up_and_brought_up_to_date(old, newer):
    path, secret = old
    version = newer()
    with Journal.open(path, secret) as journal:
        (pine,) = journal.find(Client)
        assert (pine.name, pine.industry, pine.tier, pine.mail) == ("青松", "", Tier.STANDARD, ())
        assert pine.target_hours == Client().target_hours
        assert journal._pragma("user_version") == version
    (kept,) = shelf_of(path).all()
    assert (kept.reason, kept.counts["client"]) == (Reason.MIGRATION, 1)
    with Journal(kept.path, secret) as backup:
        assert backup.rows("SELECT name FROM client") == [("青松",)]
        assert "tier" not in {row[1] for row in backup.rows("PRAGMA table_info(client)")}


@pytest.mark.parametrize("connected", [True, False])
def test_a_drive_that_is_not_connected_keeps_nobody_from_a_journal(old, newer, tmp_path, connected):
    path, secret = old
    newer()
    drive = tmp_path / "drive"
    if connected:
        drive.mkdir()
    Journal.open(path, secret, backups_in=str(drive)).close()
    assert len(shelf_of(path, str(drive)).all()) == connected
    assert len(shelf_of(path).all()) == (not connected)


def test_what_was_done_before_can_still_be_undone_and_checked(old, newer):
    path, secret = old
    newer()
    with Journal.open(path, secret) as journal:
        assert [f for f in check(journal) if "search" not in f.sentence] == []
        journal.undo()
        assert [c.name for c in journal.find(Client)] == ["青松", "Gone"]
        journal.undo()
        assert [c.name for c in journal.find(Client)] == ["青松制造", "Gone"]
        journal.redo()
        (pine, gone) = journal.find(Client)
        assert (gone.tier, gone.target_hours) == (Tier.STANDARD, Client().target_hours)
        assert [f for f in check(journal) if "search" not in f.sentence] == []
        with journal.action("Edit") as act:
            act.save(replace(pine, industry="机械"))
        assert [hit.id for hit in search(journal, "机械")] == [pine.id]
        assert len(log.versions(journal.conn, "client", pine.id)) == 5


def test_a_row_that_was_damaged_before_is_still_found_afterwards(old, newer):
    path, secret = old
    with Journal(path, secret) as journal:
        journal.conn.execute("DROP TRIGGER log_client_u")
        journal.conn.execute("UPDATE client SET name = 'flipped'")
        journal.conn.commit()
    newer()
    with Journal.open(path, secret) as journal:
        assert {"table": "client", "id": 1} in [f.facts for f in check(journal)]


def test_a_step_that_fails_leaves_all_as_it_was(old, newer):
    path, secret = old

    def m003_works(db):
        db.execute("CREATE TABLE half(x)")

    def m004_fails(_db):
        raise ZeroDivisionError

    newer(m003_works, m004_fails)
    with pytest.raises(ZeroDivisionError):
        Journal.open(path, secret)
    with Journal(path, secret) as journal:
        assert journal._pragma("user_version") == VERSION
        assert journal.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []
        assert "tier" not in {row[1] for row in journal.rows("PRAGMA table_info(client)")}
        assert journal.rows("SELECT name FROM client") == [("青松",)]
    newer()
    with Journal.open(path, secret) as journal:
        assert [c.name for c in journal.find(Client)] == ["青松"]


def test_reading_brings_an_earlier_version_up_to_date_first(old, newer):
    path, secret = old
    newer()
    with Journal.open(path, secret, writable=False) as journal:
        assert [c.name for c in journal.find(Client)] == ["青松"]
        with pytest.raises(errors.ReadOnlyPlace), journal.action("Add") as act:
            act.save(Client(name="more"))


def test_the_earlier_program_refuses_what_the_newer_has_written(old, newer, monkeypatch):
    path, secret = old
    newer()
    Journal.open(path, secret).close()
    monkeypatch.undo()
    before = path.read_bytes()
    with pytest.raises(errors.NewerJournal):
        Journal.open(path, secret)
    assert path.read_bytes() == before


def test_a_row_is_the_same_to_the_log_in_whatever_order_its_fields_are_declared():
    names = ["b", "a", "c"]
    assert schema.row_json(names, "") == schema.row_json(reversed(names), "")


def test_steps_are_named_in_order():
    steps = migrations()
    names = [step.name for step in steps._migrations]
    assert [name[:4] for name in names] == [f"m{n:03d}" for n in range(1, VERSION + 1)]
