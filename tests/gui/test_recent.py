"""What was opened last and used most is kept in the journal, as names and ids."""

import pytest

from pmdesk.gui.desk import Desk
from pmdesk.gui.settings import Settings
from pmdesk.journal import drafts
from pmdesk.words import words_for


@pytest.fixture
def recent(qapp, journal):
    """A new one on the journal, as at each start."""
    made = []

    def begin():
        made.append(Desk(journal, words_for("en"), Settings(), "light"))
        return made[-1].recent

    yield begin
    for desk in made:
        desk.recent.keep()  # as whoever closes the journal does: later it could not


def test_the_last_opened_stands_first_and_once(recent):
    one = recent()
    for number in (1, 2, 3, 1):
        one.note("client", number)
    one.note("page", "today")
    one.keep()
    assert recent().opened == [("page", "today"), ("client", 1), ("client", 3), ("client", 2)]


def test_the_list_has_its_end(recent):
    one = recent()
    for number in range(100):
        one.note("client", number)
    assert len(one.opened) == 40
    assert one.opened[0] == ("client", 99)


def test_a_command_used_once_is_no_habit_and_what_was_one_gives_way(recent):
    one = recent()
    for name, times in (("lock", 1), ("undo", 3), ("search", 700), ("capture", 1001)):
        for _ in range(times):
            one.count(name)
    one.keep()
    again = recent()
    assert again.used(9) == ["search", "capture"] or again.used(9) == ["capture", "search"]
    for _ in range(400):
        again.count("undo")
    assert again.used(1) == ["capture"]


def test_nothing_is_written_where_nothing_is_new(recent, journal):
    one = recent()
    one.note("client", 1)
    one.keep()
    before = drafts.read(journal, "recent")
    again = recent()
    again.note("client", 1)
    again.keep()
    assert drafts.read(journal, "recent") == before


@pytest.mark.parametrize(
    ("content", "opened"),
    [
        ({}, []),
        ({"opened": 3, "used": {}}, []),
        ({"opened": [["client", 1]], "used": 7}, []),
        ({"opened": [["client"], 7, ["client", None], ["issue", 4]], "used": {"lock": "x"}}, [("issue", 4)]),
    ],
)  # fmt: skip
def test_what_stands_there_instead_is_passed_over(recent, journal, at, content, opened):
    drafts.keep(journal, "recent", content, at=at)
    assert recent().opened == opened
    assert recent().used(5) == []
