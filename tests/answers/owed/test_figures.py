"""The line of a client in the portfolio: what it is made of, and that it is read back as it was."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.clients import pulse_of
from pmdesk.answers.health import client_health
from pmdesk.answers.owed.figures import (
    ClientFigures,
    Last,
    as_values,
    day_of,
    from_values,
    last_moment,
)
from pmdesk.answers.owed.figuring import WEEKS, client_figures
from pmdesk.answers.relationship import relationship
from pmdesk.records.choices import Channel, Direction
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.transparency import Severity
from pmdesk.records.trust import Kept, Promise, TrustSignal
from tests.answers.owed.making import AFTER, EVE, asked, asks, call, problem, wall

MONDAY = wall(10, 12, 9)


@pytest.fixture
def line(journal, pine):
    """The client's line at a moment."""
    return lambda at=AFTER: client_figures(
        relationship(journal, journal.get(Client, pine.id), at=at)
    )


@pytest.fixture
def answered(keep, pine):
    """A question of theirs, answered after so many hours; with None it waits."""
    thread = 100

    def store(at, hours):
        nonlocal thread
        thread += 1
        keep(asked(at, client_id=pine.id, thread=thread))
        if hours is not None:
            keep(asks(at + timedelta(hours=hours), client_id=pine.id, thread=thread))

    return store


def test_a_client_of_whom_nothing_is_known(line, pine):
    found = line()
    nothing = dict.fromkeys(ClientFigures._fields) | {
        "day": "2026-10-16", "weeks": (None,) * 26, "n": 0, "target": 8.0, "alone": "",
    }  # fmt: skip
    assert found == ClientFigures(**nothing)
    assert day_of(found) == date(2026, 10, 16)
    assert last_moment(found) is None


def test_the_weeks_are_the_last_26_the_running_one_last(line, answered):
    answered(MONDAY, 2)
    answered(MONDAY - timedelta(weeks=1, days=-3), 4)
    answered(MONDAY - timedelta(weeks=25), 3)
    answered(MONDAY - timedelta(weeks=26), 1)
    weeks = line().weeks
    assert len(weeks) == WEEKS == 26
    assert [(n, hours) for n, hours in enumerate(weeks) if hours is not None] == [
        (0, 3.0), (24, 4.0), (25, 2.0),
    ]  # fmt: skip


def test_a_week_that_half_has_not_answered_has_no_median(line, answered):
    answered(MONDAY, 2)
    answered(MONDAY, None)
    answered(MONDAY, None)
    assert line().weeks[-1] is None


def test_the_median_is_of_thirteen_weeks_with_its_interval(line, answered):
    for n in range(21):
        answered(MONDAY - timedelta(weeks=2 + n % 3), 1 + n % 7)
    answered(MONDAY - timedelta(weeks=14), 8)
    found = line()
    assert (found.n, found.median) == (21, 4.0)
    assert 1 < found.low < 4 < found.high < 7


def test_the_target_is_that_of_the_client(keep, line, pine):
    keep(replace(pine, target_hours=3.5))
    assert line().target == 3.5


def test_the_last_that_was_said_is_told_whoever_said_it(keep, line, pine):
    keep(
        asks(EVE, client_id=pine.id, subject="List"),
        asked(AFTER, client_id=pine.id, channel=Channel.CALL, subject="Test", thread=None),
        asked(AFTER, client_id=pine.id, automatic=True),
        asked(AFTER + timedelta(seconds=1), client_id=pine.id),
    )
    found = line()
    assert found.last == Last(
        2, "2026-10-16T04:00:00Z", "call", "inbound", "Xu <xu@pine.example>", "Test"
    )
    assert last_moment(found) == AFTER
    assert found.last_contact == AFTER.isoformat()
    assert line(EVE).last.subject == "List"


def test_their_mail_is_no_contact_of_ours(keep, line, pine):
    keep(asks(EVE, client_id=pine.id), asked(AFTER, client_id=pine.id, who="", subject=""))
    found = line()
    assert (found.last.id, found.last.who, found.last.subject) == (2, "", "")
    assert found.last_contact == EVE.isoformat()


