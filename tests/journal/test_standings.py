"""What is kept of each client beside the records, and whom a change of the log concerns."""

from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

import pytest

from pmdesk.journal import standings
from pmdesk.journal.engine import IntegrityError
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.journal.log import last_change, steps
from pmdesk.journal.standings import AT_ONCE, Kept, concerned
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.captured_line import CapturedLine
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.kinds import KINDS
from pmdesk.records.limits import Limits
from pmdesk.records.project import Project, Stage

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
PINE, BIRCH, ELM = 1, 2, 3
KEPT = Kept(7, "2026-11-23T04:00:00.000Z", [4, ["“承诺”", float("inf")], {"a": None}])


@pytest.fixture(autouse=True)
def quick(journal):
    """No wait for the disk: what a crash would lose is no question here."""
    journal.conn.execute("PRAGMA synchronous = OFF")


@pytest.fixture
def save(journal):
    """Save records as one act; the last of them back."""

    def saved(*records):
        with journal.action("Save", at=AT) as act:
            return [act.save(record) for record in records][-1]

    return saved


@pytest.fixture
def three(save):
    """Three clients."""
    save(*(Client(name=name) for name in ("Pine", "Birch", "Elm")))


@pytest.fixture
def moved(journal, three):
    """Whom what was done since the last look concerns."""
    seen = last_change(journal.conn)

    def whom():
        nonlocal seen
        found, seen = concerned(journal, seen), last_change(journal.conn)
        assert all(0 < change <= seen for change in found.values())
        return set(found)

    return whom


def test_what_is_kept_is_read_back_as_it_was(journal):
    assert standings.read(journal) == {}
    assert standings.keep(journal, {PINE: KEPT, BIRCH: KEPT})
    newer = KEPT._replace(until=9, content=[4])
    assert standings.keep(journal, {PINE: newer})
    assert standings.read(journal) == {PINE: newer, BIRCH: KEPT}
    with journal.again(writable=False) as other:
        assert standings.read(other) == {PINE: newer, BIRCH: KEPT}


def test_what_is_gone_is_taken_out(journal):
    standings.keep(journal, {PINE: KEPT, BIRCH: KEPT, ELM: KEPT})
    assert standings.keep(journal, {ELM: KEPT}, gone=[PINE, BIRCH])
    assert standings.read(journal) == {ELM: KEPT}


def test_keeping_is_no_step_and_leaves_no_trace_in_the_log(journal, three):
    before = steps(journal.conn), last_change(journal.conn)
    standings.keep(journal, {PINE: KEPT})
    assert (steps(journal.conn), last_change(journal.conn)) == before
    assert check(journal) == []
    assert not journal.conn.in_transaction


def test_a_read_only_journal_keeps_nothing(journal):
    with journal.again(writable=False) as other:
        assert standings.keep(other, {PINE: KEPT}) is False
    assert standings.read(journal) == {}


def test_a_journal_in_which_somebody_writes_keeps_nothing_and_does_not_wait(journal):
    assert journal.busy_seconds > 1
    with Journal.open(journal.path) as other:
        other.conn.execute("BEGIN IMMEDIATE")
        begun = perf_counter()
        assert standings.keep(journal, {PINE: KEPT}) is False
        assert perf_counter() - begun < journal.busy_seconds / 2
        other.conn.execute("ROLLBACK")
    assert not journal.conn.in_transaction
    assert standings.keep(journal, {PINE: KEPT})
    (waits,) = journal.rows("PRAGMA busy_timeout")[0]
    assert waits == journal.busy_seconds * 1000


def test_a_full_disk_leaves_what_was_kept(journal, save):
    standings.keep(journal, {PINE: KEPT})
    (pages,) = journal.rows("PRAGMA page_count")[0]
    journal.conn.execute(f"PRAGMA max_page_count = {pages + 2}")
    large = KEPT._replace(content=[4, "x" * 100_000])
    assert standings.keep(journal, {BIRCH: KEPT, ELM: large}) is False
    assert standings.read(journal) == {PINE: KEPT}
    assert not journal.conn.in_transaction
    journal.conn.execute(f"PRAGMA max_page_count = {pages + 100}")
    save(Client(name="Oak"))


