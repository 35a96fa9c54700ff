"""Two journals merged: each fate of a record, what is asked, and mail that both hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from pmdesk.actions.archive import archived_side, export_archive
from pmdesk.actions.carried.side import side_of
from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.merge import Undecided, look, merge, other_side
from pmdesk.actions.records import delete_record, save_record
from pmdesk.cli import main
from pmdesk.journal import blobs
from pmdesk.journal.integrity import check
from pmdesk.journal.journal import Journal
from pmdesk.records.attachment import Attachment
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.identity import Identity
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise
from tests.actions.letters import LI, ME, SETUP, letter, mbox
from tests.conftest import create_nine_hours


@pytest.fixture
def other(journal, tmp_path, at):
    """A journal that parted from `journal` when both had one client and one promise."""
    client = save_record(journal, Client(name="Pine Hydro"), at=at).record
    promise = Promise(client_id=client.id, what="Send the plan", to_whom="Anna Berg")
    save_record(journal, promise, at=at)
    export_archive(journal, tmp_path / "parted.zip")
    with Journal.create(tmp_path / "other.pmdesk") as made:
        merge(made, archived_side(tmp_path / "parted.zip"), at=at)
        yield made


def change(journal, at, **values):
    promise = journal.find(Promise)[0]
    save_record(journal, replace(promise, **values), at=at)


def test_each_side_takes_what_the_other_alone_has_done(journal, other, at):
    change(other, at, what="Send the new plan")
    save_record(other, Client(name="青松制造"), at=at)
    save_record(journal, Client(name="Oak Mills"), at=at)
    seen = look(journal, side_of(other))
    assert (seen.total[:3], seen.conflicts) == ((1, 1, 0), [])
    assert journal.count(Client) == 2
    merge(journal, side_of(other), at=at)
    assert journal.find(Promise)[0].what == "Send the new plan"
    assert {c.name for c in journal.find(Client)} == {"Pine Hydro", "Oak Mills", "青松制造"}
    merge(other, side_of(journal), at=at)
    assert other.count(Client) == 3
    assert other.find(Promise)[0].what == "Send the new plan"


def test_what_was_taken_back_is_no_deletion(journal, other, at):
    save_record(other, Client(name="青松制造"), at=at)
    merge(journal, side_of(other), at=at)
    journal.undo(at=at)
    assert journal.count(Client) == 1
    merge(other, side_of(journal), at=at)
    assert other.count(Client) == 2


def test_different_fields_of_one_record_are_joined(journal, other, at):
    change(journal, at, what="Send the new plan")
    change(other, at, evidence="In the mail of Monday")
    merge(journal, side_of(other), at=at)
    promise = journal.find(Promise)[0]
    assert (promise.what, promise.evidence) == ("Send the new plan", "In the mail of Monday")


@pytest.mark.parametrize("prefer", ["here", "there"])
def test_what_both_changed_is_asked_and_once_only(journal, other, at, prefer):
    change(journal, at, what="Ours")
    change(other, at, what="Theirs", evidence="A mail")
    with pytest.raises(Undecided) as asked:
        merge(journal, side_of(other), at=at)
    [conflict] = asked.value.conflicts
    assert [(f.name, f.here, f.there) for f in conflict.fields] == [("what", "Ours", "Theirs")]
    merge(journal, side_of(other), prefer=prefer, at=at)
    promise = journal.find(Promise)[0]
    assert promise.what == {"here": "Ours", "there": "Theirs"}[prefer]
    assert promise.evidence == "A mail"
    # the decision holds for the other side, too
    assert merge(journal, side_of(other), at=at).changes.action_id is None
    merge(other, side_of(journal), at=at)
    assert other.find(Promise)[0].what == promise.what


def test_what_was_deleted_there_goes_and_what_was_changed_here_is_asked(journal, other, at):
    delete_record(other, other.find(Promise)[0], at=at)
    assert look(journal, side_of(other)).total.deleted == 1
    change(journal, at, what="Changed since")
    with pytest.raises(Undecided) as asked:
        merge(journal, side_of(other), at=at)
    assert asked.value.conflicts[0].there is None
    merge(journal, side_of(other), prefer="there", at=at)
    assert journal.find(Promise) == []


def test_a_new_record_keeps_what_it_belongs_to(journal, other, at):
    delete_record(other, other.find(Client)[0], at=at)
    client = journal.find(Client)[0]
    save_record(journal, Promise(client_id=client.id, what="New", to_whom="A"), at=at)
    merge(journal, side_of(other), at=at)
    merge(other, side_of(journal), at=at)
    for one in (journal, other):
        assert [c.name for c in one.find(Client)] == ["Pine Hydro"]
        assert [p.what for p in one.find(Promise)] == ["New"]


def test_a_record_brought_back_stays(journal, other, at):
    delete_record(journal, journal.find(Promise)[0], at=at)
    merge(other, side_of(journal), at=at + timedelta(hours=1))
    ((change_id,),) = other.rows("SELECT max(id) FROM change WHERE op = 'D'")
    other.restore(change_id, at=at + timedelta(hours=2))
    merge(journal, side_of(other), at=at + timedelta(hours=3))
    assert journal.count(Promise) == 1


@pytest.mark.parametrize("which", ["here", "there"])
@pytest.mark.parametrize("deleted", ["here", "there"])
@pytest.mark.parametrize("way", ["journal", "archive"])
def test_what_one_changed_and_the_other_deleted_is_asked_once_only(
    journal, other, tmp_path, at, which, deleted, way
):
    def side(one):
        if way == "journal":
            return side_of(one)
        export_archive(one, tmp_path / "out.zip")
        return archived_side(tmp_path / "out.zip")

    gone, kept = (journal, other) if deleted == "here" else (other, journal)
    delete_record(gone, gone.find(Promise)[0], at=at)
    change(kept, at + timedelta(hours=1), what="Changed since")
    seen = look(journal, side(other))
    assert len(seen.conflicts) == 1
    before = [row[0] for row in journal.rows("SELECT id FROM promise")]
    merge(journal, side(other), prefer=which, at=at + timedelta(hours=2))
    stays = deleted != which
    assert [p.what for p in journal.find(Promise)] == ["Changed since"] * stays
    if which == "here":  # others name it by its number
        assert [p.id for p in journal.find(Promise)] == before
    # the decision holds for both sides, also once it was changed again
    if stays:
        change(journal, at + timedelta(hours=3), what="And again")
    for one, two in ((journal, other), (other, journal), (journal, other)):
        assert look(one, side(two)).conflicts == []
        merge(one, side(two), at=at + timedelta(hours=4))
        assert [p.what for p in one.find(Promise)] == ["And again"] * stays
        assert check(one) == []
    for one in (journal, other):
        one.undo(at=at + timedelta(hours=5))
        assert check(one) == []


def test_a_merge_that_was_taken_back_is_asked_as_if_it_had_not_been(journal, other, at):
    save_record(journal, Client(name="Oak Mills"), at=at)
    merge(other, side_of(journal), at=at)
    oak, promise = journal.find(Client, "name = 'Oak Mills'")[0], other.find(Promise)[0]
    delete_record(other, other.find(Client, "name = 'Oak Mills'")[0], at=at)
    save_record(journal, replace(oak, goals="Ours"), at=at)
    change(journal, at, what="Ours")
    save_record(other, replace(promise, what="Theirs"), at=at)
    save_record(other, replace(other.find(Client)[0], goals="Changed there alone"), at=at)
    first = look(journal, side_of(other))
    for n in range(1, 4):
        merge(
            journal, side_of(other), prefer="there" if n % 2 else "here", at=at + timedelta(hours=n)
        )
        journal.undo(at=at + timedelta(hours=n))
        again = look(journal, side_of(other))
        assert again.total[:3] == first.total[:3]
        assert [c.uuid for c in again.conflicts] == [c.uuid for c in first.conflicts]
    assert (first.total.changed, len(first.conflicts)) == (1, 2)


def test_what_a_deleted_record_once_was_is_known_after_another_brought_it_back(journal, other, at):
    delete_record(other, other.find(Promise)[0], at=at)
    change(journal, at + timedelta(hours=1), what="Once")
    delete_record(journal, journal.find(Promise)[0], at=at + timedelta(hours=2))
    other.undo(at=at + timedelta(hours=3))
    uuid = other.find(Promise)[0].uuid
    merge(journal, side_of(other), at=at + timedelta(hours=4))
    assert [p.what for p in journal.find(Promise)] == ["Send the plan"]
    assert len(side_of(journal).records[uuid].past.earlier) == 2


def test_the_same_mail_read_by_both_is_one_and_its_conversation_too(journal, tmp_path, at):
    first = letter(1, LI, ME, 0)
    mine = letter(2, ME, LI, 2, reply=1)
    theirs = letter(3, LI, ME, 4, reply=1)
    apart = letter(4, LI, ME, 9, subject="Budget")
    with create_nine_hours(tmp_path / "other.pmdesk", at=at) as other:
        for one, letters in ((journal, (first, mine)), (other, (apart, first, theirs))):
            path = tmp_path / f"{one.path.stem}.mbox"
            path.write_bytes(mbox(*letters))
            import_mail(one, [path], SETUP, at=at)
        merge(journal, side_of(other), prefer="here", at=at)
    threads = {i.subject: set() for i in journal.find(Interaction)}
    for one in journal.find(Interaction):
        threads[one.subject].add(one.thread)
    assert journal.count(Interaction) == 4
    assert [len(some) for some in threads.values()] == [1, 1]
    assert threads["Plan"] != threads["Budget"]
    assert check(journal) == []
    assert journal.count(WorkCalendar) == 1
    patterns = [i.pattern for i in journal.find(Identity)]
    assert len(patterns) == len(set(patterns))


def test_files_travel_with_their_records(journal, tmp_path, at):
    with journal.action("File", at=at) as act:
        name = blobs.keep(act, b"plan")
        client = act.save(Client(name="Pine"))
        act.save(Attachment(owner=f"client:{client.id}", client_id=client.id, name="a", hash=name))
    for source in (journal.path, tmp_path / "a.zip"):
        if source.suffix == ".zip":
            export_archive(journal, source)
        with Journal.create(tmp_path / f"{source.suffix}.pmdesk") as back:
            with back.action("One more", at=at) as act:
                act.save(Client(name="First"))
            merge(back, other_side(source), at=at)
            [file] = back.find(Attachment)
            assert blobs.read(back, file.hash) == b"plan"
            assert file.belongs_to == ("client", back.find(Client, "name = 'Pine'")[0].id)


def run(*words, code=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


def test_from_the_command_line(journal, other, tmp_path, at):
    change(journal, at, what="Ours")
    change(other, at, what="Theirs")
    out = tmp_path / "out.zip"
    run("export", out, "--archive", "-j", other.path)
    dry = run("merge", out, "-j", journal.path, "--dry-run")
    assert "Both changed Promise “Ours”: What was promised" in dry
    assert "say --prefer here or there" in run("merge", out, "-j", journal.path, code=1)
    assert journal.find(Promise)[0].what == "Ours"
    assert "changed 1" in run("merge", other.path, "-j", journal.path, "--prefer", "there")
    assert journal.find(Promise)[0].what == "Theirs"
    new = tmp_path / "new.pmdesk"
    run("merge", out, "-j", new)
    with Journal.open(new) as made:
        assert made.count(Client) == 1
        assert made.count(WorkCalendar) == 1


@pytest.mark.parametrize(
    ("name", "said"), [("no.zip", "There is no file"), ("x.zip", "no archive")]
)
def test_what_is_none_is_refused_in_a_sentence(tmp_path, name, said):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nothing")
    target = tmp_path / "j.pmdesk"
    assert said in run("merge", tmp_path / name, "-j", target, code=2)
    assert not target.exists()


def test_a_link_to_what_was_deleted_here_is_not_asked_about_at_every_merge(journal, other, at):
    promise = journal.find(Promise)[0]
    note = Entry(
        day=at.date(), text="Talked about it", records=(f"promise:{other.find(Promise)[0].id}",)
    )
    save_record(other, note, at=at)
    delete_record(journal, promise, at=at + timedelta(hours=1))
    for _ in range(2):
        assert look(journal, side_of(other)).conflicts == []
        merge(journal, side_of(other), at=at + timedelta(hours=2))
    assert [entry.records for entry in journal.find(Entry)] == [()]


def test_a_choice_brings_back_what_it_belongs_to(journal, other, at):
    oak = save_record(journal, Client(name="Oak Mills"), at=at).record
    elm = save_record(journal, Client(name="Elm Works"), at=at).record
    merge(other, side_of(journal), at=at)
    delete_record(journal, oak, at=at + timedelta(hours=1))
    change(journal, at + timedelta(hours=1), client_id=elm.id)
    there = other.find(Client, "name = 'Oak Mills'")[0]
    change(other, at + timedelta(hours=1), client_id=there.id)
    assert len(look(journal, side_of(other)).conflicts) == 1
    merge(journal, side_of(other), prefer="there", at=at + timedelta(hours=2))
    (promise,) = journal.find(Promise)
    assert journal.get(Client, promise.client_id).name == "Oak Mills"
    assert check(journal) == []


def test_what_others_need_stays_though_its_deletion_was_chosen_and_is_not_asked_again(
    journal, other, at
):
    delete_record(other, other.find(Client)[0], at=at)
    client = journal.find(Client)[0]
    save_record(journal, replace(client, goals="Less downtime"), at=at)
    save_record(journal, Promise(client_id=client.id, what="New", to_whom="A"), at=at)
    merge(journal, side_of(other), prefer="there", at=at + timedelta(hours=1))
    assert [c.goals for c in journal.find(Client)] == ["Less downtime"]
    assert look(journal, side_of(other)).conflicts == []
