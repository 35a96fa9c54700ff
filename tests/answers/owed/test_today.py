"""Today over all clients: its order, what is set aside, what is folded into another row."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import inf

import pytest

from pmdesk.actions.put_off import put_off
from pmdesk.answers.owed.row import Owed, as_values, from_values, owed
from pmdesk.answers.owed.rules import BY_NAME
from pmdesk.answers.owed.standing import Standings
from pmdesk.answers.owed.today import (
    Aside,
    Lookers,
    Row,
    acts_now,
    around,
    by_client,
    is_shown,
    picked,
    row_values,
    seen,
    today,
)
from pmdesk.answers.practices.figures import Key
from pmdesk.answers.relationship import relationship
from pmdesk.insight.urgency import urgency
from pmdesk.records.appointment import Appointment
from pmdesk.records.calendar import WorkCalendar
from pmdesk.records.client import Client
from pmdesk.records.contact import Contact
from pmdesk.records.set_aside import SetAside
from pmdesk.records.transparency import Severity
from pmdesk.records.trust import Promise
from pmdesk.words import words_for
from tests.answers.owed.making import EVE, asked, call, happened, problem, wall, weekly_calls

AT = wall(10, 9, 12)


@pytest.fixture
def birch(keep):
    """A second client."""
    return keep(Client(name="Birch"))


@pytest.fixture
def look(journal):
    """Today at a moment, from what is found at it."""

    def looked(at=AT):
        found = Standings()
        found.bring_up_to_date(journal, at=at)
        return today(journal, found.known.values(), at=at)

    return looked


def promise(client, day, what="x"):
    return Promise(client_id=client.id, what=what, to_whom="Xu", due=date(2026, 10, day))


def test_the_most_pressing_comes_first_over_all_clients(keep, look, pine, birch):
    keep(
        promise(birch, 10, "tomorrow"), promise(pine, 8, "yesterday"), promise(birch, 2, "last week"),
        replace(problem(Severity.S2, wall(10, 9, 9)), client_id=pine.id),
        replace(happened(Severity.S1, wall(10, 9, 9)), client_id=birch.id),
        replace(asked(wall(10, 9, 9)), client_id=pine.id), replace(pine, target_hours=2.0),
    )  # fmt: skip
    rows = look().rows
    assert [(row.owed.what, row.client, row.late) for row in rows] == [
        ("Line stands still", "Birch", True),
        ("last week", "Birch", True),
        ("Pump fails", "Pine Manufacturing", False),
        ("yesterday", "Pine Manufacturing", True),
        ("Interface test", "Pine Manufacturing", True),
        ("tomorrow", "Birch", False),
    ]
    pressing = [row.urgency for row in rows]
    assert pressing == sorted(pressing, reverse=True)


def test_how_pressing_a_row_is_follows_from_its_rule(keep, look, pine):
    keep(replace(problem(Severity.S2, wall(10, 9, 9)), client_id=pine.id))
    (row,) = look().rows
    rule = BY_NAME["untold"]
    assert (row.rule, row.owed.weight) == (rule, 1.2)
    assert row.urgency == urgency(rule.harm * 1.2, -3600, span=rule.span.total_seconds())


def test_of_two_as_pressing_the_longer_late_the_client_and_the_record_decide(
    keep, look, pine, birch
):
    keep(*(promise(client, 8) for client in (pine, birch, pine)))
    keep(promise(pine, 1), promise(pine, 2))  # both as pressing as can be told apart
    shown = look(wall(12, 31, 12)).rows
    rows = [(row.client, row.owed.key.id) for row in shown if row.owed.rule != "greet"]
    assert rows == [
        ("Pine Manufacturing", 4), ("Pine Manufacturing", 5), ("Birch", 2),
        ("Pine Manufacturing", 1), ("Pine Manufacturing", 3),
    ]  # fmt: skip


def test_what_has_no_hour_comes_after_what_has_reached_its_own(journal, look, pine, keep):
    keep(pine)
    rows = [
        Owed("risk", Key("issue", 1), pine.id, "without"),
        Owed("solution", Key("issue", 2), pine.id, "with", late_from=AT.timestamp()),
    ]
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    (one,) = found.known.values()
    shown = today(journal, [replace(one, rows=tuple(rows))], at=AT).rows
    assert [(row.owed.what, row.urgency, row.late) for row in shown] == [
        ("with", 35, True), ("without", 35, False),
    ]  # fmt: skip


def test_late_rows_are_counted(keep, look, pine):
    keep(promise(pine, 8), promise(pine, 7), promise(pine, 10))
    found = look()
    assert (len(found.rows), found.late, found.aside, found.at) == (3, 2, [], AT)


@pytest.fixture
def aside(journal, keep, look, pine):
    """A promise set aside until Monday, 12 October, at the journal's clocks."""
    keep(promise(pine, 10))
    (row,) = look().rows
    put_off(journal, row.owed, why="They are away", until=date(2026, 10, 12), at=AT)
    return row