def test_what_is_wrong_is_raised_and_leaves_what_was_kept(journal, save):
    standings.keep(journal, {PINE: KEPT})
    with pytest.raises(IntegrityError):
        standings.keep(journal, {BIRCH: KEPT, ELM: KEPT._replace(until=None)})
    assert standings.read(journal) == {PINE: KEPT}
    save(Client(name="Oak"))


def test_nothing_done_concerns_nobody(journal, three):
    assert concerned(journal, last_change(journal.conn)) == {}


EVERYBODY, NOBODY = {None}, set()
OF_ALL = {"calendar", "identity"}
OF_NOBODY = {
    "set_aside", "captured_line", "attachment", "entry", "letterhead", "source", "import_choice",
}  # fmt: skip
OF_ONE = sorted(set(KINDS) - OF_ALL - OF_NOBODY - {"client", "stage", "limits"})


@pytest.mark.parametrize("name", OF_ONE)
def test_a_record_concerns_its_client_and_moved_both(journal, save, moved, name):
    cls = KINDS[name].cls
    made = save(cls(client_id=PINE))
    assert moved() == {PINE}
    save(replace(made, client_id=BIRCH))
    assert moved() == {PINE, BIRCH}
    with journal.action("Delete", at=AT) as act:
        act.delete(replace(made, client_id=BIRCH))
    assert moved() == {BIRCH}
    journal.undo(at=AT)
    journal.undo(at=AT)
    assert moved() == {PINE, BIRCH}
    journal.redo(at=AT)
    assert moved() == {PINE, BIRCH}


@pytest.mark.parametrize("name", sorted(OF_NOBODY))
def test_what_no_figure_rests_on_concerns_nobody(save, moved, name):
    known = {field.name for field in KINDS[name].fields}
    fields = {"client_id": PINE} if KINDS[name].client else {"clients": (PINE,)}
    fields = {of: value for of, value in fields.items() if of in known}
    made = save(KINDS[name].cls(**fields))
    save(replace(made, uuid="x"))
    assert moved() == NOBODY


@pytest.mark.parametrize("record", [WorkCalendar(name="x"), Identity(pattern="a@b.c")])
def test_what_every_client_rests_on_concerns_all(journal, save, moved, record):
    made = save(record)
    assert moved() == EVERYBODY
    save(replace(made, uuid="x"))
    assert moved() == EVERYBODY
    with journal.action("Delete", at=AT) as act:
        act.delete(made)
    assert moved() == EVERYBODY


def test_a_client_concerns_itself(journal, save, moved):
    save(replace(journal.get(Client, BIRCH), name="Birch & Co"))
    assert moved() == {BIRCH}
    oak = save(Client(name="Oak"))
    assert moved() == {oak.id}
    with journal.action("Delete", at=AT) as act:
        act.delete(oak)
    assert moved() == {oak.id}


def test_limits_of_the_journal_concern_all_those_of_a_client_it_alone(journal, save, moved):
    own, default = save(Limits(client_id=PINE)), save(Limits())
    assert moved() == {PINE, None}
    save(replace(own, change_days=1))
    assert moved() == {PINE}
    save(replace(default, change_days=1))
    assert moved() == EVERYBODY
    save(replace(own, client_id=None))
    assert moved() == {PINE, None}
    with journal.action("Delete", at=AT) as act:
        act.delete(own)
        act.delete(default)
    assert moved() == EVERYBODY


def test_mail_of_nobody_concerns_nobody(save, moved):
    mail = save(Interaction(subject="x", at=AT, thread=1))
    save(replace(mail, subject="y"), Contact(name="Xu"))
    assert moved() == NOBODY
    save(replace(mail, client_id=ELM))
    assert moved() == {ELM}
    save(mail)
    assert moved() == {ELM}


