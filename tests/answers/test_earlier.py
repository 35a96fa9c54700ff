"""A month ago: what was known and true then, whatever is recorded today."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.practices.communication import plan_kept
from pmdesk.answers.practices.expectations import expectation_gaps, expectations
from pmdesk.answers.practices.transparency import past_limit
from pmdesk.answers.practices.trust import trust_now
from pmdesk.insight.gaps import GapState
from pmdesk.records.communication import PlanLine
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.longterm import KeyDate
from pmdesk.records.transparency import Issue
from pmdesk.records.trust import Kept, Promise, SignalState, TrustSignal

TODAY = date(2026, 11, 23)
MONTH = timedelta(days=30)


@pytest.fixture
def later(journal):
    """Save records as an act of two days ago."""

    def store(*records):
        with journal.action("Edit", at=datetime(2026, 11, 21, 4, tzinfo=UTC)) as act:
            saved = [act.save(record) for record in records]
        return saved[-1]

    return store


@pytest.fixture
def then(stood, at):
    """The relationship as it stood a month ago."""
    return lambda: stood().as_of(at - MONTH)


def late(pine, **more):
    given = {"expected_day": date(2026, 9, 1), "forecast_day": date(2026, 12, 1)} | more
    return Expectation(client_id=pine.id, statement="x", said_by="Xu", dimension=Dimension.SCHEDULE,
                       said_on=date(2026, 5, 1), **given)  # fmt: skip


def test_an_expectation_ended_today_stood_a_month_ago(keep, pine, then):
    held = keep(late(pine))
    before = expectations(then()).score
    keep(replace(held, ended_on=TODAY))
    assert expectations(then()).score == before == 0


def test_an_expectation_ended_before_that_did_not(keep, pine, then):
    keep(late(pine, ended_on=TODAY - timedelta(days=31)))
    assert expectation_gaps(then()) == []


def test_a_forecast_is_the_one_that_was_known_then(keep, later, pine, then, stood):
    held = keep(late(pine, forecast_day=date(2026, 9, 1)))
    later(replace(held, forecast_day=date(2026, 12, 1)))
    assert expectation_gaps(stood())[0].state is GapState.TO_EXPLAIN
    assert expectation_gaps(then())[0].gap == 0


def test_a_tolerance_is_the_one_that_held_then(keep, later, pine, then, stood):
    held = keep(late(pine))
    later(replace(held, tolerance=9999.0))
    assert expectation_gaps(stood())[0].state is GapState.WITHIN
    assert expectation_gaps(then())[0].state is GapState.TO_EXPLAIN


def test_a_signal_rejected_since_counted_then(keep, later, pine, then, stood):
    signal = keep(TrustSignal(client_id=pine.id, day=date(2026, 9, 1), what="x", kept=Kept.BROKEN))
    later(replace(signal, state=SignalState.REJECTED))
    assert trust_now(stood()) is None
    assert trust_now(then()).signals == 1


def test_a_problem_made_internal_since_was_owed_then(keep, later, pine, then, stood, at):
    issue = keep(Issue(client_id=pine.id, statement="x", found_at=at - timedelta(days=60)))
    later(replace(issue, internal=True))
    assert past_limit(stood()) == []
    assert [i.id for i in past_limit(then())] == [issue.id]


def test_what_was_told_then_and_recorded_only_now_was_told(keep, later, pine, then, at):
    found = at - timedelta(days=60)
    issue = keep(Issue(client_id=pine.id, statement="x", found_at=found))
    later(replace(issue, told_at=found + timedelta(hours=1)))
    assert past_limit(then()) == []


def test_what_was_told_since_was_not_told_then(keep, later, pine, then, stood, at):
    issue = keep(Issue(client_id=pine.id, statement="x", found_at=at - timedelta(days=60)))
    later(replace(issue, told_at=at - timedelta(days=3)))
    assert past_limit(stood()) == []
    assert [i.id for i in past_limit(then())] == [issue.id]


def test_a_promise_moved_since_had_its_old_date(keep, later, pine, then):
    promise = keep(Promise(client_id=pine.id, what="x", to_whom="Xu", due=date(2026, 10, 1)))
    later(replace(promise, due=date(2026, 12, 1)))
    (found,) = then().of(Promise)
    assert found.due == date(2026, 10, 1)


def test_a_plan_that_ends_in_spring_ran_a_month_ago_and_a_date_ahead_stays(keep, pine, then):
    keep(
        PlanLine(
            client_id=pine.id, what="Weekly", first_on=date(2026, 3, 2), ended_on=date(2027, 3, 1)
        )
    )
    keep(KeyDate(client_id=pine.id, what="Fair", day=date(2027, 4, 1)))
    rel = then()
    (line,) = plan_kept(rel, reports=False)
    assert line.line.ended_on == date(2027, 3, 1)
    assert rel.of(KeyDate)[0].day == date(2027, 4, 1)


def test_what_undo_took_back_is_as_it_was(journal, keep, later, pine, then):
    held = keep(late(pine))
    later(replace(held, tolerance=9999.0))
    journal.undo()
    assert expectation_gaps(then())[0].state is GapState.TO_EXPLAIN


def test_a_record_added_late_about_that_time_counts(later, pine, then):
    later(late(pine))
    assert len(expectation_gaps(then())) == 1
