"""An import is looked through, taken in one act, twice adds nothing, and Undo takes it back."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.actions.importing import ImportCancelled, Job
from pmdesk.actions.incoming.importers import BY_NAME, Importer, importer_of
from pmdesk.actions.incoming.remembered import remembered
from pmdesk.actions.incoming.taking import look_through, take_in
from pmdesk.actions.incoming.values import Asked, Draft, Given, State, named_uuid
from pmdesk.actions.records import save_record
from pmdesk.answers.text.said import said
from pmdesk.records.entry import Entry
from pmdesk.words import words_for

TEXT = """[2026-11-20 09:30] Called Pine. The plan holds. @pine
Second line.
[2026-11-21 08:00] 二厂区走查。 @青松
[2026-13-41 08:00] no such day
"""


@pytest.fixture
def given(tmp_path):
    path = tmp_path / "journal.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Given((path,))


def test_entries_come_in_once_and_go_again(journal, given, at):
    importer = importer_of(given.paths[0])
    assert importer is BY_NAME["journal"]
    seen = look_through(journal, importer, given, at=at)
    assert (seen.new, seen.there, journal.find(Entry)) == (2, 0, [])
    assert [item.state for item in seen.items] == [State.NEW] * 2
    taken = take_in(journal, importer, given, at=at)
    first, second = journal.find(Entry, order="day")
    assert (first.day, first.tags) == (date(2026, 11, 20), ("pine",))
    assert first.text == "Called Pine. The plan holds. @pine\nSecond line."
    assert second.text.endswith("no such day")
    assert (taken.new, taken.changes.facts) == (2, {"count": 2, "by": "import"})
    again = take_in(journal, importer, given, at=at)
    assert (again.new, again.there, len(journal.find(Entry))) == (0, 2, 2)
    journal.undo(at=at)
    assert journal.find(Entry) == []


def test_one_that_is_stopped_keeps_nothing(journal, given, at):
    job = Job(cancelled=lambda: True)
    with pytest.raises(ImportCancelled):
        take_in(journal, importer_of(given.paths[0]), given, at=at, job=job)
    assert journal.find(Entry) == []


@pytest.mark.parametrize(("one", "other"), [(("a", "b"), ("ab", "")), (("a",), ("b",))])
def test_a_uuid_is_of_its_parts(one, other):
    assert named_uuid(*one) == named_uuid(*one)
    assert named_uuid(*one) != named_uuid(*other)
    assert [len(part) for part in named_uuid(*one).split("-")] == [8, 4, 4, 4, 12]
    assert named_uuid(*one)[14] == "8"
    assert named_uuid(*one)[19] in "89ab"


@pytest.mark.parametrize("importer", BY_NAME.values(), ids=lambda one: one.name)
@pytest.mark.parametrize(("size", "why"), [(None, "cannot be opened"), (50_000_001, "too large")])
def test_a_file_that_cannot_be_read_whole_is_named_with_its_reason(
    journal, tmp_path, at, importer, size, why
):
    path = tmp_path / "file"
    if size is not None:
        with path.open("wb") as file:
            file.truncate(size)
    seen = look_through(journal, importer, Given((path,)), at=at)
    (lost,) = seen.not_taken
    assert (lost.source, seen.new) == (str(path), 0)
    assert why in lost.sentence(words_for("en"))


class _Table(Importer):
    """An importer of tables of one head: whose they are is asked, as it was answered before."""

    def read(self, reading):
        known = remembered(reading.journal, "table", "head")
        asked = Asked("whose", said("Whose?"), proposed=known.get("whose", "nobody"), shape="head")
        yield asked
        text = f"{reading.given.text} {reading.answer(asked)}"
        yield Draft(Entry(uuid=named_uuid(text), text=text), text)


def test_an_answer_is_proposed_to_the_next_of_its_shape(journal, at):
    importer = _Table("table", "", (), "")
    look_through(journal, importer, Given(text="a", answers={"whose": "Pine"}), at=at)
    for text, answers in (("a", {}), ("b", {"whose": "Pine"}), ("c", {}), ("d", {"whose": "Oak"})):
        take_in(journal, importer, Given(text=text, answers=answers), at=at)
    texts = [entry.text for entry in journal.find(Entry, order="id")]
    assert texts == ["a nobody", "b Pine", "c Pine", "d Oak"]
    assert remembered(journal, "table", "head") == {"whose": "Oak"}
    journal.undo(at=at)
    assert remembered(journal, "table", "head") == {"whose": "Pine"}
    assert remembered(journal, "table", "other") == remembered(journal, "chat", "head") == {}


PIECES = {
    "a.ics": "BEGIN:VEVENT\nUID:{n}\nDTSTART:20261120T100000Z\nSUMMARY:walk {n}\nEND:VEVENT\n",
    "a.vcf": "BEGIN:VCARD\nVERSION:3.0\nFN:Zhou {n}\nEND:VCARD\n",
    "c.csv": "Zhou {n},z{n}@pine.example\n",
    "chat.txt": "20/11/2026, 10:{m:02d} - Tom: {n} it is\n20/11/2026, 10:{m:02d} - Ann: so\n",
    "jrnl.txt": "[2026-11-20 09:{m:02d}] Called {n}.\n",
}
HEADS = {"a.ics": "BEGIN:VCALENDAR\n", "c.csv": "Name,E-mail Address\n"}


@pytest.mark.parametrize("name", PIECES)
def test_how_far_it_is_rises_and_each_may_be_the_last(journal, tmp_path, at, name):
    path = tmp_path / name
    pieces = (PIECES[name].format(n=n, m=n % 60) for n in range(2_000))
    path.write_text(HEADS.get(name, "") + "".join(pieces), encoding="utf-8")
    importer, told = importer_of(path), []
    job = Job(lambda done, total: told.append((done, total)))
    look_through(journal, importer, Given((path,)), at=at, job=job)
    assert told == sorted(told)
    assert {total for _, total in told} == {path.stat().st_size}
    enough = 1 if name in {"a.vcf", "jrnl.txt"} else 3  # those two are told by half a megabyte
    assert len(told) >= enough
    asked = iter(range(1_000_000))
    stop = Job(cancelled=lambda: next(asked) == 12)
    with pytest.raises(ImportCancelled):
        look_through(journal, importer, Given((path,)), at=at, job=stop)
    assert next(asked) == 13


def test_what_is_written_is_told_and_stopped_between(journal, given, tmp_path, at):
    path = tmp_path / "long.txt"
    path.write_text("".join(PIECES["jrnl.txt"].format(n=n, m=1) for n in range(900)))
    told, stop = [], []

    def progress(done, total):
        told.append((done, total))
        if (done, total) == (800, 900):
            stop.append(True)

    with pytest.raises(ImportCancelled):
        take_in(journal, importer_of(path), Given((path,)), at=at,
                job=Job(progress, lambda: bool(stop)))  # fmt: skip
    assert (400, 900) in told
    assert (900, 900) not in told
    assert journal.find(Entry) == []


class _Following(Importer):
    """An importer of one entry whose text follows its source."""

    def read(self, reading):
        record = Entry(
            uuid=named_uuid("one"), day=reading.at.date(), text=reading.given.text, tags=("a",)
        )
        yield Draft(record, "one", renews=("text", "tags"))


def test_what_was_written_by_hand_stays_until_the_source_says_something_else(journal, at):
    importer = _Following("table", "", (), "")

    def take(text):
        taken = take_in(journal, importer, Given(text=text), at=at)
        (entry,) = journal.find(Entry)
        return taken.changed, entry.text, entry.tags

    take("first")
    (entry,) = journal.find(Entry)
    save_record(journal, replace(entry, text="mine", tags=("b",)), at=at)
    assert take("first") == (0, "mine", ("b",))
    assert take("second") == (1, "second", ("b",))
    assert take("second") == (0, "second", ("b",))
    journal.undo(at=at)
    assert take("first") == (0, "mine", ("b",))
