"""Each figure of a practice: its value, how it is shown, what stands beside it, its state."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.answers.practices.nine import ASKED
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Cadence, ProjectStatus
from pmdesk.records.crisis import Crisis, Rehearsal
from pmdesk.records.expectations import Outcome, Talk
from pmdesk.records.feedback import Feedback
from pmdesk.records.longterm import Chance, Opportunity
from pmdesk.records.practices import Practice
from pmdesk.records.project import Project
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Option
from pmdesk.records.transparency import (
    Decision,
)
from pmdesk.records.trust import Promise
from tests.answers import making as m
from tests.answers.making import EN, TODAY, ago, day, expected, issue


def figure(rel, practice, name):
    return next(f for f in ASKED[practice](rel).figures if f.name == name)


def points(expected_, actual, **more):
    return expected(expected_number=expected_, forecast_number=actual, unit="points", **more)


# practice, figure, fields of the client, records; value, shown, note, state
FIGURES = {
    "nothing told": (
        Practice.TRANSPARENCY, "told_in_time", {}, [], None, "–", "0 of 0 told in time", "none",
    ),
    "three of four told": (
        Practice.TRANSPARENCY, "told_in_time", {}, [m.told(), m.told(), m.told(hours=2), m.told(hours=9)],
        0.75, "75%", "3 of 4 told in time · S1–S2: told after 1.0, 1.0, 2.0, 9.0 hours", "warn",
    ),
    "not yet told": (
        Practice.TRANSPARENCY, "not_told", {}, [issue(found_at=ago(hours=1))],
        1, "1", "0 past the limit", "warn",
    ),
    "a change not told": (
        Practice.TRANSPARENCY, "changes_told", {},
        [m.change(), m.change(decision=Decision.APPROVED), m.change(decision=Decision.REJECTED, told_on=TODAY)],
        0.5, "1 / 2", "waiting for a decision: 1", "warn",
    ),
    "a change told": (
        Practice.TRANSPARENCY, "changes_told", {}, [m.change(decision=Decision.REJECTED, told_on=TODAY)],
        1, "1 / 1", "waiting for a decision: 0", "good",
    ),
    "a project shown": (
        Practice.TRANSPARENCY, "schedule_and_budget_shown", {},
        [Project(name="x", status=ProjectStatus.RUNNING, baseline_end=TODAY, forecast_end=TODAY,
                 budget_minor=1, spent_minor=1)],
        1, "1 / 1", "running projects with plan, forecast, budget and cost", "good",
    ),
    "a project not shown": (
        Practice.TRANSPARENCY, "schedule_and_budget_shown", {},
        [Project(name="x", status=ProjectStatus.RUNNING)],
        0, "0 / 1", "running projects with plan, forecast, budget and cost", "warn",
    ),
    "a promise moved before it was late": (
        Practice.TRUST, "promises_kept", {}, [Promise(what="x", to_whom="Xu", due=date(2026, 5, 1), new_due=day(9))],
        0, "0 / 1", "1 agreed anew", "bad",
    ),
    "what is open and moved": (
        Practice.TRUST, "promises_open", {}, [Promise(what="x", to_whom="Xu", due=date(2026, 5, 1), new_due=day(9))],
        1, "1", "0 past their date · past the first date, agreed anew: 1", "none",
    ),
    "a promise whose first date is to come": (
        Practice.TRUST, "promises_kept", {}, [Promise(what="x", to_whom="Xu", due=TODAY, new_due=day(9))],
        None, "–", "by the date first promised", "none",
    ),
    "a promise delivered in time though moved": (
        Practice.TRUST, "promises_kept", {},
        [Promise(what="x", to_whom="Xu", due=date(2026, 5, 1), new_due=day(9), delivered_on=date(2026, 5, 1))],
        1, "1 / 1", "1 agreed anew", "good",
    ),
    "an even number of days to a choice": (
        Practice.SOLUTIONS, "days_to_choice", {},
        [issue(), *(Option(title="x", issue_id=1, chosen_on=date(2026, 11, 13 + n)) for n in (3, 4))],
        1.5, "1.5", "working days, median of 2", "none",
    ),
    "no choice yet": (
        Practice.SOLUTIONS, "days_to_choice", {}, [issue()],
        None, "–", "working days, median of 0", "none",
    ),
    "fewer defects than expected are better": (
        Practice.EXPECTATIONS, "perceived", {},
        [points(2, 6, less_is_better=True), points(3, 5, less_is_better=True)],
        -3, "−3.00", "weighed by importance; plain −3.00", "warn",
    ),
    "of both kinds": (
        Practice.EXPECTATIONS, "perceived", {},
        [points(2, 1, less_is_better=True, importance=30), points(4, 4.5, importance=10)],
        0.875, "+0.88", "weighed by importance; plain +0.75", "good",
    ),
    "one rating alone": (
        Practice.EXPECTATIONS, "perceived", {}, [points(4, 5), expected(expected_number=3, unit="points")],
        None, "–", "needs two ratings in one unit", "none",
    ),
    "two ratings in two units": (
        Practice.EXPECTATIONS, "perceived", {},
        [points(4, 5), expected(expected_number=3, forecast_number=3, unit="%")],
        None, "–", "needs two ratings in one unit", "none",
    ),
    "in order without expectations": (
        Practice.EXPECTATIONS, "in_order", {}, [], None, "–", "expectations: 0", "none",
    ),
    "in order by importance": (
        Practice.EXPECTATIONS, "in_order", {},
        [expected(importance=75), expected(importance=25), m.confirmed(expectation_id=1)],
        0.75, "75%", "expectations: 2", "warn",
    ),
    "two gaps to be explained": (
        Practice.EXPECTATIONS, "to_explain", {},
        [m.late(importance=30), points(4, 3)],
        2, "2", "Schedule: +10 working days · Scope: −1 points", "bad",
    ),
    "no gap": (
        Practice.EXPECTATIONS, "to_explain", {}, [expected()],
        0, "0", "all gaps within tolerance or explained", "good",
    ),
    "few marks": (
        Practice.FEEDBACK, "csat", {}, [Feedback(day=day(-n), csat=n) for n in (1, 3, 5)],
        None, "1, 3, 5", "too few for a share: 3", "none",
    ),
    "ten marks of the year": (
        Practice.FEEDBACK, "csat", {}, [Feedback(day=TODAY, csat=n) for n in [5] * 9 + [2]],
        0.9, "90%", "95% 60%–98% · n = 10", "good",
    ),
    "a negative recommendation": (
        Practice.FEEDBACK, "nps", {}, [Feedback(day=TODAY, nps=n) for n in [0] * 9 + [10]],
        -80, "−80", "95% −100 to −43 · n = 10", "warn",
    ),
    "an unhappy case past its step": (
        Practice.FEEDBACK, "unhappy", {},
        [Complaint(own_words="x", heard_at=ago(days=9), due=day(-1)), Complaint(own_words="x", heard_at=ago(days=9))],
        2, "2", "1 past the next step", "bad",
    ),
    "no crisis told": (
        Practice.CRISIS, "told_in_time", {}, [Crisis(title="x", found_at=ago(hours=1))],
        None, "–", "S1 1 h, S2 4 h, else a working day", "none",
    ),
    "one of two crises told": (
        Practice.CRISIS, "told_in_time", {},
        [Crisis(title="x", found_at=ago(days=1)), Crisis(title="x", found_at=ago(hours=2), told_at=ago(hours=1))],
        0.5, "1 / 2", "S1 1 h, S2 4 h, else a working day", "bad",
    ),
    "plans": (
        Practice.CRISIS, "plans_ready", {}, [m.risk(), m.plan(owner=""), m.plan(), Rehearsal(plan_id=2, day=TODAY, learned="x")],
        1, "1 / 2", "complete and rehearsed", "warn",
    ),
    "we wrote yesterday": (
        Practice.LONG_TERM, "days_since_contact", m.CALM, [m.mail(m.OUT, ago(days=1))],
        1, "yesterday", "every 7 days, at the latest every 14", "good",
    ),
    "theirs wait": (
        Practice.LONG_TERM, "days_since_contact", m.CALM, [m.mail(m.IN, ago(days=5))],
        None, "never", "every 7 days, at the latest every 14 · their messages past the target: 1", "none",
    ),
    "an opportunity without a next act": (
        Practice.LONG_TERM, "opportunities", {},
        [Opportunity(title="x", next_act="call"), Opportunity(title="y", next_act="call", next_on=TODAY)],
        2, "2", "1 without a next act", "warn",
    ),
    "opportunities in order": (
        Practice.LONG_TERM, "opportunities", {},
        [Opportunity(title="x", next_act="call", next_on=TODAY),
         Opportunity(title="y", chance=Chance.WON, closed_on=TODAY)],
        1, "1", "each with its next act, 1 won so far", "none",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FIGURES.values(), ids=FIGURES)
def test_a_figure_says_what_its_records_say(world, case):
    practice, name, fields, records, value, shown, note, state = case
    found = figure(world(records, fields)[0], practice, name)
    assert (say(EN, found.shown), say(EN, found.note), found.state) == (shown, note, state)
    assert found.value == (None if value is None else pytest.approx(value))


def test_what_is_rated_alike_is_what_the_figure_rests_on(world):
    rel = world([points(4, 5), points(4, 4), points(1, 1, ended_on=TODAY),
                     expected(expected_number=3, forecast_number=3, unit="%")])[0]  # fmt: skip
    found = figure(rel, Practice.EXPECTATIONS, "perceived")
    assert [key.id for key in found.records] == [1, 2]


@pytest.mark.parametrize(
    ("more", "gap"),
    [
        ({}, "–"),
        ({"expected_number": 4.0}, "–"),
        ({"expected_number": 4.0, "forecast_number": 2.7, "unit": "points"}, "−1.3 points"),
        ({"expected_number": 93.0, "forecast_number": 91.4, "unit": "%"}, "−1.6 percentage points"),
        ({"expected_number": 1e6, "forecast_number": 1_126_250.0, "unit": "items"}, "+126,250 items"),
        ({"expected_number": 5.0, "forecast_number": 6.0, "unit": "items", "less_is_better": True}, "+1 items"),
        ({"expected_minor": 500_000, "forecast_minor": 514_000}, "+2.8%"),
        ({"expected_minor": 500_000, "forecast_minor": 490_000}, "−2.0%"),
        ({"expected_day": date(2026, 11, 13), "forecast_day": date(2026, 11, 12)}, "−1 working day"),
    ],
)  # fmt: skip
def test_a_gap_has_its_sign_and_unit(world, more, gap):
    from pmdesk.answers.practices.expectations import expectation_gaps, gap_said

    (found,) = expectation_gaps(world([expected(**more)])[0])
    assert say(EN, gap_said(found)) == gap


@pytest.mark.parametrize(
    ("upto", "due"),
    [
        ({}, date(2026, 11, 20)),
        ({"done_on": date(2026, 11, 20)}, date(2026, 11, 24)),
        ({"done_on": date(2026, 11, 20), "follow_up_1": "better"}, date(2026, 12, 4)),
        ({"done_on": date(2026, 9, 19), "follow_up_1": "better"}, date(2026, 10, 8)),
        ({"done_on": date(2026, 11, 20), "follow_up_1": "better", "follow_up_2": "good"}, None),
        ({"closed_on": TODAY}, None),
    ],
)  # fmt: skip
def test_the_next_step_of_an_unhappy_client_has_its_day(world, upto, due):
    from pmdesk.answers.practices.feedback import cases

    record = Complaint(own_words="x", heard_at=ago(days=60), due=date(2026, 11, 20), **upto)
    (case,) = cases(world([record])[0])
    assert (case.next_due, case.overdue) == (due, due is not None and due < TODAY)


def test_an_agreement_anew_counts_as_in_order(world):
    talk = Talk(expectation_id=1, day=TODAY, agreed="x", outcome=Outcome.AGREED)
    rel, _ = world([expected(), talk])
    assert figure(rel, Practice.EXPECTATIONS, "in_order").value == 1


def test_a_report_every_quarter_is_none_of_every_week(world):
    rel = world([replace(m.WEEKLY, cadence=Cadence.QUARTERLY)])[0]
    assert figure(rel, Practice.FEEDBACK, "reports_in_time").value is None
