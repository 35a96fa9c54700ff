"""Acts, step by step: what is kept, what is taken back, what is told when it cannot be."""

from dataclasses import replace

import pytest

from pmdesk.journal import engine, errors, log
from pmdesk.journal.integrity import check
from pmdesk.journal.search import search
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.entry import Entry
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project


def add(journal, record, label="Add"):
    with journal.action(label) as act:
        return act.save(record)


def change(journal, record, **values):
    with journal.action("Edit") as act:
        return act.save(replace(record, **values))


def remove(journal, *records):
    with journal.action("Delete") as act:
        for record in records:
            act.delete(record)


def names(journal):
    return [client.name for client in journal.find(Client)]


class Failing:
    """A connection whose COMMIT fails, before or after it has taken place."""

    def __init__(self, conn, *, done):
        self.conn, self.done = conn, done

    def __getattr__(self, name):
        return getattr(self.conn, name)

    def execute(self, sql, *values):
        if sql != "COMMIT":
            return self.conn.execute(sql, *values)
        if self.done:
            self.conn.execute(sql)
        error = engine.sqlite.OperationalError("disk I/O error")
        error.sqlite_errorcode = engine.sqlite_code("SQLITE_IOERR")
        raise error


def test_an_error_from_commit_is_not_believed_when_the_act_was_saved(journal):
    conn, journal.conn = journal.conn, Failing(journal.conn, done=True)
    saved = add(journal, Client(name="Pine"))
    journal.conn = conn
    assert journal.get(Client, saved.id) == saved


def test_an_error_from_commit_that_saved_nothing_is_told(journal):
    conn, journal.conn = journal.conn, Failing(journal.conn, done=False)
    with pytest.raises(errors.Damaged):
        add(journal, Client(name="Pine"))
    journal.conn = conn
    assert names(journal) == []
    add(journal, Client(name="afterwards"))
    assert names(journal) == ["afterwards"]


def test_looking_without_changing_does_not_end_what_can_be_redone(journal):
    add(journal, Client(name="Pine"))
    journal.undo()
    with journal.action("Nothing") as act:
        pass
    assert act.changes().kinds == frozenset()
    journal.redo()
    assert names(journal) == ["Pine"]


def test_saving_a_record_as_it_is_leaves_no_step(journal, pine):
    steps = log.steps(journal.conn)
    change(journal, pine)
    assert log.steps(journal.conn) == steps


def test_a_record_deleted_meanwhile_is_not_silently_lost(journal, pine):
    remove(journal, pine)
    with pytest.raises(errors.RecordGone, match="Pine Manufacturing"):
        change(journal, pine, name="Pine Ltd")
    assert names(journal) == []


def test_a_number_is_never_given_twice(journal):
    first = add(journal, Client(name="first"))
    remove(journal, first)
    second = add(journal, Client(name="second"))
    assert second.id > first.id
    (gone,) = log.deleted(journal.conn, ("client",))
    journal.restore(gone.change_id)
    assert names(journal) == ["first", "second"]


def test_an_error_of_the_acts_own_work_stays_what_it_is(journal, tmp_path):
    with pytest.raises(FileNotFoundError), journal.action("Import") as act:
        act.save(Client(name="half"))
        (tmp_path / "nowhere.mbox").read_bytes()
    assert names(journal) == []


def test_a_mistake_in_a_statement_is_no_damage(journal):
    with pytest.raises(engine.SqliteError, match="no such column"):
        journal.find(Client, "nonsense = 1")


def test_an_act_inside_an_act_is_a_mistake(journal):
    with pytest.raises(RuntimeError), journal.action("outer"), journal.action("inner"):
        pass
    add(journal, Client(name="afterwards"))
    assert names(journal) == ["afterwards"]


def test_what_is_known_at_the_end_stands_in_the_step(journal):
    with journal.action("Import {count}", count=0) as act:
        act.save(Client(name="Pine"))
        act.note(count=1)
    assert log.last_done(journal.conn).facts == {"count": 1}
    assert act.changes().facts == {"count": 1}
    assert journal.undo().facts == {"count": 1}


def test_redo_after_undo_of_redo(journal, pine):
    change(journal, pine, name="Pine Ltd")
    seen = []
    for step in (journal.undo, journal.redo, journal.undo, journal.redo, journal.undo):
        step()
        seen.append(names(journal)[0])
    assert seen == [pine.name, "Pine Ltd", pine.name, "Pine Ltd", pine.name]
    assert check(journal) == []


def test_undo_walks_back_over_what_was_redone(journal, pine):
    change(journal, pine, name="two")
    journal.undo()
    journal.redo()
    journal.undo()
    journal.undo()
    assert names(journal) == []
    journal.redo()
    journal.redo()
    assert names(journal) == ["two"]


def test_an_act_that_adds_changes_and_deletes_is_taken_back_whole(journal, pine):
    with journal.action("Much") as act:
        act.save(replace(pine, name="renamed"))
        extra = act.save(Client(name="extra"))
        act.save(replace(extra, name="more"))
        act.delete(act.save(Client(name="gone again")))
        act.delete(replace(pine))
    assert names(journal) == ["more"]
    journal.undo()
    assert journal.find(Client) == [pine]
    journal.redo()
    assert names(journal) == ["more"]
    assert check(journal) == []
    assert [hit.title for hit in search(journal, "more")] == ["more"]
    assert search(journal, "extra") == search(journal, "renamed") == []


