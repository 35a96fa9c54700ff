"""Plans, crises, unhappy clients and dates as rows, and kinds without a row of their own."""

from datetime import date, timedelta

import pytest

from pmdesk.answers.rows.records import row_of, rows_of
from pmdesk.answers.text.said import say
from pmdesk.records.contact import Contact
from pmdesk.records.crisis import Crisis, CrisisPlan, Rehearsal
from pmdesk.records.feedback import Feedback, ReportSent
from pmdesk.records.longterm import KeyDate
from pmdesk.records.recovery import Complaint
from pmdesk.records.transparency import Raid
from tests.answers.making import EN, NOW, TODAY, ago, day, issue, plan, row_told

HEARD = {"own_words": "x", "heard_at": ago(days=10)}

# records, the last of which is the row; badge, what stands behind it, acts
ROWS = {
    "plan incomplete": (
        [plan(owner="", issue_id=None)], ("Incomplete", "bad"),
        ["S2", "missing parts: 1", "never rehearsed"], ("rehearse", "activate"),
    ),
    "plan never rehearsed": (
        [issue(raid=Raid.RISK, statement="Outage"), plan(issue_id=1)], ("Rehearse", "warn"),
        ["S2", "for “Outage”", "never rehearsed"], ("rehearse", "activate"),
    ),
    "crisis running, not told": (
        [Crisis(title="x", found_at=ago(hours=1))], ("Running", "bad"),
        ["S2", "found 2026-11-23 11:00", "client not told"], ("tell", "room", "log"),
    ),
    "crisis running, told": (
        [Crisis(title="x", found_at=ago(hours=2), told_at=ago(hours=1))], ("Running", "bad"),
        ["S2", "found 2026-11-23 10:00", "client told 2026-11-23 11:00"],
        ("room", "log", "stand_down"),
    ),
    "crisis running, told, its end not reached": (
        [Crisis(title="x", found_at=ago(hours=2), told_at=ago(hours=1), criteria="Counts agree")],
        ("Running", "bad"),
        ["S2", "found 2026-11-23 10:00", "client told 2026-11-23 11:00"], ("room", "log"),
    ),
    "rehearsal": (
        [Crisis(title="x", found_at=ago(hours=2), rehearsal=True)], ("Rehearsal", "info"), ["S2"],
        ("room", "log"),
    ),
    "crisis running, with a reason": (
        [Crisis(title="x", found_at=ago(hours=2), untold_reason="Theirs")], ("Running", "bad"),
        ["S2", "found 2026-11-23 10:00", "not told: Theirs"], ("room", "log", "stand_down"),
    ),
    "crisis stood down, not told": (
        [Crisis(title="x", found_at=ago(hours=2), stood_down_at=NOW, causes="x", actions="x")],
        ("Stood down, not told", "bad"),
        ["S2", "found 2026-11-23 10:00", "client not told"], ("tell",),
    ),
    "crisis to be looked back on": (
        [Crisis(title="x", found_at=ago(hours=2), told_at=NOW, stood_down_at=NOW, causes="x")],
        ("Post-mortem due", "warn"),
        ["S2", "found 2026-11-23 10:00", "client told 2026-11-23 12:00"], (),
    ),
    "crisis over": (
        [Crisis(title="x", found_at=ago(hours=2), told_at=NOW, stood_down_at=NOW, causes="x", actions="x")],
        ("Stood down", "none"),
        ["S2", "found 2026-11-23 10:00", "client told 2026-11-23 12:00"], (),
    ),
    "unhappy client heard": (
        [Complaint(**HEARD)], ("Still open", "warn"), ["next: Acknowledged"], ("step",),
    ),
    "unhappy client past the next step": (
        [Complaint(**HEARD, acknowledged_at=ago(days=10) + timedelta(hours=2), causes="x", ways="x", solution="x",
                   agreed_on=day(-7), due=day(-1), owner="Lin")],
        ("Still open", "bad"),
        ["next: Done", "by 22 Nov 2026", "acknowledged after 2.0 working hours", "days to the agreement: 3"], ("step",),
    ),
    "unhappy client again": (
        [Complaint(own_words="y", heard_at=ago(days=101), closed_on=day(-100)), Complaint(**HEARD)],
        ("Still open", "warn"), ["next: Acknowledged", "again within 90 days"], ("step",),
    ),
    "unhappy client closed": (
        [Complaint(**HEARD, closed_on=TODAY)], ("Closed", "none"), ["2026-11-13 12:00"], (),
    ),
    "date near": (
        [KeyDate(what="x", day=day(1))], ("Near", "warn"), ["24 Nov 2026", "tomorrow"], ("done",),
    ),
    "date passed": (
        [KeyDate(what="x", day=day(-3))], ("Near", "warn"), ["20 Nov 2026", "3 days ago"], ("done",),
    ),
    "date every year": (
        [KeyDate(what="x", day=date(2020, 11, 30), yearly=True)], ("Near", "warn"),
        ["30 Nov 2020", "every year", "in 7 days"], ("done",),
    ),
    "date every year passed": (
        [KeyDate(what="x", day=date(2020, 11, 20), yearly=True)], ("Near", "warn"),
        ["20 Nov 2020", "every year", "3 days ago"], ("done",),
    ),
    "date every year done last year": (
        [KeyDate(what="x", day=date(2020, 11, 30), yearly=True, done_on=date(2025, 11, 30))],
        ("Near", "warn"), ["30 Nov 2020", "every year", "in 7 days"], ("done",),
    ),
    "date every year done": (
        [KeyDate(what="x", day=date(2020, 11, 30), yearly=True, done_on=TODAY)], None,
        ["30 Nov 2020", "every year"], (),
    ),
    "date far": ([KeyDate(what="x", day=day(90))], None, ["21 Feb 2027"], ("done",)),
    "date far every year": (
        [KeyDate(what="x", day=date(2020, 5, 1), yearly=True)], None, ["1 May 2020", "every year"], (),
    ),
    "date done": ([KeyDate(what="x", day=TODAY, done_on=TODAY)], ("Done", "none"), ["23 Nov 2026"], ()),
    "report": (
        [ReportSent(what="Weekly", sent_on=TODAY, to=("Xu", "Wu"))], None, ["23 Nov 2026", "Xu, Wu"], (),
    ),
    "feedback": (
        [Feedback(day=TODAY, by="Xu", csat=4, said="Good")], None,
        ["23 Nov 2026", "Xu", "Satisfied (1–5): 4"], (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("records", "badge", "behind", "acts"), ROWS.values(), ids=ROWS)
def test_a_row_says_how_it_stands(world, records, badge, behind, acts):
    assert row_told(*world(records)) == (badge, behind, acts)


def test_a_ready_plan_says_when_it_is_due_again(world):
    rel, _ = world([plan(issue_id=None), Rehearsal(plan_id=1, day=day(-10), learned="x")])
    found = row_of(rel, rel.of(CrisisPlan)[0])
    assert found.badge == ("Ready", "good")
    assert "rehearsed 13 Nov 2026, next by 12 May 2027" in [say(EN, p) for p in found.second]


def test_a_kind_without_a_row_of_its_own_shows_its_columns(world):
    rel, made = world([Contact(name="Xu Jing", role="Planner", influence=4)])
    assert "Planner" in [say(EN, part) for part in row_of(rel, made).second]


@pytest.mark.parametrize("yearly", [False, True], ids=["once", "every year"])
def test_a_date_of_every_year_is_open_though_it_was_done(world, yearly):
    rel, *_ = world([KeyDate(what="x", day=TODAY, yearly=yearly, done_on=TODAY)])
    assert [row.open for row in rows_of(rel, "key_date")] == [yearly]
