"""What an import would bring: counted in a line, listed within bounds, what needs a look first."""

import pytest

from pmdesk.actions.incoming.values import Item, Seen, State, Untaken
from pmdesk.answers.text.said import said
from pmdesk.gui.pages.importing.outcome import OutcomeTable, counted
from pmdesk.words import words_for


def seen(**values):
    left_out = values.pop("left_out", {})
    made = Seen(**values)
    made.left_out.update(left_out)
    return made


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (seen(), "0 new"),
        (seen(new=2, there=1), "2 new · already here 1"),
        (seen(changed=3, unclear=1), "0 new · changed 3 · unclear 1"),
        (seen(left_out={"x": 2}, not_taken=[Untaken("f", said("no"))]),
         "0 new · left out 2 · not taken 1"),
    ],
)  # fmt: skip
def test_only_what_there_is_is_counted(what, text):
    assert counted(words_for("en"), what) == text


@pytest.fixture
def table(qtbot):
    made = OutcomeTable(words_for("en"), "What would come in")
    qtbot.addWidget(made)
    return made


def texts(table):
    return [
        tuple(table.item(row, column).text() for column in range(3))
        for row in range(table.rowCount())
    ]


def test_what_is_unclear_stands_before_what_is_new_and_says_why(table):
    items = [
        Item("old", None, State.THERE),
        Item("new", said("more"), State.NEW),
        Item("odd", said("more"), State.UNCLEAR, said("why")),
    ]
    table.show_seen(seen(new=1, there=1, unclear=1, items=items, left_out={"System lines": 4}))
    assert texts(table) == [
        ("Unclear", "odd", "why"),
        ("New", "new", "more"),
        ("Already here", "old", ""),
        ("Left out", "System lines", "4"),
    ]
    table.show_seen(seen())
    assert table.isHidden()


def test_long_lists_end_in_how_much_is_left(table):
    untaken = [Untaken(str(n), said("no")) for n in range(203)]
    table.show_seen(seen(new=12, items=[Item("a", None, State.NEW)] * 5, not_taken=untaken))
    told = texts(table)
    assert told[200] == ("Not taken", "and 3 more", "")
    assert told[-1] == ("", "and 7 more", "")
    assert len(told) == 207