def test_what_is_still_needed_is_named(journal, pine):
    add(journal, Contact(client_id=pine.id, name="Zhou"))
    with pytest.raises(errors.StillNeeded, match="Pine Manufacturing"):
        remove(journal, pine)
    assert journal.get(Client, pine.id) == pine
    assert check(journal) == []


def test_a_record_comes_back_with_all_that_went_with_it_and_the_links_to_it(journal, pine):
    project = add(journal, Project(client_id=pine.id, name="Line 4"))
    call = add(journal, Interaction(client_id=pine.id, project_id=project.id, subject="call"))
    mail = add(journal, Interaction(client_id=pine.id, project_id=project.id, subject="mail"))
    with journal.action("Delete") as act:
        unlinked = [act.save(replace(one, project_id=None)) for one in (call, mail)]
        act.delete(project)
    later = change(journal, unlinked[1], text="written since")
    (gone,) = log.deleted(journal.conn, ("project",))
    journal.restore(gone.change_id)
    assert journal.get(Project, project.id) == project
    assert journal.find(Interaction) == [call, later]  # what was changed since stays as it is
    journal.undo()
    assert journal.find(Interaction) == [unlinked[0], later]
    assert check(journal) == []


def test_a_record_whose_parent_is_gone_says_what_to_restore_first(journal, pine):
    zhou = add(journal, Contact(client_id=pine.id, name="Zhou"))
    remove(journal, zhou)
    remove(journal, pine)
    of_pine, of_zhou = (next(log.deleted(journal.conn, (k,))) for k in ("client", "contact"))
    with pytest.raises(errors.ParentGone, match="“Zhou” belongs to “Pine Manufacturing”"):
        journal.restore(of_zhou.change_id)
    assert journal.find(Contact) == []
    journal.restore(of_pine.change_id)
    journal.restore(of_zhou.change_id)
    assert journal.find(Contact) == [zhou]


def test_restoring_twice_changes_nothing(journal, pine):
    remove(journal, pine)
    (gone,) = log.deleted(journal.conn, ("client",))
    journal.restore(gone.change_id)
    for change_id in (gone.change_id, 10_000):
        with pytest.raises(errors.NotDeleted):
            journal.restore(change_id)
    assert journal.find(Client) == [pine]


def test_a_restoring_that_is_undone_leaves_the_record_among_the_deleted(journal, pine):
    remove(journal, pine)
    (gone,) = log.deleted(journal.conn, ("client",))
    journal.restore(gone.change_id)
    assert list(log.deleted(journal.conn, ("client",))) == []
    journal.undo()
    add(journal, Entry(text="another day"))
    (again,) = log.deleted(journal.conn, ("client",))
    journal.restore(again.change_id)
    assert journal.find(Client) == [pine]


def test_a_record_whose_adding_was_undone_is_not_among_the_deleted(journal, pine):
    journal.undo()
    assert list(log.deleted(journal.conn, ("client",))) == []


def test_a_place_that_was_taken_is_a_conflict(journal, pine):
    remove(journal, pine)
    add(journal, Client(name="impostor", uuid=pine.uuid))
    (gone,) = log.deleted(journal.conn, ("client",))
    with pytest.raises(errors.Conflict, match="Pine Manufacturing"):
        journal.restore(gone.change_id)
    assert names(journal) == ["impostor"]


def test_history_tells_who_made_what_of_a_record(journal, pine):
    change(journal, pine, name="two")
    journal.undo()
    remove(journal, pine)
    journal.undo()
    seen = [
        (version.step.kind, version.values and version.values["name"])
        for version in log.versions(journal.conn, "client", pine.id)
    ]
    assert seen == [
        ("do", pine.name),
        ("do", "two"),
        ("undo", pine.name),
        ("do", None),
        ("undo", pine.name),
    ]


def test_a_long_text_is_named_by_its_first_line(journal):
    entry = add(journal, Entry(text="\n# 延期\n" + "x" * 5000))
    assert log.name_of(journal.conn, "entry", entry.id) == "# 延期"
    remove(journal, entry)
    assert log.name_of(journal.conn, "entry", entry.id) == "# 延期"


def test_half_a_character_is_kept_as_a_replacement(journal):
    saved = add(journal, Client(name="half \ud83d of one", mail=("a\udcff@b.example",)))
    assert journal.get(Client, saved.id) == saved
    assert (saved.name, saved.mail) == ("half \ufffd of one", ("a\ufffd@b.example",))


def test_two_windows_see_each_others_acts(journal, pine):
    with journal.again() as other:
        change(other, pine, name="Pine Ltd")
        assert names(journal) == ["Pine Ltd"]
        journal.undo()
        assert names(other) == [pine.name]


def test_a_snapshot_does_not_see_what_another_window_writes_meanwhile(journal, pine):
    with journal.again() as other, journal.snapshot():
        change(other, pine, name="Pine Ltd")
        assert names(journal) == [pine.name]
    assert names(journal) == ["Pine Ltd"]