def test_what_is_set_aside_comes_back_on_its_day(look, aside):
    said = Aside(1, date(2026, 10, 12), "They are away")
    assert (look().rows, look().aside) == ([], [(aside, said)])
    before = look(wall(10, 11, 23, 59))
    assert (before.rows, [one for _, one in before.aside]) == ([], [said])
    on_the_day = look(wall(10, 12))
    assert ([row.owed for row in on_the_day.rows], on_the_day.aside) == ([aside.owed], [])


def test_the_day_is_that_of_the_journals_clocks_whatever_the_clients(journal, keep, look, pine):
    keep(replace(pine, zone="America/New_York"), promise(pine, 10))
    (row,) = look(wall(10, 10, 12)).rows
    put_off(journal, row.owed, why="x", until=date(2026, 10, 12), at=wall(10, 10, 12))
    assert len(look(wall(10, 11, 23, 59)).aside) == 1
    assert look(wall(10, 12)).aside == []


def test_only_what_is_named_is_set_aside(journal, keep, look, pine, aside):
    keep(promise(pine, 9), replace(problem(Severity.S2, EVE), client_id=pine.id))
    assert [row.owed.about for row in look().rows] == ["untold:issue:1", "promise:promise:2"]


def test_what_is_not_shown_yet_is_not_counted_as_set_aside(journal, keep, look, pine):
    until = date(2026, 12, 1)
    keep(promise(pine, 30), SetAside(about="promise:promise:1", why="x", until=until))
    assert look().aside == []
    assert len(look(wall(10, 29)).aside) == 1


def test_what_is_set_aside_twice_is_so_until_the_later_day(keep, look, pine):
    keep(promise(pine, 10))
    for day in (20, 25, 22):
        keep(SetAside(about="promise:promise:1", why=f"x{day}", until=date(2026, 10, day)))
    assert [one for _, one in look().aside] == [Aside(2, date(2026, 10, 25), "x25")]


def test_what_is_set_aside_comes_in_the_order_of_its_return(keep, look, pine):
    keep(promise(pine, 8), promise(pine, 1), promise(pine, 2))
    for number, day in ((1, 21), (2, 25), (3, 21)):
        keep(SetAside(about=f"promise:promise:{number}", why="x", until=date(2026, 10, day)))
    assert [row.owed.key.id for row, _ in look().aside] == [3, 1, 2]


def test_a_silent_client_says_it_for_its_people(keep, look, pine):
    calls = weekly_calls(wall(9, 28, 12), contact_id=1)
    keep(replace(pine, contact_max_days=60), Contact(client_id=pine.id, name="Xu"))
    keep(*(replace(one, client_id=pine.id) for one in calls))
    assert [row.owed.rule for row in look().rows] == ["person_silent"]
    keep(replace(pine, contact_max_days=5))
    assert [row.owed.rule for row in look().rows] == ["silence"]
    keep(replace(call(AT), client_id=pine.id))
    assert [row.owed.rule for row in look().rows] == ["person_silent"]


def test_what_another_client_keeps_silent_of_hides_nobody_here(keep, look, pine, birch):
    keep(replace(birch, contact_max_days=1), replace(pine, contact_max_days=60))
    keep(Contact(client_id=pine.id, name="Xu"))
    keep(*(replace(one, client_id=pine.id) for one in weekly_calls(wall(9, 28, 12), contact_id=1)))
    assert sorted(row.owed.rule for row in look().rows) == ["person_silent", "silence"]


def test_rows_by_client_keep_their_order(keep, look, pine, birch):
    keep(promise(birch, 8), promise(pine, 1), promise(birch, 2), promise(pine, 7))
    grouped = by_client(look().rows)
    assert [(name, [row.owed.key.id for row in rows]) for name, rows in grouped] == [
        ("Pine Manufacturing", [2, 4]), ("Birch", [3, 1]),
    ]  # fmt: skip
    assert by_client([]) == []


def test_it_is_the_same_without_the_journal(journal, keep, look, pine, aside):
    keep(promise(pine, 9))
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    beside = around(journal, at=AT)
    assert seen(found.known.values(), beside, at=AT) == look()
    assert (beside.names, list(beside.aside)) == ({1: "Pine Manufacturing"}, ["promise:promise:1"])


