"""How soon the client was told, worked by hand: wall time for S1 and S2, working time else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.lags import told_after
from pmdesk.answers.text.said import say
from pmdesk.records.crisis import Crisis
from pmdesk.records.transparency import Severity
from tests.answers.making import EN, NOW, ago, issue, risk

# Monday 2026-11-09, 10:00 in Shanghai
MONDAY = datetime(2026, 11, 9, 2, tzinfo=UTC)


def found(severity, hours, **more):
    told = None if hours is None else MONDAY + timedelta(hours=hours)
    return issue(severity=severity, found_at=MONDAY, told_at=told, **more)


@pytest.mark.parametrize(
    ("severity", "hours", "lag", "limit", "state"),
    [
        (Severity.S1, 1, "1 h", "1 h", "told in time"),
        (Severity.S1, 1.1, "1.1 h", "1 h", "told too late"),
        (Severity.S2, 4, "4 h", "4 h", "told in time"),
        (Severity.S2, 22, "22 h", "4 h", "told too late"),
        # 10:00 to 18:00 on Monday, 09:00 to 10:00 on Tuesday
        (Severity.S3, 5.5, "5.5 working h", "9 working h", "told in time"),
        (Severity.S3, 24, "9 working h", "9 working h", "told in time"),
        (Severity.S4, 25, "10 working h", "9 working h", "told too late"),
        # two weeks of wall time
        (Severity.S1, None, "338 h", "1 h", "not told, too late"),
    ],
)
def test_a_lag_is_in_the_time_of_its_limit(world, severity, hours, lag, limit, state):
    rel, kept = world([found(severity, hours)])
    (item,) = told_after(rel, Period()).items
    assert item.record == ("issue", kept.id)
    assert [say(EN, cell) for cell in item.cells[5:]] == [lag, limit, state]


def test_what_is_found_just_now_may_still_be_told_in_time(world):
    rel, _ = world([issue(severity=Severity.S2, found_at=ago(hours=1))])
    found_ = told_after(rel, Period())
    assert say(EN, found_.items[0].cells[-1]) == "to be told, still time"
    assert say(EN, found_.verdict) == "1 to be told, there is still time"
    assert found_.values["judged"] == 0


def test_the_untold_make_the_median_longer(world):
    # 1, 2, 2, and two untold: S(1) .8, S(2) .4 → 2 h; of the told alone 2 h; with three untold none
    records = [found(Severity.S2, hours) for hours in (1, 2, 2, None, None)]
    rel, _ = world(records)
    found_ = told_after(rel, Period())
    assert found_.values["median_wall_hours"] == 2
    assert "S1–S2: half told within 2 h (n = 5)" in say(EN, found_.evidence)
    rel, _ = world([found(Severity.S2, None), found(Severity.S2, None)])
    found_ = told_after(rel, Period())
    assert found_.values["median_wall_hours"] is None
    assert "S1–S2: half are not told yet (n = 7)" in say(EN, found_.evidence)
    assert say(EN, found_.verdict) == "4 not told, past the limit; 3 of 7 told in time"


def test_a_crisis_stands_beside_the_problems_and_a_rehearsal_does_not(world):
    crisis = Crisis(title="Plant stopped", level=Severity.S1, found_at=MONDAY,
                    told_at=MONDAY + timedelta(minutes=45))  # fmt: skip
    drill = Crisis(title="Drill", rehearsal=True, found_at=MONDAY)
    rel, _ = world([crisis, drill, found(Severity.S3, 5.5)])
    found_ = told_after(rel, Period())
    assert [item.cells[0] for item in found_.items] == ["Plant stopped", "Pump"]
    assert found_.items[0].record[0] == "crisis"
    assert say(EN, found_.verdict) == "2 of 2 problems and crises told in time"


def test_what_need_not_be_told_has_no_lag(world):
    rel, _ = world(
        [found(Severity.S2, None, untold_reason="not theirs"),
         found(Severity.S2, None, internal=True), risk(found_at=MONDAY)]
    )  # fmt: skip
    found_ = told_after(rel, Period())
    assert not found_.enough
    assert say(EN, found_.verdict) == "No problem and no crisis to tell of"
    rel, _ = world([found(Severity.S2, 1)])
    assert "not told for a reason: 1" in say(EN, told_after(rel, Period()).evidence)


@pytest.mark.parametrize(
    ("first", "last", "n"), [(9, 9, 1), (10, None, 0), (None, 8, 0), (None, 9, 1)]
)
def test_a_period_goes_by_the_day_of_finding_at_the_client(world, first, last, n):
    # 23:30 on the 8th in UTC is the 9th in Shanghai
    at = datetime(2026, 11, 8, 23, 30, tzinfo=UTC)
    rel, _ = world([issue(found_at=at, told_at=at + timedelta(hours=1))])
    days = (None if day is None else date(2026, 11, day) for day in (first, last))
    assert len(told_after(rel, Period(*days)).items) == n


def test_what_is_found_later_than_the_moment_asked_about_is_not_there(world):
    rel, _ = world([issue(found_at=NOW - timedelta(hours=1))])
    earlier = rel.as_of(NOW - timedelta(hours=2))
    assert not told_after(earlier, Period()).items
