"""Promises that the declarations give each other and the rest of the program."""

import re
from dataclasses import FrozenInstanceError, fields

import pytest

from pmdesk.records import choices
from pmdesk.records.attachment import Attachment
from pmdesk.records.choices import Choice
from pmdesk.records.client import Client
from pmdesk.records.declare import Shape, field, kind_of, record
from pmdesk.records.kinds import CLASSES, KINDS
from pmdesk.records.problems import problems_of
from pmdesk.records.project import Project
from pmdesk.words import words_for

# Kinds up to this number are held to what stands here; later ones say it in their declaration.
LAST_HELD = 28
KINDS_OF_CHOICE = [
    made
    for made in vars(choices).values()
    if isinstance(made, type) and issubclass(made, Choice) and made is not Choice
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_kind_begins_with_its_identity_and_cannot_be_changed(cls):
    kind = kind_of(cls)
    assert [f.name for f in kind.fields[:2]] == ["id", "uuid"]
    assert kind_of(cls()) is kind
    assert kind.cls is cls
    assert [f.name for f in kind.fields] == [f.name for f in fields(cls)]
    with pytest.raises(FrozenInstanceError):
        cls().id = 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_table_refers_only_to_tables_made_before_it_or_to_itself(kind):
    names = list(KINDS)
    for one in kind.references:
        assert names.index(one.meta.refers) <= names.index(kind.name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_what_stands_for_a_record_is_text_and_its_date_a_time(kind):
    assert kind.field(kind.title).shape is Shape.TEXT
    assert not kind.date or kind.field(kind.date).shape in (Shape.DAY, Shape.MOMENT)
    assert all(kind.field(name).shape in (Shape.TEXT, Shape.TEXTS) for name in kind.search)
    assert not kind.search or kind.search[0] == kind.title
    assert not kind.client or kind.client == "id" or kind.field(kind.client).meta.refers == "client"
    with pytest.raises(KeyError):
        kind.field("nonsense")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_names_can_stand_in_statements(kind):
    for name in (kind.name, *(f.name for f in kind.fields)):
        assert re.fullmatch("[a-z][a-z0-9_]*", name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_limits_are_in_order_and_defaults_within_them(kind):
    for one in kind.fields:
        low, high = one.meta.low, one.meta.high
        assert low is None or high is None or low < high
        if isinstance(one.default, int | float) and low is not None:
            assert one.default >= low, one.name
        assert one.optional or one.default is not None, one.name
        if one.shape is Shape.CHOICE:
            assert one.default in list(one.choices), one.name


def test_what_a_client_must_never_read_is_internal():
    never = {
        ("client", "notes"), ("contact", "notes"), ("contact", "engagement_now"),
        ("contact", "engagement_wanted"), ("issue", "cause"), ("issue", "untold_reason"), ("feedback", "act"),
    }  # fmt: skip
    internal = {(k.name, f.name) for k in KINDS.values() for f in k.fields if f.meta.internal}
    assert {(kind, name) for kind, name in internal if KINDS[kind].number <= LAST_HELD} == never
    kinds = {k.name for k in KINDS.values() if k.internal and k.number <= LAST_HELD}
    assert kinds == {
        "entry", "trust_signal", "crisis_plan", "rehearsal", "crisis", "crisis_line", "complaint",
        "key_date", "opportunity",
    }  # fmt: skip


@pytest.mark.parametrize("made", KINDS_OF_CHOICE, ids=lambda made: made.__name__)
def test_a_choice_is_its_stored_value_and_has_a_word_of_its_own(made):
    assert len({choice.label for choice in made}) == len(made)
    for choice in made:
        assert made(choice.value) is choice
        assert choice == choice.value == str(choice)
        assert re.fullmatch("[a-z_]+", choice.value)
        assert choice.label


@pytest.mark.parametrize("words", [words_for("en"), words_for("zh")], ids=["en", "zh"])
def test_every_label_reads_as_a_label(words):
    labels = []
    for kind in KINDS.values():
        labels += [kind.one, kind.many, *(f.meta.label for f in kind.fields if f.meta.label)]
    assert all(words(label).strip() == words(label) != "" for label in labels)


def test_fields_that_people_see_have_a_label():
    for kind in KINDS.values():
        for one in kind.fields:
            assert one.meta.hidden or one.meta.label, f"{kind.name}.{one.name}"


@pytest.mark.parametrize(
    ("owner", "fields"),
    [("client:7", []), ("", []), ("client", ["owner"]), ("client:0", ["owner"])],
)
def test_an_attachment_belongs_to_a_record(owner, fields):
    assert [p.field for p in problems_of(Attachment(name="a.pdf", owner=owner))] == fields


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2.0**70])
def test_a_number_that_no_column_holds_is_told(value):
    assert [p.field for p in problems_of(Client(name="x", target_hours=value))] == ["target_hours"]


def test_a_number_beyond_the_file_is_told():
    found = problems_of(Project(client_id=1, name="x", budget_minor=2**63))
    assert [p.field for p in found] == ["budget_minor"]


def test_problems_come_in_the_order_of_the_fields():
    found = problems_of(Client(zone="Mars/Base", target_hours=0))
    assert [p.field for p in found] == ["name", "zone", "target_hours"]


def test_a_field_of_no_known_type_is_refused_at_once():
    with pytest.raises(TypeError, match="odd"):

        @record("x", number=63, one="X", many="X", title="odd")
        class Odd:
            id: int | None = None
            odd: dict[str, int] | None = field(default=None)

    with pytest.raises(TypeError, match="two"):

        @record("x", number=63, one="X", many="X", title="two")
        class Two:
            two: int | str = 0
