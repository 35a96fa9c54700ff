"""A problem or crisis that the client was never told of: nothing but telling, or a reason, ends it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.actions.take_offer import take_offer
from pmdesk.answers.health import client_health
from pmdesk.answers.practices.crisis import crisis
from pmdesk.answers.practices.transparency import past_limit, transparency
from pmdesk.answers.rows.offers import BY_NAME, offers_of
from pmdesk.answers.rows.proposals import proposals
from pmdesk.answers.rows.records import row_of, rows_of
from pmdesk.answers.text.said import say
from pmdesk.journal.log import steps
from pmdesk.records.crisis import Crisis
from pmdesk.records.expectations import Confirmation, Expectation
from pmdesk.records.feedback import Feedback
from pmdesk.records.transparency import Issue, Raid, Severity
from pmdesk.records.trust import TrustSignal
from pmdesk.words import words_for

EN = words_for("en")


@pytest.fixture
def thriving(keep, pine, at):
    """Enough good evidence for a health of its own."""
    day = at.date()
    keep(*[TrustSignal(client_id=pine.id, day=day, what="x") for _ in range(20)])
    held = keep(Expectation(client_id=pine.id, statement="x", said_by="Xu"))
    keep(Confirmation(client_id=pine.id, expectation_id=held.id, day=day, by="Xu"))
    keep(Feedback(client_id=pine.id, day=day, csat=5))


def problem(pine, at, **more):
    given = {"severity": Severity.S1, "found_at": at - timedelta(days=10)} | more
    return Issue(client_id=pine.id, statement="Data lost", **given)


def figure(found, name):
    return next(f for f in found.figures if f.name == name)


def note(found, name):
    return say(EN, figure(found, name).note)


def test_closing_a_problem_that_was_never_told_lifts_nothing(
    journal, keep, pine, stood, at, thriving
):
    issue = keep(problem(pine, at))
    open_ = client_health(stood())
    assert open_.now.value == 40
    take_offer(journal, issue, BY_NAME["close"], at=at)
    closed, rel = client_health(stood()), stood()
    assert (closed.now, closed.stops) == (open_.now, open_.stops)
    assert [i.id for i in past_limit(rel)] == [issue.id]
    assert figure(transparency(rel), "not_told").value == 1
    assert transparency(rel).state == "bad"
    assert transparency(rel).act.record.id == issue.id


def test_the_step_that_closes_it_says_that_the_client_is_not_told(journal, keep, pine, at):
    issue = keep(problem(pine, at))
    take_offer(journal, issue, BY_NAME["close"], at=at)
    (step,) = steps(journal.conn, limit=1)
    assert step.label == "Closed, but the client is not told: “{what}”"
    told = keep(problem(pine, at, told_at=at))
    take_offer(journal, told, BY_NAME["close"], at=at)
    (step,) = steps(journal.conn, limit=1)
    assert step.label == "{kind} “{what}” closed"


def test_telling_it_after_all_ends_it_and_it_was_late(journal, keep, pine, stood, at, thriving):
    issue = keep(problem(pine, at, closed_on=at.date()))
    take_offer(journal, issue, BY_NAME["tell"], at=at)
    rel = stood()
    assert past_limit(rel) == []
    assert (transparency(rel).score, client_health(rel).stops) == (0, ())


def test_a_reason_why_the_client_is_not_told_is_kept_and_shown_as_a_fact(
    keep, pine, stood, at, thriving
):
    keep(problem(pine, at, closed_on=at.date(), untold_reason="The court forbids it\nuntil May"))
    rel = stood()
    assert client_health(rel).stops == ()
    assert transparency(rel).score is None
    assert note(transparency(rel), "not_told") == "0 past the limit · not told for a reason: 1"
    (line,) = rows_of(rel, "issue")
    assert "not told: The court forbids it" in [say(EN, part) for part in line.second]


def test_blanks_are_no_reason(keep, pine, stood, at):
    keep(problem(pine, at, untold_reason=" \n "))
    assert len(past_limit(stood())) == 1


@pytest.mark.parametrize("more", [{"internal": True}, {"raid": Raid.RISK}])
def test_what_is_not_for_the_client_is_not_owed(keep, pine, stood, at, more):
    keep(problem(pine, at, closed_on=at.date(), **more))
    assert past_limit(stood()) == []


def test_standing_a_crisis_down_that_was_never_told_lifts_nothing(
    journal, keep, pine, stood, at, thriving
):
    record = keep(Crisis(client_id=pine.id, title="Fire", level=Severity.S1,
                         found_at=at - timedelta(days=3)))  # fmt: skip
    running = client_health(stood())
    assert running.now.value == 40
    take_offer(journal, record, BY_NAME["stand_down"], at=at)
    (step,) = steps(journal.conn, limit=1)
    assert step.label == "Stood down, but the client is not told: “{what}”"
    over, rel = client_health(stood()), stood()
    assert (over.now, over.stops, over.stop_records) == (
        running.now,
        running.stops,
        running.stop_records,
    )
    found = crisis(rel)
    assert (found.state, found.act.label) == ("bad", "Tell the client")
    assert say(EN, found.headline) == "Stood down, and the client is not told: Fire"
    assert figure(found, "told_in_time").value == 0
    (line,) = rows_of(rel, "crisis")
    assert (line.badge, line.open) == (("Stood down, not told", "bad"), True)
    assert [offer.name for offer in offers_of(rel, rel.of(Crisis)[0])] == ["tell"]


def test_a_reason_ends_what_a_crisis_owes(keep, pine, stood, at, thriving):
    keep(Crisis(client_id=pine.id, title="Fire", level=Severity.S1, untold_reason="Theirs, they told us",
                found_at=at - timedelta(days=3), stood_down_at=at, causes="x", actions="x"))  # fmt: skip
    rel = stood()
    assert client_health(rel).stops == ()
    assert figure(crisis(rel), "told_in_time").value is None
    assert note(crisis(rel), "told_in_time").endswith("not told for a reason: 1")
    (line,) = rows_of(rel, "crisis")
    assert line.badge == ("Stood down", "none")


def test_a_closed_problem_that_is_owed_stands_first(keep, pine, stood, at):
    keep(problem(pine, at, closed_on=at.date()))
    keep(problem(pine, at, told_at=at, closed_on=at.date(), found_at=at - timedelta(hours=1)))
    rel = stood()
    first, second = rows_of(rel, "issue")
    assert (first.badge, first.open) == (("Closed, not told", "bad"), True)
    owed = next(issue for issue in rel.of(Issue) if issue.told_at is None)
    assert [offer.name for offer in offers_of(rel, owed)] == ["tell"]
    assert (second.badge, second.open) == (("Closed", "none"), False)


def test_what_was_never_told_is_not_proposed_as_told(keep, pine, stood, at):
    keep(problem(pine, at, closed_on=at.date()))
    (found,) = proposals(stood())
    assert (say(EN, found.what), found.kept.value) == ("Not told in time: Data lost", "broken")


def told(pine, found, hours, severity):
    return Issue(client_id=pine.id, statement="x", severity=severity, found_at=found,
                 told_at=None if hours is None else found + timedelta(hours=hours))  # fmt: skip


def test_the_lag_of_serious_problems_is_in_wall_time(keep, pine, stood, local):
    saturday = local(2026, 11, 14, 10)
    keep(told(pine, saturday, 34, Severity.S1))
    assert note(transparency(stood()), "told_in_time") == (
        "0 of 1 told in time · S1–S2: told after 34.0 hours"
    )
    (line,) = rows_of(stood(), "issue")
    assert "told after 34.0 hours" in [say(EN, part) for part in line.second]


def test_the_untold_count_in_the_lag_and_the_two_times_stay_apart(keep, pine, stood, local):
    monday = local(2026, 11, 16, 10)
    for hours in (1, 2, 3):
        keep(told(pine, monday, hours, Severity.S3))
    assert note(transparency(stood()), "told_in_time").endswith(
        "S3–S4: told after 1.0, 2.0, 3.0 working hours"
    )
    keep(told(pine, monday, None, Severity.S3))
    assert note(transparency(stood()), "told_in_time") == (
        "3 of 4 told in time · S3–S4: told after 1.0, 2.0, 3.0 working hours"
        " · S3–S4: not told after 47.0 working hours"
    )
    keep(told(pine, monday, None, Severity.S4), told(pine, monday, 20, Severity.S2))
    assert note(transparency(stood()), "told_in_time") == (
        "3 of 6 told in time · S1–S2: told after 20.0 hours"
        " · S3–S4: half are told within 3.0 working hours"
    )
    keep(told(pine, monday, None, Severity.S4), told(pine, monday, None, Severity.S4))
    assert "S3–S4: half are not told yet" in note(transparency(stood()), "told_in_time")


def test_a_reason_in_the_panel_is_one_of_the_records_own_fields(keep, pine, at):
    issue = keep(problem(pine, at))
    assert issue.owed
    assert not replace(issue, untold_reason="x").owed
    assert not replace(issue, told_at=at).owed
    assert replace(issue, closed_on=at.date()).owed


def test_a_line_of_a_problem_with_a_reason_names_it(keep, pine, stood, at):
    issue = keep(problem(pine, at, untold_reason="Asked not to"))
    assert row_of(stood(), issue).badge == ("Not told for a reason", "none")
