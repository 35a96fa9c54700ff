"""What was taken out of a figure stands beside it, and what was changed afterwards is listed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmdesk.actions.records import delete_record, save_record
from pmdesk.actions.refusals import Refused
from pmdesk.actions.replies import answer_by, count_as_question, mark_reply
from pmdesk.answers.audit import audit, rejected
from pmdesk.answers.bounds import bounds
from pmdesk.answers.relationship import recent_since, relationship
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Channel, Direction, NeedsReply
from pmdesk.records.client import Client
from pmdesk.records.expectations import Dimension, Expectation
from pmdesk.records.interaction import Interaction
from pmdesk.records.transparency import Issue, Severity
from pmdesk.records.trust import Kept, Promise, Side, SignalState, TrustSignal
from pmdesk.words import words_for


@pytest.fixture
def said(journal, pine):
    """The sentences beside the response figure at a moment."""

    def found(at):
        rel = relationship(journal, pine, at=at)
        since = recent_since(at, rel.zone)
        return [say(words_for("en"), s) for s in bounds(rel, rel.answer, since=since).sentences()]

    return found


@pytest.fixture
def asked(keep, pine, at):
    """Ask at so many days before now; answered after hours where given."""

    def made(days, answered=None):
        when = at - timedelta(days=days)
        first = keep(
            Interaction(
                client_id=pine.id,
                at=when,
                thread=days,
                subject=f"Q{days}",
                direction=Direction.INBOUND,
            )
        )
        if answered is not None:
            keep(
                Interaction(
                    client_id=pine.id, at=when + timedelta(hours=answered), thread=days,
                    subject="A", direction=Direction.OUTBOUND,
                )
            )  # fmt: skip
        return first

    return made


def test_the_worst_case_is_that_no_open_turn_is_ever_answered(asked, said, at):
    asked(40, 1)
    asked(33, 1)
    asked(26)
    asked(0)
    assert said(at) == ["at worst 50% in time"]


def test_marks_are_counted_and_those_made_late_apart(journal, asked, said, at):
    late, early = asked(10), asked(5)
    mark_reply(journal, [late.id], NeedsReply.NO, at=at)
    mark_reply(journal, [early.id], NeedsReply.NO, at=early.at + timedelta(hours=1))
    assert said(at) == ["no reply needed: 2, of them 1 marked after the target"]
    journal.undo()
    assert said(at)[-1] == "no reply needed: 1, of them 1 marked after the target"


def test_calls_and_deleted_mail_stand_beside_the_figure(journal, asked, said, at):
    one, other = asked(10), asked(5)
    answer_by(journal, [one.id], Channel.CALL, when=one.at + timedelta(hours=1), at=at)
    asked(3, 1)
    delete_record(journal, other, at=at)
    assert said(at)[1:] == ["answered by a call: 1", "deleted mail of this time: 1"]
    journal.undo()
    assert said(at)[1:] == ["answered by a call: 1"]


@pytest.mark.parametrize("hours", [-1, 0])
def test_a_call_before_its_question_is_refused(journal, asked, at, hours):
    one = asked(10)
    with pytest.raises(Refused) as refused:
        answer_by(journal, [one.id], Channel.CALL, when=one.at + timedelta(hours=hours), at=at)
    assert [p.field for p in refused.value.problems] == ["when"]
    with pytest.raises(Refused):
        answer_by(journal, [one.id], Channel.CALL, when=at + timedelta(hours=1), at=at)
    assert journal.count(Interaction) == 1


def test_mail_taken_for_automatic_is_put_right_and_back(journal, keep, pine, at, said):
    robot = keep(Interaction(client_id=pine.id, at=at, thread=1, subject="OOO", automatic=True))
    count_as_question(journal, robot.id, at=at)
    assert relationship(journal, pine, at=at).answer.total.open == 1
    journal.undo()
    assert relationship(journal, pine, at=at).answer.total.open == 0


@pytest.fixture
def told(journal, pine):
    def lines(at):
        rel = relationship(journal, journal.get(Client, pine.id), at=at)
        return [say(words_for("en"), line.what) for line in audit(rel)]

    return lines


def test_changes_that_move_a_figure_are_listed(journal, keep, pine, at, told):
    day, ago = date(2026, 11, 1), at - timedelta(days=9)
    issue = keep(Issue(client_id=pine.id, statement="Loss", found_at=ago, severity=Severity.S1))
    promise = keep(Promise(client_id=pine.id, what="Plan", due=day, by=Side.US, to_whom="Li"))
    wish = keep(
        Expectation(
            client_id=pine.id, statement="Live", said_by="Li", dimension=Dimension.SCHEDULE,
            expected_day=day, forecast_day=day + timedelta(days=9), tolerance=2,
        )
    )  # fmt: skip
    signal = keep(TrustSignal(client_id=pine.id, what="Late", day=day, kept=Kept.BROKEN))
    for record, more in (
        (journal.get(Client, pine.id), {"target_hours": 24.0}),
        (wish, {"tolerance": 99.0}),
        (issue, {"severity": Severity.S3, "found_at": ago + timedelta(days=1)}),
        (promise, {"new_due": day + timedelta(days=30)}),
        (signal, {"state": SignalState.REJECTED}),
    ):
        save_record(journal, replace(record, **more), at=at)
    found = told(at)
    assert [line.partition(":")[0] for line in reversed(found)] == [
        "response target", "tolerance", "less severe", "found later", "promise moved", "signal rejected",
    ]  # fmt: skip
    assert "response target: 8 → 24 h" in found
    assert "promise moved: 2026-11-01 → 2026-12-01" in found
    rel = relationship(journal, pine, at=at)
    assert rejected(rel) == {"broken": (1, 1)}
    journal.undo()
    assert not any(line.startswith("signal") for line in told(at))


def test_a_problem_closed_or_hidden_untold_is_listed(journal, keep, pine, at, told):
    ago = at - timedelta(days=2)
    first = keep(Issue(client_id=pine.id, statement="A", found_at=ago))
    other = keep(Issue(client_id=pine.id, statement="B", found_at=ago))
    save_record(journal, replace(first, closed_on=at.date()), at=at)
    save_record(journal, replace(other, internal=True), at=at)
    assert told(at) == ["made internal only", "closed without telling the client"]


def test_what_nobody_could_see_as_a_change_is_not_listed(journal, keep, pine, at, told):
    issue = keep(Issue(client_id=pine.id, statement="A", found_at=at - timedelta(days=2)))
    save_record(journal, replace(issue, severity=Severity.S1, owner="Li"), at=at)
    assert told(at) == []
