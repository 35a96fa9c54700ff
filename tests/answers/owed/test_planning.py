"""Which report is due next, and what plans ask for beside the cases of the table."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.answers.owed.planning import next_unsent
from pmdesk.answers.owed.rules import owed_to
from pmdesk.answers.relationship import relationship
from pmdesk.records.choices import Cadence
from pmdesk.records.communication import Weekday
from pmdesk.records.crisis import Rehearsal
from pmdesk.records.feedback import ReportSent
from pmdesk.records.transparency import Impact, Odds, Raid
from tests.answers.making import issue, plan, risk
from tests.answers.owed.making import AFTER, EVE, WEEKLY, wall


def nov(*days):
    return [date(2026, 11, 1) + timedelta(days=day - 1) for day in days]


FRIDAYS = nov(6, 13, 20, 27)
# Days that something was sent on, and the due day that comes next (of November).
SENT = {
    "nothing": ([], 6),
    "on its day": (nov(6), 13),
    "a day early": (nov(5), 13),
    "three days early": (nov(10), 20),
    "three days late": (nov(9), 13),
    "four days late, when it is nearer to the next": (nov(10), 20),
    "twice for a day": (nov(5, 6), 13),
    "three times in a week": (nov(11, 12, 13), 20),
    "one missed for good": (nov(13), 20),
    "well before the first day": (nov(2), 6),
    "for the first day": (nov(3), 13),
    "for the last": (nov(27), None),
    "long after the last": (nov(80), None),
}


@pytest.mark.parametrize(("sent", "due"), SENT.values(), ids=SENT)
def test_what_was_sent_settles_the_nearest_day(sent, due):
    assert next_unsent(FRIDAYS, sent, since=date.min) == (None if due is None else nov(due)[0])


def test_midway_between_two_days_it_is_for_the_coming_one():
    assert next_unsent(nov(2, 16, 30), nov(9), since=date.min) == nov(30)[0]


def test_days_before_the_stretch_are_missed_for_good():
    assert next_unsent(FRIDAYS, [], since=nov(13)[0]) == nov(13)[0]
    assert next_unsent(FRIDAYS, [], since=nov(14)[0]) == nov(20)[0]


def test_reports_of_years_settle_nothing_that_is_still_to_come():
    days = [date(2024, 1, 5) + timedelta(weeks=n) for n in range(160)]
    assert next_unsent(days, days[:100], since=days[74]) == days[100]


def test_a_plan_of_one_day_is_settled_by_its_one_report():
    assert next_unsent(nov(6), nov(1), since=date.min) is None
    assert next_unsent(nov(6), nov(8), since=date.min) is None
    assert next_unsent([], nov(8), since=date.min) is None


@pytest.fixture
def owed(journal, pine, keep):
    """What these records of the client owe of a rule."""

    def found(rule, *records, at=AFTER):
        for one in records:
            keep(replace(one, client_id=pine.id))
        rel = relationship(journal, pine, at=at)
        return [one for one in owed_to(rel) if one.rule == rule]

    return found


NO_REPORTS = {
    "what is no report": {"report": False},
    "what has no cadence": {"cadence": Cadence.NEVER},
    "a line that begins in more than a hundred days": {"first_on": date(2027, 1, 30)},
    "a line that has ended": {"ended_on": date(2026, 9, 29)},
}


@pytest.mark.parametrize("fields", NO_REPORTS.values(), ids=NO_REPORTS)
def test_no_report_is_owed_of(owed, fields):
    assert owed("report", replace(WEEKLY, **fields)) == []


def test_a_line_that_begins_in_a_hundred_days_is_known_before(owed):
    (one,) = owed("report", replace(WEEKLY, first_on=date(2027, 1, 22)))
    assert one.facts == {"due": "2027-01-22"}


def test_a_report_is_due_on_the_day_before_a_holiday_and_what_is_half_a_year_old_is_past(owed):
    line = replace(WEEKLY, first_on=date(2026, 1, 1), weekday=Weekday.FRIDAY)
    (one,) = owed("report", line, at=wall(4, 1))
    assert one.facts["due"] == "2026-01-09"
    (one,) = owed("report", at=wall(9, 30))
    assert one.facts["due"] == "2026-04-03"


def test_only_what_was_sent_by_a_line_settles_it(owed):
    other = replace(WEEKLY, what="Monthly", cadence=Cadence.MONTHLY)
    sent = ReportSent(plan_line_id=2, what="Monthly", sent_on=date(2026, 9, 30))
    assert [(o.key.id, o.facts["due"]) for o in owed("report", WEEKLY, other, sent)] == [
        (1, "2026-09-30"), (2, "2026-10-30"),
    ]  # fmt: skip


RISKS = {
    "high": (risk(), True),
    "just high": (risk(Odds.VERY_HIGH, Impact.MEDIUM), True),
    "medium": (risk(Odds.MEDIUM, Impact.MEDIUM), False),
    "not assessed": (risk(Odds.UNKNOWN), False),
    "closed": (risk(closed_on=date(2026, 11, 20)), False),
    "a problem": (issue(raid=Raid.ISSUE, probability=Odds.HIGH, impact=Impact.HIGH), False),
}


@pytest.mark.parametrize(("record", "owes"), RISKS.values(), ids=RISKS)
def test_a_high_risk_owes_a_plan(owed, record, owes):
    assert len(owed("risk", replace(record, found_at=EVE))) == owes


def test_the_plan_of_another_risk_is_none_of_this(owed):
    assert [one.key.id for one in owed("risk", risk(), risk(), plan(issue_id=2))] == [1]


def test_the_last_rehearsal_counts_and_one_that_lies_ahead_does_not(owed):
    days = (date(2026, 3, 1), date(2026, 4, 13), date(2026, 2, 1), date(2026, 10, 17))
    (one,) = owed("rehearse", risk(found_at=EVE), plan(), *(
        Rehearsal(plan_id=1, day=day, learned="x") for day in days
    ))  # fmt: skip
    assert one.facts == {"missing": 0, "rehearsed_on": "2026-04-13"}
    assert one.late_from == wall(10, 11).timestamp()
