"""Whom typed letters mean."""

import pytest

from pmdesk.gui.people import CLIENTS_SIDE, OUR_SIDE, Person, meant, part_at
from pmdesk.records.declare import Shape
from pmdesk.records.kinds import KINDS

PEOPLE = (
    Person("方立", "采购经理"),
    Person("Ines Faber", "Buyer"),
    Person("Fabian Koch", "Plant manager"),
    Person("单雅方", "IT"),
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("fa", ["Fabian Koch", "Ines Faber", "方立", "单雅方"]),
        ("ＦＡ", ["Fabian Koch", "Ines Faber", "方立", "单雅方"]),
        ("方", ["方立", "单雅方"]),
        ("syf", ["单雅方"]),
        ("fl", ["方立"]),
        ("manager", ["Fabian Koch"]),
        ("采购", ["方立"]),
        ("fabian koch", []),
        ("x", []),
        ("", [one.name for one in PEOPLE]),
    ],
)
def test_letters_mean_names_words_of_names_initials_and_roles(typed, names):
    assert [one.name for one in meant(PEOPLE, typed)] == names


@pytest.mark.parametrize(
    ("text", "cursor", "part"),
    [
        ("fa", 2, ("fa", 0)),
        ("方立、fa", 5, ("fa", 3)),
        ("Ines Faber, fl", 14, ("fl", 12)),
        ("fl, Ines Faber", 1, ("fl", 0)),
        ("方立、", 3, ("", 3)),
    ],
)
def test_of_several_names_the_one_at_the_cursor_is_completed(text, cursor, part):
    assert part_at(text, cursor) == part


@pytest.mark.parametrize("table", [CLIENTS_SIDE, OUR_SIDE])
def test_people_are_named_in_fields_of_text(table):
    shapes = {KINDS[kind].field(name).shape for kind, names in table.items() for name in names}
    assert shapes <= {Shape.TEXT, Shape.TEXTS}
