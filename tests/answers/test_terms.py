"""A target, a calendar and hours are valid from a day: what came before is judged by what held."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.actions.records import save_record
from pmdesk.answers.bounds import bounds
from pmdesk.answers.calendars import calendar_of, days_off, rules
from pmdesk.answers.relationship import relationship
from pmdesk.answers.responsiveness import Question, ask
from pmdesk.answers.rows.waiting import turn_rows
from pmdesk.answers.windows import waiting_now
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.choices import Direction
from pmdesk.records.client import Client
from pmdesk.records.interaction import Interaction
from pmdesk.records.terms import Earlier, earlier, follow_terms, held

MARCH = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
JUNE = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)


def turn(journal, client_id, asked, hours, thread):
    """A question and its answer so many working hours later on the same day."""
    with journal.action("Add", at=asked) as act:
        for direction, at in (
            (Direction.INBOUND, asked),
            (Direction.OUTBOUND, asked + timedelta(hours=hours)),
        ):
            act.save(
                Interaction(
                    client_id=client_id, direction=direction, at=at, thread=thread, subject="s",
                    source="mail",
                )
            )  # fmt: skip


@pytest.fixture
def client(journal):
    """A client with a target of 4 h since January; 6 h were needed in March and in June."""
    with journal.action("Add", at=datetime(2026, 1, 5, tzinfo=UTC)) as act:
        calendar = act.save(
            WorkCalendar(name="CN", zone="Asia/Shanghai", hours="Mon-Fri 09:00-18:00", country="CN")
        )
        made = act.save(Client(name="Pine", target_hours=4.0, calendar_id=calendar.id))
    turn(journal, made.id, MARCH, 6, 1)
    turn(journal, made.id, JUNE, 6, 2)
    return made


def within(journal, client_id):
    answer = ask(journal, journal.get(Client, client_id), Question(), at=NOW)
    return answer.total.within_target


def test_a_new_target_judges_what_comes_after_it_and_leaves_the_past_alone(journal, client):
    assert within(journal, client.id) == 0
    saved = save_record(
        journal, replace(client, target_hours=8.0), at=datetime(2026, 5, 1, 4, tzinfo=UTC)
    )
    assert saved.record.target_hours_since == date(2026, 5, 1)
    assert earlier(saved.record, "target_hours") == (Earlier(date(2026, 5, 1), 4.0),)
    assert [p.field for p in saved.remarks] == ["target_hours_since"]
    assert within(journal, client.id) == 0.5  # June in time, March late as it was
    answer = ask(journal, saved.record, Question(), at=NOW)
    assert (answer.targets, answer.target_hours) == ([4.0, 8.0], 8.0)
    assert [line.hours > line.target for line in turn_rows(journal, answer)] == [False, True]
    worst = bounds(relationship(journal, saved.record, at=NOW), answer, since=None)
    assert worst.worst_within == 0.5
    journal.undo()
    assert within(journal, client.id) == 0


def test_a_day_put_right_or_emptied_judges_the_past_anew(journal, client):
    may = datetime(2026, 5, 1, 4, tzinfo=UTC)
    saved = save_record(journal, replace(client, target_hours=8.0), at=may).record
    moved = save_record(journal, replace(saved, target_hours_since=date(2026, 2, 1)), at=may).record
    assert within(journal, client.id) == 1
    assert held(moved, "target_hours", date(2026, 1, 31)) == 4.0
    always = save_record(journal, replace(moved, target_hours_since=None), at=may).record
    assert always.target_hours_before == ()
    assert held(always, "target_hours", date(2020, 1, 1)) == 8.0


def test_a_target_from_a_coming_day_holds_from_then(journal, client):
    changed = replace(client, target_hours=8.0, target_hours_since=date(2026, 9, 1))
    saved = save_record(journal, changed, at=datetime(2026, 5, 1, tzinfo=UTC)).record
    assert within(journal, client.id) == 0
    assert held(saved, "target_hours", date(2026, 8, 31)) == 4.0
    assert held(saved, "target_hours", date(2026, 9, 1)) == 8.0


def test_what_a_client_said_on_its_first_day_has_never_held(journal):
    at = datetime(2026, 5, 1, 4, tzinfo=UTC)
    made = save_record(journal, Client(name="New"), at=at).record
    changed = save_record(
        journal, replace(made, target_hours=2.0), at=at + timedelta(hours=3)
    ).record
    assert (changed.target_hours_since, changed.target_hours_before) == (None, ())


def test_values_typed_one_after_the_other_on_a_day_leave_one_trace():
    today = date(2026, 5, 1)
    first = Client(name="x", target_hours=4.0)
    second = follow_terms(first, replace(first, target_hours=1.0), today)
    third = follow_terms(second, replace(second, target_hours=12.0), today)
    assert earlier(third, "target_hours") == (Earlier(today, 4.0),)
    later = follow_terms(third, replace(third, target_hours=6.0), date(2026, 6, 1))
    assert [held(later, "target_hours", date(2026, m, 15)) for m in (4, 5, 6)] == [4.0, 12.0, 6.0]
    back = follow_terms(
        later,
        replace(later, target_hours=5.0, target_hours_since=date(2026, 4, 1)),
        date(2026, 7, 1),
    )
    assert earlier(back, "target_hours") == (Earlier(date(2026, 4, 1), 6.0),)


def test_another_calendar_counts_from_its_day_on(journal, client):
    with journal.action("Add", at=MARCH) as act:
        half = act.save(
            WorkCalendar(name="Half", zone="Asia/Shanghai", hours="Mon-Fri 09:00-12:00")
        )
    save_record(
        journal, replace(client, calendar_id=half.id), at=datetime(2026, 5, 1, 4, tzinfo=UTC)
    )
    answer = ask(journal, journal.get(Client, client.id), Question(), at=NOW)
    assert answer.hours == [6.0, 3.0]


def test_hours_of_a_calendar_count_from_their_day_on(journal, client):
    calendar = calendar_of(journal, client)
    save_record(
        journal,
        replace(calendar, hours="Mon-Fri 09:00-12:00"),
        at=datetime(2026, 5, 1, 4, tzinfo=UTC),
    )
    answer = ask(journal, client, Question(), at=NOW)
    assert answer.hours == [6.0, 3.0]


def test_what_waits_is_late_by_the_target_that_held(journal, client):
    asked = datetime(2026, 4, 29, 1, tzinfo=UTC)
    with journal.action("Add", at=asked) as act:
        act.save(
            Interaction(client_id=client.id, at=asked, thread=9, subject="open", source="mail")
        )
    saved = save_record(
        journal, replace(client, target_hours=400.0), at=datetime(2026, 5, 1, 4, tzinfo=UTC)
    ).record
    (one,) = waiting_now(relationship(journal, saved, at=datetime(2026, 5, 12, tzinfo=UTC)))
    assert (one.target, one.late) == (4.0, True)


def test_a_client_with_a_zone_and_no_calendar_works_in_its_own_zone(journal, client):
    with journal.action("Add", at=MARCH) as act:
        york = act.save(Client(name="York", zone="America/New_York"))
    assert calendar_of(journal, york).zone == "America/New_York"
    turn(journal, york.id, datetime(2026, 3, 10, 14, tzinfo=UTC), 2, 5)  # 10:00 there
    assert ask(journal, york, Question(), at=NOW).hours == [2.0]


def test_who_works_on_saturdays_has_those_of_a_holiday_off():
    plan = rules(WorkCalendar(name="x", hours="Mon-Sat 09:00-18:00", country="CN"))
    assert plan.workdays_between(date(2026, 9, 30), date(2026, 10, 9)) == 2  # 8 and 9 October
    off = (
        date(2026, 1, 3),
        date(2026, 2, 21),
        date(2026, 10, 3),
        date(2015, 9, 26),
        date(2027, 10, 2),
    )
    assert not any(plan.is_workday(day) for day in off)
    worked = (date(2026, 2, 14), date(2026, 10, 10), date(2026, 1, 10), date(2026, 2, 7))
    assert all(plan.is_workday(day) for day in worked)


def test_of_an_unannounced_year_the_days_fixed_by_law_are_free():
    plan = rules(WorkCalendar(name="x", hours="Mon-Fri 09:00-18:00", country="CN"))
    assert 2027 in plan.unannounced
    assert (
        plan.workdays_between(date(2027, 1, 29), date(2027, 2, 26)) == 16
    )  # 20 Mondays to Fridays
    holidays = pytest.importorskip("holidays")
    law = holidays.country_holidays("CN", years=range(2027, 2031))
    known = days_off("CN").off
    assert set(law) == {d for d in known if 2027 <= d.year <= 2030}