def test_what_is_wanted_is_picked_of_all_that_will_be_owed(journal, keep, pine, aside):
    keep(promise(pine, 30), promise(pine, 9))
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    ahead = picked(
        journal, found.known.values(), lambda one: not is_shown(one, AT.timestamp()), at=AT
    )
    promised = [row for row in ahead.rows if row.owed.rule != "greet"]
    assert [(row.owed.key.id, row.late) for row in promised] == [(2, False)]
    every = picked(journal, found.known.values(), lambda _one: True, at=AT)
    assert [row.owed.key.id for row in every.rows if row.owed.rule != "greet"] == [3, 2]
    assert [row.owed.key.id for row, _ in every.aside] == [1]


def test_a_client_that_is_gone_owes_nothing(journal, keep, pine, birch):
    keep(promise(pine, 8), promise(birch, 8))
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    with journal.action("Delete") as act:
        act.delete(journal.get(Promise, 2))
        act.delete(birch)
    rows = today(journal, found.known.values(), at=AT).rows
    assert [row.client for row in rows] == ["Pine Manufacturing"]


def test_a_row_in_values_says_all_of_it(journal, keep, look, pine):
    keep(promise(pine, 7, "Test report"))
    (row,) = look().rows
    assert row_values(row, Lookers(journal, AT), words_for("zh")) == {
        "rule": "promise", "badge": "承诺", "client": "Pine Manufacturing", "record": "promise:1",
        "what": "Test report", "why": "2026年10月7日到期，已过 2 个工作日 · 承诺对象：Xu",
        "practice": 2, "late": True, "late_from": "2026-10-07T16:00:00+00:00", "urgency": 131.72,
        "acts": ["deliver", "break", "message"],
    }  # fmt: skip


@pytest.mark.parametrize("late_from", [None, inf])
def test_what_has_no_hour_says_none(journal, pine, late_from):
    one = Owed("risk", Key("issue", 1), pine.id, "x", None, late_from, facts={"score": 0.28})
    row = Row(one, BY_NAME["risk"], pine.name, 35.0, late=False)
    assert row_values(row, Lookers(journal, AT), words_for("en"))["late_from"] is None


def test_a_mail_without_a_subject_is_called_so(journal, keep, look, pine):
    keep(replace(asked(EVE, subject=""), client_id=pine.id))
    (row,) = look().rows
    assert row_values(row, Lookers(journal, AT), words_for("en"))["what"] == "(no subject)"


def test_where_nobody_ever_works_nothing_falls_due(journal, keep, pine):
    one = Owed("reply", Key("interaction", 1), pine.id, "x", inf, inf,
               facts={"asked_at": EVE.isoformat(), "target": 8.0, "messages": [1]})  # fmt: skip
    found = Standings()
    found.bring_up_to_date(journal, at=AT)
    (known,) = found.known.values()
    assert today(journal, [replace(known, rows=(one,))], at=AT).rows == []
    assert from_values(as_values(one)) == one


def test_a_client_is_looked_at_by_its_own_clocks(journal, keep, pine, birch):
    calendar = keep(WorkCalendar(name="x", zone="America/New_York", hours="Sat 10:00-12:00"))
    keep(replace(pine, calendar_id=calendar.id))
    lookers = Lookers(journal, AT)
    own, other = lookers.of(pine.id), lookers.of(birch.id)
    assert (str(own.zone), str(other.zone)) == ("America/New_York", "Asia/Shanghai")
    assert own.today == date(2026, 10, 9)
    assert own.local("2026-10-09T16:00:00+00:00").hour == 12
    assert (own.hours("2026-10-03T00:00:00+00:00"), own.workdays("2026-10-01")) == (2, 1)
    assert lookers.of(pine.id) is own
    assert other.days("2026-10-12") == -3


def test_something_owed_leaves_out_what_nobody_knows(journal, pine):
    rel = relationship(journal, pine, at=AT)
    made = owed(
        rel, "risk", replace(pine, id=7), " Two\nlines ", facts={"a": None, "b": "", "c": 0}
    )
    assert made == Owed("risk", Key("client", 7), 1, "Two", None, None, 1.0, {"c": 0})
    assert made.about == "risk:client:7"
    moment = datetime(2026, 10, 9, tzinfo=UTC)
    made = owed(
        rel, "risk", pine, "x", shown_from=moment, late_from=moment + timedelta(hours=1), weight=2
    )
    assert (made.late_from - made.shown_from, made.weight) == (3600, 2)


@pytest.mark.parametrize(
    ("hour", "acts"), [(9, ("brief", "held")), (12, ("brief", "held")), (14, ("held",))]
)
def test_a_meeting_is_prepared_until_it_is_over_then_written_up(
    keep, journal, look, pine, hour, acts
):
    keep(Appointment(client_id=pine.id, what="Weekly", at=wall(10, 9, 12), minutes=60))
    at = wall(10, 9, hour)
    (row,) = [row for row in look(at).rows if row.rule.name == "meeting"]
    assert acts_now(row) == acts
    assert row_values(row, Lookers(journal, at), words_for("en"))["acts"] == [*acts]
