"""A past crisis as a timeline: what was due when and when it was done, in wall time."""

from datetime import date, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.past_crisis import crisis_timeline, past_crisis
from pmdesk.answers.text.said import say
from pmdesk.records.crisis import Crisis, CrisisLine, LineKind
from pmdesk.records.transparency import Severity
from tests.answers.making import EN, NOW, ago

FOUND = ago(days=10)


def after(**span):
    return FOUND + timedelta(**span)


def crisis(**more):
    given = {"title": "Stopped", "level": Severity.S1, "found_at": FOUND,
             "told_at": after(minutes=45), "stood_down_at": after(hours=28)}  # fmt: skip
    return Crisis(**(given | more))


NOTICE, STEP = "Xu | call | 30 min", "Li | 2 h | Roll back"


def test_each_line_stands_with_its_limit_and_when_it_was_done(world):
    rel, kept = world([crisis(notices=(NOTICE,), steps=(STEP, "Li | 1 d | Report"))])
    rel, line = world(
        [
            CrisisLine(crisis_id=kept.id, at=after(minutes=20), what=LineKind.TOLD, who="Xu",
                       text="Called", about=NOTICE),
            CrisisLine(crisis_id=kept.id, at=after(minutes=50), text="Seen"),
            CrisisLine(crisis_id=kept.id, at=after(hours=3), what=LineKind.STEP, who="Li",
                       text="Back", about=STEP),
        ]
    )  # fmt: skip
    found = past_crisis(rel, Period())
    told = [
        (say(EN, c) if not isinstance(c, str) else c for c in (item.cells[0], *item.cells[4:]) if c)
        for item in found.items
    ]
    assert [tuple(one) for one in told] == [
        ("Found", "–"),
        ("Xu · call", "+30 min", "in time"),
        ("Client told", "+1 h", "in time"),
        ("Seen", "–"),
        ("Li: Roll back", "+2 h", "too late"),
        ("Li: Report", "+24 h", "not in the log"),
        ("Stood down", "–"),
    ]
    assert found.items[4].record == ("crisis_line", line.id)
    assert say(EN, found.verdict) == "Told after 45 min · stood down after 28 h"
    assert say(EN, found.evidence).endswith("within its limit: 2 of 3, not in the log: 1")
    assert found.values["stood_down_minutes"] == 1680


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({"told_at": after(minutes=61)}, "Told too late, after 1 h 1 min · stood down after 28 h"),
        ({"told_at": None}, "The client was not told · stood down after 28 h"),
        ({"stood_down_at": None}, "Told after 45 min · not stood down"),
        (
            {"level": Severity.S2, "told_at": after(hours=4)},
            "Told after 4 h · stood down after 28 h",
        ),
    ],
)
def test_the_verdict_says_when_they_were_told_and_when_it_was_over(world, more, verdict):
    rel, _ = world([crisis(**more)])
    assert say(EN, past_crisis(rel, Period()).verdict) == verdict


def test_the_last_that_is_over_is_shown_before_one_that_runs(world):
    rel, first = world([crisis(title="First")])
    rel, _ = world(
        [crisis(title="Second", found_at=ago(days=5), told_at=None, stood_down_at=ago(days=4)),
         crisis(title="Drill", rehearsal=True, found_at=ago(days=2)),
         crisis(title="Runs", found_at=ago(days=1), told_at=None, stood_down_at=None)]
    )  # fmt: skip
    assert past_crisis(rel, Period()).shape.title == "Second"
    until = Period(None, (NOW - timedelta(days=6)).date())
    assert past_crisis(rel, until).shape.title == "First"
    since = Period((NOW - timedelta(days=1)).date(), None)
    assert past_crisis(rel, since).shape.title == "Runs"
    assert crisis_timeline(rel, first).shape.title == "First"


def test_one_is_chosen_by_its_id_whenever_it_was(world):
    rel, first = world(
        [crisis(title="First", found_at=ago(days=90), told_at=None, stood_down_at=None)]
    )
    rel, drill = world([crisis(title="Drill", rehearsal=True), crisis(title="Later")][::-1])
    since = Period((NOW - timedelta(days=20)).date(), None)
    assert past_crisis(rel, since, first.id).shape.title == "First"
    assert past_crisis(rel, since, drill.id).shape.title == "Drill"
    assert past_crisis(rel, since).shape.title == "Later"
    assert not past_crisis(rel, since, 999).enough


def test_without_a_crisis_nothing_is_drawn(world):
    rel, _ = world([crisis(rehearsal=True)])
    found = past_crisis(rel, Period(date(2020, 1, 1), None))
    assert not found.enough
    assert say(EN, found.verdict) == "No crisis in this time"
