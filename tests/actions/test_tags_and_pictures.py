"""A tag renamed everywhere, pictures put into an entry: each one step."""

from datetime import date

import pytest

from pmdesk.actions.outgoing.markdown import write
from pmdesk.actions.outgoing.values import FILES, Wish
from pmdesk.actions.pictures import (
    MOST_MB,
    Picture,
    free_name,
    picture_data,
    pictures_of,
    reference,
    save_with_pictures,
)
from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.actions.tags import rename_tag
from pmdesk.answers.files import files_page
from pmdesk.records.attachment import Attachment
from pmdesk.records.client import Client
from pmdesk.records.entry import Entry
from pmdesk.words import words_for

DAY = date(2026, 11, 20)
BOARD = Picture("board.png", "image/png", b"PNG bytes")


def test_a_tag_is_renamed_everywhere_as_one_step(journal, at):
    for tags in (("risk", "budget"), ("risks", "risk"), ("budget",)):
        save_record(journal, Entry(day=DAY, text="x", tags=tags), at=at)
    rename_tag(journal, "risk", " risks ", at=at)
    assert [one.tags for one in journal.find(Entry, order="id")] == [
        ("risks", "budget"),
        ("risks",),
        ("budget",),
    ]
    journal.undo(at=at)
    assert [one.tags for one in journal.find(Entry, order="id")][:2] == [
        ("risk", "budget"),
        ("risks", "risk"),
    ]
    for wrong in ("", " , ", "one, two"):
        with pytest.raises(Refused):
            rename_tag(journal, "risk", wrong, at=at)


def test_a_picture_comes_with_its_entry_and_goes_with_it(journal, at):
    pine = save_record(journal, Client(name="Pine"), at=at).record
    text = f"# Whiteboard\n{reference(BOARD.name)}"
    new = Entry(day=DAY, text=text, clients=(pine.id,))
    entry = save_with_pictures(journal, new, [BOARD], at=at).record
    assert picture_data(journal, entry.id, "board.png") == BOARD.data
    assert picture_data(journal, entry.id, "other.png") is None
    assert picture_data(journal, entry.id + 1, "board.png") is None
    kept = pictures_of(journal, entry.id)["board.png"]
    assert (kept.internal, kept.client_id, kept.size) == (True, pine.id, 9)
    (file,) = files_page(journal, pine.id)
    assert (file.name, file.subject, file.at.date()) == ("board.png", "Whiteboard", DAY)
    save_record(journal, Entry(**{**vars(entry), "clients": ()}), at=at)
    assert files_page(journal, pine.id) == []
    assert pictures_of(journal, entry.id)["board.png"].client_id is None
    journal.undo(at=at)
    journal.undo(at=at)
    assert journal.find(Entry) == journal.find(Attachment) == []
    journal.redo(at=at)
    delete_record(journal, journal.find(Entry)[0], at=at)
    assert journal.find(Attachment) == []


def test_a_picture_beyond_the_limit_is_refused_and_nothing_is_written(journal, at):
    large = BOARD._replace(data=bytes(MOST_MB * 1024 * 1024 + 1))
    with pytest.raises(Refused) as refused:
        save_with_pictures(journal, Entry(day=DAY, text="x"), [BOARD, large], at=at)
    assert refused.value.problems[0].values == {"name": "board.png", "mb": MOST_MB}
    assert journal.find(Entry) == []


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("白板 1.png", "白板-1.png"),
        ("a(b)[c].png", "a-b-c-.png"),
        ("../../etc/x.png", "_.._etc_x.png"),
        ("BOARD.png", "BOARD-2.png"),
        ("", "_"),
    ],
)
def test_a_name_is_one_that_markdown_takes_as_it_is(wished, name):
    assert free_name(wished, {"board.png"}) == name


def test_pictures_go_out_where_they_stand_in_the_text(journal, at, tmp_path):
    text = f"# Day\n\nBefore\n{reference(BOARD.name)}\nAfter ![x](other.png)"
    save_with_pictures(journal, Entry(day=DAY, text=text), [BOARD], at=at)
    wish = Wish(words_for("en"), at, also=frozenset({FILES}))
    write(journal, tmp_path / "all.md", wish)
    told = (tmp_path / "all.md").read_text("utf-8")
    assert "Before\n\n![board](<all%20files/board.png>)\n\nAfter !\\[x\\](other.png)" in told
    assert (tmp_path / "all files" / "board.png").read_bytes() == BOARD.data
    write(journal, tmp_path / "text.md", Wish(words_for("en"), at))
    assert "!\\[board\\](board.png)" in (tmp_path / "text.md").read_text("utf-8")
