"""What is due when, of whom: over all clients, from what the records declare."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from pmdesk.answers.due import due
from pmdesk.answers.yearly import next_in_year, standing_in_year
from pmdesk.cli import main
from pmdesk.records.client import Client
from pmdesk.records.longterm import KeyDate, Opportunity
from pmdesk.records.project import Project, Stage
from pmdesk.records.recovery import Complaint
from pmdesk.records.trust import Promise, Side
from tests.answers.making import NOW, TODAY, day, issue

CASES = {
    "a promise": (Promise(what="Plan", to_whom="Xu", due=day(3)), [(day(3), "Due", True)]),
    "a promise with a new date": (
        Promise(what="x", to_whom="Xu", due=day(-9), new_due=day(4)), [(day(4), "New date agreed", True)],
    ),
    "a promise broken, with a new date": (
        Promise(what="x", to_whom="Xu", due=day(-9), broken_on=day(-9), new_due=day(4)),
        [(day(4), "New date agreed", True)],
    ),
    "a promise broken for good": (Promise(what="x", to_whom="Xu", due=day(-9), broken_on=day(-8)), []),
    "a promise kept": (Promise(what="x", to_whom="Xu", due=day(-9), delivered_on=day(-9)), []),
    "their promise": (Promise(what="x", by=Side.CLIENT, due=day(1)), [(day(1), "Due", False)]),
    "a problem": (issue(fix_date=day(-1)), [(day(-1), "To be fixed by", True)]),
    "a problem that is closed": (issue(fix_date=day(-1), closed_on=TODAY), []),
    "a date of every year": (
        KeyDate(what="x", day=date(2019, 3, 1), yearly=True), [(date(2027, 3, 1), "Day", True)],
    ),
    "a date of every year, by the moon": (
        KeyDate(what="x", day=date(2020, 10, 1), yearly=True, lunar=True), [(date(2027, 9, 15), "Day", True)],
    ),
    "a date of once, missed": (KeyDate(what="x", day=day(-40)), [(day(-40), "Day", True)]),
    "an opportunity": (Opportunity(title="x", next_on=day(7)), [(day(7), "On the day", True)]),
    "a complaint's solution": (
        Complaint(own_words="x", heard_at=NOW, due=day(2)), [(day(2), "To be done by", True)],
    ),
    "a complaint's solution, done": (Complaint(own_words="x", heard_at=NOW, due=day(2), done_on=day(1)), []),
    "no day at all": (Promise(what="x", to_whom="Xu"), []),
}  # fmt: skip


@pytest.mark.parametrize(("record", "owed"), CASES.values(), ids=CASES)
def test_a_record_owes_what_its_declaration_says(journal, keep, record, owed):
    kept = keep(record)
    found = due(journal, today=TODAY)
    assert [(one.day, one.label, one.ours) for one in found] == owed
    assert all((one.id, one.client_id) == (kept.id, kept.client_id) for one in found)


def test_a_stage_belongs_to_the_client_of_its_project_and_its_forecast_holds(journal, keep, pine):
    project = keep(Project(client_id=pine.id, name="Roll-out"))
    keep(Stage(project_id=project.id, name="Design", position=1, baseline_end=day(-3)))
    keep(
        Stage(
            project_id=project.id,
            name="Build",
            position=2,
            baseline_end=day(1),
            forecast_end=day(9),
        )
    )
    keep(
        Stage(
            project_id=project.id, name="Test", position=3, baseline_end=day(1), finished_on=TODAY
        )
    )
    assert [(o.what, o.day, o.client_id) for o in due(journal, today=TODAY)] == [
        ("Design", day(-3), project.client_id), ("Build", day(9), project.client_id),
    ]  # fmt: skip


@pytest.fixture
def two(journal, keep, pine, at):
    """A second client beside the first; both are owed something."""
    mine = keep(
        Promise(client_id=pine.id, what="Plan\nwith more", to_whom="Xu", due=day(2), internal=True)
    )
    with journal.action("x", at=at) as act:
        other = act.save(Client(name="Birch"))
        act.save(Promise(client_id=other.id, what="Late", to_whom="Li", due=day(-2)))
        act.save(KeyDate(client_id=other.id, what="Year", day=date(2019, 11, 30), yearly=True))
    return mine.client_id, other.id


def test_one_question_over_all_clients_and_the_same_for_one(journal, two):
    mine, other = two
    found = due(journal, today=TODAY, until=day(3))
    assert [(o.client_id, o.what, o.internal) for o in found] == [
        (other, "Late", False), (mine, "Plan", True),
    ]  # fmt: skip
    assert [o.what for o in due(journal, today=TODAY, client_id=other)] == ["Late", "Year"]
    assert due(journal, today=TODAY, until=day(-3)) == []
    assert [o.day for o in due(journal, today=TODAY, until=date(2026, 11, 30), client_id=other)] == [
        day(-2), date(2026, 11, 30),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "today", "wanted"),
    [
        ("2020-02-29", "2026-11-23", "2027-02-28"),
        ("2020-02-29", "2027-12-31", "2028-02-29"),
        ("2019-11-23", "2026-11-23", "2026-11-23"),
        ("2030-01-01", "2026-11-23", "2030-01-01"),
    ],
)
def test_a_day_of_every_year_comes_again(first, today, wanted):
    dates = [date.fromisoformat(text) for text in (first, today, wanted)]
    assert next_in_year(dates[0], dates[1]) == dates[2]


def test_the_command_line_says_it_in_both_languages(journal, two):
    _, other = two
    call = ["due", "-j", str(journal.path), "--until", "2026-11-26"]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 0, done.output
    assert "2026-11-21  Birch  Due: Late" in done.output
    assert "到期：Late" in CliRunner().invoke(main, ["--lang", "zh", *call]).output
    with journal.action("x") as act:
        act.save(Promise(client_id=other, what="Data", by=Side.CLIENT, due=day(-2)))
    theirs = CliRunner().invoke(main, [*call, "--client", "Birch"]).output
    assert "Due: Data  owed by the client  overdue" in theirs
    assert "Due: Late  overdue" in theirs
    for day_typed in ("2026年11月26日", "26 Nov 2026", "2026-11-26"):
        asked = CliRunner().invoke(main, [*call[:-1], day_typed, "--client", "Birch"])
        assert asked.output == theirs
    refused = CliRunner().invoke(main, ["--lang", "zh", *call[:-1], "someday"])
    assert (refused.exit_code, refused.output.startswith("pmdesk: “someday”不是日期")) == (2, True)
    values = json.loads(CliRunner().invoke(main, [*call, "--client", "Birch", "--json"]).output)
    assert [(one["client"], one["day"], one["what"]) for one in values] == [
        ("Birch", "2026-11-21", "Late"),
        ("Birch", "2026-11-21", "Data"),
    ]


@pytest.mark.parametrize(
    ("first", "today", "done", "wanted"),
    [
        ("2019-11-23", "2026-11-23", None, "2026-11-23"),
        ("2019-11-23", "2026-12-07", None, "2026-11-23"),  # two weeks late
        ("2019-11-23", "2026-12-08", None, "2027-11-23"),
        ("2019-11-23", "2026-11-20", "2026-11-18", "2027-11-23"),  # done before its day
        ("2019-11-23", "2026-11-30", "2026-11-30", "2027-11-23"),  # done late
        ("2019-11-23", "2026-11-20", "2025-11-25", "2026-11-23"),  # done last year
        ("2019-11-23", "2026-11-30", "2025-11-25", "2026-11-23"),
        ("2019-12-31", "2027-01-05", "2027-01-02", "2027-12-31"),  # over the turn of the year
        ("2030-01-01", "2026-11-23", None, "2030-01-01"),  # not before its first
        ("2026-11-20", "2026-11-23", "2026-11-01", "2027-11-20"),
        ("2020-02-29", "2027-03-01", "2027-03-01", "2028-02-29"),
    ],
)
def test_a_day_of_every_year_stands_for_two_weeks_unless_it_is_done(first, today, done, wanted):
    dates = [text and date.fromisoformat(text) for text in (first, today, done, wanted)]
    assert standing_in_year(dates[0], dates[1], done=dates[2]) == dates[3]


@pytest.mark.parametrize(
    ("today", "done", "wanted"),
    [
        ("2026-09-25", None, "2026-09-25"),
        ("2026-10-09", None, "2026-09-25"),
        ("2026-10-10", None, "2027-09-15"),
        ("2026-09-20", "2026-09-20", "2027-09-15"),
        ("2026-01-02", "2025-12-31", "2026-09-25"),
        ("2100-12-01", None, "2101-10-01"),
    ],
)
def test_a_day_of_the_moon_comes_on_its_lunar_day(today, done, wanted):
    stands = standing_in_year(
        date(2020, 10, 1),  # 八月十五
        date.fromisoformat(today),
        done=date.fromisoformat(done) if done else None,
        lunar=True,
    )
    assert stands == date.fromisoformat(wanted)


def test_a_day_of_every_year_that_was_done_is_due_again(journal, keep, pine):
    fair = KeyDate(what="Fair", day=date(2019, 10, 16), yearly=True, done_on=date(2026, 10, 14))
    keep(replace(fair, client_id=pine.id))
    assert [one.day for one in due(journal, today=date(2026, 10, 15))] == [date(2027, 10, 16)]
