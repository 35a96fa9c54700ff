"""Proposed signals: only what is wholly known, for a judged one is never proposed again."""

from datetime import date, timedelta

import pytest

from pmdesk.answers.rows.proposals import proposals
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Direction
from pmdesk.records.interaction import Interaction
from pmdesk.records.trust import Promise, Side
from pmdesk.words import words_for

EN = words_for("en")
TODAY = date(2026, 11, 23)


@pytest.fixture
def mail(keep, pine, local):
    """A message of the client, answered after an hour unless it is not."""

    def write(thread, *moment, answered=True):
        asked = local(2026, *moment)
        keep(Interaction(client_id=pine.id, at=asked, thread=thread, subject="?"))
        if answered:
            keep(Interaction(client_id=pine.id, at=asked + timedelta(hours=1), thread=thread,
                             subject="!", direction=Direction.OUTBOUND))  # fmt: skip

    return write


def months(rel):
    return [p.source for p in proposals(rel) if p.source.startswith("answers:")]


def test_a_month_that_the_window_cuts_is_not_proposed(mail, stood, local):
    for n, moment in enumerate(((8, 3, 10), (8, 28, 10), (9, 1, 10), (10, 9, 10)), 1):
        mail(n, *moment)
    assert months(stood()) == ["answers:2026-10:kept", "answers:2026-09:kept"]
    # 91 days before 30 October is 31 July: August is whole
    assert "answers:2026-08:kept" in months(stood(local(2026, 10, 30, 12)))
    assert "answers:2026-08:kept" not in months(stood(local(2026, 11, 2, 12)))


def test_a_month_waits_while_a_message_may_still_be_in_time(mail, stood, local):
    mail(1, 10, 12, 10)
    mail(2, 10, 30, 17, 30, answered=False)
    assert months(stood(local(2026, 11, 2, 9, 30))) == []
    found = months(stood(local(2026, 11, 3, 12)))
    assert sorted(found) == ["answers:2026-10:broken", "answers:2026-10:kept"]


def test_a_month_that_runs_is_not_proposed(mail, stood):
    mail(1, 11, 3, 10)
    assert months(stood()) == []


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"due": date(2026, 5, 1), "new_due": date(2026, 12, 1)}, "Promise not kept: x"),
        ({"due": date(2026, 12, 1)}, None),
        ({"due": date(2026, 5, 1), "delivered_on": date(2026, 5, 1)}, "Promise kept: x"),
        ({"due": date(2026, 5, 1), "delivered_on": date(2026, 5, 2)}, "Promise not kept: x"),
        ({"due": date(2026, 5, 1), "by": Side.CLIENT}, None),
    ],
)
def test_a_promise_is_proposed_by_its_first_date(keep, pine, stood, more, found):
    keep(Promise(client_id=pine.id, what="x", to_whom="Xu", **more))
    assert [say(EN, p.what) for p in proposals(stood())] == ([found] if found else [])