def test_mail_concerns_all_clients_of_its_thread(journal, save, moved):
    save(Interaction(subject="x", at=AT, thread=1, client_id=PINE))
    save(Interaction(subject="x", at=AT, thread=2, client_id=BIRCH))
    ours = save(Interaction(subject="x", at=AT, thread=1, client_id=ELM))
    assert moved() == {PINE, BIRCH, ELM}
    save(replace(ours, subject="y"))
    assert moved() == {PINE, ELM}
    save(replace(ours, thread=2))
    assert moved() == {PINE, BIRCH, ELM}
    save(replace(ours, thread=2, subject="y"))
    assert moved() == {BIRCH, ELM}
    with journal.action("Delete", at=AT) as act:
        act.delete(ours)
    assert moved() == {BIRCH, ELM}


def test_mail_of_nobody_concerns_the_clients_of_its_thread(journal, save, moved):
    save(Interaction(subject="x", at=AT, thread=1, client_id=PINE))
    ours = save(Interaction(subject="x", at=AT, thread=1))
    moved()
    with journal.action("Delete", at=AT) as act:
        act.delete(ours)
    assert moved() == {PINE}


def test_an_answer_concerns_who_was_answered_by_it(save, moved):
    answer = save(Interaction(subject="x", at=AT, client_id=BIRCH))
    save(Interaction(subject="x", at=AT, client_id=PINE, answered_by=answer.id))
    moved()
    save(replace(answer, subject="y"))
    assert moved() == {PINE, BIRCH}


def test_a_stage_concerns_the_clients_of_its_project_before_and_now(journal, save, moved):
    here = save(Project(client_id=PINE, name="x"))
    there = save(Project(client_id=BIRCH, name="x"))
    moved()
    stage = save(Stage(project_id=here.id, name="x"))
    assert moved() == {PINE}
    save(replace(stage, project_id=there.id))
    assert moved() == {PINE, BIRCH}
    with journal.action("Delete", at=AT) as act:
        act.delete(stage)
    assert moved() == {BIRCH}
    save(replace(here, client_id=ELM))
    assert moved() == {PINE, ELM}


def test_each_client_is_told_with_its_last_change(journal, save, three):
    before = last_change(journal.conn)
    mine = save(Contact(client_id=PINE, name="x"))
    first = last_change(journal.conn)
    save(Contact(client_id=BIRCH, name="x"))
    second = last_change(journal.conn)
    save(replace(mine, name="y"))
    third = last_change(journal.conn)
    assert concerned(journal, before) == {PINE: third, BIRCH: second}
    assert concerned(journal, first) == {PINE: third, BIRCH: second}
    assert concerned(journal, second) == {PINE: third}
    save(replace(mine, client_id=ELM))
    assert concerned(journal, before) == {PINE: third + 1, BIRCH: second, ELM: third + 1}


def test_beyond_so_many_changes_all_are_concerned(journal, save, three):
    before = last_change(journal.conn)
    with journal.action("Save", at=AT) as act:
        act.save_new([CapturedLine(line="x", at=AT) for _ in range(AT_ONCE)])
    assert concerned(journal, before) == {}
    save(CapturedLine(line="x", at=AT))
    assert concerned(journal, before) == {None: last_change(journal.conn)}
    assert concerned(journal, before + 1) == {}


def test_a_log_that_is_shorter_than_what_is_known_concerns_all(journal, three):
    until = last_change(journal.conn)
    assert concerned(journal, until + 1) == {None: until}


def test_a_restored_record_concerns_its_client(journal, save, moved):
    contact = save(Contact(client_id=ELM, name="x"))
    with journal.action("Delete", at=AT) as act:
        act.delete(contact)
    moved()
    journal.restore(last_change(journal.conn), at=AT)
    assert moved() == {ELM}