ALONE = {
    "one of two": ([(1, EVE), (2, None)], "Xu"),
    "both": ([(1, EVE), (2, EVE)], ""),
    "one of one": ([(1, EVE)], ""),
    "nobody": ([(1, None), (2, None)], ""),
    "the other one, before ninety days": ([(1, EVE), (2, AFTER - timedelta(days=91))], "Xu"),
}


@pytest.mark.parametrize(("written", "who"), ALONE.values(), ids=ALONE)
def test_one_person_who_alone_writes_is_named(keep, line, pine, written, who):
    keep(Contact(client_id=pine.id, name="Xu"), Contact(client_id=pine.id, name="Li"))
    for contact, at in written:
        keep(call(EVE, client_id=pine.id, contact_id=contact))
        if at is not None:
            keep(asked(at, client_id=pine.id, contact_id=contact))
    assert line().alone == who


def signals(pine, n, **more):
    return [
        TrustSignal(client_id=pine.id, day=date(2026, 10, 1), what="x", **more) for _ in range(n)
    ]


def test_health_is_told_where_it_is_more_than_noise(journal, keep, line, pine, answered):
    for n in range(12):
        answered(MONDAY - timedelta(days=7 * n), 1)
    keep(*signals(pine, 40), replace(problem(Severity.S2, EVE), client_id=pine.id, told_at=EVE))
    rel = relationship(journal, pine, at=AFTER)
    health = client_health(rel, pulse=pulse_of(journal, pine.id))
    assert health.now.error <= 15
    assert line().health == health.now.value is not None
    assert line().health_error == health.now.error
    assert health.change is None or line().moved == (
        health.change.points if health.change.real else None
    )


def test_health_that_is_lost_in_its_noise_is_not_told(journal, keep, line, pine, answered):
    answered(MONDAY, 1)
    answered(MONDAY, 20)
    keep(*signals(pine, 1), *signals(pine, 1, kept=Kept.BROKEN))
    health = client_health(relationship(journal, pine, at=AFTER))
    assert health.now.value is not None
    assert health.now.error > 15
    assert (line().health, line().health_error, line().moved) == (None, None, None)


@pytest.mark.parametrize(("kept", "broken", "is_told"), [(4, 2, True), (3, 0, False)])
def test_fifteen_points_are_noise(journal, keep, line, pine, answered, kept, broken, is_told):
    for hours in (1, 30, 1, 30):
        answered(MONDAY, hours)
    keep(*signals(pine, kept), *signals(pine, broken, kept=Kept.BROKEN))
    error = client_health(relationship(journal, pine, at=AFTER)).now.error
    assert (14.9 < error <= 15, 15 < error < 15.1) == (is_told, not is_told)
    assert (line().health is not None) == is_told


def test_a_real_change_of_health_is_told(journal, keep, line, pine, answered):
    for n in range(40):
        answered(MONDAY - timedelta(days=70 + n), 1)
        answered(MONDAY - timedelta(days=n // 2), 30)
    with journal.action("Add", at=datetime(2026, 6, 1, tzinfo=UTC)) as act:
        for one in signals(pine, 40):
            act.save(replace(one, day=date(2026, 8, 1)))
    change = client_health(relationship(journal, pine, at=AFTER)).change
    assert change.real
    assert line().moved == change.points < 0


@pytest.mark.parametrize("direction", list(Direction))
def test_a_line_is_read_back_as_it_was(keep, line, pine, answered, direction):
    answered(MONDAY, 2)
    keep(
        call(EVE, client_id=pine.id), replace(asked(AFTER, client_id=pine.id), direction=direction)
    )
    keep(Promise(client_id=pine.id, what="x", to_whom="Xu"))
    found = line()
    assert from_values(json.loads(json.dumps(as_values(found)))) == found
    nothing = found._replace(last=None, last_contact=None)
    assert from_values(json.loads(json.dumps(as_values(nothing)))) == nothing
