"""Days in touch, the gaps between them and which silence is longer than usual, by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.contact import contact
from pmdesk.answers.relationship import relationship
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Channel, DateDoubt, Direction
from pmdesk.records.interaction import Interaction
from tests.answers.making import EN, NOW, TODAY

DAY = timedelta(days=1)


@pytest.fixture
def of(journal, keep, pine):
    def ask(*days_ago, period=None, more=(), **fields):
        client = keep(replace(pine, **fields))
        for ago in days_ago:
            keep(Interaction(client_id=client.id, subject=f"{ago}", at=NOW - ago * DAY))
        for one in more:
            keep(replace(one, client_id=client.id))
        return contact(relationship(journal, client, at=NOW), period or Period())

    return ask


def every_two(last):
    """Forty gaps of two days, the last contact so many days ago."""
    return range(last + 80, last - 1, -2)


@pytest.mark.parametrize(
    ("days_ago", "fields", "told"),
    [
        (every_two(0), {}, "In touch every 2.0 days"),
        (every_two(2), {}, "In touch every 2.0 days"),
        (every_two(3), {}, "Silent for 3 days, longer than ever before"),
        ([120, *every_two(5)], {}, "Silent for 5 days, longer than usual"),
        ([20, 10], {}, "In touch every 10.0 days"),
        ([20, 10], {"contact_max_days": 9}, "Silent for 10 days, longer than usual"),
        ([30, 11], {"contact_every_days": 11}, "In touch every 19.0 days"),
        ([0], {}, "In touch on one day, 23 Nov 2026"),
        ([], {}, "No contact yet"),
    ],
)
def test_the_verdict(of, days_ago, fields, told):
    found = of(*days_ago, **fields)
    assert say(EN, found.verdict) == told
    assert found.enough == bool(days_ago)


def test_silences_lie_between_the_days_in_touch_and_the_last_may_last(of):
    found = of(120, *every_two(7))
    assert [(one.since, one.until, one.lasts) for one in found.shape.silences] == [
        (TODAY - 120 * DAY, TODAY - 87 * DAY, False),
        (TODAY - 7 * DAY, TODAY, True),
    ]
    assert [item.cells[3] for item in found.items[-2:]] == [33, 7]
    assert found.items[-1].record is None
    assert say(EN, found.evidence) == (
        "days in touch: 42 · usual: at most 2 days (95% of gaps) · longer: 2"
    )


def test_what_is_usual_is_the_95th_percentile_of_the_gaps(of):
    # sixteen gaps of two days and one of 30: 95 % of them lie below 2 + 28 × 0.2
    found = of(62, *range(32, -1, -2))
    assert found.values["usual_days"] == pytest.approx(2 + 28 * (0.95 * 16 - 15))
    assert [one.days for one in found.shape.silences] == [30]


def test_a_day_has_a_row_for_each_way_with_its_first_contact(of, pine, journal):
    made = [
        Interaction(at=NOW, subject="m1", who="Xu"),
        Interaction(at=NOW + timedelta(seconds=-60), subject="m0", who="Xu <x@pine.example>"),
        Interaction(at=NOW, subject="out", direction=Direction.OUTBOUND),
        Interaction(at=NOW, subject="call", channel=Channel.CALL, direction=Direction.OUTBOUND),
        Interaction(at=NOW, subject="robot", automatic=True),
        Interaction(at=NOW, subject="bounced", direction=Direction.OUTBOUND, reached=False),
        Interaction(at=NOW - DAY, subject="aside", direction=Direction.OUTBOUND, reached=False),
        Interaction(at=NOW, subject="dateless", date_doubt=DateDoubt.MISSING),
        Interaction(at=NOW + DAY, subject="to come"),
    ]
    found = of(more=made)
    told = [(say(EN, item.cells[1]), item.cells[2], item.cells[5]) for item in found.items]
    assert sorted(told) == [
        ("Call", 1, "call"),
        ("Mail from them", 2, "m0"),
        ("Mail from us", 1, "out"),
    ]
    assert {one.day for one in found.shape.touched} == {TODAY}


def test_a_day_is_the_client_s_and_free_days_are_of_its_calendar(of):
    # 30 September 16:30 UTC is the first of October in Shanghai, a holiday
    late = datetime(2026, 9, 30, 16, 30, tzinfo=UTC)
    found = of(
        more=[Interaction(at=late, subject="x"), Interaction(at=late + 10 * DAY, subject="y")]
    )
    assert [one.day for one in found.shape.touched] == [date(2026, 10, 1), date(2026, 10, 11)]
    assert found.shape.holidays[0] == date(2026, 10, 1)
    assert found.shape.workdays == (date(2026, 10, 10),)


def test_the_period_bounds_what_is_shown_but_not_what_is_usual(of):
    last = TODAY - 7 * DAY
    found = of(*every_two(7), period=Period(last - 4 * DAY, last))
    assert len(found.shape.touched) == 3
    assert say(EN, found.verdict) == "In touch every 2.0 days"
    assert found.values["usual_days"] == 2
