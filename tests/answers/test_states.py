"""What each practice says in each of its branches: score, state, sentence, next act."""

from dataclasses import replace

import pytest

from pmdesk.answers.practices.figures import state_of
from pmdesk.answers.practices.nine import ASKED
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Channel
from pmdesk.records.crisis import Crisis, Rehearsal
from pmdesk.records.feedback import Feedback
from pmdesk.records.interaction import Interaction
from pmdesk.records.longterm import KeyDate
from pmdesk.records.needs import Horizon, Need
from pmdesk.records.practices import Practice
from pmdesk.records.recovery import Complaint
from pmdesk.records.solutions import Feasible, Option
from pmdesk.records.trust import Kept, Promise, Side, TrustSignal
from tests.answers.making import (
    CALM,
    EN,
    IN,
    OUT,
    SENT,
    TODAY,
    WEEKLY,
    ago,
    confirmed,
    day,
    expected,
    issue,
    late,
    mail,
    plan,
    risk,
    told,
)

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
        Practice.CRISIS, {}, [risk()], 0, "bad", "0 of 1 high risk has a rehearsed plan", "Make a plan",
    ),
    "a plan never rehearsed": (
        Practice.CRISIS, {}, [risk(), plan()],
        0, "bad", "0 of 1 high risk has a rehearsed plan", "Complete or rehearse",
    ),
    "a plan rehearsed too long ago": (
        Practice.CRISIS, {}, [risk(), plan(), Rehearsal(plan_id=1, day=day(-181), learned="x")],
        0, "bad", "0 of 1 high risk has a rehearsed plan", "Complete or rehearse",
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
    "we visited them": (
        Practice.LONG_TERM, CALM, [Interaction(subject="x", direction=IN, channel=Channel.VISIT, at=ago(days=1))],
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


@pytest.mark.parametrize("branch", BRANCHES.values(), ids=BRANCHES)
def test_a_practice_says_what_its_records_say(world, branch):
    practice, fields, records, score, state, sentence, act = branch
    found = ASKED[practice](world(records, fields)[0])
    assert (found.state, say(EN, found.headline)) == (state, sentence)
    assert found.score == (None if score is None else pytest.approx(score))
    assert (found.act.label if found.act else None) == act


@pytest.mark.parametrize(
    ("score", "state"),
    [(None, "none"), (0.0, "bad"), (59.9, "bad"), (60.0, "warn"), (79.9, "warn"), (80.0, "good")],
)
def test_a_state_needs_data(score, state):
    assert state_of(score) == state
