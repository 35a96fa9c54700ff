"""The declarations themselves: sane, complete, and what they refuse."""

from datetime import date

import pytest

from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from pmdesk.records.declare import Shape
from pmdesk.records.kinds import KIND_NUMBERS, KINDS
from pmdesk.records.problems import problems_of
from pmdesk.records.project import Project
from tests.records.test_kinds import LAST_HELD


def test_numbers_are_unique_and_fit_the_search_address():
    assert len(KIND_NUMBERS) == len(KINDS)
    assert all(0 < number < 64 for number in KIND_NUMBERS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_declaration_names_only_fields_it_has(kind):
    names = {field.name for field in kind.fields}
    named = {kind.title, *kind.search, *kind.columns, *filter(None, (kind.date, kind.client))}
    assert named <= names
    assert {"id", "uuid"} <= names
    assert all(f.meta.refers in KINDS for f in kind.fields if f.meta.refers)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_choice_has_a_word(kind):
    for field in kind.fields:
        if field.shape is Shape.CHOICE:
            assert all(choice.label for choice in field.choices)


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        (Client(), ["name"]),
        (Client(name=" "), ["name"]),
        (Client(name="x", target_hours=0), ["target_hours"]),
        (Client(name="x", zone="Mars/Base"), ["zone"]),
        (Client(name="x", contact_every_days=9, contact_max_days=3), ["contact_max_days"]),
        (Project(client_id=1, name="x", baseline_start=date(2026, 2, 1), baseline_end=date(2026, 1, 1)), ["baseline_end"]),
        (Project(client_id=1, name="x", progress=101), ["progress"]),
        (Project(client_id=1, name="x", budget_minor=1, currency="euro"), ["currency"]),
        (WorkCalendar(name="x", days_off=("2026-13-01",)), ["days_off"]),
        (Client(name="x", zone="Asia/Shanghai"), []),
    ],
)  # fmt: skip
def test_what_stands_against_saving_is_told_at_its_field(record, fields):
    assert [problem.field for problem in problems_of(record)] == fields


DAYS = [
    (kind, field)
    for kind in KINDS.values()
    for field in kind.fields
    if field.shape in {Shape.DAY, Shape.MOMENT}
]


@pytest.mark.parametrize(("kind", "field"), DAYS, ids=lambda part: getattr(part, "name", str(part)))
def test_every_day_says_whether_it_may_lie_ahead(kind, field):
    assert field.meta.ahead is not None


@pytest.mark.parametrize(
    ("kind", "field"), [(k, f) for k, f in DAYS if f.meta.due], ids=lambda thing: thing.name
)
def test_a_day_that_is_due_lies_ahead_and_ends_with_another_field(kind, field):
    assert field.meta.ahead
    assert all(kind.field(name).optional for name in field.meta.due)
    if field.meta.yearly:
        assert kind.field(field.meta.yearly).shape is Shape.YES_NO


def test_what_has_happened_is_no_day_that_lies_ahead():
    held = [(kind, field) for kind, field in DAYS if kind.number <= LAST_HELD]
    ahead = {f"{kind.name}.{field.name}" for kind, field in held if field.meta.ahead}
    assert ahead == {
        "plan_line.first_on", "plan_line.ended_on", "expectation.expected_day",
        "expectation.forecast_day", "talk.new_day", "key_date.day", "opportunity.next_on",
        "project.baseline_start", "project.baseline_end", "project.forecast_end",
        "stage.baseline_start", "stage.baseline_end", "stage.forecast_end", "complaint.due",
        "issue.fix_date", "change_request.new_end", "promise.due", "promise.new_due",
        "client.target_hours_since", "client.calendar_id_since", "calendar.hours_since",
    }  # fmt: skip
