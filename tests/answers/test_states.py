"""What each practice says in each of its branches: score, state, sentence, next act."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.practices.figures import state_of
from pmdesk.answers.practices.nine import ASKED
from pmdesk.answers.relationship import relationship
from pmdesk.answers.said import say
from pmdesk.records.choices import Cadence, Channel, Direction, ProjectStatus
from pmdesk.records.communication import PlanLine
from pmdesk.records.crisis import Crisis, CrisisPlan, Rehearsal
from pmdesk.records.expectations import Confirmation, Dimension, Expectation, Outcome, Talk
from pmdesk.records.feedback import Feedback, ReportSent
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import Chance, KeyDate, Opportunity
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.practices import Practice
from pmdesk.records.project import Project
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.transparency import (
    ChangeRequest,
    Decision,
    Impact,
    Issue,
    Odds,
    Raid,
    Severity,
)
from pmdesk.records.trust import Kept, Promise, Side, TrustSignal
from pmdesk.words import words_for

EN = words_for("en")
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)  # a Monday, noon in Shanghai
TODAY = date(2026, 11, 23)


def ago(**span):
    return NOW - timedelta(**span)


def day(number):
    return TODAY + timedelta(days=number)


def issue(**more):
    given = {"statement": "Pump", "severity": Severity.S2, "found_at": ago(days=10)} | more
    return Issue(**given)


def told(hours=1, **more):
    return issue(told_at=ago(days=10) + timedelta(hours=hours), fix="x", fix_date=TODAY, **more)


def risk(**more):
    return issue(
        raid=Raid.RISK, statement="Outage", probability=Odds.HIGH, impact=Impact.HIGH, **more
    )


def plan(**more):
    texts = dict.fromkeys(
        ("trigger", "owner", "deputy", "statement_en", "statement_zh", "fix", "criteria"), "x"
    )
    given = {
        "scenario": "Outage",
        "issue_id": 1,
        "notices": ("a | b | 1 h",),
        "steps": ("a | 1 h | b",),
    }
    return CrisisPlan(**(given | texts | more))  # fmt: skip


def expected(**more):
    return Expectation(**({"statement": "x", "said_by": "Xu"} | more))


def late(**more):
    return expected(dimension=Dimension.SCHEDULE, expected_day=date(2026, 10, 30),
                    forecast_day=date(2026, 11, 13), **more)  # fmt: skip


def confirmed(**more):
    return Confirmation(**({"day": TODAY, "by": "Xu"} | more))


def mail(direction, at, thread=1):
    return Interaction(subject="x", direction=direction, at=at, thread=thread)


WEEKLY = PlanLine(what="Weekly", report=True, first_on=date(2026, 11, 2))
SENT = [ReportSent(plan_line_id=1, what="Weekly", sent_on=date(2026, 11, n)) for n in (6, 13, 20)]
CALM = {"contact_every_days": 7, "contact_max_days": 14}
IN, OUT = Direction.INBOUND, Direction.OUTBOUND

# practice, fields of the client, records; score, state, sentence, next act
BRANCHES = {
    "no problem": (
        Practice.TRANSPARENCY, {}, [],
        None, "none", "No problem recorded yet: keep the log from the first one on", "Add a problem",
    ),
    "all told": (
        Practice.TRANSPARENCY, {}, [told()], 100, "good", "Every problem was told in time", None,
    ),
    "one of two told in time": (
        Practice.TRANSPARENCY, {}, [told(), told(hours=9)],
        50, "bad", "1 of 2 told within the limit", None,
    ),
    "two of three told in time": (
        Practice.TRANSPARENCY, {}, [told(), told(), told(hours=9)],
        200 / 3, "warn", "2 of 3 told within the limit", None,
    ),
    "told without a date": (
        Practice.TRANSPARENCY, {}, [issue(told_at=ago(days=10))],
        100, "warn", "1 told without a fix or its date", "Complete it",
    ),
    "told without a date, and closed": (
        Practice.TRANSPARENCY, {}, [issue(told_at=ago(days=10), closed_on=TODAY)],
        100, "good", "Every problem was told in time", None,
    ),
    "still time": (
        Practice.TRANSPARENCY, {}, [issue(found_at=ago(hours=3))],
        None, "warn", "1 to be told, there is still time", "Tell the client",
    ),
    "past the limit": (
        Practice.TRANSPARENCY, {}, [issue(found_at=ago(hours=5)), issue(found_at=ago(hours=3))],
        0, "bad", "1 not told, past the limit", "Tell the client",
    ),
    "closed and never told": (
        Practice.TRANSPARENCY, {}, [issue(closed_on=TODAY)],
        0, "bad", "1 not told, past the limit", "Tell the client",
    ),
    "no signal": (
        Practice.TRUST, {}, [],
        None, "none", "No signal yet: keep promises here, and accept what is proposed", "Add a promise",
    ),
    "trusted": (
        Practice.TRUST, {}, [TrustSignal(day=TODAY, what="x") for _ in range(8)],
        90, "good", "Promises kept and answers in time", None,
    ),
    "half trusted": (
        Practice.TRUST, {}, [TrustSignal(day=TODAY, what="x"), TrustSignal(day=TODAY, what="x", kept=Kept.BROKEN)],
        50, "bad", "Trust 0.50, between 0.09 and 0.91", None,
    ),
    "a promise past its date": (
        Practice.TRUST, {}, [Promise(what="x", to_whom="Xu", due=day(-1)), Promise(what="x", to_whom="Xu", due=TODAY)],
        None, "bad", "Promises past their date: 1", "Open the promise",
    ),
    "a promise of theirs past its date": (
        Practice.TRUST, {}, [Promise(what="x", by=Side.CLIENT, due=day(-1)), TrustSignal(day=TODAY, what="x")],
        200 / 3, "warn", "Trust 0.67, between 0.16 and 0.99", None,
    ),
    "no need": (Practice.NEEDS, {}, [], None, "none", "No need written down yet", "Add a need"),
    "needs of later only": (
        Practice.NEEDS, {}, [Need(statement="x", horizon=Horizon.LONG_TERM), Need(statement="x", dropped_on=TODAY)],
        None, "none", "No need written down yet", "Add a need",
    ),
    "a need unconfirmed": (
        Practice.NEEDS, {}, [Need(statement="x"), Need(statement="y"), confirmed(need_id=1)],
        50, "bad", "1 not confirmed at this stage", "Confirm it",
    ),
    "needs confirmed": (
        Practice.NEEDS, {}, [Need(statement="x"), confirmed(need_id=1)],
        100, "good", "Every need is confirmed at this stage", None,
    ),
    "nothing to solve": (
        Practice.SOLUTIONS, {}, [risk()], None, "none", "Nothing open that needs a solution", None,
    ),
    "a solution chosen": (
        Practice.SOLUTIONS, {},
        [told(), Option(title="x", issue_id=1, feasible=Feasible.YES, checked_by="x", chosen_on=TODAY)],
        100, "good", "1 of 1 have a chosen solution", None,
    ),
    "a solution sought for five days": (
        Practice.SOLUTIONS, {}, [issue(found_at=ago(days=7))],
        0, "bad", "0 of 1 have a chosen solution", None,
    ),
    "a solution sought for six days": (
        Practice.SOLUTIONS, {}, [issue(found_at=ago(days=10)), Option(title="x", issue_id=1)],
        0, "bad", "Without a solution for more than 5 working days: 1", "Offer an option",
    ),
    "no expectation": (
        Practice.EXPECTATIONS, {}, [expected(ended_on=TODAY)],
        None, "none", "No expectation written down yet", "Add an expectation",
    ),
    "expectations in order": (
        Practice.EXPECTATIONS, {}, [expected(), confirmed(expectation_id=1)],
        100, "good", "Expectations confirmed, no open gap", None,
    ),
    "an expectation unconfirmed": (
        Practice.EXPECTATIONS, {}, [expected(importance=90), expected(importance=10), confirmed(expectation_id=1)],
        90, "warn", "1 not confirmed at this stage", "Confirm it",
    ),
    "a gap to be explained": (
        Practice.EXPECTATIONS, {}, [late(), confirmed(expectation_id=1)],
        0, "bad", "Gaps to be explained: 1", "Explain the gap",
    ),
    "a gap explained": (
        Practice.EXPECTATIONS, {}, [late(explained_on=TODAY, explanation="x"), confirmed(expectation_id=1)],
        100, "good", "Expectations confirmed, no open gap", None,
    ),
    "no report planned": (
        Practice.FEEDBACK, {}, [Feedback(day=TODAY, csat=5)],
        100, "good", "No report is planned", "Plan a report",
    ),
    "no mark": (
        Practice.FEEDBACK, {}, [WEEKLY, *SENT, Feedback(day=day(-365), csat=5)],
        100, "warn", "No mark of the client in a year: ask", "Note feedback",
    ),
    "reports and marks good": (
        Practice.FEEDBACK, {}, [WEEKLY, *SENT, Feedback(day=day(-364), csat=5)],
        100, "good", "Reports on their days, the client satisfied", None,
    ),
    "few marks, not all good": (
        Practice.FEEDBACK, {}, [WEEKLY, *SENT[:1], *(Feedback(day=day(-n), csat=n) for n in (1, 3, 5))],
        (1 / 3 + 1 / 3) / 2 * 100, "bad", "1 of 3 reports in time · marks of 5: 1, 3, 5", None,
    ),
    "ten marks": (
        Practice.FEEDBACK, {}, [WEEKLY, *SENT, *(Feedback(day=TODAY, csat=n) for n in [5] * 5 + [2] * 5)],
        75, "warn", "3 of 3 reports in time · 50% satisfied", None,
    ),
    "marks before the first report is due": (
        Practice.FEEDBACK, {}, [replace(WEEKLY, first_on=TODAY), Feedback(day=TODAY, csat=2)],
        0, "bad", "marks of 5: 2", None,
    ),
    "an unhappy client": (
        Practice.FEEDBACK, {}, [WEEKLY, *SENT, Feedback(day=TODAY, csat=5), Complaint(own_words="x", heard_at=ago(days=1))],
        100, "bad", "The client is unhappy: 1 open", "Take the next step",
    ),
    "no high risk": (
        Practice.CRISIS, {}, [risk(closed_on=TODAY)], None, "none", "No high risk recorded", "Add a risk",
    ),
    "a high risk without a plan": (
        Practice.CRISIS, {}, [risk()], 0, "bad", "0 of 1 high risks have a rehearsed plan", "Make a plan",
    ),
    "a plan never rehearsed": (
        Practice.CRISIS, {}, [risk(), plan()],
        0, "bad", "0 of 1 high risks have a rehearsed plan", "Complete or rehearse",
    ),
    "a plan rehearsed too long ago": (
        Practice.CRISIS, {}, [risk(), plan(), Rehearsal(plan_id=1, day=day(-181), learned="x")],
        0, "bad", "0 of 1 high risks have a rehearsed plan", "Complete or rehearse",
    ),
    "a plan ready": (
        Practice.CRISIS, {}, [risk(), plan(), Rehearsal(plan_id=1, day=day(-180), learned="x")],
        100, "good", "A rehearsed plan for every high risk", None,
    ),
    "a crisis running": (
        Practice.CRISIS, {}, [Crisis(title="Fire", found_at=ago(hours=1))],
        None, "bad", "A crisis is running: Fire", "Open the crisis",
    ),
    "a crisis stood down untold": (
        Practice.CRISIS, {}, [Crisis(title="Fire", found_at=ago(days=2), stood_down_at=ago(days=1))],
        None, "bad", "Stood down, and the client is not told: Fire", "Tell the client",
    ),
    "a crisis stood down and told": (
        Practice.CRISIS, {}, [Crisis(title="Fire", found_at=ago(days=2), told_at=ago(days=2), stood_down_at=ago(days=1))],
        None, "none", "No high risk recorded", "Add a risk",
    ),
    "no cadence": (
        Practice.LONG_TERM, {}, [mail(OUT, ago(days=1))],
        None, "none", "No contact cadence agreed", "Set the cadence",
    ),
    "never in touch": (
        Practice.LONG_TERM, CALM, [], None, "warn", "We have not been in touch yet", "Note a contact",
    ),
    "in touch": (
        Practice.LONG_TERM, CALM, [mail(OUT, ago(days=7))], 100, "good", "In touch as agreed", None,
    ),
    "silent for eight days": (
        Practice.LONG_TERM, CALM, [mail(OUT, ago(days=8))],
        60, "warn", "No contact from us for 8 days", "Note a contact",
    ),
    "silent for fifteen days": (
        Practice.LONG_TERM, CALM, [mail(OUT, ago(days=15))],
        20, "bad", "No contact from us for 15 days", "Note a contact",
    ),
    "they write and nobody answers": (
        Practice.LONG_TERM, CALM, [mail(OUT, ago(days=60)), *(mail(IN, ago(days=n), 9 + n) for n in range(59))],
        20, "bad", "No contact from us for 60 days", "Note a contact",
    ),
    "in touch and one of theirs waits": (
        Practice.LONG_TERM, CALM, [mail(IN, ago(days=5)), mail(OUT, ago(days=4), 2)],
        100, "warn", "In touch as agreed, but their messages wait past the target: 1", "See what waits",
    ),
    "they called": (
        Practice.LONG_TERM, CALM, [Interaction(subject="x", direction=IN, channel=Channel.CALL, at=ago(days=1))],
        100, "good", "In touch as agreed", None,
    ),
    "our forward to somebody else": (
        Practice.LONG_TERM, CALM, [replace(mail(OUT, ago(days=1)), reached=False)],
        None, "warn", "We have not been in touch yet", "Note a contact",
    ),
    "a date near": (
        Practice.LONG_TERM, CALM, [mail(OUT, ago(days=1)), KeyDate(what="Renewal", day=day(60))],
        100, "good", "Renewal on 22 Jan 2027", "Open the date",
    ),
    "a date far": (
        Practice.LONG_TERM, CALM, [mail(OUT, ago(days=1)), KeyDate(what="Renewal", day=day(61))],
        100, "good", "In touch as agreed", None,
    ),
}  # fmt: skip


@pytest.fixture
def world(journal, keep, pine):
    """A client with fields of its own and the records of a case, as it stands at noon."""

    def make(fields, records):
        client = keep(replace(pine, **fields))
        for record in records:
            keep(replace(record, client_id=client.id))
        return relationship(journal, client, at=NOW)

    return make


@pytest.mark.parametrize("branch", BRANCHES.values(), ids=BRANCHES)
def test_a_practice_says_what_its_records_say(world, branch):
    practice, fields, records, score, state, sentence, act = branch
    found = ASKED[practice](world(fields, records))
    assert (found.state, say(EN, found.headline)) == (state, sentence)
    assert found.score == (None if score is None else pytest.approx(score))
    assert (found.act.label if found.act else None) == act


@pytest.mark.parametrize(
    ("score", "state"),
    [(None, "none"), (0.0, "bad"), (59.9, "bad"), (60.0, "warn"), (79.9, "warn"), (80.0, "good")],
)
def test_a_state_needs_data(score, state):
    assert state_of(score) == state


def figure(rel, practice, name):
    return next(f for f in ASKED[practice](rel).figures if f.name == name)


def points(expected_, actual, **more):
    return expected(expected_number=expected_, forecast_number=actual, unit="points", **more)


def change(**more):
    return ChangeRequest(**({"title": "x", "asked_on": TODAY} | more))


# practice, figure, fields of the client, records; value, shown, note, state
FIGURES = {
    "nothing told": (
        Practice.TRANSPARENCY, "told_in_time", {}, [], None, "–", "0 of 0 told in time", "none",
    ),
    "three of four told": (
        Practice.TRANSPARENCY, "told_in_time", {}, [told(), told(), told(hours=2), told(hours=9)],
        0.75, "75%", "3 of 4 told in time · S1–S2: told after 1.0, 1.0, 2.0, 9.0 hours", "warn",
    ),
    "not yet told": (
        Practice.TRANSPARENCY, "not_told", {}, [issue(found_at=ago(hours=1))],
        1, "1", "0 past the limit", "warn",
    ),
    "a change not told": (
        Practice.TRANSPARENCY, "changes_told", {},
        [change(), change(decision=Decision.APPROVED), change(decision=Decision.REJECTED, told_on=TODAY)],
        0.5, "1 / 2", "waiting for a decision: 1", "warn",
    ),
    "a change told": (
        Practice.TRANSPARENCY, "changes_told", {}, [change(decision=Decision.REJECTED, told_on=TODAY)],
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
        [expected(importance=75), expected(importance=25), confirmed(expectation_id=1)],
        0.75, "75%", "expectations: 2", "warn",
    ),
    "two gaps to be explained": (
        Practice.EXPECTATIONS, "to_explain", {},
        [late(importance=30), points(4, 3)],
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
        Practice.CRISIS, "plans_ready", {}, [risk(), plan(owner=""), plan(), Rehearsal(plan_id=2, day=TODAY, learned="x")],
        1, "1 / 2", "complete and rehearsed", "warn",
    ),
    "we wrote yesterday": (
        Practice.LONG_TERM, "days_since_contact", CALM, [mail(OUT, ago(days=1))],
        1, "yesterday", "every 7 days, at the latest every 14", "good",
    ),
    "theirs wait": (
        Practice.LONG_TERM, "days_since_contact", CALM, [mail(IN, ago(days=5))],
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
    found = figure(world(fields, records), practice, name)
    assert (say(EN, found.shown), say(EN, found.note), found.state) == (shown, note, state)
    assert found.value == (None if value is None else pytest.approx(value))


def test_what_is_rated_alike_is_what_the_figure_rests_on(world):
    rel = world({}, [points(4, 5), points(4, 4), points(1, 1, ended_on=TODAY),
                     expected(expected_number=3, forecast_number=3, unit="%")])  # fmt: skip
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
        ({"expected_day": date(2026, 11, 13), "forecast_day": date(2026, 11, 12)}, "−1 working days"),
    ],
)  # fmt: skip
def test_a_gap_has_its_sign_and_unit(world, more, gap):
    from pmdesk.answers.practices.expectations import expectation_gaps, gap_said

    (found,) = expectation_gaps(world({}, [expected(**more)]))
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
    (case,) = cases(world({}, [record]))
    assert (case.next_due, case.overdue) == (due, due is not None and due < TODAY)


def test_an_agreement_anew_counts_as_in_order(world):
    rel = world(
        {}, [expected(), Talk(expectation_id=1, day=TODAY, agreed="x", outcome=Outcome.AGREED)]
    )
    assert figure(rel, Practice.EXPECTATIONS, "in_order").value == 1


def test_a_report_every_quarter_is_none_of_every_week(world):
    rel = world({}, [replace(WEEKLY, cadence=Cadence.QUARTERLY)])
    assert figure(rel, Practice.FEEDBACK, "reports_in_time").value is None
