"""What was added to a source is taken, and nothing else of it is read."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.actions.import_mail import import_mail
from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.actions.mail_setup import MailSetup
from pmdesk.actions.openings import create_journal
from pmdesk.actions.records import save_record
from pmdesk.actions.sources import (
    NotThere,
    due_at_start,
    look_for_new,
    mail_answers,
    remember_sources,
)
from pmdesk.exchange.mail.marks import numbers_of, ranges
from pmdesk.journal.integrity import check
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.records.identity import Identity
from pmdesk.records.imports import Source
from pmdesk.records.interaction import Interaction
from tests.actions.letters import LI, ME, START, letter, mbox
from tests.exchange.mail.stores import Folder, store

BIRCH = "Xu <xu@birch.example>"


@pytest.fixture
def known(journal, at):
    """A journal that knows its own address and one client."""
    save_record(journal, Identity(pattern="@oak.example"), at=at)
    save_record(journal, Client(name="Pine", mail=("@pine.example",)), at=at)
    return journal


@pytest.fixture
def remembered(known, at):
    """A source over a file or folder."""
    return lambda path, **more: remember_sources(known, [path], at=at, **more)[0][0]


@pytest.fixture
def look(known, at):
    """A look at a source: how many are new, how many bytes were read."""

    def looked(source, **more):
        told = look_for_new(known, source, at=at, **more)
        return told.new, told.read

    return looked


def subjects(journal):
    return [i.subject for i in journal.find(Interaction, order="id")]


def letters(*numbers, sender=LI):
    return [letter(n, sender, ME, n, subject=f"s{n}", text=f"text {n}\n" * 60) for n in numbers]


def touch(path):
    """Let a file be changed later than it was, whatever the clock of its disk tells."""
    told = path.stat()
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns + 1_000_000_000))


def add(path, data):
    with path.open("ab") as file:
        file.write(data)
    touch(path)


def test_of_a_mailbox_that_grows_only_the_new_is_read(known, remembered, look, tmp_path):
    box = tmp_path / "Inbox"
    first = mbox(*letters(*range(1, 9)))
    box.write_bytes(first)
    source = remembered(box)
    assert look(source) == (8, len(first))
    assert look(source) == (0, 0)
    more = mbox(*letters(9, 10))
    # what stands before is not looked at: here it would be two mails more
    box.write_bytes(first.replace(b"<1@x>", b"<6@y>").replace(b"<2@x>", b"<7@y>"))
    add(box, more)
    assert look(source) == (2, len(more))
    assert subjects(known) == [f"s{n}" for n in range(1, 11)]
    assert check(known) == []


def test_a_mail_marked_as_read_is_not_read_again(remembered, look, tmp_path):
    box = tmp_path / "Inbox"
    old = mbox(*(letter(n, LI, ME, n, X_Mozilla_Status="0000") for n in (1, 2)))
    box.write_bytes(old)
    source = remembered(box)
    look(source)
    box.write_bytes(old.replace(b"Status: 0000", b"Status: 0001"))
    touch(box)
    assert look(source) == (0, 0)
    add(box, new := mbox(*letters(3)))
    assert look(source) == (1, len(new))


def test_a_mailbox_written_anew_is_read_whole_and_nothing_comes_twice(
    known, remembered, look, tmp_path
):
    box = tmp_path / "Inbox"
    box.write_bytes(mbox(*letters(1, 2, 3)))
    source = remembered(box)
    look(source)
    compacted = mbox(*letters(2, 3, 4))
    box.write_bytes(compacted)
    touch(box)
    assert look(source) == (1, len(compacted))
    assert sorted(subjects(known)) == ["s1", "s2", "s3", "s4"]


def test_a_mail_that_was_being_written_is_read_to_its_end(known, remembered, look, tmp_path):
    box = tmp_path / "Inbox"
    whole = mbox(*letters(1, 2))
    box.write_bytes(whole[:-300])
    source = remembered(box)
    assert look(source)[0] == 2
    add(box, whole[-300:] + mbox(*letters(3)))
    assert look(source)[0] == 1
    assert subjects(known) == ["s1", "s2", "s3"]


@pytest.mark.parametrize("place", ["cur", "new"])
def test_of_a_maildir_only_new_files_are_read(known, remembered, look, tmp_path, place):
    folder = tmp_path / "Maildir"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    one, two = letters(1, 2)
    (folder / "new" / "1.a.host").write_bytes(one)
    source = remembered(folder)
    assert look(source) == (1, len(one))
    # it was opened in the mail program, and another one came
    (folder / "new" / "1.a.host").rename(folder / "cur" / "1.a.host:2,S")
    name = "2.a.host:2," if place == "cur" else "2.a.host"
    (folder / place / name).write_bytes(two)
    assert look(source) == (1, len(two))
    (folder / "cur" / "1.a.host:2,S").unlink()
    assert look(source) == (0, 0)
    assert subjects(known) == ["s1", "s2"]


def note(n):
    sender = {0x0C1A: "Li", 0x0C1F: "li@pine.example", 0x5D01: "li@pine.example"}
    head = f"From: {LI}\r\nTo: {ME}\r\nMessage-ID: <{n}@x>\r\nSubject: s{n}\r\n"
    return {0x001A: "IPM.Note", 0x0037: f"s{n}", 0x1000: f"text {n}", 0x007D: head,
            0x0039: START, 0x1035: f"<{n}@x>", **sender}  # fmt: skip


def test_of_an_outlook_file_only_new_items_are_read(known, remembered, look, tmp_path):
    path = tmp_path / "me.pst"
    path.write_bytes(store(Folder("Inbox", (note(1), note(2)))))
    source = remembered(path)
    new, all_read = look(source)
    assert new == 2
    touch(path)
    assert look(source) == (0, 0)
    path.write_bytes(store(Folder("Inbox", (note(1), note(2), note(3)))))
    touch(path)
    new, read = look(source)
    assert (new, 0 < read < all_read) == (1, True)
    # the numbers of its items are those of before: a mail in their place is not opened
    path.write_bytes(store(Folder("Inbox", (note(7), note(8), note(3)))))
    touch(path)
    assert look(source)[0] == 0
    assert subjects(known) == ["s1", "s2", "s3"]
    assert look(source, whole=True)[0] == 2


def test_what_was_undone_is_read_again_but_not_by_itself(known, remembered, look, tmp_path):
    box = tmp_path / "Inbox"
    box.write_bytes(mbox(*letters(1, 2)))
    source = remembered(box, at_start=True)
    assert due_at_start(known) == [source]
    look(source)
    assert due_at_start(known) == [source]
    known.undo()
    assert (subjects(known), due_at_start(known)) == ([], [])
    assert look(source)[0] == 2
    assert due_at_start(known) == [source]


def test_older_mail_of_a_client_that_came_later_is_found(known, remembered, look, at, tmp_path):
    box = tmp_path / "Inbox"
    box.write_bytes(mbox(*letters(1), *letters(2, 3, sender=BIRCH)))
    source = remembered(box)
    assert look(source)[0] == 1
    save_record(known, Client(name="Birch", mail=("@birch.example",)), at=at)
    assert look(source, only_added=True) == (0, 0)
    assert look(source)[0] == 2
    assert look(source) == (0, 0)


def test_what_was_told_of_keeping_holds_for_each_look(known, remembered, look, tmp_path):
    box = tmp_path / "Inbox"
    box.write_bytes(mbox(*letters(1, sender=BIRCH)))
    source = remembered(box, answers=mail_answers(MailSetup(everybody=True)))
    assert look(source)[0] == 1
    assert known.find(Interaction)[0].client_id is None


def test_calendars_and_journals_are_sources_too(known, look, at, tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.txt").write_text("[2026-11-20 09:30] Called Pine.\n")
    (folder / "else.bin").write_bytes(b"\0\1")
    (source,), _ = remember_sources(known, [folder], importer="journal", at=at)
    assert look(source)[0] == 1
    (folder / "b.txt").write_text(text := "[2026-11-21 09:30] Walked the hall.\n")
    assert look(source) == (1, len(text))
    assert known.count(Entry) == 2


def test_one_that_is_not_there_says_so_and_one_that_is_stopped_keeps_nothing(
    known, remembered, look, tmp_path
):
    box = tmp_path / "Inbox"
    source = remembered(box)
    with pytest.raises(NotThere):
        look(source)
    box.write_bytes(mbox(*letters(1)))
    with pytest.raises(ImportCancelled):
        look(source, job=Job(cancelled=lambda: True))
    assert look(source)[0] == 1


def test_a_source_is_remembered_once_and_its_name_can_be_changed(known, remembered, at, tmp_path):
    source = remembered(tmp_path / "Inbox", name="Work")
    assert remembered(tmp_path / "Inbox", name="Other") == source
    save_record(known, replace(source, name="Post", at_start=True), at=at)
    assert [(s.name, s.at_start) for s in known.find(Source)] == [("Post", True)]


def test_a_place_is_remembered_again_after_its_source_was_moved(known, remembered, at, tmp_path):
    source = remembered(tmp_path / "Inbox")
    save_record(known, replace(source, path=str(tmp_path / "Moved")), at=at)
    again = remembered(tmp_path / "Inbox")
    assert [s.path for s in known.find(Source)] == [str(tmp_path / "Moved"), again.path]


@settings(max_examples=25)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.booleans(), st.data())
def test_a_mailbox_read_bit_by_bit_gives_what_it_gives_at_once(
    tmp_path_factory, steps, blank, data
):
    folder, at = tmp_path_factory.mktemp("grown"), START
    texts = st.sampled_from(["text", "From me to you\n", ">From a\nb", "\n\n", "Subject: no\n"])
    with create_journal(folder / "a.pmdesk", at=at) as journal:
        save_record(journal, Identity(pattern="@oak.example"), at=at)
        save_record(journal, Client(name="Pine", mail=("@pine.example",)), at=at)
        (source,), _ = remember_sources(journal, [folder / "Inbox"], at=at)
        box, number = Path(source.path), 0
        for step in steps:
            some = [
                letter(
                    number + n, LI, ME, number + n, subject=f"s{number + n}", text=data.draw(texts)
                )
                for n in range(step)
            ]
            number += step
            with box.open("ab") as file:
                file.write(mbox(*some) + (b"\n" if blank else b""))
            touch(box)
            assert look_for_new(journal, source, at=at).new == step
        bit_by_bit = {(i.subject, i.text) for i in journal.find(Interaction)}
    with create_journal(folder / "b.pmdesk", at=at) as journal:
        setup = MailSetup(own=["@oak.example"], clients={"Pine": ["@pine.example"]})
        import_mail(journal, [box], setup, at=at)
        assert {(i.subject, i.text) for i in journal.find(Interaction)} == bit_by_bit


@given(st.sets(st.integers(0, 300)))
def test_numbers_survive_as_runs(numbers):
    many = {32 * n + 4 for n in numbers}
    assert numbers_of(ranges(many)) == many
    assert numbers_of(ranges(numbers)) == numbers
