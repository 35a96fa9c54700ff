"""Working days on which we waited for the client, by hand: each once, never more than the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.answers.client_summary import Period
from pmdesk.answers.insights.waited_days import waited_days
from pmdesk.answers.text.said import say
from pmdesk.records.choices import Direction, NeedsReply
from pmdesk.records.interaction import Interaction
from pmdesk.records.project import Project
from pmdesk.records.trust import Promise, Side
from tests.answers.making import EN, TODAY


def on(month, day, hour=2):
    return datetime(2026, month, day, hour, tzinfo=UTC)  # ten in the morning in Shanghai


def ours(at, text="Could you send us the list?", thread=1, **more):
    return Interaction(
        subject=f"ask {at:%m-%d}",
        at=at,
        direction=Direction.OUTBOUND,
        thread=thread,
        text=text,
        **more,
    )


def theirs(at, thread=1, **more):
    return Interaction(subject="answer", at=at, direction=Direction.INBOUND, thread=thread, **more)


def promise(due, **more):
    return Promise(what="Access", by=Side.CLIENT, due=due, **more)


def days(rel, period=None):
    found = waited_days(rel, period or Period())
    return [(one.day.month, one.day.day) for one in found.shape.days]


# November 2026: the 2nd is a Monday
@pytest.mark.parametrize(
    ("records", "waited"),
    [
        ([ours(on(11, 2)), theirs(on(11, 4))], [(11, 3), (11, 4)]),
        ([ours(on(11, 2)), theirs(on(11, 2, 8))], []),
        # Friday to Monday: one working day
        ([ours(on(11, 6)), theirs(on(11, 9))], [(11, 9)]),
        # over National Day 2026, of which the 10th of October is a make-up workday
        ([ours(on(9, 30)), theirs(on(10, 10))], [(10, 8), (10, 9), (10, 10)]),
        # without an answer up to today
        ([ours(on(11, 19))], [(11, 20), (11, 23)]),
        # no question asks for nothing, but one marked so does
        ([ours(on(11, 19), text="Here is the list.")], []),
        ([ours(on(11, 19), text="The list.", needs_reply=NeedsReply.YES)], [(11, 20), (11, 23)]),
        ([ours(on(11, 19), needs_reply=NeedsReply.NO)], []),
        # an automatic answer ends nothing
        ([ours(on(11, 18)), theirs(on(11, 19), automatic=True), theirs(on(11, 20))],
         [(11, 19), (11, 20)]),
        # what reached nobody there asks nobody
        ([ours(on(11, 18), reached=False)], []),
        # two at once count each day once
        ([ours(on(11, 2)), theirs(on(11, 4)), ours(on(11, 3), thread=2),
          theirs(on(11, 5), thread=2)], [(11, 3), (11, 4), (11, 5)]),
        # asked in the evening in UTC, on the next day in Shanghai
        ([ours(on(11, 2, 17)), theirs(on(11, 4))], [(11, 4)]),
        # a late promise of theirs from the day after; ours are none
        ([promise(date(2026, 11, 4), delivered_on=date(2026, 11, 6))], [(11, 5), (11, 6)]),
        ([promise(date(2026, 11, 4), delivered_on=date(2026, 11, 4))], []),
        ([promise(date(2026, 11, 20))], [(11, 23)]),
        ([promise(date(2026, 11, 4), broken_on=date(2026, 11, 5))], [(11, 5)]),
        # agreed anew: the first date still counts as missed
        ([promise(date(2026, 11, 18), broken_on=date(2026, 11, 19), new_due=date(2026, 12, 1))],
         [(11, 19), (11, 20), (11, 23)]),
        ([Promise(what="x", to_whom="Xu", due=date(2026, 11, 4))], []),
    ],
)  # fmt: skip
def test_each_working_day_waited_counts_once(world, records, waited):
    rel, _ = world(records)
    assert days(rel) == waited
    found = waited_days(rel, Period())
    assert (found.enough, found.values["days"]) == (bool(waited), len(waited))


def test_a_question_without_an_answer_counts_two_months_at_most(world):
    rel, _ = world([ours(on(3, 2))])
    waited = days(rel)
    assert (waited[0], waited[-1]) == ((3, 3), (4, 30))
    assert date(2026, 4, 30) <= date(2026, 3, 2) + timedelta(days=62) < date(2026, 5, 6)


def test_never_more_than_the_calendar(world):
    asked = [ours(on(11, 2), thread=n) for n in range(1, 9)]
    rel, _ = world([*asked, promise(date(2026, 11, 2))])
    waited = days(rel)
    assert (
        len(waited) == len(set(waited)) == rel.calendar.workdays_between(date(2026, 11, 2), TODAY)
    )
    counted = waited_days(rel, Period()).shape.days[0]
    assert (counted.asks, counted.promises) == (8, 1)


def test_a_day_opens_what_had_waited_longest(world, journal):
    rel, _ = world(
        [ours(on(11, 2)), theirs(on(11, 5)), promise(date(2026, 11, 3)), ours(on(11, 4), thread=3)]
    )
    by_day = {item.cells[0].day: item for item in waited_days(rel, Period()).items}
    assert by_day[5].record[0] == "interaction"
    assert say(EN, by_day[5].cells[1]) == "ask 11-02, and 2 more"
    assert by_day[5].cells[2:] == (date(2026, 11, 2), 2, 1)
    assert by_day[6].record[0] == "promise"


def test_they_are_laid_against_the_project_furthest_behind_since_it_began(world):
    rel, _ = world(
        [
            Project(name="A", baseline_start=date(2026, 11, 4), baseline_end=date(2026, 11, 10),
                    forecast_end=date(2026, 11, 16)),
            Project(name="B", baseline_start=date(2026, 1, 4), baseline_end=date(2026, 11, 10),
                    forecast_end=date(2026, 11, 11)),
            ours(on(11, 2)), theirs(on(11, 6)),
        ]
    )  # fmt: skip
    found = waited_days(rel, Period())
    assert [one.day.day for one in found.shape.days] == [4, 5, 6]
    assert say(EN, found.verdict) == "Days waited for them: 3; A is behind by 4"
    assert say(EN, found.evidence).startswith("of 14 working days since 4 Nov 2026 · questions 1")


def test_a_project_in_time_is_said_to_be_so(world):
    end = {"baseline_end": date(2026, 11, 10), "forecast_end": date(2026, 11, 10)}
    rel, _ = world([Project(name="A", **end), ours(on(11, 19))])
    assert (
        say(EN, waited_days(rel, Period()).verdict)
        == "Days waited for them: 2; no project is behind"
    )


def test_only_days_of_the_period_count(world):
    rel, _ = world([ours(on(11, 2)), theirs(on(11, 13))])
    assert days(rel, Period(date(2026, 11, 5), date(2026, 11, 9))) == [(11, 5), (11, 6), (11, 9)]
